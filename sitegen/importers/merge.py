"""A capture laid over the snapshot that is there: new comments come, edits are taken, and none is lost in silence."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from pydantic import BaseModel

from sitegen import __version__
from sitegen.importers.comments import secure_thread
from sitegen.importers.records import CapturedThread, Withheld
from sitegen.model.values import replace
from sitegen.parse.comment_format import SCHEMA, BodyRecord, CommentRecord
from sitegen.parse.comments import parse_snapshot
from sitegen.parse.snapshot_edit import Record, count_captured, hash_comments, load_snapshot, write_snapshot
from sitegen.plan.threads import add_ancestors

_KEPT = ("reply_to_name", "author", "edited", "votes", "reactions", "anchor", "url")
"""What an older capture knew and a newer one of another kind may not know: it stays where the newer one is silent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A snapshot after a capture."""

    text: str | None
    """The whole file; None where nothing in it changes."""
    added: tuple[str, ...] = ()
    """Ids of comments that are new."""
    changed: tuple[str, ...] = ()
    """Ids of comments that were edited at the source."""
    gone: tuple[str, ...] = ()
    """Ids of comments that the source no longer has: kept and marked, or with `prune` removed."""
    withdrawn: tuple[str, ...] = ()
    """Ids of comments that were published once and that the source now withholds: removed, or a tombstone is left."""


def merge_snapshot(
    old: str | None,
    path: str,
    thread: CapturedThread,
    *,
    article: str,
    prune: bool,
    decided: Collection[str] = frozenset(),
) -> Merged:
    """Return the snapshot `old`, the text of the file `path`, with the capture `thread` of the article `article`.

    Comments of the desk (`own-…`) and of other platforms stay as they are, and where there are any of another platform,
    so does what the snapshot says of its origin. A comment that the source no longer has is kept and marked `gone`,
    unless `prune` says to remove it or the capture is not complete. One that the source now withholds goes; of one that
    replies hang on, or that editors have `decided` about, a tombstone stays. The same capture again changes nothing.
    Raises ContentError where `old` has mistakes, and where the capture cannot be written as a sound snapshot.
    """
    thread = secure_thread(thread)
    document: Record = {}
    if old is not None:
        parse_snapshot(old, path)
        document = load_snapshot(old, path)
    before = cast("Sequence[Record]", document.get("comments") or ())
    laid = _Laying(thread, before, decided)
    is_main = _part(document, "snapshot").get("platform") in {None, thread.snapshot.platform}
    comments = laid.lay(prune=prune)
    changed: Record = {
        **document,
        "schema": SCHEMA,
        "closed": thread.closed if is_main else document.get("closed", True),
        "ratings": [_plain(rating) for rating in thread.ratings] or document.get("ratings") or [],
        "comments": comments,
        "mentions": _merge_mentions(thread, cast("Sequence[Record]", document.get("mentions") or ())),
    }
    if old is not None and all(changed[key] == document.get(key, _EMPTY.get(key)) for key in _TELLING):
        return Merged(text=None)
    changed["article"] = {
        **_part(document, "article"),
        "id": article,
        **_some("source_id", thread.source_id if is_main else None),
    }
    changed["snapshot"] = _describe(thread, comments) if is_main else _count_again(document, comments)
    written = write_snapshot({key: value for key, value in changed.items() if value != [] or key == "comments"})
    parse_snapshot(written, path)
    return Merged(text=written, added=laid.added, changed=laid.changed, gone=laid.gone, withdrawn=laid.withdrawn)


def leave_out_erased(thread: CapturedThread, is_erased: Callable[[CommentRecord], bool]) -> CapturedThread:
    """Return `thread` without comments that were erased here; a tombstone stays where replies hang on one."""
    erased = {comment.id for comment in thread.comments if comment.status == "published" and is_erased(comment)}
    if not erased:
        return thread
    parents = {comment.id: comment.parent for comment in thread.comments}
    answered = add_ancestors(parents.keys() - erased, parents)
    kept = tuple(
        comment if comment.id not in erased else _entomb(comment)
        for comment in thread.comments
        if comment.id not in erased or comment.id in answered
    )
    reasons = tuple(Withheld(id=identity, reason="erased") for identity in sorted(erased))
    return replace(thread, comments=kept, withheld=(*thread.withheld, *reasons))


def _entomb(comment: CommentRecord) -> CommentRecord:
    empty = BodyRecord(text="")
    return CommentRecord(
        id=comment.id, parent=comment.parent, published=comment.published, body=empty, status="deleted"
    )


_TELLING = ("closed", "ratings", "comments", "mentions")
_EMPTY: Mapping[str, object] = {"closed": True, "ratings": [], "comments": [], "mentions": []}


class _Laying:
    """One capture laid over the comments that are there."""

    def __init__(self, thread: CapturedThread, before: Sequence[Record], decided: Collection[str]) -> None:
        self._thread = thread
        self._before = before
        self._fresh = {comment.id: _plain(comment) for comment in thread.comments}
        self._withheld = {item.id for item in thread.withheld}
        self._known = {str(item["id"]): item for item in before}
        self._needed = {str(item.get("parent")) for item in (*before, *self._fresh.values())} | set(decided)
        self._gone: list[str] = []
        self._withdrawn: list[str] = []
        self._changed: list[str] = []

    def lay(self, *, prune: bool) -> list[Record]:
        """Return the comments as they are now: those that were there in their order, then the new ones."""
        comments = [kept for item in self._before if (kept := self._keep(item, prune=prune)) is not None]
        return comments + [record for identity, record in self._fresh.items() if identity not in self._known]

    @property
    def added(self) -> tuple[str, ...]:
        """Ids of comments that were not there; a tombstone is none."""
        return tuple(
            identity
            for identity, record in self._fresh.items()
            if identity not in self._known and record.get("status") != "deleted"
        )

    @property
    def changed(self) -> tuple[str, ...]:
        """Ids whose comments are not what they were."""
        return tuple(self._changed)

    @property
    def gone(self) -> tuple[str, ...]:
        """Ids that the source has no longer."""
        return tuple(self._gone)

    @property
    def withdrawn(self) -> tuple[str, ...]:
        """Ids that the source withholds now."""
        return tuple(self._withdrawn)

    def _keep(self, item: Record, *, prune: bool) -> Record | None:
        identity = str(item["id"])
        fresh = self._fresh.get(identity)
        if fresh is not None:
            return self._update(item, fresh)
        if not identity.startswith(self._thread.prefix) or item.get("status") == "deleted":
            return item
        if identity in self._withheld:
            self._withdrawn.append(identity)
            return _bury(item) if identity in self._needed else None
        if not self._thread.complete:
            return item
        if not item.get("gone") or prune:
            self._gone.append(identity)
        if not prune:
            return {**item, "gone": True}
        return _bury(item) if identity in self._needed else None

    def _update(self, item: Record, fresh: Record) -> Record:
        """Return a comment as the source has it now, with what only the older capture knew."""
        is_deleted = fresh.get("status") == "deleted"
        kept = {} if is_deleted else {key: item[key] for key in _KEPT if item.get(key) is not None}
        own = {key: value for key, value in item.items() if key not in _FIELDS}
        updated = {**own, **kept, **fresh}
        if _read_instant(item.get("published")) == _read_instant(fresh.get("published")) is not None:
            updated["published"] = item["published"]  # the same, told by another kind of capture in another zone
        if updated == item:
            return item
        self._changed.append(str(item["id"]))
        return updated


def _read_instant(time: object) -> tuple[datetime, object] | None:
    """Return the instant of a time in a snapshot, and how precisely it is known; None where there is none."""
    at, precision = (time.get("at"), time.get("precision")) if isinstance(time, dict) else (time, None)
    try:
        instant = datetime.fromisoformat(str(at))
    except ValueError:
        return None
    return (instant, precision) if instant.tzinfo else None


_FIELDS = frozenset(CommentRecord.model_fields)


def _bury(item: Record) -> Record:
    """Return what is left of a comment where something hangs on it."""
    kept: Record = {key: item[key] for key in ("id", "parent", "published", "closed") if key in item}
    return {**kept, "body": {"format": "text", "text": ""}, "status": "deleted"}


def _merge_mentions(thread: CapturedThread, before: Sequence[Record]) -> list[Record]:
    fresh = [_plain(mention) for mention in thread.mentions]
    ids = {item["id"] for item in fresh}
    own = str(thread.prefix)
    kept = [
        item
        for item in before
        if item["id"] not in ids and (not thread.complete or not str(item["id"]).startswith(own))
    ]
    return kept + fresh


def _count_again(document: Record, comments: Sequence[Record]) -> Record:
    """Return where a snapshot came from first, once comments of another platform stand in it too.

    Two platforms in turn would else change it for ever. How many comments the first one had tells no longer anything.
    """
    kept = {key: value for key, value in _part(document, "snapshot").items() if key != "declared_count"}
    return {**kept, "captured_count": count_captured(comments), "content_sha256": hash_comments(comments)}


def _describe(thread: CapturedThread, comments: Sequence[Record]) -> Record:
    """Return where the snapshot comes from, with what can be counted now."""
    reasons = sorted(item.reason for item in thread.withheld)
    described = thread.snapshot.model_copy(
        update={
            "tool": f"sitegen {__version__}",
            "captured_count": count_captured(comments),
            "withheld": {reason: reasons.count(reason) for reason in dict.fromkeys(reasons)} or None,
            "complete": thread.complete,
            "content_sha256": hash_comments(comments),
        }
    )
    return _plain(described)


def _plain(record: BaseModel) -> Record:
    """Return a record as JSON holds it, without what says nothing."""
    return record.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True) | _required(record)


def _required(record: BaseModel) -> Record:
    """Return keys that a comment has even where they say nothing, in a form that does not depend on how it was made."""
    if not isinstance(record, CommentRecord):
        return {}
    body = record.body
    published = record.published
    return {
        "published": published.model_dump(mode="json", exclude_none=True) if published else None,
        "body": {"format": body.format, "text": body.text, **({"lang": body.lang} if body.lang else {})},
    }


def _part(document: Record, name: str) -> Record:
    part = document.get(name)
    return part if isinstance(part, dict) else {}


def _some(key: str, value: str | None) -> Record:
    return {key: value} if value else {}
