"""Every way in which an edit reaches the disk is noticed, and nothing else is."""

import ctypes
import errno
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue

import pytest

from sitegen.serve.watcher import Watcher
from tests.sites import write_files

SECONDS = 20.0


class Site:
    """A site that is watched."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.changed: Queue[Path] = Queue()
        self.said: list[str] = []
        self.watcher = Watcher(root, ("sitegen.toml", "content", "static"), self.changed.put, self.said.append)
        self.watch()

    def watch(self) -> None:
        """Look anew which folders there are, as is done before every build."""
        self.watcher.watch([self.root / "content", self.root / "static", self.root / "theme"], self.root / ".sitegen")

    def wait_for(self, path: str) -> None:
        """Wait until something is noticed at `path`; fail if that takes too long."""
        while self.changed.get(timeout=SECONDS) != self.root / path:
            pass

    def expect_nothing_else(self) -> None:
        """Fail if anything but a last edit, made here, is noticed."""
        (self.root / "content/last.md").write_text("last")
        assert self.changed.get(timeout=SECONDS) == self.root / "content/last.md"

    def drain(self) -> None:
        """Forget what was noticed so far."""
        (self.root / "content/drain.md").write_text("drain")
        self.wait_for("content/drain.md")
        try:
            while True:
                self.changed.get(timeout=0.2)
        except Empty:
            pass


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site with two articles."""
    root = tmp_path.resolve()
    write_files(root, {"sitegen.toml": "", "content/world/a.md": "a", "content/world/b.md": "b", ".sitegen/x": ""})
    watched = Site(root)
    with watched.watcher:
        yield watched


def save_in_place(file: Path) -> None:
    with file.open("r+") as stream:
        stream.write("new")


def save_like_vim(file: Path) -> None:
    (file.parent / "4913").write_text("")
    (file.parent / "4913").unlink()
    file.rename(f"{file}~")
    file.write_text("new")
    Path(f"{file}~").unlink()


def save_by_rename(file: Path) -> None:
    temporary = file.parent / ".a.md.tmp"
    temporary.write_text("new")
    temporary.replace(file)


def delete_and_create(file: Path) -> None:
    file.unlink()
    file.write_text("new")


@pytest.mark.parametrize("save", [save_in_place, save_like_vim, save_by_rename, delete_and_create, Path.unlink])
def test_every_way_of_saving(site: Site, save: Callable[[Path], None]) -> None:
    save(site.root / "content/world/a.md")
    site.wait_for("content/world/a.md")


def test_folders_come_go_and_are_renamed(site: Site) -> None:
    (site.root / "content/sport/football").mkdir(parents=True)
    (site.root / "content/sport/football/c.md").write_text("c")
    site.wait_for("content/sport/football/c.md")
    (site.root / "content/sport").rename(site.root / "content/games")
    site.wait_for("content/games/football/c.md")
    (site.root / "content/games/football/c.md").write_text("new")
    site.wait_for("content/games/football/c.md")
    shutil.rmtree(site.root / "content/games")
    site.wait_for("content/games")


def test_a_folder_that_is_moved_in_is_watched(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "bundle"
    write_files(outside, {"index.md": "a"})
    outside.rename(site.root / "content/world/bundle")
    site.wait_for("content/world/bundle")
    (site.root / "content/world/bundle/index.md").write_text("new")
    site.wait_for("content/world/bundle/index.md")


def test_folders_that_appear_later(site: Site) -> None:
    (site.root / "static").mkdir()
    site.wait_for("static")
    site.watch()
    (site.root / "static/favicon.ico").write_text("new")
    site.wait_for("static/favicon.ico")


def test_a_folder_that_is_replaced(site: Site) -> None:
    (site.root / "content").rename(site.root / "before")
    site.wait_for("content")
    write_files(site.root, {"content/world/a.md": "new"})
    site.wait_for("content")
    site.watch()
    (site.root / "content/world/a.md").write_text("newer")
    site.wait_for("content/world/a.md")
    site.drain()
    (site.root / "before/world/a.md").write_text("old")
    site.expect_nothing_else()


def test_a_folder_that_is_deleted_and_made_again(site: Site) -> None:
    shutil.rmtree(site.root / "content")
    site.wait_for("content")
    site.watch()
    (site.root / "content").mkdir()
    site.wait_for("content")
    site.watch()
    (site.root / "content/a.md").write_text("new")
    site.wait_for("content/a.md")


def test_the_configuration_is_noticed_in_a_folder_full_of_other_things(site: Site) -> None:
    for name in ("README.md", "sitegen.toml~", ".sitegen.toml.swp", ".sitegen/state.sqlite", "output/index.html"):
        write_files(site.root, {name: "new"})
    save_by_rename(site.root / "sitegen.toml")
    assert site.changed.get(timeout=SECONDS) == site.root / "sitegen.toml"


def test_reading_and_leavings_of_editors_are_not_noticed(site: Site) -> None:
    (site.root / "content/world/a.md").read_text()
    assert len(list((site.root / "content/world").iterdir())) == 2
    for name in (".a.md.swp", "a.md~", ".git/index", ".DS_Store", "a.md.swp"):
        write_files(site.root / "content/world", {name: "x"})
    (site.root / "content/world/.a.md.swp").unlink()
    site.expect_nothing_else()


def test_targets_of_links_are_watched(site: Site) -> None:
    write_files(site.root, {"about.md": "a", "shared/s.md": "s", "parts/p.md": "p", "parts/q.md": "q"})
    (site.root / "content/about.md").symlink_to("../about.md")
    (site.root / "content/shared").symlink_to("../shared")
    (site.root / "content/p.md").symlink_to("../parts/p.md")
    site.wait_for("content/p.md")
    site.watch()
    for path in ("about.md", "shared/s.md", "parts/p.md"):
        (site.root / path).write_text("new")
        site.wait_for(path)


def test_after_hundreds_of_saves_the_next_one_counts(site: Site) -> None:
    file = site.root / "content/world/a.md"
    for number in range(200):
        file.write_text(str(number))
    site.drain()
    file.write_text("last")
    site.wait_for("content/world/a.md")


def limit_watches(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Let the system refuse every watch after the first `most`, as it does at its limit."""
    from watchdog.observers import inotify_c  # noqa: PLC0415 -- only where there is inotify

    add = inotify_c.inotify_add_watch
    taken: list[int] = []

    def add_or_refuse(descriptor: int, path: bytes, mask: int) -> int:
        if len(taken) >= most:
            ctypes.set_errno(errno.ENOSPC)
            return -1
        taken.append(int(add(descriptor, path, mask)))
        return taken[-1]

    monkeypatch.setattr(inotify_c, "inotify_add_watch", add_or_refuse)


@pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux")
@pytest.mark.parametrize("most", [0, 1, 2, 3])
def test_at_the_limit_of_the_system_files_are_looked_at_every_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr("sitegen.serve.watcher.POLL_SECONDS", 0.05)
    limit_watches(monkeypatch, most)
    root = tmp_path.resolve()
    write_files(root, {"sitegen.toml": "", "content/world/a.md": "a", ".sitegen/x": ""})
    site = Site(root)
    with site.watcher:
        notice = "inotify watch limit reached: files are looked at every second instead"
        assert site.said == [f"{notice} (Linux: `sysctl fs.inotify` shows the limits and raises them)"]
        (root / "content/world/a.md").write_text("longer")
        site.wait_for("content/world/a.md")
        write_files(root, {"content/sport/b.md": "b", "static/c.css": "c"})
        site.wait_for("content/sport/b.md")
        site.watch()
        (root / "static/c.css").write_text("longer")
        site.wait_for("static/c.css")
    assert len(site.said) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux")
def test_no_watcher_at_all_is_polling_too(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EMFILE, "inotify instance limit reached")

    monkeypatch.setattr("sitegen.serve.watcher.POLL_SECONDS", 0.05)
    monkeypatch.setattr("sitegen.serve.watcher.Observer", refuse)
    second = Site(site.root)
    with second.watcher:
        (site.root / "content/world/a.md").write_text("longer")
        second.wait_for("content/world/a.md")
    assert second.said[0].startswith("inotify instance limit reached: files are looked at every second instead")
