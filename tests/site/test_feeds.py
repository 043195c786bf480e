"""Feeds of built sites, as a feed reader sees them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.json_schema import find_violations
from tests.site.links import explain_address, read_site
from tests.sites import build, write_article, write_files, write_site

HERE = "https://example.org/some/prefix/"
CONFIG = f"""\
title = "Über & <News>"
base_url = "{HERE}"
theme = ["tiny"]
timezone = "America/New_York"
copyright = "© us & <them>"
"""
ATOM = "{http://www.w3.org/2005/Atom}"
THREAD = "{http://purl.org/syndication/thread/1.0}"
JSON_FEED = json.loads((Path(__file__).resolve().parent / "schemas/json-feed.json").read_text(encoding="utf-8"))


def parse(path: Path) -> feedparser.FeedParserDict:
    """The feed at `path`; fails if a reader would have to guess anything."""
    feed = feedparser.parse(path.read_bytes(), resolve_relative_uris=False, sanitize_html=False)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def read_json_feed(path: Path) -> dict[str, Any]:
    """The JSON Feed at `path`; fails where it is not as the format wants it."""
    feed = json.loads(path.read_bytes())
    assert find_violations(JSON_FEED, feed) == [], path
    assert isinstance(feed, dict)
    return feed


def list_feeds(output: Path) -> list[Path]:
    return sorted(path for path in output.rglob("*.xml") if path.name in {"rss.xml", "atom.xml", "comments.xml"})


def addresses_in(html: str) -> Iterator[str]:
    for node in LexborHTMLParser(html).css("*"):
        yield from (value for name in ("href", "src", "poster") if (value := node.attributes.get(name)) is not None)


def addresses_of(feed: feedparser.FeedParserDict) -> Iterator[str]:
    """Every address in a feed and in the texts of its entries."""
    for item in (feed.feed, *feed.entries):
        yield from (link.href for link in item.get("links", ()))
        for text in (*item.get("content", ()), item.get("summary_detail")):
            if text and text.type == "text/html":
                yield from addresses_in(text.value)


def addresses_of_json(feed: dict[str, Any]) -> Iterator[str]:
    """Every address in a JSON Feed and in the texts of its items."""
    yield from (feed["home_page_url"], feed["feed_url"])
    for item in feed["items"]:
        yield from (value for name in ("id", "url", "image") if (value := item.get(name)))
        yield from (author["url"] for author in item.get("authors", ()))
        yield from addresses_in(item.get("content_html", ""))


def test_every_feed_of_the_sample_site_parses_and_leads_somewhere(sample_output: Path, sample_base_url: str) -> None:
    site = read_site(sample_output, sample_base_url)
    feeds = list_feeds(sample_output)
    assert len(feeds) > 10
    for path in feeds:
        feed = parse(path)
        assert feed.entries, path
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)
        assert [line for link in addresses_of(feed) if (line := explain_address(site, link))] == []
    for path in sorted(sample_output.rglob("feed.json")):
        items = read_json_feed(path)
        assert items["items"], path
        assert [line for link in addresses_of_json(items) if (line := explain_address(site, link))] == []


BODY = """\
[Up](../sport/other.md#goal) and [on](#part), [file](map%20%231.pdf), ![a bridge](bridge.png "Bridge"),
[mail](mailto:a@b.example), a note.[^1] Bell\x07. <video poster="bridge.png" src="film.mp4"></video> <https://other.example/?a=1&b=2>

## Part

[^1]: The [note](other-place.md).
"""


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a site with awkward names, dates, texts and comments."""
    comments = [
        {
            "id": "c-1",
            "author": {"name": None},
            "published": {"at": "2026-09-09T17:22:00Z"},
            "edited": {"at": {"at": "2026-09", "raw": "2 months ago"}, "by": "Editor"},
            "body": {"format": "html", "text": 'First. <a href="https://other.example/">x</a> {{ 7*7 }}'},
        },
        {
            "id": "c-2",
            "parent": "c-1",
            "author": {"name": "Ada <b>", "url": "https://ada.example/ä"},
            "published": {"at": "2026-09-10T08:00:00+02:00"},
            "edited": {"at": {"at": "2026-09-12T08:00:00Z"}},
            "body": {"format": "text", "text": "Second & last.", "lang": "nl"},
        },
        {"id": "c-3", "parent": "c-2", "status": "deleted", "published": "2026-09-11T08:00:00Z", "body": {"text": ""}},
        {"id": "c-4", "parent": "c-3", "published": {"at": "2026-09-11T09:00:00Z"}, "body": {"text": "Fourth."}},
        {"id": "c-5", "parent": "gone", "published": None, "body": {"text": "Undated."}},
    ]
    files: dict[str, str | bytes] = {
        "sitegen.toml": CONFIG,
        "content/wörld/ü 1.md": write_article(
            '"Title & <b>\\u0092bold\\uFDD0"',
            "2026-09-08 17:22:05",
            BODY,
            tags="[Ünder & over, '<b>']",
            authors="Ann <x>",
            description="In short & <i>plain</i>",
            updated="2026-09-09",
        ),
        "content/wörld/ü 1.comments.json": json.dumps({"schema": "sitegen.comments/1", "comments": comments}),
        "content/wörld/map #1.pdf": b"%PDF",
        "content/wörld/bridge.png": b"",
        "content/wörld/film.mp4": b"",
        "content/wörld/other-place.md": write_article("Other place", "2026-09-07"),
        "content/sport/other.md": write_article("Other", "2026-09-06", "## Goal\n"),
        "content/pages/quiet.md": "---\ntitle: Quiet\nlang: de\n---\n",
    }
    root = write_site(tmp_path_factory.mktemp("feeds"), files)
    report = build(root)
    assert [problem.message for problem in report.problems if problem.severity == "error"] == []
    return root / "output"


ARTICLE = f"{HERE}w%C3%B6rld/2026/09/%C3%BC-1/"


def entry_of(output: Path, name: str) -> feedparser.FeedParserDict:
    (entry,) = (entry for entry in parse(output / name).entries if "1/" in entry.link)
    return entry


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_an_entry(output: Path, name: str) -> None:
    entry = entry_of(output, name)
    assert (entry.link, entry.id) == (ARTICLE, ARTICLE)
    assert entry.title == "Title & <b>bold"
    assert entry.published_parsed[:6] == (2026, 9, 8, 21, 22, 5)
    assert [tag.term for tag in entry.tags] == ["Wörld", "Ünder & over", "<b>"]
    assert entry.author == "Ann <x>"
    summary = entry.summary_detail
    text = LexborHTMLParser(summary.value).text() if summary.type == "text/html" else summary.value
    assert text.strip() == "In short & <i>plain</i>"


def test_an_item_of_a_json_feed(output: Path) -> None:
    feed = read_json_feed(output / "feed.json")
    assert (feed["title"], feed["home_page_url"], feed["feed_url"]) == ("Über & <News>", HERE, f"{HERE}feed.json")
    (item,) = (item for item in feed["items"] if item["url"] == ARTICLE)
    assert (item["title"], item["summary"]) == ("Title & <b>bold", "In short & <i>plain</i>")
    assert (item["tags"], item["authors"]) == (
        ["Wörld", "Ünder & over", "<b>"],
        [{"name": "Ann <x>", "url": f"{HERE}authors/ann-x/"}],
    )
    assert item["date_published"] == "2026-09-08T17:22:05-04:00"
    (text,) = entry_of(output, "rss.xml").content
    assert item["content_html"].strip() == text.value.strip()


def test_atom_says_when_it_was_changed(output: Path) -> None:
    assert entry_of(output, "atom.xml").updated == "2026-09-09T04:00:00Z"
    assert parse(output / "atom.xml").feed.updated == "2026-09-09T04:00:00Z"
    assert parse(output / "sport/atom.xml").feed.updated == "2026-09-06T04:00:00Z"
    assert parse(output / "rss.xml").feed.updated == "Wed, 09 Sep 2026 04:00:00 +0000"


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_addresses_in_a_text_are_absolute(output: Path, name: str) -> None:
    (text,) = entry_of(output, name).content
    assert [link for link in addresses_in(text.value) if not link.startswith("mailto:")] == [
        f"{HERE}sport/2026/09/other/#goal",
        f"{ARTICLE}#part",
        f"{ARTICLE}map%20%231.pdf",
        f"{ARTICLE}bridge.png",
        f"{ARTICLE}#fn:1",
        f"{ARTICLE}film.mp4",
        f"{ARTICLE}bridge.png",
        "https://other.example/?a=1&b=2",
        f"{HERE}w%C3%B6rld/2026/09/other-place/",
        f"{ARTICLE}#fnref:1",
    ]


def test_every_address_of_every_feed_leads_somewhere(output: Path) -> None:
    site = read_site(output, HERE)
    feeds = list_feeds(output)
    assert [path.parent.name for path in feeds].count("de") == 2
    for path in feeds:
        links = [link for link in addresses_of(parse(path)) if urlsplit(link).scheme != "mailto"]
        problems = [(link, reason) for link in links if (reason := explain_address(site, link))]
        # The theme of this test has no heading for comments.
        assert [item for item in problems if "#comment" not in item[0]] == []
    for path in output.rglob("feed.json"):
        links = [link for link in addresses_of_json(read_json_feed(path)) if urlsplit(link).scheme != "mailto"]
        problems = [(link, reason) for link in links if (reason := explain_address(site, link))]
        assert problems == []


def test_an_empty_feed(output: Path) -> None:
    for name in ("rss.xml", "atom.xml"):
        feed = parse(output / "de" / name)
        assert (feed.entries, feed.feed.title, feed.feed.link) == ([], "Über & <News>", f"{HERE}de/")
    assert read_json_feed(output / "de/feed.json")["items"] == []


def test_counts_and_the_feed_of_comments(output: Path) -> None:
    rss, atom = entry_of(output, "rss.xml"), entry_of(output, "atom.xml")
    assert (rss.comments, rss.slash_comments, rss.wfw_commentrss) == (
        f"{ARTICLE}#comments",
        "4",
        f"{ARTICLE}comments.xml",
    )
    assert atom.thr_total == "4"
    (replies,) = (link for link in atom.links if link.rel == "replies")
    assert (replies.href, replies.type, replies["thr:count"], replies["thr:updated"]) == (
        f"{ARTICLE}comments.xml",
        "application/atom+xml",
        "4",
        "2026-09-12T08:00:00Z",
    )


def comments_of(output: Path) -> dict[str, ET.Element]:
    """Entries of the comment feed by the fragment of their id."""
    parse(output / "wörld/2026/09/ü-1/comments.xml")
    root = ET.fromstring((output / "wörld/2026/09/ü-1/comments.xml").read_bytes())
    entries = root.findall(f"{ATOM}entry")
    return {(entry.findtext(f"{ATOM}id") or "").partition("#")[2]: entry for entry in entries}


def test_comments_and_no_tombstones(output: Path) -> None:
    assert {
        anchor: (
            entry.findtext(f"{ATOM}author/{ATOM}name"),
            entry.findtext(f"{ATOM}published"),
            entry.findtext(f"{ATOM}updated"),
        )
        for anchor, entry in comments_of(output).items()
    } == {
        "comment-1": ("Anonymous", "2026-09-09T17:22:00Z", "2026-09-09T17:22:00Z"),
        "comment-2": ("Ada <b>", "2026-09-10T06:00:00Z", "2026-09-12T08:00:00Z"),
        "comment-4": ("Anonymous", "2026-09-11T09:00:00Z", "2026-09-11T09:00:00Z"),
        "comment-5": ("Anonymous", None, "2026-09-12T08:00:00Z"),
    }


def test_a_comment_says_what_it_answers(output: Path) -> None:
    answered = {}
    for anchor, entry in comments_of(output).items():
        reply = entry.find(f"{THREAD}in-reply-to")
        assert reply is not None
        assert reply.get("ref") == reply.get("href")
        answered[anchor] = (reply.get("ref") or "").removeprefix(ARTICLE)
    assert answered == {
        "comment-1": "",
        "comment-2": "#comment-1",
        "comment-4": "#comment-3",
        "comment-5": "",
    }


def test_the_text_of_a_comment_stays_literal(output: Path) -> None:
    entries = comments_of(output)
    first = entries["comment-1"].findtext(f"{ATOM}content") or ""
    assert "{{ 7*7 }}" in first
    assert list(addresses_in(first)) == ["https://other.example/"]
    assert entries["comment-2"].findtext(f"{ATOM}author/{ATOM}uri") == "https://ada.example/%C3%A4"
    assert entries["comment-2"].get("{http://www.w3.org/XML/1998/namespace}lang") == "nl"


def test_feeds_of_summaries(tmp_path: Path) -> None:
    articles = {f"content/world/a{day}.md": write_article(f"A{day}", f"2026-10-0{day}") for day in (1, 2)}
    config = f'{CONFIG}[feeds]\ncontent = "summary"\nsize = 1\n'
    root = write_site(tmp_path, {"sitegen.toml": config, **articles})
    build(root)
    for name in ("rss.xml", "atom.xml"):
        (entry,) = parse(root / "output" / name).entries
        assert (entry.title, entry.summary, "content" in entry) == ("A2", "Text.", False)


def test_identities_stand_whatever_else_changes(tmp_path: Path) -> None:
    root = write_site(tmp_path, {"content/world/a.md": write_article("Before")})
    build(root)
    before = parse(root / "output/atom.xml").entries[0].id
    write_files(root, {"content/world/a.md": write_article("After", body="Else.", updated="2026-10-05")})
    build(root)
    (entry,) = parse(root / "output/atom.xml").entries
    assert (entry.title, entry.id) == ("After", before)


def test_the_feed_of_all_comments(output: Path) -> None:
    feed = parse(output / "comments.xml")
    assert (feed.feed.title, feed.feed.id) == ("Comments on Über & <News>", f"{HERE}comments.xml")
    assert feed.feed.updated == "2026-09-12T08:00:00Z"
    assert [(entry.title, entry.id) for entry in feed.entries] == [
        ("Anonymous on Title & <b>bold", f"{ARTICLE}#comment-4"),
        ("Ada <b> on Title & <b>bold", f"{ARTICLE}#comment-2"),
        ("Anonymous on Title & <b>bold", f"{ARTICLE}#comment-1"),
    ]
    entries = ET.fromstring((output / "comments.xml").read_bytes()).findall(f"{ATOM}entry")
    single = comments_of(output)
    for entry in entries:
        twin = single[(entry.findtext(f"{ATOM}id") or "").partition("#")[2]]
        for name in ("id", "published", "updated", "content"):
            assert entry.findtext(f"{ATOM}{name}") == twin.findtext(f"{ATOM}{name}")
        reply, other = entry.find(f"{THREAD}in-reply-to"), twin.find(f"{THREAD}in-reply-to")
        assert reply is not None
        assert other is not None
        assert reply.attrib == other.attrib
    assert not (output / "de/comments.xml").exists()
