"""What is published at an instant."""

from datetime import UTC, datetime

import pytest

from sitegen.model.article import Label
from sitegen.model.card import Status
from sitegen.model.preview import Preview
from sitegen.plan.schedule import classify, find_label, find_next_change, find_validity, list_changes, select_documents
from tests.samples import CLOCK, metadata, moment, plain


@pytest.mark.parametrize(
    ("day", "changes", "status"),
    [
        ("2026-10-01", {}, "published"),
        ("2026-12-01", {}, "scheduled"),
        ("2026-10-01", {"draft": True}, "draft"),
        ("2026-12-01", {"draft": True}, "draft"),
        ("2026-10-01", {"expires": moment("2026-10-20")}, "expired"),
        ("2026-10-01", {"expires": moment("2026-12-20")}, "published"),
        (None, {}, "published"),
        ("2026-10-01", {"embargo": moment("2026-12-01")}, "scheduled"),
        ("2026-10-01", {"embargo": moment("2026-10-20")}, "published"),
        ("2026-12-01", {"embargo": moment("2026-10-20")}, "scheduled"),
    ],
)
def test_classify(day: str | None, changes: dict[str, object], status: Status) -> None:
    assert classify(metadata("x", day, **changes), CLOCK) == status


def test_the_instant_itself_publishes_and_expires() -> None:
    at = moment("2026-10-20").at
    assert classify(metadata("x", "2026-10-20"), at) == "published"
    assert classify(metadata("x", expires=moment("2026-10-20")), at) == "expired"


def test_selection_counts_what_it_does_not_show() -> None:
    items = [plain("a"), plain("b", draft=True), plain("c", "2027-01-01"), plain("d", expires=moment("2026-10-02"))]
    hidden = select_documents(items, CLOCK, Preview())
    assert [shown.article.metadata.slug for shown in hidden.shown] == ["a"]
    assert (hidden.drafts, hidden.scheduled, hidden.expired) == (1, 1, 1)
    everything = select_documents(items, CLOCK, Preview(drafts=True, future=True, expired=True))
    assert [shown.status for shown in everything.shown] == ["published", "draft", "scheduled", "expired"]


def test_next_change_is_the_first_appearance_or_expiry() -> None:
    items = [
        plain("a", "2027-01-01"),
        plain("b", expires=moment("2026-12-01")),
        plain("c", "2026-11-15", draft=True),
        plain("d", "2026-11-20", expires=moment("2026-11-10")),
    ]
    assert find_next_change(items, CLOCK) == datetime(2026, 12, 1, tzinfo=UTC)
    assert find_next_change(items[:1], CLOCK) == datetime(2027, 1, 1, tzinfo=UTC)
    assert find_next_change([plain("e")], CLOCK) is None


BREAKING = Label(text="Breaking", until=moment("2026-11-05"))


def test_a_state_holds_from_the_last_instant_to_the_next() -> None:
    until = Label(text="Live", until=moment("2026-11-20"))
    items = [
        plain("a", "2026-10-29"),  # news until the last day of October
        plain("b", "2026-10-31", expires=moment("2026-12-01")),  # news until the second of November
        plain("c", "2026-10-01", label=until),
        plain("d", "2026-10-01", embargo=moment("2026-11-10")),
        plain("e", "2026-12-24", draft=True, expires=moment("2026-11-05")),
    ]

    def find(*numbers: int) -> list[datetime | None]:
        return [*find_validity([items[number] for number in numbers], CLOCK)]

    october, november = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)
    assert find() == [None, None]
    assert find(0) == [october.replace(day=31), None]
    assert find(1) == [october.replace(day=31), november.replace(day=2)]
    assert find(2) == [october.replace(day=3), november.replace(day=20)]
    assert find(3) == [october.replace(day=3), november.replace(day=10)]
    assert find(4) == [None, november.replace(day=5)]
    assert find_validity([plain("f", "2026-11-01")], moment("2026-11-01").at)[0] == november  # the instant itself


def test_a_label_goes_at_its_instant() -> None:
    assert find_label(metadata("x", label=BREAKING), CLOCK) == BREAKING
    assert find_label(metadata("x", label=BREAKING), moment("2026-11-05").at) is None
    assert find_label(metadata("x", label=Label(text="Opinion")), CLOCK) == Label(text="Opinion")
    assert find_label(metadata("x"), CLOCK) is None


def test_everything_that_happens_by_itself_in_order() -> None:
    items = [
        plain("a", "2026-11-02", expires=moment("2026-12-01"), label=BREAKING),
        plain("b", "2026-11-02", embargo=moment("2026-11-03")),
        plain("c", "2026-11-10", label=BREAKING),
        plain("d", expires=moment("2026-11-04"), label=BREAKING),
        plain("e", "2026-11-02", draft=True),
    ]
    assert [
        (f"{change.at:%m-%d}", change.event, change.article.metadata.slug) for change in list_changes(items, CLOCK)
    ] == [
        ("11-02", "publish", "a"),
        ("11-03", "publish", "b"),
        ("11-04", "news", "a"),
        ("11-04", "news", "b"),
        ("11-04", "expire", "d"),
        ("11-05", "label", "a"),
        ("11-10", "publish", "c"),
        ("11-12", "news", "c"),
        ("12-01", "expire", "a"),
    ]
