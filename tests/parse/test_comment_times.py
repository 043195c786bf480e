"""Times of comments: as they are written beside what they mean."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.moment import Moment, Precision
from sitegen.parse.comment_times import NoTimeError, read_moment, resolve_relative


def show(moment: Moment | None) -> str | None:
    return f"{moment.at.isoformat()} to the {moment.precision}" if moment else None


@pytest.mark.parametrize(
    ("written", "precision", "expected"),
    [
        ("2023-07-09T17:22:33+02:00", None, "2023-07-09T17:22:33+02:00 to the second"),
        ("2023-07-09T17:22:33.987Z", None, "2023-07-09T17:22:33+00:00 to the second"),
        ("2023-07-09T17:22:33.987654321Z", None, "2023-07-09T17:22:33+00:00 to the second"),
        ("2023-07-09T17:22Z", None, "2023-07-09T17:22:00+00:00 to the minute"),
        ("2023-07-09T17:22+02:00", None, "2023-07-09T17:22:00+02:00 to the minute"),
        ("2023-07-09 17:22 -0400", None, "2023-07-09T17:22:00-04:00 to the minute"),
        ("2023-07-09T17:22:33+02", "minute", "2023-07-09T17:22:00+02:00 to the minute"),
        ("2023-07-09T17:22:33-04:00", "day", "2023-07-09T00:00:00-04:00 to the day"),
        ("2023-07-09T17:22:33-04:00", "month", "2023-07-01T00:00:00-04:00 to the month"),
        ("2023-07-09T17:22:33-04:00", "year", "2023-01-01T00:00:00-04:00 to the year"),
        ("2023-07-09T17:22Z", "second", "2023-07-09T17:22:00+00:00 to the minute"),
        ("2023-07-09", None, "2023-07-09T00:00:00+00:00 to the day"),
        (" 2023-07-09 ", "month", "2023-07-01T00:00:00+00:00 to the month"),
        ("2023-07", None, "2023-07-01T00:00:00+00:00 to the month"),
        ("2023-07", "year", "2023-01-01T00:00:00+00:00 to the year"),
        ("2023", None, "2023-01-01T00:00:00+00:00 to the year"),
    ],
)
def test_instants(written: str, precision: Precision | None, expected: str) -> None:
    assert show(read_moment(written, precision, "raw")) == expected
    assert read_moment(written, precision, "raw").raw == "raw"


@pytest.mark.parametrize(
    ("written", "precision", "message", "hint"),
    [
        ("2023-07-09T17:22:33", None, "has no zone, so that the instant is not known", "write `2023-07-09T17:22:33Z`"),
        ("2023-07-09 17:22", "day", "has no zone, so that the instant is not known", "write `2023-07-09 17:22Z`"),
        ("09-07-23 17:22", None, "09-07-23 17:22 has two readings", "write 2023-07-09 17:22 for 9 July 2023, or"),
        ("July 9, 2023", None, "July 9, 2023 is not in the order year-month-day", "write 2023-07-09"),
        ("2023-02-30T00:00:00Z", None, "there is no day 2023-02-30", "write it as"),
        ("2023-13", None, "there is no month 2023-13", "write `2023-07-09T17:22:00+02:00`, or"),
        ("2023-07-09T24:01:00Z", None, "there is no time", "write hours, minutes and offset"),
        ("0000-00-00 00:00:00Z", None, "there is no day 0000-00-00", "write it as"),
        ("0001-01-01T00:00:00Z", None, "the year 1 is out of range", "write a year"),
        ("1688915520", None, "1688915520 is no date", "write it as"),
        ("", None, "is empty", "write `2023-07-09T17:22:00+02:00`, or"),
        ("9" * 10_000, None, "9999999999", "write it as"),
        ("2023-07-09", "minute", "is written to the day, and cannot be known to the minute", "write `day`"),
        ("2023-07", "day", "is written to the month, and cannot be known to the day", "write `month`"),
    ],
)
def test_what_is_no_time(written: str, precision: Precision | None, message: str, hint: str) -> None:
    with pytest.raises(NoTimeError) as caught:
        read_moment(written, precision, None)
    assert str(caught.value).startswith(message)
    assert caught.value.hint.startswith(hint)
    assert len(str(caught.value)) < 120


def captured(written: str = "2023-09-12T10:05:31-04:00", precision: Precision = "second") -> Moment:
    return Moment(at=datetime.fromisoformat(written), precision=precision)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2 months ago", "2023-07-01T00:00:00-04:00 to the month"),
        ("Last edited 2 months ago by APB1961Curacao", "2023-07-01T00:00:00-04:00 to the month"),
        ("about a month ago", "2023-08-01T00:00:00-04:00 to the month"),
        ("9 Months Ago", "2022-12-01T00:00:00-04:00 to the month"),
        ("an hour ago", "2023-09-12T00:00:00-04:00 to the day"),
        ("11 hours ago", "2023-09-11T00:00:00-04:00 to the day"),
        ("40 seconds ago", "2023-09-12T10:04:00-04:00 to the minute"),
        ("5 minutes ago", "2023-09-12T10:00:00-04:00 to the minute"),
        ("12 days ago", "2023-08-31T00:00:00-04:00 to the day"),
        ("3 weeks ago", "2023-08-01T00:00:00-04:00 to the month"),
        ("1 year ago", "2022-01-01T00:00:00-04:00 to the year"),
        ("0 days ago", "2023-09-12T00:00:00-04:00 to the day"),
        ("60 years ago", None),
        ("9999 years ago", None),
        ("9999 months ago", None),
        ("99999 days ago", None),
        ("hace 2 meses", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_words_count_from_the_capture(words: str, expected: str | None) -> None:
    moment = resolve_relative(words, captured())
    assert show(moment) == expected
    assert moment is None or moment.raw == words


def test_a_short_month_has_no_31st() -> None:
    assert show(resolve_relative("6 months ago", captured("2023-08-31T00:00:00+00:00"))) == (
        "2023-02-01T00:00:00+00:00 to the month"
    )


def test_nothing_is_known_better_than_the_capture() -> None:
    month = captured("2023-09-01T00:00:00+00:00", "month")
    assert show(resolve_relative("3 days ago", month)) == "2023-08-01T00:00:00+00:00 to the month"
    assert show(resolve_relative("2 years ago", month)) == "2021-01-01T00:00:00+00:00 to the year"


PRECISE = st.just("2023-07-09T17:22:05") | st.from_regex(
    r"[012٢]\d{3}-[01]\d-[0-3]\d[T ][0-2]\d:[0-6]\d:[0-6]\d", fullmatch=True
)
ZONES = st.sampled_from(["Z", "z", "+00:00", "-00:00", "+15:59", "+16:00", "+02:60", "-04:00", "+02", "", "\n"])


def read(written: str, precision: Precision | None) -> str | None:
    try:
        return show(read_moment(written, precision, None))
    except NoTimeError as failure:
        return f"{failure}; {failure.hint}"


@given(at=PRECISE, zone=ZONES, precision=st.sampled_from([None, "second", "minute", "day"]))
def test_space_around_a_time_changes_nothing(at: str, zone: str, precision: Precision | None) -> None:
    assert read(at + zone, precision) == read(f" {at}{zone}", precision)


@given(at=PRECISE, zone=ZONES, precision=st.sampled_from([None, "second"]))
def test_times_as_programs_write_them_are_read_like_others(at: str, zone: str, precision: Precision | None) -> None:
    quick, careful = read(at + zone, precision), read(at.replace("T", "t") + zone, precision)
    assert (quick or "").lower() == (careful or "").lower()
