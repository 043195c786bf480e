"""Instants as people write them: ISO 8601, with the liberties that front matter takes."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from sitegen.model.moment import Moment, Precision

_ISO = re.compile(
    r"""
    (?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})
    (?: (?:[Tt]|[ \t]+) (?P<hour>\d{1,2}):(?P<minute>\d{2}) (?: :(?P<second>\d{2}) (?:[.,]\d+)? )?
        [ \t]* (?P<zone> [Zz] | UTC | GMT | [+-]\d{2}:?\d{2} | [+-]\d{2} )?
    )?
    """,
    re.VERBOSE,
)
_NUMBERS = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?=\D|$)")
_WORDS = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([A-Za-z]{3,9})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})")
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
    for name in (names,)
}
_CENTURY = 2000
_SHORT_YEAR = 100


def parse_instant(text: str, timezone_name: str) -> Moment | None:
    """Return the instant that `text` names, or None where it is no accepted form.

    Accepted: `2023-07-09`, `2023-7-9`, `2023-07-09 17:22`, with seconds, with `T`, with `Z`, `+02:00` or `-0400`.
    Without a zone it is in `timezone_name`; a date alone is 00:00 there, at the precision of a day.
    """
    match = _ISO.fullmatch(text.strip())
    if not match:
        return None
    zone = _read_zone(match["zone"], timezone_name)
    precision: Precision = "day" if match["hour"] is None else "minute" if match["second"] is None else "second"
    try:
        at = datetime(
            int(match["year"]),
            int(match["month"]),
            int(match["day"]),
            int(match["hour"] or 0),
            int(match["minute"] or 0),
            int(match["second"] or 0),
            tzinfo=zone,
        )
        # Through UTC and back: a time that the clocks skip becomes the one that they showed instead.
        return Moment(at=at.astimezone(UTC).astimezone(zone), precision=precision)
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=32)
def _read_zone(written: str | None, timezone_name: str) -> tzinfo:
    if written is None:
        return ZoneInfo(timezone_name)
    if written.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    digits = written[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if offset >= timedelta(hours=24):
        return UTC
    return timezone(-offset if written[0] == "-" else offset)


def suggest_instant(text: str) -> str:
    """Return a hint for a date that is not accepted: what it may mean, written as it should be."""
    readings = _readings(text)
    if len(readings) > 1:
        return "write " + " or ".join(f"`{reading}`" for reading in readings) + ": only you know which is meant"
    return f"write `{readings[0]}`" if readings else "write it as `2023-07-09` or `2023-07-09 17:22`"


def _readings(text: str) -> tuple[str, ...]:
    """Return the days that `text` may mean, as ISO dates."""
    words = _WORDS.search(text)
    if words:
        month = _MONTHS.get(words[2][:3].lower())
        day = words[1] or words[3]
        return _keep_valid([(int(words[4]), month, int(day))]) if month and day else ()
    numbers = _NUMBERS.search(text)
    if not numbers:
        return ()
    first, second, third = (int(part) for part in numbers.groups())
    if first > _SHORT_YEAR:
        return _keep_valid([(first, second, third)])
    year = third if third > _SHORT_YEAR else third + _CENTURY
    return _keep_valid([(year, second, first), (year, first, second)])


def _keep_valid(days: list[tuple[int, int, int]]) -> tuple[str, ...]:
    kept: list[str] = []
    for year, month, day in days:
        try:
            kept.append(datetime(year, month, day, tzinfo=UTC).date().isoformat())
        except ValueError:
            continue
    return tuple(dict.fromkeys(kept))
