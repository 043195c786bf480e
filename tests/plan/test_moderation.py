"""What editors decided, applied to comments."""

import pytest

from sitegen.model.comments import Comment, CommentAuthor, CommentEdit, Passage, Votes
from sitegen.model.moderation import Decision
from sitegen.model.names import Html
from sitegen.model.values import replace
from sitegen.plan.moderation import Standing, apply_decisions, sum_up
from sitegen.plan.threads import build_thread
from tests.samples import moment


def comment(number: int, name: str | None = "Ana", *, parent: int | None = None, to: str | None = None) -> Comment:
    return Comment(
        id=f"wp-{number}",
        anchor=f"comment-{number}",
        parent=f"wp-{parent}" if parent else None,
        reply_to_name=to,
        author=CommentAuthor(name=name, url="https://ana.example/"),
        published=moment("2024-03-09"),
        edited=CommentEdit(by=name, note="a typo"),
        body=Html(f"<p>Text {number}.</p>"),
        votes=Votes(up=3),
        url="https://old.example/#comment",
    )


def decide(number: int, action: str, **more: str) -> Decision:
    return Decision(id=f"wp-{number}", action=action, **more)  # type: ignore[arg-type]


def test_of_a_hidden_comment_nothing_is_left_but_its_place() -> None:
    (hidden, other) = apply_decisions([comment(1), comment(2)], [decide(1, "hide", reason="asked")])
    assert hidden == Comment(
        id="wp-1",
        anchor="comment-1",
        published=moment("2024-03-09"),
        body=Html(""),
        deleted=True,
        removed=True,
    )
    assert other == comment(2)


def test_a_hidden_comment_stays_as_a_tombstone_only_where_replies_hang_on_it() -> None:
    comments = [comment(1), comment(2, "Bo", parent=1, to="Ana"), comment(3)]
    thread = build_thread(apply_decisions(comments, [decide(1, "hide"), decide(3, "hide")]), 5)
    assert [placed.comment.id for placed in thread] == ["wp-1", "wp-2"]
    assert (thread[1].in_reply_to, thread[1].parent_name, thread[1].comment.reply_to_name) == ("deleted", None, None)


def test_a_redacted_comment_keeps_author_time_and_votes() -> None:
    (plain,) = apply_decisions([comment(1)], [decide(1, "redact")])
    assert plain == replace(comment(1), body=Html(""), redacted=True, edited=None, url=None)
    quoting = replace(comment(1), passage=Passage(quote="A word."))
    assert apply_decisions([quoting], [decide(1, "redact")]) == (plain,)
    (worded,) = apply_decisions([comment(1)], [decide(1, "redact", notice="<p>An insult stood here.</p>")])
    assert worded.body == "<p>An insult stood here.</p>"


def test_an_old_name_is_nowhere_to_be_read() -> None:
    comments = [comment(1), comment(2, "Bo", parent=1, to="Ana"), comment(3, "Cy", parent=2, to="Ana")]
    renamed = apply_decisions(comments, [decide(1, "rename", name="A reader")])
    assert renamed[0].author == CommentAuthor(name="A reader")
    assert "Ana" not in repr(renamed)
    assert [item.reply_to_name for item in renamed] == [None, "A reader", "A reader"]
    assert build_thread(renamed, 5)[1].parent_name == "A reader"


def test_the_name_of_another_author_is_left_alone() -> None:
    comments = [comment(1), comment(2), comment(3, "Bo", parent=2, to="Ana")]
    renamed = apply_decisions(comments, [decide(1, "rename", name="A reader")])
    assert [item.reply_to_name for item in renamed] == [None, None, "Ana"]


def test_the_name_of_a_hidden_author_does_not_stay_in_replies_that_hang_higher_up() -> None:
    comments = [comment(1, "Bo"), comment(2, "Ana", parent=1), comment(3, "Cy", parent=1, to="Ana")]
    assert "Ana" not in repr(apply_decisions(comments, [decide(2, "hide")])[2])


def test_pinned_comments_come_first() -> None:
    comments = [comment(1), replace(comment(2), pinned=True), comment(3)]
    thread = build_thread(apply_decisions(comments, [decide(3, "pin"), decide(2, "unpin")]), 5)
    assert [placed.comment.id for placed in thread] == ["wp-3", "wp-1", "wp-2"]


@pytest.mark.parametrize(
    ("actions", "standing"),
    [
        (("hide",), Standing(hidden=True)),
        (("hide", "show-again"), Standing()),
        (("redact", "hide", "show-again"), Standing()),
        (("show-again", "hide"), Standing(hidden=True)),
        (("hide", "pin", "unpin"), Standing(hidden=True, pinned=False)),
    ],
)
def test_the_later_decision_counts(actions: tuple[str, ...], standing: Standing) -> None:
    assert sum_up(decide(1, action) for action in actions) == {"wp-1": standing}


def test_without_decisions_and_for_tombstones_nothing_changes() -> None:
    gone = replace(comment(1), deleted=True, body=Html(""))
    assert apply_decisions([gone], []) == (gone,)
    assert apply_decisions([gone], [decide(1, "rename", name="X"), decide(1, "pin")]) == (gone,)
