"""Old addresses, 404 and robots.txt."""

<<<<<<< HEAD
from sitegen.model.article import Correction, Source
from sitegen.model.config import Config, PagesConfig
from sitegen.model.facts import Preview
=======
>>>>>>> 4797000 (Offer news to search engines, and keep the parts of a long sitemap)
from sitegen.model.names import Url
from sitegen.model.views import MessageView, RedirectView
from sitegen.plan.site import SitePlan, plan_site
from tests.samples import plain, sources, told, view_at


def redirects_of(plan: SitePlan) -> dict[str, RedirectView]:
    return {spec.path: spec.view for spec in plan.specs if isinstance(spec.view, RedirectView)}


def test_aliases_lead_to_the_new_address() -> None:
    plan = plan_site(sources(plain("a", title="News & more", aliases=(Url("/old"), Url("/2014/x.html"), Url("/50%/")))))
    assert redirects_of(plan) == {
        "old/index.html": RedirectView(url=Url("/old/"), target=Url("/world/2026/10/a/"), title="News & more"),
        "2014/x.html": RedirectView(url=Url("/2014/x.html"), target=Url("/world/2026/10/a/"), title="News & more"),
        "50%/index.html": RedirectView(url=Url("/50%25/"), target=Url("/world/2026/10/a/"), title="News & more"),
    }


def test_an_alias_that_the_page_itself_answers_is_none() -> None:
    aliases = tuple(Url(f"/world/2026/10/a{rest}") for rest in ("", "/", "/index.html"))
    plan = plan_site(sources(plain("a", aliases=aliases)))
    assert (redirects_of(plan), plan.problems) == ({}, ())


def test_one_alias_written_twice_is_one() -> None:
    plan = plan_site(sources(plain("a", aliases=(Url("/old"), Url("/old/"), Url("/old/index.html")))))
    assert (list(redirects_of(plan)), plan.problems) == (["old/index.html"], ())


def test_an_alias_of_two_is_refused_naming_both() -> None:
    source = sources(plain("a", aliases=(Url("/old/"),)), plain("b", aliases=(Url("/old/"),)))
    ((code, _, message),) = told(plan_site(source))
    assert code == "url"
    assert "an alias in content/world/a.md" in message


<<<<<<< HEAD
def test_the_sitemap_holds_every_page_and_list_sorted_with_what_is_known_of_their_change() -> None:
    source = sources(
        plain("b", updated=moment("2026-10-09"), tags=("NATO",), authors=("Ann",)),
        plain("a", corrections=(Correction(date=moment("2026-10-03"), text="It was 2."),)),
        article("pages/about.md", metadata("about", None)),
    )
    assert list(sitemap_of(plan_site(source)).items()) == [
        ("/", None),
        ("/about/", None),
        ("/archive/", None),
        ("/archive/2026/", None),
        ("/archive/2026/10/", None),
        ("/authors/", None),
        ("/authors/ann/", None),
        ("/corrections/", None),
        ("/tags/", None),
        ("/tags/nato/", None),
        ("/world/", None),
        ("/world/2026/10/a/", moment("2026-10-01")),
        ("/world/2026/10/b/", moment("2026-10-09")),
    ]


def test_the_sitemap_leaves_out_what_search_engines_should_not_find() -> None:
    def original(policy: str) -> Source:
        return Source(text="RT.com", url="https://original.example/x", policy=policy)  # type: ignore[arg-type]

    source = sources(
        plain("credit", source=original("credit")),
        plain("canonical", source=original("canonical")),
        plain("noindex", source=original("noindex")),
        plain("draft", draft=True),
        plain("moved", aliases=(Url("/old/"),)),
        article("pages/copied.md", metadata("copied", None, source=original("noindex"))),
        config=Config(base_url="https://news.example/", pages=PagesConfig(archive=False)),
        preview=Preview(drafts=True),
    )
    assert [url for url in sitemap_of(plan_site(source)) if url not in {"/", "/world/"}] == [
        "/world/2026/10/credit/",
        "/world/2026/10/moved/",
    ]


def test_the_sitemap_of_an_international_host() -> None:
    plan = plan_site(sources(plain("über"), config=Config(base_url="https://zeitung-münchen.example/n/")))
    assert "/world/2026/10/über/" in sitemap_of(plan)


def test_more_addresses_than_a_sitemap_may_hold_are_spread_over_several() -> None:
    entries = [SitemapEntry(url=Url(f"/{letter}/"), modified=None) for letter in "ebdca"]
    views = {str(spec.path): spec.view for spec in plan_sitemaps(entries, "en", limit=2)}
    assert views.pop("sitemap.xml") == SitemapIndexView(
        sitemaps=(Url("/sitemap-1.xml"), Url("/sitemap-2.xml"), Url("/sitemap-3.xml"))
    )
    held = [[entry.url for entry in view.entries] for view in views.values() if isinstance(view, SitemapView)]
    assert (list(views), held) == (
        ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"],
        [["/a/", "/b/"], ["/c/", "/d/"], ["/e/"]],
    )
    assert [spec.path for spec in plan_sitemaps(entries, "en", limit=5)] == ["sitemap.xml"]


=======
>>>>>>> 4797000 (Offer news to search engines, and keep the parts of a long sitemap)
def test_the_page_for_strays_is_not_indexed() -> None:
    view = view_at(plan_site(sources()), "404.html", MessageView)
    assert (view.url, view.head.robots, view.head.canonical, view.head.open_graph) == ("/404.html", "noindex", "", ())


def test_a_robots_file_of_ones_own_wins() -> None:
    plan = plan_site(sources(assets=("static/robots.txt",)))
    assert "robots.txt" not in {spec.path for spec in plan.specs}
    assert [(copy.path, copy.source) for copy in plan.copies] == [("robots.txt", "static/robots.txt")]
    assert plan.problems == ()
