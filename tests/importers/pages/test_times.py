"""Times of sites, and how people are asked what they mean."""

import pytest

from sitegen.errors import UsageError
from sitegen.importers.pages.times import SourceTimes, suggest_formats
from sitegen.importers.records import ImportRequest
from sitegen.model.config import Config
from tests.samples import CLOCK

DAY_FIRST = "%d-%m-%y %H:%M"


def make_times(**told: str) -> SourceTimes:
    return SourceTimes(ImportRequest(inputs=(), config=Config(), clock=CLOCK, **told))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "formats"),
    [
        ("09-07-23 17:22", {"%d-%m-%y %H:%M": "9 July 2023", "%m-%d-%y %H:%M": "7 September 2023"}),
        ("23-07-23 17:22", {"%d-%m-%y %H:%M": "23 July 2023"}),
        ("07-07-23 17:22", {"%d-%m-%y %H:%M": "7 July 2023"}),
        ("2023/07/09 17:22:05", {"%Y/%m/%d %H:%M:%S": "9 July 2023"}),
        ("July 9, 2023 5:22 pm", {"%B %d, %Y %I:%M %p": "9 July 2023"}),
        ("9 Jul 2023 17:22", {"%d %b %Y %H:%M": "9 July 2023"}),
        ("yesterday at noon", {}),
    ],
)
def test_formats_are_suggested_with_what_they_mean(written: str, formats: dict[str, str]) -> None:
    assert dict(suggest_formats(written)) == formats


@pytest.mark.parametrize(
    ("raw", "told", "at"),
    [
        ("09-07-23 17:22", {"date_format": DAY_FIRST, "timezone": "Europe/Amsterdam"}, "2023-07-09T17:22:00+02:00"),
        ("09-07-23", {"date_format": "%d-%m-%y"}, "2023-07-09"),
        ("2023-07-09 17:22", {"timezone": "UTC"}, "2023-07-09T17:22:00Z"),
        ("2023-07-09T17:22:05+02:00", {}, "2023-07-09T17:22:05+02:00"),
        ("2 months ago", {"captured_at": "2023-09-12T10:05:00Z"}, "2023-07"),
        ("2 months ago", {}, None),
        ("09-07-23 17:22 +0500", {"date_format": "%d-%m-%y %H:%M %z"}, "2023-07-09T17:22:00+05:00"),
    ],
)  # fmt: skip
def test_times_are_read_as_they_are_said_to_be(raw: str, told: dict[str, str], at: str | None) -> None:
    time = make_times(**told).read(raw, "page.html", 1)
    assert (time.at, time.raw) == (at, raw)


@pytest.mark.parametrize(
    "told",
    [
        {"date_format": "%d-%m %H:%M"},
        {"date_format": "%Q"},
        {"date_format": "%d-%m-%y%"},
        {"timezone": "Europe/Nowhere"},
        {"timezone": "../../etc/passwd"},
        {"captured_at": "last summer"},
    ],
    ids=str,
)
def test_what_cannot_work_is_refused_at_once(told: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        make_times(**told)
