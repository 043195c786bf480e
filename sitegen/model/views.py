"""What templates see: `site` and `page`, and for documents `content` and `comments`.

`docs/reference/views.md` is generated from the types and docstrings below.
"""

from collections.abc import Mapping

from msgspec import Struct

from sitegen.model.article import Correction, Label, LiveStory, Rating, Source, TocEntry
from sitegen.model.card import Card, Link, Named, Picture, Status
from sitegen.model.config import TomlValue
from sitegen.model.moment import Moment
from sitegen.model.names import ArticleId, Digest, Html, Url


class MenuLink(Struct, frozen=True, kw_only=True, array_like=True):
    """One entry of a menu."""

    title: str
    """The words of the link."""
    url: str
    """Address on this site or absolute; for the `href` filter."""


class SiteView(Struct, frozen=True, kw_only=True, array_like=True):
    """`site`: what every page may show of the whole site. It differs by language, and holds nothing of any article."""

    title: str
    """The name of the site."""
    description: str
    """What it is about; may be empty."""
    language: str
    """BCP 47 tag of this part of the site."""
    direction: str
    """`ltr` or `rtl`."""
    home: Url
    """The front page in this language."""
    base_url: str
    """Where the site stands, with scheme and a closing `/`."""
    timezone: str
    """Zone of every date that is shown (IANA name)."""
    copyright: str
    """The copyright line; may be empty."""
    contact: str
    """Address behind "Write to the editor": `mailto:` or `https:`; empty if there is none."""
    rating_label: str
    """Words above a rating; empty: the theme's own."""
    claims_ratings: bool
    """Whether machines are told how articles are rated."""
    menus: Mapping[str, tuple[MenuLink, ...]]
    """Menus by name."""
    sections: tuple[Named, ...]
    """Sections that have something to read, in order."""
    rss: Url
    """The site's RSS feed in this language."""
    atom: Url
    """The site's Atom feed in this language."""
    json_feed: Url
    """The site's JSON Feed in this language."""
    archive: Url | None
    """The archive by year and month; None where it is switched off or has no article, as for the next three."""
    tags: Url | None
    """The page with all tags."""
    authors: Url | None
    """The page with all authors."""
    corrections: Url | None
    """The page with all corrections."""
    options: Mapping[str, TomlValue]
    """Options of the theme: its defaults, with `[options]` of the configuration laid over them."""


class FeedLink(Struct, frozen=True, kw_only=True, array_like=True):
    """A feed that a page announces in its head."""

    title: str
    """What it holds."""
    url: Url
    """Where it is."""
    type: str
    """Media type."""


class Alternate(Struct, frozen=True, kw_only=True, array_like=True):
    """The same document in another language."""

    language: str
    """BCP 47 tag."""
    url: Url
    """Where it is."""


class MetaTag(Struct, frozen=True, kw_only=True, array_like=True):
    """An Open Graph property."""

    property: str
    """`og:title` and so on."""
    content: str
    """Its value; addresses are absolute."""


class NamedMeta(Struct, frozen=True, kw_only=True, array_like=True):
    """A meta tag that has a name: the form of the card that social networks show, and who wrote the article."""

    name: str
    """`twitter:card` and so on."""
    content: str
    """Its value."""


class Head(Struct, frozen=True, kw_only=True, array_like=True):
    """`page.head`: what belongs into `<head>`."""

    title: str
    """Text of `<title>`, the site's name included."""
    description: str
    """Text for search engines; may be empty."""
    canonical: str
    """Absolute address of this page, or of the original it was taken from; empty: none."""
    robots: str
    """Content of the robots meta tag; empty: none."""
    feeds: tuple[FeedLink, ...]
    """Feeds to announce."""
    alternates: tuple[Alternate, ...]
    """Translations, this page among them; empty if there are none."""
    open_graph: tuple[MetaTag, ...]
    """Open Graph properties in order."""
    named: tuple[NamedMeta, ...]
    """Further meta tags, by name instead of by property."""


class BodyLink(Struct, frozen=True, kw_only=True, array_like=True):
    """What stands in a link slot of a body."""

    address: str
    """On this site or absolute; empty for a link that is shown as plain text."""
    attribute: str = "href"
    """Name of the attribute."""


class BodyRef(Struct, frozen=True, kw_only=True, array_like=True):
    """Which body a page shows, and what stands in its slots."""

    digest: Digest
    """Digest of the `Body`."""
    links: tuple[BodyLink, ...]
    """Links, in the order of `Slot.index`."""
    images: tuple[Picture, ...]
    """Images, in the order of `Slot.index`."""


class SeriesView(Struct, frozen=True, kw_only=True, array_like=True):
    """The series that an article is a part of."""

    title: str
    """Its name."""
    url: Url
    """The page that has all parts."""
    number: int
    """Which part this article is, from 1."""
    parts: tuple[Link, ...]
    """All parts in order, this one among them."""


class PlannedArticle(Struct, frozen=True, kw_only=True, array_like=True):
    """An article as it is planned: what its page shows, but for the head.

    That follows from this and from `site`, and is made when the page is rendered: to plan, compare and send the heads
    of thousands of pages that nobody renders would take longer than all the rest.
    """

    id: ArticleId
    """Path below `content/`."""
    url: Url
    """Its address."""
    status: Status
    """Anything but `published` only in a preview."""
    title: str
    """The headline."""
    description: str
    """The standfirst as front matter gives it; empty if it does not."""
    summary: str
    """The same, or else the beginning of the text; may be empty."""
    alternates: tuple[Alternate, ...]
    """Its translations, itself among them; empty if there are none."""
    date: Moment
    """When it was published."""
    updated: Moment | None
    """When it was last changed in a way that readers should know of."""
    section: Named | None
    """Its section."""
    tags: tuple[Named, ...]
    """Its tags."""
    authors: tuple[Named, ...]
    """Its authors."""
    label: Label | None
    """The mark above the headline."""
    image: Picture | None
    """Its picture."""
    source: Source | None
    """The credit of the original publisher."""
    rating: Rating | None
    """Its rating; None where nobody rated it."""
    corrections: tuple[Correction, ...]
    """Mended mistakes, newest first."""
    live: LiveStory | None
    """Its updates, if it is a live story; `content` has them too."""
    previous: Link | None
    """The older neighbour."""
    next: Link | None
    """The newer neighbour."""
    series: SeriesView | None
    """What it is a part of."""
    related: tuple[Link, ...]
    """Older articles that share its tags, the most related first; as many as `[lists.related]` says."""
    reading_minutes: int
    """Minutes it takes to read, at least 1."""
    has_comments: bool
    """Whether `comments` is there."""
    comments_closed: bool
    """Whether the page says that comments are closed, with or without a snapshot."""
    comment_feed: Url | None
    """The feed of its comments."""
    extra: Mapping[str, TomlValue]
    """The site's own front matter keys."""
    body: BodyRef
    """Where `content` comes from."""
    thread: Digest | None
    """Where `comments` come from."""


class ArticleView(PlannedArticle, frozen=True, kw_only=True):
    """`page` in `article.html`."""

    head: Head
    """What belongs into `<head>`."""


class PageView(Struct, frozen=True, kw_only=True, array_like=True):
    """`page` in `page.html`."""

    head: Head
    """What belongs into `<head>`."""
    id: ArticleId
    """Path below `content/`."""
    url: Url
    """Its address."""
    status: Status
    """Anything but `published` only in a preview."""
    title: str
    """Its title."""
    description: str
    """As front matter gives it."""
    updated: Moment | None
    """When it was last changed."""
    image: Picture | None
    """Its picture."""
    has_comments: bool
    """Whether `comments` is there."""
    comments_closed: bool
    """Whether the page says that comments are closed, with or without a snapshot."""
    comment_feed: Url | None
    """The feed of its comments."""
    extra: Mapping[str, TomlValue]
    """The site's own front matter keys."""
    body: BodyRef
    """Where `content` comes from."""
    thread: Digest | None
    """Where `comments` come from."""


class MarkedPassage(Struct, frozen=True, kw_only=True, array_like=True):
    """A passage of the body that comments answer; `<mark>` stands around it."""

    quote: str
    """Its beginning, as the first of the comments quotes it."""
    count: int
    """How many comments answer it, at least one."""
    comment: str
    """`id` attribute of the first of them."""


class BodyPiece(Struct, frozen=True, kw_only=True, array_like=True):
    """The body up to the end of a passage, or to its own end. It may open an element that another piece closes."""

    html: Html
    """The text, with marks."""
    passages: tuple[MarkedPassage, ...]
    """Passages that end with it: a link to their comments belongs here."""


class Content(Struct, frozen=True, kw_only=True, array_like=True):
    """`content`: the body of a document."""

    html: Html
    """The text."""
    pieces: tuple[BodyPiece, ...]
    """The same text with the passages marked that comments answer; one piece where there is no such passage."""
    toc: tuple[TocEntry, ...]
    """Its headings in order."""


class Pager(Struct, frozen=True, kw_only=True, array_like=True):
    """The way through a long list. It never shows how many pages there are, so that old pages stay as they are."""

    number: int | None
    """Number of this page, counted from the oldest; None for the front of the list."""
    older: Url | None
    """The next older page."""
    front: Url | None
    """The front of the list; None where this is it."""


class ListView(Struct, frozen=True, kw_only=True, array_like=True):
    """`page` in `section.html`, `tag.html`, `author.html`, `series.html`, and in `list.html` for older ones of home."""

    head: Head
    """What belongs into `<head>`."""
    url: Url
    """Its address."""
    title: str
    """Name of the section, tag, author or series; the site's title for older pages of the home page."""
    description: str
    """What it is about; may be empty."""
    lead: Card | None
    """The first story, on the front of a section alone; it is not among `cards`."""
    cards: tuple[Card, ...]
    """Articles, newest first; heavier ones above on the front of a section; parts of a series in their order."""
    lists: Mapping[str, tuple[Card, ...]]
    """The lists that the theme declares for such a page, by name; on the front alone."""
    pager: Pager
    """The way to older ones."""
    feed: Url | None
    """Its RSS feed, if it has one."""


class SectionBlock(Struct, frozen=True, kw_only=True, array_like=True):
    """A section on the home page."""

    section: Named
    """Which."""
    cards: tuple[Card, ...]
    """Its articles, at least one, none of which stands above on the page."""


class HomeView(Struct, frozen=True, kw_only=True, array_like=True):
    """`page` in `home.html`."""

    head: Head
    """What belongs into `<head>`."""
    url: Url
    """Its address."""
    lead: Card | None
    """The first story; None on an empty site."""
    secondary: tuple[Card, ...]
    """The stories beside it."""
    blocks: tuple[SectionBlock, ...]
    """Sections in order."""
    latest: tuple[Card, ...]
    """What is left of the newest, in order of time."""
    lists: Mapping[str, tuple[Card, ...]]
    """The lists that the theme declares for the front page, by name. Their articles may stand elsewhere on it too."""
    pager: Pager
    """The way to older ones."""
    comment_feed: Url | None
    """The feed of the comments on all articles and pages, if there is a comment that has a time."""


View = PlannedArticle | PageView | ListView | HomeView
