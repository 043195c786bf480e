"""JSON: places of keys and values, and mistakes with file, line and column."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.errors import ContentError, Problem, Span
from sitegen.parse.json_source import find_json_places, load_json, load_json_mapping
from sitegen.parse.places import Path
from tests.patience import patience

PATH = "content/x.md"


def test_values_and_keys_are_found() -> None:
    text = '{\n "a": {"b": [1, {"c": "]"}], "\\u00e9": null},\n "d": []\n}'
    placed = load_json_mapping(text, PATH, 3)
    assert placed.values == {"a": {"b": [1, {"c": "]"}], "é": None}, "d": []}
    spans = {place: (span.line, span.column) for place, span in placed.spans.items()}
    assert spans[("a", "b", 0)] == (4, 14)
    assert spans[("a", "b", 1, "c")] == (4, 23)
    assert spans[("d",)] == (5, 7)
    key = placed.key_spans[("a", "é")]
    assert (key.line, key.column, key.length) == (4, 30, 8)


def test_a_list_on_one_line_is_underlined_as_a_whole() -> None:
    spans = find_json_places('{"a": [1, 2],\n "b": [\n1]}').spans
    assert spans[("a",)] == Span(line=1, column=7, length=6)
    assert spans[("b",)] == Span(line=2, column=7, length=1)
    assert spans[()] == Span(line=1, column=1, length=1)


@pytest.mark.parametrize(
    ("text", "message", "place", "hint"),
    [
        ('{\n"a": x\n}', "a value is missing, or text stands without double quotes", (4, 6), '`"key": "value"`'),
        ('{\n"a": 1,\n}', "a key in double quotes must follow", (5, 1), "delete the comma"),
        ('{\n"a": 1\n"b": 2\n}', "a comma is missing", (5, 1), "with a comma between"),
        ('{\n"a" 1\n}', "a colon is missing after the key", (4, 5), "with a comma between"),
        ('{\n"a": "b\n}', "a line end or a control character stands inside of quotes", (4, 8), "with a comma between"),
        ('{\n"a": "b', "text in quotes is not closed", (4, 6), "with a comma between"),
        ('{\n"a": "\\x"\n}', "a backslash stands before a character that needs none", (4, 7), "with a comma between"),
        ('{\n"a": 1\n}}', "something follows the end", (5, 2), "with a comma between"),
        ("", "a value is missing, or text stands without double quotes", (3, 1), "with a comma between"),
        ('{\n"a": 1,\n"a": 2\n}', "`a` is written twice, on line 4 and on line 5", (5, 1), "delete one"),
        ('{\n"a": {"b": 1, "b": 2}\n}', "`b` is written twice, both times on line 4", (4, 15), "delete one"),
        ('{\n"a": NaN\n}', "JSON has no NaN and no Infinity", (4, 6), "write a number"),
        ('{\n"NaN": [-Infinity]\n}', "JSON has no NaN and no Infinity", (4, 9), "write a number"),
        ('{\n"a": ' + "9" * 5000 + "\n}", "a number with too many digits", (4, 6), "quote it"),
        ('{\n"1e999": -1e999\n}', "a number that is too large", (4, 10), "quote it"),
        ('{\n"a": ' + "[" * 100 + "]" * 100 + "\n}", "is nested more than 40 levels deep", (4, 46), "stray"),
        ('{\n"a": ' + "[" * 100_000 + "\n}", "is nested more than 40 levels deep", (4, 46), "stray"),
        ('{\n"[[": ' + '{"[": ' * 100 + "1" + "}" * 100, "is nested more than 40 levels deep", (4, 247), "stray"),
        ('{\n"a": "\\ud83d"\n}', "contains half of a character", (4, 7), "write the character itself"),
        ('{\n"\\ude00": "b"\n}', "contains half of a character", (4, 2), "write the character itself"),
        ('{\n"a": "\ud800"\n}', "contains half of a character", (4, 7), "write the character itself"),
        ("[1]", "must be an object in braces", (3, 1), ""),
    ],
)
def test_mistakes_have_a_place_and_a_hint(text: str, message: str, place: tuple[int, int], hint: str) -> None:
    with pytest.raises(ContentError) as caught:
        load_json_mapping(text, PATH, 3)
    problem = caught.value.problems[0]
    assert problem.span is not None
    assert (problem.code, problem.file, problem.message) == ("json", PATH, message)
    assert (problem.span.line, problem.span.column) == place
    assert hint in (problem.hint or "")


def test_every_repeated_key_is_told_with_both_places() -> None:
    text = '[{"id": 1, "x": 1},\n {"id": 2, "x": 2},\n {"id": 3,\n  "id": 4, "y": {"x": 1, "x": 2},\n "id": 5}]'
    with pytest.raises(ContentError) as caught:
        load_json(text, PATH)
    assert [problem.message for problem in caught.value.problems] == [
        "`id` is written twice, on line 3 and on line 4",
        "`x` is written twice, both times on line 4",
        "`id` is written twice, on line 3 and on line 5",
    ]


@pytest.mark.parametrize(
    "text", ['"\\ud83d\\ude00"', '"\\\\ud800"', '"\\\\\\\\ud800"', '"\\uD83D\\uDE00\\uD83D\\uDE00"']
)
def test_whole_characters_are_no_halves(text: str) -> None:
    assert load_json(text, PATH) == json.loads(text)


@pytest.mark.parametrize(
    "text", ["[" * 40 + "1" + "]" * 40, '"' + "[" * 100 + '"', '["\\"[[[", ' * 30 + "1" + "]" * 30]
)
def test_nesting_within_bounds_is_fine(text: str) -> None:
    assert load_json(text, PATH) == json.loads(text)


SCALARS = st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.floats(-1e6, 1e6) | st.text(max_size=6)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=15,
)


def list_paths(value: object, place: Path = ()) -> dict[Path, object]:
    """Every value in `value` by its path."""
    found: dict[Path, object] = {place: value}
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        found |= list_paths(part, (*place, name))
    return found


@given(VALUES, st.sampled_from([None, 1, "\t"]), st.booleans())
@settings(max_examples=150, deadline=None)
def test_every_value_is_where_its_place_says(value: object, indent: int | str | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert load_json(text, PATH) == value
    lines = text.split("\n")
    places = find_json_places(text)
    expected = list_paths(value)
    assert set(places.spans) == set(expected)
    assert places.repeated == ()
    for where, span in places.spans.items():
        rest = "\n".join([lines[span.line - 1][span.column - 1 :], *lines[span.line :]])
        assert json.JSONDecoder().raw_decode(rest)[0] == expected[where]
    for where, span in places.key_spans.items():
        assert json.loads(lines[span.line - 1][span.column - 1 :][: span.length]) == where[-1]


@given(st.text(alphabet='{}[]",:\\ \n1e-.9truNa\ud800', max_size=30))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        assert load_json(text, PATH) == json.loads(text)
    except ContentError as failure:
        problems = failure.problems
    assert all(problem.span and problem.span.line <= text.count("\n") + 1 for problem in problems)


@pytest.mark.parametrize("piece", ['\\"', '"', "[", "\\", '{"a":', "9", " ", "\n", "\\ud800", '"\\'], ids=repr)
def test_time_grows_with_the_length_alone(piece: str) -> None:
    with patience(), pytest.raises(ContentError):
        load_json('["' + piece * (1_000_000 // len(piece)), PATH)
