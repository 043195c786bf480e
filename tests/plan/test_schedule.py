"""What is published at an instant."""

from datetime import UTC, datetime

import pytest

from sitegen.model.card import Status
from sitegen.model.facts import Preview
from sitegen.plan.schedule import classify, find_next_change, select_documents
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
    assert find_next_change(items, CLOCK) == datetime(2026, 11, 10, tzinfo=UTC)
    assert find_next_change(items[:1], CLOCK) == datetime(2027, 1, 1, tzinfo=UTC)
    assert find_next_change([plain("e")], CLOCK) is None
