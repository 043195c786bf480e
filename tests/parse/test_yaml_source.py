"""YAML: nothing is guessed, nothing is lost, and nothing but ContentError comes out."""

import pytest

from sitegen.errors import ContentError, Severity
from sitegen.parse.places import Placed, Plain
from sitegen.parse.yaml_source import load_yaml

PATH = "content/x.md"


def load(text: str) -> Placed:
    placed = load_yaml(text, PATH, 1)
    assert placed is not None
    return placed


def refuse(text: str) -> tuple[str, tuple[int, int], str | None]:
    with pytest.raises(ContentError) as caught:
        load(text)
    problem = caught.value.problems[0]
    assert (problem.file, problem.code, problem.severity) == (PATH, "yaml", Severity.ERROR)
    assert problem.span is not None
    return problem.message, (problem.span.line, problem.span.column), problem.hint


@pytest.mark.parametrize(
    "written", ["no", "yes", "1984", "0123", "1:30", "12:30:45", "2026", "2023-07-09", "1e3", "0x10", ".5", "Null", "="]
)
def test_scalars_stay_what_is_written(written: str) -> None:
    value = load(f"title: {written}").values["title"]
    assert value == written
    assert isinstance(value, Plain)


def test_quoted_text_is_told_from_plain() -> None:
    values = load("a: 'no'\nb: \"no\"\nc: |\n  no\n").values
    assert values == {"a": "no", "b": "no", "c": "no\n"}
    assert not any(isinstance(value, Plain) for value in values.values())


def test_empty_values_are_none() -> None:
    assert load("a:\nb: ~\nc: null\nd: ''\n").values == {"a": None, "b": None, "c": None, "d": ""}


def test_keys_are_text() -> None:
    assert load("1984: a\nno: b\n'c d': e\n").values == {"1984": "a", "no": "b", "c d": "e"}


def test_aliases_are_followed() -> None:
    assert load("a: &x [b, c]\nd: *x\n").values == {"a": ["b", "c"], "d": ["b", "c"]}


def test_a_separator_of_lines_in_a_text_is_a_space() -> None:
    placed = load("title: a\u2028b\x85c\ntags: d\n")
    assert placed.values == {"title": "a b c", "tags": "d"}
    assert placed.spans[("tags",)].line == 2


def test_columns_count_characters() -> None:
    span = load("é😀: {日本: x, y: z}").spans[("é😀", "y")]
    assert (span.column, span.length) == (16, 1)


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("a: 1\nb: 2\na: 3\n", "`a` is written twice, on line 1 and on line 3", (3, 1)),
        ("a: {b: 1, b: 2}\n", "`b` is written twice, both times on line 1", (1, 11)),
        ("a:\n  - b: 1\n    b: 2\n", "`b` is written twice, on line 2 and on line 3", (3, 5)),
    ],
)
def test_a_key_that_stands_twice_is_an_error(text: str, message: str, place: tuple[int, int]) -> None:
    assert refuse(text) == (message, place, "delete one of the two")


def test_all_repeated_keys_are_named_at_once() -> None:
    with pytest.raises(ContentError) as caught:
        load("a: 1\na: 2\nb: {c: 1, c: 2}\n")
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize("depth", [50, 3_000, 200_000])
@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_an_error_and_no_crash(opening: str, depth: int) -> None:
    separator = "\n" if opening == "- " else " "
    assert refuse(f"a:{separator}{opening * depth}")[0] == "is nested more than 40 levels deep"


def test_aliases_cannot_grow_without_bounds() -> None:
    levels = [f"k{i}: &k{i} [{', '.join([f'*k{i - 1}'] * 9)}]" for i in range(1, 9)]
    text = "\n".join(["k0: &k0 [x, x]", *levels])
    assert refuse(text)[0] == "holds too many values, or aliases that repeat too much"
    assert refuse("a: &a [*a]")[0] == "holds too many values, or aliases that repeat too much"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: !!python/object/apply:os.system [x]", "the tag `!!python/object/apply:os.system` is not read"),
        ("a: !!timestamp x", "the tag `!!timestamp` is not read"),
        ("a: !Wow", "the tag `!Wow` is not read"),
        ("a: {<<: {b: c}}", "merge keys are not read; write the keys out"),
        ("? [a]\n: b", "a list or mapping cannot be a key"),
        ("a: {{ b }}", "a list or mapping cannot be a key"),
        ("a: b\x01", "contains a control character"),
        ("a: \ud800", "contains a control character"),
    ],
)
def test_what_front_matter_has_no_use_for_is_refused(text: str, message: str) -> None:
    assert refuse(text)[0] == message


def test_an_explicit_string_is_one() -> None:
    assert load("a: !!str 1984").values == {"a": "1984"}


@pytest.mark.parametrize("text", ["- a", "text", "'text'"])
def test_what_is_no_mapping_is_none(text: str) -> None:
    assert load_yaml(text, PATH, 1) is None


def warn(text: str) -> list[tuple[str, str | None]]:
    return [(problem.message, problem.hint) for problem in load(text).warnings]


def test_a_comment_that_cuts_a_text_is_a_warning() -> None:
    assert warn("title: War #2 begins") == [
        ("YAML cuts title at ` #`: `#2 begins` is a comment", 'quote it: title: "War #2 begins"')
    ]
    assert warn("Summary: #1 of 3") == [
        ("YAML cuts Summary at ` #`: `#1 of 3` is a comment", 'quote it: Summary: "#1 of 3"')
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# a comment\ntitle: x\n# another\ndate: y # of the event",
        "title: 'War #2 begins'",
        "title: C#1",
        "title: 'War' # quoted",
        "extra:\n  title: a # b",
    ],
)
def test_other_comments_are_none_of_our_business(text: str) -> None:
    assert warn(text) == []


def test_an_anchor_that_cuts_a_text_is_a_warning() -> None:
    assert warn("title: &Friends reunited") == [
        ("YAML cuts title: `&Friends` is an anchor", 'quote it: title: "&Friends reunited"')
    ]
