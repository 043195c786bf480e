"""What belongs into the head of a page: titles, canonical address, robots, feeds, Open Graph."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache

from sitegen.model.article import Source
from sitegen.model.card import Picture, Status
from sitegen.model.codec import encode
from sitegen.model.moment import Moment
from sitegen.model.names import Url
from sitegen.model.views import Alternate, FeedLink, Head, MetaTag, NamedMeta, SiteView
from sitegen.plan.urls import absolute_url

FEEDS: Mapping[str, str] = {
    "rss.xml": "application/rss+xml",
    "atom.xml": "application/atom+xml",
    "feed.json": "application/feed+json",
}
"""The feeds of the site and of each section, with their media types."""


def announce_feeds(
    site: SiteView, section_title: str | None = None, section: Url | None = None
) -> tuple[FeedLink, ...]:
    """Return the site's feeds, and before them those of a section if one is given."""
    feeds = _link_feeds(site.title, site.home)
    if section and section_title:
        return (*_link_feeds(f"{site.title}: {section_title}", section), *feeds)
    return feeds


@lru_cache(maxsize=512)
def _link_feeds(title: str, home: Url) -> tuple[FeedLink, ...]:
    return tuple(FeedLink(title=title, url=Url(f"{home}{name}"), type=kind) for name, kind in FEEDS.items())


def build_head(
    site: SiteView,
    url: Url,
    title: str,
    description: str = "",
    *,
    kind: str = "website",
    robots: str = "",
    canonical: str = "",
    feeds: tuple[FeedLink, ...] = (),
    alternates: tuple[Alternate, ...] = (),
    picture: Picture | None = None,
    properties: Iterable[tuple[str, str]] = (),
    authors: tuple[str, ...] = (),
) -> Head:
    """Return the head of the page at `url`; `canonical` is its own address unless another is given."""
    address = absolute_url(url, site.base_url)
    tags = [
        ("og:type", kind),
        ("og:title", title),
        ("og:description", description),
        ("og:url", address),
        ("og:site_name", site.title),
        ("og:locale", site.language.replace("-", "_")),
    ]
    if picture:
        tags += [
            ("og:image", absolute_url(picture.src, site.base_url)),
            ("og:image:alt", picture.alt),
            ("og:image:width", str(picture.width or "")),
            ("og:image:height", str(picture.height or "")),
        ]
    return Head(
        title=title if title == site.title else f"{title} \N{EN DASH} {site.title}",
        description=description,
        canonical=canonical or address,
        robots=robots,
        feeds=feeds,
        alternates=alternates,
        open_graph=tuple(MetaTag(property=name, content=content) for name, content in (*tags, *properties) if content),
        named=(
            NamedMeta(name="twitter:card", content=_choose_card(picture)),
            *(NamedMeta(name="author", content=author) for author in authors),
        ),
    )


def _choose_card(picture: Picture | None) -> str:
    """Return how social networks show a link to the page: with its picture above, unless that is known to be small.

    Everything else that a card shows is taken from Open Graph (https://developer.x.com/en/docs/x-for-websites/cards).
    """
    small = picture and picture.width and picture.height and (picture.width < _WIDE or picture.height < _HIGH)
    return "summary_large_image" if picture and not small else "summary"


_WIDE, _HIGH = 300, 157
"""The smallest picture that a large card takes, in pixels."""


def robots_for(status: Status, source: Source | None) -> str:
    """Return the robots directive of a document: previews are not to be indexed, nor what `source` keeps to itself."""
    return "" if status == "published" and not (source and source.policy == "noindex") else "noindex"


def find_original(source: Source | None, base_url: str) -> str:
    """Return the address of the original where search engines are to be sent there; else nothing."""
    return absolute_url(source.url, base_url) if source and source.url and source.policy == "canonical" else ""


def iso(moment: Moment | None) -> str:
    """Return the instant as ISO 8601 in its own zone; empty for None."""
    return write_iso(moment.at) if moment else ""


def write_iso(at: datetime) -> str:
    """Return an instant as RFC 3339 and HTML want it: in UTC where its own zone, as of old, is off by seconds."""
    # As JSON it is written in a tenth of the time that its own method takes, but for `Z`, which is another spelling.
    if at.tzinfo is UTC:
        return encode(at)[1:_SECONDS].decode() + "+00:00"
    offset = at.utcoffset()
    written = encode(at.astimezone(UTC) if offset and offset.seconds % 60 else at).decode()
    return written[1:_SECONDS] + ("+00:00" if written[-2] == "Z" else written[_OFFSET:-1])


_SECONDS = len('"2023-07-09T17:22:05')
_OFFSET = -len('+02:00"')
