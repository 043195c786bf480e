"""The time that decides what is published."""

import time
from datetime import UTC, datetime

import pytest

from sitegen.errors import UsageError
from sitegen.storage.clock import now_ns, read_clock


@pytest.mark.parametrize(
    ("epoch", "instant"),
    [
        ("0", datetime(1970, 1, 1, tzinfo=UTC)),
        ("1793534400", datetime(2026, 11, 1, 12, tzinfo=UTC)),
        ("-1", datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_the_environment_sets_the_clock(epoch: str, instant: datetime) -> None:
    assert read_clock({"SOURCE_DATE_EPOCH": epoch}) == instant


@pytest.mark.parametrize("environ", [{}, {"SOURCE_DATE_EPOCH": ""}])
def test_without_it_the_system_does_in_whole_seconds(environ: dict[str, str]) -> None:
    before = int(time.time())
    now = read_clock(environ)
    assert before <= now.timestamp() <= time.time()
    assert now.microsecond == 0
    assert now.tzinfo is UTC


@pytest.mark.parametrize("epoch", ["today", "1.5", "9" * 30, "9" * 5000])
def test_anything_else_is_refused(epoch: str) -> None:
    with pytest.raises(UsageError, match="which is no number of seconds") as refusal:
        read_clock({"SOURCE_DATE_EPOCH": epoch})
    assert refusal.value.hint == "unset it, or write `date +%s`"
    assert len(str(refusal.value)) < 120


def test_the_time_of_files_is_in_nanoseconds() -> None:
    assert abs(now_ns() - time.time_ns()) < 10**9
