"""`permalinks.lock` on the disk."""

from pathlib import Path
from typing import Literal

from sitegen.app.parsing import decode_text
from sitegen.errors import MachineError, Problem, warning
from sitegen.plan.permalinks import LOCK_FILE, Addresses, Lock, extend_lock, read_lock, write_lock
from sitegen.storage.files import read_bytes, write_atomic

AddressCare = Literal["keep", "check", "show"]
"""What a build does about addresses that were published once: lost ones are errors, and new ones are kept in mind; lost
ones are errors; or, in a preview, lost ones are warnings."""


def load_lock(root: Path) -> Lock:
    """Return what the file of the site at `root` says; without one there are no addresses yet.

    Raises ContentError for lines that cannot be read.
    """
    path = root / LOCK_FILE
    return read_lock(decode_text(read_bytes(path), LOCK_FILE)) if path.exists() else Lock()


def save_lock(root: Path, lock: Lock, addresses: Addresses) -> tuple[Problem, ...]:
    """Add the addresses of what was just published; where that cannot be, say so: the site itself is there."""
    path = root / LOCK_FILE
    data = write_lock(extend_lock(lock, addresses)).encode()
    try:
        if not path.exists() or read_bytes(path) != data:
            write_atomic(path, data)
    except MachineError as failure:
        return (warning("permalink", f"{LOCK_FILE} could not be written: {failure}", hint=failure.hint),)
    return ()
