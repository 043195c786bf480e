"""Instants and numbers as readers read them."""

import time
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from sitegen.model.moment import Moment, Precision
from sitegen.render.moments import (
    find_locale,
    format_day,
    format_instant,
    format_iso,
    format_language,
    format_number,
)

EVENING = datetime(2023, 7, 9, 21, 5, 7, tzinfo=UTC)
MIDNIGHT = datetime(2023, 7, 1, tzinfo=UTC)


def moment(precision: Precision, at: datetime = EVENING) -> Moment:
    return Moment(at=at, precision=precision)


@pytest.mark.parametrize(
    ("language", "day", "instant"),
    [
        ("en", "9 July 2023", "9 July 2023, 21:05"),
        ("en-US", "July 9, 2023", "July 9, 2023, 9:05\N{NARROW NO-BREAK SPACE}PM"),
        ("en-GB", "9 July 2023", "9 July 2023, 21:05"),
        ("nl", "9 juli 2023", "9 juli 2023, 21:05"),
        ("de", "9. Juli 2023", "9. Juli 2023, 21:05"),
        ("fr", "9 juillet 2023", "9 juillet 2023, 21:05"),
        ("ja", "2023年7月9日", "2023年7月9日 21:05"),
        ("zh-TW", "2023年7月9日", "2023年7月9日 晚上9:05"),
        ("ar", "9 يوليو 2023", "9 يوليو 2023، 9:05 م"),
        ("tlh", "9 July 2023", "9 July 2023, 21:05"),
        ("de-x-private", "9. Juli 2023", "9. Juli 2023, 21:05"),
    ],
)
def test_in_the_language_of_the_page(language: str, day: str, instant: str) -> None:
    assert format_day(moment("second"), language, "UTC") == day
    assert format_instant(moment("minute"), language, "UTC") == instant


@pytest.mark.parametrize(
    ("precision", "words", "iso"),
    [
        ("year", "2023", "2023"),
        ("month", "July 2023", "2023-07"),
        ("day", "1 July 2023", "2023-07-01"),
        ("minute", "30 June 2023, 20:00", "2023-06-30T20:00:00-04:00"),
        ("second", "30 June 2023, 20:00", "2023-06-30T20:00:00-04:00"),
    ],
)
def test_no_more_precise_than_known_and_a_day_stays_the_day_that_was_written(
    precision: Precision, words: str, iso: str
) -> None:
    """In New York the instant lies in June; a comment of July is of July all the same."""
    known = moment(precision, MIDNIGHT)
    assert format_instant(known, "en", "America/New_York") == words
    assert format_iso(known, "America/New_York") == iso
    assert format_day(known, "en", "America/New_York") == words.split(",", maxsplit=1)[0]


def test_equal_instants_with_other_days_are_not_taken_for_each_other() -> None:
    here, there = datetime(2023, 7, 1, tzinfo=timezone(timedelta(hours=2))), datetime(2023, 6, 30, 22, tzinfo=UTC)
    assert here == there
    days = [format_day(moment("day", at), "en", "UTC") for at in (here, there)]
    assert days == ["1 July 2023", "30 June 2023"]


def test_an_hour_that_is_there_twice() -> None:
    clocks_back = datetime(2023, 10, 29, 2, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
    written = [format_iso(moment("minute", clocks_back.replace(fold=fold)), "UTC") for fold in (0, 1)]
    assert written == ["2023-10-29T00:30:00+00:00", "2023-10-29T01:30:00+00:00"]


@pytest.mark.parametrize(
    ("language", "month"), [("nl", "juli 2023"), ("ru", "июль 2023\N{NARROW NO-BREAK SPACE}г."), ("ja", "2023年7月")]
)
def test_a_month_in_words(language: str, month: str) -> None:
    assert format_day(moment("month"), language, "UTC") == month


def test_the_zone_of_the_machine_has_no_say(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = format_instant(moment("minute"), "en", "Europe/Amsterdam")
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    try:
        assert format_instant(moment("minute"), "en", "Europe/Amsterdam") == expected == "9 July 2023, 23:05"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_old_instants_whose_zone_knew_seconds() -> None:
    assert format_iso(moment("minute", datetime(1880, 7, 9, 12, tzinfo=UTC)), "Europe/Amsterdam") == (
        "1880-07-09T12:00:00+00:00"
    )
    assert format_iso(moment("day", datetime(987, 7, 9, tzinfo=UTC)), "UTC") == "0987-07-09"


@pytest.mark.parametrize(
    ("value", "language", "written"),
    [
        (4, "en", "4"),
        (4.0, "en", "4"),
        (4.5, "en", "4.5"),
        (4.5, "nl", "4,5"),
        (12345, "en", "12,345"),
        (12345, "de", "12.345"),
        (12345, "fr", "12\N{NARROW NO-BREAK SPACE}345"),
        (0, "en", "0"),
    ],
)
def test_numbers(value: float, language: str, written: str) -> None:
    assert format_number(value, language) == written


@pytest.mark.parametrize(
    ("tag", "name"), [("de", "Deutsch"), ("pt-BR", "português (Brasil)"), ("tlh", "tlh"), ("x", "x")]
)
def test_languages_by_their_own_names(tag: str, name: str) -> None:
    assert format_language(tag) == name


def test_plain_english_is_international() -> None:
    assert str(find_locale("en")) == "en_001"
