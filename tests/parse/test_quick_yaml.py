"""What is read line by line is what libyaml reads."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.errors import ContentError, Span
from sitegen.parse import yaml_source
from sitegen.parse.places import Placed, Plain
from sitegen.parse.quick_yaml import load_plain_yaml
from tests.parse.test_real_news import CORPUS, needs_corpus

PLAIN = """
title: "The bridge: it's “open”, isn't it?"
date: 2023-07-09T17:22:05Z

tags: [a, "b, c", R2 D2]
rating: {"value": 1.5, votes: 12, label: ""}
source: Harbour Post, 2023 – 100 % [sic]
draft: null
# What it is about
topics:
  - "one"
  - two 2
authors:
- Ana
extra: 'a "b" \\c'
label: "a \\"first\\" step in C:\\\\"
"""


def show(placed: Placed | None) -> object:
    """Return all of it, with scalars as text that says whether they were quoted."""
    return placed and (mark(placed.values), dict(placed.spans), dict(placed.key_spans), placed.warnings)


def mark(value: object) -> object:
    if isinstance(value, dict):
        return {key: mark(item) for key, item in value.items()}
    if isinstance(value, list):
        return [mark(item) for item in value]
    return ("plain", str(value)) if isinstance(value, Plain) else value


def read_by_libyaml(text: str) -> object:
    try:
        return show(yaml_source._load_any_yaml(text, "a.md", 1))
    except ContentError as failure:
        return failure.problems


def check(text: str) -> None:
    placed = load_plain_yaml(text, 1)
    assert placed is None or show(placed) == read_by_libyaml(text)


def test_plain_lines() -> None:
    placed = load_plain_yaml(PLAIN, 1)
    assert placed is not None
    assert placed.values["tags"] == ["a", "b, c", "R2 D2"]
    assert placed.values["draft"] is None
    assert placed.values["label"] == 'a "first" step in C:\\'
    assert placed.spans["rating", "value"] == Span(line=6, column=19, length=3)
    assert placed.key_spans["rating", "value"] == Span(line=6, column=10, length=7)
    assert ("rating", "best") not in placed.spans
    assert placed.values["extra"] == 'a "b" \\c'
    assert placed.spans["topics",] == Span(line=11, column=3, length=1)
    assert placed.spans["topics", 1] == Span(line=12, column=5, length=5)
    assert len(placed.key_spans) == 13
    check(PLAIN)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a:",
        "a:b",
        "a: b: c",
        "a: b #c",
        "a: b ",
        "a: b\n  c",
        "a: 'b''c'",
        "a:\n- b",
        "a:\n  - b\n - c\n",
        "a:\n  - b\n    c\n",
        "a:\n  - b\n\n  - c\n",
        "a:\n  - b: c\n",
        "a:\n  b: c\n",
        "a: |\n  b",
        'a: "b\\n"',
        'a: "b" c',
        "a: &b c",
        "a: *b",
        "a: !!str b",
        "a: ~",
        "a: [b",
        "a: []",
        "a: [b,\n  c]",
        "a: [b, ]",
        "a: [b] c]",
        "a: [b: c]",
        "a: [[b]]",
        "a: {b}",
        "a: {b: 1, b: 2}",
        "a: {b: {c: 1}}",
        "a: 1\na: 2",
        "a: 1\n---",
        "a: 1\n # b",
        "# \x07\na: 1",
        " a: 1",
        "<<: 1",
        "- a",
        "a: \ufeffb",
        "a: b\x7f",
        "# é\x07\na: 1",
        "a: '\u2028'",
        'a: "b\tc"',
    ],
)
def test_what_is_left_to_libyaml(text: str) -> None:
    assert load_plain_yaml(text, 1) is None


SIGNS = """a b title: description: tags: "b": "c c" 1 1.5 null ~ ' " \\ # #a : , [ ] { } & * ! | > - --- ... ? % @ é —
字 ' :a << (a) a: : : :"""
PIECES = [
    *SIGNS.split(),
    " ",
    " ",
    " ",
    "\n",
    "\n",
    "\na: ",
    "\nb: ",
    ", ",
    "  ",
    "\n  ",
    "\t",
    "\xa0",
    "\x85",
    "\u2028",
]
SCALARS = st.lists(st.sampled_from(PIECES), max_size=5).map("".join)
LINES = st.tuples(
    st.sampled_from(["a: ", "b:  ", "c-d: ", "title: "]),
    st.sampled_from(
        [
            "@",
            "@",
            '"@"',
            '"@"',
            "[@]",
            "[@, b]",
            "\n- @",
            "\n  - '@'\n  - b",
            "\n  - b\n- @",
            "'@'",
            "@\n# @",
            '["@"]',
            "{k: @}",
            '{"k": "@", l: 2}',
            "[a, @",
        ]
    ),
    SCALARS | st.sampled_from(["a", "a b", "2023-07-09", "a, b"]),
).map(lambda parts: parts[0] + parts[1].replace("@", parts[2]) + "\n")
TEXTS = st.lists(LINES, max_size=4).map("".join) | st.lists(st.sampled_from(PIECES), max_size=20).map("".join)


@settings(deadline=None, max_examples=500)
@given(TEXTS)
def test_random_texts(text: str) -> None:
    check(text)


@pytest.mark.slow
@settings(deadline=None, max_examples=5_000)
@given(TEXTS)
def test_many_random_texts(text: str) -> None:
    check(text)


@needs_corpus
def test_real_posts() -> None:
    for file in sorted(CORPUS.rglob("*.md")):
        check(file.read_text(encoding="utf-8-sig").partition("---\n")[2].partition("\n---")[0] + "\n")
