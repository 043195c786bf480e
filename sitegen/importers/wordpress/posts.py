"""Posts and pages of WordPress as documents of a site, whether they come from an export or from the REST API."""

import html
import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

from sitegen.errors import warning
from sitegen.importers.records import CapturedThread, ImportedDocument, Media, State, Tally
from sitegen.importers.wordpress.home import Home
from sitegen.model.config import Config
from sitegen.model.names import Slug
from sitegen.parse.addresses import is_mail_address, read_site_address
from sitegen.parse.sanitize import clean_text
from sitegen.plan.out_paths import check_out_path
from sitegen.plan.slugs import slugify
from sitegen.plan.urls import author_url, close_url, escape_path, out_path, section_url, tag_url

_TAG = re.compile(r"<[^<>]*>")
_AUTOMATIC = re.compile(r"(\[(…|\.\.\.)\]|…)$")
"""How the excerpts end that WordPress cuts from the text by itself."""
_LONGEST_NAME = 120
_LONGEST_SHOWN = 80
_STICKY_WEIGHT = 10
_LONGEST_DESCRIPTION = 300
_IN_KEY = "/:?=&%@~!$'()*+,;"
_DEFAULT = frozenset({"uncategorized", "uncategorised"})
"""The category of posts for which nobody has chosen one."""
_PATTERNS = (
    "/{section}/{year}/{month}/{slug}/",
    "/{year}/{month}/{day}/{slug}/",
    "/{year}/{month}/{slug}/",
    "/{section}/{slug}/",
    "/{slug}/",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A category, a tag or an author."""

    name: str
    """The displayed name, as plain text."""
    slug: str
    """Its part of addresses."""
    address: str | None = None
    """Its page at the source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post or a page."""

    id: int | None
    """Its number at the source; None where only its address is known."""
    kind: Literal["article", "page"]
    """What it becomes."""
    state: State = "published"
    """What it was."""
    title: str
    """HTML."""
    slug: str
    """Its part of the address, perhaps percent-encoded."""
    address: str | None
    """Its page at the source; None where it has none yet."""
    date: datetime | None
    """When it was published."""
    updated: datetime | None = None
    """When it was changed last."""
    authors: tuple[Term, ...] = ()
    """Who wrote it."""
    categories: tuple[Term, ...] = ()
    """Its categories; the first becomes the section, the others tags."""
    tags: tuple[Term, ...] = ()
    """Its tags."""
    excerpt: str = ""
    """HTML."""
    image: str | None = None
    """Where its featured image is here."""
    image_alt: str = ""
    """What the image shows."""
    body: str
    """Markdown."""
    media: tuple[Media, ...] = ()
    """Files that it needs."""
    thread: CapturedThread | None = None
    """Its comments."""
    is_sticky: bool = False
    """Whether it is held at the top."""
    aliases: tuple[str, ...] = ()
    """Further addresses of it at the source, from the root."""


@dataclass(slots=True)
class Posts:
    """Turns posts of one site into documents, and sums up what they have in common."""

    home: Home
    """Where they come from."""
    config: Config
    """The site that they go to."""
    taken: Container[str] = frozenset()
    """Addresses of posts and pages here, not encoded; no section gets one of them."""
    _terms: dict[str, str] = field(default_factory=dict)
    _addresses: set[str] = field(default_factory=set)
    _patterns: Counter[str] = field(default_factory=Counter)
    _dated: int = 0
    _lost: dict[str, None] = field(default_factory=dict)

    def make_document(self, post: Post) -> ImportedDocument:
        """Return the document of a post."""
        zone = ZoneInfo(self.config.timezone)
        date = post.date.astimezone(zone) if post.date else None
        updated = post.updated.astimezone(zone) if post.updated and post.date and post.updated > post.date else None
        url = self._find_url(post)
        slug = _shorten(slugify(unquote(post.slug)) or _name_by_path(url))
        slug = slug if slug and check_out_path(slug) is None else f"post-{post.id}"
        section = next((term for term in post.categories if self._can_be_section(term)), None)
        others = [term for term in post.categories if term is not section and term.slug not in _DEFAULT]
        tags = tuple({term.name.casefold(): term for term in (*others, *post.tags)}.values())
        authors = tuple(term for term in post.authors if term.name and not is_mail_address(term.name))
        if post.kind == "article" and post.state == "published":
            self._note(date, url, slug, section)
            self._note_terms(post, section, tags, authors)
        title = read_plain(post.title) or slug.replace("-", " ").capitalize()
        image: object = post.image
        if post.image and post.image_alt:
            image = {"src": post.image, "alt": read_plain(post.image_alt)}
        folder = "pages" if post.kind == "page" else slugify(section.name) if section else ""
        name = f"{date:%Y-%m-%d}-{slug}" if post.kind == "article" and date else slug
        return ImportedDocument(
            kind=post.kind,
            key=self._make_key(post),
            path=f"{folder}/{name}.md" if folder else f"{name}.md",
            state=post.state,
            front_matter={
                "title": title,
                "date": date if post.kind == "article" else None,
                "updated": updated,
                "draft": True if post.state == "draft" else None,
                "slug": slug if not url else None,
                "url": url,
                "aliases": self._list_aliases(post),
                "section": section.name if section and post.kind == "article" else None,
                "tags": [term.name for term in tags],
                "authors": [term.name for term in authors],
                "description": _read_excerpt(post),
                "image": image,
                "weight": _STICKY_WEIGHT if post.is_sticky and post.kind == "article" else None,
            },
            body=post.body,
            thread=post.thread,
            media=post.media,
        )

    def finish(self, tally: Tally) -> None:
        """Put the redirects of categories, tags and authors, and a fitting pattern of addresses, into `tally`."""
        tally.redirects.update(
            {old: new for old, new in self._terms.items() if old not in self._addresses and old != new}
        )
        if self._lost:
            shown = next(iter(self._lost))[:_LONGEST_SHOWN]
            message = f"old addresses that no file can answer are given up, such as `{shown}` ({len(self._lost)})"
            tally.warnings.append(warning("import", message))
        if self._patterns:
            pattern, number = self._patterns.most_common(1)[0]
            tally.permalink = pattern if number * 2 > self._dated else None

    def _make_key(self, post: Post) -> str:
        if post.id is not None:
            return self.home.make_key(post.id)
        return quote(f"{self.home.address.lower()}{self._find_url(post) or f'/{post.slug}'}", safe=_IN_KEY)

    def _list_aliases(self, post: Post) -> list[str]:
        """Return old addresses; a document that nobody could see has none."""
        if post.state != "published":
            return []
        front = self.home.find_path(f"{self.home.address}/")
        names = ("p", "page_id") if post.kind == "page" else ("p",)
        short = [f"{front}?{name}={post.id}" for name in names if post.id is not None]
        return [*short, *filter(_can_stand, post.aliases)]

    def _can_be_section(self, term: Term) -> bool:
        """Whether a category can be a section: nobody chose it where it is the default, and pages keep their place."""
        slug = slugify(term.name)
        return bool(slug) and term.slug not in _DEFAULT and self._find_section(slug) not in self.taken

    def _find_section(self, slug: Slug) -> str:
        return section_url(slug, self.config.language, self.config)

    def _find_url(self, post: Post) -> str | None:
        """Return the old path of a post; None for a draft, and for the plain form `/?p=17`, which is an alias."""
        path = self.home.find_path(post.address) if post.address and post.state == "published" else None
        if path is None or "?" in path or path == "/":
            return None
        url = unquote(path.partition("#")[0])
        if not _can_stand(url):
            self._lost[url] = None
            return None
        return url

    def _note(self, date: datetime | None, url: str | None, slug: str, section: Term | None) -> None:
        """Note which patterns make the address that a post has."""
        if date is None:
            return
        self._dated += 1
        values = {
            "section": slugify(section.name) if section else "",
            "year": f"{date.year:04}",
            "month": f"{date.month:02}",
            "day": f"{date.day:02}",
            "slug": slug,
        }
        fitting = [pattern for pattern in _PATTERNS if re.sub("/{2,}", "/", pattern.format(**values)) == url]
        self._patterns.update(fitting[:1])

    def _note_terms(self, post: Post, section: Term | None, tags: Sequence[Term], authors: Sequence[Term]) -> None:
        """Note where the pages of categories, tags and authors lead now."""
        self._addresses.update(path for path in (self._find_url(post),) if path)
        language, config = self.config.language, self.config
        found = [(term, self._find_section(slugify(term.name))) for term in (section,) if term]
        found += [(term, tag_url(slugify(term.name), language, config)) for term in tags]
        found += [(term, author_url(slugify(term.name), language, config)) for term in authors]
        for term, url in found:
            old = self.home.find_path(term.address) if term.address else None
            if old and "?" not in old and slugify(term.name) and _can_stand(unquote(old)):
                self._terms.setdefault(unquote(old), url)
                if term is section:
                    self._terms.setdefault(f"{unquote(old).rstrip('/')}/feed/", f"{url}rss.xml")


def read_plain(markup: str) -> str:
    """Return what HTML says, on one line: titles are HTML in WordPress."""
    return " ".join(clean_text(html.unescape(_TAG.sub("", markup))).split())


def _can_stand(url: str) -> bool:
    """Whether a page can answer at an address, which is not encoded, on every file system."""
    try:
        return check_out_path(out_path(close_url(escape_path(read_site_address(url))))) is None
    except ValueError:
        return False


def _name_by_path(url: str | None) -> str:
    """Return the last part of an address as the name of a file."""
    return slugify((url or "").rstrip("/").rpartition("/")[2])


def _read_excerpt(post: Post) -> str | None:
    """Return an excerpt that somebody has written; WordPress cuts one from the text where there is none."""
    text = read_plain(post.excerpt)
    if not text or _AUTOMATIC.search(text) or len(text) > _LONGEST_DESCRIPTION:
        return None
    words = re.findall(r"\w+", text)
    return None if words == re.findall(r"\w+", post.body)[: len(words)] else text


def _shorten(slug: str) -> str:
    """Return a slug that fits into the name of a file, whatever it is written in."""
    return slug.encode()[:_LONGEST_NAME].decode(errors="ignore").strip("-")
