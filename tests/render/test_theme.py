"""Templates and words found in the layers of a theme, and what templates depend on."""

import pytest

from sitegen.errors import ContentError, Span
from sitegen.model.names import Digest
from sitegen.model.theme import Theme
from sitegen.render.environment import build_environment
from sitegen.render.theme import Closures, collect_words, find_template, template_file
from tests.render.rendering import layer, render_article, theme

BASE = layer({"article.html": "base {% include 'foot.html' %}", "foot.html": "foot"}, "base")
MINE = layer({"article.html": "mine, then {% include 'base:article.html' %}"}, "mine")


def found_in(used: Theme, name: str) -> str | None:
    found = find_template(used, name)
    return template_file(found[0], name) if found else None


def test_the_first_layer_that_has_a_template_wins() -> None:
    both = theme(MINE, BASE)
    assert found_in(both, "article.html") == "themes/mine/templates/article.html"
    assert found_in(both, "foot.html") == "themes/base/templates/foot.html"
    assert found_in(both, "base:article.html") == "themes/base/templates/article.html"
    assert found_in(both, "mine:foot.html") is None
    assert found_in(both, "other:foot.html") is None
    assert found_in(both, "no.html") is None


def test_a_template_reaches_the_one_that_it_replaces() -> None:
    assert render_article(theme(MINE, BASE)) == "mine, then base foot"


def test_a_part_is_replaced_alone() -> None:
    assert render_article(theme(layer({"foot.html": "my foot"}, "mine"), BASE)) == "base my foot"


def test_blocks_are_replaced_one_by_one() -> None:
    base = layer({"article.html": "<{% block a %}a{% endblock %}{% block b %}b{% endblock %}>"}, "base")
    mine = layer(
        {"article.html": "{% extends 'base:article.html' %}{% block b %}[{{ super() }}]{% endblock %}"}, "mine"
    )
    assert render_article(theme(mine, base)) == "<a[b]>"


def test_words_of_stronger_layers_and_nearer_languages_win() -> None:
    weak = layer({}, "base", locales={"en": {"a": "A", "b": "B", "c": "C"}, "pt": {"a": "pt a", "b": "pt b"}})
    strong = layer({}, "mine", locales={"en": {"b": "my B"}, "pt-BR": {"a": "br a"}})
    assert collect_words(theme(strong, weak), "en") == {"a": "A", "b": "my B", "c": "C"}
    assert collect_words(theme(strong, weak), "pt-BR") == {"a": "br a", "b": "pt b", "c": "C"}
    assert collect_words(theme(strong, weak), "fi") == {"a": "A", "b": "my B", "c": "C"}


def digest(templates: dict[str, str], *stronger: dict[str, str]) -> Digest:
    layers = [layer(item, f"mine{place}") for place, item in enumerate(stronger)]
    used = theme(*layers, layer(templates, "base"))
    return Closures(used, build_environment(used, ["en"]), {}).digest("article.html")


CLOSURE = {
    "article.html": "{% extends 'base.html' %}{% from 'macros.html' import x %}{% include 'foot.html' %}",
    "base.html": "b{% import 'deep.html' as d %}",
    "macros.html": "{% macro x() %}{% endmacro %}",
    "deep.html": "d",
    "foot.html": "f",
    "stranger.html": "s",
}


@pytest.mark.parametrize("name", [name for name in CLOSURE if name != "stranger.html"])
def test_what_a_template_uses_counts(name: str) -> None:
    assert digest(CLOSURE) != digest({**CLOSURE, name: CLOSURE[name] + " "})


def test_what_it_does_not_use_does_not_count() -> None:
    assert digest(CLOSURE) == digest({**CLOSURE, "stranger.html": "else"})
    assert digest(CLOSURE) == digest(CLOSURE, {"stranger.html": "mine"})


def test_a_stronger_layer_counts_even_with_the_same_text() -> None:
    """Its file is named in messages."""
    assert digest(CLOSURE) != digest(CLOSURE, {"foot.html": CLOSURE["foot.html"]})


@pytest.mark.parametrize("text", ["{% include 'x.html' ignore missing %}", "{% include ['x.html', 'y.html'] %}"])
def test_a_template_that_is_not_there_yet_counts(text: str) -> None:
    assert digest({"article.html": text}) != digest({"article.html": text, "x.html": ""})


@pytest.mark.parametrize(
    "text",
    [
        "{% include name %}",
        "{% include 'a' ~ name %}",
        "{% extends name %}",
        "{% from name import x %}",
        "{% import name as x %}",
        "{% include ['foot.html', name] %}",
    ],
)
def test_a_computed_name_may_mean_any_template(text: str) -> None:
    files = {"article.html": text, "foot.html": "f"}
    assert digest(files) != digest({**files, "stranger.html": ""})


def test_templates_that_use_each_other_have_a_digest() -> None:
    assert digest({"article.html": "{% include 'a.html' %}", "a.html": "{% include 'article.html' %}"})


def test_a_syntax_error_is_told_with_its_place() -> None:
    with pytest.raises(ContentError) as caught:
        digest({"article.html": "{% include 'foot.html' %}", "foot.html": "x\n\n{% if %}"})
    (problem,) = caught.value.problems
    assert (problem.file, problem.span) == ("themes/base/templates/foot.html", Span(line=3))


def test_a_template_whose_references_are_known_is_not_read_again() -> None:
    used = theme(layer({"article.html": "{% include 'part.html' %}", "part.html": "{% include page.title %}"}))
    first = Closures(used, build_environment(used, ["en"]), {})
    digest = first.digest("article.html")
    assert first.references == {"article.html": ("part.html",), "part.html": (None,)}
    environment = build_environment(used, ["en"])
    environment.block_start_string = "no template begins a block so"
    assert Closures(used, environment, first.references).digest("article.html") == digest
    assert Closures(used, environment, {}).digest("article.html") != digest
