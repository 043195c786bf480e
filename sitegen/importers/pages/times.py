"""Times as a site prints them, in its own order of day and month and without a zone: read as somebody says, or not."""

import re
from collections.abc import Iterator, Mapping
from copy import copy
from datetime import UTC, datetime, tzinfo
from itertools import permutations

from sitegen.errors import ContentError, Span, UsageError, error
from sitegen.importers.pages.files import CODE
from sitegen.importers.records import ImportRequest
from sitegen.importers.zones import read_zone
from sitegen.model.moment import Moment, Precision
from sitegen.parse.comment_format import EditRecord, TimeRecord
from sitegen.parse.comment_times import resolve_relative
from sitegen.parse.instants import parse_instant

_LONGEST = 60
_RELATIVE = re.compile(r"(?:about )?(?:an?|\d{1,4}) (?:second|minute|hour|day|week|month|year)s? ago|right now", re.I)
_EDITED = re.compile(r"last edited (?P<when>.{1,40}? ago|right now)(?: by(?: (?P<by>.*))?)?", re.IGNORECASE)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_ISO_ZONED = re.compile(_ISO.pattern + r" ?(?:Z|[+-]\d{2}:?\d{2})")
_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
_MONTH = "|".join((*_MONTHS, *(name[:3] for name in _MONTHS)))
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?"
_DATED = re.compile(
    rf"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?(?:\d{{1,4}}[-./]\d{{1,2}}[-./]\d{{1,4}}"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th)?\.? )?(?:{_MONTH})\.?(?: \d{{1,2}}(?:st|nd|rd|th)?)?,? \d{{4}})"
    rf"(?:,| -| \u2013| at| @| \||T)? ?{_CLOCK}(?: ?(?:Z|UTC|GMT|[+-]\d{{2}}:?\d{{2}}))?",
    re.IGNORECASE,
)
_PART = re.compile(rf"(?P<month>{_MONTH})\b|(?P<clock>{_CLOCK})|(?P<number>\d+)|(?P<percent>%)", re.IGNORECASE)
_WRITTEN: Mapping[Precision, str] = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d"}
_BAD_FORMAT = "write it as `%d-%m-%y %H:%M`, with a year"


class SourceTimes:
    """What `--date-format`, `--timezone` and `--captured-at` say of the times of a source."""

    def __init__(self, request: ImportRequest) -> None:
        """Raise UsageError for a format or a zone that there is not, and a capture time that is none."""
        self._format = request.date_format
        self._zone = read_zone(request.timezone) if request.timezone is not None else None
        self._site_zone = request.config.timezone
        self.zone_name = request.timezone
        self.captured = self._read_captured(request)
        if self._format is not None:
            _check_format(self._format)

    def at_capture(self, at: datetime | None) -> "SourceTimes":
        """Return these times for a page that says itself when it was saved; what the request says wins."""
        if at is None or self.captured is not None:
            return self
        changed = copy(self)
        changed.captured = Moment(at=at, precision="second")
        return changed

    def is_time(self, text: str) -> bool:
        """Tell whether `text` as a whole is a time, whatever its order: a line between comments."""
        return len(text) <= _LONGEST and bool(
            _RELATIVE.fullmatch(text) or _DATED.fullmatch(text) or _ISO.fullmatch(text) or self._parse(text)
        )

    def holds_time(self, text: str) -> bool:
        """Tell whether a line begins or ends with a time, and says something else as well."""
        found = _DATED.search(text)
        return found is not None and not self.is_time(text) and (not found.start() or text.endswith(found[0]))

    def read(self, raw: str, name: str, line: int) -> TimeRecord:
        """Return the time `raw`; raises ContentError, with the place, where nobody has said how to read it."""
        text = " ".join(raw.split())
        if _RELATIVE.fullmatch(text):
            return self.resolve(text) or TimeRecord(raw=text)
        if _ISO_ZONED.fullmatch(text):
            moment = parse_instant(text, "UTC")
            return write_time(moment, text) if moment else TimeRecord(raw=text)
        parsed = self._parse(text)
        precision: Precision = _find_precision(self._format or "")
        if parsed is None and self._format is None and _ISO.fullmatch(text):
            moment = parse_instant(text, "UTC")
            parsed = moment.at.replace(tzinfo=None) if moment else None
            precision = moment.precision if moment else "day"
        if parsed is None:
            raise ContentError([error(CODE, *_explain(text, name, line, self._format))])
        if parsed.tzinfo is None and precision != "day":
            parsed = parsed.replace(tzinfo=self._need_zone(text, name, line))
        return write_time(Moment(at=parsed, precision=precision), text)

    def resolve(self, words: str) -> TimeRecord | None:
        """Return the time that words such as "2 months ago" meant; None without a time of capture."""
        if self.captured is None:
            return None
        if words.lower() == "right now":
            return write_time(Moment(at=self.captured.at, precision=self.captured.precision), words)
        moment = resolve_relative(words, self.captured)
        return write_time(moment, words) if moment else None

    def read_edit(self, line: str) -> EditRecord | None:
        """Return the edit that a line `Last edited 2 months ago by NAME` tells of; None for any other line."""
        match = _EDITED.fullmatch(" ".join(line.split()))
        if match is None:
            return None
        by = (match["by"] or "").strip() or None
        at = self.resolve(match["when"])
        return EditRecord(at=at, by=by) if at else EditRecord(raw=match["when"], by=by)

    def write_captured(self) -> str | None:
        """Return the time of capture as a snapshot holds it."""
        return write_time(self.captured, None).at if self.captured else None

    def read_told(self, option: str, written: str) -> Moment:
        """Return the instant that an option names; raises UsageError."""
        moment = parse_instant(written, self.zone_name or self._site_zone)
        if moment is None:
            raise UsageError(f"{option}: `{written}` is no instant", "write 2023-07-09 or 2023-07-09 17:22")
        return moment

    def _read_captured(self, request: ImportRequest) -> Moment | None:
        return self.read_told("--captured-at", request.captured_at) if request.captured_at is not None else None

    def _parse(self, text: str) -> datetime | None:
        if self._format is None:
            return None
        try:
            return datetime.strptime(text, self._format)  # noqa: DTZ007 -- the zone follows
        except ValueError:
            return None

    def _need_zone(self, text: str, name: str, line: int) -> tzinfo:
        if self._zone is None:
            message = f"`{text}` has no zone"
            hint = f"say which one the site used, such as --timezone {self._site_zone}"
            raise ContentError([error(CODE, message, name, Span(line=line), hint)])
        return self._zone


def write_time(moment: Moment, raw: str | None) -> TimeRecord:
    """Return an instant as a snapshot holds it."""
    pattern = _WRITTEN.get(moment.precision)
    if pattern:
        return TimeRecord(at=moment.at.strftime(pattern), precision=moment.precision, raw=raw)
    offset = moment.at.utcoffset()
    at = moment.at if offset and offset.total_seconds() % 60 == 0 else moment.at.astimezone(UTC)
    written = at.isoformat("T", "seconds").replace("+00:00", "Z")
    return TimeRecord(at=written, precision=moment.precision, raw=raw)


def suggest_formats(text: str) -> tuple[tuple[str, str], ...]:
    """Return the formats that `text` may be written in, each with the day that it would then be."""
    found: dict[str, str] = {}
    for pattern in _build_formats(text):
        try:
            day = datetime.strptime(text, pattern)  # noqa: DTZ007 -- only its day is shown
        except ValueError:
            continue
        found.setdefault(f"{day.day} {_MONTHS[day.month - 1]} {day.year}", pattern)
    return tuple((pattern, day) for day, pattern in found.items())


def _build_formats(text: str) -> Iterator[str]:
    """Yield `text` with directives for its parts, in every order that people write a date in."""
    parts = list(_PART.finditer(text))
    numbers = [part[0] for part in parts if part["number"]]
    has_word = any(part["month"] for part in parts)
    if len(numbers) != (2 if has_word else 3):
        return
    if has_word:
        orders = tuple(permutations("dy"))
    else:
        orders = (tuple("ymd"),) if len(numbers[0]) == 4 else (tuple("dmy"), tuple("mdy"))
    for order in orders:
        waiting = iter(zip(order, numbers, strict=True))
        yield _PART.sub(lambda part: _write_directive(part, waiting), text)  # noqa: B023 -- used at once


def _write_directive(part: re.Match[str], waiting: Iterator[tuple[str, str]]) -> str:
    if part["month"]:
        return "%B" if part[0].capitalize() in _MONTHS else "%b"
    if part["percent"]:
        return "%%"
    if part["clock"]:
        seconds = ":%S" if part[0].count(":") == 2 else ""
        half = re.search(r"(\s?)[ap]\.?m\.?$", part[0], re.IGNORECASE)
        return f"%H:%M{seconds}" if half is None else f"%I:%M{seconds}{half[1]}%p"
    kind, number = next(waiting)
    return "%Y" if kind == "y" and len(number) == 4 else f"%{kind}"


def _explain(text: str, name: str, line: int, told: str | None) -> tuple[str, str, Span, str]:
    span = Span(line=line)
    readings = suggest_formats(text)
    shown = " or ".join(f"--date-format '{pattern}' for {day}" for pattern, day in readings)
    hint = shown or _BAD_FORMAT
    if told is not None:
        return f"`{text}` is not written as `{told}`", name, span, hint
    if len(readings) > 1:
        return f"`{text}` has {len(readings)} readings", name, span, hint
    return f"how to read `{text}` has to be said", name, span, hint


def _find_precision(pattern: str) -> Precision:
    if re.search(r"%[STXcs]", pattern):
        return "second"
    return "minute" if re.search(r"%[HIMR]", pattern) else "day"


def _check_format(pattern: str) -> None:
    try:
        again = datetime.strptime(datetime(2022, 7, 9, 17, 22, tzinfo=UTC).strftime(pattern), pattern)  # noqa: DTZ007
    except (ValueError, re.error) as failure:
        raise UsageError(f"--date-format: `{pattern}` cannot be read back", _BAD_FORMAT) from failure
    if (again.year, again.month, again.day) != (2022, 7, 9):
        raise UsageError(f"--date-format: `{pattern}` does not tell day, month and year", _BAD_FORMAT)
