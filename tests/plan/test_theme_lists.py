"""Lists that a theme declares."""

import pytest

from sitegen.model.article import Rating
from sitegen.model.card import Card
from sitegen.model.config import Config, ListConfig
from sitegen.model.theme import ListRule
from sitegen.model.values import replace
from sitegen.plan.findings import Findings
from sitegen.plan.theme_lists import choose_cards, choose_lists, rank_cards, settle_rules
from tests.samples import card


def rated(slug: str, value: float, votes: int | None, best: float = 5, comments: int = 0, weight: int = 0) -> Card:
    rating = Rating(value=value, votes=votes, best=best)
    return replace(card(slug, "2026-10-01", weight=weight), rating=rating, comment_count=comments)


CARDS = (
    rated("quiet", 3, 10),
    rated("loud", 4, 2, comments=9),
    rated("one-vote", 5, 1, weight=7),
    rated("ten", 9, 8, best=10, comments=2),
    rated("unknown-votes", 4, None),
    rated("many-votes", 4, 50, comments=9),
    card("plain", "2026-09-01", weight=7),
)
"""Newest first."""


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (ListRule(limit=2), "quiet loud"),
        (ListRule(order="weight", limit=3), "one-vote plain quiet"),
        (ListRule(order="comments"), "loud many-votes ten"),
        (ListRule(order="comments", limit=1), "loud"),
        (ListRule(order="rating"), "ten many-votes loud unknown-votes quiet"),
        (ListRule(order="rating", among=3), "loud quiet"),
        (ListRule(order="weight", among=2), "quiet loud"),
        (ListRule(limit=0), ""),
    ],
)
def test_what_stands_in_a_list(rule: ListRule, expected: str) -> None:
    assert " ".join(item.link.title for item in choose_cards(rule, CARDS)) == expected


def test_a_page_has_the_lists_that_are_declared_for_it_even_empty_ones() -> None:
    rules = {
        "latest": ListRule(limit=1, on=("home", "section")),
        "rated": ListRule(order="rating", on=("home",)),
        "off": ListRule(limit=0),
        "block": ListRule(limit=4),
    }
    plain = CARDS[-1:]
    assert choose_lists(rules, "home", plain) == {"latest": plain, "rated": (), "off": ()}
    assert choose_lists(rules, "section", plain) == {"latest": plain}
    assert choose_lists(rules, "tag", plain) == {}


def test_the_configuration_changes_lengths() -> None:
    declared = {"block": ListRule(limit=3), "discussed": ListRule(limit=5, order="comments", among=100)}
    config = Config(lists={"discussed": ListConfig(limit=2), "related": ListConfig(limit=0)})
    findings = Findings()
    assert settle_rules(declared, config, findings) == {
        "block": ListRule(limit=3),
        "discussed": ListRule(limit=2, order="comments", among=100),
        "related": ListRule(limit=0),
        "secondary": ListRule(limit=4),
    }
    assert not findings.problems


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("discused", "did you mean `discussed`?"),
        ("xyz", "it has `block`, `discussed`, `related`, `secondary`"),
    ],
)
def test_a_list_that_the_theme_does_not_have(name: str, hint: str) -> None:
    findings = Findings()
    settle_rules({"discussed": ListRule()}, Config(lists={name: ListConfig(limit=2)}), findings)
    (problem,) = findings.problems
    assert (problem.message, problem.file, problem.hint) == (f"the theme has no list `{name}`", "sitegen.toml", hint)


def test_heavier_ones_of_the_newest_thirty_stand_above() -> None:
    cards = [card(f"c{place:02}", "2026-10-01", weight=weight) for place, weight in enumerate([0, 5, 0, 9, 5] * 8)]
    ranked = [item.id.removesuffix(".md") for item in rank_cards(cards)]
    assert ranked[:6] == ["c03", "c08", "c13", "c18", "c23", "c28"]
    assert ranked[6:8] == ["c01", "c04"]
    assert ranked[30:] == [f"c{place}" for place in range(30, 40)]
