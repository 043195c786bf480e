"""What is on the disk, or not."""

import shutil
from pathlib import Path

import pytest

from sitegen.model.source import Scan, build_scan
from sitegen.storage import files
from sitegen.storage.scan import SOURCE_FOLDERS, scan
from sitegen.storage.state import STATE_FILE, STATE_FOLDER, open_state
from tests.sites import call_build, call_sitegen, read_tree, write_article, write_files, write_site, write_snapshot
from tests.storage.watched_scan import watch_reading

FILES = {
    "content/world/_index.md": "---\ntitle: World\n---\n",
    "content/world/a.md": write_article("A"),
    "content/world/a.comments.json": write_snapshot("first"),
    "content/world/b.md": write_article("B"),
    "static/files/report.txt": "report",
}


def last_scan(root: Path) -> Scan:
    with open_state(root / STATE_FOLDER / STATE_FILE) as state:
        return state.last_scan()


def look_anew(root: Path) -> Scan:
    return build_scan(scan(root, SOURCE_FOLDERS, build_scan((), 0)), 0)


def test_a_first_build_leaves_texts_to_those_who_parse_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_site(tmp_path / "site", FILES)
    read: list[str] = []
    watch_reading(monkeypatch, lambda path: read.append(Path(path).name))
    assert call_build(root).published
    assert sorted(read) == ["_index.md", "report.txt"]
    assert last_scan(root).stamps == look_anew(root).stamps
    assert last_scan(root).contents == look_anew(root).contents
    assert call_build(root).rendered == 0


def test_what_nobody_parses_is_read_in_the_end(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site", {**FILES, "content/world/lost.comments.json": write_snapshot("lost")})
    assert not call_build(root).published
    assert last_scan(root).stamps == look_anew(root).stamps
    write_files(root, {"content/world/lost.md": write_article("Lost")})
    assert call_build(root).published
    assert any(b"lost" in data for data in read_tree(root / "output").values())


def test_a_text_that_changes_before_a_first_build_parses_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_site(tmp_path / "site", FILES)
    real = files.read_bytes

    def change_and_read(path: str) -> bytes:
        if path.endswith("/b.md"):
            write_files(root, {"content/world/b.md": write_article("New")})
        return real(path)

    monkeypatch.setattr("sitegen.app.parsing.read_bytes", change_and_read)
    assert call_build(root).published
    monkeypatch.undo()
    assert call_build(root).rendered == 0
    other = write_site(tmp_path / "other", {**FILES, "content/world/b.md": write_article("New")})
    assert call_build(other).published
    assert read_tree(root / "output") == read_tree(other / "output")
    assert last_scan(root).stamps == look_anew(root).stamps


def test_a_folder_that_is_not_there_takes_no_page_away(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site", {"content/world/a.md": write_article("A")})
    assert call_sitegen("-C", root, "build").code == 0
    before = read_tree(root / "output")
    shutil.rmtree(root / "content")
    for options in ((), ("--keep-going",)):
        done = call_sitegen("-C", root, "build", *options)
        assert done.code == 1
        assert "error[content]: there is no folder `content/`" in done.err
        assert read_tree(root / "output") == before
