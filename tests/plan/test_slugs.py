"""Address segments from words, and what they lose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.plan.slugs import distinguish, slugify


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("NATO Office in Tokyo", "nato-office-in-tokyo"),
        ("  Don’t panic -- it's fine!  ", "don-t-panic-it-s-fine"),
        ("İstanbul'da kar", "istanbul-da-kar"),
        ("हिन्दी समाचार", "हिन्दी-समाचार"),
        ("東京 2023年", "東京-2023年"),
        ("Ｆｕｌｌ　width", "full-width"),
        ("cafe\u0301", "café"),
        ("../../etc/passwd", "etc-passwd"),
        ("#", ""),
        ("🎉 …", ""),
    ],
)
def test_slugify(words: str, slug: str) -> None:
    assert slugify(words) == slug


@given(st.text())
def test_a_slug_is_one_segment_and_its_own_slug(text: str) -> None:
    slug = slugify(text)
    assert not set(slug) & set("/\\.?#%&\"'<> \n\0")
    assert slugify(slug) == slug


@given(st.text(st.characters(max_codepoint=127)))
def test_words_in_ascii_are_read_as_those_of_any_script(text: str) -> None:
    assert slugify(text) == slugify(f"{text} é").removesuffix("é").removesuffix("-")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("NATO", "nato", True),
        ("Covid-19", "covid 19", True),
        ("U.S.", "U S", True),
        ("Don’t", "don't", True),
        ("AT&T", "AT & T", True),
        ("C", "C++", False),
        ("C", "C#", False),
        ("C++", "C#", False),
        ("5", "5 €", False),
        ("AT&T", "AT T", False),
    ],
)
def test_what_tells_names_with_one_slug_apart(one: str, other: str, alike: bool) -> None:
    assert slugify(one) == slugify(other)
    assert (distinguish(one) == distinguish(other)) is alike
