"""`remark42`: a backup of remark42, as `remark42 backup` or the admin page writes it.

Source: `backend/app/migrator/native.go` and `backend/app/store/comment.go` of remark42 1.x, format version 1: one JSON
object a line, the first about users and posts, each further one a comment; usually gzipped. `text` is sanitised HTML;
`orig`, the Markdown, is not sanitised and not read. Names are escaped for HTML. Comments of blocked users are shown to
nobody but administrators. Not taken: `user.ip`, `user.id`, `user.picture`, e-mail addresses, and who voted; of `votes`
it is counted how many there are.
"""

from collections.abc import Iterator
from html import unescape

from sitegen.errors import Span
from sitegen.importers.inputs import digest_inputs, refuse_input
from sitegen.importers.json_input import Part, Whole, decode_json, read_lines
from sitegen.importers.records import CapturedThread, ImportRequest, Tally
from sitegen.importers.threads import Found, ThreadSource, build_thread
from sitegen.importers.times import read_captured, read_iso
from sitegen.parse.comment_format import SnapshotRecord

_VERSIONS = (0, 1)


class _Blocked(Part):
    status: bool = False


class _UserMeta(Part):
    id: str = ""
    blocked: _Blocked | None = None


class _PostMeta(Part):
    url: str = ""
    read_only: bool = False


class _Header(Part):
    version: int
    users: list[_UserMeta] | None = None
    posts: list[_PostMeta] | None = None


class _User(Part):
    name: str = ""
    id: str = ""
    admin: bool = False
    block: bool = False


class _Locator(Part):
    url: str


class _Edit(Part):
    time: str | None = None
    summary: str | None = None


class _Comment(Part):
    id: str
    pid: str = ""
    text: str = ""
    user: _User
    locator: _Locator
    score: Whole | None = None
    votes: dict[str, object] | None = None
    time: str
    edit: _Edit | None = None
    pin: bool = False
    delete: bool = False
    title: str | None = None


def read_threads(request: ImportRequest, tally: Tally) -> Iterator[CapturedThread]:
    """Yield the threads of remark42 backups."""
    snapshot = SnapshotRecord(
        platform="remark42",
        method="backup",
        captured_at=read_captured(request),
        source_sha256=digest_inputs(request.inputs),
    )
    threads: dict[str, list[Found]] = {}
    titles: dict[str, str] = {}
    read_only: set[str] = set()
    for name in request.inputs:
        lines = read_lines(name, request.advance)
        header = _read_header(name, next(lines, (1, "")))
        blocked = {user.id for user in header.users or () if user.blocked and user.blocked.status}
        read_only.update(post.url for post in header.posts or () if post.read_only)
        for number, line in lines:
            comment = decode_json(line, name, _Comment, number)
            url = comment.locator.url
            threads.setdefault(url, []).append(_read_comment(comment, blocked))
            titles.setdefault(url, comment.title or "")
    while threads:
        url = next(iter(threads))
        found = threads.pop(url)  # so that what was handed on does not stay in memory
        source = ThreadSource(
            prefix="remark42-",
            addresses=(url,),
            title=titles[url] or None,
            closed=url in read_only,
            snapshot=snapshot.model_copy(update={"origin_url": url}),
        )
        yield build_thread(source, found, tally)


def _read_header(name: str, line: tuple[int, str]) -> _Header:
    number, text = line
    if '"version"' not in text:
        hint = "make one with `remark42 backup`; an export of one user's comments is something else"
        raise refuse_input(name, "is no backup of remark42: its first line has no version", hint, Span(line=number))
    header = decode_json(text, name, _Header, number)
    if header.version not in _VERSIONS:
        raise refuse_input(name, f"is version {header.version}, which is not known", None, Span(line=number))
    return header


def _read_comment(comment: _Comment, blocked: set[str]) -> Found:
    withheld = None
    if comment.delete:
        withheld = "deleted"
    elif comment.user.block or comment.user.id in blocked:
        withheld = "blocked"
    found = Found(id=comment.id, parent=comment.pid or None, withheld=withheld, at=read_iso(comment.time))
    if withheld:
        return found
    votes = tuple((comment.votes or {}).values())
    found.name = unescape(comment.user.name) or None
    found.kind = "editor" if comment.user.admin else "member"
    found.text = comment.text
    found.up, found.down = (votes.count(True), votes.count(False)) if votes else (None, None)
    found.score = None if votes else comment.score
    found.pinned = comment.pin
    if comment.edit:
        found.edited, found.edit_note = read_iso(comment.edit.time), comment.edit.summary or None
    return found
