"""The corrections of all articles: a page and two feeds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sitegen.model.card import Card
from sitegen.model.index_views import CorrectionEntry, CorrectionsFeedView, CorrectionsView
from sitegen.model.names import ArticleId, Url
from sitegen.model.page import PageSpec
from sitegen.model.views import Pager, SiteView
from sitegen.plan.collisions import CORRECTIONS
from sitegen.plan.context import PlanContext
from sitegen.plan.head import announce_feeds, build_head
from sitegen.plan.pagination import paginate
from sitegen.plan.schedule import Shown
from sitegen.plan.urls import older_page_url, out_path


def collect_corrections(
    documents: Iterable[Shown], cards: Mapping[ArticleId, Card]
) -> Mapping[str, tuple[CorrectionEntry, ...]]:
    """Return the corrections of all articles among `documents` by language, newest first.

    The address of one counts the corrections of its article from the oldest on, so that it stays when others follow.
    """
    found: dict[str, list[tuple[datetime, ArticleId, int, CorrectionEntry]]] = {}
    for shown in documents:
        article = shown.article
        if article.kind == "page" or not article.metadata.corrections:
            continue
        link = cards[article.id].link
        for number, correction in enumerate(reversed(article.metadata.corrections), start=1):
            url = Url(f"{link.url}#page-correction-{number}")
            entry = CorrectionEntry(article=link, date=correction.date, text=correction.text, url=url)
            key = (correction.date.at, article.id, number, entry)
            found.setdefault(article.metadata.language, []).append(key)
    return {
        language: tuple(item[-1] for item in sorted(members, key=lambda item: item[:-1], reverse=True))
        for language, members in found.items()
    }


def plan_corrections(context: PlanContext) -> Iterator[PageSpec]:
    """Plan the corrections page of every language that has any, its older pages, and its feeds."""
    config = context.sources.config
    for language, entries in context.corrections.items():
        site = context.sites[language]
        if site.corrections is None:
            continue
        yield from _plan_list(entries, site, site.corrections, config.page_size)
        yield from _plan_feeds(entries[: config.feeds.size], site, site.corrections)


def _plan_list(entries: Sequence[CorrectionEntry], site: SiteView, front: Url, size: int) -> Iterator[PageSpec]:
    for page in paginate(entries, size):
        url = front if page.number is None else older_page_url(front, page.number)
        yield PageSpec(
            path=out_path(url),
            template="corrections.html",
            language=site.language,
            view=CorrectionsView(
                head=build_head(site, url, site.title, feeds=announce_feeds(site)),
                url=url,
                entries=page.items,
                atom=Url(f"{front}atom.xml"),
                rss=Url(f"{front}rss.xml"),
                pager=Pager(
                    number=page.number,
                    older=older_page_url(front, page.older) if page.older else None,
                    front=None if page.number is None else front,
                ),
            ),
            wave="list",
            source=CORRECTIONS,
        )


def _plan_feeds(newest: Sequence[CorrectionEntry], site: SiteView, front: Url) -> Iterator[PageSpec]:
    for name in ("rss", "atom"):
        url = Url(f"{front}{name}.xml")
        yield PageSpec(
            path=out_path(url),
            template=f"corrections-{name}.xml",
            language=site.language,
            view=CorrectionsFeedView(url=url, home=front, updated=newest[0].date, entries=tuple(newest)),
            wave="list",
            source=CORRECTIONS,
        )
