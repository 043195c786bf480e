"""Threads from comments in any order and whatever they say of each other."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.importers.merge import merge_snapshot
from sitegen.importers.records import CapturedThread, Tally
from sitegen.importers.threads import Found, ThreadSource, build_thread, join_threads, make_id
from sitegen.parse.comment_format import MentionRecord, SnapshotRecord

SOURCE = ThreadSource(prefix="x-", snapshot=SnapshotRecord(platform="x"), title="Bridge")


def found(number: int, parent: int | None = None, withheld: str | None = None) -> Found:
    at = f"2020-01-01T00:00:{number % 60:02}Z"
    return Found(id=str(number), parent=str(parent) if parent else None, withheld=withheld, at=at, text="Words.")


def build(*items: Found, tally: Tally | None = None) -> CapturedThread:
    return build_thread(SOURCE, items, tally if tally is not None else Tally())


def shape(thread: CapturedThread) -> dict[str, str | None]:
    return {comment.id: comment.parent for comment in thread.comments}


def reasons(thread: CapturedThread) -> list[str]:
    return [item.reason for item in thread.withheld]


def test_replies_may_stand_before_what_they_answer() -> None:
    assert shape(build(found(2, parent=1), found(1))) == {"x-2": "x-1", "x-1": None}


def test_a_reply_to_what_is_not_there_or_not_public_stands_by_itself_with_a_warning() -> None:
    tally = Tally()
    thread = build(found(1, withheld="spam"), found(2, parent=1), found(3, parent=99), tally=tally)
    assert shape(thread) == {"x-2": None, "x-3": None}
    assert reasons(thread) == ["spam"]
    assert [problem.message for problem in tally.warnings] == [
        "Bridge: 2 replies stand alone, since what was answered is not public"
    ]
    assert thread.snapshot.warnings


def test_where_replies_hang_on_a_deleted_comment_a_tombstone_stays() -> None:
    thread = build(found(1, withheld="deleted"), found(2, parent=1, withheld="deleted"), found(3, parent=2))
    assert shape(thread) == {"x-1": None, "x-2": "x-1", "x-3": "x-2"}
    assert [comment.status for comment in thread.comments] == ["deleted", "deleted", "published"]
    assert thread.comments[0].body.text == ""
    assert shape(build(found(1, withheld="deleted"))) == {}


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_circle_is_cut_open_at_its_first_comment(length: int) -> None:
    ring = [found(number, parent=number % length + 1) for number in range(1, length + 1)]
    thread = build(*ring, found(50, parent=1))
    assert thread.comments[0].parent is None
    assert shape(thread)["x-50"] == "x-1"
    assert sum(comment.parent is None for comment in thread.comments) == 1
    assert thread.snapshot.warnings


def test_of_two_comments_with_one_id_the_first_counts() -> None:
    thread = build(found(1), Found(id="1", text="Other words."))
    assert [comment.body.text for comment in thread.comments] == ["Words."]
    assert (thread.read, reasons(thread)) == (2, ["duplicate"])


def test_ten_thousand_levels_are_no_deeper_than_one() -> None:
    thread = build(*(found(number, parent=number - 1) for number in range(10_000, 0, -1)))
    assert (len(thread.comments), thread.snapshot.warnings) == (10_000, None)


@pytest.mark.parametrize("name", ["1900", "no", "Ana <b>"])
def test_names_stay_text(name: str) -> None:
    (comment,) = build(Found(id="1", name=name)).comments
    assert comment.author
    assert comment.author.name == name


def test_markdown_becomes_html() -> None:
    (comment,) = build(Found(id="1", format="markdown", text="*Fine*, `{{ 7*7 }}`.")).comments
    assert (comment.body.format, comment.body.text) == ("html", "<p><em>Fine</em>, <code>{{ 7*7 }}</code>.</p>")


def test_votes_that_are_unknown_are_none_and_not_zero() -> None:
    with_votes, without = build(Found(id="1", score=0), Found(id="2")).comments
    assert with_votes.votes
    assert (with_votes.votes.score, with_votes.votes.up) == (0, None)
    assert without.votes is None


@pytest.mark.parametrize("written", ["", "ada@mail.example", "a b", "\u202eid", "x" * 500, "\ud800"])
def test_unusual_ids_become_a_hash_of_themselves(written: str) -> None:
    made = make_id("x-", written)
    assert made == make_id("x-", written)
    assert len(made) == len("x-") + 16


IDS = st.integers(1, 8).map(str)
ANY_COMMENT = st.builds(
    Found,
    id=IDS,
    parent=st.none() | IDS,
    withheld=st.sampled_from([None, None, None, "deleted", "spam"]),
    text=st.sampled_from(["One.", "Two."]),
)


@given(st.lists(ANY_COMMENT, max_size=12))
def test_whatever_comments_say_of_each_other_the_thread_is_sound(items: list[Found]) -> None:
    thread = build(*items)
    parents = shape(thread)
    published = [comment.id for comment in thread.comments if comment.status == "published"]
    assert thread.read == len(published) + len(thread.withheld)
    assert all(parent in parents for parent in parents.values() if parent)
    for step in published:
        path = [step]
        while parent := parents[path[-1]]:
            assert parent not in path
            path.append(parent)
    answered = set(parents.values())
    assert all(comment.id in answered for comment in thread.comments if comment.status == "deleted")


@given(st.lists(st.lists(ANY_COMMENT, max_size=8), min_size=2, max_size=4), st.booleans())
def test_however_captures_follow_each_other_the_last_one_again_changes_nothing(
    captures: list[list[Found]], prune: bool
) -> None:
    text: str | None = None
    for items in (*captures, captures[-1]):
        before = text
        merged = merge_snapshot(text, "a.comments.json", build(*items), article="a.md", prune=prune)
        text = merged.text or text
    assert text == before
    known = {item["id"] for item in json.loads(text)["comments"]} if text else set()
    assert {comment.id for comment in build(*captures[-1]).comments} <= known


def test_several_threads_on_one_article_become_one() -> None:
    like = MentionRecord(id="x-like-1", kind="like")
    one = build_thread(SOURCE, [found(1), found(2)], Tally(), [like])
    other = build_thread(SOURCE, [found(2), found(3, withheld="spam")], Tally(), [like])
    joined = join_threads([one, other])
    assert list(shape(joined)) == ["x-1", "x-2"]
    assert joined.read == len(joined.comments) + len(joined.mentions) + len(joined.withheld) == 6
    assert sorted(reasons(joined)) == ["duplicate", "duplicate", "spam"]
