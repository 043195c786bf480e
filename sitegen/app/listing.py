"""What a site holds, as rows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sitegen.app.rescue import Rescue
from sitegen.app.site import Site
from sitegen.app.sources import Gathered, Progress
from sitegen.app.survey import STATE_FILE, STATE_FOLDER, Survey, assemble_sources, gather_site
from sitegen.errors import Problem
from sitegen.model.card import Card
from sitegen.model.facts import Preview
from sitegen.model.index import Group
from sitegen.plan.site import SitePlan, plan_site
from sitegen.storage.engine import digest_engine
from sitegen.storage.files import make_folder
from sitegen.storage.state import open_state
from sitegen.storage.themes import load_theme

Row = Mapping[str, str | int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Rows, and what is wrong with files that are missing among them."""

    rows: tuple[Row, ...]
    """One for each thing."""
    problems: tuple[Problem, ...]
    """Problems of the site's files."""


def list_site(site: Site, what: str, clock: datetime, progress: Progress) -> Listing:
    """Return the rows of `what`: articles, drafts, scheduled, expired, sections, tags or authors."""
    gathered, survey = look_at_site(site, clock, progress)
    if what in _BY_STATUS:
        survey = replace(survey, preview=Preview(drafts=True, future=True, expired=True))
    theme = load_theme(site.config.theme, site.root)
    plan = plan_site(assemble_sources(survey, theme, gathered))
    return Listing(rows=tuple(_ROWS[what](plan)), problems=(*gathered.problems, *plan.problems))


def look_at_site(site: Site, clock: datetime, progress: Progress) -> tuple[Gathered, Survey]:
    """Return everything that the files of a site say, and how it was looked at."""
    survey = Survey(
        root=site.root, config=site.config, clock=clock, engine=digest_engine(site.config.markdown)
    )
    folder = site.root / STATE_FOLDER
    make_folder(folder)
    with open_state(folder / STATE_FILE) as state:
        return gather_site(survey, state, Rescue(state, {}), progress), survey


def _list_cards(status: str) -> Callable[[SitePlan], Iterable[Row]]:
    def rows(plan: SitePlan) -> Iterable[Row]:
        cards = (card for index in plan.index.languages.values() for card in index.cards)
        return (_card_row(card) for card in cards if card.status == status)

    return rows


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


def _list_groups(kind: str) -> Callable[[SitePlan], Iterable[Row]]:
    def rows(plan: SitePlan) -> Iterable[Row]:
        for index in plan.index.languages.values():
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


_BY_STATUS = {"articles": "published", "drafts": "draft", "scheduled": "scheduled", "expired": "expired"}

_ROWS: Mapping[str, Callable[[SitePlan], Iterable[Row]]] = {
    **{what: _list_cards(status) for what, status in _BY_STATUS.items()},
    **{kind: _list_groups(kind) for kind in ("sections", "tags", "authors")},
}

KINDS = tuple(_ROWS)
"""What can be listed."""
