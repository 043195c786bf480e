"""What the templates of feeds and maps see as `page`."""

from msgspec import Struct

from sitegen.model.card import Card, Link
from sitegen.model.moment import Moment
from sitegen.model.names import Digest, Url
from sitegen.model.views import BodyRef


class FeedEntry(Struct, frozen=True, kw_only=True, array_like=True):
    """An article in a feed."""

    card: Card
    """What lists show of it."""
    body: BodyRef | None
    """Its text, where feeds carry it."""
    comment_feed: Url | None
    """The feed of its comments."""
    comments_updated: Moment | None
    """The newest instant among its comments, where one is known."""


class FeedView(Struct, frozen=True, kw_only=True, array_like=True):
    """`page` in `rss.xml`, `atom.xml` and `feed.json`."""

    url: Url
    """Its own address."""
    title: str
    """What it holds."""
    description: str
    """In a sentence."""
    home: Url
    """The page it belongs to."""
    updated: Moment | None
    """The newest instant in it; None where it is empty."""
    entries: tuple[FeedEntry, ...]
    """Newest first."""


class CommentFeedView(Struct, frozen=True, kw_only=True, array_like=True):
    """`page` in `comments.xml`, the feed of the comments on one article or page."""

    url: Url
    """Its own address."""
    article: Link
    """What the comments are on."""
    updated: Moment | None
    """The newest instant in it; None where no comment has one."""
    thread: Digest
    """Where `comments` come from."""


class FeedComment(Struct, frozen=True, kw_only=True, array_like=True):
    """A comment in the feed of all comments."""

    anchor: str
    """Value of the `id` attribute on the page."""
    article: Link
    """What it is on; without its picture."""
    thread: Digest
    """Where it is found."""


class AllCommentsView(Struct, frozen=True, kw_only=True, array_like=True):
    """`page` in `all-comments.xml`, the feed of the comments on all articles and pages of a language."""

    url: Url
    """Its own address."""
    title: str
    """The name of the site."""
    home: Url
    """The front page."""
    updated: Moment
    """The newest instant in it."""
    entries: tuple[FeedComment, ...]
    """The newest first."""


class SitemapEntry(Struct, frozen=True, kw_only=True, array_like=True):
    """One address for search engines."""

    url: Url
    """The page."""
    modified: Moment | None
    """When it last changed, where that is known."""


class SitemapView(Struct, frozen=True, kw_only=True, array_like=True):
    """`page` in `sitemap.xml`."""

    entries: tuple[SitemapEntry, ...]
    """Pages, sorted by address."""


class SitemapIndexView(Struct, frozen=True, kw_only=True, array_like=True):
    """`page` in `sitemap-index.xml`, which stands in for a sitemap that would be longer than the protocol allows."""

    sitemaps: tuple[SitemapEntry, ...]
    """Its parts, each with the newest change in it."""


class NewsEntry(Struct, frozen=True, kw_only=True, array_like=True):
    """A new article for search engines."""

    url: Url
    """The article."""
    title: str
    """Its headline."""
    date: Moment
    """When it was published."""
    publication: str
    """The name of the site in the language of the article."""
    language: str
    """ISO 639 code of the language; `zh-cn` and `zh-tw` for Chinese."""


class NewsSitemapView(Struct, frozen=True, kw_only=True, array_like=True):
    """`page` in `news-sitemap.xml`."""

    entries: tuple[NewsEntry, ...]
    """The site's own articles of the last two days, the newest first."""


class RobotsView(Struct, frozen=True, kw_only=True, array_like=True):
    """`page` in `robots.txt`."""

    sitemaps: tuple[Url, ...]
    """Where the sitemaps are."""


MachineView = (
    FeedView | CommentFeedView | AllCommentsView | SitemapView | SitemapIndexView | NewsSitemapView | RobotsView
)
