"""WXR, the format of WordPress's exports (versions 1.0 to 1.2), as records: only what is used is kept.

Source: `wp-admin/includes/export.php` of WordPress 6.9. E-mail addresses are read only to know an author by one, IP
addresses and user agents not at all, and of a password only that there is one.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sitegen.importers.xml_input import Element
from sitegen.plan.slugs import slugify

PATH = ("rss", "channel")
"""Elements around those that are read."""
_WORDPRESS = re.compile(r"https?://wordpress\.org/export/1\.\d+/(excerpt/)?")
_OTHERS: Mapping[str, str] = {
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
}


@lru_cache(maxsize=1000)
def shorten_name(name: str) -> str:
    """Return the name of an element as WordPress writes it: `wp:post_id`, whatever the version of the format."""
    space, _, local = name.rpartition(" ")
    match = _WORDPRESS.fullmatch(space)
    if match:
        return f"excerpt:{local}" if match[1] else f"wp:{local}"
    return f"{_OTHERS.get(space, space)}{local}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTerm:
    """A category or tag of an item."""

    taxonomy: str
    """`category`, `post_tag`, or one of a plugin."""
    slug: str
    """Its part of addresses, perhaps percent-encoded."""
    name: str
    """Its name, HTML."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemComment:
    """A comment of an item."""

    id: str
    """Its number."""
    parent: str
    """The number of the one that it answers; empty or `0` for none."""
    author: str
    """Displayed name, HTML."""
    site: str
    """Address of the author's own site."""
    user: str
    """The number of the author's account; empty or `0` for a guest."""
    date: str
    """When it was written, in the site's zone."""
    date_gmt: str
    """When it was written, in UTC."""
    content: str
    """What it says, without paragraphs."""
    approved: str
    """`1` if it is public."""
    type: str
    """Empty or `comment` for a plain one."""
    meta: Mapping[str, str]
    """What plugins keep of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A post, page, attachment or anything else that WordPress keeps as one."""

    id: int | None
    """Its number; None where it has none."""
    type: str
    """`post`, `page`, `attachment`, …"""
    status: str
    """`publish`, `draft`, …; `publish` where the file does not speak of it at all."""
    has_password: bool
    """Whether readers need a password."""
    title: str
    """HTML."""
    link: str
    """Its address."""
    creator: str
    """Login of the author."""
    content: str
    """The body, as it was typed."""
    excerpt: str
    """HTML."""
    slug: str
    """Its part of the address, perhaps percent-encoded."""
    parent: int | None
    """The item above it, or that an attachment was uploaded to."""
    order: str
    """Its place among its siblings, a number."""
    date: str
    """When it was published, in the site's zone."""
    date_gmt: str
    """When it was published, in UTC."""
    pub_date: str
    """The same as RSS writes it."""
    modified: str
    """When it was changed, in the site's zone."""
    modified_gmt: str
    """When it was changed, in UTC."""
    is_sticky: bool
    """Whether it is held at the top."""
    is_open: bool
    """Whether readers may comment."""
    attachment: str
    """Address of the file of an attachment."""
    terms: tuple[ItemTerm, ...]
    """Its categories and tags."""
    meta: Mapping[str, str]
    """What plugins keep of it."""
    comments: tuple[ItemComment, ...]
    """Its comments."""


class Fields:
    """The children of an element, by their short names."""

    def __init__(self, element: Element) -> None:
        """Look at `element`."""
        self._children: dict[str, list[Element]] = {}
        for child in element.children:
            self._children.setdefault(shorten_name(child.name), []).append(child)

    def text(self, name: str) -> str:
        """Return the text of the first child of that name; empty where there is none."""
        found = self._children.get(name)
        return "".join(found[0].pieces).strip() if found else ""

    def number(self, name: str) -> int | None:
        """Return the number in a child; None where there is none."""
        return read_number(self.text(name))

    def all(self, name: str) -> list[Element]:
        """Return the children of that name."""
        return self._children.get(name, [])


def read_number(text: str) -> int | None:
    """Return a number of an item or account; None for what is none, and for 0, by which WordPress says that."""
    return int(text) or None if text.isdecimal() and text.isascii() and len(text) < 20 else None


def read_item(element: Element) -> Item:
    """Return the item that an element `<item>` holds."""
    fields = Fields(element)
    return Item(
        id=fields.number("wp:post_id"),
        type=fields.text("wp:post_type") or "post",
        status=fields.text("wp:status") if fields.all("wp:status") else "publish",
        has_password=bool(fields.text("wp:post_password")),
        title=fields.text("title"),
        link=fields.text("link"),
        creator=fields.text("dc:creator"),
        content=fields.text("content:encoded"),
        excerpt=fields.text("excerpt:encoded"),
        slug=fields.text("wp:post_name"),
        parent=fields.number("wp:post_parent"),
        order=fields.text("wp:menu_order"),
        date=fields.text("wp:post_date"),
        date_gmt=fields.text("wp:post_date_gmt"),
        pub_date=fields.text("pubDate"),
        modified=fields.text("wp:post_modified"),
        modified_gmt=fields.text("wp:post_modified_gmt"),
        is_sticky=fields.text("wp:is_sticky") == "1",
        is_open=fields.text("wp:comment_status") == "open",
        attachment=fields.text("wp:attachment_url"),
        terms=tuple(_read_terms(fields)),
        meta=_read_meta(fields.all("wp:postmeta")),
        comments=tuple(_read_comment(comment) for comment in fields.all("wp:comment")),
    )


def _read_terms(fields: Fields) -> Iterator[ItemTerm]:
    """Yield categories and tags; WXR 1.0 has each twice, the first time without its slug, and calls tags `tag`."""
    terms: dict[tuple[str, str], ItemTerm] = {}
    for element in fields.all("category"):
        slug, name = element.attributes.get("nicename", ""), "".join(element.pieces).strip()
        domain = element.attributes.get("domain", "category")
        taxonomy = "post_tag" if domain == "tag" else domain
        if name and (slug or (taxonomy, name) not in terms):
            terms[taxonomy, name] = ItemTerm(taxonomy=taxonomy, slug=slug or slugify(name), name=name)
    yield from terms.values()


def _read_meta(elements: list[Element]) -> Mapping[str, str]:
    """Return what plugins keep, without what says who somebody is: Akismet keeps whole requests."""
    meta: dict[str, str] = {}
    for element in elements:
        fields = Fields(element)
        key = fields.text("wp:meta_key")
        if not key.startswith("akismet"):
            meta.setdefault(key, fields.text("wp:meta_value"))
    return meta


def _read_comment(element: Element) -> ItemComment:
    fields = Fields(element)
    return ItemComment(
        id=fields.text("wp:comment_id"),
        parent=fields.text("wp:comment_parent"),
        author=fields.text("wp:comment_author"),
        site=fields.text("wp:comment_author_url"),
        user=fields.text("wp:comment_user_id"),
        date=fields.text("wp:comment_date"),
        date_gmt=fields.text("wp:comment_date_gmt"),
        content=fields.text("wp:comment_content"),
        approved=fields.text("wp:comment_approved"),
        type=fields.text("wp:comment_type"),
        meta=_read_meta(fields.all("wp:commentmeta")),
    )
