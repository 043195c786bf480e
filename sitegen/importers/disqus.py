"""`disqus`: the XML file that Disqus sends when the comments of a site are exported.

Source: "Comments Export" in Disqus's help, which names the schema http://disqus.com/api/schemas/1.0/disqus.xsd, and the
reader in isso 0.13 (`isso/migrate.py`). A thread is an article, a post is a comment. `dsq:id` is who a thread or a post
is; `id` of a thread is the identifier that the site gave it, which may be empty. Posts without the marks `isDeleted`
and `isSpam` are not known to be public. `isAnonymous` says that somebody was not signed in; the name that they gave was
shown all the same. `email`, `username` and `ipAddress` are not read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from urllib.parse import unquote

from sitegen.importers.inputs import digest_inputs
from sitegen.importers.records import CapturedThread, ImportRequest, Tally
from sitegen.importers.threads import Found, ThreadSource, build_thread
from sitegen.importers.times import read_captured, read_iso
from sitegen.importers.xml_input import Element, stream_elements
from sitegen.parse.comment_format import SnapshotRecord

_OWN = "http://disqus.com "
_ID = "http://disqus.com/disqus-internals id"
_WORDPRESS = re.compile(r"(\d+) (https?://\S+)")
"""The identifier that the plugin for WordPress gives: the number of the post and its short address."""
_LINK = re.compile(r"https?://disq\.us/(?:url)?\?url=([^\s\"'<>&]+)(?:&(?:amp;)?[^\s\"'<>]*)?", re.IGNORECASE)
"""How Disqus writes a link: by way of itself, with a signature behind the address, and with who wrote it."""
_SIGNATURE = re.compile(r":[A-Za-z0-9_-]{27}$")


@dataclass(slots=True)
class _Thread:
    """A thread while the file is read."""

    link: str | None = None
    identifier: str | None = None
    title: str | None = None
    closed: bool = True
    deleted: bool = False
    posts: list[Found] = field(default_factory=list)


def read_threads(request: ImportRequest, tally: Tally) -> Iterator[CapturedThread]:
    """Yield the threads of Disqus exports that have comments."""
    snapshot = SnapshotRecord(
        platform="disqus",
        method="export",
        captured_at=read_captured(request),
        source_sha256=digest_inputs(request.inputs),
    )
    threads: dict[str, _Thread] = {}
    for name in request.inputs:
        for element in stream_elements(name, f"{_OWN}disqus", request.advance, tally.warnings):
            if element.name == f"{_OWN}thread":
                _add_thread(element, threads)
            elif element.name == f"{_OWN}post":
                _add_post(element, threads)
    while threads:
        key = next(iter(threads))
        thread = threads.pop(key)  # so that what was handed on does not stay in memory
        if not thread.posts:
            tally.skipped["threads without comments"] += 1
            continue
        if thread.deleted:
            for post in thread.posts:
                post.withheld = post.withheld or "deleted"
        addresses, names = _find_article(thread)
        source = ThreadSource(
            prefix="disqus-",
            addresses=addresses,
            names=names,
            source_id=key,
            title=thread.title,
            closed=thread.closed,
            snapshot=snapshot.model_copy(update={"origin_url": thread.link}),
        )
        yield build_thread(source, thread.posts, tally)


def _add_thread(element: Element, threads: dict[str, _Thread]) -> None:
    """Take in what is said of a thread; one may stand in the file twice, once with nothing in it."""
    thread = threads.setdefault(element.attributes.get(_ID, ""), _Thread())
    thread.link = element.text_of(f"{_OWN}link") or thread.link
    thread.identifier = element.text_of(f"{_OWN}id") or thread.identifier
    thread.title = element.text_of(f"{_OWN}title") or thread.title
    thread.deleted = thread.deleted or element.text_of(f"{_OWN}isDeleted") == "true"
    if element.text_of(f"{_OWN}isClosed") == "false":
        thread.closed = False


def _add_post(element: Element, threads: dict[str, _Thread]) -> None:
    author = element.find(f"{_OWN}author")
    anonymous = author is not None and author.text_of(f"{_OWN}isAnonymous") == "true"
    post = Found(
        id=element.attributes.get(_ID, ""),
        parent=_refer(element, "parent"),
        withheld=_judge(element),
        name=author.text_of(f"{_OWN}name") if author else None,
        kind="guest" if anonymous else "member",
        at=read_iso(element.text_of(f"{_OWN}createdAt")),
        text=_LINK.sub(_unwrap, element.text_of(f"{_OWN}message") or ""),
    )
    if post.withheld:
        post.name, post.text = None, ""
    threads.setdefault(_refer(element, "thread") or "", _Thread()).posts.append(post)


def _unwrap(match: re.Match[str]) -> str:
    """Return where a link leads, without Disqus watching; what is no web address stays as it is."""
    target = _SIGNATURE.sub("", unquote(match[1]))
    return escape(target) if target.lower().startswith(("http://", "https://")) else match[0]


def _refer(element: Element, name: str) -> str | None:
    child = element.find(f"{_OWN}{name}")
    return child.attributes.get(_ID) if child else None


def _judge(element: Element) -> str | None:
    """Return why a post is not public; None for one that is known to be."""
    if element.text_of(f"{_OWN}isSpam") == "true":
        return "spam"
    if element.text_of(f"{_OWN}isDeleted") == "true":
        return "deleted"
    if element.text_of(f"{_OWN}isApproved") == "false":
        return "pending"
    if not element.attributes.get(_ID):
        return "no-id"
    known = all(element.text_of(f"{_OWN}{mark}") == "false" for mark in ("isSpam", "isDeleted"))
    return None if known else "not-public"


def _find_article(thread: _Thread) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the addresses and names by which an article may be found."""
    addresses = [thread.link] if thread.link else []
    identifier = thread.identifier or ""
    given = _WORDPRESS.fullmatch(identifier)
    if given:
        return (*addresses, given[2]), ()
    if identifier.startswith(("http://", "https://", "/")):
        return (*addresses, identifier), ()
    return tuple(addresses), (identifier,) if identifier else ()
