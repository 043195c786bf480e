"""Comment snapshots: what a file says beside what it is read as, and every mistake with its place."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.errors import ContentError, Problem, format_problem
from sitegen.model.article import Rating
from sitegen.model.codec import decode, encode
from sitegen.model.comments import Comment, CommentAuthor, CommentEdit, Mention, Passage, Reaction, Votes
from sitegen.model.moment import Moment
from sitegen.parse.comments import Snapshot, parse_snapshot
from sitegen.parse.sanitize import LONGEST_BODY
from tests.snapshots import FULL, LEAST, change_where_possible, list_places, write, write_comments

PATH = "content/world/x.comments.json"


def parse(text: str) -> Snapshot:
    return parse_snapshot(text, PATH)


def parse_one(**comment: object) -> Comment:
    """Read a snapshot of one comment that has no problems."""
    snapshot = parse(write_comments({"id": "wp-1", **comment}))
    assert snapshot.warnings == ()
    return snapshot.comments[0]


def show(problem: Problem) -> str:
    assert problem.span
    assert problem.file == PATH
    return f"{problem.span.line}:{problem.span.column}: {problem.message}"


def test_a_whole_snapshot() -> None:
    snapshot = parse(write(FULL))
    assert snapshot.closed
    assert snapshot.ratings == (Rating(value=4, votes=2, best=5, worst=1, label="Article Rating"),)
    assert snapshot.mentions == (
        Mention(
            kind="mention",
            url="https://blog.example/x",
            author=CommentAuthor(name="Blog"),
            published=Moment(at=datetime(2023, 7, 10, tzinfo=UTC), precision="day"),
        ),
        Mention(kind="like", author=CommentAuthor(name="Bo", url="https://bo.example/")),
    )
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
        reactions=(Reaction(name="heart", count=2), Reaction(name="mail", count=1)),
        passage=Passage(quote="half an hour", prefix="by", suffix=".", question="Will you use it?"),
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


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("editor", "editor"), (" Author", "author"), ("member", "member"), ("guest", None), ("king", None), (None, None)],
)
def test_what_somebody_is_to_the_site(kind: str | None, expected: str | None) -> None:
    assert parse_one(author={"name": "Ana", "kind": kind}).author.kind == expected


def test_reactions_have_names_that_can_be_read_and_are_counted() -> None:
    counts = {"THUMBS_UP": 2, "🎉": 1, "heart": 0, " ": 3, "<b>": 1, "x" * 90: 1}
    assert [(reaction.name, reaction.count) for reaction in parse_one(reactions=counts).reactions] == [
        ("thumbs up", 2),
        ("🎉", 1),
        ("<b>", 1),
        ("x" * 40, 1),
    ]


@pytest.mark.parametrize(
    ("anchor", "expected"),
    [
        (None, None),
        ({"quote": " \n "}, None),
        ({"quote": " a\n b\u202e "}, Passage(quote="a b")),
        ({"quote": "<b>", "question": "", "prefix": "x" * 90}, Passage(quote="<b>", prefix="x" * 64)),
        ({"quote": "q" * 9_000, "suffix": "y" * 90}, Passage(quote="q" * 2_000, suffix="y" * 64)),
    ],
)
def test_the_passage_that_a_comment_answers(anchor: object, expected: Passage | None) -> None:
    assert parse_one(anchor=anchor).passage == expected


def test_mentions_from_the_oldest_on_without_those_of_which_nothing_is_known() -> None:
    mentions = [
        {"id": "m1", "kind": "pingback", "url": "https://a.example/"},
        {"id": "m2", "kind": "Like", "author": "Ada", "published": "2024-03-09"},
        {"id": "m3", "kind": "reblog", "author": "Bo", "published": "2024-03-08"},
        {"id": "m4", "kind": "like", "author": {"name": None}},
    ]
    snapshot = parse(write_comments(mentions=mentions))
    assert [(mention.kind, mention.author.name) for mention in snapshot.mentions] == [
        ("repost", "Bo"),
        ("like", "Ada"),
        ("mention", None),
    ]


def test_order_ids_and_parents_are_taken_as_they_are() -> None:
    snapshot = parse(write_comments({"id": "b", "parent": "a"}, {"id": "a", "parent": "z"}, {"id": "c", "parent": "c"}))
    assert [(comment.id, comment.parent) for comment in snapshot.comments] == [("b", "a"), ("a", "z"), ("c", "c")]


def test_a_snapshot_can_be_remembered() -> None:
    for document in (FULL, LEAST):
        snapshot = parse(write(document))
        assert decode(encode(snapshot), Snapshot) == snapshot


TIMES = ["2023-07", "2023-07-09T10:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00", "2 months ago"]
TEXTS = ["", "x", "901", "a@b.example", "https://a.example", "\U0001f600\u202e"]
SHAPES = [[], {}, [1], {"at": "x"}, {"raw": "1 year ago"}, {"email": "x"}, {"text": "<p>x"}, {"name": "x"}]
VALUES = st.sampled_from([None, True, 0, -1, 4.5, 10**20, 1e300, *TIMES, *TEXTS, *SHAPES])


@given(st.lists(st.tuples(st.sampled_from(list_places(FULL)), VALUES), min_size=1, max_size=3))
@settings(max_examples=250, deadline=None)
def test_any_change_of_a_sound_snapshot_is_read_or_refused_with_a_place(
    changes: list[tuple[tuple[str | int, ...], object]],
) -> None:
    text = json.dumps(change_where_possible(FULL, changes), indent=1)
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
