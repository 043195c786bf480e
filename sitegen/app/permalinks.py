"""`permalinks.lock` on the disk."""

from collections.abc import Mapping
from pathlib import Path

from sitegen.app.parsing import decode_text
from sitegen.errors import MachineError, Problem, warning
from sitegen.model.names import ArticleId, Url
from sitegen.model.source import LOCK_FILE
from sitegen.plan.permalinks import Addresses, Lock, add_documents, extend_lock, read_lock, write_lock
from sitegen.storage.files import read_bytes, write_atomic


def load_lock(root: Path) -> Lock:
    """Return what the file of the site at `root` says; without one there are no addresses yet.

    Raises ContentError for lines that cannot be read.
    """
    path = root / LOCK_FILE
    return read_lock(decode_text(read_bytes(path), LOCK_FILE)) if path.exists() else Lock()


def extend_file(lock: Lock, addresses: Addresses) -> bytes:
    """Return the file with the addresses of what was just published added to those of `lock`."""
    return write_lock(extend_lock(lock, addresses)).encode()


def save_file(root: Path, data: bytes) -> tuple[Problem, ...]:
    """Write the file, unless it is `data` already; where that cannot be, say so: the site itself is published."""
    path = root / LOCK_FILE
    try:
        if not path.exists() or read_bytes(path) != data:
            write_atomic(path, data)
    except MachineError as failure:
        return (warning("permalink", f"{LOCK_FILE} could not be written: {failure}", hint=failure.hint),)
    return ()


def add_to_file(root: Path, urls: Mapping[ArticleId, Url]) -> bytes:
    """Return the file of the site at `root`, which `extend_file` made, with the addresses of new documents."""
    path = root / LOCK_FILE
    text = decode_text(read_bytes(path), LOCK_FILE) if path.exists() else write_lock({})
    return add_documents(text, urls).encode()
