"""What sitegen remembers between builds: one SQLite file, written by one process, read by many.

Nothing in it is needed: a file that is damaged, or from another version, is silently replaced by an empty one, and the
next build does all the work again. Everything carries a checksum, since SQLite does not notice a flipped bit: values
each with their key, the tables of files and publications as wholes.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sitegen.errors import MachineError
from sitegen.model.codec import UnreadableError, decode, encode
from sitegen.model.names import Digest, OutPath
from sitegen.model.source import SourceFile
from sitegen.model.trace import Trace
from sitegen.storage.database import SUSPICIOUS, DamagedError, Database, refuse_undamaged
from sitegen.storage.files import explain_failures
from sitegen.storage.lock import hold_memory

_VERSION = 2
_SEAL = 8
_BATCH = 500
_SCHEMA = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE files (path TEXT PRIMARY KEY, size INTEGER, mtime_ns INTEGER, ctime_ns INTEGER, digest TEXT) WITHOUT ROWID;
CREATE TABLE memory (kind TEXT, key TEXT, value BLOB, PRIMARY KEY (kind, key));
CREATE TABLE traces (output TEXT, path TEXT, key TEXT, digest TEXT, size INTEGER, mtime_ns INTEGER, ctime_ns INTEGER,
                     PRIMARY KEY (output, path)) WITHOUT ROWID;
CREATE TABLE published (output TEXT, path TEXT, keys BLOB, PRIMARY KEY (output, path)) WITHOUT ROWID;
"""
_FILES = "SELECT path, size, mtime_ns, ctime_ns, digest FROM files"
_TRACES = "SELECT path, key, digest, size, mtime_ns, ctime_ns FROM traces WHERE output = ?"
_PUBLISHED = "SELECT path, keys FROM published WHERE output = ?"

_Row = tuple[Any, ...]
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def _seal(name: str, value: bytes) -> bytes:
    """Return `value` with a checksum of itself and its name in front."""
    return hashlib.blake2b(name.encode() + b"\0" + value, digest_size=_SEAL).digest() + value


def _unseal(name: str, sealed: object) -> bytes | None:
    if not isinstance(sealed, bytes) or sealed != _seal(name, sealed[_SEAL:]):
        return None
    return sealed[_SEAL:]


def _fingerprint(rows: Iterable[_Row]) -> bytes:
    return hashlib.blake2b(encode(sorted(rows)), digest_size=_SEAL).digest()


def _load(connection: sqlite3.Connection, kind: str, key: Digest) -> bytes | None:
    row = connection.execute("SELECT value FROM memory WHERE kind = ? AND key = ?", (kind, key)).fetchone()
    return _unseal(f"{kind} {key}", row[0]) if row else None


class Reader:
    """Reads remembered values in a worker process."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read through `connection`, and close it in the end."""
        self._connection = connection

    def __del__(self) -> None:
        self._connection.close()

    def load(self, kind: str, key: Digest) -> bytes | None:
        """Return a value, or None where it is not there or damaged."""
        try:
            return _load(self._connection, kind, key)
        except SUSPICIOUS:
            return None


def open_reader(path: Path) -> Reader:
    """Return a reader of the memory at `path`, which must exist."""
    try:
        return Reader(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30))
    except sqlite3.Error as failure:
        raise MachineError(f"{path}: {failure}", "run it again") from failure


def _heal(
    method: Callable[Concatenate["State", Arguments], Result],
) -> Callable[Concatenate["State", Arguments], Result]:
    """Start with an empty memory, and do it again, where the database turns out to be damaged."""

    def healed(self: "State", /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        with explain_failures(self.path):
            try:
                return method(self, *args, **kwargs)
            except sqlite3.ProgrammingError:
                raise
            except (*SUSPICIOUS, UnreadableError) as failure:
                refuse_undamaged(failure, self.path)
            self.forget_everything()
            try:
                return method(self, *args, **kwargs)
            except sqlite3.OperationalError as failure:
                raise OSError(0, str(failure), str(self.path)) from failure

    return healed


class State:
    """The memory of a site; see `open_state`."""

    def __init__(self, path: Path) -> None:
        """Remember in the database at `path`."""
        self.path = path
        self._database = Database(path, _SCHEMA, _VERSION)

    def set_aside(self) -> None:
        """Close the database until it is next used: no open one may cross a fork."""
        self._database.close()

    def forget_everything(self) -> None:
        """Begin anew, with an empty database. Which files the outputs hold is in their manifests."""
        self._database.replace()

    @_heal
    def known_files(self) -> Mapping[str, SourceFile]:
        """Return the files of the last scan by path."""
        rows = self._checked("files", _FILES)
        return {
            path: SourceFile(path=path, size=size, mtime_ns=mtime_ns, ctime_ns=ctime_ns, digest=Digest(digest))
            for path, size, mtime_ns, ctime_ns, digest in rows
        }

    @_heal
    def distrust_from(self) -> int:
        """Return when the last scan began, in nanoseconds: files changed since then are not trusted by their stat."""
        return int(self._fact("scan") or 0)

    @_heal
    def remember_files(self, files: Sequence[SourceFile], scan_started_ns: int) -> None:
        """Remember all files of a scan, in place of those of the one before."""
        rows: dict[str, _Row] = {
            file.path: (file.path, file.size, file.mtime_ns, file.ctime_ns, file.digest) for file in files
        }
        before = {row[0]: row for row in self._checked("files", _FILES)}
        with self._database.transaction() as connection:
            _replace_rows(connection, "files", (), before, rows)
            self._note(connection, "files", _fingerprint(rows.values()))
            self._note(connection, "scan", str(scan_started_ns).encode())

    @_heal
    def load(self, kind: str, key: Digest) -> bytes | None:
        """Return a remembered value, or None where it is not there or damaged."""
        return _load(self._database.connection, kind, key)

    @_heal
    def load_many(self, kind: str, keys: Sequence[Digest]) -> dict[Digest, bytes]:
        """Return those of the values that are there and whole."""
        found: dict[Digest, bytes] = {}
        for start in range(0, len(keys), _BATCH):
            batch = keys[start : start + _BATCH]
            marks = ",".join("?" * len(batch))
            query = f"SELECT key, value FROM memory WHERE kind = ? AND key IN ({marks})"  # noqa: S608 -- marks only
            for key, sealed in self._database.connection.execute(query, (kind, *batch)):
                value = _unseal(f"{kind} {key}", sealed)
                if value is not None:
                    found[Digest(key)] = value
        return found

    @_heal
    def store(self, kind: str, items: Sequence[tuple[Digest, bytes]]) -> None:
        """Remember values, all or none."""
        if items:
            with self._database.transaction() as connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO memory VALUES (?, ?, ?)",
                    [(kind, key, _seal(f"{kind} {key}", value)) for key, value in items],
                )

    @_heal
    def forget_except(self, kind: str, keep: Collection[Digest]) -> None:
        """Forget all values of a kind but those with the keys `keep`."""
        rows = self._database.connection.execute("SELECT key FROM memory WHERE kind = ?", (kind,)).fetchall()
        gone = [(kind, key) for (key,) in rows if key not in keep]
        if gone:
            with self._database.transaction() as connection:
                connection.executemany("DELETE FROM memory WHERE kind = ? AND key = ?", gone)

    @_heal
    def outputs(self) -> tuple[str, ...]:
        """Return the folders that something was published into."""
        return tuple(name for (name,) in self._database.connection.execute("SELECT DISTINCT output FROM traces"))

    @_heal
    def traces(self, output: str) -> dict[OutPath, Trace]:
        """Return what was last published into the folder `output`."""
        return {
            OutPath(path): Trace(key=Digest(key), digest=digest, size=size, mtime_ns=mtime_ns, ctime_ns=ctime_ns)
            for path, key, digest, size, mtime_ns, ctime_ns in self._checked(f"traces {output}", _TRACES, output)
        }

    @_heal
    def published(self, output: str) -> dict[str, tuple[Digest, ...]]:
        """Return under which keys the sources of the last publication into `output` are remembered."""
        rows = self._checked(f"published {output}", _PUBLISHED, output)
        return {path: decode(keys, tuple[Digest, ...]) for path, keys in rows}

    @_heal
    def published_keys(self) -> frozenset[Digest]:
        """Return every key that a publication into any folder needs."""
        rows = self._database.connection.execute("SELECT keys FROM published")
        return frozenset(key for (keys,) in rows for key in decode(keys, tuple[Digest, ...]))

    @_heal
    def replace_traces(
        self, output: str, traces: Mapping[OutPath, Trace], published: Mapping[str, tuple[Digest, ...]]
    ) -> None:
        """Remember a publication into the folder `output`, in place of the one before."""
        rows: dict[str, _Row] = {
            path: (path, trace.key, trace.digest, trace.size, trace.mtime_ns, trace.ctime_ns)
            for path, trace in traces.items()
        }
        keys: dict[str, _Row] = {path: (path, encode(found)) for path, found in published.items()}
        rows_before = {row[0]: row for row in self._checked(f"traces {output}", _TRACES, output)}
        keys_before = {row[0]: row for row in self._checked(f"published {output}", _PUBLISHED, output)}
        with self._database.transaction() as connection:
            _replace_rows(connection, "traces", (output,), rows_before, rows)
            self._note(connection, f"traces {output}", _fingerprint(rows.values()))
            _replace_rows(connection, "published", (output,), keys_before, keys)
            self._note(connection, f"published {output}", _fingerprint(keys.values()))

    @_heal
    def forget_output(self, output: str) -> None:
        """Forget what was published into the folder `output`."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM traces WHERE output = ?", (output,))
            connection.execute("DELETE FROM published WHERE output = ?", (output,))
            connection.execute("DELETE FROM facts WHERE name IN (?, ?)", (f"traces {output}", f"published {output}"))

    def _checked(self, name: str, query: str, *arguments: str) -> list[_Row]:
        """Return the rows of a table that is noted by its fingerprint; raises DamagedError for others."""
        rows: list[_Row] = self._database.connection.execute(query, arguments).fetchall()
        noted = self._fact(name)
        try:
            sound = _fingerprint(rows) == noted if rows else noted in {None, _fingerprint(())}
        except TypeError:
            sound = False
        if not sound:
            raise DamagedError(name)
        return rows

    def _fact(self, name: str) -> bytes | None:
        row = self._database.connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        if row is None:
            return None
        value = _unseal(name, row[0])
        if value is None:
            raise DamagedError(name)
        return value

    def _note(self, connection: sqlite3.Connection, name: str, value: bytes) -> None:
        connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, _seal(name, value)))


def _replace_rows(
    connection: sqlite3.Connection,
    table: str,
    prefix: tuple[str, ...],
    before: Mapping[object, _Row],
    now: Mapping[str, _Row],
) -> None:
    """Bring the rows of `table` that begin with `prefix` from `before` to `now`; both are by path."""
    where = "output = ? AND path = ?" if prefix else "path = ?"
    connection.executemany(
        f"DELETE FROM {table} WHERE {where}",  # noqa: S608 -- names of our own
        [(*prefix, path) for path in before if path not in now],
    )
    fresh = [(*prefix, *row) for path, row in now.items() if before.get(path) != row]
    if fresh:
        marks = ",".join("?" * len(fresh[0]))
        connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", fresh)  # noqa: S608 -- as above


@contextmanager
def open_state(path: Path, purpose: str = "build") -> Iterator[State]:
    """Open the memory at `path` while the body of the `with` runs, once nobody else has it.

    Raises MachineError where disk or permissions stand in the way; damage is mended silently by forgetting.
    """
    with hold_memory(path, purpose):
        state = State(path)
        try:
            yield state
        finally:
            state.set_aside()
