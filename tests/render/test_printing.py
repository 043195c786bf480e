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
    ("value", "printed"),
    [
        ("plain", "plain"),
        ("a\x00b\x07c\x1fd\ne\tf", "abcd\ne\tf"),
        ("a\x7fb\x80c\x9fd\x85e", "abcd\x85e"),
        ("\ud800\udfff\ufffe\uffff\ufdd0!", "!"),
        ("emoji 🎉 and 漢字", "emoji 🎉 and 漢字"),
        (7, 7),
        (True, True),
    ],
)
def test_what_is_printed_has_no_forbidden_characters(value: object, printed: object) -> None:
    assert finalize(value) == printed


def test_what_was_safe_stays_safe_and_nothing_else_becomes_so() -> None:
    assert isinstance(finalize(Markup("<b>\x07</b>")), Markup)
    assert not isinstance(finalize("<b>\x07</b>"), Markup)


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


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ value }}", "&lt;b&gt;"),
        ("{{ value | safe }}", "<b>"),
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
