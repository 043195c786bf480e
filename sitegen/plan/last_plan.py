"""What a plan of a few pages starts from: the site as it was last planned, and what was edited since."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sitegen.model.article import Article
from sitegen.model.card import Card
from sitegen.model.config import Config
from sitegen.model.facts import SnapshotFacts
from sitegen.model.names import ArticleId, OutPath
from sitegen.model.outline import MapLine, Outline
from sitegen.model.page import PageSpec
from sitegen.model.views import SiteView


@dataclass(frozen=True, slots=True, kw_only=True)
class LastPlan:
    """What is known of a site as it was last planned."""

    config: Config
    """The configuration."""
    sites: Mapping[str, SiteView]
    """`site` by language."""
    outline: Outline
    """What pages are made from besides documents."""
    cards: Mapping[ArticleId, Card]
    """What lists show of every document."""
    pages: Collection[ArticleId]
    """Those of the documents that are no articles."""
    related: Mapping[ArticleId, tuple[ArticleId, ...]]
    """Older articles that share tags, by article."""
    articles: Mapping[ArticleId, Article]
    """The documents."""
    snapshots: Mapping[ArticleId, SnapshotFacts]
    """Their comments."""
    specs: Mapping[ArticleId, PageSpec]
    """Their pages."""
    find_lines: Callable[[], Mapping[OutPath, MapLine]]
    """Returns what the sitemap says of pages, by file."""
    paths: Collection[OutPath]
    """Files of the output."""
    templates: frozenset[str]
    """Names of the theme's templates."""
    clock: datetime
    """Now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A document before and after an edit, with its comments."""

    before: Article | None
    """What it said; None for an article that is new."""
    after: Article
    """What it says."""
    comments_before: SnapshotFacts | None
    """Its comments before."""
    comments: SnapshotFacts | None
    """Its comments now."""
