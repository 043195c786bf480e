"""Whatever somebody writes, reading it gives metadata or a ContentError with a place; nothing else escapes."""

from contextlib import suppress
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.errors import ContentError, Problem
from sitegen.model.article import Metadata
from sitegen.model.names import Slug
from sitegen.parse.fields import FieldContext, parse_fields, parse_section_index, read_draft_flag
from sitegen.parse.front_matter import split_document
from sitegen.parse.key_names import ALIASES, FIELDS

PATH = "content/world/bridge.md"
CONTEXT = FieldContext(
    path=PATH,
    kind="article",
    section=None,
    stem="2023-07-09-bridge",
    zone=ZoneInfo("Europe/Amsterdam"),
    language="en",
    best=5,
    aliases={"topics": "tags"},
)
YAML = """---
title: Bridge reopens
date: 2023-07-09 17:22
tags: [NATO, Japan]
rating: {value: 4, votes: 2}
source:
  - name: ABC
    url: https://abc.example/
  - RT
prev: false
next: {title: 'A, B'}
corrections:
  - date: 2023-07-10
    text: x
extra: {a: [1, {b: 2}]}
aliases: [/old/]
---
Body
"""
TOML = """+++
title = "Bridge reopens"
date = 2023-07-09T17:22:00+02:00
tags = ["NATO"]
rating.value = 4
[source]
name = 'ABC'
[[corrections]]
date = 2023-07-10
text = '''x
y'''
[extra]
a = {b = [1, 2]}
+++
Body
"""
JSON = """{
"title": "Bridge reopens",
"date": "2023-07-09",
"tags": ["NATO", 7, null],
"rating": {"value": 4.5},
"corrections": [{"date": "2023-07-10", "text": "x"}],
"extra": {"a": [1, {"b": "\\u00e9"}]}
}
Body
"""
SOUND = (YAML, TOML, JSON)
SIGNS = st.sampled_from([*"\n\t :#'\"[]{}&*!|>%@`-,.?\\=+/~<\0\x01\x85\u2028\ufeff\ud800", "---\n", "+++\n", "{\n"])
VALUES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["", "~", "9" * 5000, "1e999", "2023-02-30", "0000-00-00", "99/99/9999", "[" * 60, "{a: {b: [c]}}", "!!set {a}",
         "&a [*a]", "-", "? x", "|\n  x", "[[], {}, null]", "{title: a, b}", "true", "4/0", "//x", "%", "{name: }"]
    ),
)  # fmt: skip


def read_all(text: str) -> tuple[Problem, ...]:
    """Read `text` in every way there is, and return the problems that stop it."""
    try:
        raw = split_document(text, PATH)
        read_draft_flag(raw)
        with suppress(ContentError):
            parse_section_index(raw, Slug("world"))
        metadata, spans, warnings = parse_fields(raw, CONTEXT)
    except ContentError as failure:
        return failure.problems
    assert isinstance(metadata, Metadata)
    assert type(metadata.title) is str
    assert set(spans) <= set(FIELDS)
    return (*raw.warnings, *warnings)


def check(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for problem in read_all(text):
        assert problem.file == PATH
        assert problem.span is not None
        assert 1 <= problem.span.line <= lines
        assert problem.span.column >= 1
        assert f"{problem.message}{problem.hint}".encode()


def check_change(sound: str, at: float, cut: int, sign: str) -> None:
    place = int(at * len(sound))
    check(sound[:place] + sign + sound[place + cut :])


def check_field(name: str, value: str) -> None:
    check(f"---\ntitle: x\n{name}: {value}\n---\nBody\n")


CHANGES = (st.sampled_from(SOUND), st.floats(0, 1, exclude_max=True), st.integers(0, 8), SIGNS | st.text(max_size=3))
NAMES = st.sampled_from((*FIELDS, *ALIASES, "topics"))


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_text(text: str) -> None:
    check(text)
    check(f"---\n{text}\n---\n")


@given(*CHANGES)
@settings(max_examples=150, deadline=None)
def test_any_change_of_sound_front_matter(sound: str, at: float, cut: int, sign: str) -> None:
    check_change(sound, at, cut, sign)


@given(NAMES, VALUES)
@settings(max_examples=150, deadline=None)
def test_any_value_of_any_field(name: str, value: str) -> None:
    check_field(name, value)


@pytest.mark.slow
@given(*CHANGES)
@settings(max_examples=5_000, deadline=None)
def test_many_changes_of_sound_front_matter(sound: str, at: float, cut: int, sign: str) -> None:
    check_change(sound, at, cut, sign)


@pytest.mark.slow
@given(NAMES, VALUES)
@settings(max_examples=5_000, deadline=None)
def test_many_values_of_any_field(name: str, value: str) -> None:
    check_field(name, value)


@pytest.mark.parametrize("sound", SOUND)
def test_what_the_changes_start_from_is_sound(sound: str) -> None:
    assert parse_fields(split_document(sound, PATH), CONTEXT)[0].title == "Bridge reopens"


@pytest.mark.parametrize("sound", SOUND)
def test_every_beginning_of_a_document(sound: str) -> None:
    for end in range(len(sound)):
        check(sound[:end])
