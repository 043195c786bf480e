"""Pages of a long list, numbered from the oldest, so that publishing never changes an old page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage(Generic[Item]):
    """One page of a list."""

    number: int | None
    """1 is the oldest; None is the front of the list."""
    items: tuple[Item, ...]
    """Newest first."""
    older: int | None
    """Number of the next older page; None where there is none."""


def paginate(items: Sequence[Item], size: int) -> tuple[ListPage[Item], ...]:
    """Return the pages of `items` (newest first), the front first and then from the newest page to the oldest.

    The front shows the newest n with size <= n < 2 * size (or all of a shorter list). Every other page is full, and
    page k holds the same items for ever: those from (k - 1) * size to k * size, counted from the oldest.
    """
    full = max(0, len(items) // size - 1)
    front_length = len(items) - full * size
    pages = [ListPage(number=None, items=tuple(items[:front_length]), older=full or None)]
    for number in range(full, 0, -1):
        end = len(items) - (number - 1) * size
        pages.append(ListPage(number=number, items=tuple(items[end - size : end]), older=number - 1 or None))
    return tuple(pages)
