"""`sitegen mv`; what it does is in tests/app/test_moving.py."""

from pathlib import Path

import pytest

from tests.sites import call_sitegen, read_tree, write_article, write_files, write_site, write_snapshot


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {
        "content/world/a.md": write_article("A"),
        "content/world/a.comments.json": write_snapshot("One."),
        "content/world/b.md": write_article("B", body="[a](a.md)"),
    }
    return write_site(tmp_path / "site", files)


def test_what_was_done_is_told(site: Path) -> None:
    done = call_sitegen("-C", site, "mv", "world/a.md", "sport/")
    assert (done.code, done.err) == (0, "/world/2026/10/a/ now leads to the new address.\n")
    assert done.out.splitlines() == [
        "content/world/a.md -> content/sport/a.md",
        "content/world/a.comments.json -> content/sport/a.comments.json",
        "content/world/b.md: links mended",
    ]
    assert call_sitegen("-C", site, "build", "--strict").code == 0


def test_what_is_left_to_do_is_told(site: Path) -> None:
    write_files(
        site,
        {
            "content/world/c.md": write_article("C", rating="9", body="[a](a.md)"),
            "content/world/d.md": write_article("D", body="<a href='&#97;.md'>A</a>"),
        },
    )
    done = call_sitegen("-q", "-C", site, "mv", "world/a", "sport/")
    assert (done.code, done.err.splitlines()) == (
        0,
        [
            "content/world/d.md: names the old place in a way that could not be mended",
            "content/world/c.md: has errors, so it was not looked at for links to the article",
        ],
    )


@pytest.mark.parametrize(
    ("old", "new", "code", "message"),
    [
        ("world/gone", "sport/", 2, "error: there is no article `content/world/gone`"),
        ("world/a", "../a.md", 2, "error: `../a.md` is outside of content/"),
        ("world/a", "world/b", 2, "error: content/world/b.md is there already"),
    ],
)
def test_what_cannot_be_done(site: Path, old: str, new: str, code: int, message: str) -> None:
    before = read_tree(site / "content")
    done = call_sitegen("-C", site, "mv", old, new)
    assert (done.code, done.out, done.err.splitlines()[0]) == (code, "", message)
    assert read_tree(site / "content") == before


def test_an_article_with_errors_is_shown_with_its_line(site: Path) -> None:
    write_files(site, {"content/world/a.md": write_article("A", rating="9")})
    done = call_sitegen("-C", site / "content/world", "mv", "world/a", "sport/")
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines()[:2] == [
        "content/world/a.md:4:9: error[rating]: must be at most 5",
        "  4 | rating: 9",
    ]
