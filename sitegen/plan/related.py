"""Related articles: older ones that share tags, the rarer the tag the more.

Only what is older counts, and a tag is as rare as it was when the article appeared. So publishing an article changes
the related list of no other one.
"""

from collections import deque
from collections.abc import Mapping, Sequence

from sitegen.model.card import Card
from sitegen.model.names import ArticleId

_REMEMBERED = 24
"""How many of the newest articles of each tag are looked at, so that the work stays linear."""

_RAREST = 20
"""The power of two that a new tag weighs."""


def find_related(ordered: Sequence[Card], limit: int) -> Mapping[ArticleId, tuple[ArticleId, ...]]:
    """Return for every card of one language at most `limit` older articles, the most related first.

    `ordered` is newest first. A shared tag weighs half as much each time the number of older articles with it doubles;
    of equal weights the newer article stands first.
    """
    oldest_first = ordered[::-1]
    shelves: dict[str, deque[int]] = {}
    counts: dict[str, int] = {}
    related: dict[ArticleId, tuple[ArticleId, ...]] = {}
    for place, card in enumerate(oldest_first):
        tags = {tag.url for tag in card.tags}
        ranks: dict[int, int] = {}
        for tag in tags:
            weight = 1 << max(0, _RAREST - counts.get(tag, 0).bit_length())
            step = weight * len(oldest_first)
            for older in shelves.get(tag, ()):
                ranks[older] = ranks.get(older, older) + step
        # Weight and place are one number: the heaviest stand first, of equal ones the latest.
        best = sorted(ranks.values(), reverse=True)[:limit]
        related[card.id] = tuple(oldest_first[rank % len(oldest_first)].id for rank in best)
        for tag in tags:
            shelves.setdefault(tag, deque(maxlen=_REMEMBERED)).append(place)
            counts[tag] = counts.get(tag, 0) + 1
    return related
