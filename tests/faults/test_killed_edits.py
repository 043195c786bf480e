"""SIGKILL while an edit is published without a plan: the next build ends where one from nothing does."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.faults.slow_sites import COMMAND
from tests.samples import CLOCK
from tests.sites import (
    build_as_ordered,
    call_build,
    find_standing_site,
    read_tree,
    write_article,
    write_files,
    write_site,
    write_snapshot,
)


class Site:
    """A site whose newest article gets one more at a time, each with a comment."""

    def __init__(self, folder: Path, strace: Path) -> None:
        self.strace = strace
        self.folder = folder
        self.root = write_site(folder / "site")
        self.number = 0
        for _ in range(2):
            self.publish()
            assert call_build(self.root).published

    def publish(self) -> None:
        self.number += 1
        article = write_article(f"News {self.number}", f"2026-10-01T00:{self.number // 60:02}:{self.number % 60:02}")
        stem = f"content/world/n{self.number}"
        write_files(self.root, {f"{stem}.md": article, f"{stem}.comments.json": write_snapshot("One.")})

    def kill(self, call: str, at: int) -> bool:
        """Kill the build of an edit at the `at`-th system call of that name; return whether it was killed."""
        self.publish()
        done = subprocess.run(
            [
                *(self.strace, "-f", "-o", "/dev/null", "-e", f"trace={call}"),
                *("-e", f"inject={call}:signal=SIGKILL:when={at}"),
                *(COMMAND, "-C", self.root, "build", "--jobs", "1"),
            ],
            env={**os.environ, "SOURCE_DATE_EPOCH": str(int(CLOCK.timestamp()))},
            capture_output=True,
            timeout=60,
        )
        report = call_build(self.root)
        assert report.published
        clean = self.folder / "clean"
        assert build_as_ordered(self.root, clean / "output", state_folder=clean / "memory").problems == report.problems
        assert read_tree(self.root / "output") == read_tree(clean / "output")
        shutil.rmtree(clean)
        return done.returncode != 0


@pytest.fixture
def site(strace: Path, tmp_path: Path) -> Site:
    made = Site(tmp_path, strace)
    made.publish()
    assert find_standing_site(made.root)
    return made


@pytest.mark.parametrize(("call", "at"), [("rename", 6), ("pwrite64", 3)])
def test_at_one_call(site: Site, call: str, at: int) -> None:
    assert site.kill(call, at)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("call", "least", "step"),
    [("rename", 15, 1), ("unlink", 1, 1), ("mkdir", 1, 1), ("fsync", 5, 1), ("pwrite64", 10, 3)],
)
def test_at_every_call(site: Site, call: str, least: int, step: int) -> None:
    at = 1
    while site.kill(call, at):
        at += step
    assert at > least
