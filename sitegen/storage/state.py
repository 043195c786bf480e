"""What sitegen remembers between builds: one SQLite file, written by one process, read by many.

Nothing in it is needed: a file that is damaged, or from another version, is silently replaced by an empty one, and the
next build does all the work again. Everything carries a checksum, since SQLite does not notice a flipped bit: values
each with their key, and what is noted of scans and publications, of which it is also known what there is (`facts`).
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sitegen.model.codec import UnreadableError, decode, encode, encode_in_order
from sitegen.model.names import Digest, OutPath
from sitegen.model.source import Scan
from sitegen.model.trace import Trace
from sitegen.model.values import replace
from sitegen.storage.database import SUSPICIOUS, DamagedError, Database, refuse_undamaged
from sitegen.storage.facts import Facts
from sitegen.storage.files import explain_failures
from sitegen.storage.lock import hold_memory
from sitegen.storage.reader import load_value
from sitegen.storage.sealing import seal, unseal
from sitegen.storage.tables import (
    EMPTY,
    PLAN_TABLES,
    PUBLISHED_ROWS,
    RAW_ROWS,
    STAMP_ROWS,
    TEXT_ROWS,
    TEXTS,
    TRACE_ROWS,
    Encoded,
    Key,
    LazyTable,
    Row,
    Rows,
    Texts,
    decode_scan,
    decode_table,
)

STATE_FOLDER = ".sitegen"
"""Folder of a site that holds what is remembered between builds."""

STATE_FILE = "state.sqlite"
"""The memory itself, in `STATE_FOLDER`."""

TOGETHER = 320
"""How many values are best stored at once: each time many pages of the index are written anew."""

_VERSION = 6
_BATCH = 500
_SCHEMA = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB);
CREATE TABLE memory (kind TEXT, key TEXT, value BLOB, PRIMARY KEY (kind, key));
"""
_SCAN = "scan"
_STAMPS, _TRACES, _PUBLISHED = "stamps of ", "traces of ", "published in "
_RECEIPT, _GROUNDWORK = "receipt of ", "groundwork of "
_CHANGES = "changes to "
"""Begins the name of the fact that holds what was changed in a table; see `tables`."""

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What a publication leaves for the next build."""

    receipt: bytes
    """By what it can be known."""
    groundwork: bytes | None
    """By what it can be amended; None: not at all."""
    tables: Mapping[str, bytes]
    """What its plan leaves, by name."""


class State:
    """The memory of a site; see `open_state`."""

    def __init__(self, path: Path) -> None:
        """Remember in the database at `path`."""
        self.path = path
        self._database = Database(path, _SCHEMA, _VERSION)
        self._facts = Facts(self._database)

    def set_aside(self) -> None:
        """Close the database until it is next used: no open one may cross a fork."""
        self._database.close()

    def forget_everything(self) -> None:
        """Begin anew, with an empty database. Which files the outputs hold is in their manifests."""
        self._database.replace()

    @_heal
    def last_scan(self) -> Scan:
        """Return what the last scan found; nothing, and no file is to be trusted, before the first."""
        return decode_scan(self.scan())

    @_heal
    def scan(self) -> Encoded:
        """Return what `decode_scan` reads: what the last scan found."""
        return self._encoded(_SCAN)

    @_heal
    def remember_scan(self, scan: Scan) -> None:
        """Remember all files of a scan, in place of those of the one before."""
        self._facts.write(_replace(_SCAN, encode(scan)))

    @_heal
    def amend_scan(self, scan: Scan, last: Scan) -> None:
        """Remember a scan that found the files of the `last` one, some of them changed."""
        changes = self._facts.read(_CHANGES + _SCAN)
        known = decode(changes, Scan).stamps if changes is not None else {}
        stamps = {path: stamp for path, stamp in scan.stamps.items() if last.stamps.get(path) != stamp}
        self._facts.write({_CHANGES + _SCAN: encode(replace(scan, stamps={**known, **stamps}))})

    @_heal
    def holds_values(self) -> bool:
        """Whether any value is remembered."""
        return self._database.connection.execute("SELECT 1 FROM memory LIMIT 1").fetchone() is not None

    @_heal
    def load(self, kind: str, key: Digest) -> bytes | None:
        """Return a remembered value, or None where it is not there or damaged."""
        return load_value(self._database.connection, kind, key)

    @_heal
    def load_many(self, kind: str, keys: Sequence[Digest]) -> dict[Digest, bytes]:
        """Return those of the values that are there and whole."""
        found: dict[Digest, bytes] = {}
        for start in range(0, len(keys), _BATCH):
            batch = keys[start : start + _BATCH]
            marks = ",".join("?" * len(batch))
            query = f"SELECT key, value FROM memory WHERE kind = ? AND key IN ({marks})"  # noqa: S608 -- marks only
            for key, sealed in self._database.connection.execute(query, (kind, *batch)):
                value = unseal(f"{kind} {key}", sealed)
                if value is not None:
                    found[Digest(key)] = value
        return found

    def store(self, kind: str, items: Sequence[tuple[Digest, bytes]]) -> None:
        """Remember values of one kind, all or none."""
        self.store_all([(kind, key, value) for key, value in items])

    @_heal
    def store_all(self, items: Sequence[tuple[str, Digest, bytes]]) -> None:
        """Remember values by kind and key, all or none."""
        if items:
            with self._database.transaction() as connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO memory VALUES (?, ?, ?)",
                    [(kind, key, seal(f"{kind} {key}", value)) for kind, key, value in items],
                )

    @_heal
    def forget_except(self, kind: str, keep: AbstractSet[Digest]) -> frozenset[Digest]:
        """Forget all values of a kind but those with the keys `keep`; return which of these there are."""
        keys = self._database.connection.execute("SELECT key FROM memory WHERE kind = ?", (kind,))
        found: frozenset[Digest] = frozenset(chain.from_iterable(keys))
        gone = found - keep
        if gone:
            with self._database.transaction() as connection:
                rows = [(kind, key) for key in gone]
                connection.executemany("DELETE FROM memory WHERE kind = ? AND key = ?", rows)
        return found - gone

    @_heal
    def outputs(self) -> tuple[str, ...]:
        """Return the folders that something was published into."""
        return tuple(name.removeprefix(_TRACES) for name in self._facts.list_names(_TRACES))

    @_heal
    def stamps(self, output: str) -> Encoded:
        """Return what `decode_stamps` reads: size and times of the files last published into the folder `output`."""
        return self._encoded(_STAMPS + output)

    @_heal
    def traces(self, output: str) -> dict[OutPath, Trace]:
        """Return what was last published into the folder `output`."""
        stamps = self._table(_STAMPS + output, STAMP_ROWS)
        made = self._table(_TRACES + output, TRACE_ROWS)
        if stamps.keys() != made.keys():
            raise DamagedError(output)
        return {
            path: Trace(key=key, digest=digest, size=stamp[0], mtime_ns=stamp[1], ctime_ns=stamp[2])
            for path, (key, digest) in made.items()
            for stamp in (stamps[path],)
        }

    @_heal
    def keys(self, output: str) -> Mapping[OutPath, Digest]:
        """Return what the files were made from that were last published into the folder `output`."""
        return LazyTable(self._encoded(_TRACES + output), lambda row: decode(row, tuple[Digest, str])[0])

    @_heal
    def published(self, output: str) -> dict[str, tuple[Digest, ...]]:
        """Return under which keys the sources of the last publication into `output` are remembered."""
        return self._table(_PUBLISHED + output, PUBLISHED_ROWS)

    @_heal
    def texts(self, output: str) -> Texts:
        """Return which texts can be exchanged in the last publication into the folder `output`."""
        return decode_table(self.table(TEXTS, output), TEXT_ROWS)

    @_heal
    def table(self, name: str, output: str) -> Encoded:
        """Return one of the `PLAN_TABLES` that the last publication into the folder `output` left."""
        return self._encoded(_name_table(name, output))

    @_heal
    def list_keys_elsewhere(self, output: str) -> frozenset[Digest]:
        """Return every key that a publication into any other folder than `output` needs."""
        names = (name for name in self._facts.list_names(_PUBLISHED) if name != _PUBLISHED + output)
        tables = (self._table(name, PUBLISHED_ROWS) for name in names)
        return frozenset(chain.from_iterable(keys for table in tables for keys in table.values()))

    @_heal
    def replace_traces(
        self, output: str, traces: Mapping[OutPath, Trace], published: Mapping[str, tuple[Digest, ...]]
    ) -> None:
        """Remember a publication into the folder `output`, in place of the one before and of all that it left."""
        ordered = [(path, traces[path]) for path in sorted(traces)]  # once for both
        stamps = {path: (trace.size, trace.mtime_ns, trace.ctime_ns) for path, trace in ordered}
        made = {path: (trace.key, trace.digest) for path, trace in ordered}
        self._facts.write(
            {
                **_replace(_STAMPS + output, encode_in_order(stamps)),
                **_replace(_TRACES + output, encode_in_order(made)),
                **_replace(_PUBLISHED + output, encode(published)),
                **_replace_tables(output, {}),
                _RECEIPT + output: None,
                _GROUNDWORK + output: None,
            }
        )

    @_heal
    def amend(
        self,
        output: str,
        traces: Mapping[OutPath, Trace],
        published: Mapping[str, tuple[Digest, ...]],
        tables: Mapping[str, Rows],
        receipt: bytes,
        groundwork: bytes | None,
    ) -> None:
        """Remember what is different from the last publication into the folder `output`, and what it leaves now.

        `tables` are rows of `PLAN_TABLES`; without `groundwork` the one before stays. Raises UnreadableError where
        there is nothing to be amended.
        """
        if self._facts.read(_RECEIPT + output) is None:
            raise UnreadableError(f"there is no receipt of {output}")
        stamps = {path: (trace.size, trace.mtime_ns, trace.ctime_ns) for path, trace in traces.items()}
        made = {path: (trace.key, trace.digest) for path, trace in traces.items()}
        self._facts.write(
            {
                **self._change(_STAMPS + output, stamps),
                **self._change(_TRACES + output, made),
                **self._change(_PUBLISHED + output, published),
                **self._change_tables(output, tables),
                _RECEIPT + output: receipt,
                **({_GROUNDWORK + output: groundwork} if groundwork else {}),
            }
        )

    @_heal
    def groundwork(self, output: str) -> bytes | None:
        """Return what the last publication into the folder `output` left to be amended by, if it left that."""
        return self._facts.read(_GROUNDWORK + output)

    @_heal
    def receipt(self, output: str) -> bytes | None:
        """Return what the last publication into the folder `output` left to be known by, if it left anything."""
        return self._facts.read(_RECEIPT + output)

    @_heal
    def leave(self, output: str, left: Left) -> None:
        """Remember what the publication into the folder `output` leaves that was just remembered."""
        self._facts.write(
            {
                _RECEIPT + output: left.receipt,
                _GROUNDWORK + output: left.groundwork,
                **_replace_tables(output, left.tables),
            }
        )

    @_heal
    def renew_receipt(self, output: str, receipt: bytes) -> None:
        """Remember `receipt` in place of one that says no less of the last publication into the folder `output`."""
        self._facts.write({_RECEIPT + output: receipt})

    @_heal
    def forget_output(self, output: str) -> None:
        """Forget what was published into the folder `output`."""
        kinds = (_STAMPS, _TRACES, _PUBLISHED, _RECEIPT, _GROUNDWORK)
        gone = {name: None for kind in kinds for name in _replace(kind + output, None)}
        self._facts.write({**gone, **_replace_tables(output, {})})

    def _table(self, name: str, kind: type[dict[Key, Row]]) -> dict[Key, Row]:
        """Return a whole table; one that is not there is empty."""
        return decode_table(self._encoded(name), kind)

    def _encoded(self, name: str) -> Encoded:
        return self._facts.read(name), self._facts.read(_CHANGES + name)

    def _change(self, name: str, rows: Rows) -> Mapping[str, bytes]:
        """Return the fact that puts `rows` into a table; nothing if there are none."""
        if not rows:
            return {}
        known = decode(self._facts.read(_CHANGES + name) or EMPTY, RAW_ROWS)
        changed = {**known, **{str(key): row for key, row in rows.items()}}
        return {_CHANGES + name: encode(changed)}

    def _change_tables(self, output: str, tables: Mapping[str, Rows]) -> dict[str, bytes]:
        changes = (self._change(_name_table(name, output), rows) for name, rows in tables.items())
        return {name: data for change in changes for name, data in change.items()}


def _name_table(name: str, output: str) -> str:
    return f"{name} of {output}"


def _replace_tables(output: str, tables: Mapping[str, bytes]) -> dict[str, bytes | None]:
    """Return the facts that put all tables of a plan in the place of those before."""
    named = ((_name_table(name, output), tables.get(name)) for name in PLAN_TABLES)
    return {fact: data for name, value in named for fact, data in _replace(name, value).items()}


def _replace(name: str, value: bytes | None) -> Mapping[str, bytes | None]:
    """Return the facts that put a table in the place of the one before, whatever was changed in that."""
    return {name: value, _CHANGES + name: None}


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


@contextmanager
def open_copy(path: Path) -> Iterator[State]:
    """Open a copy of the memory at `path`, or an empty one: whatever is written into it is gone in the end."""
    # A build needs no copies, and one with nothing to do takes hardly longer than loading this.
    import shutil  # noqa: PLC0415
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    with TemporaryDirectory(prefix="sitegen-") as folder:
        copy = Path(folder) / path.name
        with explain_failures(path):
            for suffix in ("", "-wal"):
                if Path(f"{path}{suffix}").is_file():
                    shutil.copyfile(f"{path}{suffix}", f"{copy}{suffix}")
        with open_state(copy) as state:
            yield state
