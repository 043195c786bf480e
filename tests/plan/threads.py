"""Threads in short: comments as words, and a thread as it is nested."""

from datetime import UTC, datetime, timedelta

from sitegen.model.comments import Comment, CommentAuthor, PlacedComment
from sitegen.model.moment import Moment
from sitegen.model.names import Html

START = datetime(2024, 3, 9, tzinfo=UTC)


def read(written: str) -> list[Comment]:
    """Comments as `id<parent@minute` with `!` for pinned and `x` for deleted; minutes in alphabetical order without."""
    comments = []
    for word in written.split():
        name, _, minute = word.rstrip("!x").partition("@")
        identity, _, parent = name.partition("<")
        number = int(minute or ord(identity[0]))
        comments.append(
            Comment(
                id=identity,
                anchor=f"comment-{identity}",
                parent=parent or None,
                author=CommentAuthor(name=None if word.endswith("x") else identity.upper()),
                published=Moment(at=START + timedelta(minutes=number)) if minute != "0" else None,
                body=Html(""),
                pinned="!" in word,
                deleted=word.endswith("x"),
            )
        )
    return comments


def draw(thread: tuple[PlacedComment, ...]) -> str:
    """The thread as a template nests it: `a(b(c) d)`."""
    drawn = ""
    for placed in thread:
        drawn += placed.comment.id + ("x" if placed.comment.deleted else "")
        drawn += "(" if placed.opens else ")" * placed.closes + " "
    return drawn.strip()


def check_lists(thread: tuple[PlacedComment, ...], max_depth: int) -> None:
    """Marks open and close lists so that each comment stands in as many as its depth says, and all end."""
    depth = 0
    for placed in thread:
        assert placed.depth == depth <= max_depth
        assert not (placed.opens and placed.closes)
        depth += placed.opens - placed.closes
    assert depth == 0


def chain(length: int) -> list[Comment]:
    return read(" ".join(["a0@1", *(f"a{number}<a{number - 1}@1" for number in range(1, length))]))
