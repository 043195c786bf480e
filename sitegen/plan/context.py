"""What every producer of pages works with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sitegen.model.card import Card, Link
from sitegen.model.facts import RecentEntry, SiteSources, SnapshotFacts
from sitegen.model.index import SeriesOrder, SiteIndex
from sitegen.model.index_views import CorrectionEntry
from sitegen.model.machine_views import NewsEntry
from sitegen.model.names import ArticleId, Url
from sitegen.model.theme import ListRule
from sitegen.model.views import Alternate, BodyRef, SiteView
from sitegen.plan.findings import Findings
from sitegen.plan.references import Directory
from sitegen.plan.schedule import Shown

ChosenNeighbours = tuple[Link | None, Link | None]
"""The previous and the next link on the page of an article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanContext:
    """The site as it is known when pages are planned: everything resolved but the pages themselves."""

    sources: SiteSources
    """What the plan is made from."""
    sites: Mapping[str, SiteView]
    """`site` by language."""
    documents: tuple[Shown, ...]
    """Articles and pages that are shown, by id."""
    urls: Mapping[ArticleId, Url]
    """Their addresses."""
    cards: Mapping[ArticleId, Card]
    """What lists show of them; pages have one too, for their picture and their translations."""
    bodies: Mapping[ArticleId, BodyRef]
    """Their bodies with every link resolved."""
    index: SiteIndex
    """Articles in order."""
    series: tuple[SeriesOrder, ...]
    """Articles that are told in parts, by address."""
    directory: Directory
    """What references mean."""
    corrections: Mapping[str, tuple[CorrectionEntry, ...]]
    """Corrections of all articles by language, newest first."""
    rules: Mapping[str, ListRule]
    """The theme's lists, with the lengths that the configuration gives them."""
    translations: Mapping[str, tuple[Alternate, ...]]
    """Documents that are translations of each other, by their key."""
    news: tuple[NewsEntry, ...]
    """What the news sitemap offers."""
    recent: Mapping[str, tuple[RecentEntry, ...]]
    """The newest comments by language, the newest first; nothing for a language without any."""
    findings: Findings
    """Where problems go."""
    chosen: Mapping[ArticleId, ChosenNeighbours] = field(default_factory=dict)
    """What the last plan found for articles that choose a neighbour, where it is not looked for again."""
    edited: frozenset[ArticleId] | None = None
    """The articles that were edited, where only pages are planned that show them; None: all pages are."""

    def wants(self, cards: Iterable[Card]) -> bool:
        """Whether to plan a page that is made from `cards` and nothing else that can be another."""
        return self.edited is None or any(card.id in self.edited for card in cards)

    def count_edited(self, cards: Iterable[Card]) -> int:
        """Return how many of `cards` are those of articles that were edited."""
        return sum(card.id in self.edited for card in cards) if self.edited else 0

    def articles(self) -> Iterable[Shown]:
        """Return the articles among the documents."""
        return (shown for shown in self.documents if shown.article.kind == "article")

    def pages(self) -> Iterable[Shown]:
        """Return the pages among the documents."""
        return (shown for shown in self.documents if shown.article.kind == "page")

    def snapshot(self, shown: Shown) -> SnapshotFacts | None:
        """Return the comments that the page of a document shows."""
        if shown.article.metadata.comments == "off":
            return None
        return self.sources.snapshots.get(shown.article.id)

    def alternates(self, shown: Shown) -> tuple[Alternate, ...]:
        """Return the translations of a document, itself among them; nothing if there is no other."""
        key = shown.article.metadata.translation_key
        if not key:
            return ()
        found = self.translations.get(key, ())
        own = self.urls[shown.article.id]
        return found if len(found) > 1 and any(member.url == own for member in found) else ()
