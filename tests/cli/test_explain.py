"""`sitegen explain`."""

import json
from pathlib import Path

import pytest

from tests.sites import call_sitegen, write_article, write_files, write_site

A = "content/world/a.md"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = write_site(tmp_path / "site", {A: write_article("A"), "content/world/b.md": write_article("B")})
    assert call_sitegen("-C", root, "build").code == 0
    return root


def test_a_page(site: Path) -> None:
    done = call_sitegen("-C", site, "explain", "/world/2026/10/a/")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[:4] == [
        "world/2026/10/a/index.html: stands as it is",
        "  made from content/world/a.md by article.html",
        "  view       as before  what it shows: content/world/a.md, content/world/b.md",
        "  templates  as before  article.html, base.html, foot.html",
    ]


def test_a_source_that_changed(site: Path) -> None:
    write_files(site, {A: write_article("A", body="Other.")})
    done = call_sitegen("-C", site, "explain", A)
    lines = done.out.splitlines()
    assert lines[0].startswith(f"{A}: reaches ")
    assert "  world/2026/10/a/index.html  is its page; would be made anew: view changed" in lines
    assert "  world/2026/10/b/index.html  links to it; stands as it is" in lines


def test_programs_get_an_object(site: Path) -> None:
    record = json.loads(call_sitegen("-C", site, "explain", "--json", "/world/2026/10/a/").out)
    assert list(record) == ["kind", "name", "note", "outputs", "parts", "errors"]
    assert record["outputs"] == [{"path": "world/2026/10/a/index.html", "why": "is it", "reasons": []}]


def test_errors_are_counted(site: Path) -> None:
    write_files(site, {A: "---\ntitle: [\n---\n"})
    done = call_sitegen("-C", site, "explain", A)
    assert done.code == 0
    assert done.err == "1 error found: a build would publish nothing.\n"


def test_what_is_no_part_of_the_site(site: Path) -> None:
    done = call_sitegen("-C", site, "explain", "/world/2026/10/c/")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: `/world/2026/10/c/` is no part of this site\n  hint: did you mean ")
