"""What templates print."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from sitegen.model.card import Named
from sitegen.model.names import Url
from sitegen.render.printing import TemplateUseError, finalize, print_value
from tests.render.rendering import show
from tests.samples import moment

TEXTS = st.text(st.sampled_from("a <>&\"'\n\x07\ufdd0\ud800é\u00a0🎉"))


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (None, "there is nothing to print, the value is none"),
        (("a",), "a list or table cannot be printed"),
        ({"a": 1}, "a list or table cannot be printed"),
        (Named(title="World", url=Url("/world/")), "a Named cannot be printed"),
        (moment("2026-10-01"), "a Moment cannot be printed"),
    ],
)
def test_what_is_no_text_cannot_be_printed(value: object, message: str) -> None:
    with pytest.raises(TemplateUseError) as caught:
        finalize(value)
    assert (str(caught.value), caught.value.hint is not None) == (message, True)


@given(value=st.one_of(TEXTS, TEXTS.map(Markup), st.integers(), st.floats(), st.booleans()))
def test_it_is_escaped_as_by_jinja(value: object) -> None:
    assert print_value(value) == escape(finalize(value))


def test_text_and_numbers_are_printed_as_they_are() -> None:
    for value in ("<b>", Markup("<b>"), 7, 1.5, True):
        assert finalize(value) is value


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ value }}", "&lt;b&gt;"),
        ("{{ value | safe }}", "<b>"),
        ("{{ value | upper | safe }}", "<B>"),
        ("{{ 7 | safe }} {{ [7] | safe }}", "7 [7]"),
        ("{{ value | safe | upper }}", "<B>"),
        ("{{ '<i>' }}", "&lt;i&gt;"),
        ("{% macro m() %}<i>{{ value }}</i>{% endmacro %}{{ m() }}", "<i>&lt;b&gt;</i>"),
        ("{% set kept %}<i>{{ value }}</i>{% endset %}{{ kept }}", "<i>&lt;b&gt;</i>"),
        ("{% autoescape false %}{{ value }}{% endautoescape %}", "<b>"),
        ("{% autoescape page.title == '' %}{{ value }}{% endautoescape %}", "<b>"),
        ("{{ value ~ ('<i>' | safe) }}", "&lt;b&gt;<i>"),
    ],
)
def test_everything_is_escaped_once(template: str, text: str) -> None:
    assert show("{% set value = '<' ~ 'b>' %}" + template) == text
