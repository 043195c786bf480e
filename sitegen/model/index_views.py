"""What templates see on pages that lead to articles by date, by name or by correction.

`docs/reference/views.md` is generated from the types and docstrings below.
"""

from msgspec import Struct

from sitegen.model.card import Link, Named
from sitegen.model.moment import Moment
from sitegen.model.names import Url
from sitegen.model.views import Head, Pager


class Period(Struct, frozen=True, kw_only=True, array_like=True):
    """A year or month with its page of the archive."""

    date: Moment
    """Which, known to the year or to the month; for the `day` filter."""
    url: Url
    """Its page."""


class ArchiveMonth(Struct, frozen=True, kw_only=True, array_like=True):
    """A month in the archive."""

    period: Period
    """Which."""
    count: int
    """How many articles it has, at least one."""


class ArchiveYear(Struct, frozen=True, kw_only=True, array_like=True):
    """A year in the archive."""

    period: Period
    """Which."""
    count: int
    """How many articles it has, at least one."""
    months: tuple[ArchiveMonth, ...]
    """Months that have articles, newest first."""


class ArchiveView(Struct, frozen=True, kw_only=True, array_like=True):
    """`page` in `archive.html`: all years."""

    head: Head
    """What belongs into `<head>`; its title is the site's."""
    url: Url
    """Its address."""
    years: tuple[ArchiveYear, ...]
    """Years that have articles, newest first."""


class YearView(Struct, frozen=True, kw_only=True, array_like=True):
    """`page` in `year.html`: a year of the archive."""

    head: Head
    """What belongs into `<head>`; its title is the site's."""
    url: Url
    """Its address."""
    year: ArchiveYear
    """The year and its months."""
    older: Period | None
    """The year before it that has articles."""
    newer: Period | None
    """The year after it that has articles."""


class ArchiveEntry(Struct, frozen=True, kw_only=True, array_like=True):
    """An article in the archive."""

    link: Link
    """Its address, headline, date and picture."""
    section: Named | None
    """Its section."""


class ArchiveDay(Struct, frozen=True, kw_only=True, array_like=True):
    """A day in the archive."""

    date: Moment
    """Which, known to the day."""
    entries: tuple[ArchiveEntry, ...]
    """Its articles, newest first."""


class MonthView(Struct, frozen=True, kw_only=True, array_like=True):
    """`page` in `month.html`: a month of the archive."""

    head: Head
    """What belongs into `<head>`; its title is the site's."""
    url: Url
    """Its address."""
    month: ArchiveMonth
    """Which, and how many articles it has."""
    year: Period
    """The year that it is in."""
    days: tuple[ArchiveDay, ...]
    """Days that have articles, newest first."""
    older: Period | None
    """The month before it that has articles; on the front of the month alone, as `newer`."""
    newer: Period | None
    """The month after it that has articles."""
    pager: Pager
    """The way through a month of several pages."""


class NameEntry(Struct, frozen=True, kw_only=True, array_like=True):
    """A tag or an author."""

    named: Named
    """Name and page."""
    count: int
    """How many articles it has, at least one."""


class NameGroup(Struct, frozen=True, kw_only=True, array_like=True):
    """Names that begin with one letter."""

    letter: str
    """The letter without its accent; `0-9` for digits, `#` for signs; empty where there are so few names that they are
    one group."""
    entries: tuple[NameEntry, ...]
    """In order."""


class NamesView(Struct, frozen=True, kw_only=True, array_like=True):
    """`page` in `tags.html` and `authors.html`: all tags, or all authors."""

    head: Head
    """What belongs into `<head>`; its title is the site's."""
    url: Url
    """Its address."""
    count: int
    """How many names there are."""
    groups: tuple[NameGroup, ...]
    """By letter."""


class CorrectionEntry(Struct, frozen=True, kw_only=True, array_like=True):
    """A mended mistake in the list of all of them."""

    article: Link
    """The article that it was in."""
    date: Moment
    """When it was mended."""
    text: str
    """What was wrong and what is right, as plain text."""
    url: Url
    """Where it stands on the article's page."""


class CorrectionsView(Struct, frozen=True, kw_only=True, array_like=True):
    """`page` in `corrections.html`: the mended mistakes of all articles."""

    head: Head
    """What belongs into `<head>`; its title is the site's."""
    url: Url
    """Its address."""
    entries: tuple[CorrectionEntry, ...]
    """Newest first."""
    atom: Url
    """Their Atom feed."""
    rss: Url
    """Their RSS feed."""
    pager: Pager
    """The way to older ones."""


class CorrectionsFeedView(Struct, frozen=True, kw_only=True, array_like=True):
    """`page` in `corrections-atom.xml` and `corrections-rss.xml`."""

    url: Url
    """Its own address."""
    home: Url
    """The page it belongs to."""
    updated: Moment
    """When the newest correction was made."""
    entries: tuple[CorrectionEntry, ...]
    """Newest first."""


IndexView = ArchiveView | YearView | MonthView | NamesView | CorrectionsView | CorrectionsFeedView
