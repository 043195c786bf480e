"""The SQLite file behind the memory: opening it, and telling damage from what somebody else must mend."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sitegen.storage.files import explain_failures, make_folder, remove_tree

_TIMEOUT = 30
_PAGE = 1 << 14
"""Bytes that are read and written at once: most texts fit in. With SQLite's own 4096, to write the megabytes that are
noted of a publication takes half as long again."""
_NOT_DAMAGE = {
    sqlite3.SQLITE_BUSY: errno.EBUSY,
    sqlite3.SQLITE_LOCKED: errno.EBUSY,
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_NOMEM: errno.ENOMEM,
}
_PRIMARY = 0xFF


class DamagedError(Exception):
    """The file holds something that was never written like this."""


SUSPICIOUS = (sqlite3.Error, UnicodeDecodeError, DamagedError)
"""What comes of damage, or of what somebody else must mend. SQLite may quote damaged text in its messages."""


class Database:
    """A SQLite file with one schema in one version; only whoever holds the memory may have it open.

    It is opened when it is needed. What cannot be opened, or has another version, is replaced by an empty one.
    """

    def __init__(self, path: Path, schema: str, version: int) -> None:
        """Use the file at `path`, with the tables that `schema` makes."""
        self.path = path
        self._schema = schema
        self._version = version
        self._connection: sqlite3.Connection | None = None

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection; raises MachineError where disk or permissions stand in the way."""
        if self._connection is None:
            self._connection = self._open()
        return self._connection

    def close(self) -> None:
        """Close the file until it is next used."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def replace(self) -> None:
        """Throw the file away and begin a new one."""
        self.close()
        _delete(self.path)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write all or nothing of what the body of the `with` does."""
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise

    def _open(self) -> sqlite3.Connection:
        with explain_failures(self.path):
            make_folder(self.path.parent)
            try:
                return self._connect()
            except SUSPICIOUS as failure:
                refuse_undamaged(failure, self.path)
                _delete(self.path)
            try:
                return self._connect()
            except SUSPICIOUS as failure:
                raise OSError(errno.EIO, str(failure), str(self.path)) from failure

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=_TIMEOUT, isolation_level=None)
        try:
            connection.execute(f"PRAGMA page_size = {_PAGE}")  # of a file that is still to be made
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Make the tables where there are none; raises DamagedError for those of another version."""
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if found == 0 and tables == 0:
            connection.executescript(f"BEGIN; {self._schema} PRAGMA user_version = {self._version}; COMMIT;")
        elif found != self._version:
            raise DamagedError(f"version {found}")


def refuse_undamaged(failure: Exception, path: Path) -> None:
    """Raise OSError for a failure that throwing the file away would not mend: a full disk, somebody else's lock."""
    code = getattr(failure, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & _PRIMARY
    if code in _NOT_DAMAGE:
        raise OSError(_NOT_DAMAGE[code], str(failure), str(path)) from failure


def _delete(path: Path) -> None:
    for suffix in ("-wal", "-shm", "-journal", ""):
        file = Path(f"{path}{suffix}")
        with explain_failures(file):
            if file.is_dir() and not file.is_symlink():
                remove_tree(file)
            else:
                file.unlink(missing_ok=True)
