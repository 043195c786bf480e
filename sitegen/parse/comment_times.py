"""Times of comments: instants with a zone, days and months, and words that count from the day of capture."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sitegen.model.moment import Moment, Precision
from sitegen.parse.instants import read_exact, read_instant

_SHORT = re.compile(r"(\d{4})(?:-(\d{2}))?")
_TIME = re.compile(r"\d:\d\d")
_ZONE = re.compile(r"(?:[Zz]|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)$")
_AGO = re.compile(r"(?:about\s+)?\b(an?|\d{1,4})\s+(second|minute|hour|day|week|month|year)s?\s+ago", re.IGNORECASE)
_SHAPE = "write `2023-07-09T17:22:00+02:00`, or `2023-07` where only the month is known"
_FIRST_YEAR = 1970
"""No comment on the web is older."""
_RANKS: Mapping[Precision, int] = {"year": 0, "month": 1, "day": 2, "minute": 3, "second": 4}
_KNOWN: Mapping[str, Precision] = {
    "second": "minute",
    "minute": "minute",
    "hour": "day",
    "day": "day",
    "week": "month",
    "month": "month",
    "year": "year",
}
"""How precisely a phrase tells an instant, by its unit: "3 hours ago" may be short of the fourth by an hour."""


class NoTimeError(ValueError):
    """What was written is no time."""

    def __init__(self, message: str, hint: str) -> None:
        """Say what is wrong in `message`, and what to write instead in `hint`."""
        super().__init__(message)
        self.hint = hint


def read_moment(written: str, precision: Precision | None, raw: str | None) -> Moment:
    """Return the instant `written`, as ISO 8601, at the `precision` that is known; None: as it is written.

    Minutes and seconds need a zone; days, months and years have none. Raises NoTimeError.
    """
    exact = read_exact(written) if precision in {None, "second"} else None
    if exact:
        return Moment(at=exact, raw=raw)
    from pydantic_core import PydanticCustomError  # noqa: PLC0415 -- hardly any snapshot needs it

    text = written.strip()
    short = _SHORT.fullmatch(text)
    if not text or (short and short[2] and not 1 <= int(short[2]) <= 12):
        raise NoTimeError(f"there is no month {text}" if text else "is empty", _SHAPE)
    try:
        moment = read_instant(f"{short[1]}-{short[2] or '01'}-01" if short else text, UTC)
    except PydanticCustomError as failure:
        context = failure.context or {}
        raise NoTimeError(str(context.get("message")), str(context.get("hint"))) from failure
    known: Precision = moment.precision if not short else "month" if short[2] else "year"
    if _TIME.search(text) and not _ZONE.search(text):
        raise NoTimeError("has no zone, so that the instant is not known", f"write `{text}Z` or an offset")
    if precision and _RANKS[precision] > _RANKS[known] and known not in {"minute", "second"}:
        raise NoTimeError(f"is written to the {known}, and cannot be known to the {precision}", f"write `{known}`")
    return _at_precision(moment.at, min(precision or known, known, key=lambda unit: _RANKS[unit]), raw)


def resolve_relative(words: str, captured: Moment) -> Moment | None:
    """Return the instant that `words` such as "2 months ago" meant at the time of capture, as precisely as they tell.

    None for words that are no such phrase.
    """
    match = _AGO.search(words)
    if not match:
        return None
    count = 1 if match[1].lower() in {"a", "an"} else int(match[1])
    unit = match[2].lower()
    try:
        at = _go_back(captured.at, count, unit)
    except (ValueError, OverflowError):
        return None
    if at.year < _FIRST_YEAR:
        return None
    return _at_precision(at, min(_KNOWN[unit], captured.precision, key=lambda known: _RANKS[known]), words)


def _go_back(start: datetime, count: int, unit: str) -> datetime:
    if unit not in {"month", "year"}:
        return start - timedelta(**{f"{unit}s": count})
    months = start.year * 12 + start.month - 1 - count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return start.replace(year=year, month=month + 1, day=min(start.day, monthrange(year, month + 1)[1]))


def _at_precision(at: datetime, precision: Precision, raw: str | None) -> Moment:
    """Return the instant with everything that is not known at its beginning."""
    rank = _RANKS[precision]
    known = at.replace(
        month=at.month if rank >= _RANKS["month"] else 1,
        day=at.day if rank >= _RANKS["day"] else 1,
        hour=at.hour if rank >= _RANKS["minute"] else 0,
        minute=at.minute if rank >= _RANKS["minute"] else 0,
        second=at.second if rank >= _RANKS["second"] else 0,
        microsecond=0,
    )
    return Moment(at=known, precision=precision, raw=raw)
