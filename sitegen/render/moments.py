"""Instants as readers read them, never more precise than they are known."""

from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from sitegen.model.moment import Moment

_ISO = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d"}


@lru_cache(maxsize=64)
def find_locale(language: str) -> Locale:
    """Return the locale of a BCP 47 tag; plain `en` is international English, and so is an unknown language."""
    if language == "en":
        return Locale.parse("en_001")
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        parts = language.split("-")
        return find_locale(parts[0]) if len(parts) > 1 else Locale.parse("en_001")


@lru_cache(maxsize=4096)
def format_day(moment: Moment, language: str, timezone: str) -> str:
    """Return the date in words: `9 July 2023`, `July 2023`, `2023`."""
    local = moment.at.astimezone(ZoneInfo(timezone))
    locale = find_locale(language)
    if moment.precision == "year":
        return str(format_date(local, "y", locale))
    if moment.precision == "month":
        return str(format_date(local, "MMMM y", locale))
    return str(format_date(local, "long", locale))


@lru_cache(maxsize=4096)
def format_instant(moment: Moment, language: str, timezone: str) -> str:
    """Return date and time in words: `9 July 2023, 17:22`; the date alone where no time is known."""
    day = format_day(moment, language, timezone)
    if moment.precision not in {"minute", "second"}:
        return day
    local = moment.at.astimezone(ZoneInfo(timezone))
    return f"{day}, {format_time(local, 'HH:mm' if language == 'en' else 'short', locale=find_locale(language))}"


def format_iso(moment: Moment, timezone: str) -> str:
    """Return a value for `<time datetime>` (HTML, section 4.5.14): an instant, a date, a month or a year."""
    local = moment.at.astimezone(ZoneInfo(timezone))
    pattern = _ISO.get(moment.precision)
    return local.strftime(pattern) if pattern else local.isoformat(timespec="seconds")


def format_number(value: float, language: str) -> str:
    """Return a number in the language: `4`, `4.5`, `12,345`."""
    return str(format_decimal(value, locale=find_locale(language)))


def format_language(tag: str) -> str:
    """Return the name of a language in itself: `Deutsch`, `português (Brasil)`; an unknown tag stays as it is."""
    try:
        return str(Locale.parse(tag, sep="-").get_display_name() or tag)
    except (UnknownLocaleError, ValueError):
        return tag
