"""The time, asked for once."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime

from sitegen.errors import UsageError

TICK_NS = 2_000_000_000
"""The coarsest clock of a file system in use: FAT counts time by two seconds."""


def read_clock(environ: Mapping[str, str]) -> datetime:
    """Return now in whole seconds, in UTC: SOURCE_DATE_EPOCH if it is set, else the system's time.

    SOURCE_DATE_EPOCH is a number of seconds since 1970 (https://reproducible-builds.org/specs/source-date-epoch/);
    raises UsageError where it is anything else.
    """
    epoch = environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.fromtimestamp(int(time.time()), UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as failure:
        raise UsageError(
            f"SOURCE_DATE_EPOCH is `{epoch[:40]}`, which is no number of seconds", "unset it, or write `date +%s`"
        ) from failure


def now_ns() -> int:
    """Return the system's time in nanoseconds, to compare with times of files."""
    return time.time_ns()
