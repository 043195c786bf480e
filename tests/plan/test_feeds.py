"""Which feeds there are, and what is in them."""

import pytest

from sitegen.model.article import Policy, Source
from sitegen.model.config import Config, FeedsConfig, LanguageConfig
from sitegen.model.machine_views import CommentFeedView, FeedView
from sitegen.model.names import ArticleId
from sitegen.model.values import replace
from sitegen.plan.site import SitePlan, plan_site
from tests.samples import moment, plain, sources, view_at

DISCUSSED = plain("a", "2026-10-02")
ID = ArticleId("world/a.md")


def entries_of(plan: SitePlan, path: str) -> list[str]:
    return [entry.card.id for entry in view_at(plan, path, FeedView).entries]


def feeds_of(plan: SitePlan) -> list[str]:
    return sorted(spec.path for spec in plan.specs if isinstance(spec.view, FeedView | CommentFeedView))


def test_three_for_the_site_and_three_for_each_section_of_each_language() -> None:
    plan = plan_site(sources(plain("a"), plain("b", language="nl")))
    folders = ("", "nl/", "nl/world/", "world/")
    assert feeds_of(plan) == sorted(
        f"{folder}{name}" for folder in folders for name in ("atom.xml", "feed.json", "rss.xml")
    )
    assert (entries_of(plan, "rss.xml"), entries_of(plan, "nl/world/atom.xml")) == (["world/a.md"], ["world/b.md"])


def test_an_empty_site_has_empty_feeds() -> None:
    view = view_at(plan_site(sources()), "rss.xml", FeedView)
    assert (view.entries, view.updated, view.description) == ((), None, "News")


def test_the_newest_first_and_no_more_than_asked_for() -> None:
    items = [plain(f"d{day}", f"2026-10-0{day}") for day in range(1, 6)]
    plan = plan_site(sources(*items, config=Config(feeds=FeedsConfig(size=3))))
    assert entries_of(plan, "atom.xml") == ["world/d5.md", "world/d4.md", "world/d3.md"]


def test_updated_is_the_newest_instant_in_the_feed_and_the_clock_has_no_say() -> None:
    source = sources(plain("a", "2026-10-02"), plain("b", "2026-10-01", updated=moment("2026-10-08")))
    for clock in (source.clock, source.clock.replace(year=2030)):
        assert view_at(plan_site(replace(source, clock=clock)), "rss.xml", FeedView).updated == moment("2026-10-08")


def test_titles_say_which_section() -> None:
    languages = {"nl": LanguageConfig(title="De Courant", description="Nieuws")}
    plan = plan_site(sources(plain("b", language="nl"), config=Config(languages=languages)))
    site, section = (view_at(plan, f"nl/{folder}rss.xml", FeedView) for folder in ("", "world/"))
    assert (site.title, site.description, site.home) == ("De Courant", "Nieuws", "/nl/")
    assert (section.title, section.description, section.home) == (
        "De Courant: World",
        "De Courant: World",
        "/nl/world/",
    )


def test_bodies_are_in_full_feeds_alone() -> None:
    for content in ("full", "summary"):
        config = Config(feeds=FeedsConfig(content=content))
        (entry,) = view_at(plan_site(sources(plain("a"), config=config)), "rss.xml", FeedView).entries
        assert (entry.body is not None) is (content == "full")


@pytest.mark.parametrize("policy", ["credit", "canonical", "noindex"])
def test_readers_get_what_search_engines_are_sent_elsewhere_for(policy: Policy) -> None:
    source = Source(text="RT.com", url="https://original.example/x", policy=policy)
    assert entries_of(plan_site(sources(plain("a", source=source))), "feed.json") == ["world/a.md"]
