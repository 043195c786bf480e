"""Pages of a list, numbered from the oldest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.plan.pagination import paginate


def numbers_of(count: int, size: int) -> dict[int | None, tuple[int, ...]]:
    """Items per page; item 1 is the oldest."""
    return {page.number: page.items for page in paginate(range(count, 0, -1), size)}


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, {None: ()}),
        (3, {None: (3, 2, 1)}),
        (5, {None: (5, 4, 3, 2, 1)}),
        (6, {None: (6, 5, 4), 1: (3, 2, 1)}),
        (8, {None: (8, 7, 6, 5, 4), 1: (3, 2, 1)}),
        (9, {None: (9, 8, 7), 2: (6, 5, 4), 1: (3, 2, 1)}),
    ],
)
def test_front_holds_the_newest_and_older_pages_are_full(
    count: int, expected: dict[int | None, tuple[int, ...]]
) -> None:
    assert numbers_of(count, 3) == expected


@given(count=st.integers(0, 300), size=st.integers(1, 30))
def test_publishing_never_changes_an_old_page(count: int, size: int) -> None:
    before, after = numbers_of(count, size), numbers_of(count + 1, size)
    assert all(after[number] == items for number, items in before.items() if number is not None)
    assert size <= len(after[None]) < 2 * size or (len(after) == 1 and len(after[None]) < 2 * size)


@given(count=st.integers(0, 300), size=st.integers(1, 30))
def test_older_links_lead_through_everything_once(count: int, size: int) -> None:
    pages = {page.number: page for page in paginate(range(count, 0, -1), size)}
    seen: list[int] = []
    number: int | None = None
    while True:
        seen += pages[number].items
        number = pages[number].older
        if number is None:
            break
    assert seen == list(range(count, 0, -1))
