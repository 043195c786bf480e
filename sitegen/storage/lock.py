"""One build at a time for each output folder."""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sitegen.errors import MachineError
from sitegen.storage.files import explain_failures, make_folder


@contextmanager
def hold_lock(output: Path, state_dir: Path, purpose: str) -> Iterator[None]:
    """Hold the output folder while the body of the `with` runs; raises MachineError naming who holds it already.

    The kernel drops the lock when its holder ends, however that comes: a stale one does not exist.
    """
    make_folder(state_dir)
    real = output.resolve()
    name = hashlib.sha256(os.fsencode(real)).hexdigest()[:16]
    path = state_dir / f"lock-{name}"
    with ExitStack() as stack:
        with explain_failures(path):
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        stack.callback(os.close, descriptor)
        _take(descriptor, path, real)
        if real.is_dir():
            # Another site may build into the same folder, with a lock file of its own.
            with explain_failures(real):
                folder = os.open(real, os.O_RDONLY)
            stack.callback(os.close, folder)
            _take(folder, path, real)
        _sign(descriptor, purpose)
        yield


def _take(descriptor: int, path: Path, output: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as failure:
        raise MachineError(
            f"{output} is in use{_describe_holder(path)}", "wait until it is done, or end that process"
        ) from failure


def _sign(descriptor: int, purpose: str) -> None:
    record = {"pid": os.getpid(), "purpose": purpose, "since": datetime.now(UTC).isoformat(timespec="seconds")}
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps(record).encode(), 0)


def _describe_holder(path: Path) -> str:
    try:
        record = json.loads(path.read_bytes())
        return f" by `sitegen {record['purpose']}`, process {record['pid']}, since {record['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return " by another process"
