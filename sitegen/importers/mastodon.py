"""`mastodon`: the replies to a post about an article, as `GET /api/v1/statuses/:id/context` answers.

Source: the entities Context and Status of docs.joinmastodon.org, Mastodon 4.3. A context holds what stands above a post
and below it, and not the post itself; replies below become comments. Which article they are on tells `--url`; else the
post, from `GET /api/v1/statuses/:id`, given as a further input, by its preview card or its links; else the name of the
file, which may be a slug. Only what is `public` or `unlisted` is taken. `acct` looks like an e-mail address, and so the
displayed name is the author's name. Servers shorten long contexts: nothing is taken for gone. Not read: pictures and
media, and who liked or shared.
"""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import PurePath

from sitegen.importers.inputs import digest_inputs, read_text
from sitegen.importers.json_input import Part, Size, decode_json
from sitegen.importers.records import CapturedThread, ImportRequest, Tally
from sitegen.importers.threads import Found, ThreadSource, build_thread
from sitegen.importers.times import read_captured, read_iso
from sitegen.parse.comment_format import SnapshotRecord

_SHOWN = frozenset({"public", "unlisted"})
_HREF = re.compile(r"""<a\b[^<>]*?\bhref=["']([^"'<>]+)["']""", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class _Account(Part):
    username: str
    display_name: str = ""
    url: str | None = None
    suspended: bool = False


class _Card(Part):
    url: str


class _Status(Part):
    id: str
    in_reply_to_id: str | None = None
    created_at: str
    edited_at: str | None = None
    visibility: str
    content: str
    spoiler_text: str = ""
    language: str | None = None
    account: _Account
    favourites_count: Size | None = None
    reblogs_count: Size | None = None
    url: str | None = None
    card: _Card | None = None


class _Context(Part):
    ancestors: list[_Status]
    descendants: list[_Status]


def read_threads(request: ImportRequest, tally: Tally) -> Iterator[CapturedThread]:
    """Yield the threads of saved contexts."""
    contexts: list[tuple[str, _Context]] = []
    posts: dict[str, _Status] = {}
    for name in request.inputs:
        text = read_text(name, request.advance)
        if _is_post(text):
            post = decode_json(text, name, _Status)
            posts[post.id] = post
        else:
            contexts.append((name, decode_json(text, name, _Context)))
    snapshot = SnapshotRecord(
        platform="mastodon",
        method="context",
        captured_at=read_captured(request),
        source_sha256=digest_inputs(request.inputs),
    )
    for name, context in contexts:
        tally.skipped["posts above the one that is answered"] += len(context.ancestors)
        if not context.descendants:
            tally.skipped["threads without comments"] += 1
            continue
        root = _find_root(context)
        above = posts.get(root or "")
        addresses = (request.url,) if request.url else _find_addresses(above)
        source = ThreadSource(
            prefix="mastodon-",
            addresses=addresses,
            names=() if addresses else (PurePath(name).name.removesuffix(".gz").removesuffix(".json"),),
            source_id=root,
            closed=False,
            complete=False,
            snapshot=snapshot.model_copy(update={"origin_url": above.url if above else None}),
        )
        yield build_thread(source, [_read_status(status, root) for status in context.descendants], tally)


def _is_post(text: str) -> bool:
    """Whether a file holds a post, and not the context of one: by the keys that only one of them has."""
    return '"descendants"' not in text and '"visibility"' in text


def _find_root(context: _Context) -> str | None:
    """Return the id of the post that a context belongs to: what most replies answer and what is none of them."""
    known = {status.id for status in context.descendants}
    answered = Counter(
        status.in_reply_to_id for status in context.descendants if status.in_reply_to_id not in {None, *known}
    )
    return answered.most_common(1)[0][0] if answered else None


def _find_addresses(post: _Status | None) -> tuple[str, ...]:
    if post is None:
        return ()
    card = (post.card.url,) if post.card else ()
    return (*card, *(unescape(link) for link in _HREF.findall(post.content)))


def _read_status(status: _Status, root: str | None) -> Found:
    withheld = None if status.visibility in _SHOWN else "private"
    if status.account.suspended:
        withheld = withheld or "not-public"
    parent = None if status.in_reply_to_id == root else status.in_reply_to_id
    found = Found(id=status.id, parent=parent, withheld=withheld, at=read_iso(status.created_at))
    if withheld:
        return found
    account = status.account
    found.name = account.display_name.strip() or account.username
    found.site = account.url
    found.kind = "fediverse"
    found.edited = read_iso(status.edited_at)
    found.text = status.content
    if status.spoiler_text:
        warning = status.spoiler_text.replace("&", "&amp;").replace("<", "&lt;")
        found.text = f"<p><strong>{warning}</strong></p>{status.content}"
    found.lang = status.language if status.language and _LANGUAGE.fullmatch(status.language) else None
    found.up = status.favourites_count
    found.reactions = {"reblogs": status.reblogs_count} if status.reblogs_count else None
    found.url = status.url
    return found
