"""Related articles: older ones that share tags."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.card import Card
from sitegen.plan.related import find_related, relate
from tests.samples import card

TAGS = st.lists(st.sampled_from("abcdef"), max_size=4).map(tuple)


def shelve(tags: Sequence[tuple[str, ...]]) -> tuple[Card, ...]:
    """Cards `0`, `1` and so on with these tags, which are given from the oldest on; newest first."""
    return tuple(card(str(number), "2026-10-01", tags=own) for number, own in enumerate(tags))[::-1]


def related(tags: Sequence[tuple[str, ...]], limit: int = 4) -> dict[str, str]:
    """The related articles of each, by number."""
    found = find_related(shelve(tags), limit)
    return {
        identity.removesuffix(".md"): " ".join(other.removesuffix(".md") for other in others)
        for identity, others in found.items()
    }


def test_only_older_ones_that_share_a_tag() -> None:
    assert related([("harbour",), ("bread",), ("harbour", "bread"), (), ("harbour",)]) == {
        "0": "",
        "1": "",
        "2": "1 0",
        "3": "",
        "4": "2 0",
    }


def test_a_rare_tag_weighs_more_than_a_common_one() -> None:
    common = [("news",)] * 8
    assert related([("dredger",), *common, ("news", "dredger")])["9"].startswith("0 8 7")


def test_a_tag_weighs_half_as_much_when_twice_as_many_have_it() -> None:
    shared = [("a", "b"), ("a",), ("a",), ("a",)]
    assert related([*shared, ("c",), ("a", "b", "c")], 3)["5"] == "0 4 3"


def test_of_equal_ones_the_newest_stand_first_and_no_more_than_asked_for() -> None:
    assert related([("a",)] * 6, 2)["5"] == "4 3"


def test_two_spellings_of_one_tag_count_once() -> None:
    assert (
        related([("a", "b"), ("c",), ("c", "c"), ("a", "b", "c")])["3"]
        == related([("a", "b"), ("c",), ("c",), ("a", "b", "c")])["3"]
    )


@given(st.lists(TAGS, max_size=40), TAGS)
def test_a_new_article_changes_the_related_ones_of_no_other(
    tags: list[tuple[str, ...]], newest: tuple[str, ...]
) -> None:
    before, after = find_related(shelve(tags), 4), find_related(shelve([*tags, newest]), 4)
    assert {identity: after[identity] for identity in before} == before


@given(st.lists(TAGS, max_size=80))
def test_one_article_alone_is_related_to_the_same_ones(tags: list[tuple[str, ...]]) -> None:
    ordered = shelve(tags)
    assert {card.id: relate(card, ordered[place + 1 :], 4) for place, card in enumerate(ordered)} == find_related(
        ordered, 4
    )


def test_one_article_alone_looks_at_the_newest_of_a_tag_only() -> None:
    ordered = shelve([("a", "b"), *[("a",)] * 24, ("a", "b")])
    assert relate(ordered[0], ordered[1:], 30) == find_related(ordered, 30)[ordered[0].id]


def test_many_articles_with_one_tag_take_linear_time() -> None:
    found = find_related(shelve([("news",)] * 5000), 4)
    assert len(found) == 5000
