"""Macros: what they take, and what they say to what they do not take."""

import pytest

from tests.render.rendering import fail, show

LINK = "{% macro link(title, class='plain', level=2) %}<{{ class }} {{ level }}>{{ title }}{% endmacro %}"


@pytest.mark.parametrize(
    ("call", "printed"),
    [
        ("link('a')", "<plain 2>a"),
        ("link('a', 'b')", "<b 2>a"),
        ("link('a', level=3)", "<plain 3>a"),
        ("link(level=3, class='b', title='a')", "<b 3>a"),
        ("link('<', 'b', 1)", "<b 1>&lt;"),
        ("link(link('<'))", "<plain 2><plain 2>&lt;"),
        ("link('a') ~ '<'", "<plain 2>a&lt;"),
        ("link.name ~ link.arguments | length ~ link.caller", "link3False"),
    ],
)
def test_arguments_go_by_place_or_by_name(call: str, printed: str) -> None:
    assert show(LINK + "{{ " + call + " }}") == printed


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("link('a', 'b', 3, 4)", "TypeError: macro 'link' takes not more than 3 argument(s)"),
        ("link('a', size=3)", "TypeError: macro 'link' takes no keyword argument 'size'"),
        ("link('a', title='b')", "TypeError: macro 'link' takes no keyword argument 'title'"),
        ("link()", "parameter 'title' was not provided"),
        ("link.nothing", "Macro has no `nothing`"),
    ],
)
def test_arguments_that_a_macro_does_not_take_are_named(call: str, message: str) -> None:
    assert fail({"article.html": LINK + "{{ " + call + " }}"}).message.startswith(message)


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        ("{% macro m() %}<{{ caller('a') }}>{% endmacro %}{% call(x) m() %}{{ x }}{% endcall %}", "<a>"),
        ("{% macro m() %}{{ varargs | join(' ') }} {{ kwargs.b }}{% endmacro %}{{ m(1, 2, b=3) }}", "1 2 3"),
        ("{% macro m(n) %}{% if n %}{{ n }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(3) }}", "321"),
        ("{% autoescape false %}{% macro m(n) %}{{ n }}{% endmacro %}{{ m('<') ~ '<' }}{% endautoescape %}", "<<"),
        ("{% macro m() %}x{% endmacro %}{{ m }}", "&lt;Macro &#39;m&#39;&gt;"),
    ],
)
def test_others_are_those_of_jinja(template: str, printed: str) -> None:
    assert show(template) == printed
