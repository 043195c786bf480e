"""Instants as readers read them, never more precise than they are known."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, get_datetime_format
from babel.numbers import format_decimal

from sitegen.model.moment import Moment, Precision
from sitegen.plan.head import write_iso

_COARSE: Mapping[Precision, int] = {"year": len("2023"), "month": len("2023-07"), "day": len("2023-07-09")}
"""Precisions without a time, and how much of an ISO date each of them knows."""

_INTERNATIONAL = "en_001"


@lru_cache(maxsize=64)
def find_locale(language: str) -> Locale:
    """Return the locale of a BCP 47 tag; plain `en` is international English, and so is an unknown language."""
    if language == "en":
        return Locale.parse(_INTERNATIONAL)
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        parts = language.split("-")
        return find_locale(parts[0]) if len(parts) > 1 else Locale.parse(_INTERNATIONAL)


def format_day(moment: Moment, language: str, timezone: str) -> str:
    """Return the date in words: `9 July 2023`, `July 2023`, `2023`."""
    return _write_day(_localise(moment, timezone).date(), moment.precision, language)


def format_instant(moment: Moment, language: str, timezone: str) -> str:
    """Return date and time in words: `9 July 2023, 17:22`; the date alone where no time is known."""
    local = _localise(moment, timezone)
    day = _write_day(local.date(), moment.precision, language)
    if moment.precision in _COARSE:
        return day
    pattern = _join_pattern(language)
    # No language shows seconds, and without them there are few times of day.
    return pattern.replace("{0}", _write_time(time(local.hour, local.minute), language)).replace("{1}", day)


def _localise(moment: Moment, timezone: str) -> datetime:
    """Return the instant in `timezone`; a day, month or year stays the one that was written, wherever that was."""
    return moment.at if moment.precision in _COARSE else moment.at.astimezone(_find_zone(timezone))


@lru_cache(maxsize=64)
def _find_zone(name: str) -> tzinfo:
    # Most instants are remembered in UTC, and what is in a zone already is found there.
    return UTC if name == "UTC" else ZoneInfo(name)


# What is remembered has no zone: two instants are equal in all zones, and would be taken for each other.
@lru_cache(maxsize=4096)
def _write_day(day: date, precision: Precision, language: str) -> str:
    locale = find_locale(language)
    if precision == "year":
        return str(format_skeleton("y", datetime.combine(day, time()), locale=locale))
    if precision == "month":
        return str(format_skeleton("yMMMM", datetime.combine(day, time()), locale=locale))
    return str(format_date(day, "long", locale))


@lru_cache(maxsize=4096)
def _write_time(moment: time, language: str) -> str:
    locale = find_locale(language)
    return str(format_time(moment, "HH:mm" if str(locale) == _INTERNATIONAL else "short", locale=locale))


@lru_cache(maxsize=64)
def _join_pattern(language: str) -> str:
    """Return how a day (`{1}`) and a time (`{0}`) stand together."""
    return str(get_datetime_format("medium", locale=find_locale(language))).replace("'", "")


def format_iso(moment: Moment, timezone: str) -> str:
    """Return a value for `<time datetime>` (HTML, section 4.5.14): an instant, a date, a month or a year."""
    if moment.precision in _COARSE:
        return moment.at.date().isoformat()[: _COARSE[moment.precision]]
    return write_iso(moment.at.astimezone(_find_zone(timezone)))


@lru_cache(maxsize=4096)
def format_number(value: float, language: str) -> str:
    """Return a number in the language: `4`, `4.5`, `12,345`."""
    return str(format_decimal(value, locale=find_locale(language)))


def format_language(tag: str) -> str:
    """Return the name of a language in itself: `Deutsch`, `português (Brasil)`; an unknown tag stays as it is."""
    try:
        return str(Locale.parse(tag, sep="-").get_display_name() or tag)
    except (UnknownLocaleError, ValueError):
        return tag
