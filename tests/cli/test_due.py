"""`sitegen due`."""

import json
from pathlib import Path

import pytest

from tests.sites import call_sitegen, write_article, write_site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {
        "content/world/a.md": write_article("A", "2026-10-01 09:30", expires="2030-03-01"),
        "content/world/b.md": write_article("B", "2030-02-01 07:00"),
        "content/world/c.md": write_article("C", "2030-01-01", draft="true"),
    }
    return write_site(tmp_path / "site", files)


def test_what_happens_is_listed_with_its_time(site: Path) -> None:
    done = call_sitegen("-C", site, "due", "--clock", "2026-11-01")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "2030-02-01 07:00  appears          B  content/world/b.md",
        "2030-02-03 07:00  is news no more  B  content/world/b.md",
        "2030-03-01 00:00  expires          A  content/world/a.md",
    ]


def test_programs_get_a_list(site: Path) -> None:
    rows = json.loads(call_sitegen("-C", site, "due", "--clock", "2030-02-04", "--json").out)
    assert rows == [
        {
            "at": "2030-03-01T00:00:00+00:00",
            "event": "expire",
            "path": "content/world/a.md",
            "url": "/world/2026/10/a/",
            "title": "A",
        }
    ]


def test_nothing_is_waiting(site: Path) -> None:
    done = call_sitegen("-C", site, "due", "--clock", "2031-01-01")
    assert (done.code, done.out) == (0, "")
    assert done.err == "Nothing is waiting: the site changes only when it is edited.\n"


def test_the_next_build_is_the_first_of_them(site: Path) -> None:
    report = json.loads(call_sitegen("-C", site, "build", "--clock", "2026-11-01", "--json").out)
    (first, *_) = json.loads(call_sitegen("-C", site, "due", "--clock", "2026-11-01", "--json").out)
    assert report["next_change"] == first["at"]
