"""What a site holds, as rows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sitegen.app.report import sort_problems
from sitegen.app.rescue import Rescue
from sitegen.app.site import Site
from sitegen.app.sources import Gathered, Progress
from sitegen.app.survey import Survey, assemble_sources, gather_site
from sitegen.errors import Problem
from sitegen.model.article import Article
from sitegen.model.card import Card
from sitegen.model.config import Config
from sitegen.model.index import Group
from sitegen.model.names import Url
from sitegen.model.preview import Preview
from sitegen.plan.site import SitePlan, plan_site
from sitegen.plan.urls import document_url
from sitegen.storage.engine import digest_engine
from sitegen.storage.files import make_folder
from sitegen.storage.state import STATE_FILE, STATE_FOLDER, open_state
from sitegen.storage.themes import load_theme

Row = Mapping[str, str | int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Rows, and what is wrong with files that are missing among them."""

    rows: tuple[Row, ...]
    """One for each thing."""
    problems: tuple[Problem, ...]
    """Problems of the site's files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What rows are made from."""

    plan: SitePlan
    """What there is, shown or not."""
    config: Config
    """Where it stands."""


def list_site(site: Site, what: str, clock: datetime, progress: Progress) -> Listing:
    """Return the rows of `what`: articles, drafts, scheduled, expired, gone, sections, tags or authors."""
    gathered, survey = look_at_site(site, clock, progress)
    if what in _WAITING:
        survey = replace(survey, preview=Preview(drafts=True, future=True, expired=True))
    theme = load_theme(site.config.theme, site.root)
    plan = plan_site(assemble_sources(survey, theme, gathered))
    rows = tuple(_ROWS[what](Listed(plan=plan, config=site.config)))
    return Listing(rows=rows, problems=sort_problems((*gathered.problems, *plan.problems)))


def look_at_site(site: Site, clock: datetime, progress: Progress) -> tuple[Gathered, Survey]:
    """Return everything that the files of a site say, and how it was looked at."""
    survey = Survey(
        root=site.root,
        config=site.config,
        clock=clock,
        engine=digest_engine(site.config.markdown),
        places=site.places,
    )
    folder = site.root / STATE_FOLDER
    make_folder(folder)
    with open_state(folder / STATE_FILE) as state:
        return gather_site(survey, state, Rescue(state, {}), progress), survey


def _list_articles(listed: Listed) -> Iterable[Row]:
    return (_card_row(card) for card in _cards(listed.plan) if card.status == "published")


def _list_waiting(status: str) -> Callable[[Listed], Iterable[Row]]:
    """Return what lists articles, newest first, and pages that are not published because of `status`."""

    def rows(listed: Listed) -> Iterable[Row]:
        yield from (_card_row(card) for card in _cards(listed.plan) if card.status == status)
        for shown in listed.plan.selection.shown:
            if shown.article.kind == "page" and shown.status == status:
                url = document_url(shown.article, listed.config, ZoneInfo(listed.config.timezone))
                yield _document_row(shown.article, url)

    return rows


def _list_gone(listed: Listed) -> Iterable[Row]:
    """Return articles and pages that were taken down, by path."""
    documents = listed.plan.addresses.documents.values()
    return (_document_row(article, url) for article, url in documents if article.metadata.gone)


def _cards(plan: SitePlan) -> Iterable[Card]:
    return (card for index in plan.index.languages.values() for card in index.cards)


def _document_row(document: Article, url: Url) -> Row:
    metadata = document.metadata
    return {
        "date": metadata.date.at.isoformat() if metadata.date else None,
        "path": f"content/{document.id}",
        "url": url,
        "title": metadata.title,
        "section": metadata.section,
        "language": metadata.language,
        "comments": 0,
    }


def _card_row(card: Card) -> Row:
    date = card.link.date
    return {
        "date": date.at.isoformat() if date else None,
        "path": f"content/{card.id}",
        "url": card.link.url,
        "title": card.link.title,
        "section": card.section.title if card.section else None,
        "language": card.language,
        "comments": card.comment_count,
    }


def _list_groups(kind: str) -> Callable[[Listed], Iterable[Row]]:
    def rows(listed: Listed) -> Iterable[Row]:
        for index in listed.plan.index.languages.values():
            groups: Mapping[str, tuple[Group, ...]] = {
                "sections": index.sections,
                "tags": index.tags,
                "authors": index.authors,
            }
            for group in groups[kind]:
                yield {
                    "articles": len(group.cards),
                    "url": group.named.url,
                    "title": group.named.title,
                    "language": index.language,
                }

    return rows


_WAITING = {"drafts": "draft", "scheduled": "scheduled", "expired": "expired"}

_ROWS: Mapping[str, Callable[[Listed], Iterable[Row]]] = {
    "articles": _list_articles,
    **{what: _list_waiting(status) for what, status in _WAITING.items()},
    "gone": _list_gone,
    **{kind: _list_groups(kind) for kind in ("sections", "tags", "authors")},
}

KINDS = tuple(_ROWS)
"""What can be listed."""
