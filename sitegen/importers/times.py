"""Times of platforms, as a snapshot writes them: UTC, to the second."""

import math
from datetime import UTC, datetime, timedelta

from sitegen.importers.pages.times import SourceTimes
from sitegen.importers.records import ImportRequest
from sitegen.parse.instants import parse_instant

_FIRST_YEAR = 1970
"""No comment on the web is older: what is, is a zero that some program wrote for "never"."""


def read_iso(text: str | None) -> str | None:
    """Return an instant in ISO 8601, UTC where it has no zone; None for what is none or lies before the web."""
    moment = parse_instant(text.strip(), "UTC") if text else None
    return _write(moment.at) if moment else None


def read_epoch(seconds: float | None) -> str | None:
    """Return the instant that lies so many seconds behind 1970; None for what is none."""
    if seconds is None or not math.isfinite(seconds) or not 0 < seconds < 1e11:
        return None
    return _write(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(seconds)))


def read_captured(request: ImportRequest) -> str | None:
    """Return when the input was taken, as `--captured-at` says; raises UsageError for what is no instant."""
    return SourceTimes(request).write_captured()


def _write(at: datetime) -> str | None:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if at.year >= _FIRST_YEAR else None
