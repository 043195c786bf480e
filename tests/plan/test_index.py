"""Articles in the orders that pages need."""

from sitegen.model.article import SectionIndex
from sitegen.model.names import ArticleId, Slug
from sitegen.plan.index import build_index, sort_newest_first
from tests.samples import card

A, B, C = card("a", "2026-01-01"), card("b", "2026-01-02", section="local"), card("c", "2026-01-03")


def neighbours(neighbourhood: str) -> dict[str, tuple[str | None, str | None]]:
    index = build_index([B, C, A], ["en"], {}, neighbourhood, 0)
    return {key: (item.older, item.newer) for key, item in index.neighbours.items()}


def test_neighbours_over_the_whole_site() -> None:
    assert neighbours("site") == {"a.md": (None, "b.md"), "b.md": ("a.md", "c.md"), "c.md": ("b.md", None)}


def test_neighbours_within_the_section() -> None:
    assert neighbours("section") == {"a.md": (None, "c.md"), "b.md": (None, None), "c.md": ("a.md", None)}


def test_equal_instants_are_ordered_by_path() -> None:
    twins = [card("y", "2026-01-01"), card("x", "2026-01-01")]
    assert [item.id for item in sort_newest_first(twins)] == ["y.md", "x.md"]
    assert sort_newest_first(reversed(twins)) == sort_newest_first(twins)


def test_sections_stand_in_their_order_and_tags_by_name() -> None:
    sections = {Slug("world"): SectionIndex(slug=Slug("world"), title="World", description="Far away", order=-1)}
    tagged = [card("a", "2026-01-01", tags=("Zoo", "air")), B]
    index = build_index(tagged, ["en"], sections, "site", 0).languages["en"]
    assert [(group.slug, group.description) for group in index.sections] == [("world", "Far away"), ("local", "")]
    assert [group.named.title for group in index.tags] == ["air", "Zoo"]


def test_tags_that_differ_in_case_are_one_named_as_in_the_oldest_article() -> None:
    cards = [card("a", "2026-01-02", tags=("nato",)), card("b", "2026-01-01", tags=("NATO",))]
    (group,) = build_index(cards, ["en"], {}, "site", 0).languages["en"].tags
    assert (group.named.title, [item.id for item in group.cards]) == ("NATO", [ArticleId("a.md"), ArticleId("b.md")])


def test_a_language_without_articles_is_there() -> None:
    assert build_index([], ["en", "nl"], {}, "site", 0).languages["nl"].cards == ()
