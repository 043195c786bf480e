"""One process at a time: whoever comes second is told who came first, and a dead holder holds nothing."""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sitegen.errors import MachineError
from sitegen.storage import lock
from sitegen.storage.lock import hold_lock, hold_memory, refuse_other_holders

_HOLD = """
import os, sys
from pathlib import Path
from sitegen.storage.lock import hold_lock, hold_memory
output, state = map(Path, sys.argv[2:])
manager = hold_lock(output, state, "build") if sys.argv[1] == "lock" else hold_memory(state / "state.sqlite", "build")
with manager:
    if "child" in os.environ.get("HOLDER", "") and not os.fork():
        sys.stdin.read(1)
        os._exit(0)
    print("held", flush=True)
    sys.stdin.read(1)
"""


@contextmanager
def held_by_another(kind: str, output: Path, state: Path, holder: str = "") -> Iterator[subprocess.Popen[str]]:
    """A process that holds a lock until its standard input is closed."""
    command = [sys.executable, "-c", _HOLD, kind, str(output), str(state)]
    environment = {**os.environ, "HOLDER": holder}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.stdin.close()


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    folder.mkdir()
    return folder


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / ".sitegen"


def test_the_second_is_told_who_came_first(output: Path, state: Path) -> None:
    with (
        held_by_another("lock", output, state) as holder,
        pytest.raises(MachineError) as refusal,
        hold_lock(output, state, "build"),
    ):
        pytest.fail("both hold it")
    assert re.fullmatch(
        rf"{re.escape(str(output))} is in use by `sitegen build`, process {holder.pid}, since 20\d\d-\S+\+00:00",
        str(refusal.value),
    )
    assert refusal.value.hint == "wait until it is done, or end that process"


def test_a_folder_by_another_name_is_the_same_folder(output: Path, state: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(output)
    with hold_lock(output, state, "build"), pytest.raises(MachineError), hold_lock(tmp_path / "link", state, "build"):
        pytest.fail("both hold it")


def test_a_folder_that_is_not_there_yet_is_held_too(state: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    with hold_lock(new, state, "build"), pytest.raises(MachineError), hold_lock(new, state, "build"):
        pytest.fail("both hold it")
    assert not new.exists()


def test_different_folders_do_not_hinder_each_other(output: Path, state: Path, tmp_path: Path) -> None:
    with hold_lock(output, state, "build"), hold_lock(tmp_path / "other", state, "build"):
        pass


def test_two_sites_with_one_output(output: Path, state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_ORPHANS", 0.05)
    with (
        hold_lock(output, state, "build"),
        pytest.raises(MachineError, match="is in use by the build of another site"),
        hold_lock(output, tmp_path / "other-site", "build"),
    ):
        pytest.fail("both hold it")


def test_it_is_free_again_afterwards(output: Path, state: Path) -> None:
    for _ in range(2):
        with hold_lock(output, state, "build"):
            pass
    with pytest.raises(ZeroDivisionError), hold_lock(output, state, "build"):
        raise ZeroDivisionError
    with hold_lock(output, state, "build"):
        pass


def test_a_killed_holder_holds_nothing(output: Path, state: Path) -> None:
    with held_by_another("lock", output, state) as holder:
        holder.kill()
        holder.wait()
        with hold_lock(output, state, "build"):
            pass


def test_children_of_a_killed_holder_are_waited_for(output: Path, state: Path) -> None:
    # The child has inherited the lock, and ends when its standard input is closed.
    with held_by_another("lock", output, state, "with a child") as holder:
        holder.kill()
        holder.wait()
        assert holder.stdin
        end = threading.Timer(0.2, holder.stdin.close)
        end.start()
        with hold_lock(output, state, "build"):
            assert holder.stdin.closed
        end.join()


def test_a_record_of_a_dead_process_misleads_nobody(output: Path, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_ORPHANS", 0.05)
    with held_by_another("lock", output, state) as holder:
        (path,) = state.glob("lock-*")
        path.write_text("not a record")
        with pytest.raises(MachineError, match=r"is in use by another process$"), hold_lock(output, state, "build"):
            pytest.fail("both hold it")
        assert holder.poll() is None


def test_builds_into_two_folders_wait_for_the_memory(output: Path, state: Path) -> None:
    with held_by_another("memory", output, state) as holder:
        with pytest.raises(MachineError, match=f"process {holder.pid}"), hold_memory(state / "state.sqlite", "x", 0.05):
            pytest.fail("both hold it")
        assert holder.stdin
        holder.stdin.close()
        started = time.monotonic()
        with hold_memory(state / "state.sqlite", "build", 30):
            assert time.monotonic() - started < 10


def test_a_lock_file_that_is_deleted_meanwhile_is_made_again(
    output: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Between opening and locking somebody cleans: then the lock would be on a file that nobody else can see.
    real, cleaned = lock._try, False

    def clean_first(descriptor: int, path: Path) -> bool:
        nonlocal cleaned
        if not cleaned:
            cleaned = True
            path.unlink()
        return real(descriptor, path)

    monkeypatch.setattr(lock, "_try", clean_first)
    other = output.parent / "new"
    with (
        hold_lock(other, state, "build"),
        pytest.raises(MachineError, match="is in use by `sitegen build`"),
        hold_lock(other, state, "build"),
    ):
        pytest.fail("both hold it")


def test_a_full_disk_keeps_nobody_from_holding(output: Path, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "pwrite", fail)
    with hold_lock(output, state, "build"):
        pass


def test_whoever_cleans_sees_other_holders(output: Path, state: Path, tmp_path: Path) -> None:
    with hold_lock(output, state, "clean"):
        refuse_other_holders(state)
        with (
            held_by_another("lock", tmp_path / "preview", state),
            pytest.raises(MachineError, match=r"\.sitegen is in use by `sitegen build`, process"),
        ):
            refuse_other_holders(state)


def test_a_state_folder_that_is_a_file(output: Path, state: Path) -> None:
    state.write_bytes(b"")
    with pytest.raises(MachineError, match="is a file where a folder must be"), hold_lock(output, state, "build"):
        pytest.fail("held")
