"""Single files: whole or not at all, readable by a web server, every failure in one line."""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.errors import MachineError
from sitegen.storage.files import (
    explain_failures,
    make_folder,
    read_bytes,
    remove_empty_folders,
    remove_file,
    remove_tree,
    write_atomic,
)
from tests.storage.faulty_disk import run_until_death


@pytest.fixture(params=[0o000, 0o077, 0o777], ids=oct)
def any_umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.usefixtures("any_umask")
def test_modes_suit_a_web_server_whatever_the_umask(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "index.html"
    write_atomic(path, b"text")
    assert mode(path) == 0o644
    assert mode(tmp_path / "a") == mode(tmp_path / "a" / "b") == 0o755


def test_a_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "x"
    write_atomic(path, b"old")
    write_atomic(path, b"new")
    assert path.read_bytes() == b"new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["x"]


@pytest.mark.parametrize("step", ["fsync", "fchmod", "replace"])
def test_when_a_step_fails_the_old_file_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    path = tmp_path / "x"
    write_atomic(path, b"old")

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(MachineError, match="no space left on device") as failure:
        write_atomic(path, b"new")
    assert failure.value.hint == "free some space and run it again; nothing was lost"
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["x"]


def test_what_a_killed_process_leaves_goes_with_the_next_attempt(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 255)
    for at in range(1, 5):
        assert not run_until_death(at, lambda: write_atomic(path, b"new"))
    write_atomic(path, b"newer")
    assert [entry.read_bytes() for entry in tmp_path.iterdir()] == [b"newer"]


def test_a_link_in_place_of_the_temporary_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "precious").write_text("precious")
    real = os.open

    def plant(path: str, flags: int, mode: int) -> int:
        Path(path).symlink_to(tmp_path / "precious")
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", plant)
    with pytest.raises(MachineError, match="too many levels of symbolic links"):
        write_atomic(tmp_path / "x", b"new")
    assert (tmp_path / "precious").read_text() == "precious"


def test_a_failure_names_path_and_cause(tmp_path: Path) -> None:
    with pytest.raises(MachineError) as failure:
        read_bytes(tmp_path / "missing")
    assert str(failure.value) == f"{tmp_path}/missing: no such file or directory"


def test_a_failure_that_names_no_file_is_told_of_the_one_that_was_meant() -> None:
    with pytest.raises(MachineError, match=r"^output/a: input/output error$"), explain_failures("output/a"):
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_of_a_renaming_the_target_is_named(tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(b"")
    (tmp_path / "target").mkdir()
    with pytest.raises(MachineError, match=r"/target: is a directory$"), explain_failures(tmp_path):
        (tmp_path / "source").replace(tmp_path / "target")


def test_names_that_are_no_text_can_be_printed() -> None:
    with pytest.raises(MachineError) as failure, explain_failures("x"):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), os.fsdecode(b"caf\xe9"))
    assert str(failure.value) == r"caf\xe9: permission denied"
    assert failure.value.hint == "look at the owner and the permissions"


def test_a_file_where_a_folder_must_be(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(MachineError, match=r"/a: is a file where a folder must be"):
        make_folder(tmp_path / "a")
    with pytest.raises(MachineError, match=r"not a directory"):
        make_folder(tmp_path / "a" / "b")


def test_folders_that_are_there_keep_their_modes(tmp_path: Path) -> None:
    (tmp_path / "private").mkdir(mode=0o700)
    make_folder(tmp_path / "private" / "a")
    assert mode(tmp_path / "private") == 0o700


def test_deleting_what_is_not_there_is_no_failure(tmp_path: Path) -> None:
    remove_file(tmp_path / "missing")
    remove_tree(tmp_path / "missing")


def test_empty_folders_go_and_others_stay(tmp_path: Path) -> None:
    for folder in ("a/b/c", "d/e", "f"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "d" / "e" / "file").write_bytes(b"")
    remove_empty_folders(tmp_path)
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == ["d", "d/e", "d/e/file"]
