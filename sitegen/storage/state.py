"""What sitegen remembers between builds: one SQLite file, written by one process, read by many.

Nothing in it is needed: a file that is damaged, or from another version, is silently replaced by an empty one, and the
next build does all the work again.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sitegen.model.codec import UnreadableError, decode, encode
from sitegen.model.names import Digest, OutPath
from sitegen.model.source import SourceFile
from sitegen.model.trace import Trace
from sitegen.storage.files import explain_failures, make_folder

_VERSION = 1
_SEAL = 8
_BATCH = 500
_SCHEMA = """
CREATE TABLE files (path TEXT PRIMARY KEY, size INTEGER, mtime_ns INTEGER, digest TEXT) WITHOUT ROWID;
CREATE TABLE facts (name TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID;
CREATE TABLE memory (kind TEXT, key TEXT, value BLOB, PRIMARY KEY (kind, key));
CREATE TABLE traces (output TEXT, path TEXT, key TEXT, digest TEXT, size INTEGER, mtime_ns INTEGER,
                     PRIMARY KEY (output, path)) WITHOUT ROWID;
CREATE TABLE published (output TEXT, path TEXT, keys BLOB, PRIMARY KEY (output, path)) WITHOUT ROWID;
"""

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def _seal(value: bytes) -> bytes:
    """Return `value` with a checksum in front, so that a flipped bit is noticed."""
    return hashlib.blake2b(value, digest_size=_SEAL).digest() + value


def _unseal(sealed: bytes) -> bytes | None:
    value = sealed[_SEAL:]
    return value if sealed[:_SEAL] == hashlib.blake2b(value, digest_size=_SEAL).digest() else None


def _load(connection: sqlite3.Connection, kind: str, key: Digest) -> bytes | None:
    row = connection.execute("SELECT value FROM memory WHERE kind = ? AND key = ?", (kind, key)).fetchone()
    return _unseal(row[0]) if row else None


class Reader:
    """Reads remembered values in a worker process."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read through `connection`."""
        self._connection = connection

    def load(self, kind: str, key: Digest) -> bytes | None:
        """Return a value, or None where it is not there or damaged."""
        try:
            return _load(self._connection, kind, key)
        except sqlite3.DatabaseError:
            return None


def open_reader(path: Path) -> Reader:
    """Return a reader of the memory at `path`, which must exist."""
    return Reader(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30))


def _heal(
    method: Callable[Concatenate["State", Arguments], Result],
) -> Callable[Concatenate["State", Arguments], Result]:
    """Start with an empty memory, and do it again, where the database turns out to be damaged."""

    def healed(self: "State", /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        with explain_failures(self.path):
            try:
                return method(self, *args, **kwargs)
            except sqlite3.OperationalError as failure:
                if "disk" in str(failure) or "full" in str(failure) or "readonly" in str(failure):
                    raise OSError(failure.sqlite_errorcode, str(failure), str(self.path)) from failure
                self.replace()
                return method(self, *args, **kwargs)
            except (sqlite3.DatabaseError, UnreadableError):
                self.replace()
                return method(self, *args, **kwargs)

    return healed


class State:
    """The memory of a site; see `open_state`."""

    def __init__(self, path: Path) -> None:
        """Open the database at `path`, or begin a new one."""
        self.path = path
        self._connection = self._connect()

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def replace(self) -> None:
        """Throw the database away and begin a new one."""
        self._connection.close()
        _delete(self.path)
        self._connection = self._connect()

    def _connect(self) -> sqlite3.Connection:
        with explain_failures(self.path):
            make_folder(self.path.parent)
            for attempt in range(2):
                connection = sqlite3.connect(self.path, timeout=30, isolation_level=None)
                try:
                    connection.execute("PRAGMA journal_mode = WAL")
                    connection.execute("PRAGMA synchronous = NORMAL")
                    version = connection.execute("PRAGMA user_version").fetchone()[0]
                    if version == _VERSION:
                        return connection
                    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
                    if version == 0 and tables == 0:
                        connection.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;")
                        return connection
                except sqlite3.DatabaseError as failure:
                    connection.close()
                    if attempt or "readonly" in str(failure):
                        raise OSError(0, str(failure), str(self.path)) from failure
                    _delete(self.path)
                    continue
                connection.close()
                _delete(self.path)
            raise OSError(0, "the memory cannot be made", str(self.path))

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._connection
        except BaseException:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    @_heal
    def known_files(self) -> Mapping[str, SourceFile]:
        """Return the files of the last scan by path."""
        rows = self._connection.execute("SELECT path, size, mtime_ns, digest FROM files")
        return {
            path: SourceFile(path=path, size=size, mtime_ns=mtime_ns, digest=Digest(digest))
            for path, size, mtime_ns, digest in rows
        }

    @_heal
    def distrust_from(self) -> int:
        """Return when the last scan began, in nanoseconds: files changed since then are not trusted by their stat."""
        row = self._connection.execute("SELECT value FROM facts WHERE name = 'scan'").fetchone()
        return int(row[0]) if row else 0

    @_heal
    def remember_files(self, files: Sequence[SourceFile], scan_started_ns: int) -> None:
        """Remember all files of a scan, in place of those of the one before."""
        before = self.known_files()
        now = {file.path: file for file in files}
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO facts VALUES ('scan', ?)", (scan_started_ns,))
            connection.executemany("DELETE FROM files WHERE path = ?", [(path,) for path in before if path not in now])
            connection.executemany(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)",
                [
                    (file.path, file.size, file.mtime_ns, file.digest)
                    for path, file in now.items()
                    if before.get(path) != file
                ],
            )

    @_heal
    def load(self, kind: str, key: Digest) -> bytes | None:
        """Return a remembered value, or None where it is not there or damaged."""
        return _load(self._connection, kind, key)

    @_heal
    def load_many(self, kind: str, keys: Sequence[Digest]) -> dict[Digest, bytes]:
        """Return those of the values that are there and whole."""
        found: dict[Digest, bytes] = {}
        for start in range(0, len(keys), _BATCH):
            batch = keys[start : start + _BATCH]
            marks = ",".join("?" * len(batch))
            query = f"SELECT key, value FROM memory WHERE kind = ? AND key IN ({marks})"  # noqa: S608 -- marks only
            for key, sealed in self._connection.execute(query, (kind, *batch)):
                value = _unseal(sealed)
                if value is not None:
                    found[Digest(key)] = value
        return found

    @_heal
    def store(self, kind: str, items: Sequence[tuple[Digest, bytes]]) -> None:
        """Remember values, all or none."""
        if items:
            with self._transaction() as connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO memory VALUES (?, ?, ?)",
                    [(kind, key, _seal(value)) for key, value in items],
                )

    @_heal
    def forget_except(self, kind: str, keep: Collection[Digest]) -> None:
        """Forget all values of a kind but those with the keys `keep`."""
        rows = self._connection.execute("SELECT key FROM memory WHERE kind = ?", (kind,)).fetchall()
        gone = [(kind, key) for (key,) in rows if key not in keep]
        if gone:
            with self._transaction() as connection:
                connection.executemany("DELETE FROM memory WHERE kind = ? AND key = ?", gone)

    @_heal
    def traces(self, output: str) -> dict[OutPath, Trace]:
        """Return what was last published into the folder `output`."""
        rows = self._connection.execute(
            "SELECT path, key, digest, size, mtime_ns FROM traces WHERE output = ?", (output,)
        )
        return {
            OutPath(path): Trace(key=Digest(key), digest=digest, size=size, mtime_ns=mtime_ns)
            for path, key, digest, size, mtime_ns in rows
        }

    @_heal
    def published(self, output: str) -> dict[str, tuple[Digest, ...]]:
        """Return under which keys the sources of the last publication into `output` are remembered."""
        rows = self._connection.execute("SELECT path, keys FROM published WHERE output = ?", (output,))
        return {path: decode(keys, tuple[Digest, ...]) for path, keys in rows}

    @_heal
    def published_keys(self) -> frozenset[Digest]:
        """Return every key that a publication into any folder needs."""
        rows = self._connection.execute("SELECT keys FROM published")
        return frozenset(key for (keys,) in rows for key in decode(keys, tuple[Digest, ...]))

    @_heal
    def replace_traces(
        self, output: str, traces: Mapping[OutPath, Trace], published: Mapping[str, tuple[Digest, ...]]
    ) -> None:
        """Remember a publication into the folder `output`, in place of the one before."""
        traces_before, published_before = self.traces(output), self.published(output)
        with self._transaction() as connection:
            connection.executemany(
                "DELETE FROM traces WHERE output = ? AND path = ?",
                [(output, path) for path in traces_before if path not in traces],
            )
            connection.executemany(
                "INSERT OR REPLACE INTO traces VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (output, path, trace.key, trace.digest, trace.size, trace.mtime_ns)
                    for path, trace in traces.items()
                    if traces_before.get(path) != trace
                ],
            )
            connection.executemany(
                "DELETE FROM published WHERE output = ? AND path = ?",
                [(output, path) for path in published_before if path not in published],
            )
            connection.executemany(
                "INSERT OR REPLACE INTO published VALUES (?, ?, ?)",
                [
                    (output, path, encode(keys))
                    for path, keys in published.items()
                    if published_before.get(path) != keys
                ],
            )

    @_heal
    def forget_everything(self) -> None:
        """Forget all values and publications, but not which files the outputs hold: those are in their manifests."""
        with self._transaction() as connection:
            for table in ("files", "facts", "memory", "traces", "published"):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 -- names of our own


@contextmanager
def open_state(path: Path) -> Iterator[State]:
    """Open the memory at `path` while the body of the `with` runs.

    Raises MachineError where disk or permissions stand in the way; damage is mended silently by forgetting.
    """
    state = State(path)
    try:
        yield state
    finally:
        state.close()


def _delete(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
