"""What a site holds, as rows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from sitegen.app.report import sort_problems
from sitegen.app.rescue import Rescue
from sitegen.app.site import Site
from sitegen.app.sources import Gathered, Progress
from sitegen.app.survey import Survey, assemble_sources, gather_site
from sitegen.errors import Problem, UsageError
from sitegen.model.article import Article, Rating
from sitegen.model.card import Card
from sitegen.model.config import Config
from sitegen.model.index import Group
from sitegen.model.names import Url
from sitegen.model.preview import Preview
from sitegen.model.values import replace
from sitegen.plan.site import SitePlan, plan_site
from sitegen.plan.urls import document_url
from sitegen.storage.engine import digest_engine
from sitegen.storage.files import make_folder
from sitegen.storage.state import STATE_FILE, STATE_FOLDER, open_state
from sitegen.storage.themes import load_theme

Row = Mapping[str, str | float | None]

Order = Literal["date", "rating", "comments"]
"""How rows of articles can be sorted."""

ORDERS: tuple[Order, ...] = get_args(Order)


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


def list_site(site: Site, what: str, clock: datetime, progress: Progress, order: Order = "date") -> Listing:
    """Return the rows of `what`: articles, drafts, scheduled, expired, gone, sections, tags or authors.

    Articles stand in `order`, and from the newest on where they are equal in it. Raises UsageError for an order that
    others do not have.
    """
    if order != "date" and what in GROUPS:
        raise UsageError(f"{what} have no {order} to sort by", "sitegen list articles has")
    gathered, survey = look_at_site(site, clock, progress)
    if what in _WAITING:
        survey = replace(survey, preview=Preview(drafts=True, future=True, expired=True))
    theme = load_theme(site.config.theme, site.root)
    plan = plan_site(assemble_sources(survey, theme, gathered))
    rows = tuple(sorted(_ROWS[what](Listed(plan=plan, config=site.config)), key=_ORDERS[order]))
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
        **_rating_columns(metadata.rating),
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
        **_rating_columns(card.rating),
    }


def _rating_columns(rating: Rating | None) -> Row:
    """Return a rating with its scale, which may be another for every article."""
    if rating is None:
        return dict.fromkeys(("rating", "best", "worst", "votes"))
    return {"rating": rating.value, "best": rating.best, "worst": rating.worst, "votes": rating.votes}


def _by_rating(row: Row) -> tuple[float, ...]:
    """Return a key by which the best come first, by their place on their scales and then by votes."""
    value, best, worst, votes = (float(row[name] or 0) for name in ("rating", "best", "worst", "votes"))
    return (-(value - worst) / (best - worst), -votes) if row["rating"] is not None and best > worst else (1.0, 0.0)


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


_ORDERS: Mapping[Order, Callable[[Row], tuple[float, ...]]] = {
    "date": lambda _: (),
    "rating": _by_rating,
    "comments": lambda row: (-float(row["comments"] or 0),),
}

GROUPS = ("sections", "tags", "authors")
"""What articles belong to."""

_WAITING = {"drafts": "draft", "scheduled": "scheduled", "expired": "expired"}

_ROWS: Mapping[str, Callable[[Listed], Iterable[Row]]] = {
    "articles": _list_articles,
    **{what: _list_waiting(status) for what, status in _WAITING.items()},
    "gone": _list_gone,
    **{kind: _list_groups(kind) for kind in GROUPS},
}

KINDS = tuple(_ROWS)
"""What can be listed."""
