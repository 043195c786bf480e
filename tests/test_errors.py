"""Problems as people see them: file, line, column, the line itself and a caret below what is wrong."""

import pickle
from collections.abc import Callable

import pytest

from sitegen.errors import (
    ContentError,
    MachineError,
    Problem,
    Severity,
    Span,
    UsageError,
    error,
    format_problem,
    warning,
)


def lines(*text: str) -> Callable[[str, int], str | None]:
    return lambda _, line: text[line - 1] if 0 < line <= len(text) else None


def show(text: str, column: int, length: int = 1) -> list[str]:
    """The excerpt of a problem in the line `text`."""
    problem = error("rating", "must be at most 5", "content/world/x.md", Span(line=1, column=column, length=length))
    return format_problem(problem, lines(text)).split("\n")[1:]


def test_a_problem_with_everything() -> None:
    problem = error(
        "rating", "must be at most 5", "content/world/x.md", Span(line=2, column=9, length=1), "write 5, or set `best`"
    )
    assert format_problem(problem, lines("---", "rating: 7")) == (
        "content/world/x.md:2:9: error[rating]: must be at most 5\n"
        "  2 | rating: 7\n"
        "              ^\n"
        "  hint: write 5, or set `best`"
    )


@pytest.mark.parametrize(
    ("problem", "shown"),
    [
        (warning("link", "leads nowhere"), "warning[link]: leads nowhere"),
        (warning("link", "leads nowhere", hint="mend it"), "warning[link]: leads nowhere\n  hint: mend it"),
        (error("x", "m", "a.md"), "a.md: error[x]: m"),
        (error("x", "m", None, Span(line=3)), "error[x]: m"),
        (error("x", "m", "a.md", Span(line=9)), "a.md:9:1: error[x]: m"),
        (error("x", "m", "a.md", Span(line=9), "h"), "a.md:9:1: error[x]: m\n  hint: h"),
    ],
    ids=[
        "nothing known",
        "a hint alone",
        "a file",
        "a place without a file",
        "a line that is gone",
        "gone, with a hint",
    ],
)
def test_what_is_not_known_is_left_out(problem: Problem, shown: str) -> None:
    assert format_problem(problem, lines("the only line")) == shown


@pytest.mark.parametrize(
    ("text", "column", "length", "shown"),
    [
        ("abc", 1, 1, ["  1 | abc", "      ^"]),
        ("abc", 2, 2, ["  1 | abc", "       ^^"]),
        ("abc", 2, 99, ["  1 | abc", "       ^^"]),
        ("abc", 2, 0, ["  1 | abc", "       ^"]),
        ("abc", 4, 1, ["  1 | abc", "         ^"]),
        ("abc", 4, 9, ["  1 | abc", "         ^"]),
        ("abc", 99, 1, ["  1 | abc", "         ^"]),
        ("abc", 0, 1, ["  1 | abc", "      ^"]),
        ("", 1, 1, ["  1 | ", "      ^"]),
        ("\tx: 1", 2, 1, ["  1 |  x: 1", "       ^"]),
        ("x\ty\tz", 5, 1, ["  1 | x y z", "          ^"]),
        ("日本: x", 5, 1, ["  1 | 日本: x", "            ^"]),
        ("日本: x", 1, 2, ["  1 | 日本: x", "      ^^^^"]),
        ("Ａ\U0001f600x", 3, 1, ["  1 | Ａ\U0001f600x", "          ^"]),
        ("e\u0301e\u0301x", 5, 1, ["  1 | e\u0301e\u0301x", "        ^"]),
        ("e\u0301", 2, 1, ["  1 | e\u0301", "       ^"]),
        ("a\u00a0b\u3000c", 5, 1, ["  1 | a b c", "          ^"]),
        ("a\x1b[31mb", 7, 1, ["  1 | a\ufffd[31mb", "            ^"]),
        ("a\x00\x7f\x9b\r\u202e\u200b\ud800b", 9, 1, ["  1 | a" + "\ufffd" * 7 + "b", "              ^"]),
    ],
)
def test_the_caret_stands_below_what_is_wrong(text: str, column: int, length: int, shown: list[str]) -> None:
    assert show(text, column, length) == shown


@pytest.mark.parametrize(
    ("column", "window", "caret"),
    [
        (1, "0123456789" * 15 + "012345678…", 0),
        (80, "0123456789" * 15 + "012345678…", 79),
        (101, "…123456789" + "0123456789" * 14 + "012345678…", 80),
        (901, "…123456789" + "0123456789" * 14 + "012345678…", 80),
        (1000, "…123456789" + "0123456789" * 15, 159),
        (1001, "…123456789" + "0123456789" * 15, 160),
    ],
)
def test_a_long_line_is_cut_to_a_window_around_the_caret(column: int, window: str, caret: int) -> None:
    text = "0123456789" * 100
    excerpt, carets = show(text, column)
    assert excerpt == f"  1 | {window}"
    assert carets == "      " + " " * caret + "^"


def test_a_line_of_the_greatest_width_is_shown_whole() -> None:
    assert show("x" * 160, 160) == ["  1 | " + "x" * 160, "      " + " " * 159 + "^"]


def test_a_very_long_mark_ends_with_the_window() -> None:
    assert show("x" * 1000, 1, 1000) == ["  1 | " + "x" * 159 + "…", "      " + "^" * 160]


def test_a_private_line_is_not_shown() -> None:
    problem = Problem(
        severity=Severity.ERROR, code="comments", message="m", file="a.json", span=Span(line=1), hint="h", private=True
    )
    assert format_problem(problem, lines("ana@news.example")) == "a.json:1:1: error[comments]: m\n  hint: h"


def test_nothing_in_names_and_words_moves_the_cursor() -> None:
    problem = error("\x1b]0;x\x07", "a\nb\x1b[2J\u202ec\ud800", "x\n\x1b.md", Span(line=1), "d\re")
    assert format_problem(problem, lines()) == (
        "x\ufffd\ufffd.md:1:1: error[\ufffd]0;x\ufffd]: a\ufffdb\ufffd[2J\ufffdc\ufffd\n  hint: d\ufffde"
    )


def test_errors_carry_what_is_to_be_said() -> None:
    problems = [error("a", "first"), warning("b", "second")]
    assert ContentError(problems).problems == tuple(problems)
    assert str(ContentError(problems)) == "first; second"
    assert (str(UsageError("m", "h")), UsageError("m", "h").hint, UsageError("m").hint) == ("m", "h", None)
    assert (str(MachineError("m", "h")), MachineError("m", "h").hint) == ("m", "h")


def test_problems_cross_from_one_process_to_another() -> None:
    failure = ContentError([error("a", "first", "x.md", Span(line=2), "h")])
    again = pickle.loads(pickle.dumps(failure))
    assert isinstance(again, ContentError)
    assert again.problems == failure.problems
