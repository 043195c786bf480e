"""What is kept of a plan for plans of the few pages that an edit changes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct

from sitegen.model.article import SectionIndex
from sitegen.model.card import Card
from sitegen.model.facts import RecentEntry
from sitegen.model.index import SeriesOrder
from sitegen.model.machine_views import NewsEntry, SitemapEntry
from sitegen.model.names import Digest, OutPath, Slug
from sitegen.model.theme import ListRule
from sitegen.model.views import Alternate


class Outline(Struct, frozen=True, kw_only=True, array_like=True):
    """What pages are made from besides documents and their cards."""

    sections: Mapping[Slug, SectionIndex]
    """What `_index.md` says, by section folder."""
    rules: Mapping[str, ListRule]
    """The theme's lists, with the lengths that the configuration gives them."""
    series: tuple[SeriesOrder, ...]
    """Articles that are told in parts, by address."""
    translations: Mapping[str, tuple[Alternate, ...]]
    """Documents that are translations of each other, by their key."""
    news: tuple[NewsEntry, ...]
    """What the news sitemap offers."""
    recent: Mapping[str, tuple[RecentEntry, ...]]
    """The newest comments by language."""
    named: frozenset[str]
    """What documents are called where no card tells it: names and addresses of chosen neighbours, ends of redirects."""
    reserved: frozenset[OutPath]
    """Files that documents will need which wait for their day."""
    awaited: frozenset[OutPath]
    """Files that are not there although links or pictures lead to them."""
    is_settled: bool
    """Whether nothing else was told that a new page could mend or change."""
    suggests: bool
    """Whether what was told may suggest a headline."""


class Known(Struct, frozen=True, kw_only=True, array_like=True):
    """A document as it was last planned."""

    kind: Literal["article", "page"]
    """What it is."""
    card: Card
    """What lists show of it."""
    comments: Digest | None
    """Under which key its `SnapshotFacts` are remembered; None where it has none."""


class MapLine(Struct, frozen=True, kw_only=True, array_like=True):
    """What the sitemap says of a page."""

    entry: SitemapEntry
    """The page."""
    at: datetime | None
    """When it was published, if it is an article, in UTC."""
