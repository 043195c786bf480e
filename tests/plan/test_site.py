"""A whole plan: every file of a site, who may stand where, and what a change touches."""

import pytest

from sitegen.model.article import Article, Correction
from sitegen.model.config import Config, PagesConfig
from sitegen.model.facts import SiteSources, SnapshotFacts
from sitegen.model.names import ArticleId, OutPath, Slug, Url
from sitegen.model.page import AnyView
from sitegen.model.values import replace
from sitegen.plan.site import SitePlan, plan_site
from sitegen.plan.urls import out_path
from tests.samples import article, chosen, metadata, moment, plain, snapshot, sources, told

ABOUT = article("pages/about.md", metadata("about", None))
BRIDGE = plain("bridge", tags=("NATO",), authors=("Ann Reed",))


def test_every_file_of_a_small_site() -> None:
    plan = plan_site(sources(BRIDGE, ABOUT))
    assert sorted(spec.path for spec in plan.specs) == [
        "404.html",
        "_headers",
        "_redirects",
        "about/index.html",
        "archive/2026/10/index.html",
        "archive/2026/index.html",
        "archive/index.html",
        "atom.xml",
        "authors/ann-reed/index.html",
        "authors/index.html",
        "feed.json",
        "index.html",
        "news-sitemap.xml",
        "redirects.caddy",
        "redirects.nginx.conf",
        "robots.txt",
        "rss.xml",
        "sitemap.xml",
        "tags/index.html",
        "tags/nato/index.html",
        "world/2026/10/bridge/index.html",
        "world/atom.xml",
        "world/feed.json",
        "world/index.html",
        "world/rss.xml",
    ]


def test_another_language_stands_below_its_tag() -> None:
    items = (
        plain("brug", language="nl", tags=("NATO",), authors=("Ann Reed",)),
        replace(ABOUT, metadata=replace(ABOUT.metadata, language="nl")),
    )
    paths = {spec.path for spec in plan_site(sources(*items)).specs}
    assert {path for path in paths if path.startswith("nl/")} == {
        "nl/about/index.html",
        "nl/archive/2026/10/index.html",
        "nl/archive/2026/index.html",
        "nl/archive/index.html",
        "nl/atom.xml",
        "nl/authors/ann-reed/index.html",
        "nl/authors/index.html",
        "nl/feed.json",
        "nl/index.html",
        "nl/rss.xml",
        "nl/tags/index.html",
        "nl/tags/nato/index.html",
        "nl/world/2026/10/brug/index.html",
        "nl/world/atom.xml",
        "nl/world/feed.json",
        "nl/world/index.html",
        "nl/world/rss.xml",
    }


BESIDE = "cannot stand beside"
COLLISIONS: dict[str, tuple[Config, tuple[Article, ...], tuple[str, ...], tuple[str, ...]]] = {
    "two articles": (
        Config(),
        (article("world/a.md", metadata("same")), article("world/b.md", metadata("same"))),
        (),
        ("content/world/a.md", "content/world/b.md", "/world/2026/10/same/index.html"),
    ),
    "Foo and foo": (
        Config(),
        (plain("a", url=Url("/Foo/")), plain("b", url=Url("/foo/"))),
        (),
        ("content/world/a.md", "content/world/b.md", BESIDE),
    ),
    "composed and decomposed": (
        Config(),
        (plain("a", url=Url("/caf\u00e9/")), plain("b", url=Url("/cafe\u0301/"))),
        (),
        ("content/world/a.md", "content/world/b.md", BESIDE),
    ),
    "a file where a folder must be": (
        Config(),
        (plain("a", url=Url("/x.d/y/")), plain("b", url=Url("/x.d"))),
        (),
        ("content/world/a.md", "content/world/b.md"),
    ),
    "a section and a page": (
        Config(),
        (ABOUT, plain("a", section=Slug("about"))),
        (),
        ("content/pages/about.md", "section About", "/about/index.html"),
    ),
    "a section and the home page of a language": (
        Config(),
        (plain("a", section=Slug("nl")), plain("b", language="nl")),
        (),
        ("section Nl", "the home page in nl"),
    ),
    "a tag and an article": (
        Config(permalink="/{section}/{slug}/"),
        (plain("nato", section=Slug("tags")), plain("b", tags=("NATO",))),
        (),
        ("content/world/nato.md", "tag NATO", "/tags/nato/index.html"),
    ),
    "an author and an article": (
        Config(permalink="/{section}/{slug}/"),
        (plain("ann", section=Slug("authors")), plain("b", authors=("Ann",))),
        (),
        ("content/world/ann.md", "author Ann"),
    ),
    "an older page and an article": (
        Config(permalink="/{section}/{slug}/", page_size=1),
        (plain("1", section=Slug("page")), plain("b", "2026-09-01"), plain("c", "2026-09-02")),
        (),
        ("content/world/1.md", "the home page in en", "/page/1/index.html"),
    ),
    "an article and a section": (
        Config(permalink="/{slug}/"),
        (plain("world"),),
        (),
        ("content/world/world.md", "section World"),
    ),
    "a feed and a document": (Config(), (plain("a", url=Url("/rss.xml")),), (), ("content/world/a.md", "feed News")),
    "a static file and the home page": (Config(), (), ("static/index.html",), ("static/index.html", "the home page")),
    "a static file and a document": (
        Config(),
        (ABOUT,),
        ("static/about/index.html",),
        ("static/about/index.html", "content/pages/about.md"),
    ),
    "two files of documents": (
        Config(),
        (
            article("a/x/index.md", metadata("same", url=Url("/x/")), bundle=True),
            article("b/x/index.md", metadata("other", url=Url("/x/index.htm")), bundle=True),
        ),
        ("content/a/x/index/a.jpg", "content/b/x/a.jpg"),
        ("content/a/x/index/a.jpg", "content/b/x/a.jpg", "/x/index/a.jpg"),
    ),
}


@pytest.mark.parametrize(("config", "articles", "assets", "named"), COLLISIONS.values(), ids=COLLISIONS)
def test_two_that_want_one_address_are_refused_naming_both(
    config: Config, articles: tuple[Article, ...], assets: tuple[str, ...], named: tuple[str, ...]
) -> None:
    problems = told(plan_site(sources(*articles, config=config, assets=assets)))
    assert {code for code, _, _ in problems} == {"url"}
    _, file, message = problems[0]
    assert [name for name in named if name not in f"{file} {message}"] == []


@pytest.mark.parametrize(
    ("key", "address", "words"),
    [
        ("archive", "/archive/", "the archive"),
        ("archive", "/archive/2026/10/", "the archive"),
        ("tags", "/tags/", "the page with all tags"),
        ("authors", "/authors/", "the page with all authors"),
        ("corrections", "/corrections/", "the corrections page"),
        ("corrections", "/corrections/rss.xml", "the corrections page"),
    ],
)
def test_a_page_at_the_address_of_one_that_sitegen_makes(key: str, address: str, words: str) -> None:
    mended = (Correction(date=moment("2026-10-03"), text="It was 2."),)
    items = (
        plain("a", tags=("Go",), authors=("Ann",), corrections=mended),
        article("pages/own.md", metadata("own", None, url=Url(address))),
    )
    (problem,) = plan_site(sources(*items)).problems
    assert problem.message == f"{words} wants the same address as content/pages/own.md: `/{out_path(Url(address))}`"
    assert problem.hint == f"give one of them another `slug` or `url`, or write `{key} = false` below `[pages]`"
    off = {"archive": True, "tags": True, "authors": True, "corrections": True, key: False}
    assert plan_site(sources(*items, config=Config(pages=PagesConfig(**off)))).problems == ()


@pytest.mark.parametrize("name", ["tags", "authors", "page", "assets"])
def test_a_section_may_be_called_like_a_folder_of_the_output(name: str) -> None:
    items = [plain(f"d{day}", f"2026-10-0{day}", section=Slug(name), tags=("NATO",)) for day in range(1, 6)]
    plan = plan_site(sources(*items, config=Config(page_size=2, pages=PagesConfig(tags=False, authors=False))))
    assert plan.problems == ()
    assert {f"{name}/index.html", f"{name}/page/1/index.html", f"{name}/2026/10/d1/index.html"} <= {
        spec.path for spec in plan.specs
    }


def views_of(plan: SitePlan) -> dict[OutPath, AnyView]:
    return {spec.path: spec.view for spec in plan.specs}


def changed(before: SiteSources, after: SiteSources) -> set[str]:
    """The pages that differ between two plans, those that only one of them has included."""
    one, other = views_of(plan_site(before)), views_of(plan_site(after))
    return {path for path in one.keys() | other.keys() if one.get(path) != other.get(path)}


THREE = (
    plain("one", "2026-10-01", tags=("NATO",)),
    plain("two", "2026-10-02", tags=("NATO",)),
    plain("three", "2026-10-03"),
)
LISTS = {f"{folder}{name}" for folder in ("", "world/") for name in ("index.html", "rss.xml", "atom.xml", "feed.json")}
MONTH = "archive/2026/10/index.html"


def test_a_new_comment_changes_its_article_and_the_lists_that_count() -> None:
    def commented(facts: SnapshotFacts) -> SiteSources:
        return sources(*THREE, snapshots={ArticleId("world/two.md"): facts})

    own = "world/2026/10/two"
    touched = changed(commented(snapshot(1)), commented(snapshot(2)))
    assert touched == {*LISTS, f"{own}/index.html", f"{own}/comments.xml", "tags/nato/index.html"}


def test_another_title_changes_neighbours_and_lists_but_no_stranger() -> None:
    renamed = (*THREE[:2], plain("three", "2026-10-03", title="Else"))
    assert changed(sources(*THREE), sources(*renamed)) == {
        *LISTS,
        MONTH,
        "world/2026/10/three/index.html",
        "world/2026/10/two/index.html",
    }


def test_a_new_article_changes_one_neighbour_and_the_lists() -> None:
    added = (*THREE, plain("four", "2026-10-04"))
    assert changed(sources(*THREE), sources(*added)) == {
        *LISTS,
        MONTH,
        "archive/2026/index.html",
        "archive/index.html",
        "world/2026/10/four/index.html",
        "world/2026/10/three/index.html",
        "sitemap.xml",
    }


def test_neither_the_clock_nor_the_order_of_tags_by_name_changes_a_plan() -> None:
    source = sources(*THREE, ABOUT)
    assert changed(source, replace(source, clock=source.clock.replace(year=2035))) == set()


def test_errors_do_not_stop_the_plan() -> None:
    plan = plan_site(sources(*THREE, plain("x", "2026-10-09", prev=chosen("nothing"))))
    assert len(plan.problems) == 1
    assert "world/2026/10/x/index.html" in {spec.path for spec in plan.specs}
