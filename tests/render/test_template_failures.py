"""What is said when a template fails: always the template, the line, and the page."""

import pytest

from sitegen.errors import Span
from tests.render.rendering import fail, layer, theme

PAGE = "while rendering `/world/2026/10/a/index.html` (content/world/a.md)"
HERE = "themes/tiny/templates/article.html"


@pytest.mark.parametrize(
    ("expression", "message", "hint"),
    [
        ("pgae.title", "`pgae` is not defined", "did you mean `page`?"),
        ("nonsense", "`nonsense` is not defined", None),
        ("page.titel", "ArticleView has no `titel`", "did you mean `title`?"),
        ("page.section.url_", "Named has no `url_`", "did you mean `url`?"),
        ("page.section.zzz", "Named has no `zzz`", "Named has: title, url"),
        ("page.date.precison", "Moment has no `precison`", "did you mean `precision`?"),
        ("page.image.src", "none has no `src`", "it may be absent: write `{% if … %}` around it"),
        ("site.options.accnt", "dict has no `accnt`", None),
        ("page.image", "there is nothing to print, the value is none", "write `{% if … %}` around it"),
        ("page.section", "a Named cannot be printed", "print a part of it: title, url"),
        ("page.tags", "a list or table cannot be printed", "go through it with `{% for … %}`"),
        ("1 / 0", "ZeroDivisionError: division by zero", None),
        ("'x' | int('y', 1, 2, 3)", "TypeError: ", None),
        ("page.title | zzz", "there is no filter `zzz`", None),
        ("page.title | lowr", "there is no filter `lowr`", "did you mean `lower`?"),
        ("page.title is definde", "there is no test `definde`", "did you mean `defined`?"),
        ("page.title if page.title is strng else ''", "there is no test `strng`", "did you mean `string`?"),
        ("page.image | day", "AttributeError: ", None),
        ("t('nothing')", "the theme has no words for `nothing` in `en` or English", None),
        ("asset('x.css')", "the theme has no static file `x.css`", None),
    ],
)
def test_expressions(expression: str, message: str, hint: str | None) -> None:
    problem = fail({"article.html": "first\n{% if true %}\n{{ " + expression + " }}\n{% endif %}\n"})
    assert (problem.code, problem.file, problem.span) == ("template", HERE, Span(line=3))
    assert problem.message.startswith(message)
    assert problem.message.endswith(PAGE)
    assert problem.hint == hint


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("x\n{% if true %}\n", 2, "Unexpected end of template"),
        ("x\n{{ page.title }\n", 2, "unexpected '}'"),
        ("{% for x %}", 1, "expected token 'in', got 'end of statement block'"),
        ("x\n\n{% nonsense %}", 3, "Encountered unknown tag 'nonsense'"),
    ],
)
def test_what_is_no_template(text: str, line: int, message: str) -> None:
    problem = fail({"article.html": text})
    assert (problem.file, problem.span) == (HERE, Span(line=line))
    assert problem.message.startswith(message)
    assert problem.message.endswith(PAGE)
    assert problem.hint == "every `{% block %}`, `{% if %}` and `{% for %}` needs its end, and every `{{` its `}}`"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("\n{% include 'partials/foto.html' %}", "did you mean `partials/foot.html`?"),
        ("\n{% extends 'bsae.html' %}", "did you mean `base.html`?"),
        ("\n{% from 'zzz' import x %}", "look at its name, or at `theme` in sitegen.toml"),
        ("\n{% include 'brodsheet:base.html' %}", "did you mean `base.html`?"),
    ],
)
def test_a_template_that_is_not_there(text: str, hint: str) -> None:
    problem = fail({"article.html": text, "partials/foot.html": "", "base.html": ""})
    assert problem.message.startswith("there is no template `")
    assert (problem.file, problem.span, problem.hint) == (HERE, Span(line=2), hint)


def test_the_place_is_that_of_the_innermost_template() -> None:
    problem = fail(
        {
            "article.html": "{% extends 'base.html' %}\n{% block main %}\n{% include 'part.html' %}\n{% endblock %}",
            "base.html": "\n{% block main %}{% endblock %}",
            "part.html": "{% from 'macros.html' import show with context %}\n{{ show(page) }}",
            "macros.html": "\n\n{% macro show(item) %}\n{{ item.titel }}\n{% endmacro %}",
        }
    )
    assert (problem.file, problem.span) == ("themes/tiny/templates/macros.html", Span(line=4))


def test_the_place_names_the_layer() -> None:
    mine = layer(
        {"article.html": "{% extends 'base:article.html' %}\n{% block x %}\n{{ super() }}{% endblock %}"}, "mine"
    )
    base = layer({"article.html": "\n\n\n{% block x %}{{ nothing }}{% endblock %}"}, "base")
    problem = fail(theme(mine, base))
    assert (problem.file, problem.span) == ("themes/base/templates/article.html", Span(line=4))


def test_a_template_that_extends_itself() -> None:
    problem = fail({"article.html": "{% extends 'article.html' %}"})
    assert problem.message.startswith("the templates include or extend each other without end")
    assert problem.hint is not None
    assert "broadsheet:article.html" in problem.hint


@pytest.mark.parametrize("call", ["'/x/' | href", "page.date | day", "t('x')"])
def test_a_macro_that_was_imported_without_context(call: str) -> None:
    macros = "{% macro show(page) %}\n{{ " + call + " }}\n{% endmacro %}"
    problem = fail({"article.html": "{% from 'm.html' import show %}{{ show(page) }}", "m.html": macros})
    assert problem.message.startswith("filters cannot see `site` and `page` here")
    assert (problem.file, problem.hint) == ("themes/tiny/templates/m.html", "import the macro `with context`")


def test_a_variable_that_hides_the_site() -> None:
    problem = fail({"article.html": "{% set site = 1 %}\n{{ '/x/' | absolute }}"})
    assert problem.message.startswith("a variable of the template hides `site`")


def test_a_template_that_is_missing_altogether() -> None:
    problem = fail({"artcle.html": ""})
    assert problem.message == f"there is no template `article.html`, {PAGE}"
    assert (problem.file, problem.span, problem.hint) == ("article.html", None, "did you mean `artcle.html`?")
