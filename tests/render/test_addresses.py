"""Addresses of the site as links of a page."""

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.render.addresses import relative_href, rooted_href


@pytest.mark.parametrize(
    ("address", "page", "href"),
    [
        ("/", "/", "./"),
        ("/", "/world/2026/10/a/", "../../../../"),
        ("/world/", "/", "world/"),
        ("/world/", "/world/", "./"),
        ("/world/2026/10/b/", "/world/2026/10/a/", "../b/"),
        ("/world/2026/10/a/map.pdf", "/world/2026/10/a/", "map.pdf"),
        ("/world/2026/10/a/#part", "/world/2026/10/a/", "#part"),
        ("/world/2026/10/a/?x=1#part", "/world/2026/10/a/", "?x=1#part"),
        ("/world/2026/10/a/#part", "/world/", "2026/10/a/#part"),
        ("/2014/x.html", "/2014/x.html", "x.html"),
        ("/2014/y.html", "/2014/x.html", "y.html"),
        ("/2014/", "/2014/x.html", "./"),
        ("/rss.xml", "/world/", "../rss.xml"),
        ("/assets/a.css?v=12", "/world/", "../assets/a.css?v=12"),
        ("/über/50%25 #part", "/", "%C3%BCber/50%25%20#part"),
        ("/world", "/world/a/", ".."),
        ("/world/", "/world/a/", "../"),
        ("/sports/b/", "/sport/a/", "../../sports/b/"),
        ("/world/../x/", "/sport/a/", "../../x/"),
        ("/world//x/.", "/sport/a/", "../../world/x"),
        ("/x/", "/sport//a/", "../../x/"),
        ("/x/", "/sport/b/", "../../x/"),
        ("/sport/b", "/sport/a/", "../b"),
        ("/sport/b", "/sport/b/", "."),
        ("/sport/./b", "/sport/a/", "../b"),
        ("/sport/./b", "/sport/b/", "."),
        ("/a:b/", "/", "./a:b/"),
        ("https://other.example/ä", "/", "https://other.example/%C3%A4"),
        ("//other.example/x", "/", "//other.example/x"),
        ("mailto:desk@news.example", "/", "mailto:desk@news.example"),
        ("#part", "/world/", "#part"),
        ("#part one", "/world/", "#part%20one"),
        ("/world/b/#comment-1", "/world/a/", "../b/#comment-1"),
        ("/world/b/#one two", "/world/a/", "../b/#one%20two"),
        ("/world/b/#", "/world/a/", "../b/"),
        ("/a:b/#part", "/", "./a:b/#part"),
    ],
)
def test_links_are_relative_to_the_page(address: str, page: str, href: str) -> None:
    assert relative_href(address, page) == href


def test_links_that_were_forgotten_are_worked_out_again() -> None:
    for number in (*range(3000), 0):
        assert relative_href(f"/{number}/", "/world/a/") == f"../../{number}/"


@pytest.mark.parametrize(
    ("prefix", "href"), [("/", "/world/"), ("", "/world/"), ("/some/pré fix/", "/some/pr%C3%A9%20fix/world/")]
)
def test_links_of_the_page_for_strays_begin_at_the_root(prefix: str, href: str) -> None:
    assert rooted_href("/world/", prefix) == href


PATHS = st.lists(st.sampled_from(["a", "b", "a:b", "page", "1"]), max_size=4).map("/".join)
FOLDERS = PATHS.map(lambda path: f"/{path}/" if path else "/")
ADDRESSES = st.one_of(FOLDERS, FOLDERS.map(lambda path: f"{path}x.html"))


@given(address=ADDRESSES, page=ADDRESSES, rest=st.sampled_from(["", "#x", "?x", "?x#y"]))
def test_a_browser_comes_to_the_address(address: str, page: str, rest: str) -> None:
    found = urljoin(f"https://news.example{page}", relative_href(address + rest, page))
    assert found == f"https://news.example{address}{rest}"
