"""`sitegen comments`: what editors add to, and decide about, the comments on an article."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sitegen.app.inventory import name_sidecars
from sitegen.app.parsing import decode_text
from sitegen.app.site import Site
from sitegen.app.sources import Gathered
from sitegen.errors import UsageError
from sitegen.model.comments import Comment
from sitegen.model.moderation import Decision, Moderation
from sitegen.model.source import DOCUMENT_SUFFIXES
from sitegen.parse.comments import parse_snapshot
from sitegen.parse.moderation import parse_moderation
from sitegen.parse.moderation_edit import append_decision
from sitegen.parse.snapshot_edit import append_comment
from sitegen.plan.references import site_url
from sitegen.plan.urls import document_url
from sitegen.storage.files import read_bytes, write_atomic


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The files around one article."""

    document: str
    """Path of the article."""
    snapshot: str
    """Path of its snapshot, whether it is there or not."""
    moderation: str
    """Path of its moderation file, whether it is there or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discussion:
    """The comments of an article as the source had them, and what was decided about them."""

    comments: tuple[Comment, ...]
    """In the order of the snapshot."""
    decisions: tuple[Decision, ...]
    """In the order of the moderation file."""


def find_desk(site: Site, gathered: Gathered, written: str) -> Desk:
    """Return the files around the article that `written` names by path, slug or address; raises UsageError."""
    document = _find_document(site, gathered, written)
    snapshot, moderation = name_sidecars(document)
    shown = gathered.sidecars.get(document, snapshot)
    sharing = [other for other, path in gathered.sidecars.items() if path == shown and other in gathered.moderations]
    # Where two articles share a snapshot, the file that decides about it may stand beside the other one.
    owner = document if document in sharing or not sharing else sharing[0]
    return Desk(document=document, snapshot=shown, moderation=gathered.moderations.get(owner, moderation))


def read_discussion(site: Site, desk: Desk) -> Discussion:
    """Return the comments of an article; raises UsageError without any, and ContentError where a file is broken."""
    if not (site.root / desk.snapshot).is_file():
        raise UsageError(f"{desk.document} has no comments", "sitegen comments add writes the first one")
    snapshot = parse_snapshot(_read(site, desk.snapshot), desk.snapshot)
    moderation = Moderation(decisions=())
    if (site.root / desk.moderation).is_file():
        known = dict.fromkeys(comment.id for comment in snapshot.comments)
        moderation = parse_moderation(_read(site, desk.moderation), desk.moderation, known)
    return Discussion(comments=snapshot.comments, decisions=moderation.decisions)


def find_comment(discussion: Discussion, desk: Desk, identity: str) -> Comment:
    """Return the comment with an id; raises UsageError."""
    for comment in discussion.comments:
        if comment.id == identity:
            return comment
    raise UsageError(
        f"there is no comment `{identity}` in {desk.snapshot}", f"sitegen comments list {desk.document} prints the ids"
    )


def record_decision(site: Site, desk: Desk, decision: Mapping[str, str]) -> None:
    """Add a decision, with the keys of the format, to the moderation file of an article.

    Raises UsageError where there is no such comment, and ContentError where a file is broken; then nothing is written.
    """
    discussion = read_discussion(site, desk)
    find_comment(discussion, desk, decision["id"])
    exists = (site.root / desk.moderation).is_file()
    text = append_decision(_read(site, desk.moderation) if exists else None, desk.moderation, decision)
    write_atomic(site.root / desk.moderation, text.encode())


def add_comment(site: Site, desk: Desk, comment: Mapping[str, object]) -> str:
    """Write a comment, with the keys of the format but its id, into the snapshot of an article; return its id.

    Raises UsageError where it answers a comment that is not there, and ContentError where the snapshot is broken.
    """
    exists = (site.root / desk.snapshot).is_file()
    if comment.get("parent"):
        find_comment(read_discussion(site, desk), desk, str(comment["parent"]))
    written, identity = append_comment(_read(site, desk.snapshot) if exists else None, desk.snapshot, comment)
    write_atomic(site.root / desk.snapshot, written.encode())
    return identity


def _read(site: Site, path: str) -> str:
    data = read_bytes(site.root / path)
    mark = "\ufeff" if data.startswith(b"\xef\xbb\xbf") else ""
    return mark + decode_text(data, path)


def _find_document(site: Site, gathered: Gathered, written: str) -> str:
    documents = {*gathered.articles, *gathered.unavailable}
    path = posixpath.normpath(posixpath.join("content", written.strip("/").removeprefix("content/")))
    named = [path, *(f"{path}{end}" for end in DOCUMENT_SUFFIXES), *(f"{path}/index{end}" for end in DOCUMENT_SUFFIXES)]
    found = [name for name in named if name in documents]
    if found:
        return found[0]
    zone = ZoneInfo(site.config.timezone)
    url = site_url(written, site.config.base_url) or written
    for path, article in sorted(gathered.articles.items()):
        if written == article.metadata.slug or url.rstrip("/") == document_url(article, site.config, zone).rstrip("/"):
            found.append(path)
    if len(found) > 1:
        raise UsageError(f"`{written}` may be {' or '.join(found)}", "name it by its path")
    if not found:
        raise UsageError(f"there is no article `{written}`", "name it by its path, its slug or its address")
    return found[0]
