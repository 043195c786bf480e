"""Lists that a theme declares: which there are on a page, and which articles are in them."""

import difflib
from collections.abc import Mapping, Sequence
from heapq import nsmallest

from sitegen.errors import error
from sitegen.model.article import Rating
from sitegen.model.card import Card
from sitegen.model.config import Config
from sitegen.model.theme import SHAPED_LISTS, ListOrder, ListPlace, ListRule
from sitegen.model.values import replace
from sitegen.plan.findings import Findings

RANKED = 30
"""Among how many of the newest articles the weight counts on the front page and in sections."""

_LIMIT = 4
_VOTES = 2
"""With fewer votes than these an article is not among the best rated: one reader is no public."""


def settle_rules(declared: Mapping[str, ListRule], config: Config, findings: Findings) -> Mapping[str, ListRule]:
    """Return the lists of the theme with the lengths that the configuration gives them.

    The lists that every theme has are there even if no theme declares them. A list that the configuration names and the
    theme does not declare is an error.
    """
    rules = {name: ListRule(limit=_LIMIT) for name in sorted(SHAPED_LISTS)} | dict(declared)
    for name, own in config.lists.items():
        if name in rules:
            rules[name] = replace(rules[name], limit=own.limit)
            continue
        near = difflib.get_close_matches(name, list(rules), n=1)
        hint = f"did you mean `{near[0]}`?" if near else f"it has {', '.join(f'`{known}`' for known in sorted(rules))}"
        findings.add(error("config", f"the theme has no list `{name}`", "sitegen.toml", hint=hint))
    return rules


def choose_lists(
    rules: Mapping[str, ListRule], place: ListPlace, cards: Sequence[Card]
) -> Mapping[str, tuple[Card, ...]]:
    """Return what the lists on a page of the kind `place` hold; `cards`, newest first, are the articles of the page."""
    return {
        name: choose_cards(rule, cards) for name, rule in rules.items() if place in rule.on and name not in SHAPED_LISTS
    }


def choose_cards(rule: ListRule, cards: Sequence[Card]) -> tuple[Card, ...]:
    """Return the cards of one list out of `cards`, which are newest first and stay so where they are equal."""
    candidates = cards[: rule.among or len(cards)]
    ranks = ((_rank(card, rule.order), place) for place, card in enumerate(candidates))
    chosen = nsmallest(rule.limit, ((rank, place) for rank, place in ranks if rank is not None))
    return tuple(candidates[place] for _, place in chosen)


def rank_cards(cards: Sequence[Card]) -> tuple[Card, ...]:
    """Return `cards` (newest first) with the heavier ones of the newest 30 above."""
    return (*sorted(cards[:RANKED], key=lambda card: -card.weight), *cards[RANKED:])


def _rank(card: Card, order: ListOrder) -> tuple[float, ...] | None:
    """Return a key that is smaller the higher a card stands; None for one that does not belong into such a list."""
    match order:
        case "date":
            return ()
        case "weight":
            return (-card.weight,)
        case "comments":
            return (-card.comment_count,) if card.comment_count else None
        case "rating":
            return _rank_rating(card.rating)


def _rank_rating(rating: Rating | None) -> tuple[float, ...] | None:
    """Return the place on the scale, then the votes; None where too few have voted."""
    if rating is None or (rating.votes is not None and rating.votes < _VOTES):
        return None
    width = rating.best - rating.worst
    return (-(rating.value - rating.worst) / width if width else 0.0, -(rating.votes or 0))
