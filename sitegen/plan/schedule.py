"""What is published at an instant, and when that next changes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from sitegen.model.article import Article, Label, Metadata
from sitegen.model.card import Status
from sitegen.model.preview import Preview


def classify(metadata: Metadata, clock: datetime) -> Status:
    """Return what a document is at `clock`: gone or draft whatever its dates, else expired, scheduled or published."""
    if metadata.gone:
        return "gone"
    if metadata.draft:
        return "draft"
    if metadata.expires and metadata.expires.at <= clock:
        return "expired"
    start = _start_of(metadata)
    if start and start > clock:
        return "scheduled"
    return "published"


class Shown(Struct, frozen=True, kw_only=True):
    """A document that goes into the output; as quickly made as those of `model`, since there are as many."""

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
    counts: dict[Status, int] = {"published": 0, "draft": 0, "scheduled": 0, "expired": 0, "gone": 0}
    visible: dict[Status, bool] = {
        "published": True,
        "draft": preview.drafts,
        "scheduled": preview.future,
        "expired": preview.expired,
        "gone": False,
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


Event = Literal["publish", "expire", "label", "news"]
"""What happens to a document by itself: it appears, it goes, the mark above its headline goes, or it is news no more
and leaves the news sitemap."""

NEWS_WINDOW = timedelta(days=2)
"""How long an article is news (https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that changes the output without an edit."""

    at: datetime
    """When."""
    event: Event
    """What happens."""
    article: Article
    """To which document."""


def list_changes(articles: Iterable[Article], clock: datetime) -> tuple[Change, ...]:
    """Return everything that happens by itself after `clock`, in order of time and then of path."""
    changes = [
        Change(at=at, event=event, article=article)
        for article in articles
        if not article.metadata.draft and not article.metadata.gone
        for event, at in _list_events(article.metadata)
        if at > clock and (event != "news" or article.kind == "article")
    ]
    return tuple(sorted(changes, key=lambda change: (change.at, change.article.id)))


def find_next_change(articles: Iterable[Article], clock: datetime) -> datetime | None:
    """Return the first instant after `clock` at which the output changes by itself; None if nothing is waiting."""
    changes = list_changes(articles, clock)
    return changes[0].at if changes else None


def find_validity(articles: Iterable[Article], clock: datetime) -> tuple[datetime | None, datetime | None]:
    """Return since when and until when nothing about `articles` depends on whether it is `clock` or another instant.

    The second instant is the first one of the next state; None stands for ever. Every instant counts that any plan
    compares with the clock, be it of a draft.
    """
    past: list[datetime] = []
    coming: list[datetime] = []
    for article in articles:
        for at in _list_instants(article.metadata):
            (past if at <= clock else coming).append(at)
    return max(past, default=None), min(coming, default=None)


def _list_instants(metadata: Metadata) -> Iterator[datetime]:
    for moment in (metadata.date, metadata.embargo, metadata.expires, metadata.label and metadata.label.until):
        if moment:
            yield moment.at
    if metadata.date:
        yield metadata.date.at + NEWS_WINDOW


def find_label(metadata: Metadata, clock: datetime) -> Label | None:
    """Return the mark above the headline that is shown at `clock`."""
    label = metadata.label
    return None if label and label.until and label.until.at <= clock else label


def is_own_news(metadata: Metadata) -> bool:
    """Whether an article is the site's own, so that the news sitemap may offer it."""
    return metadata.source is None or metadata.source.policy == "credit"


def _list_events(metadata: Metadata) -> Iterator[tuple[Event, datetime]]:
    """Yield what happens to a document in its life; nothing happens to it before it appears or after it is over."""
    start = _start_of(metadata)
    end = metadata.expires.at if metadata.expires else None
    if end and start and end <= start:
        return
    if start:
        yield "publish", start
    if metadata.label and metadata.label.until:
        until = metadata.label.until.at
        if (start is None or until > start) and (end is None or until < end):
            yield "label", until
    if start and metadata.date and is_own_news(metadata):
        over = metadata.date.at + NEWS_WINDOW
        if over > start and (end is None or over < end):
            yield "news", over
    if end:
        yield "expire", end


def _start_of(metadata: Metadata) -> datetime | None:
    """Return when a document appears: at its date, but not before its embargo ends."""
    if metadata.embargo is None:
        return metadata.date.at if metadata.date else None
    return max(moment.at for moment in (metadata.date, metadata.embargo) if moment)
