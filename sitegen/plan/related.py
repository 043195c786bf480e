"""Related articles: older ones that share tags, the rarer the tag the more.

Only what is older counts, and a tag is as rare as it was when the article appeared. So publishing an article changes
the related list of no other one.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sitegen.model.card import Card
from sitegen.model.names import ArticleId

_REMEMBERED = 24
"""How many of the newest articles of each tag are looked at, so that the work stays linear."""

_RAREST = 20
"""The power of two that a new tag weighs."""


@dataclass(slots=True)
class _Shelf:
    """The articles with one tag that are older than the one at hand."""

    count: int = 0
    """How many there are."""
    newest: deque[int] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))
    """The places of the newest of them, counted from the oldest article of the language; the newest last."""

    def add(self, place: int) -> None:
        """Put an article there that is newer than all others."""
        self.count += 1
        self.newest.append(place)


def find_related(ordered: Sequence[Card], limit: int) -> Mapping[ArticleId, tuple[ArticleId, ...]]:
    """Return for every card of one language at most `limit` older articles, the most related first.

    `ordered` is newest first. A shared tag weighs half as much each time the number of older articles with it doubles;
    of equal weights the newer article stands first.
    """
    oldest_first = ordered[::-1]
    shelves: defaultdict[str, _Shelf] = defaultdict(_Shelf)
    related: dict[ArticleId, tuple[ArticleId, ...]] = {}
    for place, card in enumerate(oldest_first):
        own = [shelves[tag] for tag in _list_tags(card)]
        related[card.id] = tuple(oldest_first[other].id for other in _choose(own, len(oldest_first), limit))
        for shelf in own:
            shelf.add(place)
    return related


def relate(card: Card, older: Sequence[Card], limit: int) -> tuple[ArticleId, ...]:
    """Return what `find_related` has for one card; `older` are the older ones of its language, newest first."""
    shelves = {tag: _Shelf() for tag in _list_tags(card)}
    oldest_first = older[::-1]
    for place, other in enumerate(oldest_first):
        for tag in {tag.url for tag in other.tags if tag.url in shelves}:
            shelves[tag].add(place)
    return tuple(oldest_first[other].id for other in _choose(shelves.values(), len(oldest_first), limit))


def _list_tags(card: Card) -> set[str]:
    """Return the tags of an article, each once, however it is spelled."""
    return {tag.url for tag in card.tags}


def _choose(shelves: Iterable[_Shelf], places: int, limit: int) -> Sequence[int]:
    """Return at most `limit` places on the shelves of an article, the most related first, of so many `places`."""
    ranks: dict[int, int] = {}
    for shelf in shelves:
        step = (1 << max(0, _RAREST - shelf.count.bit_length())) * places
        for older in shelf.newest:
            # Weight and place are one number: the heaviest stand first, of equal ones the latest.
            ranks[older] = ranks.get(older, older) + step
    return [rank % places for rank in sorted(ranks.values(), reverse=True)[:limit]]
