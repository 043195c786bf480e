"""What stands in the head of a page."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from sitegen.model.article import LeadImage, Source
from sitegen.model.card import Picture
from sitegen.model.config import Config, LanguageConfig
from sitegen.model.names import Url
from sitegen.model.preview import Preview
from sitegen.model.views import Head, HomeView, ListView, PageView, PlannedArticle
from sitegen.plan.head import build_head, write_iso
from sitegen.plan.site import plan_site
from tests.samples import article, article_view, metadata, moment, plain, sources, view_at

SITE = plan_site(sources()).sites["en"]
HERE = "https://news.example/world/2026/10/a/"


def head_of(base_url: str = "https://news.example/", preview: Preview | None = None, **changes: object) -> Head:
    """The head of the article `world/a.md`."""
    config = Config(title="The Gazette", base_url=base_url, language="en-GB")
    plan = plan_site(
        sources(
            plain("a", "2026-10-01", language="en-GB", **changes),
            config=config,
            preview=preview,
            assets=("content/world/a b.jpg",),
        )
    )
    return article_view(plan, "a").head


def properties(head: Head) -> dict[str, str]:
    return {tag.property: tag.content for tag in head.open_graph}


def test_open_graph_of_an_article() -> None:
    head = head_of(
        title='"Quotes" & more',
        description="In short.",
        image=LeadImage(src="a b.jpg", alt="A bridge"),
        tags=("NATO", "Japan"),
        authors=("Ann Reed",),
        updated=moment("2026-10-04"),
    )
    assert [(tag.property, tag.content) for tag in head.open_graph] == [
        ("og:type", "article"),
        ("og:title", '"Quotes" & more'),
        ("og:description", "In short."),
        ("og:url", HERE),
        ("og:site_name", "The Gazette"),
        ("og:locale", "en_GB"),
        ("og:image", HERE + "a%20b.jpg"),
        ("og:image:alt", "A bridge"),
        ("article:published_time", "2026-10-01T00:00:00+00:00"),
        ("article:modified_time", "2026-10-04T00:00:00+00:00"),
        ("article:section", "World"),
        ("article:author", "https://news.example/authors/ann-reed/"),
        ("article:tag", "NATO"),
        ("article:tag", "Japan"),
    ]


def test_the_card_is_as_large_as_its_picture_allows() -> None:
    def card(width: int | None, height: int | None = None) -> str:
        head = build_head(SITE, Url("/a/"), "A", picture=Picture(src="/a.jpg", width=width, height=height))
        return {tag.name: tag.content for tag in head.named}["twitter:card"]

    assert [card(300, 157), card(None), card(299, 400), card(1000, 100)] == [
        "summary_large_image",
        "summary_large_image",
        "summary",
        "summary",
    ]
    assert [(tag.name, tag.content) for tag in head_of(authors=("Ann Reed", "Tom Baker")).named] == [
        ("twitter:card", "summary"),
        ("author", "Ann Reed"),
        ("author", "Tom Baker"),
    ]


def test_titles_end_with_the_site() -> None:
    assert head_of(title="Bridge").title == "Bridge – The Gazette"
    assert view_at(plan_site(sources()), "index.html", HomeView).head.title == "News"


def test_the_first_paragraph_stands_in_for_a_description() -> None:
    assert head_of().description == "The first paragraph."


@pytest.mark.parametrize(
    ("policy", "canonical", "robots"),
    [("credit", HERE, ""), ("canonical", "https://original.example/%C3%A4", ""), ("noindex", HERE, "noindex")],
)
def test_source_policies(policy: str, canonical: str, robots: str) -> None:
    source = Source(text="RT.com", url="https://original.example/ä", policy=policy)  # type: ignore[arg-type]
    head = head_of(source=source)
    assert (head.canonical, head.robots) == (canonical, robots)
    assert properties(head)["og:url"] == HERE
    page = article("pages/p.md", metadata("p", None, source=source))
    assert view_at(plan_site(sources(page)), "p/index.html", PageView).head.robots == robots


@pytest.mark.parametrize(
    ("changes", "preview"),
    [
        ({"draft": True}, Preview(drafts=True)),
        ({"expires": moment("2026-10-20")}, Preview(expired=True)),
    ],
)
def test_previews_are_not_indexed(changes: dict[str, object], preview: Preview) -> None:
    assert head_of("https://news.example/", preview, **changes).robots == "noindex"


@pytest.mark.parametrize(
    ("base_url", "canonical"),
    [
        ("https://example.org/some/prefix", "https://example.org/some/prefix/world/2026/10/a/"),
        ("https://example.org/some/prefix/", "https://example.org/some/prefix/world/2026/10/a/"),
        ("https://zeitung-münchen.example", "https://xn--zeitung-mnchen-osb.example/world/2026/10/a/"),
        ("", "http://localhost/world/2026/10/a/"),
    ],
)
def test_canonical_addresses_begin_with_the_base_url(base_url: str, canonical: str) -> None:
    assert head_of(base_url=base_url).canonical == canonical


def test_feeds_of_the_section_come_first() -> None:
    assert [(feed.title, feed.url, feed.type) for feed in head_of().feeds] == [
        ("The Gazette: World", "/world/rss.xml", "application/rss+xml"),
        ("The Gazette: World", "/world/atom.xml", "application/atom+xml"),
        ("The Gazette: World", "/world/feed.json", "application/feed+json"),
        ("The Gazette", "/rss.xml", "application/rss+xml"),
        ("The Gazette", "/atom.xml", "application/atom+xml"),
        ("The Gazette", "/feed.json", "application/feed+json"),
    ]


def test_pages_and_lists_are_websites() -> None:
    plan = plan_site(sources(plain("a"), article("pages/about.md", metadata("about", None))))
    heads = (view_at(plan, "about/index.html", PageView).head, view_at(plan, "world/index.html", ListView).head)
    for head in heads:
        assert properties(head)["og:type"] == "website"


def alternates(slug: str, *articles: tuple[str, str, str | None]) -> list[tuple[str, str]]:
    plan = plan_site(
        sources(*(plain(name, language=language, translation_key=key) for name, language, key in articles))
    )
    view = next(spec.view for spec in plan.specs if spec.source == f"content/world/{slug}.md")
    assert isinstance(view, PlannedArticle)
    return [(item.language, item.url) for item in view.alternates]


def test_translations_know_each_other() -> None:
    both = [("en", "/world/2026/10/bridge/"), ("nl", "/nl/world/2026/10/brug/")]
    for slug in ("bridge", "brug"):
        assert alternates(slug, ("bridge", "en", "b"), ("brug", "nl", "b"), ("other", "en", None)) == both
    assert alternates("other", ("bridge", "en", "b"), ("other", "en", None)) == []


def test_a_single_translation_has_no_alternates() -> None:
    assert alternates("bridge", ("bridge", "en", "b")) == []


def test_a_second_document_in_one_language_is_reported_and_left_out() -> None:
    documents = (("a", "en", "b"), ("b", "en", "b"), ("c", "nl", "b"))
    assert alternates("a", *documents) == [("en", "/world/2026/10/a/"), ("nl", "/nl/world/2026/10/c/")]
    assert alternates("b", *documents) == []
    plan = plan_site(sources(*(plain(name, language=tag, translation_key=key) for name, tag, key in documents)))
    assert [(item.code, item.message) for item in plan.problems] == [
        ("translation_key", "is also the key of `world/a.md`, in the same language")
    ]


def test_languages_have_their_own_titles() -> None:
    languages = {"nl": LanguageConfig(title="De Courant", description="Nieuws")}
    plan = plan_site(sources(plain("a"), plain("b", language="nl"), config=Config(languages=languages)))
    head = view_at(plan, "nl/index.html", HomeView).head
    assert (head.title, head.description) == ("De Courant", "Nieuws")


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (datetime(2026, 7, 9, 17, 22, 5, 999, ZoneInfo("Europe/Amsterdam")), "2026-07-09T17:22:05+02:00"),
        (datetime(2026, 7, 9, 17, 22, tzinfo=UTC), "2026-07-09T17:22:00+00:00"),
        (datetime(1900, 7, 9, 12, 0, tzinfo=ZoneInfo("America/New_York")), "1900-07-09T12:00:00-05:00"),
        (datetime(1880, 7, 9, 12, 0, tzinfo=ZoneInfo("America/New_York")), "1880-07-09T16:56:02+00:00"),
    ],
)
def test_instants_for_machines(at: datetime, written: str) -> None:
    assert write_iso(at) == written
