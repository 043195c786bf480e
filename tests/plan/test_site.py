"""A whole plan: addresses, neighbours, links, collisions."""

from dataclasses import replace

import pytest

from sitegen.errors import Severity, Span
from sitegen.model.article import LeadImage, LinkSlot, Source
from sitegen.model.card import Link
from sitegen.model.config import Config, MenuItem
from sitegen.model.facts import Preview, SiteSources
from sitegen.model.names import ArticleId, Url
from sitegen.model.views import ArticleView, HomeView, ListView, SitemapView
from sitegen.plan.site import SitePlan, plan_site
from tests.samples import article, chosen, metadata, moment, plain, sources


def view_of(plan: SitePlan, path: str) -> ArticleView:
    """The article view that is written to `path`."""
    view = next(spec.view for spec in plan.specs if spec.path == path)
    assert isinstance(view, ArticleView)
    return view


def page(slug: str, month: str = "10") -> str:
    return f"world/2026/{month}/{slug}/index.html"


def told(source: SiteSources) -> list[tuple[str, str, str]]:
    """Severity, code and message of every problem."""
    return [(str(item.severity), item.code, item.message) for item in plan_site(source).problems]


OLD, MIDDLE, NEW = plain("old", "2026-10-01"), plain("middle", "2026-10-02"), plain("new", "2026-10-03")


def test_every_file_of_a_small_site() -> None:
    source = sources(
        plain("bridge", tags=("NATO",), authors=("Ann Reed",)), article("pages/about.md", metadata("about", None))
    )
    assert sorted(spec.path for spec in plan_site(source).specs) == [
        "404.html",
        "about/index.html",
        "atom.xml",
        "authors/ann-reed/index.html",
        "index.html",
        "robots.txt",
        "rss.xml",
        "sitemap.xml",
        "tags/nato/index.html",
        "world/2026/10/bridge/index.html",
        "world/atom.xml",
        "world/index.html",
        "world/rss.xml",
    ]


def test_an_empty_site_has_a_home_page() -> None:
    plan = plan_site(sources())
    home = next(spec.view for spec in plan.specs if spec.path == "index.html")
    assert isinstance(home, HomeView)
    assert (home.lead, plan.problems) == (None, ())


def test_computed_neighbours() -> None:
    view = view_of(plan_site(sources(OLD, MIDDLE, NEW)), page("middle"))
    assert (view.previous, view.next) == (
        Link(url=Url("/world/2026/10/old/"), title="Old", date=moment("2026-10-01")),
        Link(url=Url("/world/2026/10/new/"), title="New", date=moment("2026-10-03")),
    )


@pytest.mark.parametrize(
    "reference",
    ["world/new.md", "new.md", "/world/2026/10/new/", "https://news.example/world/2026/10/new/", "new", "New"],
)
def test_prev_is_found_by_path_address_slug_or_title(reference: str) -> None:
    source = sources(plain("old", prev=chosen(reference)), MIDDLE, NEW)
    view = view_of(plan_site(source), page("old"))
    assert view.previous is not None
    assert view.previous.url == "/world/2026/10/new/"
    assert told(source) == []


def test_prev_elsewhere_keeps_its_title() -> None:
    view = view_of(plan_site(sources(plain("a", prev=chosen("https://other.example/x", "Theirs")))), page("a"))
    assert view.previous == Link(url=Url("https://other.example/x"), title="Theirs")


def test_prev_to_nothing_is_an_error_with_a_suggestion() -> None:
    source = sources(plain("old", prev=chosen("middel")), MIDDLE)
    problem = plan_site(source).problems[0]
    assert (problem.code, problem.message, problem.file) == (
        "prev",
        "`middel` is no article of this site",
        "content/world/old.md",
    )
    assert problem.hint is not None
    assert "`middle`" in problem.hint


def test_prev_to_two_is_an_error_naming_both() -> None:
    source = sources(plain("a", prev=chosen("Same")), plain("b", title="Same"), plain("c", title="Same"))
    problem = plan_site(source).problems[0]
    assert problem.message == "`Same` may mean 2 articles"
    assert problem.hint == "name one by its path: `world/b.md`, `world/c.md`"


def test_prev_to_what_is_not_published_is_a_warning_and_computed() -> None:
    source = sources(OLD, plain("middle", "2026-10-02", prev=chosen("draft")), plain("draft", draft=True))
    assert told(source) == [
        ("warning", "prev", "`world/draft.md` is not published: the neighbour by date is shown instead")
    ]
    shown = view_of(plan_site(source), page("middle")).previous
    assert shown is not None
    assert shown.title == "Old"


def test_text_neighbour_is_linked_if_its_title_is_unique() -> None:
    known = view_of(plan_site(sources(plain("a", prev=chosen(None, "New")), NEW)), page("a")).previous
    assert known is not None
    assert known.url == "/world/2026/10/new/"
    source = sources(plain("a", prev=chosen(None, "Somewhere, else & more")))
    assert view_of(plan_site(source), page("a")).previous == Link(url=None, title="Somewhere, else & more")
    assert told(source)[0][:2] == ("warning", "prev")


def test_suppressed_neighbour() -> None:
    view = view_of(
        plan_site(sources(OLD, plain("b", "2026-10-09", prev=replace(chosen(), suppressed=True)))), page("b")
    )
    assert view.previous is None


def linking(target: str) -> SiteSources:
    slot = LinkSlot(target=target, span=Span(line=7, column=3, length=4))
    origin = article("world/origin.md", metadata("origin"), links=(slot,))
    other = article("science/tides.md", metadata("tides", section="science"))
    hidden = plain("hidden", draft=True)
    return sources(origin, other, hidden, assets=("content/world/map.pdf", "static/uploads/a.pdf"))


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("../science/tides.md", "/science/2026/10/tides/"),
        ("/science/tides.md#part", "/science/2026/10/tides/#part"),
        ("../science/tides.md?x=1#part", "/science/2026/10/tides/?x=1#part"),
        ("map.pdf", "/world/2026/10/origin/map.pdf"),
        ("/uploads/a.pdf", "/uploads/a.pdf"),
        ("/science/2026/10/tides/", "/science/2026/10/tides/"),
        ("../tides-not/../../../../world/", "/world/"),
        ("/world/", "/world/"),
        ("hidden.md", ""),
    ],
)
def test_links_of_a_body(target: str, address: str) -> None:
    plan = plan_site(linking(target))
    assert view_of(plan, page("origin")).body.links[0].address == address
    assert not [item for item in plan.problems if item.severity is Severity.ERROR]


def test_link_to_no_document_is_an_error_at_its_place() -> None:
    problem = plan_site(linking("../science/tide.md")).problems[0]
    assert (problem.code, problem.file, problem.span) == (
        "link",
        "content/world/origin.md",
        Span(line=7, column=3, length=4),
    )
    assert problem.message == "no such document: `../science/tide.md`"
    assert problem.hint == "did you mean `science/tides.md`?"


def test_link_to_no_page_is_a_warning() -> None:
    assert told(linking("/nowhere/")) == [("warning", "link", "no such page on this site: `/nowhere/`")]


def test_link_to_a_document_with_errors_is_a_warning_like_one_to_a_draft() -> None:
    source = replace(linking("../science/broken.md"), unavailable=frozenset({ArticleId("science/broken.md")}))
    assert told(source) == [("warning", "link", "links to what is not published: `science/broken.md`")]


def test_two_articles_at_one_address_are_refused_by_name() -> None:
    source = sources(article("world/a.md", metadata("same")), article("world/b.md", metadata("same")))
    problems = plan_site(source).problems
    assert [(item.code, item.file) for item in problems] == [("url", "content/world/b.md")]
    assert problems[0].message == "wants the same address as content/world/a.md: `/world/2026/10/same/index.html`"


def test_addresses_that_a_folding_file_system_would_mix_up_are_refused() -> None:
    source = sources(plain("a", url=Url("/Foo/")), plain("b", url=Url("/foo/")))
    assert "cannot stand beside" in plan_site(source).problems[0].message


def test_a_file_where_a_folder_must_be_is_refused() -> None:
    source = sources(plain("a", url=Url("/x.d/y/")), plain("b", url=Url("/x.d")))
    assert [item.code for item in plan_site(source).problems] == ["url"]


def test_missing_image_is_a_warning_and_no_picture() -> None:
    source = sources(plain("a", image=LeadImage(src="no.jpg")))
    assert told(source) == [("warning", "image", "no such image: `no.jpg`")]
    assert view_of(plan_site(source), page("a")).image is None


def test_files_of_a_bundle_go_into_its_folder() -> None:
    bundle = article("world/bridge/index.md", metadata("bridge"), bundle=True)
    files = ("content/world/bridge/a.jpg", "content/world/bridge/data/b.csv", "content/world/stray.txt")
    plan = plan_site(sources(bundle, assets=files))
    assert sorted(copy.path for copy in plan.copies) == [
        "world/2026/10/bridge/a.jpg",
        "world/2026/10/bridge/data/b.csv",
    ]


def test_aliases_lead_to_the_new_address() -> None:
    plan = plan_site(sources(plain("a", aliases=(Url("/old"), Url("/2014/x.html")))))
    redirects = {spec.path for spec in plan.specs if spec.template == "redirect.html"}
    assert redirects == {"old/index.html", "2014/x.html"}


def test_home_shows_no_article_twice_and_the_heaviest_first() -> None:
    items = [plain(f"a{day:02}", f"2026-09-{day:02}", section="world" if day % 2 else "local") for day in range(1, 26)]
    items.append(plain("heavy", "2026-09-05", weight=10))
    plan = plan_site(sources(*items))
    home = next(spec.view for spec in plan.specs if spec.path == "index.html")
    assert isinstance(home, HomeView)
    assert home.lead is not None
    assert home.lead.id == "world/heavy.md"
    shown = [home.lead, *home.secondary, *(card for block in home.blocks for card in block.cards), *home.latest]
    assert len({card.id for card in shown}) == len(shown) == 26


def test_older_pages_of_home_and_section() -> None:
    items = [plain(f"a{day:02}", f"2026-09-{day:02}") for day in range(1, 8)]
    plan = plan_site(sources(*items, config=Config(base_url="https://n.example/", page_size=3)))
    paths = {spec.path for spec in plan.specs}
    assert {"page/1/index.html", "world/page/1/index.html"} <= paths
    older = next(spec.view for spec in plan.specs if spec.path == "page/1/index.html")
    assert isinstance(older, ListView)
    assert (older.pager.number, older.pager.older, older.pager.front) == (1, None, "/")


def test_languages_have_their_own_front_page_and_translations_know_each_other() -> None:
    plan = plan_site(sources(plain("bridge", translation_key="b"), plain("brug", language="nl", translation_key="b")))
    assert "nl/index.html" in {spec.path for spec in plan.specs}
    head = view_of(plan, page("bridge")).head
    assert [(item.language, item.url) for item in head.alternates] == [
        ("en", "/world/2026/10/bridge/"),
        ("nl", "/nl/world/2026/10/brug/"),
    ]


def test_sitemap_leaves_out_previews_and_copies_of_others() -> None:
    original = Source(text="RT.com", url="https://original.example/x", policy="canonical")
    source = sources(plain("a"), plain("b", draft=True), plain("c", source=original), preview=Preview(drafts=True))
    sitemap = next(spec.view for spec in plan_site(source).specs if spec.path == "sitemap.xml")
    assert isinstance(sitemap, SitemapView)
    urls = {entry.url for entry in sitemap.entries}
    assert "/world/2026/10/a/" in urls
    assert not {"/world/2026/10/b/", "/world/2026/10/c/"} & urls


def test_menu_entry_by_content_path_and_to_nothing() -> None:
    menus = {"main": (MenuItem(title="About", url="pages/about.md"), MenuItem(title="Gone", url="pages/gone.md"))}
    source = sources(article("pages/about.md", metadata("about", None)), config=Config(menus=menus))
    plan = plan_site(source)
    assert plan.sites["en"].menus["main"][0].url == "/about/"
    assert [item.code for item in plan.problems] == ["menus"]
