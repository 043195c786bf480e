"""Comment snapshots: what a file says beside what it is read as, and every mistake with its place."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.errors import ContentError, Problem, format_problem
from sitegen.model.article import Rating
from sitegen.model.codec import decode, encode
from sitegen.model.comments import Comment, CommentAuthor, CommentEdit, Votes
from sitegen.model.moment import Moment
from sitegen.parse.comments import Snapshot, parse_snapshot
from sitegen.parse.sanitize import LONGEST_BODY
from tests.snapshots import FULL, LEAST, change, write, write_comments

PATH = "content/world/x.comments.json"


def parse(text: str) -> Snapshot:
    return parse_snapshot(text, PATH)


def parse_one(**comment: object) -> Comment:
    """Read a snapshot of one comment that has no problems."""
    snapshot = parse(write_comments({"id": "wp-1", **comment}))
    assert snapshot.warnings == ()
    return snapshot.comments[0]


def find_problems(text: str) -> list[str]:
    """The problems of a file, as `line:column: message`."""
    with pytest.raises(ContentError) as caught:
        parse(text)
    return [show(problem) for problem in caught.value.problems]


def show(problem: Problem) -> str:
    assert problem.span
    assert problem.file == PATH
    return f"{problem.span.line}:{problem.span.column}: {problem.message}"


def test_a_whole_snapshot() -> None:
    snapshot = parse(write(FULL))
    assert snapshot.closed
    assert snapshot.ratings == (Rating(value=4, votes=2, best=5, worst=1, label="Article Rating"),)
    assert snapshot.provenance.platform == "wpdiscuz"
    assert snapshot.provenance.origin_url == "https://old.example/2023/07/nato-office/"
    assert snapshot.provenance.captured_at == Moment(at=datetime(2023, 9, 12, 10, 5, tzinfo=UTC))
    assert snapshot.provenance.declared_count == 2
    edited, plain = snapshot.comments
    assert edited == Comment(
        id="wp-901",
        anchor="comment-901",
        author=CommentAuthor(name="Ana Ruiz", url="https://ana.example/"),
        published=Moment(
            at=datetime.fromisoformat("2023-07-09T17:22:00-04:00"), precision="minute", raw="09-07-23 17:22"
        ),
        edited=CommentEdit(
            at=Moment(at=datetime(2023, 7, 1, tzinfo=UTC), precision="month", raw="2 months ago"),
            raw="2 months ago",
            by="Desk",
            note="a name was spelt wrong",
        ),
        body="<p>Half an hour less <em>each way</em>.</p>",  # type: ignore[arg-type]
        language="en",
        votes=Votes(up=3, down=0, score=None),
        pinned=True,
        url="https://old.example/2023/07/nato-office/#comment-901",
    )
    assert (plain.parent, plain.reply_to_name) == ("wp-901", "Ana Ruiz")
    assert (plain.author, plain.edited, plain.votes) == (CommentAuthor(), None, Votes())
    assert plain.body == "<p>And the view is back.</p>"


def test_the_least_of_a_snapshot() -> None:
    snapshot = parse(write(LEAST))
    (comment,) = snapshot.comments
    assert comment == Comment(
        id="a-1",
        anchor="comment-1",
        published=Moment(at=datetime(2024, 3, 9, 10, 12, tzinfo=UTC)),
        body="<p>Thank you.</p>",  # type: ignore[arg-type]
    )
    assert snapshot.provenance.captured_at is None


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    text = write(LEAST)
    assert parse("\ufeff" + text.replace("\n", "\r\n")) == parse(text)


CAPTURED = {"snapshot": {"captured_at": "2023-09-12T10:05:00Z"}}
MONTH = "2023-07-01T00:00:00+00:00 to the month"


@pytest.mark.parametrize(
    ("edited", "more", "at", "raw"),
    [
        ({"at": {"at": "2023-07", "precision": "month", "raw": "2 months ago"}}, {}, MONTH, "2 months ago"),
        ({"at": "2023-07", "raw": "2 months ago"}, {}, MONTH, "2 months ago"),
        ({"at": "2023-07-15T12:00Z", "precision": "month", "raw": "2 months ago"}, {}, MONTH, "2 months ago"),
        ({"at": {"at": None, "raw": "2 months ago"}}, CAPTURED, MONTH, "2 months ago"),
        ({"at": None, "raw": "2 months ago", "precision": "month"}, CAPTURED, MONTH, "2 months ago"),
        ({"raw": "2 months ago"}, CAPTURED, MONTH, "2 months ago"),
        ({"raw": "2 months ago"}, {}, None, "2 months ago"),
        ({"at": {"raw": "2 months ago"}}, {}, None, "2 months ago"),
        ({"raw": "some time ago"}, CAPTURED, None, "some time ago"),
        ({"by": "Desk"}, CAPTURED, None, None),
    ],
)
def test_when_a_comment_was_edited(
    edited: dict[str, object], more: dict[str, object], at: str | None, raw: str | None
) -> None:
    """Without the day of capture, words such as "2 months ago" tell no date; they are kept and never made one."""
    change = parse(write_comments({"id": "a", "edited": {"by": "Desk", **edited}}, **more)).comments[0].edited
    assert change is not None
    assert (change.by, change.raw) == ("Desk", raw)
    assert (f"{change.at.at.isoformat()} to the {change.at.precision}" if change.at else None) == at


@pytest.mark.parametrize("edited", [None, {}, {"at": None}, {"by": "", "note": " ", "at": {"raw": ""}}])
def test_an_edit_of_which_nothing_is_known_is_none(edited: object) -> None:
    assert parse_one(edited=edited).edited is None


def test_published_words_count_from_the_capture_too() -> None:
    (comment,) = parse(write_comments({"id": "a", "published": {"raw": "3 days ago"}}, **CAPTURED)).comments
    assert comment.published == Moment(at=datetime(2023, 9, 9, tzinfo=UTC), precision="day", raw="3 days ago")


@pytest.mark.parametrize("published", [None, {}, {"raw": "3 days ago"}])
def test_a_comment_may_have_no_known_time(published: object) -> None:
    assert parse_one(published=published).published is None


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        (None, Votes(up=None, down=None, score=None)),
        ({}, Votes(up=None, down=None, score=None)),
        ({"up": 0, "down": None}, Votes(up=0, down=None, score=None)),
        ({"score": -3}, Votes(score=-3)),
    ],
)
def test_unknown_votes_are_not_zero(votes: object, expected: Votes) -> None:
    assert parse_one(votes=votes).votes == expected


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ana Ruiz", "Ana Ruiz"),
        ("  Ana \n Ruiz\t", "Ana Ruiz"),
        ("", None),
        (" \u202e ", None),
        ("Ana\u202eRuiz\u2066", "AnaRuiz"),
        ("<b>Ana</b> {{ 7*7 }}", "<b>Ana</b> {{ 7*7 }}"),
        ("A" * 500, "A" * 200),
        ("a\u0301\u0301\u0301\u0301\u0301\u0301", "a\u0301\u0301\u0301\u0301"),
    ],
)
def test_names_are_plain_text_on_one_line(written: str, name: str | None) -> None:
    comment = parse_one(author={"name": written}, reply_to_name=written, edited={"by": written, "note": written})
    assert (comment.author.name, comment.reply_to_name) == (name, name)
    assert (comment.edited.by if comment.edited else None) == name
    assert (comment.edited.note if comment.edited else None) == name


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://ana.example", "https://ana.example"),
        (" HTTP://ana.example/x?y#z ", "HTTP://ana.example/x?y#z"),
        ("", None),
        (None, None),
    ],
)
def test_addresses(address: str | None, kept: str | None) -> None:
    comment = parse_one(author={"name": "Ana", "url": address}, url=address)
    assert (comment.author.url, comment.url) == (kept, kept)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "javascript:alert(1)",
            "java\x01script:alert(1)",
            "//evil.example",
            "/about",
            "data:text/html,x",
            "ana.example",
        ),
        *(
            "https://",
            "https:///x",
            "https://a b",
            "https:\\\\evil.example",
            "https://a.example\\@b",
            "ftp://a.example",
        ),
        "https://a.example/" + "b" * 2_000,
    ],
)
def test_addresses_that_are_left_out_with_a_warning(address: str) -> None:
    snapshot = parse(write_comments({"id": "a", "author": {"url": address}}))
    assert snapshot.comments[0].author.url is None
    assert [show(problem) for problem in snapshot.warnings] == [
        "9:12: `url` is left out: only addresses with http or https become links"
    ]


def test_a_deleted_comment_keeps_its_place_alone() -> None:
    snapshot = parse(
        write_comments(
            {
                "id": "a",
                "status": "deleted",
                "body": "",
                "parent": "b",
                "pinned": True,
                "votes": {"up": 1},
                "edited": {"by": "Desk"},
                "url": "https://old.example/",
                "reply_to_name": "Bo",
            }
        )
    )
    assert snapshot.warnings == ()
    (comment,) = snapshot.comments
    at = Moment(at=datetime(2024, 3, 9, 10, 12, tzinfo=UTC))
    assert comment == Comment(id="a", anchor="comment-a", parent="b", published=at, body=comment.body, deleted=True)
    assert comment.body == ""


@pytest.mark.parametrize("kept", [{"body": "I take that back."}, {"body": "", "author": {"name": "Ana"}}])
def test_what_a_deleted_comment_said_must_not_stay_in_the_file(kept: dict[str, object]) -> None:
    snapshot = parse(write_comments({"id": "a", "status": "deleted", **kept}))
    assert (snapshot.comments[0].body, snapshot.comments[0].author) == ("", CommentAuthor())
    (problem,) = snapshot.warnings
    assert problem.private
    assert show(problem).endswith("the comment `a` is deleted, but what it said or who wrote it is still in the file")


@pytest.mark.parametrize(
    ("counts", "warnings"),
    [
        ({"declared_count": 2, "captured_count": 2}, []),
        ({"declared_count": 1}, []),
        ({"declared_count": 5}, ["4:21: the source said it had 5 comments, but 2 are here"]),
        ({"captured_count": 3}, ["4:21: says that 3 comments were taken, but 2 are here"]),
        ({"declared_count": 0}, ["4:21: the source said it had 0 comments, but 2 are here"]),
    ],
)
def test_a_snapshot_that_was_cut_short_is_told(counts: dict[str, int], warnings: list[str]) -> None:
    deleted = {"id": "b", "status": "deleted", "body": ""}
    snapshot = parse(write_comments({"id": "a"}, deleted, snapshot=counts))
    assert [show(problem) for problem in snapshot.warnings] == warnings


def test_a_body_that_is_too_long_is_cut_with_a_warning() -> None:
    snapshot = parse(write_comments({"id": "a", "body": "x" * (LONGEST_BODY + 1)}))
    assert snapshot.comments[0].body == f"<p>{'x' * LONGEST_BODY}</p>"
    assert [show(problem) for problem in snapshot.warnings] == [
        "6:12: has more than 100,000 characters; what is beyond them is left out"
    ]


@pytest.mark.parametrize(
    ("rating", "expected"),
    [
        ({"value": 4, "count": 2}, Rating(value=4, votes=2, best=5, worst=1)),
        ({"value": 4.25, "label": " Article\nRating "}, Rating(value=4.25, votes=None, best=5, label="Article Rating")),
        ({"value": 8, "best": 10, "worst": 0, "count": 1}, Rating(value=8, votes=1, best=10, worst=0)),
        ({"value": 0, "count": 0}, None),
        ({"value": None, "count": 2}, None),
        ({}, None),
    ],
)
def test_ratings(rating: dict[str, object], expected: Rating | None) -> None:
    assert parse(write_comments(ratings=[rating])).ratings == ((expected,) if expected else ())


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
    with pytest.raises(ContentError) as caught:
        parse(text)
    assert [(show(problem), problem.hint) for problem in caught.value.problems] == [
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
    with pytest.raises(ContentError) as caught:
        parse(text)
    lines = text.split("\n")
    assert format_problem(caught.value.problems[0], lambda _, line: lines[line - 1]) == (
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


def test_order_ids_and_parents_are_taken_as_they_are() -> None:
    snapshot = parse(write_comments({"id": "b", "parent": "a"}, {"id": "a", "parent": "z"}, {"id": "c", "parent": "c"}))
    assert [(comment.id, comment.parent) for comment in snapshot.comments] == [("b", "a"), ("a", "z"), ("c", "c")]


def test_an_id_of_half_a_kilobyte_or_with_line_ends_is_refused() -> None:
    assert find_problems(write_comments({"id": "x" * 512})) == [
        "7:10: `comments.0.id` must not be longer than 200 characters"
    ]
    assert find_problems(write_comments({"id": "a\n"})) == [
        "7:10: `comments.0.id` must not hold spaces or control characters"
    ]


def test_a_snapshot_can_be_remembered() -> None:
    for document in (FULL, LEAST):
        snapshot = parse(write(document))
        assert decode(encode(snapshot), Snapshot) == snapshot


TIMES = ["2023-07", "2023-07-09T10:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00", "2 months ago"]
TEXTS = ["", "x", "901", "a@b.example", "https://a.example", "\U0001f600\u202e"]
SHAPES = [[], {}, [1], {"at": "x"}, {"raw": "1 year ago"}, {"email": "x"}, {"text": "<p>x"}, {"name": "x"}]
VALUES = st.sampled_from([None, True, 0, -1, 4.5, 10**20, 1e300, *TIMES, *TEXTS, *SHAPES])


def list_places(value: object, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for name, part in parts for found in ((*place, name), *list_places(part, (*place, name)))]


@given(st.lists(st.tuples(st.sampled_from(list_places(FULL)), VALUES), min_size=1, max_size=3))
@settings(max_examples=250, deadline=None)
def test_any_change_of_a_sound_snapshot_is_read_or_refused_with_a_place(
    changes: list[tuple[tuple[str | int, ...], object]],
) -> None:
    document = dict(FULL)
    for place, value in changes:
        try:
            document = change(document, place, value)
        except (TypeError, KeyError, IndexError):
            continue
    text = json.dumps(document, indent=1)
    problems: tuple[Problem, ...] = ()
    try:
        snapshot = parse(text)
        problems = snapshot.warnings
        assert decode(encode(snapshot), Snapshot) == snapshot
    except ContentError as failure:
        problems = failure.problems
        assert problems
    for problem in problems:
        assert problem.span
        assert 1 <= problem.span.line <= text.count("\n") + 1
        assert format_problem(problem, lambda _, line: text.split("\n")[line - 1]).encode()
