"""What a saved HTML page tells of its article: in JSON-LD, else for other sites (Open Graph), else in its markup.

The markup is that of WordPress's own themes and of the theme Newspaper.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from sitegen.importers.pages.linked_data import LinkedArticle
from sitegen.importers.pages.markup import (
    Node,
    find,
    find_all,
    find_text,
    list_classes,
    read_attribute,
    read_text,
    remove_all,
)
from sitegen.model.moment import Moment
from sitegen.parse.instants import parse_instant

_HEADLINES = ("h1.entry-title", "h1.post-title", "article h1", "h1")
_PUBLISHED = ("time.entry-date.published", "time.published", "time.entry-date", ".td-post-date time", "article time")
_UPDATED = ("time.updated:not(.published)", "time.modified", ".last-updated time")
_AUTHORS = (
    ".entry-header .author .fn",
    ".byline .author",
    ".td-post-author-name a",
    "a[rel~='author']",
    ".author.vcard",
)
_SECTIONS = ("a[rel~='category']", ".cat-links a", ".td-category a", ".entry-category a", ".post-categories a")
_TAGS = "a[rel~='tag']:not([rel~='category']), .tags-links a, .td-tags a, .entry-tags a"
_PREVIOUS = (".nav-previous a", ".td-post-prev-post a", "a[rel~='prev']")
_NEXT = (".nav-next a", ".td-post-next-post a", "a[rel~='next']")
_NEIGHBOUR_TITLE = (".nav-title", ".post-title", ".title-inner", ".title", ".entry-title")
_NEIGHBOUR_LABEL = (
    ".screen-reader-text, .meta-nav, .nav-subtitle, .nav-label, .arrow, .sub-title, svg, .post-navigation-link__label"
)
_ARROWS = "\u2190\u2192\u00ab\u00bb\u2039\u203a<> \t"
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{4}\)(https?://\S{1,2000}?)\s*-->")
_SINGLE_FILE = re.compile(
    r"<!--\s*Page saved with SingleFile\s+url:\s*(?P<url>https?://\S{1,2000})\s+saved date:\s*(?P<date>[^\n(]{10,60})"
)
_SINGLE_FILE_DATE = "%a %b %d %Y %H:%M:%S GMT%z"
_NUMBER = re.compile(r"(?:post|postid)-(\d{1,18})")
_SHORT = re.compile(r"[?&]p=(\d{1,18})")
_HEAD = 8_000
"""Within how many characters programs that save pages write where from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where and when a program saved the page, if it wrote that down."""

    url: str = ""
    """The address."""
    at: datetime | None = None
    """When."""


def read_origin(text: str) -> Origin:
    """Return what Chromium (`saved from url`) or SingleFile wrote on top of the page."""
    single = _SINGLE_FILE.search(text, 0, _HEAD)
    if single:
        try:
            at = datetime.strptime(single["date"].strip(), _SINGLE_FILE_DATE)  # noqa: DTZ007 -- `%z` is in it
        except ValueError:
            at = None
        return Origin(url=single["url"], at=at)
    saved = _SAVED_FROM.search(text, 0, _HEAD)
    return Origin(url=saved[1]) if saved else Origin()


class Headline:
    """The answers of one page. What it does not say is empty."""

    def __init__(self, root: Node, linked: LinkedArticle, origin: Origin, zone: str) -> None:
        """Ask the page `root`; times without a zone are in `zone`."""
        self._root = root
        self._linked = linked
        self._origin = origin
        self._zone = zone

    def find_title(self) -> str:
        """Return the headline, without the name of the site."""
        shared = self._meta("og:title")
        site = self._meta("og:site_name")
        if site and (cut := re.fullmatch(rf"(.+?)\s*[-|\u2013\u2014\u00bb\u00b7:]+\s*{re.escape(site)}", shared)):
            shared = cut[1]
        return self._linked.headline or shared or find_text(self._root, *_HEADLINES)

    def find_date(self) -> Moment | None:
        """Return when it was published."""
        shown = read_attribute(find(self._root, *_PUBLISHED), "datetime")
        return self._read_first(self._linked.published, self._meta("article:published_time"), shown)

    def find_update(self) -> Moment | None:
        """Return when it was changed, where that is another day than that of its publication."""
        shown = read_attribute(find(self._root, *_UPDATED), "datetime")
        found = self._read_first(self._linked.modified, self._meta("article:modified_time"), shown)
        first = self.find_date()
        return found if found and first and found.at.date() > first.at.date() else None

    def find_authors(self) -> tuple[str, ...]:
        """Return the bylines."""
        told = self._meta("author") or self._meta("article:author")
        shown = find_text(self._root, *_AUTHORS) or ("" if "://" in told else told)
        return self._linked.authors or ((shown,) if shown else ())

    def find_section(self) -> str | None:
        """Return the section; None where none is named."""
        return self._linked.section or self._meta("article:section") or find_text(self._root, *_SECTIONS) or None

    def find_tags(self) -> tuple[str, ...]:
        """Return the tags."""
        told = [read_attribute(node, "content") for node in find_all(self._root, "meta[property='article:tag']")]
        shown = [read_text(node) for node in find_all(self._root, _TAGS)]
        tags = self._linked.tags or tuple(told) or tuple(shown)
        return tuple(dict.fromkeys(tag for tag in (" ".join(tag.split()) for tag in tags) if tag))[:100]

    def find_description(self) -> str:
        """Return a sentence about it."""
        written = self._meta("description") or self._linked.description or self._meta("og:description")
        return " ".join(written.split())

    def find_image(self) -> str:
        """Return the absolute address of its picture."""
        written = self._linked.image or self._meta("og:image")
        return urljoin(self.find_url(), written) if written else ""

    def find_url(self) -> str:
        """Return its absolute address."""
        canonical = read_attribute(find(self._root, "link[rel='canonical']"), "href")
        written = (canonical, self._meta("og:url"), self._linked.url, self._origin.url)
        return next((url for url in written if _is_absolute(url)), "")

    def find_language(self) -> str:
        """Return the language of the page."""
        return read_attribute(find(self._root, "html[lang]"), "lang") or read_attribute(self._root, "lang")

    def find_number(self) -> str | None:
        """Return the number of the article in WordPress."""
        short = _SHORT.search(read_attribute(find(self._root, "link[rel='shortlink']"), "href"))
        if short:
            return short[1]
        body = find(self._root, "body")
        article = find(self._root, "article[id^='post-']")
        words = [*(list_classes(body) if body is not None else ()), read_attribute(article, "id")]
        return next((match[1] for word in words if (match := _NUMBER.fullmatch(word))), None)

    def find_previous(self) -> str | None:
        """Return the title of the article before it."""
        return self._read_neighbour(_PREVIOUS, "prev")

    def find_next(self) -> str | None:
        """Return the title of the article behind it."""
        return self._read_neighbour(_NEXT, "next")

    def _read_neighbour(self, selectors: tuple[str, ...], relation: str) -> str | None:
        link = find(self._root, *selectors)
        if link is None:
            return read_attribute(find(self._root, f"link[rel='{relation}'][title]"), "title") or None
        title = find_text(link, *_NEIGHBOUR_TITLE)
        if not title:
            remove_all(link, _NEIGHBOUR_LABEL)
            title = read_text(link)
        return title.strip(_ARROWS) or None

    def _meta(self, name: str) -> str:
        found = find(self._root, f"meta[property='{name}']", f"meta[name='{name}']")
        return read_attribute(found, "content")

    def _read_first(self, *written: str) -> Moment | None:
        return next((found for text in written if text and (found := parse_instant(text, self._zone))), None)


def _is_absolute(url: str) -> bool:
    try:
        return urlsplit(url).scheme in {"http", "https"} and bool(urlsplit(url).hostname) and not re.search(r"\s", url)
    except ValueError:
        return False
