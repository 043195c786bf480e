"""What machines read in built pages: JSON-LD, microformats and cards, as extruct finds them."""

import json
from pathlib import Path
from typing import Any

import extruct
import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.sites import build, write_article, write_files

HERE = "https://example.org/some/prefix/"
ARTICLE = f"{HERE}world/2026/10/bridge/"
HOSTILE = "</script><script>alert(1)</script> & <b>'\""


def read(page: Path, address: str) -> dict[str, Any]:
    """Everything that a page says to machines, by syntax."""
    found = extruct.extract(
        page.read_text(encoding="utf-8"), base_url=address, syntaxes=["json-ld", "microformat", "opengraph"]
    )
    assert isinstance(found, dict)
    return found


def thing(found: dict[str, Any], kind: str) -> dict[str, Any]:
    """The one JSON-LD object of a kind."""
    (one,) = (item for item in found["json-ld"] if item["@type"] == kind)
    assert isinstance(one, dict)
    return one


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a site with the theme broadsheet, below a path."""
    comments = [
        {
            "id": "c-1",
            "author": {"name": HOSTILE, "url": "https://ada.example/"},
            "published": "2026-10-02T10:00:00Z",
            "body": {"format": "html", "text": f"<p>First &amp; <em>last</em>.</p><p>{'More. ' * 2}</p>"},
        },
        {"id": "c-2", "parent": "c-1", "published": {"at": "2026-10", "raw": "a month ago"}, "body": {"text": HOSTILE}},
        {"id": "c-3", "parent": "c-1", "status": "deleted", "published": "2026-10-03", "body": {"text": ""}},
        {"id": "c-4", "parent": "c-3", "published": None, "body": {"text": "Under nothing."}},
    ]
    files: dict[str, str | bytes] = {
        "sitegen.toml": f'title = "The Gazette"\nbase_url = "{HERE}"\ntimezone = "Europe/Amsterdam"\n',
        "content/world/bridge.md": write_article(
            json.dumps(HOSTILE),
            "2026-10-01 09:30",
            "The bridge is open.",
            updated="2026-10-04",
            authors="[Ann Reed, Tom Baker]",
            tags="[NATO, Harbour]",
            description="In short.",
            source='{name: "RT.com", url: "https://original.example/x"}',
            rating="4 (2 votes)",
            corrections="[{date: 2026-10-05, text: It was two.}]",
        ),
        "content/world/bridge.comments.json": json.dumps({"schema": "sitegen.comments/1", "comments": comments}),
        "content/world/other.md": write_article("Other", "2026-09-30"),
    }
    root = tmp_path_factory.mktemp("machines")
    write_files(root, files)
    report = build(root)
    assert [problem.message for problem in report.problems if problem.severity == "error"] == []
    return root / "output"


@pytest.fixture(scope="module")
def found(output: Path) -> dict[str, Any]:
    """What the page of the article says."""
    return read(output / "world/2026/10/bridge/index.html", ARTICLE)


def test_the_article_and_its_visible_comments(found: dict[str, Any], output: Path) -> None:
    article = thing(found, "NewsArticle")
    page = LexborHTMLParser((output / "world/2026/10/bridge/index.html").read_text(encoding="utf-8"))
    visible = page.css(".comment:not(.comment-deleted)")
    assert article["headline"] == HOSTILE
    assert article["commentCount"] == len(article["comment"]) == len(visible) == 3
    assert article["comment"] == [
        {
            "@type": "Comment",
            "@id": f"{ARTICLE}#comment-1",
            "url": f"{ARTICLE}#comment-1",
            "text": "First & last. More. More.",
            "dateCreated": "2026-10-02T12:00:00+02:00",
            "author": {"@type": "Person", "name": HOSTILE},
        },
        {
            "@type": "Comment",
            "@id": f"{ARTICLE}#comment-2",
            "url": f"{ARTICLE}#comment-2",
            "text": HOSTILE,
            "dateCreated": "2026-10",
            "parentItem": {"@id": f"{ARTICLE}#comment-1"},
        },
        {
            "@type": "Comment",
            "@id": f"{ARTICLE}#comment-4",
            "url": f"{ARTICLE}#comment-4",
            "text": "Under nothing.",
        },
    ]
    assert [node.attributes["id"] for node in visible] == [item["url"].partition("#")[2] for item in article["comment"]]


def test_no_rating_is_claimed(found: dict[str, Any]) -> None:
    text = json.dumps(found["json-ld"])
    assert not [word for word in ("Product", "Review", "aggregateRating") if word in text]


def test_corrections_source_and_the_way_to_the_article(found: dict[str, Any]) -> None:
    article = thing(found, "NewsArticle")
    assert article["correction"][0]["text"] == "It was two."
    assert article["isBasedOn"] == "https://original.example/x"
    way = thing(found, "BreadcrumbList")["itemListElement"]
    assert [(step["position"], step["item"]) for step in way] == [(1, HERE), (2, f"{HERE}world/"), (3, ARTICLE)]


def test_the_article_as_a_microformat(found: dict[str, Any]) -> None:
    (entry,) = (item for item in found["microformat"] if item["type"] == ["h-entry"])
    properties = entry["properties"]
    assert properties["name"] == [HOSTILE]
    assert properties["url"] == [ARTICLE]
    assert properties["published"] == ["2026-10-01T09:30:00+0200"]
    assert properties["updated"] == ["2026-10-04"]
    assert properties["content"][0]["value"].strip() == "The bridge is open."
    assert [(author["type"], author["properties"]["name"]) for author in properties["author"]] == [
        (["h-card"], ["Ann Reed"]),
        (["h-card"], ["Tom Baker"]),
    ]
    assert {"World", "NATO", "Harbour"} <= set(properties["category"])
    assert [comment["type"] for comment in properties["comment"]] == [["h-cite"]] * 3


def test_comments_as_microformats(found: dict[str, Any]) -> None:
    (entry,) = (item for item in found["microformat"] if item["type"] == ["h-entry"])
    first, reply, *_ = (comment["properties"] for comment in entry["properties"]["comment"])
    assert first["author"][0]["properties"]["name"] == [HOSTILE]
    assert first["url"] == [f"{ARTICLE}#comment-1"]
    assert first["published"] == ["2026-10-02T12:00:00+0200"]
    assert first["content"][0]["value"].split() == ["First", "&", "last.", "More.", "More."]
    assert reply["in-reply-to"] == [f"{ARTICLE}#comment-1"]


def test_the_card_of_the_article(found: dict[str, Any], output: Path) -> None:
    (graph,) = found["opengraph"]
    properties = list(graph["properties"])
    for wanted in (
        ["og:type", "article"],
        ["og:title", HOSTILE],
        ["og:url", ARTICLE],
        ["article:published_time", "2026-10-01T09:30:00+02:00"],
        ["article:modified_time", "2026-10-04T00:00:00+02:00"],
        ["article:section", "World"],
        ["article:author", f"{HERE}authors/ann-reed/"],
        ["article:tag", "NATO"],
        ["article:tag", "Harbour"],
    ):
        assert wanted in [list(item) for item in properties]
    page = LexborHTMLParser((output / "world/2026/10/bridge/index.html").read_text(encoding="utf-8"))
    assert [node.attributes["content"] for node in page.css('meta[name="twitter:card"]')] == ["summary"]
    assert [node.attributes["content"] for node in page.css('meta[name="author"]')] == ["Ann Reed", "Tom Baker"]


def test_the_front_page_and_its_publisher(output: Path) -> None:
    found = read(output / "index.html", HERE)
    assert thing(found, "WebSite")["url"] == HERE
    assert thing(found, "WebSite")["publisher"]["@id"] == thing(found, "NewsMediaOrganization")["@id"]


def test_every_page_of_the_sample_site_says_something_sound(sample_output: Path, sample_base_url: str) -> None:
    kinds: set[str] = set()
    discussed = 0
    for page in sorted(sample_output.rglob("index.html")):
        text = page.read_text(encoding="utf-8")
        tree = LexborHTMLParser(text)
        objects = [json.loads(node.text()) for node in tree.css('script[type="application/ld+json"]')]
        kinds |= {item["@type"] for item in objects}
        for item in objects:
            assert item["@context"] == "https://schema.org"
            assert "aggregateRating" not in item
            visible = len(tree.css(".comment:not(.comment-deleted)"))
            assert item.get("commentCount", 0) in (visible, 0)
            discussed += bool(item.get("commentCount"))
    assert kinds >= {"NewsArticle", "BreadcrumbList", "WebSite", "NewsMediaOrganization"}
    assert discussed >= 3


@pytest.mark.parametrize(
    ("page", "feed"),
    [("index.html", "comments.xml"), ("world/2026/10/bridge/index.html", "comments.xml"), ("world/index.html", None)],
)
def test_pages_with_a_feed_of_comments_announce_it_and_link_to_it(output: Path, page: str, feed: str | None) -> None:
    tree = LexborHTMLParser((output / page).read_text(encoding="utf-8"))
    heads = [node.attributes["href"] for node in tree.css('link[rel="alternate"][title^="Comments"]')]
    links = {node.attributes["href"] for node in tree.css("footer a") if "comments" in (node.attributes["href"] or "")}
    assert (heads, links) == ([feed] if feed else [], {feed} if feed else set())
