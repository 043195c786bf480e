"""`sitegen init`; what it writes is in tests/app/test_scaffold.py."""

from pathlib import Path

from tests.sites import call_sitegen, read_tree


def test_a_new_site_builds_strictly_but_for_its_address(tmp_path: Path) -> None:
    done = call_sitegen("init", "my-site", cwd=tmp_path)
    assert done.code == 0
    assert sorted(done.out.splitlines()) == sorted(read_tree(tmp_path / "my-site"))
    assert done.err.splitlines()[-1] == "  sitegen -C my-site serve"
    assert any(path.startswith("themes/mine/templates/") for path in read_tree(tmp_path / "my-site"))
    built = call_sitegen("-C", tmp_path / "my-site", "build", "--strict", "--base-url", "https://news.example/")
    assert built.code == 0, built.err


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("mine")
    done = call_sitegen("init", tmp_path / "mine")
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines()[0] == f"error: {tmp_path}/mine is not empty"
    assert read_tree(tmp_path / "mine") == {"notes.txt": b"mine"}


def test_a_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    done = call_sitegen("init", tmp_path / "mine")
    assert (done.code, done.out) == (2, "")
    assert (tmp_path / "mine").read_text() == "mine"


def test_an_empty_folder_and_one_below_it_will_do(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert call_sitegen("-C", tmp_path / "empty", "init", ".").code == 0
    assert call_sitegen("-C", tmp_path, "init", "a/b/c").code == 0
    assert read_tree(tmp_path / "empty") == read_tree(tmp_path / "a/b/c")
