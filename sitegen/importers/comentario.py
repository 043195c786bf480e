"""`comentario`: the JSON file of Comentario, gzipped or not.

Source: `comentarioExportV3` in `internal/svc/impex_comentario.go` of Comentario 3. Pages, comments and commenters stand
in lists of their own and name each other by their ids. `html` is what Comentario rendered; without it the Markdown is
read. An author of all zeros is nobody, unless `authorName` says what they called themselves. `commento` reads files of
version 1. Not read: `email`, `authorIp`, `authorCountry`, avatars, who moderated or edited.
"""

from collections.abc import Iterator

from sitegen.importers.inputs import digest_inputs, read_text
from sitegen.importers.json_input import Part, Whole, check_version, decode_json
from sitegen.importers.records import CapturedThread, ImportRequest, Tally
from sitegen.importers.threads import Found, ThreadSource, build_thread
from sitegen.importers.times import read_captured, read_iso
from sitegen.parse.comment_format import SnapshotRecord

_NOBODY = "00000000-0000-0000-0000-000000000000"


class _Page(Part):
    id: str
    path: str
    title: str | None = None
    isReadonly: bool = False  # noqa: N815 -- the name of the platform, here and below


class _Commenter(Part):
    id: str
    name: str = ""
    websiteUrl: str | None = None  # noqa: N815
    isModerator: bool = False  # noqa: N815


class _Comment(Part):
    id: str
    pageId: str  # noqa: N815
    parentId: str | None = None  # noqa: N815
    markdown: str = ""
    html: str = ""
    score: Whole | None = None
    isSticky: bool = False  # noqa: N815
    isApproved: bool = False  # noqa: N815
    isPending: bool = False  # noqa: N815
    isDeleted: bool = False  # noqa: N815
    createdTime: str  # noqa: N815
    editedTime: str | None = None  # noqa: N815
    userCreated: str | None = None  # noqa: N815
    authorName: str | None = None  # noqa: N815


class _Export(Part):
    pages: list[_Page] | None = None
    comments: list[_Comment] | None = None
    commenters: list[_Commenter] | None = None


def read_threads(request: ImportRequest, tally: Tally) -> Iterator[CapturedThread]:
    """Yield the threads of exports of Comentario that have comments."""
    snapshot = SnapshotRecord(
        platform="comentario",
        method="export",
        captured_at=read_captured(request),
        source_sha256=digest_inputs(request.inputs),
    )
    for name in request.inputs:
        text = read_text(name, request.advance)
        check_version(text, name, 3, "exports of version 1 are read by `commento`")
        export = decode_json(text, name, _Export)
        people = {person.id: person for person in export.commenters or () if person.id != _NOBODY}
        pages = {page.id: page for page in export.pages or ()}
        threads: dict[str, list[Found]] = {}
        for comment in export.comments or ():
            found = _read_comment(comment, people.get(comment.userCreated or ""))
            threads.setdefault(comment.pageId, []).append(found)
        for identity, items in threads.items():
            page = pages.get(identity)
            source = ThreadSource(
                prefix="comentario-",
                addresses=(f"/{page.path.lstrip('/')}",) if page else (),
                source_id=identity,
                title=page.title or None if page else None,
                closed=page.isReadonly if page else True,
                snapshot=snapshot,
            )
            yield build_thread(source, items, tally)


def _read_comment(comment: _Comment, person: _Commenter | None) -> Found:
    found = Found(
        id=comment.id,
        parent=None if comment.parentId in {None, "", _NOBODY} else comment.parentId,
        withheld=_judge(comment),
        at=read_iso(comment.createdTime),
    )
    if found.withheld:
        return found
    found.name = (person.name if person else comment.authorName) or None
    found.site = person.websiteUrl if person else None
    found.kind = "editor" if person and person.isModerator else "member" if person else "guest"
    found.edited = read_iso(comment.editedTime)
    found.format, found.text = ("html", comment.html) if comment.html else ("markdown", comment.markdown)
    found.score = comment.score
    found.pinned = comment.isSticky
    return found


def _judge(comment: _Comment) -> str | None:
    """Return why a comment is not public; None for one that is known to be."""
    if comment.isDeleted:
        return "deleted"
    if comment.isPending:
        return "pending"
    return None if comment.isApproved else "not-public"
