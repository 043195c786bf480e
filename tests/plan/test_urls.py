"""Addresses and output paths."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.config import Config
from sitegen.model.names import Url
from sitegen.plan.urls import absolute_url, close_url, document_url, encode_address, escape_path, folder_of, out_path
from tests.samples import article, metadata, plain

UTC = ZoneInfo("UTC")


@pytest.mark.parametrize(
    ("permalink", "expected"),
    [
        ("/{section}/{year}/{month}/{slug}/", "/world/2026/10/bridge/"),
        ("/{year}/{month}/{day}/{slug}", "/2026/10/01/bridge/"),
        ("/{slug}.html", "/bridge.html"),
        ("/100%/{slug}/", "/100%25/bridge/"),
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
    ("url", "path"),
    [
        ("/", "index.html"),
        ("/a/", "a/index.html"),
        ("/a.html", "a.html"),
        ("/a/rss.xml", "a/rss.xml"),
        ("/50%25 %23/", "50% #/index.html"),
        ("/x%2525/", "x%25/index.html"),
    ],
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


@given(st.text("a%#?/ é.\\25", min_size=1))
def test_any_path_has_an_address_that_leads_back_to_it(path: str) -> None:
    address = escape_path(f"/{path}x")
    assert out_path(address) == f"{path}x".lstrip("/")
    assert not set(address) & {"#", "?"}


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("/world/a/", "/world/a/"),
        ("/über/a b|c/", "/%C3%BCber/a%20b%7Cc/"),
        ("/50%25 %23/?q=[1]#é#", "/50%25%20%23/?q=%5B1%5D#%C3%A9%23"),
        ("100%", "100%25"),
        ("https://münchen.example:8080/ä", "https://xn--mnchen-3ya.example:8080/%C3%A4"),
        ("https://other.example/a%20b?x=1&y=2#z", "https://other.example/a%20b?x=1&y=2#z"),
        ("http://[::1]:80/x", "http://[::1]:80/x"),
        ("http://[bad", "http://%5Bbad"),
        ("mailto:désk@news.example?subject=A B", "mailto:d%C3%A9sk@news.example?subject=A%20B"),
        ("#part", "#part"),
        ("", ""),
    ],
)
def test_addresses_as_rfc_3986_wants_them(address: str, written: str) -> None:
    assert encode_address(address) == written


@given(st.text())
def test_encoding_never_fails_and_is_done_once(address: str) -> None:
    written = encode_address(address)
    assert written.isascii()
    assert not set(written) & set('<>"\\ `{}|\n')
    assert encode_address(written) == written


@pytest.mark.parametrize(
    ("address", "absolute"),
    [
        ("/", "https://news.example/p/"),
        ("/é/?x#y", "https://news.example/p/%C3%A9/?x#y"),
        ("//cdn.example/x.jpg", "https://cdn.example/x.jpg"),
        ("http://other.example/x", "http://other.example/x"),
        ("mailto:desk@news.example", "mailto:desk@news.example"),
    ],
)
def test_absolute_addresses(address: str, absolute: str) -> None:
    assert absolute_url(address, "https://news.example/p/") == absolute
