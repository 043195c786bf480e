"""`clean`: everything that sitegen made goes, and nothing else."""

from pathlib import Path

import pytest

from sitegen.app.cleaning import clean_site
from sitegen.errors import MachineError
from sitegen.storage import lock
from sitegen.storage.lock import hold_lock
from tests.sites import build, read_tree, write_article, write_files, write_site


@pytest.fixture
def root(tmp_path: Path) -> Path:
    site = write_site(tmp_path / "site", {"content/world/a.md": write_article("A"), "static/x.txt": "x"})
    build(site)
    return site


def test_output_and_memory_go(root: Path) -> None:
    files = len(read_tree(root / "output"))
    assert clean_site(root, root / "output") == files
    assert list((root / "output").iterdir()) == []
    assert not (root / ".sitegen").exists()
    assert build(root).written == files - 1


def test_files_of_strangers_stay_with_their_folders(root: Path) -> None:
    write_files(root / "output", {"notes/mine.txt": "mine", "world/2026/mine.txt": "mine"})
    (root / "output" / "empty").mkdir()
    clean_site(root, root / "output")
    assert list(read_tree(root / "output")) == ["notes/mine.txt", "world/2026/mine.txt"]
    assert (root / "output" / "empty").is_dir()


def test_a_folder_that_sitegen_did_not_write_is_left_alone(root: Path) -> None:
    write_files(root / "www", {"index.html": "mine"})
    assert clean_site(root, root / "www") == 0
    assert clean_site(root, root / "missing") == 0
    assert list(read_tree(root / "www")) == ["index.html"]


@pytest.mark.parametrize("line", ["../precious", "/tmp/precious", "a/../../precious"])
def test_a_manifest_that_leads_outside_deletes_nothing(root: Path, line: str) -> None:
    write_files(root, {"precious": "mine"})
    manifest = root / "output" / "manifest.sha256"
    manifest.write_text(manifest.read_text() + f"{'0' * 64}  {line}\n")
    assert clean_site(root, root / "output") == 0
    assert (root / "precious").read_text() == "mine"


def test_nothing_is_deleted_behind_links(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (root / "output" / "world").rename(outside)
    before = read_tree(outside)
    (root / "output" / "world").symlink_to(outside)
    (root / "output" / "x.txt").unlink()
    (root / "output" / "x.txt").symlink_to(outside / "index.html")
    clean_site(root, root / "output")
    assert read_tree(outside) == before
    assert [path.name for path in (root / "output").iterdir()] == ["world"]


def test_what_a_killed_build_left_goes_too(root: Path) -> None:
    write_files(root / "output", {".sitegen-staging/0000000": "half"})
    clean_site(root, root / "output")
    assert list((root / "output").iterdir()) == []


@pytest.mark.parametrize("busy", ["output", "preview"])
def test_while_a_build_or_a_preview_is_at_work_nothing_goes(
    root: Path, busy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "_ORPHANS", 0.05)
    before = read_tree(root / "output")
    state = root / ".sitegen"
    # As if another process held it: the record of who it is names somebody else.
    with hold_lock(root / busy, state, "serve"):
        for path in state.glob("lock-*"):
            path.write_text(path.read_text().replace('"pid": ', '"pid": 1'))
        with pytest.raises(MachineError, match="is in use by `sitegen serve`, process 1"):
            clean_site(root, root / "output")
    assert read_tree(root / "output") == before
    assert (state / "state.sqlite").exists()
