"""The archive: all articles by year and month, as days go in the zone of the site."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from sitegen.model.card import Card
from sitegen.model.index_views import (
    ArchiveDay,
    ArchiveEntry,
    ArchiveMonth,
    ArchiveView,
    ArchiveYear,
    IndexView,
    MonthView,
    Period,
    YearView,
)
from sitegen.model.moment import Moment, Precision
from sitegen.model.names import Url
from sitegen.model.page import PageSpec
from sitegen.model.views import Pager, SiteView
from sitegen.plan.collisions import ARCHIVE
from sitegen.plan.context import PlanContext
from sitegen.plan.head import announce_feeds, build_head
from sitegen.plan.pagination import paginate
from sitegen.plan.urls import archive_url, older_page_url, out_path

_PAGE = 200
"""How many headlines a full page of a month shows: they are short, and most papers have fewer in one."""


def plan_archive(context: PlanContext) -> Iterator[PageSpec]:
    """Plan the archive of every language that has articles: its front, its years and its months."""
    for language, index in context.index.languages.items():
        site = context.sites[language]
        if site.archive is not None:
            yield from _Archive(index.cards, site, context).plan(site.archive)


class _Archive:
    """The archive of one language."""

    def __init__(self, cards: Sequence[Card], site: SiteView, context: PlanContext) -> None:
        self.site = site
        self.context = context
        self.config = context.sources.config
        self.zone = ZoneInfo(self.config.timezone)
        self.months = self._sort_into_months(cards)
        self.years = self._build_years()

    def _sort_into_months(self, cards: Sequence[Card]) -> Mapping[tuple[int, int], Sequence[tuple[datetime, Card]]]:
        """Return the cards, newest first, with the midnight before each, by year and month."""
        months: dict[tuple[int, int], list[tuple[datetime, Card]]] = {}
        for card in cards:
            if card.link.date:
                at = card.link.date.at.astimezone(self.zone)
                day = datetime(at.year, at.month, at.day, tzinfo=self.zone)
                months.setdefault((day.year, day.month), []).append((day, card))
        return months

    def _build_years(self) -> tuple[ArchiveYear, ...]:
        years: list[ArchiveYear] = []
        for year, keys in groupby(self.months, key=lambda key: key[0]):
            months = tuple(
                ArchiveMonth(period=self._period(year, month), count=len(self.months[year, month])) for _, month in keys
            )
            total = sum(month.count for month in months)
            years.append(ArchiveYear(period=self._period(year), count=total, months=months))
        return tuple(years)

    def _period(self, year: int, month: int | None = None) -> Period:
        precision: Precision = "month" if month else "year"
        date = Moment(at=datetime(year, month or 1, 1, tzinfo=self.zone), precision=precision)
        return Period(date=date, url=archive_url(self.site.language, self.config, year, month))

    def plan(self, front: Url) -> Iterator[PageSpec]:
        """Plan its pages; `front` is where it begins."""
        head = build_head(self.site, front, self.site.title, feeds=announce_feeds(self.site))
        yield self._spec("archive.html", ArchiveView(head=head, url=front, years=self.years))
        for place, year in enumerate(self.years):
            older, newer = _find_around([year.period for year in self.years], place)
            url = year.period.url
            head = build_head(self.site, url, self.site.title, feeds=announce_feeds(self.site))
            yield self._spec("year.html", YearView(head=head, url=url, year=year, older=older, newer=newer))
        months = [(year.period, month) for year in self.years for month in year.months]
        periods = [month.period for _, month in months]
        for place, ((year_period, month), cards) in enumerate(zip(months, self.months.values(), strict=True)):
            # A month leads to those around it, of which one may be new.
            near = [*self.months.values()][max(0, place - 1) : place + 2]
            if self.context.wants(card for dated in near for _, card in dated):
                yield from self._plan_month(year_period, month, cards, _find_around(periods, place))

    def _plan_month(
        self,
        year: Period,
        month: ArchiveMonth,
        cards: Sequence[tuple[datetime, Card]],
        around: tuple[Period | None, Period | None],
    ) -> Iterator[PageSpec]:
        front = month.period.url
        edited = self.context.count_edited(card for _, card in cards)
        for place, page in enumerate(paginate(cards, _PAGE)):
            if place > edited and not self.context.wants(card for _, card in page.items):
                continue
            is_front = page.number is None
            url = front if page.number is None else older_page_url(front, page.number)
            view = MonthView(
                head=build_head(self.site, url, self.site.title, feeds=announce_feeds(self.site)),
                url=url,
                month=month,
                year=year,
                days=_split_days(page.items),
                older=around[0] if is_front else None,
                newer=around[1] if is_front else None,
                pager=Pager(
                    number=page.number,
                    older=older_page_url(front, page.older) if page.older else None,
                    front=None if is_front else front,
                ),
            )
            yield self._spec("month.html", view)

    def _spec(self, template: str, view: IndexView) -> PageSpec:
        return PageSpec(
            path=out_path(view.url),
            template=template,
            language=self.site.language,
            view=view,
            wave="list",
            source=ARCHIVE,
        )


def _find_around(periods: Sequence[Period], place: int) -> tuple[Period | None, Period | None]:
    """Return the older and the newer neighbour of the period at `place`, of `periods` that are newest first."""
    older = periods[place + 1] if place + 1 < len(periods) else None
    return older, periods[place - 1] if place else None


def _split_days(cards: Sequence[tuple[datetime, Card]]) -> tuple[ArchiveDay, ...]:
    return tuple(
        ArchiveDay(
            date=Moment(at=day, precision="day"),
            entries=tuple(ArchiveEntry(link=card.link, section=card.section) for _, card in members),
        )
        for day, members in groupby(cards, key=lambda dated: dated[0])
    )
