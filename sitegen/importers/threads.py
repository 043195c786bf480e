"""Threads made of comments as they were found: which of them are public, what answers what, and nothing in a circle.

Readers of platforms say of each comment what they know and why it is not public, if it is not. Here the comments of one
article are put together, in any order and whatever they say of each other.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sitegen.errors import warning
from sitegen.importers.inputs import CODE
from sitegen.importers.markdown_bodies import render_markdown
from sitegen.importers.records import CapturedThread, Tally, Withheld
from sitegen.model.values import replace
from sitegen.parse.comment_format import (
    AnchorRecord,
    AuthorRecord,
    BodyRecord,
    CommentRecord,
    EditRecord,
    MentionRecord,
    SnapshotRecord,
    TimeRecord,
    VotesRecord,
)
from sitegen.plan.threads import add_ancestors, break_circles

_ENTOMBED = frozenset({"deleted", "blocked", "hidden"})
"""Reasons for which a platform itself shows that something stood there."""
_PLAIN_ID = re.compile(r"[A-Za-z0-9._:=+/~-]{1,150}")


@dataclass(slots=True, kw_only=True)
class Found:
    """One comment as a platform has it. Small, since an export may hold a million of them."""

    id: str
    """The platform's id."""
    parent: str | None = None
    """The platform's id of the comment that it answers."""
    withheld: str | None = None
    """Why it is not public, in one word, as in `Withheld.reason`; None: it is public. Where platforms show a tombstone,
    one stays here too if replies hang on it."""
    name: str | None = None
    """Displayed name; None: anonymous."""
    site: str | None = None
    """Address of the author's own site."""
    kind: str | None = None
    """What the platform calls the author: `guest`, `member`, `editor`."""
    at: str | None = None
    """When it was written, as `importers/times.py` returns it."""
    time: TimeRecord | None = None
    """The same at the precision and in the words of the source, where that tells more."""
    edited: str | None = None
    """When it was changed last."""
    edit_note: str | None = None
    """Why."""
    edited_by: str | None = None
    """Displayed name of the one who changed it."""
    format: Literal["html", "text", "markdown"] = "html"
    """How `text` is written."""
    text: str = ""
    """What it says."""
    lang: str | None = None
    """In which language, where the platform knows."""
    up: int | None = None
    """Votes for it; None: unknown."""
    down: int | None = None
    """Votes against it; None: unknown."""
    score: int | None = None
    """The net result, where only that is known."""
    reactions: Mapping[str, int] | None = None
    """The platform's counts by name."""
    pinned: bool = False
    """Held at the top at the source."""
    closed: bool = False
    """Whether replies to it were closed."""
    anchor: AnchorRecord | None = None
    """The passage of the article that it answers."""
    url: str | None = None
    """Its own address at the source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadSource:
    """What a platform says of the article that comments are on."""

    prefix: str
    """As in `CapturedThread`."""
    snapshot: SnapshotRecord
    """As in `CapturedThread`."""
    addresses: tuple[str, ...] = ()
    """As in `CapturedThread`."""
    names: tuple[str, ...] = ()
    """As in `CapturedThread`."""
    source_id: str | None = None
    """As in `CapturedThread`."""
    title: str | None = None
    """As in `CapturedThread`."""
    closed: bool = True
    """As in `CapturedThread`."""
    complete: bool = True
    """As in `CapturedThread`."""


def make_id(prefix: str, written: str) -> str:
    """Return the id that the comment `written` of a platform gets; unusual ones become a hash of themselves."""
    if _PLAIN_ID.fullmatch(written):
        return f"{prefix}{written}"
    return f"{prefix}{hashlib.sha256(written.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def build_thread(
    source: ThreadSource, found: Sequence[Found], tally: Tally, mentions: Iterable[MentionRecord] = ()
) -> CapturedThread:
    """Return a thread of the comments that were found on one article, which add up to what was read.

    A reply to what is not public, or not there, becomes a root, and so does one comment of every circle; that is worth
    a warning. Of two comments with one id the first counts.
    """
    mentioned = tuple(mentions)
    unique: dict[str, Found] = {}
    withheld: list[Withheld] = []
    for item in found:
        if item.id in unique:
            withheld.append(Withheld(id=make_id(source.prefix, item.id), reason="duplicate"))
        else:
            unique[item.id] = item
    withheld += (
        Withheld(id=make_id(source.prefix, item.id), reason=item.withheld) for item in unique.values() if item.withheld
    )
    standing = {key: item for key, item in unique.items() if not item.withheld or item.withheld in _ENTOMBED}
    parents, lost, circular = _find_parents(standing)
    shown = _leave_out_idle(standing, parents)
    warnings = _list_warnings(lost & shown, circular & shown)
    where = source.title or source.source_id or next(iter(source.addresses or source.names), "a thread")
    tally.warnings += (warning(CODE, f"{where}: {message}") for message in warnings)
    tally.read["comments"] += len(found) + len(mentioned)
    return CapturedThread(
        prefix=source.prefix,
        addresses=source.addresses,
        names=source.names,
        source_id=source.source_id,
        title=source.title,
        snapshot=source.snapshot.model_copy(update={"warnings": warnings}) if warnings else source.snapshot,
        closed=source.closed,
        complete=source.complete,
        read=len(found) + len(mentioned),
        comments=tuple(_record(source.prefix, standing[key], parents[key]) for key in standing if key in shown),
        mentions=mentioned,
        withheld=tuple(withheld),
    )


def _find_parents(standing: Mapping[str, Found]) -> tuple[dict[str, str | None], set[str], set[str]]:
    """Return the parent of every comment, the comments whose parent is lost, and one of every circle."""
    parents: dict[str, str | None] = {}
    lost: set[str] = set()
    for key, item in standing.items():
        parents[key] = item.parent if item.parent in standing else None
        if item.parent and not parents[key]:
            lost.add(key)
    circular = break_circles(parents, lambda key: (standing[key].at or "", key))
    return parents, lost, circular


def _leave_out_idle(standing: Mapping[str, Found], parents: Mapping[str, str | None]) -> set[str]:
    """Return the comments to be shown: public ones, and deleted ones that a public one hangs on."""
    return add_ancestors((key for key, item in standing.items() if not item.withheld), parents)


def _list_warnings(lost: set[str], circular: set[str]) -> list[str]:
    told = []
    if lost:
        replies = "1 reply stands" if len(lost) == 1 else f"{len(lost)} replies stand"
        told.append(f"{replies} alone, since what was answered is not public")
    if circular:
        circles = "1 circle" if len(circular) == 1 else f"{len(circular)} circles"
        told.append(f"{circles} of comments that answer each other cut open")
    return told


def _record(prefix: str, item: Found, parent: str | None) -> CommentRecord:
    published = item.time or (TimeRecord(at=item.at) if item.at else None)
    plain = CommentRecord(
        id=make_id(prefix, item.id),
        parent=make_id(prefix, parent) if parent is not None else None,
        published=published,
        body=BodyRecord(text=""),
        status="deleted" if item.withheld else "published",
    )
    if item.withheld:
        return plain
    votes = VotesRecord(up=item.up, down=item.down, score=item.score)
    at = TimeRecord(at=item.edited) if item.edited else None
    edited = EditRecord(at=at, by=item.edited_by, note=item.edit_note)
    author = AuthorRecord(name=item.name, url=item.site, kind=item.kind)
    return plain.model_copy(
        update={
            "author": author if item.name or item.site else None,
            "edited": edited if edited != EditRecord() else None,
            "body": _read_body(item),
            "votes": votes if votes != VotesRecord() else None,
            "reactions": dict(item.reactions) if item.reactions else None,
            "pinned": item.pinned,
            "closed": item.closed,
            "anchor": item.anchor,
            "url": item.url,
        }
    )


def _read_body(item: Found) -> BodyRecord:
    if item.format == "markdown":
        return BodyRecord(format="html", text=render_markdown(item.text), lang=item.lang)
    return BodyRecord(format=item.format, text=item.text, lang=item.lang)


def join_threads(threads: Sequence[CapturedThread]) -> CapturedThread:
    """Return several threads on one article as one: platforms keep one for every spelling of an address."""
    first = threads[0]
    if len(threads) == 1:
        return first
    seen: set[str] = set()
    comments: list[CommentRecord] = []
    repeated: list[Withheld] = []
    for comment in (comment for thread in threads for comment in thread.comments):
        if comment.id not in seen:
            comments.append(comment)
        elif comment.status == "published":
            repeated.append(Withheld(id=comment.id, reason="duplicate"))
        seen.add(comment.id)
    mentions = {mention.id: mention for thread in threads for mention in thread.mentions}
    count = sum(len(thread.mentions) for thread in threads)
    repeated += (Withheld(id=first.prefix, reason="duplicate") for _ in range(count - len(mentions)))
    declared = [thread.snapshot.declared_count for thread in threads]
    warnings = [told for thread in threads for told in thread.snapshot.warnings or ()]
    return replace(
        first,
        closed=all(thread.closed for thread in threads),
        complete=all(thread.complete for thread in threads),
        read=sum(thread.read for thread in threads),
        comments=tuple(comments),
        mentions=tuple(mentions.values()),
        ratings=next((thread.ratings for thread in threads if thread.ratings), ()),
        withheld=(*(item for thread in threads for item in thread.withheld), *repeated),
        snapshot=first.snapshot.model_copy(
            update={
                "declared_count": sum(filter(None, declared)) if None not in declared else None,
                "warnings": warnings or None,
            }
        ),
    )
