"""What other pages show of a document."""

import pytest

from sitegen.model.article import Rating, SectionIndex
from sitegen.model.card import Card
from sitegen.model.config import Config
from sitegen.model.facts import SnapshotFacts
from sitegen.model.names import Slug, Url
from sitegen.plan.cards import build_card, find_rating, find_section_title, name_section
from tests.samples import CLOCK, plain, snapshot

FOUR = Rating(value=4, votes=2)
FIVE = Rating(value=5, votes=9)


def card_of(facts: SnapshotFacts | None = None, /, **changes: object) -> Card:
    return build_card(
        plain("a", "2026-10-01", **changes), "published", Url("/a/"), None, facts, "World", Config(), CLOCK
    )


def test_names_lead_to_their_lists() -> None:
    card = card_of(tags=("NATO", "Ana & Tom"), authors=("Ann Reed",), language="nl")
    assert card.section is not None
    named = (card.section, *card.tags, *card.authors)
    assert [(item.title, item.url) for item in named] == [
        ("World", "/nl/world/"),
        ("NATO", "/nl/tags/nato/"),
        ("Ana & Tom", "/nl/tags/ana-tom/"),
        ("Ann Reed", "/nl/authors/ann-reed/"),
    ]


def test_the_first_paragraph_stands_in_for_a_description() -> None:
    assert card_of().description == "The first paragraph."
    assert card_of(description="Given.").description == "Given."


def test_comments_count_unless_they_are_off() -> None:
    assert card_of(snapshot(3)).comment_count == 3
    assert card_of(snapshot(3), comments="closed").comment_count == 3
    assert card_of(snapshot(3), comments="off").comment_count == 0
    assert card_of().comment_count == 0


@pytest.mark.parametrize(
    ("own", "theirs", "shown"),
    [
        (FOUR, FIVE, FOUR),
        (None, FIVE, FIVE),
        (None, None, None),
        (Rating(value=0, votes=0), None, None),
        (Rating(value=3), None, Rating(value=3)),
    ],
)
def test_the_rating_is_front_matter_s_else_the_snapshot_s(
    own: Rating | None, theirs: Rating | None, shown: Rating | None
) -> None:
    assert find_rating(plain("a", rating=own), snapshot(rating=theirs)) == shown


def test_the_name_of_a_section() -> None:
    index = {Slug("world"): SectionIndex(slug=Slug("world"), title="The world")}
    assert find_section_title(plain("a", section_title="WORLD"), index) == "The world"
    assert find_section_title(plain("a", section_title="WORLD"), {}) == "WORLD"
    assert find_section_title(plain("a"), {}) == "World"
    assert find_section_title(plain("a", section=None), index) is None
    assert name_section(Slug("local-news")) == "Local news"
