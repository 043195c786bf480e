"""`sitegen list`."""

import json
from pathlib import Path

import pytest

from tests.sites import call_sitegen, write_article, write_files, write_site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {
        "content/world/a.md": write_article("A", "2026-10-01 09:30", tags="[Red]"),
        "content/sport/b.md": write_article("B", "2026-10-02", tags="[Red]"),
        "content/pages/plan.md": "---\ntitle: Plan\ndraft: true\n---\n",
    }
    return write_site(tmp_path / "site", files)


def test_articles_are_listed_when_nothing_is_named(site: Path) -> None:
    done = call_sitegen("-C", site, "list")
    assert (done.code, done.err) == (0, "")
    assert done.out == "2026-10-02 00:00  B  content/sport/b.md\n2026-10-01 09:30  A  content/world/a.md\n"


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("drafts", "                  Plan  content/pages/plan.md\n"),
        ("scheduled", ""),
        ("expired", ""),
        ("sections", "     1  Sport  /sport/\n     1  World  /world/\n"),
        ("tags", "     2  Red  /tags/red/\n"),
        ("authors", ""),
    ],
)
def test_other_things(site: Path, what: str, line: str) -> None:
    done = call_sitegen("-C", site, "list", what)
    assert (done.code, done.out, done.err) == (0, line, "")


def test_what_articles_are_sorted_by_stands_before_their_titles(site: Path) -> None:
    write_files(site, {"content/world/a.md": write_article("A", "2026-10-01 09:30", rating="{value: 4.5, votes: 12}")})
    done = call_sitegen("-C", site, "list", "--sort", "rating")
    assert done.out == (
        "2026-10-01 09:30    4.5/5 (12)  A  content/world/a.md\n2026-10-02 00:00             -  B  content/sport/b.md\n"
    )
    assert call_sitegen("-C", site, "list", "--sort", "comments").out.startswith("2026-10-02 00:00       0  B ")
    assert call_sitegen("-C", site, "list", "authors", "--sort", "rating").code == 2


def test_programs_get_a_list(site: Path) -> None:
    rows = json.loads(call_sitegen("-C", site, "list", "--json").out)
    assert [row["path"] for row in rows] == ["content/sport/b.md", "content/world/a.md"]
    assert json.loads(call_sitegen("-C", site, "list", "expired", "--json").out) == []
    assert json.loads(call_sitegen("-C", site, "list", "authors", env={"SITEGEN_LIST_JSON": "1"}).out) == []


def test_errors_are_shown_since_something_is_missing_and_warnings_are_not(site: Path) -> None:
    write_files(site, {"content/world/a.md": write_article("A", rating="9", titel="x")})
    write_files(site, {"content/sport/b.md": write_article("B", "2026-10-02", titel="x")})
    done = call_sitegen("-C", site, "list", "--json")
    assert done.code == 1
    assert [row["title"] for row in json.loads(done.out)] == ["B"]
    assert done.err.splitlines()[0] == "content/world/a.md:4:9: error[rating]: must be at most 5"
    assert done.err.count("warning[") == 0
    assert call_sitegen("-v", "-C", site, "list").err.count("warning[") == 2


def test_nothing_is_built(site: Path) -> None:
    call_sitegen("-C", site, "list")
    assert not (site / "output").exists()
