"""Feeds of comments: on one article, and on all of a language."""

import pytest

from sitegen.model.config import Config, FeedsConfig
from sitegen.model.facts import MOST_RECENT, RecentComment, RecentEntry, SiteSources, SnapshotFacts
from sitegen.model.machine_views import AllCommentsView, CommentFeedView, FeedView
from sitegen.model.names import ArticleId, Digest, Url
from sitegen.model.values import replace
from sitegen.model.views import HomeView
from sitegen.plan.comment_feeds import renew_recent
from sitegen.plan.site import SitePlan, plan_site
from tests.samples import moment, plain, snapshot, sources, told, view_at

DISCUSSED = plain("a", "2026-10-02")
ID = ArticleId("world/a.md")


def feeds_of(plan: SitePlan) -> list[str]:
    return sorted(spec.path for spec in plan.specs if isinstance(spec.view, CommentFeedView))


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


def told_on(*days: str) -> SnapshotFacts:
    """A snapshot with a comment of each day, `comment-1` the newest."""
    recent = [
        RecentComment(anchor=f"comment-{place}", published=moment(day).at, updated=moment(day).at)
        for place, day in enumerate(sorted(days, reverse=True), 1)
    ]
    return replace(snapshot(len(days)), recent=tuple(recent))


def all_of(comments: dict[str, SnapshotFacts], path: str = "comments.xml", **feeds: int) -> list[tuple[str, str]]:
    """Headline and anchor of every comment in the feed of all comments on three articles, one of them Dutch."""
    items = (DISCUSSED, plain("b", "2026-10-01"), plain("c", language="nl"))
    config = Config(base_url="https://news.example/", feeds=FeedsConfig(**feeds))  # type: ignore[arg-type]
    facts = {ArticleId(f"world/{slug}.md"): told for slug, told in comments.items()}
    view = view_at(plan_site(sources(*items, config=config, snapshots=facts)), path, AllCommentsView)
    return [(entry.article.title, entry.anchor) for entry in view.entries]


def test_comments_on_all_articles_of_a_language_newest_first() -> None:
    comments = {"a": told_on("2026-10-03", "2026-10-09"), "b": told_on("2026-10-05"), "c": told_on("2026-10-10")}
    assert all_of(comments) == [("A", "comment-1"), ("B", "comment-1"), ("A", "comment-2")]
    assert all_of(comments, "nl/comments.xml") == [("C", "comment-1")]
    assert all_of(comments, size=2) == [("A", "comment-1"), ("B", "comment-1")]


def test_there_are_no_more_than_planning_knows_of_one_article() -> None:
    days = [f"2026-{month:02}-{day:02}" for month in (8, 9) for day in range(1, 31)]
    assert len(all_of({"a": told_on(*days)}, size=500)) == MOST_RECENT


def test_the_feed_of_all_comments_is_as_new_as_the_last_edit() -> None:
    edited = RecentComment(anchor="comment-1", published=moment("2026-10-03").at, updated=moment("2026-10-20").at)
    plan = plan_site(sources(DISCUSSED, snapshots={ID: replace(snapshot(1), recent=(edited,))}))
    assert view_at(plan, "comments.xml", AllCommentsView).updated.at == moment("2026-10-20").at


def test_the_home_page_names_it_where_there_is_one() -> None:
    plan = plan_site(sources(DISCUSSED, snapshots={ID: told_on("2026-10-03")}))
    assert view_at(plan, "index.html", HomeView).comment_feed == "/comments.xml"
    for source in (
        sources(DISCUSSED),
        sources(DISCUSSED, snapshots={ID: snapshot(1)}),
        sources(plain("a", comments="off"), snapshots={ID: told_on("2026-10-03")}),
    ):
        plan = plan_site(source)
        assert view_at(plan, "index.html", HomeView).comment_feed is None
        assert "comments.xml" not in {spec.path for spec in plan.specs}


def test_it_changes_with_a_comment_and_with_nothing_else_but_a_headline() -> None:
    def plan(comments: SnapshotFacts, **changes: object) -> AllCommentsView:
        source = sources(plain("a", "2026-10-02", **changes), plain("b"), snapshots={ID: comments})
        return view_at(plan_site(source), "comments.xml", AllCommentsView)

    before = plan(told_on("2026-10-03"))
    assert plan(told_on("2026-10-03"), tags=("NATO",), description="Else", weight=3) == before
    assert plan(told_on("2026-10-03", "2026-10-04")) != before
    assert plan(told_on("2026-10-03"), title="Else") != before


def entries_of(document: str, *days: str) -> tuple[RecentEntry, ...]:
    """What the feed of all comments holds of a document."""
    url, thread = Url(f"/{document}/"), Digest(f"thread of {document}")
    return tuple(RecentEntry(comment, ArticleId(document), url, thread) for comment in told_on(*days).recent)


@pytest.mark.parametrize(
    ("fresh", "expected"),
    [
        pytest.param(entries_of("a", "2026-10-09", "2026-10-05"), ["a 09", "b 07", "a 05"], id="one more"),
        pytest.param(entries_of("a", "2026-10-08", "2026-10-06"), ["a 08", "b 07", "a 06"], id="two others"),
        pytest.param(entries_of("a", "2026-10-09"), None, id="one less: another moves up that is not known"),
        pytest.param((), None, id="none any more"),
    ],
)
def test_the_newest_comments_follow_from_those_before(
    fresh: tuple[RecentEntry, ...], expected: list[str] | None
) -> None:
    before = {"en": (*entries_of("b", "2026-10-07"), *entries_of("a", "2026-10-05", "2026-10-03"))}
    config = Config(feeds=FeedsConfig(size=3))
    renewed = renew_recent(before, {"en": fresh} if fresh else {}, {ArticleId("a")}, config)
    found = renewed and [f"{entry.document} {entry.comment.published:%d}" for entry in renewed["en"]]
    assert found == expected


def test_a_feed_that_comes_or_goes_takes_a_plan() -> None:
    fresh = {"en": entries_of("a", "2026-10-07")}
    assert renew_recent({}, fresh, {ArticleId("a")}, Config()) is None
    assert renew_recent(fresh, {}, {ArticleId("a")}, Config()) is None
    assert renew_recent({}, {}, {ArticleId("a")}, Config()) == {}
