"""One process at a time for each output folder, and for the memory of a site.

The kernel drops a lock when the last process that inherited it ends, however that comes: stale locks do not exist.
"""

import errno
import fcntl
import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sitegen.errors import MachineError
from sitegen.storage.files import explain_failures, make_folder

_PATIENCE = 600.0
"""Seconds to wait for another build of the same site into another folder: long enough for its first build."""
_ORPHANS = 3.0
"""Seconds that worker processes have to notice that their build was killed."""
_TICK = 0.02
_HINT = "wait until it is done, or end that process"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Holder:
    """Who holds a lock."""

    pid: int
    purpose: str
    since: str


@contextmanager
def hold_lock(output: Path, state_dir: Path, purpose: str) -> Iterator[None]:
    """Hold the output folder while the body of the `with` runs; raises MachineError naming who holds it already."""
    make_folder(state_dir)
    real = Path(os.path.realpath(output))
    name = hashlib.sha256(os.fsencode(real)).hexdigest()[:16]
    with _hold(state_dir / f"lock-{name}", str(real), purpose, 0.0), _hold_folder(real):
        yield


@contextmanager
def hold_memory(state: Path, purpose: str, patience: float = _PATIENCE) -> Iterator[None]:
    """Hold what is remembered at `state` while the body of the `with` runs.

    Builds into different folders share it, so that a second one waits; after `patience` seconds it raises MachineError.
    """
    make_folder(state.parent)
    with _hold(state.with_name(f"{state.name}.lock"), str(state), purpose, patience):
        yield


def refuse_other_holders(state_dir: Path) -> None:
    """Raise MachineError if anybody else holds an output folder of the site whose state is in `state_dir`."""
    for path in sorted(state_dir.glob("lock-*")):
        with suppress(FileNotFoundError):
            descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
            try:
                taken = _try(descriptor, path)
            finally:
                os.close(descriptor)
            holder = _read_holder(path)
            if not taken and not (holder and holder.pid == os.getpid()):
                raise MachineError(f"{state_dir} is in use{_describe(holder)}", _HINT)


@contextmanager
def _hold(path: Path, what: str, purpose: str, patience: float) -> Iterator[None]:
    descriptor = _wait_for(path, what, patience)
    try:
        _sign(descriptor, purpose)
        yield
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def _wait_for(path: Path, what: str, patience: float) -> int:
    """Return a descriptor of the lock file at `path`, locked."""
    started = time.monotonic()
    while True:
        with explain_failures(path):
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        taken = False
        try:
            # A file that was deleted meanwhile no longer keeps anybody out.
            taken = _try(descriptor, path) and _is_at(descriptor, path)
        finally:
            if not taken:
                os.close(descriptor)
        if taken:
            return descriptor
        holder = _read_holder(path)
        gone = holder is None or not _is_alive(holder.pid)
        if time.monotonic() - started > (max(patience, _ORPHANS) if gone else patience):
            raise MachineError(f"{what} is in use{_describe(holder)}", _HINT)
        time.sleep(_TICK)


@contextmanager
def _hold_folder(folder: Path) -> Iterator[None]:
    """Hold the folder itself: another site, with a lock file of its own, may build into it."""
    if not folder.is_dir():
        yield
        return
    with explain_failures(folder):
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        started = time.monotonic()
        while not _try(descriptor, folder):
            if time.monotonic() - started > _ORPHANS:
                raise MachineError(f"{folder} is in use by the build of another site", _HINT)
            time.sleep(_TICK)
        yield
    finally:
        os.close(descriptor)


def _try(descriptor: int, path: Path) -> bool:
    with explain_failures(path):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as failure:
            if failure.errno in {errno.EWOULDBLOCK, errno.EACCES}:
                return False
            raise
    return True


def _is_at(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _sign(descriptor: int, purpose: str) -> None:
    record = {"pid": os.getpid(), "purpose": purpose, "since": datetime.now(UTC).isoformat(timespec="seconds")}
    with suppress(OSError):  # a full disk must not keep anybody from holding a lock
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(record).encode(), 0)


def _read_holder(path: Path) -> _Holder | None:
    try:
        record = json.loads(path.read_bytes())
        return _Holder(pid=int(record["pid"]), purpose=str(record["purpose"]), since=str(record["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _describe(holder: _Holder | None) -> str:
    if holder is None:
        return " by another process"
    return f" by `sitegen {holder.purpose}`, process {holder.pid}, since {holder.since}"


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        pass
    return True
