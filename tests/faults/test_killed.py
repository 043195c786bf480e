"""SIGKILL at a system call of a real build: whole files at any moment, and a next build that needs no help."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.faults.slow_sites import COMMAND
from tests.sites import build, call_sitegen, read_tree, write_article, write_files, write_site

OLD = {
    "content/world/a.md": write_article("A", tags="Sea"),
    "content/world/b.md": write_article("B", "2026-10-02"),
    "content/sport/gone.md": write_article("Gone", "2026-10-03"),
    "static/about": "a file",
    "static/x.txt": "x",
}
NEW = {
    "content/world/a.md": write_article("A", body="New text.", tags="Sea, Fog"),
    "content/world/c.md": write_article("C", "2026-10-04"),
    "content/pages/about.md": "---\ntitle: About\n---\nUs.\n",
    "static/x.txt": "y",
}
GONE = ("content/sport/gone.md", "static/about")


class Sites:
    """Copies of a site that was built and then edited, and the output that an undisturbed build makes of it."""

    def __init__(self, folder: Path, strace: Path) -> None:
        self.strace = strace
        self.folder = folder
        self.root = write_site(folder / "original", OLD)
        build(self.root)
        self.old = read_tree(self.root / "output")
        for path in GONE:
            (self.root / path).unlink()
        write_files(self.root, NEW)
        scratch = folder / "scratch"
        shutil.copytree(self.root, scratch, ignore=shutil.ignore_patterns("output", ".sitegen"))
        build(scratch)
        self.new = read_tree(scratch / "output")

    def kill(self, call: str, at: int) -> bool:
        """Kill a build of a copy at the `at`-th system call of that name, and check; return whether it was killed."""
        copy = self.folder / f"{call}-{at}"
        shutil.copytree(self.root, copy, symlinks=True)
        done = subprocess.run(
            [
                *(self.strace, "-f", "-o", "/dev/null", "-e", f"trace={call}"),
                *("-e", f"inject={call}:signal=SIGKILL:when={at}"),
                *(COMMAND, "-C", copy, "build", "--jobs", "1"),
            ],
            env={**os.environ, "SOURCE_DATE_EPOCH": "1793534400"},
            capture_output=True,
            text=True,
            timeout=60,
        )
        if done.returncode == 0:
            assert read_tree(copy / "output") == self.new
            return False
        assert done.stderr == ""
        self._check_readers(copy / "output")
        assert call_sitegen("-C", copy, "build", "--jobs", "1").code == 0
        assert read_tree(copy / "output") == self.new
        assert build(copy).rendered == 0
        left = {path.name for path in (copy / ".sitegen").iterdir() if not path.name.startswith("lock-")}
        assert left == {"state.sqlite", "state.sqlite.lock"}
        assert not list(copy.rglob("*.tmp"))
        shutil.rmtree(copy)
        return True

    def _check_readers(self, output: Path) -> None:
        there = {path: data for path, data in read_tree(output).items() if not path.startswith(".sitegen-staging")}
        for path, data in there.items():
            assert data in (self.old.get(path), self.new.get(path)), path
        assert there.keys() >= self.old.keys() & self.new.keys()


@pytest.fixture(scope="module")
def sites(strace: Path, tmp_path_factory: pytest.TempPathFactory) -> Sites:
    return Sites(tmp_path_factory.mktemp("killed"), strace)


@pytest.mark.parametrize(("call", "at"), [("rename", 1), ("rename", 9), ("unlink", 1), ("pwrite64", 5)])
def test_at_one_call(sites: Sites, call: str, at: int) -> None:
    assert sites.kill(call, at)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("call", "least", "step"),
    [
        ("rename", 15, 1),
        ("unlink", 3, 1),
        ("unlinkat", 1, 1),
        ("mkdir", 4, 1),
        ("rmdir", 3, 1),
        ("fsync", 20, 1),
        ("pwrite64", 20, 5),
    ],
)
def test_at_every_call(sites: Sites, call: str, least: int, step: int) -> None:
    at = 1
    while sites.kill(call, at):
        at += step
    assert at > least
