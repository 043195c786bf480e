"""A document of the site: what its front matter says, and its body with open slots for links and images."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from sitegen.errors import Problem, Span
from sitegen.model.config import TomlValue
from sitegen.model.moment import Moment
from sitegen.model.names import NO_DIGEST, ArticleId, Digest, Html, Slug, Url


class Rating(Struct, frozen=True, kw_only=True, array_like=True):
    """What readers thought of an article, as a number of votes gave it."""

    value: float
    """The average, between `worst` and `best`; 0 with no votes means unrated."""
    votes: int | None = None
    """How many voted; None where that is not known."""
    best: float = 5
    """The highest possible value."""
    worst: float = 1
    """The lowest possible value."""
    label: str = ""
    """Words above the rating; empty: the site's or the theme's own."""


Policy = Literal["credit", "canonical", "noindex"]


class Source(Struct, frozen=True, kw_only=True, array_like=True):
    """Where the article was first published."""

    text: str
    """The credit line exactly as it is to be read."""
    url: str | None = None
    """Absolute address of the original."""
    licence: str | None = None
    """The licence under which it is republished, as text."""
    policy: Policy = "credit"
    """What search engines are told: nothing, that the original is canonical, or not to index this copy."""


class Correction(Struct, frozen=True, kw_only=True, array_like=True):
    """A mistake that was mended after publication, and said so."""

    date: Moment
    """When it was mended."""
    text: str
    """What was wrong and what is right, as plain text."""


class LeadImage(Struct, frozen=True, kw_only=True, array_like=True):
    """The picture of the article."""

    src: str
    """As written: a path beside the article, from the site's root (`/uploads/x.jpg`), or an absolute address."""
    alt: str = ""
    """What is to be seen, for readers who cannot; empty for decoration."""
    caption: str = ""
    """Plain text below the picture."""
    credit: str = ""
    """Who made it."""


class NeighbourChoice(Struct, frozen=True, kw_only=True, array_like=True):
    """What `prev` or `next` says; the absence of a choice means computed by date."""

    reference: str | None = None
    """What to look for: an absolute URL, content path, URL of this site, slug or exact title."""
    title: str | None = None
    """A title given outright; without `reference` it is linked if unique, else shown as plain text."""
    suppressed: bool = False
    """`false` was written: no neighbour is shown."""


class Label(Struct, frozen=True, kw_only=True, array_like=True):
    """A mark above the headline, such as "Breaking"."""

    text: str
    """The words."""
    until: Moment | None = None
    """From when on it is no longer shown; None: it stays."""


class SeriesPart(Struct, frozen=True, kw_only=True, array_like=True):
    """That an article is one part of several."""

    name: str
    """The name of the whole."""
    part: int | None = None
    """Its number, from 1; None: its place is by date, behind those that have one."""


class Takedown(Struct, frozen=True, kw_only=True, array_like=True):
    """An article that was published and is not to be any more."""

    reason: str = ""
    """What readers are told at its address, as plain text; may be empty."""
    date: Moment | None = None
    """When it was taken down."""
    show_title: bool = False
    """Whether its headline still stands there."""


class UpdateNote(Struct, frozen=True, kw_only=True, array_like=True):
    """An update of a live story as front matter gives it."""

    at: Moment
    """When it was written."""
    title: str = ""
    """Its headline, as plain text."""
    text: str = ""
    """What happened, as Markdown."""


class Metadata(Struct, frozen=True, kw_only=True, array_like=True):
    """The front matter, every accepted way of writing brought into one form."""

    title: str
    """The headline, as plain text."""
    date: Moment | None
    """When it was, or will be, published; None only for a page."""
    updated: Moment | None = None
    """When it was last changed in a way that readers should know of."""
    expires: Moment | None = None
    """From when on it is no longer published."""
    embargo: Moment | None = None
    """Until when nothing of it may be published, whatever its date."""
    description: str = ""
    """A sentence or two for lists, feeds and search engines; empty: taken from the first paragraph of the body."""
    section: Slug | None = None
    """Folder or front matter section; None for a document directly in `content/`."""
    section_title: str | None = None
    """The section's name where front matter gives it; the folder's `_index.md` wins."""
    tags: tuple[str, ...] = ()
    """Tags as written, without further spellings of one."""
    authors: tuple[str, ...] = ()
    """Bylines as written, without further spellings of one."""
    language: str = "en"
    """BCP 47 tag."""
    translation_key: str | None = None
    """Documents in different languages with the same key are translations of each other."""
    slug: Slug
    """Last segment of the address: front matter, else the file's name without its date."""
    url: Url | None = None
    """An address given outright instead of the permalink pattern."""
    aliases: tuple[Url, ...] = ()
    """Old addresses on this site that lead here; one with a `?` has a query, percent-encoded."""
    source: Source | None = None
    """The credit of the original publisher."""
    rating: Rating | None = None
    """The rating that front matter gives."""
    image: LeadImage | None = None
    """The picture."""
    label: Label | None = None
    """The mark above the headline."""
    corrections: tuple[Correction, ...] = ()
    """Mended mistakes, newest first."""
    series: SeriesPart | None = None
    """What it is a part of."""
    live: Literal["open", "closed"] | None = None
    """Whether it is a live story, and whether updates still come."""
    updates: tuple[UpdateNote, ...] = ()
    """Updates that stand in front matter instead of the body."""
    prev: NeighbourChoice | None = None
    """Instead of the computed older neighbour."""
    next: NeighbourChoice | None = None
    """Instead of the computed newer neighbour."""
    comments: Literal["auto", "off", "closed"] = "auto"
    """`auto`: shown if there is a snapshot; `off`: never shown; `closed`: shown, and said to be closed."""
    comments_path: str | None = None
    """Path of the snapshot relative to the document's folder where front matter names one."""
    draft: bool = False
    """Not to be published yet."""
    gone: Takedown | None = None
    """It was taken down: its address says so, and it is nowhere else."""
    weight: int = 0
    """Heavier stands higher on the home page and in its section's block."""
    template: str | None = None
    """Another template of the theme for this document."""
    extra: Mapping[str, TomlValue] = field(default_factory=dict)
    """The site's own keys, for its own templates."""


class LinkSlot(Struct, frozen=True, kw_only=True, array_like=True):
    """A link in the body whose address the plan has to find."""

    target: str
    """As written: `other.md#part`, `report.pdf`, `/about/`."""
    attribute: str = "href"
    """Name of the attribute: `href`; `src` or `poster` of audio and video."""
    span: Span | None = None
    """Where the target stands in the file."""


class ImageSlot(Struct, frozen=True, kw_only=True, array_like=True):
    """An image in the body whose address and size the plan has to find."""

    target: str
    """As written: `bridge.jpg`, `/uploads/bridge.jpg`, or an absolute address."""
    sized: bool = False
    """Whether the author wrote `width` or `height`, so that none is added."""
    span: Span | None = None
    """Where the target stands in the file."""


class TocEntry(Struct, frozen=True, kw_only=True, array_like=True):
    """A heading of the body."""

    level: int
    """1 to 6."""
    id: str
    """Its anchor."""
    title: str
    """Its text, without markup."""


class Slot(Struct, frozen=True, kw_only=True, array_like=True):
    """A gap between two parts of a body."""

    kind: Literal["link", "image", "moment"]
    """Which list `index` counts in."""
    index: int
    """Position in `Article.links`, `Article.images` or `Body.moments`."""


class Body(Struct, frozen=True, kw_only=True, array_like=True):
    """The text of a document as HTML, in pieces around the addresses that are not known yet.

    `parts[0] + slots[0] + parts[1] + … + parts[-1]`: there is one part more than there are slots, so no text that an
    author writes can be mistaken for a placeholder. A slot stands for a whole attribute: `href="…"` of a link, or
    nothing where the link leads to what is not published; `src="…"` of an image, with ` width="…" height="…"` behind it
    where the size is known. Or it stands for an instant, in the words of the page's language.
    """

    parts: tuple[Html, ...]
    """HTML between the slots."""
    slots: tuple[Slot, ...]
    """What belongs between the parts."""
    moments: tuple[Moment, ...] = ()
    """Instants of a live story's updates."""
    toc: tuple[TocEntry, ...] = ()
    """Headings in order."""
    words: int = 0
    """Number of words; letters of scripts without spaces count each."""


class LiveUpdate(Struct, frozen=True, kw_only=True, array_like=True):
    """An update of a live story."""

    at: Moment
    """When it was written."""
    id: str
    """The anchor of its heading."""
    title: str
    """Its headline, as plain text; may be empty."""
    text: str
    """What happened, as plain text of at most 2000 characters."""


class LiveStory(Struct, frozen=True, kw_only=True, array_like=True):
    """An article that grows while things happen."""

    is_open: bool
    """Whether updates still come."""
    updates: tuple[LiveUpdate, ...]
    """The newest first."""


class Article(Struct, frozen=True, kw_only=True, array_like=True):
    """A document without its body: all that planning needs."""

    id: ArticleId
    """Path below `content/`."""
    kind: Literal["article", "page"]
    """A page has no date and no neighbours and is in no list."""
    bundle: bool
    """Whether it is the `index.md` of a folder of its own."""
    metadata: Metadata
    """Its front matter."""
    excerpt: str
    """Plain text of the first paragraph, cut at a word near 200 characters: the description where none is given."""
    links: tuple[LinkSlot, ...]
    """Links to resolve, in the order of `Slot.index`."""
    images: tuple[ImageSlot, ...]
    """Images to resolve, in the order of `Slot.index`."""
    spans: Mapping[str, Span]
    """Field name to the place of its value in the file."""
    warnings: tuple[Problem, ...]
    """What parsing found worth saying, repeated at every build."""
    body_digest: Digest
    """Digest of the `Body`, which is kept apart."""
    live: LiveStory | None = None
    """Its updates, if it is a live story."""
    words: int = 0
    """Number of words in the body, for the reading time."""
    front: tuple[int, Digest] = (0, NO_DIGEST)
    """Number of characters and digest of everything above the body: while both are equal, it says the same."""


class SectionIndex(Struct, frozen=True, kw_only=True, array_like=True):
    """`_index.md` of a section's folder."""

    slug: Slug
    """The folder's name as an address segment."""
    title: str
    """The section's name."""
    description: str = ""
    """What the section is about."""
    order: int = 0
    """Sections stand in this order, then by title."""
