"""What planning knows of files it does not read: assets, snapshots, the clock."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from msgspec import Struct, field

from sitegen.errors import Problem, Span
from sitegen.model.article import Article, Rating, SectionIndex
from sitegen.model.config import Config, TomlValue
from sitegen.model.names import ArticleId, Digest, Slug, Url
from sitegen.model.preview import Preview
from sitegen.model.theme import ListRule, StaticFile

MOST_RECENT = 50
"""How many comments the feed of all comments can hold, and so how many planning knows of each article."""


class AssetFacts(Struct, frozen=True, kw_only=True, array_like=True):
    """A file that is copied as it is: an image, a document, anything in `static/`."""

    path: str
    """POSIX path relative to the site's root: `content/world/bridge/bridge.jpg`."""
    digest: Digest
    """Digest of the bytes."""
    width: int | None = None
    """Width in pixels, if it is an image."""
    height: int | None = None
    """Height in pixels, if it is an image."""


class RecentComment(Struct, frozen=True, kw_only=True, array_like=True):
    """One of the newest comments on an article."""

    anchor: str
    """Value of the `id` attribute on the page."""
    published: datetime
    """When it was written."""
    updated: datetime
    """When it was last changed; when it was written if it was not."""


class RecentEntry(NamedTuple):
    """A comment among those of a whole site; a tuple, since the newest are found among all of them."""

    comment: RecentComment
    """The comment."""
    document: ArticleId
    """What it is on."""
    url: Url
    """Where that is."""
    thread: Digest
    """Where it is found."""


class ThreadPage(Struct, frozen=True, kw_only=True, array_like=True):
    """One page of a thread."""

    thread: Digest
    """Digest of its `CommentThread`."""
    quotes: bool
    """Whether a comment on it answers a passage of the body."""


class SnapshotFacts(Struct, frozen=True, kw_only=True, array_like=True):
    """What pages other than the article's own show of its comments."""

    thread: Digest
    """Digest of the `CommentThread` with all comments."""
    pages: tuple[ThreadPage, ...]
    """The same page by page, at least one: the first is on the page of the article."""
    count: int
    """How many comments can be read."""
    closed: bool
    """Whether the source had closed its comments."""
    rating: Rating | None
    """The article's rating at the source."""
    updated: datetime | None
    """The newest instant among the comments."""
    warnings: tuple[Problem, ...]
    """What reading the snapshot found worth saying."""
    recent: tuple[RecentComment, ...] = ()
    """The newest comments that can be read and have a time, at most `MOST_RECENT`, the newest first; none where there
    is no feed of them."""


class SiteSources(Struct, frozen=True, kw_only=True, array_like=True):
    """Everything a plan is made from, as values."""

    config: Config
    """The configuration."""
    articles: tuple[Article, ...]
    """Every sound document, sorted by id."""
    unavailable: frozenset[ArticleId]
    """Documents that exist but have errors, so that links to them are not mistaken for links to nothing."""
    snapshots: Mapping[ArticleId, SnapshotFacts]
    """Comments by article."""
    assets: Mapping[str, AssetFacts]
    """Files to copy by path, below `content/` and `static/`."""
    sections: Mapping[Slug, SectionIndex]
    """What `_index.md` says, by section folder."""
    options: Mapping[str, TomlValue]
    """The theme's options with their defaults."""
    lists: Mapping[str, ListRule]
    """The theme's lists by name."""
    theme_static: Mapping[str, StaticFile]
    """Files of the theme to copy, by name."""
    templates: frozenset[str]
    """Names of the theme's templates, for documents that name one."""
    clock: datetime
    """Now."""
    preview: Preview = field(default_factory=Preview)
    """What is shown all the same."""
    places: Mapping[str, Span] = field(default_factory=dict)
    """Where the old addresses of `[redirects]` and `[gone]` stand in the configuration."""


Embargoed = Mapping[ArticleId, Mapping[str, Digest]]
"""Articles under embargo, each with its pictures: name of the file to digest of the bytes."""
