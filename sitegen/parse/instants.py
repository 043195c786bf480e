"""Dates as people write them in front matter.

Read are the forms of ISO 8601 and YAML that put the year first; other orders are refused with the readings they may
have, since `09-07-23` is July in one country and September in another.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from sitegen.model.moment import Moment, Precision
from sitegen.parse.scalars import reject

_YEARS = range(1000, 9999)
"""Years that can be moved to any time zone, and whose digits are four."""
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:(?:[Tt]|[ \t]+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?"
    r"[ \t]*([Zz]|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)?)?"
)
_EXACT = re.compile(r"[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-](?:0\d|1[0-5]):[0-5]\d)", re.ASCII)
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[-_ ](.*))?", re.DOTALL)
_NUMERIC = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})\b(.*)", re.DOTALL)
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})\b(.*)", re.DOTALL)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"\b(\d{1,2}):(\d{2})\b")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WORD = re.compile(r"[a-z]{3,}")
_DIGITS = re.compile(r"\d+")
_SHAPE = "write it as 2023-07-09 or 2023-07-09 17:22"


def read_instant(value: object, zone: tzinfo) -> Moment:
    """Return the instant that `value` is; without a zone of its own it is one in `zone`.

    Raises PydanticCustomError, whose hint shows the ISO form of what may be meant.
    """
    if isinstance(value, str):
        text = value.strip()
        exact = read_exact(text)
        if exact:
            return Moment(at=exact)
        found = _ISO.fullmatch(text)
        if found is None:
            raise reject(*_explain(text))
        return _read_parts(found, zone)
    if isinstance(value, datetime):
        return _fix(value.replace(microsecond=0), zone, "second")
    if isinstance(value, date):
        return _fix(datetime.combine(value, time()), zone, "day")
    raise reject("is no date", _SHAPE)


def read_exact(text: str) -> datetime | None:
    """Return the instant `text` where it is written in full, as programs do: `2023-07-09T17:22:05+02:00`; else None."""
    try:
        return datetime.fromisoformat(text) if _EXACT.fullmatch(text) else None
    except ValueError:
        return None


def parse_instant(text: str, timezone_name: str) -> Moment | None:
    """Return the instant that `text` is, in the zone `timezone_name` (IANA) where it names none; None if it is none."""
    try:
        return read_instant(text, ZoneInfo(timezone_name))
    except ValueError:
        return None


def _read_parts(found: re.Match[str], zone: tzinfo) -> Moment:
    year, month, day, hour, minute, second, offset = found.groups()
    precision: Precision = "second" if second else "minute" if hour else "day"
    clock = (int(hour or 0), int(minute or 0), int(second or 0))
    year, month, day = int(year), int(month), int(day)
    try:
        local = datetime(year, month, day, *clock, tzinfo=_read_offset(offset))
    except ValueError:
        if _build_day(year, month, day) is None:
            raise reject(f"there is no day {year:04}-{month:02}-{day:02}", _hint_swapped(year, month, day)) from None
        raise reject(
            f"there is no time {found[0][10:].strip()}", "write hours, minutes and offset as 17:22 +02:00"
        ) from None
    return _fix(local, zone, precision)


def _read_offset(text: str | None) -> tzinfo | None:
    """Return the zone `Z`, `+02:00`, `+0200`, `+02` or none; raises ValueError for one of a day or more."""
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "")
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    if hours > 15 or minutes > 59:  # the widest in use is +14:00
        raise ValueError(text)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def _fix(written: datetime, zone: tzinfo, precision: Precision) -> Moment:
    """Return `written` at a fixed offset, so that the value is the same after it was stored.

    A local time that a change of the clocks skips is moved on; one that comes twice is the first.
    """
    if written.year not in _YEARS:
        raise reject(f"the year {written.year} is out of range", f"write a year up to {_YEARS[-1]}")
    if written.tzinfo is UTC:
        return Moment(at=written, precision=precision)
    if written.tzinfo is None:
        local = written.replace(tzinfo=zone)
        real = local.astimezone(UTC).astimezone(zone)
    else:
        real = written
    offset = real.utcoffset() or timedelta()
    if not offset or offset % timedelta(minutes=1):  # local mean times of old have seconds, which RFC 3339 cannot write
        return Moment(at=real.astimezone(UTC), precision=precision)
    return Moment(at=real.replace(tzinfo=timezone(offset), fold=0), precision=precision)


def read_date_prefix(stem: str, zone: tzinfo) -> tuple[Moment | None, str]:
    """Return the date before a file's name, if there is one, and the rest: `2023-07-08-nato-office`."""
    found = _DATED.fullmatch(stem)
    if found is None:
        return None, stem
    try:
        return read_instant(found[1], zone), found[2] or ""
    except ValueError:
        return None, stem


def _explain(text: str) -> tuple[str, str]:
    """Return message and hint for `text`, which is no date in ISO form."""
    if not text:
        return "is empty", _SHAPE
    if re.fullmatch(r"\d{4}", text):
        return f"{text} is only a year", f"write month and day too, such as {text}-07-09"
    if re.fullmatch(r"\d{4}-\d{1,2}", text):
        return f"{text} is only a month", f"write the day too, such as {text}-09"
    readings = _find_readings(text)
    if len(readings) > 1:
        (first, one), (second, other) = readings
        return f"{_cut(text)} has two readings", f"write {first} for {one}, or {second} for {other}"
    if readings:
        return f"{_cut(text)} is not in the order year-month-day", f"write {readings[0][0]}"
    return f"{_cut(text)} is no date", _SHAPE


def _find_readings(text: str) -> list[tuple[str, str]]:
    """Return what `text` may mean, as ISO and in words."""
    clock = _TIME.search(text)
    suffix = f" {int(clock[1]):02}:{clock[2]}" if clock else ""
    days: list[date | None] = []
    if found := _NUMERIC.fullmatch(text):
        one, two, year = int(found[1]), int(found[3]), _read_year(found[4])
        days = [_build_day(year, two, one), _build_day(year, one, two)]
    elif (found := _YEAR_FIRST.fullmatch(text)) or (found := _COMPACT.fullmatch(text)):
        days = [_build_day(int(found[1]), int(found[2]), int(found[3]))]
    else:
        days = [_read_words(text)]
    known = dict.fromkeys(day for day in days if day)
    return [(f"{day.isoformat()}{suffix}", f"{day.day} {_NAMES[day.month - 1]} {day.year}") for day in known]


def _read_words(text: str) -> date | None:
    """Return the day of `July 9, 2023` or `Sun, 9 Jul 2023 17:22`."""
    words = [word[:3] for word in _WORD.findall(text.lower())]
    month = next((_MONTHS.index(word) + 1 for word in words if word in _MONTHS), None)
    numbers = _DIGITS.findall(_TIME.sub(" ", text))
    year = next((int(number) for number in numbers if len(number) == 4), None)
    day = next((int(number) for number in numbers if len(number) <= 2), None)
    return _build_day(year, month, day) if year and month and day else None


def _read_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text) if int(text) < 70 else 1900 + int(text)


def _build_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _hint_swapped(year: int, month: int, day: int) -> str:
    swapped = _build_day(year, day, month)
    return f"write {swapped.isoformat()}" if swapped and month > 12 else _SHAPE


def _cut(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= 40 else shown[:39] + "…"
