"""Every link of a built site leads somewhere."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.site.links import find_broken_links, find_unreachable, read_site
from tests.sites import build, write_article, write_files, write_site

HERE = "https://news.example/"


def test_every_link_of_the_sample_site_resolves(sample_output: Path, sample_base_url: str) -> None:
    assert find_broken_links(read_site(sample_output, sample_base_url)) == []


def test_every_page_of_the_sample_site_can_be_reached(sample_output: Path, sample_base_url: str) -> None:
    assert find_unreachable(read_site(sample_output, sample_base_url)) == set()


AWKWARD: Mapping[str, str | bytes] = {
    "content/world/über 50% of #1.md": write_article(
        "Über", body="[plan](plan%20%231%20100%25.pdf#page=2), [self](#part)\n\n## Part\n\n![a b](a%20b.png)"
    ),
    "content/world/plan #1 100%.pdf": b"%PDF",
    "content/world/a b.png": b"",
    "content/world/file.md": write_article("File", url="/2014/x.html", body="[über](über%2050%25%20of%20%231.md)"),
    "content/world/plain.md": write_article(
        "Plain", url="/100%25/", body="[a](file.md#), [b](?print), [c](/), [d](/world/), [e](/up%20load.pdf)"
    ),
    "content/pages/om.md": "---\ntitle: Om\n---\n[up](../world/plain.md) [x](/2014/x.html?y)\n",
    "static/up load.pdf": b"%PDF",
}
"""Names that have to be encoded, and a page that is a file."""


@pytest.mark.parametrize("base_url", [HERE, "https://example.org/a%20b/"])
def test_names_that_have_to_be_encoded(tmp_path: Path, base_url: str) -> None:
    config = f'title = "Å"\nbase_url = "{base_url}"\npage_size = 1\n'
    report = build(write_site(tmp_path, {**AWKWARD, "sitegen.toml": config}))
    assert [(problem.code, problem.message) for problem in report.problems] == []
    assert find_broken_links(read_site(tmp_path / "output", base_url)) == []


PAGE = "<!doctype html><title>x</title><body>"


@pytest.mark.parametrize(
    ("name", "html", "reason"),
    [
        ("index.html", '<a href="no/">', "index.html: no/: leads nowhere"),
        ("index.html", '<a href="a">', "index.html: a: leads nowhere"),
        ("index.html", '<a href="a/#no">', "index.html: a/#no: there is no such part"),
        ("index.html", '<a href="#no">', "index.html: #no: there is no such part"),
        ("index.html", '<a href="//news.example/no">', "index.html: //news.example/no: leads nowhere"),
        ("index.html", '<img src="no.png">', "index.html: no.png: leads nowhere"),
        ("index.html", '<img srcset="a/ 1x, no.png 2x">', "index.html: no.png: leads nowhere"),
        ("index.html", "<p id=x><p id=x>", "index.html: id=x stands twice"),
        ("b/index.html", '<meta http-equiv="refresh" content="0; url=../no/">', "b/index.html: ../no/: leads nowhere"),
        ("b/index.html", f'<link rel="canonical" href="{HERE}no/">', f"b/index.html: {HERE}no/: leads nowhere"),
        ("404.html", '<a href="a/">', "404.html: a/: leads nowhere"),
        ("x.css", "p { background: url('no.png') }", "x.css: no.png: leads nowhere"),
    ],
)
def test_what_the_checker_finds(tmp_path: Path, name: str, html: str, reason: str) -> None:
    write_files(tmp_path, {"index.html": PAGE, "a/index.html": f"{PAGE}<p id=there>", name: PAGE + html})
    assert find_broken_links(read_site(tmp_path, HERE)) == [reason]


@pytest.mark.parametrize(
    "html",
    ['<a href="a/#there">', '<a href="./">', '<a href="a/?x#there">', '<a href="https://other.example/no">'],
)
def test_what_the_checker_lets_through(tmp_path: Path, html: str) -> None:
    write_files(tmp_path, {"index.html": PAGE + html, "a/index.html": f"{PAGE}<p id=there>"})
    assert find_broken_links(read_site(tmp_path, HERE)) == []


def test_a_page_that_nothing_links_to(tmp_path: Path) -> None:
    write_files(tmp_path, {"index.html": f'{PAGE}<a href="a/">', "a/index.html": PAGE, "b/index.html": PAGE})
    assert find_unreachable(read_site(tmp_path, HERE)) == {"b/index.html"}
