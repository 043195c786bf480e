"""Two at once: one waits, or ends naming who is at work; the dead are in nobody's way."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.faults.slow_sites import (
    COMMAND,
    building,
    is_reading,
    is_rendering,
    members_of,
    slow_to_read,
    slow_to_render,
    wait_until,
    write_articles,
)
from tests.sites import build, read_tree, run_sitegen, write_article, write_files, write_site


def quicken(root: Path) -> None:
    """Let the site be built in no time from now on."""
    write_files(root, {"themes/tiny/templates/article.html": "quick", "sitegen.toml": 'theme = ["tiny"]\n'})


def test_the_second_build_into_a_folder_ends_naming_the_first(tmp_path: Path) -> None:
    root = slow_to_render(tmp_path / "site")
    with building(root) as first:
        wait_until(is_rendering(root), first, "rendering")
        second = run_sitegen("-C", root, "build")
        assert second.returncode == 4
        assert re.fullmatch(
            rf"error: {root}/output is in use by `sitegen build`, process {first.pid}, since \S+\n"
            r"  hint: wait until it is done, or end that process\n",
            second.stderr,
        )
        assert first.poll() is None


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_build_that_was_killed_is_in_nobody_s_way(tmp_path: Path, jobs: str) -> None:
    root = slow_to_render(tmp_path / "site")
    with building(root, "--jobs", jobs) as killed:
        wait_until(is_rendering(root), killed, "rendering")
        killed.kill()
        killed.wait()
        quicken(root)
        following = run_sitegen("-C", root, "build")
        assert (following.returncode, members_of(killed.pid)) == (0, [])
    assert read_tree(root / "output") == read_tree(build_afresh(root))


def build_afresh(root: Path) -> Path:
    """The output of a build that remembers nothing, into a folder that was not there."""
    output = root.parent / "afresh"
    build(root, output, clean=True)
    return output


def test_builds_into_two_folders_at_once_both_succeed(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site", write_articles())
    commands: list[list[str | Path]] = [
        [COMMAND, "-C", root, "build", "--output", tmp_path / name] for name in ("one", "two", "three")
    ]
    processes = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for command in commands]
    for process in processes:
        assert (process.communicate(timeout=60)[1].count("error"), process.returncode) == (0, 0)
    one = read_tree(tmp_path / "one")
    assert len(one) > 130
    assert read_tree(tmp_path / "two") == read_tree(tmp_path / "three") == one
    assert build(root, tmp_path / "one").rendered == 0


def test_a_build_into_another_folder_waits_for_the_memory(tmp_path: Path) -> None:
    root = slow_to_read(tmp_path / "site")
    with building(root, "--jobs", "1") as first:
        wait_until(is_reading(root, 1), first, "reading")
        quicken(root)
        with building(root, "--output", str(tmp_path / "other")) as second:
            wait_until(lambda: len(list((root / ".sitegen").glob("lock-*"))) == 2, second, "the second lock")
            assert second.poll() is None
            first.kill()
            assert second.wait(timeout=60) == 0
    assert (tmp_path / "other" / "index.html").is_file()


def test_cleaning_waits_for_no_build(tmp_path: Path) -> None:
    root = slow_to_render(tmp_path / "site")
    with building(root, "--output", str(tmp_path / "other")) as first:
        wait_until((tmp_path / "other/.sitegen-staging").is_dir, first, "rendering")
        refused = run_sitegen("-C", root, "clean")
        assert refused.returncode == 4
        assert f"is in use by `sitegen build`, process {first.pid}" in refused.stderr
        assert (root / ".sitegen" / "state.sqlite").exists()


def test_a_preview_and_builds_are_in_nobody_s_way_but_cleaning_is(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site", write_articles(3))
    command = [str(COMMAND), "-C", str(root), "serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as preview:
        try:
            wait_until((root / ".sitegen/preview/site/manifest.sha256").is_file, preview, "the preview")
            write_files(root, {"content/world/new.md": write_article("New")})
            assert run_sitegen("-C", root, "build").returncode == 0
            wait_until((root / ".sitegen/preview/site/world/2026/10/new/index.html").is_file, preview, "the new page")
            assert run_sitegen("-C", root, "build").returncode == 0
            cleaning = run_sitegen("-C", root, "clean")
            assert cleaning.returncode == 4
            assert f"is in use by `sitegen serve`, process {preview.pid}" in cleaning.stderr
        finally:
            preview.terminate()
    assert preview.returncode == 143
    assert run_sitegen("-C", root, "clean").returncode == 0
    assert not (root / ".sitegen").exists()
