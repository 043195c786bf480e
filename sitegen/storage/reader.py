"""Reading what is remembered while somebody else writes it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sitegen.errors import MachineError
from sitegen.model.names import Digest
from sitegen.storage.database import SUSPICIOUS
from sitegen.storage.sealing import unseal


def load_value(connection: sqlite3.Connection, kind: str, key: Digest) -> bytes | None:
    """Return a remembered value, or None where it is not there or damaged."""
    row = connection.execute("SELECT value FROM memory WHERE kind = ? AND key = ?", (kind, key)).fetchone()
    return unseal(f"{kind} {key}", row[0]) if row else None


class Reader:
    """Reads remembered values in a worker process."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read through `connection`, and close it in the end."""
        self._connection = connection

    def __del__(self) -> None:
        self._connection.close()

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Read what is remembered now while the body of the `with` runs: asking for news takes a quarter of reading."""
        with suppress(*SUSPICIOUS):  # told when a value is read
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            with suppress(*SUSPICIOUS):
                self._connection.execute("COMMIT")

    def load(self, kind: str, key: Digest) -> bytes | None:
        """Return a value, or None where it is not there or damaged."""
        try:
            return load_value(self._connection, kind, key)
        except SUSPICIOUS:
            return None


def open_reader(path: Path) -> Reader:
    """Return a reader of the memory at `path`, which must exist."""
    try:
        # Whoever looks for garbage may be another thread, and has to close what is left.
        uri = f"{path.absolute().as_uri()}?mode=ro"
        return Reader(sqlite3.connect(uri, uri=True, timeout=30, check_same_thread=False))
    except sqlite3.Error as failure:
        raise MachineError(f"{path}: {failure}", "run it again") from failure
