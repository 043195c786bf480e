"""What is published at an instant, and when that next changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sitegen.model.article import Article, Metadata
from sitegen.model.card import Status
from sitegen.model.facts import Preview


def classify(metadata: Metadata, clock: datetime) -> Status:
    """Return what a document is at `clock`: a draft whatever its dates, else scheduled, expired or published."""
    if metadata.draft:
        return "draft"
    if metadata.expires and metadata.expires.at <= clock:
        return "expired"
    if metadata.date and metadata.date.at > clock:
        return "scheduled"
    return "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A document that goes into the output."""

    article: Article
    """The document."""
    status: Status
    """Anything but `published` only in a preview."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """All documents, sorted out by the clock."""

    shown: tuple[Shown, ...]
    """What goes into the output, in the order given."""
    waiting: tuple[Article, ...]
    """What is scheduled and not shown yet, in the order given."""
    drafts: int
    """How many drafts there are, shown or not."""
    scheduled: int
    """How many articles are dated later than the clock, shown or not."""
    expired: int
    """How many articles are over, shown or not."""


def select_documents(articles: Iterable[Article], clock: datetime, preview: Preview) -> Selection:
    """Return what `preview` lets through at `clock`, and how many documents are in each state."""
    counts: dict[Status, int] = {"published": 0, "draft": 0, "scheduled": 0, "expired": 0}
    visible: dict[Status, bool] = {
        "published": True,
        "draft": preview.drafts,
        "scheduled": preview.future,
        "expired": preview.expired,
    }
    shown: list[Shown] = []
    waiting: list[Article] = []
    for article in articles:
        status = classify(article.metadata, clock)
        counts[status] += 1
        if visible[status]:
            shown.append(Shown(article=article, status=status))
        elif status == "scheduled":
            waiting.append(article)
    return Selection(
        shown=tuple(shown),
        waiting=tuple(waiting),
        drafts=counts["draft"],
        scheduled=counts["scheduled"],
        expired=counts["expired"],
    )


def find_next_change(articles: Iterable[Article], clock: datetime) -> datetime | None:
    """Return the first instant after `clock` at which an article appears or expires; None if nothing is waiting."""
    waiting = [
        moment.at
        for article in articles
        if not article.metadata.draft
        for moment in (article.metadata.date, article.metadata.expires)
        if moment and moment.at > clock and not _is_over(article.metadata, moment.at)
    ]
    return min(waiting, default=None)


def _is_over(metadata: Metadata, at: datetime) -> bool:
    """Whether the article has already expired when `at` comes, so that nothing changes then."""
    return metadata.expires is not None and metadata.expires.at < at
