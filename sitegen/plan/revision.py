"""A plan of nothing but the pages that edited documents can change.

The pages are planned by what plans all others, from what the last plan knew of the site. That is possible while
documents keep their places: whatever else an edit does is left to a plan of the whole site.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sitegen.model.article import Article
from sitegen.model.card import Card
from sitegen.model.facts import RecentEntry, SiteSources, SnapshotFacts
from sitegen.model.index import SiteIndex
from sitegen.model.names import ArticleId, OutPath, Url
from sitegen.model.outline import MapLine, Outline
from sitegen.model.page import PageSpec
from sitegen.model.recalled import Recalled
from sitegen.model.values import replace
from sitegen.model.views import BodyRef, PageView, PlannedArticle
from sitegen.plan.assets import AssetDesk
from sitegen.plan.cards import build_card, find_section_title
from sitegen.plan.comment_feeds import collect_recent, renew_recent
from sitegen.plan.context import ChosenNeighbours, PlanContext
from sitegen.plan.findings import Findings
from sitegen.plan.index import build_index
from sitegen.plan.last_plan import LastPlan, Version
from sitegen.plan.links import LinkDesk
from sitegen.plan.places import (
    are_free,
    are_newest,
    is_looked_for,
    joins_known,
    keeps_its_place,
    list_own_files,
    list_targets,
)
from sitegen.plan.producers import COUNTING, FEEDING, SHOWING
from sitegen.plan.references import build_directory
from sitegen.plan.related import relate
from sitegen.plan.schedule import Shown
from sitegen.plan.site_view import normalise_base_url
from sitegen.plan.sitemaps import collect_lines, collect_news, plan_sitemaps
from sitegen.plan.urls import document_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What an edit comes to."""

    specs: tuple[PageSpec, ...]
    """All pages that it can change, and perhaps others."""
    cards: Mapping[ArticleId, Card]
    """The cards of what was edited."""
    related: Mapping[ArticleId, tuple[ArticleId, ...]]
    """Older articles that share tags, by article that is new."""
    lines: Mapping[OutPath, MapLine]
    """What the sitemap says of pages of which it said nothing, or something else."""
    outline: Outline
    """The outline of the site as it is now."""


def plan_revision(last: LastPlan, versions: Sequence[Version]) -> Revision | None:
    """Return the pages that can be others with `versions`; None where that takes a plan of the whole site."""
    is_small = all(keeps_its_place(version, last) for version in versions)
    return _Reviser(last, versions).plan() if is_small else None


class _Reviser:
    def __init__(self, last: LastPlan, versions: Sequence[Version]) -> None:
        self.last = last
        self.versions = {version.after.id: version for version in versions}
        self.added = {identity for identity, version in self.versions.items() if version.before is None}
        self.zone = ZoneInfo(last.config.timezone)
        self.snapshots = Recalled(self._find_comments)
        self.urls = Recalled(self._find_url)
        self.cards = {identity: self._build_card(version) for identity, version in self.versions.items()}
        self.all_cards = {**last.cards, **self.cards}
        self.findings = Findings()
        self.index = self._build_index()

    def plan(self) -> Revision | None:
        last = self.last
        if not self._can_join():
            return None
        documents = self._choose_documents()
        edited = tuple(shown for shown in documents if shown.article.id in self.versions)
        recent = self._renew_recent(edited)
        if recent is None:
            return None
        context = self._prepare(documents, edited, recent)
        producers = (*SHOWING, *FEEDING, *(COUNTING if self.added else ()))
        specs = [spec for produce in producers for spec in produce(context)]
        files = {f"content/{identity}" for identity in self.versions}
        if any(problem.file in files for problem in self.findings.problems):
            return None
        if not are_free(self._list_fresh(specs), last):
            return None
        lines = self._renew_lines(specs)
        if lines:
            every = {**last.find_lines(), **lines}
            specs += plan_sitemaps(every.values(), last.sites[last.config.language])
        outline = replace(last.outline, news=context.news, recent=recent)
        related = {identity: self.index.related.get(identity, ()) for identity in self.added}
        return Revision(specs=tuple(specs), cards=self.cards, related=related, lines=lines, outline=outline)

    def _list_fresh(self, specs: Iterable[PageSpec]) -> list[OutPath]:
        """Return the files that were not there, or not as what they are among `specs`."""
        edited = (version for version in self.versions.values() if version.before)
        owned = {
            path
            for version in edited
            for path in list_own_files(self._find_url(version.after.id), version.comments_before)
        }
        own = {f"{of}content/{identity}" for identity in self.versions for of in ("", "comments on ")}
        return [
            spec.path
            for spec in specs
            if spec.path not in self.last.paths or (spec.source in own and spec.path not in owned)
        ]

    def _can_join(self) -> bool:
        """Whether the new articles take nobody's place."""
        return are_newest(self.added, self.index) and all(
            joins_known(self.versions[identity].after, self.cards[identity], self.last.cards.values())
            and not is_looked_for(self.versions[identity].after, self._find_url(identity), self.last.outline.named)
            for identity in self.added
        )

    def _find_comments(self, identity: ArticleId) -> SnapshotFacts | None:
        version = self.versions.get(identity)
        return version.comments if version else self.last.snapshots.get(identity)

    def _find_url(self, identity: ArticleId) -> Url:
        return self.all_cards[identity].link.url or Url("")

    def _find_body(self, identity: ArticleId) -> BodyRef | None:
        version = self.versions.get(identity)
        if version and version.before is None:
            return self._resolve_body(version.after)
        view = self.last.specs[identity].view
        if not isinstance(view, PlannedArticle | PageView):
            return None
        if version is None or version.before is None:
            return view.body
        is_alike = list_targets(version.before) == list_targets(version.after)
        links = view.body.links if is_alike else self._resolve_body(version.after).links
        return replace(view.body, digest=version.after.body_digest, links=links)

    def _resolve_body(self, article: Article) -> BodyRef:
        """Return what stands in the slots of an article which has no links but to documents."""
        urls = {identity: card.link.url for identity, card in self.all_cards.items() if card.link.url}
        directory = replace(_NOWHERE, urls=urls)
        desk = LinkDesk(directory=directory, desk=AssetDesk(assets={}), findings=self.findings)
        return desk.resolve_body(article, urls[article.id])

    def _build_card(self, version: Version) -> Card:
        last, after = self.last, version.after
        before = last.cards.get(after.id)
        return build_card(
            after,
            before.status if before else "published",
            (before and before.link.url) or document_url(after, last.config, self.zone),
            before.link.image if before else None,
            version.comments,
            find_section_title(after, last.outline.sections),
            last.config,
            last.clock,
        )

    def _build_index(self) -> SiteIndex:
        last = self.last
        languages = dict.fromkeys((last.config.language, *sorted(card.language for card in self.all_cards.values())))
        articles = (card for identity, card in self.all_cards.items() if identity not in last.pages)
        index = build_index(articles, languages, last.outline.sections, last.config.neighbours, related_limit=0)
        limit = last.outline.rules["related"].limit
        related = {
            card.id: relate(card, language.cards[place + 1 :], limit) if limit else ()
            for language in index.languages.values()
            for place, card in enumerate(language.cards if self.added else ())
            if card.id in self.added
        }
        return replace(index, related={**last.related, **related})

    def _prepare(
        self, documents: tuple[Shown, ...], edited: Iterable[Shown], recent: Mapping[str, tuple[RecentEntry, ...]]
    ) -> PlanContext:
        last, config = self.last, self.last.config
        addresses = {self.urls[identity] for identity in self.versions}
        news = (entry for entry in last.outline.news if entry.url not in addresses)
        return PlanContext(
            sources=SiteSources(
                config=config,
                articles=tuple(shown.article for shown in documents),
                unavailable=frozenset(),
                snapshots=self.snapshots,
                assets={},
                sections=last.outline.sections,
                options={},
                lists={},
                theme_static={},
                templates=last.templates,
                clock=last.clock,
            ),
            sites=last.sites,
            documents=documents,
            urls=self.urls,
            cards=self.all_cards,
            bodies=Recalled(self._find_body),
            index=self.index,
            series=last.outline.series,
            directory=_NOWHERE,
            corrections={},
            rules=last.outline.rules,
            translations=last.outline.translations,
            news=(*news, *collect_news(edited, self.urls, last.sites, last.clock)),
            recent=recent,
            findings=self.findings,
            chosen=dict(self._recall_choices(documents)),
            edited=frozenset(self.versions),
        )

    def _choose_documents(self) -> tuple[Shown, ...]:
        """Return the documents whose own pages can be others: what was edited, and what shows the headlines of that."""
        last, index = self.last, self.index
        before = {identity: last.cards[identity].link for identity in self.cards if identity not in self.added}
        renamed = {identity for identity, card in self.cards.items() if card.link != before.get(identity)}
        chosen = set(self.versions)
        for identity in renamed:
            neighbours = index.neighbours.get(identity)
            chosen |= {other for other in (neighbours.older, neighbours.newer) if other} if neighbours else set()
        if renamed:
            chosen |= {identity for identity, others in index.related.items() if not renamed.isdisjoint(others)}
        for order in last.outline.series:
            chosen |= set(order.parts) if not renamed.isdisjoint(order.parts) else set()
        return tuple(
            Shown(article=self._find_article(identity), status=self.all_cards[identity].status)
            for identity in sorted(chosen)
        )

    def _find_article(self, identity: ArticleId) -> Article:
        version = self.versions.get(identity)
        return version.after if version else self.last.articles[identity]

    def _recall_choices(self, documents: Iterable[Shown]) -> Iterator[tuple[ArticleId, ChosenNeighbours]]:
        """Yield the neighbours on the pages of articles that choose one; none of these is called otherwise now."""
        for shown in documents:
            metadata, identity = shown.article.metadata, shown.article.id
            view = self.last.specs[identity].view if metadata.prev or metadata.next else None
            if isinstance(view, PlannedArticle):
                yield identity, (view.previous, view.next)

    def _renew_recent(self, edited: Iterable[Shown]) -> Mapping[str, tuple[RecentEntry, ...]] | None:
        """Return the newest comments of the site as they are now; None where that cannot be told."""
        fresh = collect_recent(edited, self.snapshots, self.urls, self.last.config)
        return renew_recent(self.last.outline.recent, fresh, self.versions.keys(), self.last.config)

    def _renew_lines(self, specs: Iterable[PageSpec]) -> dict[OutPath, MapLine]:
        """Return what the sitemap says of pages of which it said nothing, or something else."""
        changed = {
            f"content/{version.after.id}"
            for version in self.versions.values()
            if version.before and version.before.metadata.updated != version.after.metadata.updated
        }
        mapped = (spec for spec in specs if spec.source in changed or spec.path not in self.last.paths)
        return collect_lines(mapped, normalise_base_url(self.last.config.base_url))


_NOWHERE = build_directory({}, (), frozenset(), (), "")
"""A directory in which nothing is found."""
