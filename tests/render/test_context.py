"""The variables of a page, and what its templates call."""

import pytest

from sitegen.render.context import Late
from sitegen.render.environment import build_environment
from tests.render.rendering import layer, show, theme


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{{ things | join('+') }} {{ things | length }}", "a+b 2"),
        ("{% include 'inner.html' %}", "ab"),
        ("{% from 'macros.html' import show with context %}{{ show() }}{{ things[0] }}", "aba"),
        ("{% block main %}{% for thing in things %}{{ thing }}{% endfor %}{% endblock %}", "ab"),
        ("{% set mine = things %}{{ mine | first }}", "a"),
        ("{% if things is defined %}{{ things is sequence }}{% endif %}", "True"),
        ("no word of them", "no word of them"),
    ],
)
def test_a_late_value_is_computed_once_where_templates_name_it(text: str, printed: str) -> None:
    asked = []

    def compute() -> tuple[str, ...]:
        asked.append(text)
        return ("a", "b")

    inner = "{% for thing in things %}{{ thing }}{% endfor %}"
    macros = "{% macro show() %}{% include 'inner.html' %}{% endmacro %}"
    used = theme(layer({"page.html": text, "inner.html": inner, "macros.html": macros}))
    page = build_environment(used, ["en"]).get_template("page.html").render(things=Late(compute))
    assert (page, len(asked)) == (printed, printed != text)


@pytest.mark.parametrize(
    ("call", "printed"),
    [
        ("m('<')", "<i>&lt;</i>"),
        ("m('<') | length", "11"),
        ("m(m('<'))", "<i><i>&lt;</i></i>"),
        ("'<'.replace('<', '>')", "&gt;"),
        ("range(2) | join('<')", "0&lt;1"),
        ("page.tags.count('<')", "0"),
        ("namespace(a='<').a", "&lt;"),
        ("dict(a='<').get('a')", "&lt;"),
    ],
)
def test_what_a_call_gives_is_escaped_once_where_it_is_printed(call: str, printed: str) -> None:
    assert show("{% macro m(word) %}<i>{{ word }}</i>{% endmacro %}{{ " + call + " }}") == printed


def test_a_template_that_is_included_has_variables_of_its_own() -> None:
    inner = "{% set word = word ~ 'b' %}{{ word }}{% include 'inmost.html' %}"
    used = theme(
        layer({"page.html": "{% include 'inner.html' %}{{ word }}", "inner.html": inner, "inmost.html": "{{ word }}"})
    )
    assert build_environment(used, ["en"]).get_template("page.html").render(word="a") == "ababa"
