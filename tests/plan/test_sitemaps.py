"""What search engines are told."""

from datetime import timedelta

import pytest

from sitegen.model.article import Article, Correction, Policy, Source
from sitegen.model.config import Config, LanguageConfig, PagesConfig
from sitegen.model.facts import SiteSources
from sitegen.model.machine_views import (
    NewsEntry,
    NewsSitemapView,
    RobotsView,
    SitemapEntry,
    SitemapIndexView,
    SitemapView,
)
from sitegen.model.names import Url
from sitegen.model.page import PageSpec
from sitegen.model.preview import Preview
from sitegen.model.values import replace
from sitegen.plan.schedule import find_next_change
from sitegen.plan.site import SitePlan, plan_site
from sitegen.plan.sitemaps import NEWS_LIMIT, Limits, plan_sitemaps
from tests.samples import CLOCK, article, metadata, moment, plain, sources, view_at

PLAIN = Config(base_url="https://news.example/", pages=PagesConfig(archive=False))


def sitemap_of(plan: SitePlan) -> dict[str, object]:
    return {entry.url: entry.modified for entry in view_at(plan, "sitemap.xml", SitemapView).entries}


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
        config=PLAIN,
        preview=Preview(drafts=True),
    )
    assert [url for url in sitemap_of(plan_site(source)) if url not in {"/", "/world/"}] == [
        "/world/2026/10/credit/",
        "/world/2026/10/moved/",
    ]


def test_the_sitemap_of_an_international_host() -> None:
    plan = plan_site(sources(plain("über"), config=Config(base_url="https://zeitung-münchen.example/n/")))
    assert "/world/2026/10/über/" in sitemap_of(plan)


def cut(source: SiteSources, limits: Limits) -> dict[str, list[str]]:
    """The addresses in each file of the sitemap; those of the index have no closing slash."""
    plan = plan_site(source)
    return {spec.path: _list(spec) for spec in plan_sitemaps(plan.lines.values(), plan.sites["en"], limits)}


def _list(spec: PageSpec) -> list[str]:
    assert isinstance(spec.view, SitemapView | SitemapIndexView)
    entries = spec.view.entries if isinstance(spec.view, SitemapView) else spec.view.sitemaps
    return [entry.url.removeprefix("/world/2026/10") for entry in entries]


FIVE = tuple(plain(name, f"2026-10-0{day}") for day, name in enumerate("ebdca", 1))
TWO = Limits(addresses=2)


def test_what_is_too_long_for_one_file_is_spread_and_articles_stand_by_age() -> None:
    assert cut(sources(*FIVE, config=PLAIN), TWO) == {
        "sitemap-1.xml": ["/e/", "/b/"],
        "sitemap-2.xml": ["/d/", "/c/"],
        "sitemap-3.xml": ["/a/"],
        "sitemap-lists-1.xml": ["/", "/world/"],
        "sitemap.xml": ["/sitemap-1.xml", "/sitemap-2.xml", "/sitemap-3.xml", "/sitemap-lists-1.xml"],
    }
    assert list(cut(sources(*FIVE, config=PLAIN), Limits(addresses=7))) == ["sitemap.xml"]


def test_a_new_article_changes_the_last_file_alone() -> None:
    before, after = (
        cut(sources(*FIVE, config=PLAIN), TWO),
        cut(sources(*FIVE, plain("aa", "2026-10-20"), config=PLAIN), TWO),
    )
    assert {name for name in after if before.get(name) != after[name]} == {"sitemap-3.xml"}


def test_every_file_stays_below_the_size_that_is_allowed() -> None:
    long = [
        replace(item, metadata=replace(item.metadata, url=Url(f"/{'ü&' * 300}{place}/")))
        for place, item in enumerate(FIVE)
    ]
    files = cut(sources(*long, config=PLAIN), Limits(size=8000))
    assert [len(files[f"sitemap-{number}.xml"]) for number in (1, 2, 3, 4, 5)] == [1, 1, 1, 1, 1]


def test_the_index_says_when_something_in_a_file_last_changed() -> None:
    plan = plan_site(sources(*FIVE, plain("x", "2026-09-01", updated=moment("2026-10-30")), config=PLAIN))
    *_, index = plan_sitemaps(plan.lines.values(), plan.sites["en"], TWO)
    assert isinstance(index.view, SitemapIndexView)
    assert [entry.modified for entry in index.view.sitemaps] == [
        moment("2026-10-30"),
        moment("2026-10-03"),
        moment("2026-10-05"),
        None,
    ]


def news_of(*articles: Article, **changes: object) -> list[NewsEntry]:
    source = replace(sources(*articles), **changes)  # type: ignore[arg-type]
    return list(view_at(plan_site(source), "news-sitemap.xml", NewsSitemapView).entries)


def test_news_is_what_is_less_than_two_days_old_newest_first() -> None:
    days = {"old": "2026-10-30", "a": "2026-10-31", "b": "2026-11-01", "c": "2026-11-02"}
    items = [plain(slug, day) for slug, day in days.items()]
    assert [(entry.url, entry.title, entry.date, entry.publication, entry.language) for entry in news_of(*items)] == [
        ("/world/2026/11/b/", "B", moment("2026-11-01"), "News", "en"),
        ("/world/2026/10/a/", "A", moment("2026-10-31"), "News", "en"),
    ]
    assert news_of(*items, clock=moment("2026-11-09").at) == []


def test_the_site_is_due_when_an_article_is_news_no_more() -> None:
    item = plain("a", "2026-10-31")
    due = find_next_change([item], CLOCK)
    assert due == moment("2026-11-02").at
    assert len(news_of(item, clock=due - timedelta(seconds=1))) == 1
    assert news_of(item, clock=due) == []
    assert find_next_change([item], due) is None


@pytest.mark.parametrize(("policy", "count"), [("credit", 1), ("canonical", 0), ("noindex", 0)])
def test_only_articles_of_its_own_are_news(policy: Policy, count: int) -> None:
    item = plain("a", "2026-10-31", source=Source(text="RT.com", url="https://original.example/x", policy=policy))
    assert len(news_of(item)) == count
    assert (find_next_change([item], CLOCK) is not None) is (count == 1)


def test_neither_pages_nor_previews_are_news() -> None:
    page = article("pages/about.md", metadata("about", "2026-10-31"))
    assert news_of(page, plain("a", "2026-10-31", draft=True), preview=Preview(drafts=True)) == []
    assert find_next_change([page], CLOCK) is None


def test_news_in_other_languages() -> None:
    tags = {"pt-BR": "pt", "zh-Hant": "zh-tw", "zh": "zh-cn", "nl": "nl"}
    items = [plain(tag.lower(), "2026-10-31", language=tag) for tag in tags]
    config = Config(base_url="https://news.example/", languages={"nl": LanguageConfig(title="De Bode")})
    entries = news_of(*items, config=config)
    assert {entry.language for entry in entries} == set(tags.values())
    assert {entry.language: entry.publication for entry in entries}["nl"] == "De Bode"


def test_no_more_news_than_are_read() -> None:
    items = [plain(f"a{place}", "2026-10-31") for place in range(NEWS_LIMIT + 1)]
    assert len(news_of(*items)) == NEWS_LIMIT


def test_robots_are_told_of_both() -> None:
    plan = plan_site(sources(config=PLAIN))
    assert view_at(plan, "robots.txt", RobotsView).sitemaps == ("/sitemap.xml", "/news-sitemap.xml")
    assert view_at(plan, "sitemap.xml", SitemapView).entries == (SitemapEntry(url=Url("/"), modified=None),)
