"""`theme.toml`: options and lists."""

import pytest

from sitegen.errors import ContentError
from sitegen.model.theme import ListRule
from sitegen.parse.theme_settings import parse_theme_settings
from sitegen.parse.toml_source import load_toml


def parse(text: str) -> tuple[object, object]:
    return parse_theme_settings(load_toml(text, "theme.toml", 1), "theme.toml")


def test_options_and_lists() -> None:
    text = """\
[options]
accent = "red"
[lists.most_discussed]
limit = 3
order = "comments"
among = 100
on = ["home", "section"]
[lists.newest]
on = "tag"
[lists.block]
limit = 2
"""
    options, lists = parse(text)
    assert options == {"accent": "red"}
    assert lists == {
        "most_discussed": ListRule(limit=3, order="comments", among=100, on=("home", "section")),
        "newest": ListRule(limit=5, order="date", among=0, on=("tag",)),
        "block": ListRule(limit=2),
    }


def test_a_theme_needs_neither() -> None:
    assert parse("") == ({}, {})


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ("options = 1", (1, 11), "`options` is no table", None),
        ("\n[list.x]", (2, 2), "unknown key `list`", "did you mean `lists`?"),
        ('name = "x"', (1, 1), "unknown key `name`", "known are `options`, `lists`"),
        (
            "lists.most-read.limit = 1",
            (1, 7),
            "`most-read` is no name for a list",
            "write letters, digits and `_`, so that templates can say `page.lists.NAME`",
        ),
        ("[lists]\nx = 3", (2, 5), "`lists.x` is no table", "write `[lists.x]`, and `limit = 5` below it"),
        ("[lists.x]\nlimits = 3", (2, 1), "unknown key `lists.x.limits`", "did you mean `limit`?"),
        ("[lists.x]\nlimit = 101", (2, 9), "`lists.x.limit` must be a whole number from 0 to 100", None),
        ("[lists.x]\nlimit = true", (2, 9), "`lists.x.limit` must be a whole number from 0 to 100", None),
        ("[lists.x]\namong = -1", (2, 9), "`lists.x.among` must be a whole number from 0 to 1000", None),
        (
            '[lists.x]\norder = "votes"',
            (2, 9),
            '`lists.x.order` must be one of "date", "weight", "comments", "rating"',
            None,
        ),
        (
            '[lists.x]\non = ["home",\n  "article"]',
            (3, 3),
            '`lists.x.on` must be one of "home", "section", "tag", "author"',
            None,
        ),
        ("[lists.x]\non = 1", (2, 6), '`lists.x.on` must be one of "home", "section", "tag", "author"', None),
        (
            '[lists.related]\norder = "date"',
            (2, 1),
            "`lists.related` has only a `limit`: sitegen chooses what is in it",
            "declare a list of another name beside it",
        ),
    ],
)
def test_mistakes_are_told_at_their_place(text: str, place: tuple[int, int], message: str, hint: str | None) -> None:
    with pytest.raises(ContentError) as failure:
        parse(text)
    (problem,) = failure.value.problems
    assert problem.span is not None
    assert (problem.file, (problem.span.line, problem.span.column)) == ("theme.toml", place)
    assert (problem.message, problem.hint) == (message, hint)


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(ContentError) as failure:
        parse('[lists.x]\nlimit = -1\norder = 1\non = ["a", "b"]\n')
    assert len(failure.value.problems) == 4
