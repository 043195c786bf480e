"""`sitegen clean`."""

from pathlib import Path

import pytest

from tests.sites import call_sitegen, read_tree, write_article, write_files, write_site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = write_site(tmp_path / "site", {"content/world/a.md": write_article("A")})
    assert call_sitegen("-C", site, "build").code == 0
    return site


def test_what_sitegen_wrote_goes_and_nothing_else(site: Path) -> None:
    sources = {path: data for path, data in read_tree(site).items() if not path.startswith(("output/", ".sitegen/"))}
    written = len(read_tree(site / "output"))
    write_files(site, {"output/mine.txt": "mine", "output/world/mine.txt": "mine"})
    done = call_sitegen("-C", site, "clean")
    assert (done.code, done.out, done.err) == (0, "", f"{written} files removed\n")
    assert read_tree(site) == {**sources, "output/mine.txt": b"mine", "output/world/mine.txt": b"mine"}


def test_there_may_be_nothing_to_do(site: Path) -> None:
    call_sitegen("-C", site, "clean")
    before = read_tree(site)
    assert call_sitegen("-C", site, "clean").err == "0 files removed\n"
    assert read_tree(site) == before


def test_another_output(site: Path, tmp_path: Path) -> None:
    assert call_sitegen("-C", site, "build", "--output", tmp_path / "www").code == 0
    assert call_sitegen("-q", "-C", site, "clean", "--output", tmp_path / "www").err == ""
    assert not (tmp_path / "www/index.html").exists()
    assert (site / "output/index.html").is_file()


def test_somebody_elses_folder_is_left_alone(site: Path) -> None:
    write_files(site, {"www/index.html": "mine"})
    assert call_sitegen("-C", site, "clean", "--output", "www").code == 0
    assert read_tree(site / "www") == {"index.html": b"mine"}


def test_a_site_can_be_built_again(site: Path) -> None:
    before = read_tree(site / "output")
    call_sitegen("-C", site, "clean")
    assert call_sitegen("-C", site, "build").code == 0
    assert read_tree(site / "output") == before


def test_without_a_site_nothing_is_cleaned(tmp_path: Path) -> None:
    assert call_sitegen("clean", cwd=tmp_path).code == 2
