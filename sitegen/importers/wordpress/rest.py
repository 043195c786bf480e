"""A live WordPress site, by its REST API: posts and pages with their comments, a hundred at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sitegen.errors import UsageError, warning
from sitegen.importers.records import CapturedThread, ImportedDocument, ImportRequest, Tally
from sitegen.importers.threads import ThreadSource, build_thread
from sitegen.importers.web.hosts import read_target
from sitegen.importers.wordpress.bodies import convert_rendered
from sitegen.importers.wordpress.home import Home, Relocation
from sitegen.importers.wordpress.posts import Post, Posts, Term, read_plain
from sitegen.importers.wordpress.rest_api import Api, RefusedError, find_api
from sitegen.importers.wordpress.rest_comments import CODE, PREFIX, Comments, Discussion
from sitegen.importers.wordpress.rest_format import IndexItem, MediaItem, PostItem, TermItem
from sitegen.importers.wordpress.times import read_date
from sitegen.importers.zones import read_zone
from sitegen.parse.comment_format import SnapshotRecord

_OLDEST_FIRST: Mapping[str, str] = {"orderby": "id", "order": "asc"}
"""What is published while pages are read comes behind the last one, and moves none."""
_KINDS: Mapping[str, Literal["article", "page"]] = {"posts": "article", "pages": "page"}


def read_rest(request: ImportRequest, tally: Tally) -> Iterator[ImportedDocument]:
    """Read the site at an address; raises UsageError where it has no API of WordPress, FetchError where it fails."""
    if len(request.inputs) != 1 or "://" not in request.inputs[0]:
        raise UsageError("`rest` reads one site at a time, by its address", "write it as https://news.example/")
    if request.visitor is None:
        raise UsageError("`rest` asks the network, which is not allowed here")
    root, index = find_api(request.visitor, request.inputs[0])
    address = read_target(index.home or index.url or request.inputs[0]).address.rstrip("/")
    base = urlsplit(request.config.base_url).path.rstrip("/")
    home = Home(address=address, base=base, media_dir=request.media_dir)
    api = Api(root, request.visitor, request.memory, request.clock)
    yield from _Reading(request, tally, api, home, _choose_zone(request, index)).read()


def _choose_zone(request: ImportRequest, index: IndexItem) -> ZoneInfo:
    """Return the zone of local times: `--timezone`, else what the site says, else that of the configuration."""
    if request.timezone:
        return read_zone(request.timezone)
    try:
        return read_zone(index.timezone_string or "")
    except UsageError:
        return read_zone(request.config.timezone)


@dataclass(slots=True)
class _Names:
    """Categories, tags and authors by their numbers."""

    categories: Mapping[int, Term] = field(default_factory=dict)
    tags: Mapping[int, Term] = field(default_factory=dict)
    users: Mapping[int, Term] = field(default_factory=dict)


class _Reading:
    """The reading of one site."""

    def __init__(self, request: ImportRequest, tally: Tally, api: Api, home: Home, zone: ZoneInfo) -> None:
        self._request = request
        self._tally = tally
        self._api = api
        self._home = home
        self._zone = zone
        self._comments = Comments(api, tally, zone)
        self._posts = Posts(home, request.config)
        self._names = _Names()

    def read(self) -> Iterator[ImportedDocument]:
        """Yield every post, then every page."""
        self._names = _Names(
            categories=self._read_terms("categories"), tags=self._read_terms("tags"), users=self._read_terms("users")
        )
        for route, kind in _KINDS.items():
            read = counted = 0
            for page in self._api.list_pages(f"wp/v2/{route}", PostItem, _OLDEST_FIRST):
                if page.total and not counted:
                    self._request.expect(f"Reading {route}", page.total)
                counted = max(counted, page.total or 0)
                read += len(page.items)
                yield from self._read_batch(page.items, kind)
                self._request.advance(len(page.items))
            if read < counted:
                message = f"{counted - read} {route} are counted, and not given out"
                self._tally.warnings.append(
                    warning(CODE, message, hint="import again to see whether they were deleted")
                )
        self._posts.finish(self._tally)

    def _read_terms(self, route: str) -> Mapping[int, Term]:
        """Return terms by number; none where the server keeps them to itself, as many do with their users."""
        terms: dict[int, Term] = {}
        try:
            for page in self._api.list_pages(f"wp/v2/{route}", TermItem, _OLDEST_FIRST):
                for item in page.items:
                    terms[item.id] = Term(name=read_plain(item.name), slug=item.slug, address=item.link or None)
        except RefusedError:
            self._tally.warnings.append(warning(CODE, f"{route} are not given out: articles have none"))
        return terms

    def _read_batch(self, items: Sequence[PostItem], kind: Literal["article", "page"]) -> Iterator[ImportedDocument]:
        shown = [item for item in items if self._is_public(item)]
        discussions = self._comments.read([item.id for item in shown])
        images = self._read_images({item.featured_media for item in shown if item.featured_media > 0})
        for item in shown:
            self._tally.read[f"{kind}s"] += 1
            yield self._posts.make_document(self._make_post(item, kind, discussions.get(item.id), images))

    def _is_public(self, item: PostItem) -> bool:
        """Whether readers can see a post; what needs a password comes without its text."""
        reason = "protected" if item.content.protected else item.status
        if reason != "publish":
            self._tally.skipped[reason or "not-public"] += 1
        return reason == "publish"

    def _read_images(self, numbers: set[int]) -> Mapping[int, MediaItem]:
        if not numbers:
            return {}
        asked = {"include": ",".join(map(str, sorted(numbers)))}
        try:
            pages = self._api.list_pages("wp/v2/media", MediaItem, asked)
            return {item.id: item for page in pages for item in page.items if item.source_url}
        except RefusedError:
            self._tally.warnings.append(warning(CODE, "featured images are not given out"))
            return {}

    def _make_post(
        self,
        item: PostItem,
        kind: Literal["article", "page"],
        discussion: Discussion | None,
        images: Mapping[int, MediaItem],
    ) -> Post:
        relocation = Relocation(self._home)
        image = images.get(item.featured_media)
        body = convert_rendered(item.content.rendered, relocate=relocation.move)
        self._tally.unknown.update(body.unknown)
        self._tally.skipped.update(body.removed)
        return Post(
            id=item.id,
            kind=kind,
            title=item.title.rendered,
            slug=item.slug,
            address=item.link or None,
            date=self._read_date(item.date_gmt, item.date),
            updated=self._read_date(item.modified_gmt, None),
            authors=_pick((item.author,), self._names.users),
            categories=_pick(item.categories, self._names.categories),
            tags=_pick(item.tags, self._names.tags),
            excerpt=item.excerpt.rendered or body.excerpt,
            image=relocation.move(image.source_url) if image else None,
            image_alt=image.alt_text if image else "",
            body=body.markdown,
            media=relocation.media,
            is_sticky=item.sticky,
            thread=self._make_thread(item, discussion) if discussion else None,
        )

    def _make_thread(self, item: PostItem, discussion: Discussion) -> CapturedThread | None:
        if not (discussion.comments or discussion.mentions):
            return None
        source = ThreadSource(
            prefix=PREFIX,
            addresses=tuple(filter(None, (item.link, self._home.make_key(item.id)))),
            source_id=str(item.id),
            title=read_plain(item.title.rendered) or None,
            closed=item.comment_status != "open",
            complete=discussion.complete,
            snapshot=SnapshotRecord(
                platform="wordpress",
                method="rest",
                origin_url=item.link or None,
                captured_at=self._request.clock.isoformat(timespec="seconds"),
            ),
        )
        return build_thread(source, discussion.comments, self._tally, discussion.mentions)

    def _read_date(self, universal: str | None, local: str | None) -> datetime | None:
        return read_date(universal) or read_date(local, self._zone)


def _pick(numbers: Sequence[int], terms: Mapping[int, Term]) -> tuple[Term, ...]:
    return tuple(terms[number] for number in numbers if number in terms)
