"""The comments on an article as editors look at them: with what is hidden, and what was decided."""

from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.app.commenting import Discussion
from sitegen.model.comments import Comment
from sitegen.model.moderation import Decision
from sitegen.parse.html_tokens import resolve_references, scan_html
from sitegen.plan.moderation import Standing, sum_up


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentRow:
    """One comment of a list."""

    id: str
    """Its id."""
    parent: str | None
    """Id of the comment it answers."""
    author: str | None
    """The displayed name; None for an anonymous comment."""
    published: str | None
    """When it was written, as ISO 8601."""
    marks: tuple[str, ...]
    """`deleted`, `hidden`, `redacted`, `renamed`, `pinned`."""
    text: str
    """What it said at the source, as plain text."""
    decisions: tuple[Mapping[str, str], ...]
    """What was decided about it, with the keys of the format."""

    def record(self) -> Mapping[str, object]:
        """Return the row as `--json` prints it."""
        return {
            "id": self.id,
            "parent": self.parent,
            "author": self.author,
            "published": self.published,
            "state": list(self.marks),
            "text": self.text,
            "decisions": [dict(decision) for decision in self.decisions],
        }


def describe_comments(discussion: Discussion) -> tuple[CommentRow, ...]:
    """Return a row for every comment, in the order of the snapshot."""
    standings = sum_up(discussion.decisions)
    return tuple(
        _describe(comment, standings.get(comment.id, Standing()), discussion.decisions)
        for comment in discussion.comments
    )


def _describe(comment: Comment, standing: Standing, decisions: tuple[Decision, ...]) -> CommentRow:
    marks = {
        "deleted": comment.deleted,
        "hidden": standing.hidden,
        "redacted": standing.redacted,
        "renamed": standing.name is not None,
        "pinned": comment.pinned if standing.pinned is None else standing.pinned,
    }
    return CommentRow(
        id=comment.id,
        parent=comment.parent,
        author=standing.name or comment.author.name,
        published=comment.published.at.isoformat() if comment.published else None,
        marks=tuple(mark for mark, holds in marks.items() if holds),
        text=_read_text(comment.body),
        decisions=tuple(_record(decision) for decision in decisions if decision.id == comment.id),
    )


def _record(decision: Decision) -> Mapping[str, str]:
    text = _read_text(decision.notice) if decision.notice else None
    fields = {
        "action": decision.action,
        "name": decision.name,
        "text": text,
        "by": decision.by,
        "at": decision.at,
        "reason": decision.reason,
    }
    return {key: value for key, value in fields.items() if value is not None}


def _read_text(html: str) -> str:
    """Return what sanitised HTML says, with a line for every paragraph and break."""
    pieces = []
    for token in scan_html(html):
        if token.kind == "text":
            pieces.append(resolve_references(token.text.replace("\n", " ")))
        elif token.name == "br" or (token.kind == "close" and token.name in {"p", "li", "pre", "blockquote"}):
            pieces.append("\n")
    return "\n".join(line.strip() for line in "".join(pieces).splitlines() if line.strip())
