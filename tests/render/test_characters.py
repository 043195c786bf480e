"""Characters that no page may hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.render.characters import encode_legal, remove_illegal
from tests.render.rendering import show

TEXTS = st.text(
    st.one_of(st.characters(max_codepoint=0x120), st.sampled_from("\ud800\udfff\ufdcf\ufdd0\ufdef\ufdf0\uffff"))
)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("plain", "plain"),
        ("a\x00b\x07c\x1fd\ne\tf\r", "abcd\ne\tf\r"),
        ("a\x7fb\x80c\x9fd\x85e", "abcd\x85e"),
        ("\ud800\udfff\ufffe\uffff\ufdd0!", "!"),
        ("emoji 🎉 and 漢字", "emoji 🎉 and 漢字"),
        ("« 7\u00a0€ » © \ufeff\ufffd", "« 7\u00a0€ » © \ufeff\ufffd"),
    ],
)
def test_they_are_left_out(text: str, left: str) -> None:
    assert remove_illegal(text) == left
    assert encode_legal(text) == left.encode()


@given(text=TEXTS)
def test_bytes_are_what_is_left_of_text(text: str) -> None:
    assert encode_legal(text) == remove_illegal(text).encode()


def test_every_single_character_is_judged_alike_in_text_and_in_bytes() -> None:
    assert all(encode_legal(sign) == remove_illegal(sign).encode() for sign in map(chr, range(0x10000)))


@pytest.mark.parametrize(
    "template",
    [
        "{{ page.title }}",
        "{{ page.title | safe }}",
        "{% macro m() %}{{ page.title }}{% endmacro %}{{ m() }}",
        "{% autoescape false %}{{ page.title }}{% endautoescape %}",
        "The \x0b{{ 'Bridge' }}",
    ],
)
def test_no_page_has_them_wherever_they_come_from(template: str) -> None:
    assert show(template, title="The \x0bBri\x9fdge") == "The Bridge"
