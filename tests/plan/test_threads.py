"""Threads: comments in any order, with whatever parents, beside how they are indented."""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.model.comments import Comment, CommentEdit, Votes
from sitegen.model.config import CommentOrder
from sitegen.model.facts import MOST_RECENT
from sitegen.model.moment import Moment
from sitegen.model.values import replace
from sitegen.plan.threads import build_thread, list_recent
from tests.patience import patience
from tests.plan.threads import START, chain, check_lists, draw, read


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("", ""),
        ("a", "a"),
        ("a b c", "a b c"),
        ("a b<a c<b d<a e", "a(b(c) d) e"),
        ("e d<a c<b b<a a", "a(b(c) d) e"),
        ("a b<a c<b d<c", "a(b(c(d)))"),
        ("a@3 b@1 c@2", "b c a"),
        ("a@3 b@0 c@2", "c a b"),
        ("a@0 b@0", "a b"),
        ("a@1 b@1", "a b"),
        ("b@1 a@1", "b a"),
        ("a b! c c2<c! c1<c", "b a c(c2 c1)"),
        ("a b<z c<b", "a b(c)"),
        ("a<a", "a"),
        ("a<b b<a", "a(b)"),
        ("b<a a<b", "b(a)"),
        ("a<c b<a c<b d<c e<d", "a(b(c(d(e))))"),
        ("d<c e<d a<c b<a c<b", "a(b(c(d(e))))"),
        ("a<b b<a c<d d<c e", "a(b) c(d) e"),
        ("ax", ""),
        ("ax b<a", "ax(b)"),
        ("a b<ax", "a"),
        ("ax b<ax c<bx", ""),
        ("ax b<ax c<b d<ax", "ax(bx(c))"),
        ("a<bx b<a", "ax(b)"),
        ("a a<b b", "a b"),
        ("a b<a b<c b2<b c", "a(b(b2)) c"),
    ],
)
def test_threads(written: str, drawn: str) -> None:
    assert draw(build_thread(read(written), 9)) == drawn


def test_roots_stand_in_the_order_that_is_asked_for_and_replies_by_age() -> None:
    comments = read("a@1 a2<a@7 a1<a@4 b@2 c@3 d@0 e@9!")
    comments = [replace(comment, votes=VOTES.get(comment.id, Votes())) for comment in comments]
    assert draw(build_thread(comments, 9, "oldest")) == "e a(a1 a2) b c d"
    assert draw(build_thread(comments, 9, "newest")) == "e c b a(a1 a2) d"
    assert draw(build_thread(comments, 9, "votes")) == "e c a(a1 a2) d b"


VOTES = {"a": Votes(up=3, down=1), "b": Votes(score=-1), "c": Votes(score=5), "a1": Votes(up=9)}


@pytest.mark.parametrize("order", ["oldest", "newest", "votes"])
def test_a_comment_has_the_same_number_in_every_order(order: CommentOrder) -> None:
    thread = build_thread(read("a@1 b@3! c<a@2 d@0 e@4x f<e@5"), 9, order)
    numbers = {placed.comment.id: placed.number for placed in thread}
    assert numbers == {"a": 1, "c": 2, "b": 3, "e": 4, "f": 5, "d": 6}


def test_deeper_replies_stay_in_order_at_the_last_level() -> None:
    comments = read("a b<a c<b d<c e<d f<c g")
    assert draw(build_thread(comments, 9)) == "a(b(c(d(e) f))) g"
    assert draw(build_thread(comments, 2)) == "a(b(c d e f)) g"
    assert draw(build_thread(comments, 1)) == "a(b c d e f) g"
    assert [placed.depth for placed in build_thread(comments, 2)] == [0, 1, 2, 2, 2, 2, 0]


def test_a_reply_says_whom_it_answers() -> None:
    comments = read("a b<a c<z d<d e<f f<e gx h<g")
    comments = [replace(comment, reply_to_name="somebody") for comment in comments]
    told = {
        placed.comment.id: (placed.in_reply_to, placed.parent_anchor, placed.parent_name)
        for placed in build_thread(comments, 9)
    }
    assert told == {
        "a": (None, None, "somebody"),
        "b": ("comment", "comment-a", "A"),
        "c": ("missing", None, "somebody"),
        "d": (None, None, "somebody"),
        "e": (None, None, "somebody"),
        "f": ("comment", "comment-e", "E"),
        "g": (None, None, "somebody"),
        "h": ("deleted", "comment-g", None),
    }


def test_the_name_behind_a_tombstone_is_not_told_by_its_replies() -> None:
    comments = [replace(comment, reply_to_name="somebody") for comment in read("ax b<a c<b")]
    assert [placed.comment.reply_to_name for placed in build_thread(comments, 9)][1:] == [None, "somebody"]


IDS = st.sampled_from("abcdefgh")
COMMENTS = st.lists(
    st.builds(
        lambda identity, parent, minute, marks: f"{identity}<{parent}@{minute}{marks}",
        IDS,
        IDS | st.just("z") | st.just(""),
        st.integers(0, 4),
        st.sampled_from(["", "", "", "!", "x"]),
    ),
    max_size=12,
)


@given(COMMENTS, st.integers(1, 4))
@settings(max_examples=150, deadline=None)
def test_any_comments_become_a_sound_thread(written: list[str], max_depth: int) -> None:
    comments = read(" ".join(written).replace("<@", "@"))
    thread = build_thread(comments, max_depth)
    check_lists(thread, max_depth)
    first = {comment.id: comment for comment in reversed(comments)}
    shown = [placed.comment.id for placed in thread]
    assert len(set(shown)) == len(shown)
    readable = {comment.id for comment in first.values() if not comment.deleted}
    assert readable <= set(shown) <= set(first)
    places = {placed.comment.id: place for place, placed in enumerate(thread)}
    for placed in thread:
        if placed.in_reply_to in {"comment", "deleted"}:
            parent = thread[places[placed.comment.parent or ""]]
            assert placed.parent_anchor == parent.comment.anchor
            assert placed.depth == min(parent.depth + 1, max_depth)
            assert places[parent.comment.id] < places[placed.comment.id]
        else:
            assert placed.depth == 0
    tombstones = {placed.comment.id for placed in thread if placed.comment.deleted}
    assert tombstones <= {placed.comment.parent for placed in thread if placed.in_reply_to == "deleted"}
    again = build_thread(tuple(reversed(first.values())), max_depth)
    assert readable <= {placed.comment.id for placed in again}


def circle(length: int) -> list[Comment]:
    return read(" ".join(f"a{number}<a{(number + 1) % length}@1" for number in range(length)))


def test_a_chain_of_10_000_replies() -> None:
    comments = chain(10_000)
    random.Random(1).shuffle(comments)
    thread = build_thread(comments, 4)
    check_lists(thread, 4)
    assert [placed.comment.id for placed in thread] == [f"a{number}" for number in range(10_000)]


def test_a_circle_of_10_000_replies_with_a_tail() -> None:
    tail = read(" ".join(["b0<a7@1", *(f"b{number}<b{number - 1}@1" for number in range(1, 5_000))]))
    thread = build_thread([*tail, *circle(10_000)], 4)
    check_lists(thread, 4)
    assert len(thread) == 15_000
    assert [placed.comment.id for placed in thread if placed.depth == 0] == ["a0"]


def test_10_000_siblings_and_10_000_tombstones() -> None:
    siblings = read("a@1 " + " ".join(f"b{number}<a@{10_000 - number}" for number in range(10_000)))
    tombs = read(
        "c@1x " + " ".join(f"d{number}<{'c' if number == 0 else f'd{number - 1}'}@1x" for number in range(10_000))
    )
    thread = build_thread([*tombs, *siblings], 4)
    assert len(thread) == 10_001
    assert thread[1].comment.id == "b9999"


@pytest.mark.parametrize("build", [chain, circle], ids=["chain", "circle"])
def test_time_grows_with_the_number_alone(build: Callable[[int], list[Comment]]) -> None:
    comments = build(60_000)
    with patience():
        build_thread(comments, 4)


def recent_of(comments: list[Comment]) -> list[str]:
    return [recent.anchor.removeprefix("comment-") for recent in list_recent(build_thread(comments, 4))]


def test_the_newest_comments_without_tombstones_and_undated_ones() -> None:
    assert recent_of(read("a@1 b<a@5 c@3 d@9x e<d@2 f@0 g@4!")) == ["b", "g", "c", "e", "a"]
    many = [
        replace(comment, id=f"{place}", anchor=f"comment-{place:03}") for place, comment in enumerate(read("a@1 " * 60))
    ]
    assert recent_of(many) == [f"{place:03}" for place in range(59, 59 - MOST_RECENT, -1)]


def test_an_edit_counts_where_it_is_later() -> None:
    (comment,) = read("a@5")
    for minute, updated in ((9, 9), (1, 5), (None, 5)):
        at = Moment(at=START + timedelta(minutes=minute)) if minute else None
        (recent,) = list_recent(build_thread([replace(comment, edited=CommentEdit(at=at))], 4))
        assert recent.updated == START + timedelta(minutes=updated)
