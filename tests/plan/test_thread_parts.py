"""Long threads: which comments are on which page, beside how their lists nest there."""

import pytest

from sitegen.model.comments import CommentThread, Passage, PlacedComment, Provenance
from sitegen.model.config import CommentsConfig
from sitegen.model.values import replace
from sitegen.plan.thread_parts import cut_from_end, cut_thread, order_pages, split_thread
from sitegen.plan.threads import build_thread
from tests.plan.threads import chain, check_lists, draw, read


def parts(written: str, size: int, max_depth: int = 9) -> list[str]:
    return [draw(part) for part in cut_thread(build_thread(read(written), max_depth), size)]


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("", [""]),
        ("a b", ["a b"]),
        ("a b c d e", ["a b", "c d", "e"]),
        ("a b<a c<a d e", ["a(b c)", "d e"]),
        ("a b c<b d<c e", ["a b(c(d))", "e"]),
        ("a b<a c<a d<a e<a f", ["a(b c d)", "e f"]),
        ("a b<a c<b d<c e<d f<e g", ["a(b(c(d)))", "e(f)", "g"]),
        ("a b<a c<b d<c e<d f<a g", ["a(b(c(d)))", "e f", "g"]),
    ],
)
def test_a_part_ends_before_a_comment_on_the_article_unless_it_would_be_twice_as_long(
    written: str, drawn: list[str]
) -> None:
    assert parts(written, 2) == drawn


def test_a_comment_at_the_end_changes_the_last_part_alone() -> None:
    before = cut_thread(build_thread(read("a b<a c d e<d f"), 4), 2)
    after = cut_thread(build_thread(read("a b<a c d e<d f g"), 4), 2)
    assert after[: len(before) - 1] == before[:-1]


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("", [""]),
        ("a@1", ["a"]),
        ("a@1 b@2 c@3", ["c b a"]),
        ("a@1 b@2 c@3 d@4", ["d c", "b a"]),
        ("a@1 b@2 c@3 d@4 e@5", ["e d c", "b a"]),
        ("a@1 b@2 c@3 d@4 e@5 f@6", ["f e", "d c", "b a"]),
        ("a@1 b@2 c@3 c1<c@4 d@5 a1<a@6", ["d", "c(c1) b", "a(a1)"]),
        ("a@1 a1<a@2 a2<a@3 a3<a@4 b@5", ["b", "a(a1 a2 a3)"]),
    ],
)
def test_with_the_newest_first_the_oldest_part_is_full(written: str, drawn: list[str]) -> None:
    assert [draw(part) for part in cut_from_end(build_thread(read(written), 9, "newest"), 2)] == drawn


def test_with_the_newest_first_further_pages_are_numbered_from_the_oldest() -> None:
    thread = thread_of(build_thread(read("a@1 b@2 c@3 d@4 e@5 f@6"), 4, "newest"))
    own, second, third = split_thread(thread, CommentsConfig(page_size=2, order="newest"))
    assert [draw(page.comments) for page in (own, second, third)] == ["f e", "b a", "d c"]
    assert [(entry.anchor[-1], entry.page) for entry in own.elsewhere] == [("d", 3), ("c", 3), ("b", 2), ("a", 2)]
    assert (order_pages(4, "newest"), order_pages(4, "votes")) == ((1, 4, 3, 2), (1, 2, 3, 4))


def test_a_reply_on_another_page_than_its_parent_knows_it() -> None:
    _, second, third = cut_thread(build_thread(read("a b<a c<b d<c e<d f<e g"), 4), 2)
    assert [placed.parent_here for placed in (*second, *third)] == [False, True, True]
    assert second[0].parent_anchor == "comment-d"


def test_a_chain_of_10_000_replies_is_torn_into_sound_lists() -> None:
    thread = build_thread(chain(10_000), 4)
    cut = cut_thread(thread, 300)
    assert [placed.comment.id for part in cut for placed in part] == [placed.comment.id for placed in thread]
    assert {len(part) for part in cut[:-1]} == {600}
    for part in cut:
        check_lists(part, 4)


def thread_of(placed: tuple[PlacedComment, ...]) -> CommentThread:
    return CommentThread(provenance=Provenance(platform="isso"), comments=placed)


def test_what_is_on_the_article_s_page_and_what_is_elsewhere() -> None:
    comments = [replace(comment, passage=Passage(quote=comment.id)) for comment in read("a b<a c d ex f<e")]
    thread = thread_of(build_thread(comments, 4))
    own, second, third = split_thread(thread, CommentsConfig(page_size=2, fold=1))
    assert (draw(own.comments), own.open, own.provenance.platform) == ("a(b)", 2, "isso")
    assert (draw(second.comments), second.open, second.provenance.platform) == ("c d", 2, None)
    assert draw(third.comments) == "ex(f)"
    told = [(entry.anchor, entry.page, entry.number, entry.name, entry.deleted) for entry in own.elsewhere]
    assert told == [
        ("comment-c", 2, 3, "C", False),
        ("comment-d", 2, 4, "D", False),
        ("comment-e", 3, 5, None, True),
        ("comment-f", 3, 6, "F", False),
    ]
    assert own.elsewhere[0].passage == Passage(quote="c")
    assert own.count == thread.count == 5


def test_what_is_folded_has_lists_of_its_own() -> None:
    (own,) = split_thread(thread_of(build_thread(read("a b<a c d<c e"), 4)), CommentsConfig(fold=2))
    assert own.elsewhere == ()
    assert (draw(own.comments[: own.open]), draw(own.comments[own.open :])) == ("a(b)", "c(d) e")
    (short,) = split_thread(thread_of(build_thread(read("a b"), 4)), CommentsConfig(fold=2))
    assert short.open == 2
