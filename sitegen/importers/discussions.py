"""`discussions`: GitHub Discussions, which giscus shows below articles, as its GraphQL API answers.

Source: the object `DiscussionComment` of the public schema (docs.github.com/graphql) and "Using the GraphQL API for
Discussions" there; of giscus its README. What is asked for stands in docs/reference/capture.md. An input is one answer,
or a list of answers as `gh api graphql --paginate --slurp` prints it. giscus gives a discussion the path, address or
title of a page as its title, and the address of the page as the last line of its body. An author whose account is gone
is null. Comments that GitHub shows folded (`isMinimized`) are not taken.
"""

import re
from collections.abc import Iterator

from pydantic import RootModel

from sitegen.importers.inputs import digest_inputs, read_text, refuse_input
from sitegen.importers.json_input import Part, Size, decode_json
from sitegen.importers.records import CapturedThread, ImportRequest, Tally
from sitegen.importers.threads import Found, ThreadSource, build_thread
from sitegen.importers.times import read_captured, read_iso
from sitegen.parse.comment_format import SnapshotRecord

_LINK = re.compile(r"https?://[^\s<>()\"']+")
_EDITORS = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})


class _PageInfo(Part):
    hasNextPage: bool = False  # noqa: N815 -- the name of the platform, here and below


class _Count(Part):
    totalCount: Size = 0  # noqa: N815


class _Author(Part):
    login: str
    url: str | None = None


class _Reactions(Part):
    content: str
    reactors: _Count | None = None
    users: _Count | None = None


class _Reply(Part):
    id: str
    databaseId: Size | None = None  # noqa: N815
    author: _Author | None = None
    authorAssociation: str | None = None  # noqa: N815
    body: str = ""
    bodyHTML: str | None = None  # noqa: N815
    createdAt: str  # noqa: N815
    lastEditedAt: str | None = None  # noqa: N815
    deletedAt: str | None = None  # noqa: N815
    isMinimized: bool  # noqa: N815
    upvoteCount: Size | None = None  # noqa: N815
    reactionGroups: list[_Reactions] | None = None  # noqa: N815
    url: str | None = None


class _Replies(Part):
    nodes: list[_Reply]
    pageInfo: _PageInfo = _PageInfo()  # noqa: N815


class _Comment(_Reply):
    replies: _Replies = _Replies(nodes=[])


class _Comments(Part):
    nodes: list[_Comment]
    pageInfo: _PageInfo = _PageInfo()  # noqa: N815


class _Discussion(Part):
    number: Size
    title: str
    body: str | None = None
    url: str | None = None
    locked: bool = False
    closed: bool = False
    comments: _Comments


class _Discussions(Part):
    nodes: list[_Discussion]


class _Repository(Part):
    discussion: _Discussion | None = None
    discussions: _Discussions | None = None


class _Data(Part):
    repository: _Repository


class _Answer(Part):
    data: _Data


class _Answers(RootModel[list[_Answer]]):
    pass


def read_threads(request: ImportRequest, tally: Tally) -> Iterator[CapturedThread]:
    """Yield the discussions that have comments."""
    snapshot = SnapshotRecord(
        platform="discussions",
        method="graphql",
        captured_at=read_captured(request),
        source_sha256=digest_inputs(request.inputs),
    )
    for name in request.inputs:
        for discussion in _read_discussions(name, request):
            found = [item for comment in discussion.comments.nodes for item in _read_branch(comment)]
            if not found:
                tally.skipped["threads without comments"] += 1
                continue
            addresses, names = _find_article(discussion)
            source = ThreadSource(
                prefix="github-",
                addresses=addresses,
                names=names,
                source_id=str(discussion.number),
                title=discussion.title,
                closed=discussion.locked or discussion.closed,
                complete=not _is_cut(discussion),
                snapshot=snapshot.model_copy(update={"origin_url": discussion.url}),
            )
            yield build_thread(source, found, tally)


def _read_discussions(name: str, request: ImportRequest) -> Iterator[_Discussion]:
    repositories = [answer.data.repository for answer in _read_answers(name, request)]
    if not any(repository.discussion or repository.discussions for repository in repositories):
        raise refuse_input(name, "holds no discussions", "ask for them as the reference of `capture` shows")
    for repository in repositories:
        yield from (repository.discussion,) if repository.discussion else ()
        yield from repository.discussions.nodes if repository.discussions else ()


def _read_answers(name: str, request: ImportRequest) -> list[_Answer]:
    text = read_text(name, request.advance)
    if text.lstrip().startswith("["):
        return decode_json(text, name, _Answers).root
    return [decode_json(text, name, _Answer)]


def _is_cut(discussion: _Discussion) -> bool:
    pages = (discussion.comments.pageInfo, *(comment.replies.pageInfo for comment in discussion.comments.nodes))
    return any(page.hasNextPage for page in pages)


def _find_article(discussion: _Discussion) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the addresses and names by which an article may be found."""
    lines = [line.strip() for line in (discussion.body or "").splitlines() if line.strip()]
    linked = (lines[-1],) if lines and _LINK.fullmatch(lines[-1]) else ()
    title = discussion.title.strip()
    if title.startswith(("http://", "https://", "/")):
        return (title, *linked), ()
    return linked, (title,)


def _read_branch(comment: _Comment) -> Iterator[Found]:
    yield _read_comment(comment, None)
    yield from (_read_comment(reply, _name(comment)) for reply in comment.replies.nodes)


def _name(comment: _Reply) -> str:
    return str(comment.databaseId) if comment.databaseId is not None else comment.id


def _read_comment(comment: _Reply, parent: str | None) -> Found:
    withheld = "deleted" if comment.deletedAt else "hidden" if comment.isMinimized else None
    found = Found(id=_name(comment), parent=parent, withheld=withheld, at=read_iso(comment.createdAt))
    if withheld:
        return found
    if comment.author:
        found.name, found.site = comment.author.login or None, comment.author.url
    found.kind = "editor" if comment.authorAssociation in _EDITORS else "member"
    found.edited = read_iso(comment.lastEditedAt)
    html = comment.bodyHTML
    found.format, found.text = ("html", html) if html is not None else ("markdown", comment.body)
    found.up = comment.upvoteCount
    groups = {group.content: (group.reactors or group.users or _Count()).totalCount for group in _list(comment)}
    found.reactions = {content.lower(): number for content, number in groups.items() if number} or None
    found.url = comment.url
    return found


def _list(comment: _Reply) -> list[_Reactions]:
    return [group for group in comment.reactionGroups or () if group.content.replace("_", "").isalnum()]
