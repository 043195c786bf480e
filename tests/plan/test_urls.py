"""Addresses and output paths."""

from zoneinfo import ZoneInfo

import pytest

from sitegen.model.config import Config
from sitegen.model.names import Url
from sitegen.plan.urls import close_url, document_url, folder_of, out_path
from tests.samples import article, metadata, plain

UTC = ZoneInfo("UTC")


@pytest.mark.parametrize(
    ("permalink", "expected"),
    [
        ("/{section}/{year}/{month}/{slug}/", "/world/2026/10/bridge/"),
        ("/{year}/{month}/{day}/{slug}", "/2026/10/01/bridge/"),
        ("/{slug}.html", "/bridge.html"),
    ],
)
def test_permalink_pattern(permalink: str, expected: str) -> None:
    assert document_url(plain("bridge"), Config(permalink=permalink), UTC) == expected


def test_part_without_a_value_is_left_out_with_its_slash() -> None:
    assert document_url(plain("bridge", section=None), Config(), UTC) == "/2026/10/bridge/"


def test_month_counts_in_the_zone_of_the_site() -> None:
    item = plain("bridge", "2026-10-01")
    assert document_url(item, Config(), ZoneInfo("America/New_York")) == "/world/2026/09/bridge/"


def test_other_languages_stand_below_their_tag() -> None:
    assert document_url(plain("brug", language="nl"), Config(), UTC) == "/nl/world/2026/10/brug/"


def test_page_and_own_address() -> None:
    assert document_url(article("pages/about.md", metadata("about", None)), Config(), UTC) == "/about/"
    assert document_url(plain("x", url=Url("/old/place")), Config(), UTC) == "/old/place/"


@pytest.mark.parametrize(
    ("url", "path"), [("/", "index.html"), ("/a/", "a/index.html"), ("/a.html", "a.html"), ("/a/rss.xml", "a/rss.xml")]
)
def test_out_path(url: str, path: str) -> None:
    assert out_path(Url(url)) == path


@pytest.mark.parametrize(
    ("url", "folder"), [("/a/b/", "/a/b/"), ("/a/b.html", "/a/b/"), ("/b.htm", "/b/"), ("/a.d/v1.2", "/a.d/v1-2/")]
)
def test_folder_where_files_of_a_document_are_put(url: str, folder: str) -> None:
    assert folder_of(Url(url)) == folder


def test_an_address_is_closed_unless_it_names_a_file() -> None:
    assert [close_url(url) for url in ("/a.b/c", "/a/", "/x.html", "/")] == ["/a.b/c/", "/a/", "/x.html", "/"]
