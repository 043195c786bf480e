"""`wxr`: the XML files that WordPress exports (Tools, Export), with what wpDiscuz keeps in them.

An export is read twice. The first walk notes what its items say of each other (`wxr_survey.py`), the second one makes
documents, one after the other. Neither holds more than one item.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import unquote

from sitegen.errors import ContentError, error
from sitegen.importers.inputs import CODE, digest_inputs
from sitegen.importers.records import CapturedThread, ImportedDocument, ImportRequest, State, Tally
from sitegen.importers.threads import ThreadSource, build_thread
from sitegen.importers.times import read_captured
from sitegen.importers.wordpress.bodies import convert_body
from sitegen.importers.wordpress.plain_text import Passage
from sitegen.importers.wordpress.posts import Post, Posts, Term, read_plain
from sitegen.importers.wordpress.times import read_rss_date, write_instant
from sitegen.importers.wordpress.wxr_comments import PREFIX, CommentReader, Times, read_ratings
from sitegen.importers.wordpress.wxr_format import Item, ItemTerm, read_item, shorten_name
from sitegen.importers.wordpress.wxr_links import Links
from sitegen.importers.wordpress.wxr_notes import Notes
from sitegen.importers.wordpress.wxr_survey import (
    KINDS,
    PostAttachments,
    Survey,
    make_home,
    read_again,
    take_survey,
)
from sitegen.importers.zones import find_zone
from sitegen.model.values import replace
from sitegen.parse.comment_format import SnapshotRecord
from sitegen.parse.html_tokens import escape_text

_SKIPPED = frozenset({"auto-draft", "inherit", "trash"})
"""States of what nobody means to keep."""
_PRIMARY = "_yoast_wpseo_primary_category"
_TITLE_WORDS = 8
_SHORTCODE = re.compile(r"\[/?[a-z][^\[\]]*\]", re.IGNORECASE)


def read_wxr(request: ImportRequest, tally: Tally) -> Iterator[ImportedDocument]:
    """Read an export; raises as `Reader` says."""
    zone = find_zone(request)
    request = replace(request, captured_at=read_captured(request))
    survey = take_survey(request)
    yield from _Reading(request, tally, survey, Times(zone)).read()


@dataclass(slots=True, kw_only=True)
class _Held:
    """An item that stands in several parts, until the last of them."""

    item: Item
    times: int


class _Reading:
    """The second walk through an export."""

    def __init__(self, request: ImportRequest, tally: Tally, survey: Survey, times: Times) -> None:
        self._request = request
        self._tally = tally
        self._survey = survey
        self._times = times
        self._home = make_home(survey, request)
        self._posts = Posts(self._home, request.config, survey.public)
        self._comments = CommentReader(survey=survey, times=times)
        self._notes = Notes()
        self._held: dict[int, _Held] = {}
        self._digest = digest_inputs(request.inputs)

    def read(self) -> Iterator[ImportedDocument]:
        """Yield a document for every post and page."""
        for element in read_again(self._request, self._tally.warnings):
            if shorten_name(element.name) != "item":
                continue
            item = self._join(read_item(element))
            element.children.clear()  # an item with its comments may be large, and is held while it is written
            if item is not None:
                yield from self._read_item(item)
        if not (self._tally.read or self._tally.skipped):
            hint = 'WordPress makes one under Tools, Export, as "All content"'
            raise ContentError(
                [error(CODE, "holds nothing that WordPress has exported", self._request.inputs[0], hint=hint)]
            )
        self._posts.finish(self._tally)
        self._notes.assumed_zone = self._times.local if self._request.timezone is None else 0
        self._notes.unread_votes = self._comments.unread_votes
        self._notes.lost_anchors = self._comments.lost_anchors
        self._tally.warnings += self._notes.describe(self._request.config.timezone)

    def _join(self, item: Item) -> Item | None:
        """Return an item with the comments that other parts of the export have of it; None where more is to come."""
        number = item.id
        if number is None or item.type not in KINDS or number not in self._survey.times:
            return item
        held = self._held.pop(number, None)
        if held:
            self._tally.skipped["duplicate"] += 1
            item = replace(held.item, comments=(*held.item.comments, *item.comments))
        met = held.times + 1 if held else 1
        if met == self._survey.times[number]:
            return item
        self._held[number] = _Held(item=item, times=met)
        return None

    def _read_item(self, item: Item) -> Iterator[ImportedDocument]:
        if item.type == "attachment":
            self._tally.read["media"] += 1
        reason = item.type if item.type not in KINDS else item.status if item.status in _SKIPPED else ""
        if not reason and item.id is None and not (item.link or item.slug):
            reason = "no-id"
        if reason:
            self._skip(item, reason)
            return
        kind: Literal["article", "page"] = "page" if item.type == "page" else "article"
        self._tally.read[f"{kind}s"] += 1
        yield self._posts.make_document(self._make_post(item, kind))

    def _skip(self, item: Item, reason: str) -> None:
        """Count what becomes no document, and its comments."""
        self._tally.skipped[reason] += 1
        self._notes.add_skipped(item, reason)
        found, mentions = self._comments.read(item, (), is_public=True)
        self._tally.read["comments"] += len(found) + len(mentions)
        reasons = Counter(comment.withheld or "no-article" for comment in found)
        self._tally.withheld.update(reasons)
        self._tally.withheld.update({"no-article": len(mentions)})
        self._tally.withheld = +self._tally.withheld

    def _make_post(self, item: Item, kind: Literal["article", "page"]) -> Post:
        links = Links(self._home, self._survey, item.link)
        body = convert_body(item.content, attachments=PostAttachments(self._survey, item.id), relocate=links.move)
        date = self._times.read(item.date_gmt, item.date) or read_rss_date(item.pub_date)
        state = self._judge(item, kind, date)
        image = self._survey.attachments.get(item.meta.get("_thumbnail_id", ""))
        source = links.move(image.url) if image else None
        self._tally.unknown.update(body.unknown)
        self._notes.add_body(body, links)
        thread = self._make_thread(item, body.passages, state)
        return Post(
            id=item.id,
            kind=kind,
            state=state,
            title=self._find_title(item),
            slug=item.slug,
            address=item.link or None,
            date=date,
            updated=self._times.read(item.modified_gmt, item.modified),
            authors=tuple(map(self._with_address, self._survey.list_authors(item))),
            categories=self._sort_categories(item),
            tags=tuple(self._make_term(term) for term in item.terms if term.taxonomy == "post_tag"),
            excerpt=item.excerpt,
            image=source,
            image_alt=image.alt if image else "",
            body=body.markdown,
            media=links.media,
            thread=thread,
            is_sticky=item.is_sticky,
            aliases=self._list_feeds(item, thread),
        )

    def _judge(self, item: Item, kind: Literal["article", "page"], date: datetime | None) -> State:
        """Return what an item is here; what readers could not see, for whatever reason, is a draft."""
        if item.has_password:
            self._notes.protected += 1
            return "draft"
        if item.status not in {"publish", "future"}:
            return "draft"
        if kind == "page":
            return "published" if item.status == "publish" else "draft"
        if date is None:
            self._notes.undated += 1
            return "draft"
        if date > self._request.clock:
            return "scheduled"
        if item.status == "future":
            self._notes.missed += 1
        return "published" if item.status == "publish" else "draft"

    def _find_title(self, item: Item) -> str:
        """Return the title of an item as HTML; without any it gets its first words, its slug, or what says so."""
        if read_plain(item.title):
            return item.title
        self._notes.untitled += 1
        words = _SHORTCODE.sub(" ", read_plain(item.content)).split()
        if words:
            return escape_text(" ".join(words[:_TITLE_WORDS]) + ("…" if len(words) > _TITLE_WORDS else ""))
        slug = unquote(item.slug)
        return escape_text(slug.replace("-", " ").capitalize()) if slug and not slug.isdecimal() else "Untitled"

    def _make_term(self, term: ItemTerm) -> Term:
        return Term(name=read_plain(term.name), slug=unquote(term.slug), address=self._survey.locate(term))

    def _with_address(self, author: Term) -> Term:
        return replace(author, address=self._survey.locate_author(author)) if author.slug else author

    def _sort_categories(self, item: Item) -> tuple[Term, ...]:
        """Return the categories of an item: the chosen one first, then those above others that it has as well."""
        terms = [term for term in item.terms if term.taxonomy == "category"]
        primary = self._survey.numbers.get(item.meta.get(_PRIMARY, ""))
        depth = {term.slug: sum(1 for _ in self._survey.list_ancestors(term.slug)) for term in terms}
        terms.sort(key=lambda term: (term.slug != primary, depth[term.slug]))
        return tuple(self._make_term(term) for term in terms)

    def _list_feeds(self, item: Item, thread: CapturedThread | None) -> tuple[str, ...]:
        """Return the address of the feed of comments, where it has ever had some."""
        path = self._survey.paths.get(str(item.id)) if item.id is not None else None
        has_some = thread is not None and bool(thread.comments or thread.mentions)
        return (f"{path.rstrip('/')}/feed/",) if has_some and path and path != "/" else ()

    def _make_thread(self, item: Item, passages: Sequence[Passage], state: State) -> CapturedThread | None:
        local = self._times.local
        found, mentions = self._comments.read(item, passages, is_public=state == "published")
        ratings = read_ratings(item.meta)
        if not (found or mentions or ratings):
            return None
        zone = self._request.timezone or self._request.config.timezone
        has_wpdiscuz = any(key.startswith("wpdiscuz") for meta in _list_meta(item) for key in meta)
        source = ThreadSource(
            prefix=PREFIX,
            addresses=tuple(filter(None, (item.link, self._home.make_key(item.id) if item.id is not None else ""))),
            names=(item.slug,) if item.slug else (),
            source_id=str(item.id) if item.id is not None else None,
            title=read_plain(item.title) or None,
            closed=not item.is_open,
            snapshot=SnapshotRecord(
                platform="wpdiscuz" if has_wpdiscuz else "wordpress",
                method="wxr",
                origin_url=item.link or None,
                captured_at=self._request.captured_at or write_instant(self._survey.exported),
                source_sha256=self._digest,
                timezone_assumed=zone if self._times.local > local else None,
            ),
        )
        return replace(build_thread(source, found, self._tally, mentions), ratings=ratings)


def _list_meta(item: Item) -> Iterator[Mapping[str, str]]:
    yield item.meta
    for comment in item.comments:
        yield comment.meta
