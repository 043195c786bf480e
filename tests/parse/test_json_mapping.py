"""JSON front matter: places, and mistakes with file, line and column."""

import pytest

from sitegen.errors import ContentError
from sitegen.parse.json_mapping import load_json_mapping

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


@pytest.mark.parametrize(
    ("text", "message", "place", "hint"),
    [
        ('{\n"a": x\n}', "a value is missing, or text stands without double quotes", (4, 6), '`"key": "value"`'),
        ('{\n"a": 1,\n}', "a key in double quotes must follow", (5, 1), "delete the comma"),
        ('{\n"a": 1\n"b": 2\n}', "a comma is missing", (5, 1), "with a comma between"),
        ('{\n"a": 1,\n"a": 2\n}', "`a` is written twice, on line 4 and on line 5", (5, 1), "delete one"),
        ('{\n"a": {"b": 1, "b": 2}\n}', "`b` is written twice, both times on line 4", (4, 15), "delete one"),
        ('{\n"a": NaN\n}', "JSON has no NaN and no Infinity", (4, 6), "write a number"),
        ('{\n"a": ' + "9" * 5000 + "\n}", "a number with too many digits", (4, 6), "quote it"),
        ('{\n"a": ' + "[" * 100 + "]" * 100 + "\n}", "is nested more than 40 levels deep", (4, 46), "stray"),
        ('{\n"a": ' + "[" * 100_000 + "\n}", "is nested more than 40 levels deep", (3, 1), "stray"),
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
