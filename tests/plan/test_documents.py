"""The pages of articles, and pages proper."""

import pytest

from sitegen.errors import Span
from sitegen.model.article import Correction, Label, Rating, Source
from sitegen.model.facts import RecentComment
from sitegen.model.names import ArticleId, Slug, Url
from sitegen.model.preview import Preview
from sitegen.model.values import replace
from sitegen.model.views import ArticleView, PageView, PlannedArticle
from sitegen.plan.reach import Mark, Views
from sitegen.plan.site import plan_site
from tests.samples import article, article_view, metadata, moment, plain, snapshot, sources, told, view_at

ID = ArticleId("world/a.md")


def test_what_a_page_shows_of_its_article() -> None:
    correction = Correction(date=moment("2026-10-03"), text="It was Monday.")
    source = Source(text="RT. com / ABC Flash Point News 2023.")
    plan = plan_site(
        sources(
            plain(
                "a",
                label=Label(text="Breaking"),
                source=source,
                rating=Rating(value=4, votes=2),
                corrections=(correction,),
                extra={"place": "Tokyo"},
            )
        )
    )
    view = article_view(plan, "a")
    assert (view.label, view.source, view.corrections) == (Label(text="Breaking"), source, (correction,))
    assert (view.rating, view.extra) == (Rating(value=4, votes=2), {"place": "Tokyo"})
    assert (view.description, view.reading_minutes, view.status) == ("", 2, "published")


@pytest.mark.parametrize(
    ("setting", "count", "shown"),
    [
        ("auto", None, (False, False, None)),
        ("auto", 0, (True, True, None)),
        ("auto", 2, (True, True, "/world/2026/10/a/comments.xml")),
        ("closed", None, (False, True, None)),
        ("closed", 2, (True, True, "/world/2026/10/a/comments.xml")),
        ("off", 2, (False, False, None)),
    ],
)
@pytest.mark.parametrize("kind", [ArticleView, PageView])
def test_comments(
    setting: str, count: int | None, shown: tuple[bool, bool, str | None], kind: type[ArticleView | PageView]
) -> None:
    folder, day = ("pages", None) if kind is PageView else ("world", "2026-10-01")
    url = Url("/world/2026/10/a/")
    item = article(f"{folder}/a.md", metadata("a", day, comments=setting, url=url))
    plan = plan_site(sources(item, snapshots={} if count is None else {item.id: snapshot(count)}))
    view = view_at(plan, "world/2026/10/a/index.html", kind)
    assert (view.has_comments, view.comments_closed, view.comment_feed) == shown
    assert (view.thread is not None) is view.has_comments
    assert plan.comments == (0 if setting == "off" else count or 0)
    assert told(plan) == []


def test_comments_take_a_page_into_no_list() -> None:
    about = article("pages/about.md", metadata("about", "2026-10-31"))
    recent = RecentComment(anchor="comment-1", published=moment("2026-10-30").at, updated=moment("2026-10-30").at)
    plan = plan_site(sources(about, plain("a"), snapshots={about.id: replace(snapshot(9), recent=(recent,))}))
    marks = (Mark(values=(about.id,), why="names it"), Mark(values=("/about/",), why="links to it"))
    assert {spec.path: why for spec, why in Views(plan.specs).find(marks)} == {
        "about/index.html": "names it",
        "about/comments.xml": "links to it",
        "comments.xml": "links to it",
        "sitemap.xml": "links to it",
    }


def test_the_total_counts_what_can_be_read() -> None:
    comments = {ID: snapshot(2), ArticleId("world/b.md"): snapshot(3), ArticleId("world/c.md"): snapshot(5)}
    items = (plain("a"), plain("b", comments="off"), plain("c", draft=True))
    assert plan_site(sources(*items, snapshots=comments)).comments == 2


def test_a_page_is_in_no_list_and_has_its_own_address() -> None:
    about = article("pages/about.md", metadata("about", None, title="About us", updated=moment("2026-10-03")))
    plan = plan_site(sources(about))
    view = view_at(plan, "about/index.html", PageView)
    assert (view.title, view.url, view.updated) == ("About us", "/about/", moment("2026-10-03"))
    assert plan.index.languages["en"].cards == ()


def test_a_template_of_the_theme_for_one_document() -> None:
    items = (plain("a", template="long.html"), article("pages/p.md", metadata("p", None, template="long.html")))
    plan = plan_site(sources(*items, templates=("article.html", "page.html", "long.html")))
    documents = [spec for spec in plan.specs if isinstance(spec.view, PlannedArticle | PageView)]
    assert [spec.template for spec in documents] == ["long.html"] * 2
    assert told(plan) == []


def test_a_template_that_the_theme_does_not_have() -> None:
    item = article("world/a.md", metadata("a", template="lng.html"), spans={"template": Span(line=4, column=11)})
    (problem,) = plan_site(sources(item, templates=("article.html", "long.html"))).problems
    assert (problem.code, problem.message, problem.span, problem.hint) == (
        "template",
        "the theme has no template `lng.html`",
        Span(line=4, column=11),
        "did you mean `long.html`?",
    )
    page = article("pages/p.md", metadata("p", None, template="a-page-full-of-pictures.html"))
    (problem,) = plan_site(sources(page)).problems
    assert problem.hint == "put it into the `templates/` of your theme"


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (100, 1), (440, 2), (700, 3)])
def test_reading_time(words: int, minutes: int) -> None:
    item = replace(plain("a"), words=words)
    assert article_view(plan_site(sources(item)), "a").reading_minutes == minutes


def test_previews_show_their_status() -> None:
    items = (plain("a", draft=True), plain("b", expires=moment("2026-10-02")), plain("c"))
    plan = plan_site(sources(*items, preview=Preview(drafts=True, expired=True)))
    assert [article_view(plan, slug).status for slug in "abc"] == ["draft", "expired", "published"]


def test_an_article_without_a_section() -> None:
    view = view_at(plan_site(sources(plain("a", section=None))), "2026/10/a/index.html", ArticleView)
    assert (view.section, [feed.url for feed in view.head.feeds]) == (None, ["/rss.xml", "/atom.xml", "/feed.json"])


def test_an_address_of_its_own() -> None:
    plan = plan_site(sources(plain("a", url=Url("/2014/x.html"), section=Slug("w"))))
    assert view_at(plan, "2014/x.html", ArticleView).url == "/2014/x.html"


OWN, TAKEN = Rating(value=4, votes=2), Rating(value=4.5, votes=12)


@pytest.mark.parametrize(
    ("own", "taken", "differs"),
    [
        (OWN, TAKEN, "is 4/5 (2 votes), but its comment snapshot has 4.5/5 (12 votes)"),
        (
            Rating(value=4, votes=None),
            Rating(value=8, votes=1, best=10),
            "is 4/5, but its comment snapshot has 8/10 (1",
        ),
        (OWN, OWN, ""),
        (Rating(value=4, votes=None), OWN, ""),
        (replace(OWN, label="Readers"), OWN, ""),
        (None, TAKEN, ""),
        (OWN, None, ""),
    ],
)
def test_a_rating_that_differs_from_the_snapshot_s_wins_with_a_notice(
    own: Rating | None, taken: Rating | None, differs: str
) -> None:
    item = replace(plain("a", rating=own), spans={"rating": Span(line=4, column=9)})
    plan = plan_site(sources(item, snapshots={ID: snapshot(rating=taken)}))
    assert article_view(plan, "a").rating == (own or taken)
    assert [problem.message[: len(differs)] for problem in plan.problems] == ([differs] if differs else [])
    for problem in plan.problems:
        assert (problem.severity, problem.code, problem.file) == ("warning", "rating", "content/world/a.md")
        assert problem.span == Span(line=4, column=9)
