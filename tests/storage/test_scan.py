"""Finding the files of a site: by content, with stat as no more than a hint."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sitegen.errors import ContentError, MachineError
from sitegen.model.source import UNREAD, Scan, SourceFile, build_scan
from sitegen.storage.scan import complete_scan, find_changes, is_passed_over, scan, update_scan
from tests.powers import bind_by_permissions
from tests.sites import write_files
from tests.storage.watched_scan import watch_reading

NOTHING = build_scan((), 0)
LATER = 2**62
"""As if the last scan had been long after every change, so that stat is trusted."""


def paths(root: Path) -> list[str]:
    return [file.path for file in scan(root, ("content", "static"), NOTHING)]


def problems(root: Path) -> list[tuple[str | None, str]]:
    with pytest.raises(ContentError) as failure:
        paths(root)
    return [(problem.file, problem.message) for problem in failure.value.problems]


class Site:
    """A folder that is scanned again and again, counting what is read."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.read: list[str] = []
        self.known: dict[str, SourceFile] = {}
        self.distrust_from = LATER
        watch_reading(monkeypatch, lambda path: self.read.append(Path(path).name))

    def scan(self) -> list[str]:
        """Names of the files that were read."""
        self.read = []
        last = build_scan(self.known.values(), self.distrust_from)
        found = scan(self.root, ("content",), last)
        read = sorted(self.read)
        self.check_changes(last, found)
        self.known = {file.path: file for file in found}
        return read

    def check_changes(self, last: Scan, found: tuple[SourceFile, ...]) -> None:
        """See that what is found to have changed is the difference of two scans."""
        changes = find_changes(self.root, ("content",), last)
        now = {file.path: file for file in found}
        both = now.keys() & last.stamps.keys()
        other = {path for path in both if now[path].digest != last.stamps[path][3]}
        assert {file.path: file for file in changes.edited} == {path: now[path] for path in other}
        assert {file.path for file in changes.touched} <= both - other
        assert {file.path: file for file in changes.added} == {path: now[path] for path in now.keys() - both}
        assert set(changes.deleted) == last.stamps.keys() - now.keys()
        later = update_scan(last, changes, self.distrust_from)
        assert later == build_scan(found, self.distrust_from)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    write_files(tmp_path, {"content/a.md": "aaaa", "content/b.md": "bbbb"})
    found = Site(tmp_path, monkeypatch)
    assert sorted(found.scan()) == ["a.md", "b.md"]
    return found


def test_files_come_sorted_by_path_with_size_and_digest(tmp_path: Path) -> None:
    write_files(tmp_path, {"content/b.md": "bb", "content/a/x.md": "", "static/f": "", "content/A.md": "", "x.md": ""})
    found = scan(tmp_path, ("content", "static"), NOTHING)
    assert [file.path for file in found] == ["content/A.md", "content/a/x.md", "content/b.md", "static/f"]
    assert found[2].size == 2
    assert found[0].digest == found[1].digest != found[2].digest


def test_files_can_be_left_to_others_unless_they_are_as_they_were(site: Site) -> None:
    write_files(site.root, {"content/a.md": "AAAA", "content/c.md": "cccc"})
    last = build_scan(site.known.values(), LATER)
    site.read = []
    found = scan(site.root, ("content",), last, lambda path: path.endswith(("a.md", "b.md")))
    assert site.read == ["c.md"]
    assert [file.digest == UNREAD for file in found] == [True, False, False]
    complete = scan(site.root, ("content",), NOTHING)
    digests = {"content/a.md": complete[0].digest}
    assert complete_scan(build_scan(found, 7), site.root, digests) == build_scan(complete, 7)
    site.read = []
    assert complete_scan(build_scan(found, 7), site.root, {}) == build_scan(complete, 7)
    assert site.read == ["a.md"]
    (site.root / "content/a.md").unlink()
    assert complete_scan(build_scan(found, 7), site.root, {}) == build_scan(complete[1:], 7)


def test_nothing_is_read_again_when_nothing_changed(site: Site) -> None:
    assert site.scan() == []


def test_a_change_is_read(site: Site) -> None:
    write_files(site.root, {"content/a.md": "AAAA"})
    before = site.known["content/a.md"].digest
    assert site.scan() == ["a.md"]
    assert site.known["content/a.md"].digest != before


def test_a_touch_is_read_once_and_changes_nothing(site: Site) -> None:
    before = site.known["content/a.md"].digest
    os.utime(site.root / "content/a.md", (1, 1))
    assert site.scan() == ["a.md"]
    assert site.known["content/a.md"].digest == before
    assert site.scan() == []


def test_an_edit_of_the_same_size_with_the_old_time_restored_is_seen(site: Site) -> None:
    path = site.root / "content/a.md"
    times = path.stat()
    wait_for_a_tick(path)
    path.write_text("AAAA")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert path.stat().st_mtime_ns == times.st_mtime_ns
    assert site.scan() == ["a.md"]


def wait_for_a_tick(path: Path) -> None:
    """Return when a change would get another time than that of `path`."""
    probe = path.with_name("probe.tmp")
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        probe.write_bytes(b"")
        if probe.stat().st_ctime_ns != path.stat().st_ctime_ns:
            probe.unlink()
            return
    pytest.fail("the clock of the file system stands still")


@pytest.mark.parametrize("seconds_after", [-0.5, 0, 1])
def test_a_file_that_changed_about_when_the_last_scan_began_is_not_trusted(site: Site, seconds_after: float) -> None:
    # Within one tick of the clock (two seconds on FAT) a second edit leaves the same size and the same times.
    changed = site.known["content/a.md"].ctime_ns
    site.distrust_from = changed - int(seconds_after * 10**9)
    assert "a.md" in site.scan()


def test_a_file_that_changed_well_before_is_trusted(site: Site) -> None:
    newest = max(file.ctime_ns for file in site.known.values())
    site.distrust_from = newest + 3 * 10**9
    assert site.scan() == []


def test_a_replaced_file_of_the_same_size_and_time_is_seen(site: Site) -> None:
    path = site.root / "content/a.md"
    wait_for_a_tick(path)
    other = site.root / "other"
    other.write_text("AAAA")
    times = path.stat()
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    other.replace(path)
    assert site.scan() == ["a.md"]


def test_hidden_files_and_what_editors_leave_are_passed_over(tmp_path: Path) -> None:
    leavings = (".a.md.swp", "a.md~", "#a.md#", ".#a.md", "4913", "a.swo", "x.tmp", ".DS_Store", ".git/config")
    write_files(tmp_path, {f"content/{name}": "" for name in (*leavings, "__pycache__/x.pyc", "a.md")})
    assert paths(tmp_path) == ["content/a.md"]


def test_what_is_no_file_is_passed_over(tmp_path: Path) -> None:
    write_files(tmp_path, {"content/a.md": ""})
    os.mkfifo(tmp_path / "content" / "pipe")
    (tmp_path / "content" / "empty").mkdir()
    assert paths(tmp_path) == ["content/a.md"]


def test_folders_that_are_not_there_hold_nothing(tmp_path: Path) -> None:
    assert paths(tmp_path) == []


def test_links_within_the_site_are_followed(tmp_path: Path) -> None:
    write_files(tmp_path, {"content/a/x.md": "x", "shared/logo.svg": "<svg/>"})
    (tmp_path / "content/b").symlink_to("a")
    (tmp_path / "static").mkdir()
    (tmp_path / "static/logo.svg").symlink_to(tmp_path / "shared/logo.svg")
    assert paths(tmp_path) == ["content/a/x.md", "content/b/x.md", "static/logo.svg"]


OUT = "leads out of the site"
CIRCLE = "leads in a circle, or to nothing"
HIDDEN = "leads to something hidden, which must not be published"


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ({"content/l": "/etc"}, [("content/l", OUT)]),
        ({"content/l": "../../outside/x"}, [("content/l", OUT)]),
        ({"content/l": "l"}, [("content/l", CIRCLE)]),
        ({"content/l": "m", "content/m": "l"}, [("content/l", CIRCLE), ("content/m", CIRCLE)]),
        ({"content/l": "."}, [("content/l", CIRCLE)]),
        ({"content/a/l": ".."}, [("content/a/l", CIRCLE)]),
        ({"content/a/l": "../b", "content/b/m": "../a"}, [("content/a/l/m", CIRCLE), ("content/b/m/l", CIRCLE)]),
        ({"content/l": "missing"}, [("content/l", CIRCLE)]),
        ({"content/l": "../.git/config"}, [("content/l", HIDDEN)]),
        ({"content/l": "../.sitegen"}, [("content/l", HIDDEN)]),
    ],
)
def test_links_that_are_refused(tmp_path: Path, links: dict[str, str], expected: list[tuple[str, str]]) -> None:
    root = tmp_path / "site"
    write_files(tmp_path, {"outside/x": ""})
    write_files(root, {"content/a/x.md": "", "content/b/x.md": "", ".git/config": "", ".sitegen/state.sqlite": ""})
    for path, target in links.items():
        (root / path).symlink_to(target)
    assert sorted(problems(root)) == sorted(expected)


def test_every_bad_name_and_link_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / os.fsdecode(b"content/caf\xe9.md")).write_bytes(b"")
    (tmp_path / "content/l").symlink_to("/etc")
    assert sorted(problems(tmp_path), key=str) == [
        (r"content/caf\xe9.md", "the name is not UTF-8"),
        ("content/l", "leads out of the site"),
    ]


def test_files_that_vanish_meanwhile_are_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path, {"content/a.md": "", "content/b.md": ""})
    path = tmp_path / "content/a.md"

    def look_and_vanish(name: str) -> bool:
        path.unlink(missing_ok=True)
        return name != path.name and is_passed_over(name)

    monkeypatch.setattr("sitegen.storage.scan.is_passed_over", look_and_vanish)
    assert paths(tmp_path) == ["content/b.md"]


def test_files_that_vanish_before_they_are_read_are_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path, {"content/a.md": "", "content/b.md": ""})
    watch_reading(monkeypatch, lambda _: (tmp_path / "content/a.md").unlink(missing_ok=True))
    assert "content/a.md" not in paths(tmp_path)


def test_folders_that_vanish_meanwhile_hold_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path, {"content/a/x.md": "", "content/b.md": ""})
    real = os.open

    def vanish_and_open(path: Path, flags: int) -> int:
        if path.name == "a":
            (path / "x.md").unlink()
            path.rmdir()
        return real(path, flags)

    monkeypatch.setattr("sitegen.storage.scan.os.open", vanish_and_open)
    assert paths(tmp_path) == ["content/b.md"]


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_cannot_be_read_is_a_failure_of_the_machine(tmp_path: Path, kind: str) -> None:
    write_files(tmp_path, {"content/a/x.md": ""})
    (tmp_path / ("content/a/x.md" if kind == "file" else "content/a")).chmod(0)
    code = "import sys, pathlib; from tests.storage.test_scan import paths; paths(pathlib.Path(sys.argv[1]))"
    done = subprocess.run(
        bind_by_permissions(sys.executable, "-c", code, str(tmp_path)),
        capture_output=True,
        text=True,
        timeout=20,
        cwd=Path(__file__).parents[2],
    )
    (tmp_path / "content/a").chmod(0o755)
    place = "content/a/x.md" if kind == "file" else "content/a"
    assert done.stderr.splitlines()[-1] == f"sitegen.errors.MachineError: {tmp_path}/{place}: permission denied"


def test_an_error_of_the_disk_is_a_failure_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path, {"content/a.md": ""})

    def fail(path: str) -> None:
        raise OSError(5, os.strerror(5), path)

    watch_reading(monkeypatch, fail)
    with pytest.raises(MachineError, match=r"content/a\.md: input/output error$"):
        paths(tmp_path)
