"""Mistakes in comment snapshots: every one of a file, at its place, in words."""

from collections.abc import Iterable

import pytest

from sitegen.errors import ContentError, Problem, format_problem
from sitegen.parse import comments
from sitegen.parse.comment_anchors import choose_anchors
from sitegen.parse.comments import parse_snapshot
from tests.snapshots import write_comments

PATH = "content/world/x.comments.json"


def find(text: str) -> tuple[Problem, ...]:
    with pytest.raises(ContentError) as caught:
        parse_snapshot(text, PATH)
    return caught.value.problems


def show(problem: Problem) -> str:
    assert problem.span
    assert problem.file == PATH
    return f"{problem.span.line}:{problem.span.column}: {problem.message}"


def find_problems(text: str) -> list[str]:
    """The problems of a file, as `line:column: message`."""
    return [show(problem) for problem in find(text)]


def test_every_problem_of_a_file_is_told_at_its_place() -> None:
    text = """{
 "schema": "sitegen.comments/1",
 "snapshot": {"captured_at": "12-09-2023", "declared_count": 1, "tol": "x"},
 "ratings": [{"value": 7}, {"value": 2, "best": 1}],
 "comments": [
  {"id": "a", "published": "2024-03-09T10:12:00", "body": "x"},
  {"id": "a", "published": {"at": "2024-02-30T10:12:00Z"}, "body": "x"},
  {"id": "b", "published": {"at": "2024-02", "precision": "day"}, "body": "x", "edited": {"at": "yesterday"}},
  {"id": "c", "published": null, "body": "x", "author": {"name": "ana@news.example", "email": "x@y.example"}},
  {"id": "d", "published": null, "body": "x", "author": {"avatar": "https://gravatar.com/avatar/9f"}},
  {"id": "e", "published": null, "body": "x", "edited": {"by": "b@c.example"}}
 ]
}
"""
    assert find_problems(text) == [
        "3:30: `captured_at`: 12-09-2023 has two readings",
        "4:24: `value` must be between 1 and 5",
        "4:49: `best` must be more than 1, which is `worst`",
        "6:28: `published`: has no zone, so that the instant is not known",
        "7:10: the id `a` stands here again; it is already on line 6",
        "7:35: `published`: there is no day 2024-02-30",
        "8:35: `published`: is written to the month, and cannot be known to the day",
        "8:97: `at`: yesterday is no date",
        "9:66: `name` is an e-mail address, which must not be in a snapshot",
        "9:95: `email` is personal data, which must not be in a snapshot",
        "10:68: `avatar` is a picture elsewhere: it tells others who reads the page, and may hold a hash of an e-mail",
        "11:64: `by` is an e-mail address, which must not be in a snapshot",
    ]


def test_every_value_of_a_wrong_kind_is_told_at_its_place() -> None:
    text = """{
 "schema": "sitegen.comments/2",
 "closed": "no",
 "comments": [
  {"id": 901, "published": 1709979120, "body": {"format": "bbcode"}, "status": "spam"},
  {"id": "a b", "parent": 7, "votes": {"up": -1, "score": "3"}, "published": null, "body": null},
  7
 ]
}
"""
    assert [(show(problem), problem.hint) for problem in find(text)] == [
        ("2:12: `schema` must be `sitegen.comments/1`", None),
        ("3:12: `closed` must be true or false", None),
        ("5:10: `comments.0.id` must be text", 'put it in quotes, with a prefix for the platform: "wp-901"'),
        ("5:28: `comments.0.published` must be text or an object", None),
        ("5:48: `comments.0.body.text` is missing", None),
        ("5:59: `comments.0.body.format` must be 'html' or 'text'", None),
        (
            "5:80: `comments.0.status` must be 'published' or 'deleted'",
            "comments that were not published are no part of a snapshot; count them under `withheld`",
        ),
        (
            "6:10: `comments.1.id` must not hold spaces or control characters",
            'put it in quotes, with a prefix for the platform: "wp-901"',
        ),
        (
            "6:27: `comments.1.parent` must be text",
            'put it in quotes, as the `id` of the comment it answers: "wp-901"',
        ),
        ("6:46: `comments.1.votes.up` must be at least 0", None),
        ("6:59: `comments.1.votes.score` must be a whole number", None),
        ("6:92: `comments.1.body` must be text or an object", None),
        ("7:3: `comments.2` must be an object", None),
    ]


def test_a_problem_as_it_is_shown() -> None:
    text = write_comments({"id": "a", "published": "2024-03-09T10:12:00"})
    lines = text.split("\n")
    assert format_problem(find(text)[0], lambda _, line: lines[line - 1]) == (
        "content/world/x.comments.json:5:17: error[comments]: "
        "`published`: has no zone, so that the instant is not known\n"
        '  5 |    "published": "2024-03-09T10:12:00",\n'
        "                      ^^^^^^^^^^^^^^^^^^^^^\n"
        "  hint: write `2024-03-09T10:12:00Z` or an offset"
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "1:1: a value is missing, or text stands without double quotes"),
        ("[]", "1:1: a snapshot must be an object with the keys `schema` and `comments`"),
        ("7", "1:1: a snapshot must be an object with the keys `schema` and `comments`"),
        ("{}", "1:1: `schema` is missing"),
        (
            '{"schema": "sitegen.comments/1", "comments": [',
            "1:47: a value is missing, or text stands without double quotes",
        ),
        (
            '{"schema": "sitegen.comments/1", "comments": [{"id": "a", "id": "b"}]}',
            "1:59: `id` is written twice, both times on line 1",
        ),
        ('{"schema": "\\ud800"}', "1:13: contains half of a character"),
    ],
)
def test_what_is_no_snapshot_at_all(text: str, problem: str) -> None:
    assert find_problems(text)[0] == problem


def test_an_id_of_half_a_kilobyte_or_with_line_ends_is_refused() -> None:
    assert find_problems(write_comments({"id": "x" * 512})) == [
        "7:10: `comments.0.id` must not be longer than 200 characters"
    ]
    assert find_problems(write_comments({"id": "a\n"})) == [
        "7:10: `comments.0.id` must not hold spaces or control characters"
    ]


def test_an_id_that_stands_everywhere_is_told_as_often_and_has_one_anchor(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def choose(ids: Iterable[str]) -> tuple[str, ...]:
        asked.extend(ids)
        return choose_anchors(asked)

    monkeypatch.setattr(comments, "choose_anchors", choose)
    problems = find_problems(write_comments(*({"id": "a"} for _ in range(50)), {"id": "b"}))
    assert len(problems) == 49
    assert problems[-1].endswith("the id `a` stands here again; it is already on line 7")
    assert asked == ["a", "b"]
