"""The home page, and lists by section, tag and author."""

import pytest

from sitegen.model.article import Article, SectionIndex
from sitegen.model.card import Card
from sitegen.model.config import Config, ListConfig
from sitegen.model.facts import SiteSources
from sitegen.model.names import Slug
from sitegen.model.theme import ListRule
from sitegen.model.values import replace
from sitegen.model.views import HomeView, ListView
from sitegen.plan.site import SitePlan, plan_site
from tests.samples import moment, plain, sources, view_at


def daily(count: int, **changes: object) -> list[Article]:
    """Articles `d01` to `dNN`, one a day from 1 September 2026."""
    return [
        plain(f"d{day:02}", moment("2026-09-01").at.replace(day=day).date().isoformat(), **changes)
        for day in range(1, count + 1)
    ]


def names(cards: tuple[Card, ...]) -> str:
    return " ".join(item.id.removeprefix("world/").removesuffix(".md") for item in cards)


def home_of(plan: SitePlan) -> HomeView:
    return view_at(plan, "index.html", HomeView)


def stories(home: HomeView) -> list[Card]:
    lead = [home.lead] if home.lead else []
    return [*lead, *home.secondary, *(item for block in home.blocks for item in block.cards), *home.latest]


def shown_on(view: ListView) -> tuple[Card, ...]:
    return ((view.lead,) if view.lead else ()) + view.cards


def test_the_newest_leads_where_nothing_is_heavier() -> None:
    home = home_of(plan_site(sources(*daily(12))))
    assert (home.lead and home.lead.id, names(home.secondary)) == ("world/d12.md", "d11 d10 d09 d08")
    assert names(home.latest) == "d07 d06 d05 d04 d03 d02 d01"


def test_a_heavy_story_falls_back_when_thirty_are_newer() -> None:
    heavy = plain("heavy", "2026-08-01", weight=10)
    assert names((lead_of(sources(*daily(29), heavy)),)) == "heavy"
    assert names((lead_of(sources(*daily(30), heavy)),)) == "d30"


def lead_of(source: SiteSources) -> Card:
    lead = home_of(plan_site(source)).lead
    assert lead is not None
    return lead


def test_no_story_stands_twice_on_the_front_page() -> None:
    items = [plain(f"x{day:02}", f"2026-09-{day:02}", section=Slug(f"s{day % 3}")) for day in range(1, 26)]
    home = home_of(plan_site(sources(*items, plain("heavy", "2026-09-05", weight=10))))
    shown = [item.id for item in stories(home)]
    assert len(set(shown)) == len(shown) == 26
    assert [(block.section.title, len(block.cards)) for block in home.blocks] == [("S0", 4), ("S1", 4), ("S2", 4)]


def test_a_block_begins_with_the_heavier_ones_of_its_section() -> None:
    local = [plain(f"l{day}", f"2026-08-0{day}", section=Slug("local"), weight=day == 2) for day in range(1, 7)]
    home = home_of(plan_site(sources(*daily(10), *local)))
    (block,) = (block for block in home.blocks if block.section.title == "Local")
    assert names(block.cards) == "l6 l5 l4 l3"  # l2 is heavy enough to stand beside the lead
    assert home.lead is not None
    assert home.lead.id == "world/l2.md"


def test_one_section_alone_has_no_block() -> None:
    assert home_of(plan_site(sources(*daily(9)))).blocks == ()


def test_sections_stand_in_their_order_and_with_their_names() -> None:
    about = {
        Slug("world"): SectionIndex(slug=Slug("world"), title="The world", description="Far away", order=2),
        Slug("local"): SectionIndex(slug=Slug("local"), title="Here", order=1),
    }
    source = sources(*daily(6), plain("x", section=Slug("local")), plain("y", section=Slug("arts")), sections=about)
    plan = plan_site(source)
    assert [section.title for section in plan.sites["en"].sections] == ["Arts", "Here", "The world"]
    view = view_at(plan, "world/index.html", ListView)
    assert (view.title, view.description, view.feed) == ("The world", "Far away", "/world/rss.xml")


def test_an_empty_site_has_a_home_page() -> None:
    plan = plan_site(sources())
    assert (stories(home_of(plan)), plan.problems) == ([], ())


@pytest.mark.parametrize("folder", ["", "world/", "tags/nato/", "authors/ann/"])
def test_older_pages_are_numbered_from_the_oldest(folder: str) -> None:
    items = daily(8, tags=("NATO",), authors=("Ann",))
    plan = plan_site(sources(*items, config=Config(page_size=3)))
    older = view_at(plan, f"{folder}page/1/index.html", ListView)
    assert names(older.cards) == "d03 d02 d01"
    assert (older.pager.number, older.pager.older, older.pager.front) == (1, None, f"/{folder}")
    assert f"{folder}page/2/index.html" not in {spec.path for spec in plan.specs}


def test_the_front_of_a_list_leads_to_the_newest_older_page() -> None:
    plan = plan_site(sources(*daily(9), config=Config(page_size=3)))
    front = view_at(plan, "world/index.html", ListView)
    assert names(shown_on(front)) == "d09 d08 d07"
    assert (front.pager.number, front.pager.older, front.pager.front) == (None, "/world/page/2/", None)


def test_a_new_article_changes_no_older_page() -> None:
    def older_pages(count: int) -> dict[str, object]:
        plan = plan_site(sources(*daily(count, tags=("NATO",)), config=Config(page_size=3)))
        return {spec.path: spec.view for spec in plan.specs if "/page/" in f"/{spec.path}"}

    for count in range(5, 14):
        before, after = older_pages(count), older_pages(count + 1)
        assert {path: after[path] for path in before} == before


def test_only_the_front_of_a_section_is_ordered_by_weight() -> None:
    items = daily(9)
    items[6] = plain("d07", "2026-09-07", weight=5, tags=("NATO",))
    items[1] = plain("d02", "2026-09-02", weight=5)
    plan = plan_site(sources(*items, config=Config(page_size=3)))
    front = view_at(plan, "world/index.html", ListView)
    assert front.lead is not None
    assert (names((front.lead,)), names(front.cards)) == ("d07", "d09 d08")
    older = view_at(plan, "world/page/1/index.html", ListView)
    assert (older.lead, names(older.cards)) == (None, "d03 d02 d01")
    tag = view_at(plan, "tags/nato/index.html", ListView)
    assert (tag.lead, names(tag.cards)) == (None, "d07")


def test_the_theme_and_the_site_say_how_long_the_parts_of_the_front_page_are() -> None:
    items = [plain(f"x{day:02}", f"2026-09-{day:02}", section=Slug(f"s{day % 2}")) for day in range(1, 21)]
    lists = {"secondary": ListRule(limit=2), "block": ListRule(limit=3)}
    config = Config(lists={"block": ListConfig(limit=1)})
    home = home_of(plan_site(replace(sources(*items, config=config), lists=lists)))
    assert (len(home.secondary), [len(block.cards) for block in home.blocks]) == (2, [1, 1])
    bare = Config(lists={"block": ListConfig(limit=0), "secondary": ListConfig(limit=0)})
    home = home_of(plan_site(sources(*items, config=bare)))
    assert (home.lead is not None, home.secondary, home.blocks, len(home.latest)) == (True, (), (), 19)


def test_lists_of_the_theme_stand_on_fronts_alone_and_hold_what_the_page_is_about() -> None:
    items = daily(9, tags=("NATO",))
    lists = {"newest": ListRule(limit=2, on=("home", "tag")), "rest": ListRule(limit=1, on=("section",))}
    source = sources(*items, plain("local", "2026-09-20", section=Slug("local")), config=Config(page_size=3))
    plan = plan_site(replace(source, lists=lists))
    assert {name: names(cards) for name, cards in home_of(plan).lists.items()} == {"newest": "local d09"}
    shown = {
        path: {name: names(cards) for name, cards in view_at(plan, f"{path}index.html", ListView).lists.items()}
        for path in ("tags/nato/", "world/", "local/", "tags/nato/page/1/", "page/1/")
    }
    assert shown == {
        "tags/nato/": {"newest": "d09 d08"},
        "world/": {"rest": "d09"},
        "local/": {"rest": "local"},
        "tags/nato/page/1/": {},
        "page/1/": {},
    }


def test_spellings_of_a_tag_are_one_list_named_as_in_the_oldest_article() -> None:
    plan = plan_site(sources(plain("new", "2026-10-02", tags=("nato",)), plain("old", tags=("NATO",))))
    view = view_at(plan, "tags/nato/index.html", ListView)
    assert (view.title, names(view.cards), view.feed) == ("NATO", "new old", None)


def test_lists_hold_one_language() -> None:
    plan = plan_site(sources(plain("a", tags=("NATO",)), plain("b", language="nl", tags=("NATO",))))
    for path, slug in (("", "a"), ("nl/", "b")):
        assert names(shown_on(view_at(plan, f"{path}world/index.html", ListView))) == slug
        assert names(view_at(plan, f"{path}tags/nato/index.html", ListView).cards) == slug
        assert [item.id for item in stories(view_at(plan, f"{path}index.html", HomeView))] == [f"world/{slug}.md"]
