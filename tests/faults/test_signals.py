"""Ctrl-C and SIGTERM: a quick end with the right code, the old site as it was, and nobody left behind."""

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.slow_sites import (
    building,
    is_reading,
    is_rendering,
    members_of,
    slow_to_read,
    slow_to_render,
    wait_until,
)
from tests.sites import build, read_tree, write_files

Send = Callable[[subprocess.Popen[str]], None]

SOON = 45
"""Seconds until an end has to come: less than the minute that one article takes, and more than a disk needs that others
keep busy, since a process cannot be ended while it waits for that."""
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}


def old_site(root: Path) -> dict[str, bytes]:
    """What an earlier build has published into the output of `root`."""
    slow = {path: (root / path).read_bytes() for path in ("sitegen.toml", "themes/tiny/templates/article.html")}
    write_files(
        root, {"sitegen.toml": 'title = "Old"\ntheme = ["tiny"]\n', "themes/tiny/templates/article.html": "old"}
    )
    build(root)
    write_files(root, slow)
    return read_tree(root / "output")


def check_end(process: subprocess.Popen[str], number: signal.Signals) -> None:
    out, err = process.communicate(timeout=SOON)
    assert process.returncode == CODES[number]
    assert "Traceback" not in err
    assert out == ""
    assert members_of(process.pid) == []


@pytest.mark.parametrize("number", CODES, ids=lambda number: number.name)
@pytest.mark.parametrize("jobs", [1, 2])
def test_in_the_midst_of_reading(tmp_path: Path, number: signal.Signals, jobs: int) -> None:
    root = slow_to_read(tmp_path / "site")
    before = old_site(root)
    with building(root, "--jobs", str(jobs)) as process:
        wait_until(is_reading(root, jobs), process, "reading")
        process.send_signal(number)
        check_end(process, number)
    assert read_tree(root / "output") == before


@pytest.mark.parametrize("number", CODES, ids=lambda number: number.name)
@pytest.mark.parametrize("jobs", [1, 2])
def test_in_the_midst_of_rendering(tmp_path: Path, number: signal.Signals, jobs: int) -> None:
    root = slow_to_render(tmp_path / "site")
    before = old_site(root)
    with building(root, "--jobs", str(jobs)) as process:
        wait_until(is_rendering(root), process, "rendering")
        process.send_signal(number)
        check_end(process, number)
    assert read_tree(root / "output") == before


def test_ctrl_c_on_a_terminal_reaches_every_process_of_the_group(tmp_path: Path) -> None:
    root = slow_to_read(tmp_path / "site")
    with building(root, "--jobs", "2") as process:
        wait_until(is_reading(root, 2), process, "reading")
        os.killpg(process.pid, signal.SIGINT)
        check_end(process, signal.SIGINT)


def test_of_a_new_output_nothing_is_left(tmp_path: Path) -> None:
    root = slow_to_render(tmp_path / "site")
    with building(root, "--output", str(root / "deep" / "output")) as process:
        wait_until((root / "deep/output/.sitegen-staging").is_dir, process, "rendering")
        process.terminate()
        process.communicate(timeout=SOON)
    assert not (root / "deep").exists()
