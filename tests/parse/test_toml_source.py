"""TOML: places of keys and values, and mistakes with file, line and column."""

import tomllib

import pytest

from sitegen.errors import ContentError
from sitegen.parse.toml_source import find_toml_spans, load_toml, locate_toml_error
from tests.patience import patience

PATH = "content/x.md"


def find(text: str) -> dict[tuple[str | int, ...], tuple[int, int]]:
    tomllib.loads(text)
    return {place: (span.line, span.column) for place, span in find_toml_spans(text).items()}


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ('title = "x"\nrating = 7\n', ("rating",), (2, 10)),
        ("a.b.c = 1\n", ("a", "b", "c"), (1, 9)),
        ("\"a b\".'c' = 1\n", ("a b", "c"), (1, 13)),
        ('"a\\u00e9" = 1\n', ("aé",), (1, 13)),
        ("a = [1, [2, 3]]\n", ("a", 1, 0), (1, 10)),
        ("a = [\n  1, # one\n  2,\n]\n", ("a", 1), (3, 3)),
        ("a = {b = 1, c = {d = 2}}\n", ("a", "c", "d"), (1, 22)),
        ("a = {b = [{c = 1}, {c = 2}]}\n", ("a", "b", 1, "c"), (1, 25)),
        ('a = """\nx = 1\n"""\nb = 2\n', ("b",), (4, 5)),
        ('a = """x""""\nb = 2\n', ("b",), (2, 5)),
        ("a = '''\nb = 1 ''''\nb = 2\n", ("b",), (3, 5)),
        ('a = "]#}" # ] }\nb = 2\n', ("b",), (2, 5)),
        ("d = 2023-07-09 17:22:00\nb = 2\n", ("b",), (2, 5)),
        ("[a.b]\nc = 1\n[a.d]\nc = 2\n", ("a", "d", "c"), (4, 5)),
        ("[[a]]\nb = 1\n[[a]]\nb = 2\n[a.c]\nd = 3\n", ("a", 1, "b"), (4, 5)),
        ("[[a]]\nb = 1\n[[a]]\nb = 2\n[a.c]\nd = 3\n", ("a", 1, "c", "d"), (6, 5)),
        ("[a]\nb = 1\n", ("a",), (1, 1)),
    ],
)
def test_values_are_found(text: str, place: tuple[str | int, ...], expected: tuple[int, int]) -> None:
    assert find(text)[place] == expected


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("title = x\n", "invalid value", (5, 9)),
        ("title\n", "expected '=' after a key in a key/value pair", (5, 6)),
        ('title = "x', "unterminated string", (5, 10)),
        ('a = 1\nb = "x"\na = 2\n', "`a` is written twice, on line 5 and on line 7", (7, 1)),
        ("[a]\nb = 1\n[c]\nb = 2\nb = 3\n", "`b` is written twice, on line 8 and on line 9", (9, 1)),
        ("date = 2023-02-30\n", "invalid date or datetime", (5, 8)),
        ("a = " + "9" * 5000, "a number with too many digits", (5, 5)),
    ],
)
def test_mistakes_have_a_place_and_a_hint(text: str, message: str, place: tuple[int, int]) -> None:
    with pytest.raises(ContentError) as caught:
        load_toml(text, PATH, 5)
    problem = caught.value.problems[0]
    assert problem.span is not None
    assert problem.message.startswith(message)
    assert (problem.code, problem.file) == ("toml", PATH)
    assert (problem.span.line, problem.span.column) == place
    assert problem.hint


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 3000 + "]" * 3000,
        "a = " + "[" * 50 + "]" * 50,
        "a = " + "{a = " * 50 + "1" + "}" * 50,
        "a" + ".a" * 50 + " = 1",
        "[" + ".".join(["'a'"] * 50) + "]\nb = 1",
        "a" + ' . "a b"' * 20_000 + " = 1",
    ],
    ids=lambda text: text[:12],
)
def test_deep_nesting_is_an_error(text: str) -> None:
    with pytest.raises(ContentError, match="nested more than 40 levels deep"):
        load_toml(text, PATH, 1)


@pytest.mark.parametrize("piece", ["k{0} = 'v'\n", "[t{0}]\n", "[[t]]\nx = 1\n", "#\n", "k{0} = [1, {{a = 2}}]\n"])
def test_time_grows_with_the_length_alone(piece: str) -> None:
    text = "".join(piece.format(number) for number in range(20_000))
    with patience():
        load_toml(text, PATH, 1)


def test_an_error_at_the_end_is_placed_on_the_last_text() -> None:
    text = "a = 1\nb =\n\n"
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    message, span = locate_toml_error(caught.value, text)
    assert "invalid value" in message
    assert span.line == 2
