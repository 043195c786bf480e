"""`webmention`: replies, likes and mentions from other sites, as a feed in JF2.

Source: JF2 (https://jf2.spec.indieweb.org/, 2019) with the keys of webmention.io (`wm-…`), which `GET
/api/mentions.jf2` answers; other receivers use the same. What answers an article becomes a comment, everything else a
mention: likes, reposts, bookmarks. `published` is what the other site says, and may be missing; when it was received is
something else. Feeds come in pages: nothing is taken for gone. Not read: pictures.
"""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from sitegen.importers.inputs import digest_inputs, read_text
from sitegen.importers.json_input import Part, Size, decode_json
from sitegen.importers.records import CapturedThread, ImportRequest, Tally
from sitegen.importers.threads import Found, ThreadSource, build_thread, make_id
from sitegen.importers.times import read_captured, read_iso
from sitegen.parse.comment_format import AuthorRecord, MentionRecord, SnapshotRecord, TimeRecord

_PREFIX = "webmention-"
_REPLY = "in-reply-to"
_KINDS = {
    "like-of": "like",
    "repost-of": "repost",
    "bookmark-of": "bookmark",
    "mention-of": "mention",
    "rsvp": "rsvp",
    "follow-of": "follow",
}


class _Card(Part):
    name: str | None = None
    url: str | None = None


class _Content(Part):
    html: str | None = None
    text: str | None = None


class _Entry(Part):
    identity: Size | str | None = Field(None, alias="wm-id")
    source: str | None = Field(None, alias="wm-source")
    target: str | None = Field(None, alias="wm-target")
    property: str | None = Field(None, alias="wm-property")
    private: bool = Field(default=False, alias="wm-private")
    url: str | None = None
    published: str | None = None
    author: _Card | None = None
    content: _Content | str | None = None
    summary: _Content | str | None = None
    name: str | None = None


class _Feed(Part):
    type: Literal["feed"]
    children: list[_Entry]


def read_threads(request: ImportRequest, tally: Tally) -> Iterator[CapturedThread]:
    """Yield the mentions of every page."""
    targets: dict[str, list[_Entry]] = {}
    for name in request.inputs:
        for entry in decode_json(read_text(name, request.advance), name, _Feed).children:
            targets.setdefault(entry.target or request.url or "", []).append(entry)
    snapshot = SnapshotRecord(
        platform="webmention",
        method="jf2",
        captured_at=read_captured(request),
        source_sha256=digest_inputs(request.inputs),
    )
    for target, entries in targets.items():
        mentions = {_identify(entry): entry for entry in entries if not _is_comment(entry)}
        source = ThreadSource(
            prefix=_PREFIX,
            addresses=(target,) if target else (),
            closed=False,
            complete=False,
            snapshot=snapshot.model_copy(update={"origin_url": target or None}),
        )
        repeated = sum(not _is_comment(entry) for entry in entries) - len(mentions)
        tally.skipped["mentions that stand in the input twice"] += repeated
        found = [_read_reply(entry) for entry in entries if _is_comment(entry)]
        yield build_thread(source, found, tally, [_read_mention(key, entry) for key, entry in mentions.items()])


def _is_comment(entry: _Entry) -> bool:
    """Whether an entry answers the article; of private ones nothing is told but that there are some."""
    return entry.private or entry.property == _REPLY


def _identify(entry: _Entry) -> str:
    return str(entry.identity if entry.identity is not None else entry.source or entry.url or "")


def _read_reply(entry: _Entry) -> Found:
    found = Found(id=_identify(entry), at=read_iso(entry.published), withheld="private" if entry.private else None)
    if found.withheld:
        return found
    if entry.author:
        found.name, found.site = entry.author.name, entry.author.url
    found.format, found.text = _read_content(entry)
    found.url = entry.url
    return found


def _read_content(entry: _Entry) -> tuple[Literal["html", "text"], str]:
    for content in (entry.content, entry.summary):
        if isinstance(content, str):
            return "text", content
        if content and content.html:
            return "html", content.html
        if content and content.text:
            return "text", content.text
    return "text", entry.name or ""


def _read_mention(identity: str, entry: _Entry) -> MentionRecord:
    author = AuthorRecord(name=entry.author.name, url=entry.author.url) if entry.author else None
    published = read_iso(entry.published)
    return MentionRecord(
        id=make_id(_PREFIX, identity),
        kind=_KINDS.get(entry.property or "", "mention"),
        url=entry.url or entry.source,
        author=author,
        published=TimeRecord(at=published) if published else None,
    )
