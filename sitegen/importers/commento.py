"""`commento`: the JSON file of Commento and Commento++, gzipped or not.

Source: `commentoExportV1` in `api/domain_export.go` and `api/domain_import_commento.go` of Commento 1.8, and the reader
of the same format in Comentario 3 (`internal/svc/impex_comentario.go`), whose own version 1 has other names for some
keys. `html` is empty in exports of Commento, so that the Markdown is read. `parentHex` is `root` where nothing is
answered, `commenterHex` is `anonymous` or all zeros for nobody. Older versions have no `deleted`, and `[deleted]` as
text instead. Not read: `email`, `photo`, `provider`.
"""

from collections.abc import Iterator
from urllib.parse import quote

from sitegen.importers.inputs import digest_inputs, read_text
from sitegen.importers.json_input import Part, Whole, check_version, decode_json
from sitegen.importers.records import CapturedThread, ImportRequest, Tally
from sitegen.importers.threads import Found, ThreadSource, build_thread
from sitegen.importers.times import read_captured, read_iso
from sitegen.parse.comment_format import SnapshotRecord

_ROOT = frozenset({"", "root", "0" * 64})
_DELETED = "[deleted]"
_WITHHELD = {"unapproved": "pending", "flagged": "spam"}


class _Commenter(Part):
    commenterHex: str  # noqa: N815 -- the name of the platform, here and below
    name: str = ""
    link: str | None = None
    websiteUrl: str | None = None  # noqa: N815
    isModerator: bool = False  # noqa: N815


class _Comment(Part):
    commentHex: str  # noqa: N815
    domain: str = ""
    host: str = ""
    url: str = ""
    path: str = ""
    commenterHex: str = ""  # noqa: N815
    markdown: str = ""
    html: str = ""
    parentHex: str = ""  # noqa: N815
    score: Whole | None = None
    state: str = ""
    creationDate: str  # noqa: N815
    deleted: bool = False


class _Export(Part):
    comments: list[_Comment] | None
    commenters: list[_Commenter] | None = None


def read_threads(request: ImportRequest, tally: Tally) -> Iterator[CapturedThread]:
    """Yield the threads of exports of Commento."""
    snapshot = SnapshotRecord(
        platform="commento",
        method="export",
        captured_at=read_captured(request),
        source_sha256=digest_inputs(request.inputs),
    )
    threads: dict[str, list[Found]] = {}
    for name in request.inputs:
        text = read_text(name, request.advance)
        check_version(text, name, 1, "exports of Comentario, version 3, are read by `comentario`")
        export = decode_json(text, name, _Export)
        people = {person.commenterHex: person for person in export.commenters or ()}
        for comment in export.comments or ():
            found = _read_comment(comment, people.get(comment.commenterHex))
            threads.setdefault(_find_address(comment).rstrip("/"), []).append(found)
    for address, items in threads.items():
        origin = snapshot.model_copy(update={"origin_url": address})
        source = ThreadSource(prefix="commento-", addresses=(address,), snapshot=origin)
        yield build_thread(source, items, tally)


def _find_address(comment: _Comment) -> str:
    """Return the address of a page: Commento has its path under `url`, Comentario under `path`."""
    path = (comment.path or comment.url).lstrip("/")
    if path.startswith(("http://", "https://")):
        return path
    domain = quote(comment.domain or comment.host, safe=":.[]")
    return f"https://{domain}/{path}" if domain else f"/{path}"


def _read_comment(comment: _Comment, person: _Commenter | None) -> Found:
    found = Found(
        id=comment.commentHex,
        parent=None if comment.parentHex in _ROOT else comment.parentHex,
        withheld=_judge(comment),
        at=read_iso(comment.creationDate),
    )
    if found.withheld:
        return found
    if person:
        found.name = person.name or None
        found.site = person.link or person.websiteUrl
        found.kind = "editor" if person.isModerator else "member"
    found.format, found.text = ("html", comment.html) if comment.html else ("markdown", comment.markdown)
    found.score = comment.score
    return found


def _judge(comment: _Comment) -> str | None:
    """Return why a comment is not public; None for one that is known to be."""
    if comment.deleted or comment.markdown.strip() in {"", _DELETED}:
        return "deleted"
    return None if comment.state == "approved" else _WITHHELD.get(comment.state, "not-public")
