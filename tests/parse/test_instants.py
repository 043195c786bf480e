"""Dates: the forms that are read, and what is said about the others."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from pydantic_core import PydanticCustomError

from sitegen.parse.instants import parse_instant, read_date_prefix, read_instant

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    ("written", "expected", "precision"),
    [
        ("2023-07-09", "2023-07-09T00:00:00+02:00", "day"),
        ("2023-7-9", "2023-07-09T00:00:00+02:00", "day"),
        ("2014-8-5", "2014-08-05T00:00:00+02:00", "day"),
        (" 2023-12-09 ", "2023-12-09T00:00:00+01:00", "day"),
        ("2023-07-09 17:22", "2023-07-09T17:22:00+02:00", "minute"),
        ("2023-7-9 5:22", "2023-07-09T05:22:00+02:00", "minute"),
        ("2023-07-09T17:22:05", "2023-07-09T17:22:05+02:00", "second"),
        ("2023-07-09t17:22:05.123456", "2023-07-09T17:22:05+02:00", "second"),
        ("2023-07-09T17:22Z", "2023-07-09T17:22:00+00:00", "minute"),
        ("2023-07-09 17:22 UTC", "2023-07-09T17:22:00+00:00", "minute"),
        ("2023-07-09 17:22:05 +02:00", "2023-07-09T17:22:05+02:00", "second"),
        ("2014-04-01 13:31:07 -0400", "2014-04-01T13:31:07-04:00", "second"),
        ("2014-04-01T13:31:07+05", "2014-04-01T13:31:07+05:00", "second"),
        ("2023-07-09 17:22 +00:00", "2023-07-09T17:22:00+00:00", "minute"),
        # The clocks skip 02:30 on the one day and show it twice on the other.
        ("2023-03-26 02:30", "2023-03-26T03:30:00+02:00", "minute"),
        ("2023-10-29 02:30", "2023-10-29T02:30:00+02:00", "minute"),
        # Local mean time, whose offset has seconds.
        ("1900-01-01", "1899-12-31T23:40:28+00:00", "day"),
    ],
)
def test_accepted_forms(written: str, expected: str, precision: str) -> None:
    moment = read_instant(written, ZoneInfo("Europe/Amsterdam"))
    if written == "1900-01-01":
        assert moment.at == datetime(1900, 1, 1, tzinfo=AMSTERDAM)
    else:
        assert moment.at.isoformat() == expected
    assert moment.precision == precision
    assert isinstance(moment.at.tzinfo, timezone)


def test_typed_dates_of_toml() -> None:
    assert read_instant(date(2023, 7, 9), AMSTERDAM) == read_instant("2023-07-09", AMSTERDAM)
    local = datetime(2023, 7, 9, 17, 22, 5, 999)  # noqa: DTZ001 — TOML's local date-time
    assert read_instant(local, AMSTERDAM) == read_instant("2023-07-09 17:22:05", AMSTERDAM)
    offset = timezone(timedelta(hours=-4))
    assert read_instant(datetime(2023, 7, 9, 17, tzinfo=offset), AMSTERDAM).at.utcoffset() == timedelta(hours=-4)


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        (
            "09-07-23",
            "09-07-23 has two readings",
            "write 2023-07-09 for 9 July 2023, or 2023-09-07 for 7 September 2023",
        ),
        (
            "09/07/2023",
            "09/07/2023 has two readings",
            "write 2023-07-09 for 9 July 2023, or 2023-09-07 for 7 September 2023",
        ),
        (
            "09-07-23 17:22",
            "09-07-23 17:22 has two readings",
            "write 2023-07-09 17:22 for 9 July 2023, or 2023-09-07 17:22 for 7 September 2023",
        ),
        ("07-07-23", "07-07-23 is not in the order year-month-day", "write 2023-07-07"),
        ("31.12.1999", "31.12.1999 is not in the order year-month-day", "write 1999-12-31"),
        ("12/31/99", "12/31/99 is not in the order year-month-day", "write 1999-12-31"),
        ("2023/07/09", "2023/07/09 is not in the order year-month-day", "write 2023-07-09"),
        ("20230709", "20230709 is not in the order year-month-day", "write 2023-07-09"),
        ("July 9, 2023", "July 9, 2023 is not in the order year-month-day", "write 2023-07-09"),
        ("9 Jul 2023 17:22", "9 Jul 2023 17:22 is not in the order year-month-day", "write 2023-07-09 17:22"),
        (
            "Sun, 09 Jul 2023 17:22:00 +0200",
            "Sun, 09 Jul 2023 17:22:00 +0200 is not in the order year-month-day",
            "write 2023-07-09 17:22",
        ),
        ("2026", "2026 is only a year", "write month and day too, such as 2026-07-09"),
        ("2026-07", "2026-07 is only a month", "write the day too, such as 2026-07-09"),
        ("2023-02-30", "there is no day 2023-02-30", "write it as 2023-07-09 or 2023-07-09 17:22"),
        ("2026-13-45", "there is no day 2026-13-45", "write it as 2023-07-09 or 2023-07-09 17:22"),
        ("2023-13-07", "there is no day 2023-13-07", "write 2023-07-13"),
        ("2023-13-07 25:00", "there is no day 2023-13-07", "write 2023-07-13"),
        ("2023-07-09 25:00", "there is no time 25:00", "write hours, minutes and offset as 17:22 +02:00"),
        ("2023-07-09 17:22 +99:00", "there is no time 17:22 +99:00", "write hours, minutes and offset as 17:22 +02:00"),
        ("1:30", "1:30 is no date", "write it as 2023-07-09 or 2023-07-09 17:22"),
        ("soon", "soon is no date", "write it as 2023-07-09 or 2023-07-09 17:22"),
        ("9999-12-31", "the year 9999 is out of range", "write a year up to 9998"),
        ("0001-01-01", "the year 1 is out of range", "write a year up to 9998"),
    ],
)
def test_other_forms_are_errors_that_show_the_iso_form(written: str, message: str, hint: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        read_instant(written, ZoneInfo("UTC"))
    assert str(caught.value) == message
    assert (caught.value.context or {})["hint"] == hint
    assert parse_instant(written, "UTC") is None


@pytest.mark.parametrize("value", [2026, 1.5, True, time(17, 22), ["2023-07-09"], {"a": "b"}, "9" * 6000])
def test_what_is_no_date_at_all(value: object) -> None:
    with pytest.raises(PydanticCustomError, match="is no date"):
        read_instant(value, AMSTERDAM)


@pytest.mark.parametrize(
    ("stem", "day", "rest"),
    [
        ("2023-07-08-nato-office", "2023-07-08", "nato-office"),
        ("2023-07-08", "2023-07-08", ""),
        ("2023-07-08_nato", "2023-07-08", "nato"),
        ("2023-02-30-nato", None, "2023-02-30-nato"),
        ("2023-07-081-nato", None, "2023-07-081-nato"),
        ("2023-plans", None, "2023-plans"),
        ("nato-2023-07-08", None, "nato-2023-07-08"),
    ],
)
def test_the_date_before_a_name(stem: str, day: str | None, rest: str) -> None:
    moment, left = read_date_prefix(stem, ZoneInfo("UTC"))
    assert left == rest
    assert (moment and moment.at) == (day and datetime.fromisoformat(day).replace(tzinfo=UTC))
