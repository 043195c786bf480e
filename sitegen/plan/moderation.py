"""Editors have the last word: decisions applied to comments, before anything is counted, listed or shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sitegen.model.comments import Comment, CommentAuthor
from sitegen.model.moderation import Decision
from sitegen.model.names import Html
from sitegen.model.values import replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What has been decided about a comment, all in all."""

    hidden: bool = False
    """Whether it is taken down."""
    redacted: bool = False
    """Whether its text is replaced."""
    notice: Html | None = None
    """By what; None for the words of the theme."""
    name: str | None = None
    """The displayed name; None where that of the snapshot stands."""
    pinned: bool | None = None
    """Whether it is held at the top; None where the snapshot says so."""


def sum_up(decisions: Iterable[Decision]) -> dict[str, Standing]:
    """Return what stands in the end, by comment: of two decisions that contradict each other the later counts.

    `show-again` takes back `hide` and `redact`.
    """
    standings: dict[str, Standing] = {}
    for decision in decisions:
        standings[decision.id] = _decide(standings.get(decision.id, Standing()), decision)
    return standings


def apply_decisions(comments: Sequence[Comment], decisions: Iterable[Decision]) -> tuple[Comment, ...]:
    """Return `comments` as they are to be shown.

    Of a hidden one only its place is left, as a tombstone, which the thread leaves out where no replies hang on it. A
    new name takes the author's own site away, since it would tell who they are. A redacted comment keeps author, time
    and votes. Old names do not stay behind in replies.
    """
    standings = sum_up(decisions)
    if not standings:
        return tuple(comments)
    by_id = {comment.id: comment for comment in comments}
    gone = _find_old_names(comments, standings)
    moderated = []
    for comment in comments:
        changed = _moderate(comment, standings.get(comment.id, Standing()))
        parent = by_id.get(comment.parent or "")
        if changed.reply_to_name in gone:
            changed = replace(changed, reply_to_name=_choose_name(changed, parent, standings, gone))
        moderated.append(changed)
    return tuple(moderated)


def _decide(standing: Standing, decision: Decision) -> Standing:
    match decision.action:
        case "hide":
            return replace(standing, hidden=True)
        case "show-again":
            return replace(standing, hidden=False, redacted=False, notice=None)
        case "redact":
            return replace(standing, redacted=True, notice=decision.notice)
        case "rename":
            return replace(standing, name=decision.name)
        case "pin" | "unpin":
            return replace(standing, pinned=decision.action == "pin")


def _moderate(comment: Comment, standing: Standing) -> Comment:
    if comment.deleted:
        return comment
    if standing.hidden:
        return Comment(
            id=comment.id,
            anchor=comment.anchor,
            parent=comment.parent,
            published=comment.published,
            body=Html(""),
            deleted=True,
            removed=True,
            closed=comment.closed,
        )
    if standing.pinned is not None:
        comment = replace(comment, pinned=standing.pinned)
    if standing.name is not None:
        edited = comment.edited
        if edited and edited.by and edited.by == comment.author.name:
            edited = replace(edited, by=standing.name)
        comment = replace(comment, author=CommentAuthor(name=standing.name), edited=edited, url=None)
    if standing.redacted:
        body = standing.notice or Html("")
        # What it said stands at the source, and the note on an edit or the passage it quotes may repeat it.
        comment = replace(comment, body=body, redacted=True, language=None, edited=None, url=None, passage=None)
    return comment


def _find_old_names(comments: Iterable[Comment], standings: dict[str, Standing]) -> dict[str, str | None]:
    """Return names that are no longer to be read, each with the one that stands for it; None for hidden comments."""
    gone: dict[str, str | None] = {}
    for comment in comments:
        standing = standings.get(comment.id)
        if standing and comment.author.name:
            if standing.hidden:
                gone[comment.author.name] = None
            elif standing.name is not None:
                gone[comment.author.name] = standing.name
    return gone


def _choose_name(
    reply: Comment, parent: Comment | None, standings: dict[str, Standing], gone: dict[str, str | None]
) -> str | None:
    """Return whom a reply answers, where the name it has is that of somebody who was renamed or hidden.

    A name belongs to the comment that the reply hangs on if it has that author. Platforms that cap the depth hang
    replies higher up: then only the name tells whom they answer, and it may not stay.
    """
    name = reply.reply_to_name or ""
    if parent and parent.author.name == name:
        standing = standings.get(parent.id, Standing())
        return None if standing.hidden else standing.name or name
    return gone[name]
