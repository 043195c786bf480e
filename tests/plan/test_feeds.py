"""Which feeds there are, and what is in them."""

from dataclasses import replace

from sitegen.model.config import Config, FeedsConfig, LanguageConfig
from sitegen.model.facts import SiteSources
from sitegen.model.names import ArticleId, Url
from sitegen.model.views import CommentFeedView, FeedView
from sitegen.plan.site import SitePlan, plan_site
from tests.samples import moment, plain, snapshot, sources, told, view_at

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


def with_comments(count: int, **changes: object) -> SiteSources:
    item = replace(DISCUSSED, metadata=replace(DISCUSSED.metadata, **changes))  # type: ignore[arg-type]
    return sources(item, snapshots={ID: snapshot(count)})


def test_comments_have_a_feed_that_the_entry_names() -> None:
    plan = plan_site(with_comments(2))
    view = view_at(plan, "world/2026/10/a/comments.xml", CommentFeedView)
    assert (view.url, view.article.title, view.thread) == ("/world/2026/10/a/comments.xml", "A", "thread of 2")
    assert view.updated is not None
    assert view.updated.at == moment("2026-10-05").at
    (entry,) = view_at(plan, "rss.xml", FeedView).entries
    assert (entry.card.comment_count, entry.comment_feed) == (2, view.url)
    assert entry.comments_updated is not None
    assert entry.comments_updated.at == moment("2026-10-05").at


def test_without_a_comment_to_read_there_is_no_feed() -> None:
    for source in (with_comments(0), with_comments(2, comments="off")):
        plan = plan_site(source)
        assert "world/2026/10/a/comments.xml" not in feeds_of(plan)
        (entry,) = view_at(plan, "rss.xml", FeedView).entries
        assert (entry.comment_feed, entry.comments_updated) == (None, None)


def test_comments_without_any_time_go_by_the_article() -> None:
    plan = plan_site(sources(DISCUSSED, snapshots={ID: snapshot(1, updated=None)}))
    assert view_at(plan, "world/2026/10/a/comments.xml", CommentFeedView).updated == moment("2026-10-02")


def test_articles_that_are_files_have_a_comment_feed_each() -> None:
    items = [plain(slug, url=Url(f"/2014/{slug}.html")) for slug in ("a", "b")]
    comments = {ArticleId(f"world/{slug}.md"): snapshot() for slug in ("a", "b")}
    plan = plan_site(sources(*items, snapshots=comments))
    assert told(plan) == []
    assert [path for path in feeds_of(plan) if "comments" in path] == ["2014/a/comments.xml", "2014/b/comments.xml"]
