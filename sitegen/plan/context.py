"""What every producer of pages works with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sitegen.model.card import Card
from sitegen.model.facts import SiteSources, SnapshotFacts
from sitegen.model.index import SeriesOrder, SiteIndex
from sitegen.model.index_views import CorrectionEntry
from sitegen.model.names import ArticleId, Url
from sitegen.model.theme import ListRule
from sitegen.model.views import Alternate, BodyRef, SiteView
from sitegen.plan.findings import Findings
from sitegen.plan.references import Directory
from sitegen.plan.schedule import Shown


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
    findings: Findings
    """Where problems go."""

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
        found = self.translations.get(key, ()) if key else ()
        own = self.urls[shown.article.id]
        return found if len(found) > 1 and any(member.url == own for member in found) else ()
