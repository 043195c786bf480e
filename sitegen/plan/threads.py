"""From a bag of comments to a thread: replies below what they answer, in any order, whatever is missing."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from datetime import UTC, datetime
from heapq import nlargest
from itertools import pairwise
from math import inf
from typing import Any

from sitegen.model.comments import Comment, PlacedComment, Reply
from sitegen.model.config import CommentOrder
from sitegen.model.facts import MOST_RECENT, RecentComment
from sitegen.model.values import replace

_UNKNOWN = datetime.max.replace(tzinfo=UTC)
"""Where a comment without a time stands among the others: behind them."""


def build_thread(
    comments: Sequence[Comment], max_depth: int, order: CommentOrder = "oldest"
) -> tuple[PlacedComment, ...]:
    """Return `comments` in reading order, each indented by at most `max_depth` levels.

    A comment whose parent is not here becomes a root. A circle of replies is broken at its first comment. A tombstone
    stays where replies hang on it and is left out elsewhere. Pinned comments come first, then roots in `order`, and
    replies from the oldest on; one without a time comes last among its kin. Of two with one id the first counts.
    Linear but for the sorting, and without recursion, so that a chain of 10,000 replies is no harder than a list of as
    many.
    """
    by_id: dict[str, Comment] = {}
    for comment in comments:
        by_id.setdefault(comment.id, comment)
    parents = _find_parents(by_id)
    children: dict[str | None, list[Comment]] = defaultdict(list)
    for comment in sorted(by_id.values(), key=_by_age):
        children[parents[comment.id]].append(comment)
    roots = children[None]
    if order != "oldest":
        roots.sort(key=_ORDERS[order])
    hidden = _find_hidden(by_id, parents)
    ordered: list[Comment] = []
    depths: list[int] = []
    pending = [(comment, 0) for comment in reversed(roots)]
    while pending:
        comment, depth = pending.pop()
        if comment.id in hidden:
            continue
        ordered.append(comment)
        depths.append(depth)
        if comment.id in children:
            below = min(depth + 1, max_depth)
            pending += [(reply, below) for reply in reversed(children[comment.id])]
    return tuple(_place(ordered, depths, parents, by_id))


def list_recent(placed: Iterable[PlacedComment]) -> tuple[RecentComment, ...]:
    """Return the newest comments of a thread, as planning knows them: no tombstone, and none without a time."""
    comments = [item.comment for item in placed if not item.comment.deleted]
    dated = [(comment.published.at, comment.anchor, comment) for comment in comments if comment.published]
    return tuple([_describe(published, comment) for published, _, comment in nlargest(MOST_RECENT, dated)])


def _describe(published: datetime, comment: Comment) -> RecentComment:
    edited = comment.edited.at if comment.edited else None
    # An edit that is known to the month may seem to come before the comment itself.
    updated = max(published, edited.at) if edited else published
    return RecentComment(anchor=comment.anchor, published=published, updated=updated)


def _by_age(comment: Comment) -> tuple[bool, datetime]:
    return not comment.pinned, comment.published.at if comment.published else _UNKNOWN


def _by_youth(comment: Comment) -> tuple[bool, float]:
    return not comment.pinned, -comment.published.at.timestamp() if comment.published else inf


def _by_votes(comment: Comment) -> tuple[bool, int]:
    votes = comment.votes
    score = votes.score if votes.score is not None else (votes.up or 0) - (votes.down or 0)
    return not comment.pinned, -score


_ORDERS: Mapping[CommentOrder, Callable[[Comment], tuple[bool, float]]] = {
    "newest": _by_youth,
    "votes": _by_votes,
}
"""Keys by which roots are sorted that stand from the oldest on, and stay so where they are equal."""


def _find_parents(by_id: Mapping[str, Comment]) -> dict[str, str | None]:
    """Return the parent of every comment; None for a root, an orphan, and where a circle is broken."""
    parents: dict[str, str | None] = {}
    before = False
    for identity, comment in by_id.items():
        parent = comment.parent if comment.parent in by_id else None
        if parent is not None and parent not in parents:
            before = True
        parents[identity] = parent
    if before:  # else every reply follows what it answers, and there is no circle
        order = {identity: place for place, identity in enumerate(parents)}
        break_circles(parents, lambda identity: order[identity])
    return parents


def break_circles(parents: dict[str, str | None], rank: Callable[[str], Any]) -> set[str]:
    """Make a root of the first comment by `rank` in every circle of `parents`; return those that were made one.

    Every parent must have one itself, or None. Linear.
    """
    cut: set[str] = set()
    done: set[str] = set()
    for start in parents:
        path: dict[str, None] = {}
        current: str | None = start
        while current is not None and current not in done and current not in path:
            path[current] = None
            current = parents[current]
        if current is not None and current in path:
            first = min(_circle(current, parents), key=rank)
            parents[first] = None
            cut.add(first)
        done.update(path)
    return cut


def _circle(start: str, parents: dict[str, str | None]) -> set[str]:
    found = {start}
    current = parents[start]
    while current is not None and current not in found:
        found.add(current)
        current = parents[current]
    return found


def add_ancestors(ids: Iterable[str], parents: Mapping[str, str | None]) -> set[str]:
    """Return `ids`, and everything that they hang on; a parent that has none in `parents` ends the way up."""
    found: set[str] = set()
    for start in ids:
        current: str | None = start
        while current is not None and current not in found:
            found.add(current)
            current = parents.get(current)
    return found


def _find_hidden(by_id: Mapping[str, Comment], parents: Mapping[str, str | None]) -> Set[str]:
    """Return the comments that are not shown: every tombstone above none that can be read."""
    readable = [identity for identity, comment in by_id.items() if not comment.deleted]
    return by_id.keys() - add_ancestors(readable, parents) if len(readable) < len(by_id) else frozenset()


def _place(
    ordered: Sequence[Comment],
    depths: Sequence[int],
    parents: Mapping[str, str | None],
    by_id: Mapping[str, Comment],
) -> Iterable[PlacedComment]:
    """Yield comments with the marks at which nested lists begin and end."""
    steps = pairwise((*depths, 0))
    for comment, (depth, following), number in zip(ordered, steps, _number(ordered), strict=True):
        answered = parents[comment.id]
        parent = None
        reply: Reply | None = None
        if answered is not None:
            parent = by_id[answered]
            reply = "deleted" if parent.deleted else "comment"
            if parent.deleted:  # what is left of its author goes as well
                comment = replace(comment, reply_to_name=None)  # noqa: PLW2901
        elif comment.parent and comment.parent not in by_id:
            reply = "missing"
        yield PlacedComment(
            comment=comment,
            depth=depth,
            number=number,
            in_reply_to=reply,
            parent_anchor=parent.anchor if parent else None,
            parent_name=parent.author.name if parent else comment.reply_to_name,
            opens=following > depth,
            closes=max(0, depth - following),
        )


def _number(ordered: Sequence[Comment]) -> list[int]:
    """Return for each comment its place by time, from 1."""
    instants = [comment.published.at if comment.published else _UNKNOWN for comment in ordered]
    numbers = [0] * len(instants)
    for number, place in enumerate(sorted(range(len(instants)), key=instants.__getitem__), start=1):
        numbers[place] = number
    return numbers
