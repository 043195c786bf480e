"""A plan of the pages that an edit can change has each of them as a plan of the whole site has, and misses none."""

from collections.abc import Mapping

import pytest

from sitegen.model.article import (
    Article,
    Correction,
    LeadImage,
    LinkSlot,
    LiveStory,
    NeighbourChoice,
    Rating,
    SeriesPart,
)
from sitegen.model.config import Config, FeedsConfig, MenuItem
from sitegen.model.facts import RecentComment, SiteSources, SnapshotFacts
from sitegen.model.names import ArticleId, Digest, OutPath, Slug, Url
from sitegen.model.page import PageSpec
from sitegen.model.theme import ListRule
from sitegen.model.values import replace
from sitegen.plan.corrections import plan_corrections
from sitegen.plan.last_plan import LastPlan, Version
from sitegen.plan.machine_pages import plan_not_found, plan_robots
from sitegen.plan.producers import COUNTING, FEEDING, SHOWING
from sitegen.plan.revision import Revision, plan_revision
from sitegen.plan.site import PRODUCERS, SitePlan, plan_site
from tests.samples import article, chosen, metadata, moment, plain, snapshot, sources

A, B, C, D = (ArticleId(f"world/{slug}.md") for slug in "abcd")
TAGS = ("NATO", "Sea")
LINK = LinkSlot(target="a.md", attribute="href", span=None)
SERIES = SeriesPart(name="Saga")


def talk(*days: str) -> SnapshotFacts:
    """A snapshot with a comment of each day."""
    recent = [
        RecentComment(anchor=f"comment-{place}", published=moment(day).at, updated=moment(day).at)
        for place, day in enumerate(sorted(days, reverse=True), 1)
    ]
    return replace(snapshot(len(days)), thread=Digest(f"talk of {days}"), recent=tuple(recent))


ARTICLES = (
    plain("a", "2026-10-01", tags=TAGS, authors=("Ann",), series=SERIES),
    plain("b", "2026-10-02", tags=TAGS, prev=NeighbourChoice(title="D")),
    plain("c", "2026-10-03", tags=TAGS, series=SERIES),
    plain("d", "2026-10-31", tags=TAGS, authors=("Ann",), aliases=(Url("/old/"),)),
    plain("e", "2026-10-05", corrections=(Correction(date=moment("2026-10-06"), text="It was 2."),)),
    plain("f", "2026-10-06", draft=True),
    article("pages/about.md", metadata("about", None)),
)
TALKS = {A: talk("2026-10-04", "2026-10-05"), ArticleId("pages/about.md"): talk("2026-10-07")}
SITE = replace(
    sources(
        *ARTICLES,
        snapshots=TALKS,
        config=Config(base_url="https://news.example/", page_size=2, feeds=FeedsConfig(size=4, content="full")),
    ),
    lists={"discussed": ListRule(order="comments", on=("home", "tag"))},
)


def recall(site: SiteSources, plan: SitePlan) -> LastPlan:
    """What is kept of a plan."""
    pages = {spec.source.removeprefix("content/"): spec for spec in plan.specs if spec.source.startswith("content/")}
    return LastPlan(
        config=site.config,
        sites=plan.sites,
        outline=plan.outline,
        cards=plan.cards,
        pages=frozenset({ArticleId("pages/about.md")}),
        related=plan.index.related,
        articles={item.id: item for item in site.articles},
        snapshots=site.snapshots,
        specs={ArticleId(identity): spec for identity, spec in pages.items()},
        find_lines=lambda: plan.lines,
        paths=frozenset(spec.path for spec in plan.specs),
        templates=site.templates,
        clock=site.clock,
    )


def revise(
    *articles: Article, talks: Mapping[ArticleId, SnapshotFacts] | None = None, site: SiteSources = SITE
) -> tuple[Revision | None, SitePlan, SitePlan]:
    """What `articles` and `talks` change in the plan of a site, and the plans before and after."""
    known = {item.id: item for item in site.articles}
    edited = {item.id: item for item in articles}
    comments = {**site.snapshots, **(talks or {})}
    after = replace(site, articles=tuple(item for _, item in sorted({**known, **edited}.items())), snapshots=comments)
    versions = [
        Version(
            before=known.get(identity),
            after=edited.get(identity) or known[identity],
            comments_before=site.snapshots.get(identity),
            comments=comments.get(identity),
        )
        for identity in dict.fromkeys((*edited, *(talks or {})))
    ]
    plan = plan_site(site)
    return plan_revision(recall(site, plan), versions), plan, plan_site(after)


def pages_of(plan: SitePlan) -> dict[OutPath, PageSpec]:
    return {spec.path: spec for spec in plan.specs}


def change(item: Article, **changes: object) -> Article:
    """An article with other front matter, and another text."""
    meta = replace(item.metadata, **changes)  # type: ignore[arg-type]
    return replace(item, metadata=meta, body_digest=Digest("another"), words=9)


def newest(slug: str = "z", **changes: object) -> Article:
    return plain(slug, "2026-11-01", **{"tags": TAGS, **changes})


@pytest.mark.parametrize(
    ("articles", "talks"),
    [
        pytest.param([change(ARTICLES[0], title="New")], {}, id="a headline"),
        pytest.param([change(ARTICLES[2], title="New")], {}, id="a headline of a part of a series"),
        pytest.param([change(ARTICLES[0], title="New"), change(ARTICLES[2], title="Newer")], {}, id="two headlines"),
        pytest.param([change(ARTICLES[0], description="In short.", extra={"mood": "calm"})], {}, id="a description"),
        pytest.param([change(ARTICLES[3], weight=5, rating=Rating(value=4, votes=9))], {}, id="a weight and a rating"),
        pytest.param([change(ARTICLES[3], updated=moment("2026-11-01"))], {}, id="an update"),
        pytest.param([change(ARTICLES[6], description="We.", updated=moment("2026-11-01"))], {}, id="a page"),
        pytest.param([replace(ARTICLES[1], live=LiveStory(is_open=True, updates=()))], {}, id="a live story"),
        pytest.param([replace(ARTICLES[1], excerpt="Else.", links=(LINK,))], {}, id="a text with a link more"),
        pytest.param([], {A: talk("2026-10-04", "2026-10-05", "2026-10-09")}, id="a comment more"),
        pytest.param([], {A: talk("2026-10-04")}, id="a comment less"),
        pytest.param([], {ArticleId("pages/about.md"): talk("2026-10-07", "2026-10-08")}, id="a comment on a page"),
        pytest.param([], {B: talk("2026-10-09")}, id="the first comment"),
        pytest.param([newest()], {}, id="an article more"),
        pytest.param([newest(), newest("y"), newest("x", authors=("Ann",))], {}, id="three articles more"),
        pytest.param([replace(newest(), links=(LINK,))], {}, id="an article that links to another"),
        pytest.param([newest()], {ArticleId("world/z.md"): talk("2026-11-01")}, id="an article with comments"),
        pytest.param([newest(label=None, expires=moment("2026-12-01"))], {}, id="an article that will be over"),
    ],
)
def test_every_page_that_is_another_is_planned_as_ever(
    articles: list[Article], talks: Mapping[ArticleId, SnapshotFacts]
) -> None:
    revision, before, after = revise(*articles, talks=talks)
    assert revision
    old, new = pages_of(before), pages_of(after)
    found = {spec.path: spec for spec in revision.specs}
    assert {path: new[path] for path in found} == found
    assert {path for path, spec in new.items() if old.get(path) != spec} <= found.keys()
    assert old.keys() <= new.keys()
    assert {**before.cards, **revision.cards} == after.cards
    assert {**before.lines, **revision.lines} == after.lines
    assert {**before.index.related, **revision.related} == after.index.related
    assert revision.outline == replace(after.outline, news=revision.outline.news)
    assert sorted(entry.url for entry in revision.outline.news) == sorted(entry.url for entry in after.outline.news)
    assert len(found) < len(new)


def test_every_producer_of_pages_is_thought_of() -> None:
    # No document is edited that has corrections, and the others show none.
    without = {plan_corrections, plan_not_found, plan_robots}
    assert {*SHOWING, *COUNTING, *FEEDING} == {*PRODUCERS} - without


def test_what_nobody_sees_is_not_planned() -> None:
    revision, _, _ = revise(change(ARTICLES[0], extra={"mood": "calm"}))
    assert revision
    paths = {spec.path for spec in revision.specs}
    assert "world/2026/10/a/index.html" in paths
    assert not {"world/2026/10/b/index.html", "world/2026/10/c/index.html", "tags/index.html"} & paths
    assert not any(path.startswith("sitemap") for path in paths)


@pytest.mark.parametrize(
    ("articles", "talks"),
    [
        pytest.param([change(ARTICLES[0], tags=("NATO",))], {}, id="a tag less"),
        pytest.param([change(ARTICLES[0], date=moment("2026-10-09"))], {}, id="a date"),
        pytest.param([change(ARTICLES[0], slug=Slug("other"))], {}, id="an address"),
        pytest.param([change(ARTICLES[0], draft=True)], {}, id="a draft"),
        pytest.param([change(ARTICLES[0], title="D")], {}, id="a headline that somebody looks for"),
        pytest.param([change(ARTICLES[3], title="Other")], {}, id="a headline that somebody has found"),
        pytest.param([change(ARTICLES[4], title="Other")], {}, id="a headline among the corrections"),
        pytest.param([change(ARTICLES[5], title="Other")], {}, id="what is not shown"),
        pytest.param([change(ARTICLES[6], title="Other")], {}, id="the title of a page"),
        pytest.param(
            [replace(ARTICLES[0], links=(replace(LINK, target="/world/"),))], {}, id="a link that may lead nowhere"
        ),
        pytest.param(
            [replace(ARTICLES[0], links=(replace(LINK, target="/world/b.md"),))], {}, id="a link that may be a file's"
        ),
        pytest.param([], {A: snapshot(0)}, id="no comment any more"),
        pytest.param([plain("z", "2026-10-30", tags=TAGS)], {}, id="an article that is not the newest"),
        pytest.param([newest(tags=("New",))], {}, id="an article with a new tag"),
        pytest.param([newest(tags=("nato",))], {}, id="an article with another spelling"),
        pytest.param([newest(authors=("Bob",))], {}, id="an article by somebody new"),
        pytest.param([newest(section=Slug("sport"))], {}, id="an article in a new section"),
        pytest.param([newest(language="nl")], {}, id="an article in a new language"),
        pytest.param([newest(aliases=(Url("/older/"),))], {}, id="an article with an alias"),
        pytest.param([newest(series=SERIES)], {}, id="a part of a series"),
        pytest.param([newest(prev=chosen("a.md"))], {}, id="an article that chooses its neighbour"),
        pytest.param([newest(title="D")], {}, id="an article that somebody may mean"),
        pytest.param([plain("z", "2026-11-02", tags=TAGS)], {}, id="an article of tomorrow"),
        pytest.param([newest(draft=True)], {}, id="one draft more"),
        pytest.param([newest(url=Url("/x/"))], {}, id="an article with an address outright"),
        pytest.param([newest(section_title="World")], {}, id="an article that names its section"),
        pytest.param([replace(newest(), bundle=True)], {}, id="an article with files"),
        pytest.param([newest(template="x.html")], {}, id="an article with a template that is not there"),
        pytest.param([article("pages/z.md", metadata("z", None))], {}, id="a page more"),
        pytest.param([newest(), replace(newest(), id=ArticleId("world/y.md"))], {}, id="two articles at one address"),
        pytest.param([newest(url=Url("/world/2026/10/a/"))], {}, id="an article where another is"),
    ],
)
def test_more_takes_a_plan_of_the_whole_site(articles: list[Article], talks: Mapping[ArticleId, SnapshotFacts]) -> None:
    revision, _, _ = revise(*articles, talks=talks)
    assert revision is None


def test_an_article_that_waits_keeps_its_place() -> None:
    waiting = plain("z", "2026-12-01")
    site = replace(SITE, config=replace(SITE.config, permalink="/{slug}/"), articles=(*ARTICLES, waiting))
    assert revise(replace(newest(), id=ArticleId("world/other.md")), site=site)[0] is None
    assert revise(newest("y"), site=site)[0]


def test_comments_that_move_up_are_found_by_a_plan() -> None:
    talks = {A: talk("2026-10-04", "2026-10-05"), B: talk("2026-10-06", "2026-10-07", "2026-10-08")}
    site = replace(SITE, snapshots=talks)
    assert revise(talks={A: talk("2026-10-09", "2026-10-10")}, site=site)[0]
    assert revise(talks={B: talk("2026-10-08")}, site=site)[0] is None


def with_links(*targets: str, **changes: object) -> SiteSources:
    """The site with an article more, of which something is told."""
    links = tuple(replace(LINK, target=target) for target in targets)
    talker = article("world/t.md", metadata("t", "2026-10-07", **changes), links=links)
    return replace(SITE, articles=(*ARTICLES, talker))


@pytest.mark.parametrize(
    ("permalink", "target"), [("/{slug}/", "/z/"), ("/{slug}/", "/z/index.html"), ("/{slug}.html/", "/z.html")]
)
def test_a_link_that_leads_nowhere_may_be_waiting_for_a_new_page(permalink: str, target: str) -> None:
    site = with_links(target, "/nowhere/")
    site = replace(site, config=replace(site.config, permalink=permalink))
    revision, before, after = revise(newest(), site=site)
    assert revision is None
    assert len(before.problems) == len(after.problems) + 1
    assert revise(newest("y"), site=site)[0]


def test_a_picture_that_is_missing_does_not_wait_for_a_page() -> None:
    site = with_links(image=LeadImage(src="lost.png"))
    revision, before, after = revise(newest(), change(ARTICLES[0], title="New"), site=site)
    assert revision
    assert [item.code for item in before.problems] == ["image"]
    assert before.problems == after.problems


def test_what_is_told_of_neighbours_may_be_other_with_a_new_page() -> None:
    site = with_links(next=chosen("f.md"))
    revision, before, _ = revise(newest(), site=site)
    assert revision is None
    assert [item.code for item in before.problems] == ["next"]
    assert revise(change(ARTICLES[0], title="New"), site=site)[0]


def test_a_name_that_means_nothing_may_be_like_a_headline() -> None:
    menus = {"main": (MenuItem(title="X", url="the bridge"),)}
    site = replace(SITE, config=replace(SITE.config, menus=menus))
    revision, before, after = revise(change(ARTICLES[0], title="A bridge"), site=site)
    assert revision is None
    assert [item.hint for item in before.problems] != [item.hint for item in after.problems]
    assert revise(change(ARTICLES[0], description="A bridge"), site=site)[0]
