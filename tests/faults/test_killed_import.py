"""SIGKILL at a system call of a real import: the site is as it was, or the next import finishes it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.faults.slow_sites import COMMAND
from tests.importers.wordpress.wxr_exports import write_comment, write_export, write_item, write_term
from tests.sites import Outcome, call_sitegen, read_tree, write_files

OLD = write_export(write_item(17, "Old text.", write_comment(1)))
NEW = write_export(
    write_item(17, "New text.", write_term("category", "world", "World"), write_comment(1), write_comment(2)),
    write_item(18, "Second.", write_comment(3), link="https://old.example/second/", wp_post_name="second"),
    write_item(5, "Us.", link="https://old.example/about/", wp_post_name="about", wp_post_type="page"),
)


def read_site(root: Path) -> dict[str, bytes]:
    return {path: data for path, data in read_tree(root).items() if not path.startswith(".sitegen/")}


class Sites:
    """Copies of a site with an older import, and what an undisturbed newer one makes of it."""

    def __init__(self, folder: Path, strace: Path) -> None:
        self.strace = strace
        self.folder = folder
        config = 'title = "T"\nbase_url = "https://news.example/"\n'
        write_files(folder, {"old.xml": OLD, "new.xml": NEW, "original/sitegen.toml": config})
        self.root = folder / "original"
        (self.root / "content").mkdir()
        assert self.call(self.root, "old").code == 0
        self.old = read_site(self.root)
        scratch = folder / "scratch"
        shutil.copytree(self.root, scratch)
        assert self.call(scratch, "new").code == 0
        self.new = read_site(scratch)

    def call(self, root: Path, name: str) -> Outcome:
        """Import one of the two exports."""
        return call_sitegen("-C", root, "import", "wxr", self.folder / f"{name}.xml")

    def kill(self, call: str, at: int) -> bool:
        """Kill an import at the `at`-th system call of that name, and check; return whether it was killed."""
        copy = self.folder / f"{call}-{at}"
        shutil.copytree(self.root, copy)
        done = subprocess.run(
            [
                *(self.strace, "-f", "-o", "/dev/null", "-e", f"trace={call}"),
                *("-e", f"inject={call}:signal=SIGKILL:when={at}"),
                *(COMMAND, "-q", "-C", copy, "import", "wxr", self.folder / "new.xml"),
            ],
            env={**os.environ, "SOURCE_DATE_EPOCH": "1793534400"},
            capture_output=True,
            text=True,
            timeout=60,
        )
        there = read_site(copy)
        if done.returncode == 0:
            assert there == self.new
            return False
        for path, data in there.items():
            assert data in (self.old.get(path), self.new.get(path)), path
        assert there.keys() >= self.old.keys()
        assert there == self.old or (copy / ".sitegen/import/journal.json").is_file() or there == self.new
        assert self.call(copy, "new").code == 0
        assert read_site(copy) == self.new
        assert not (copy / ".sitegen/import").exists()
        shutil.rmtree(copy)
        return True


@pytest.fixture(scope="module")
def sites(strace: Path, tmp_path_factory: pytest.TempPathFactory) -> Sites:
    return Sites(tmp_path_factory.mktemp("killed"), strace)


@pytest.mark.parametrize(("call", "at"), [("rename", 1), ("rename", 4), ("fsync", 1), ("mkdir", 1), ("unlinkat", 1)])
def test_at_one_call(sites: Sites, call: str, at: int) -> None:
    assert sites.kill(call, at)


@pytest.mark.slow
@pytest.mark.parametrize(("call", "least"), [("rename", 6), ("fsync", 1), ("mkdir", 2), ("unlinkat", 1), ("rmdir", 1)])
def test_at_every_call(sites: Sites, call: str, least: int) -> None:
    at = 1
    while sites.kill(call, at):
        at += 1
    assert at > least
