"""What is published at an instant."""

from datetime import UTC, datetime

import pytest

from sitegen.model.article import Label
from sitegen.model.card import Status
from sitegen.model.facts import Preview
from sitegen.plan.schedule import classify, find_label, find_next_change, list_changes, select_documents
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
