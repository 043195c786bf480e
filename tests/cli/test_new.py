"""`sitegen new`; what it writes is in tests/app/test_scaffold.py."""

from pathlib import Path

import pytest

from tests.sites import call_sitegen, read_tree, write_site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site")


def test_a_draft_is_begun_and_its_path_printed(site: Path) -> None:
    done = call_sitegen("-C", site, "new", "world/bridge-reopens")
    assert (done.code, done.out, done.err) == (0, "content/world/2026-11-01-bridge-reopens.md\n", "")
    assert (site / done.out.strip()).read_text() == (
        '---\ntitle: "Bridge reopens"\ndate: 2026-11-01 12:00\ndraft: true\ndescription: \n---\n\n'
    )
    assert "Bridge reopens" in call_sitegen("-C", site, "list", "drafts").out
    assert call_sitegen("-C", site, "build", "--drafts", "--strict").code == 0


def test_a_title_of_ones_own(site: Path) -> None:
    title = 'He said: "No" \\ #1 — ça'
    path = site / call_sitegen("-C", site, "new", "world/no", "--title", title).out.strip()
    assert path.is_file()
    assert title in call_sitegen("-C", site, "list", "drafts").out


@pytest.mark.parametrize(
    "name",
    [
        "../../x",
        "..",
        "/etc/x",
        "world/../../x",
        "world/.hidden",
        ".hidden/x",
        "world/…",
        "",
        "a/b/c/d/e/f/g",
        "world//",
    ],
)
def test_names_that_lead_nowhere_write_nothing(site: Path, name: str, tmp_path: Path) -> None:
    before = read_tree(tmp_path)
    done = call_sitegen("-C", site, "new", name)
    written = {path: data for path, data in read_tree(tmp_path).items() if path not in before}
    if done.code == 0:  # a name that can be made sense of: inside of content/, and a draft that is found
        assert [path for path in written if not path.startswith("site/content/")] == []
        assert call_sitegen("-C", site, "list", "drafts").out.count("\n") == 1
    else:
        assert (done.code, done.out, written) == (2, "", {})
        assert done.err.startswith("error: ")


def test_nothing_is_overwritten(site: Path) -> None:
    call_sitegen("-C", site, "new", "world/a")
    before = read_tree(site)
    done = call_sitegen("-C", site, "new", "world/a", "--title", "Another")
    assert (done.code, done.out) == (2, "")
    assert "is already there" in done.err
    assert read_tree(site) == before
