"""A build with nothing to do: it says what the one before said, and sees everything that may have changed."""

import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

import pytest

from sitegen.app import aside
from sitegen.errors import UsageError
from sitegen.model.preview import Preview
from sitegen.storage import engine
from sitegen.storage.state import STATE_FILE, STATE_FOLDER
from tests.sites import (
    CONFIG,
    TINY_THEME,
    build_as_ordered,
    call_build,
    call_sitegen,
    find_loaded,
    find_standing_site,
    write_article,
    write_files,
    write_site,
    write_snapshot,
)

A = "content/world/a.md"
FILES = {
    A: write_article("A", "2026-10-01", expires="2026-11-20 18:00"),
    "content/world/b.md": write_article("B", "2026-11-03 09:00"),
    "content/world/c.md": write_article("C", "2026-10-02", body="[later](b.md)"),
    "static/files/report.txt": "report",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a warning, on the first of November: the day after tomorrow an article appears."""
    root = write_site(tmp_path / "site", FILES)
    report = call_build(root)
    assert report.published
    assert [problem.code for problem in report.problems] == ["link"]
    return root


def test_it_says_what_the_build_before_said(site: Path) -> None:
    standing = find_standing_site(site)
    again = build_as_ordered(site)
    assert standing is not None
    assert (standing.rendered, standing.written, standing.removed) == (0, 0, 0)
    for field in ("articles", "scheduled", "unchanged", "next_change", "problems"):
        assert getattr(standing, field) == getattr(again, field)


def write(path: str, text: str) -> Callable[[Path], object]:
    return lambda site: write_files(site, {path: text})


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(write(A, write_article("A", body="Other.")), id="an edit"),
        pytest.param(write("content/world/d.md", write_article("D")), id="another article"),
        pytest.param(lambda site: (site / A).unlink(), id="an article less"),
        pytest.param(write("content/world/a.comments.json", write_snapshot("One.")), id="comments"),
        pytest.param(write("static/files/report.txt", "REPORT"), id="a file to copy, of the same size"),
        pytest.param(lambda site: (site / "content").rename(site / "kept"), id="no content"),
        pytest.param(lambda site: (site / "content/link.md").symlink_to("/etc/hosts"), id="a link out of the site"),
        pytest.param(write("sitegen.toml", CONFIG.replace("Gazette", "Herald")), id="the configuration"),
        pytest.param(write("themes/tiny/templates/article.html", TINY_THEME["base.html"]), id="a template"),
        pytest.param(write("themes/tiny/templates/feed.xml", ""), id="a template that was not there"),
        pytest.param(lambda site: shutil.rmtree(site / "themes/tiny"), id="a theme less"),
        pytest.param(write("themes/broadsheet/theme.toml", ""), id="a theme in front of the one that ships"),
        pytest.param(write("permalinks.lock", "/world/2026/10/z/ = world/z.md\n"), id="addresses"),
        pytest.param(lambda site: (site / "permalinks.lock").unlink(), id="no addresses"),
        pytest.param(write("output/index.html", "tampered"), id="a page"),
        pytest.param(lambda site: (site / "output/index.html").unlink(), id="a page less"),
        pytest.param(lambda site: (site / "output/index.html").chmod(0o600), id="a page nobody may read"),
        pytest.param(lambda site: os.utime(site / "output/index.html", (1, 1)), id="the time of a page"),
        pytest.param(write("output/manifest.sha256", ""), id="the manifest"),
        pytest.param(lambda site: shutil.rmtree(site / "output"), id="no output"),
        pytest.param(write("output/.sitegen-staging/journal.json", "{}"), id="a build that was killed"),
        pytest.param(lambda site: shutil.rmtree(site / ".sitegen"), id="no memory"),
        pytest.param(lambda site: os.truncate(site / STATE_FOLDER / STATE_FILE, 3000), id="half a memory"),
    ],
)
def test_every_change_is_seen(site: Path, change: Callable[[Path], object]) -> None:
    assert find_standing_site(site) is not None
    change(site)
    assert find_standing_site(site) is None


def test_two_processes_see_the_same(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "_may_fork", lambda: True)
    assert find_standing_site(site, jobs=2) is not None
    (site / "output/index.html").write_text("tampered", "utf-8")
    assert find_standing_site(site, jobs=2) is None


def test_a_program_that_was_just_installed_is_read_once(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "TICK_NS", 2**62)  # as if it had changed a moment ago
    engine._FOUND.clear()
    (site / A).write_text(write_article("Another title"), "utf-8")
    call_build(site)
    monkeypatch.setattr(engine, "TICK_NS", -(2**60))  # and as if that were long ago
    engine._FOUND.clear()
    assert find_standing_site(site) is not None
    monkeypatch.setattr(engine, "_read_program", lambda _: pytest.fail("read again"))
    assert find_standing_site(site) is not None


def test_a_folder_of_the_output_behind_a_link_is_seen(site: Path) -> None:
    (site / "output/world").rename(site / "moved")
    (site / "output/world").symlink_to(site / "moved")
    assert find_standing_site(site) is None


def test_a_touch_is_no_change_and_is_read_once(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in site.rglob("content/**/*.md"):
        os.utime(file, (2**31, 2**31))
    assert find_standing_site(site) is not None
    monkeypatch.setattr("sitegen.storage.scan.TICK_NS", -(2**60))  # as if that were long ago
    monkeypatch.setattr("sitegen.storage.scan.digest_bytes", lambda _: pytest.fail("read again"))
    assert find_standing_site(site) is not None


@pytest.mark.parametrize(
    ("clock", "stands"),
    [
        (datetime(2026, 10, 3, tzinfo=UTC), False),  # C is news no more from the fourth on
        (datetime(2026, 10, 4, tzinfo=UTC), True),
        (datetime(2026, 11, 3, 8, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 3, 9, tzinfo=UTC), False),
    ],
)
def test_it_holds_until_the_site_changes_by_itself(site: Path, clock: datetime, stands: bool) -> None:
    assert (find_standing_site(site, clock=clock) is not None) is stands
    assert call_build(site, clock=clock).next_change == build_as_ordered(site, clock=clock).next_change


@pytest.mark.parametrize(
    "other",
    [{"preview": Preview(drafts=True)}, {"base_url": "https://x.example/"}, {"keep_going": True}, {"strict": True}],
)
def test_another_order_is_carried_out(site: Path, other: dict[str, object]) -> None:
    assert find_standing_site(site, None, **other) is None


def test_nothing_is_known_of_another_folder(site: Path, tmp_path: Path) -> None:
    assert find_standing_site(site, tmp_path / "elsewhere") is None


def test_warnings_are_errors_when_that_is_asked_for(site: Path) -> None:
    assert call_sitegen("-C", site, "build").code == 0
    assert call_sitegen("-C", site, "build", "--strict").code == 1
    write_files(site, {"content/world/c.md": write_article("C", "2026-10-02")})
    assert call_sitegen("-C", site, "build").code == 0
    assert find_standing_site(site, strict=True) is not None


def test_errors_are_found_again(site: Path) -> None:
    write_files(site, {A: "---\ntitle: [\n---\n"})
    assert not call_build(site).published
    assert find_standing_site(site) is None
    write_files(site, {A: FILES[A]})
    assert find_standing_site(site) is not None  # with the mistake gone, everything is as it was
    write_files(site, {A: "---\ntitle: [\n---\n"})
    assert call_build(site, keep_going=True).kept == (A,)
    assert find_standing_site(site, keep_going=True) is None


@pytest.mark.parametrize("path", ["content/world/_index.md", "content/world/d.md"])
def test_a_file_that_changes_while_it_is_read_is_read_again(
    site: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    write_files(site, {path: write_article("Old", "2026-10-01")})

    class Changing(FileIO):
        def read(self, size: int | None = -1, /) -> bytes:
            data = super().read(size)
            if Path(str(self.name)) == site / path:
                write_files(site, {path: write_article("New", "2026-10-01")})
            return data

    monkeypatch.setattr("sitegen.storage.scan.FileIO", Changing)
    assert call_build(site).published
    monkeypatch.undo()
    write_files(site, {path: write_article("Old", "2026-10-01")})  # as it was when it was scanned
    assert find_standing_site(site) is None
    assert call_build(site).written > 0


def test_a_clock_that_is_none_is_refused(site: Path) -> None:
    done = call_sitegen("-C", site, "build", "--clock", "soon")
    assert (done.code, done.err.splitlines()[0]) == (2, "error: --clock: `soon` is no instant")


def test_the_folder_is_refused_that_a_build_would_refuse(site: Path) -> None:
    with pytest.raises(UsageError):
        call_build(site, site / "static")


def test_it_prints_what_a_build_prints(site: Path) -> None:
    shutil.rmtree(site / "output")
    first = call_sitegen("-C", site, "build", "--json")
    second = call_sitegen("-C", site, "build", "--json")
    assert second.code == first.code == 0
    assert second.err == first.err != ""
    before, after = json.loads(first.out), json.loads(second.out)
    changed = {key for key in before if before[key] != after[key]} - {"seconds"}
    assert changed == {"rendered", "written", "unchanged"}
    assert after["unchanged"] == before["written"]


@pytest.mark.parametrize("arguments", [("build",), ("build", "--json"), ("--help",), ("--version",)])
def test_nothing_is_loaded_that_is_not_needed(site: Path, arguments: tuple[str, ...]) -> None:
    assert call_sitegen("-C", site, "build").code == 0
    assert find_loaded("-C", site, *arguments) == frozenset()
