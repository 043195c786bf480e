"""`isso`: the SQLite file of isso, `comments.db`.

Source: `isso/db/comments.py`, `isso/db/threads.py` and `isso/utils/html.py` of isso 0.13 (`user_version` 5; the columns
that are read are there since 0.6). `mode` is 1 for public, 2 for pending, 4 for deleted comments that replies hang on.
`text` is Markdown as it was typed. Not read: `email`, `remote_addr`, `voters`, `notification`.

The file may come from anybody. It is opened read-only and as it is, nothing that its schema defines is run, and every
value is checked.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from pydantic import ValidationError

from sitegen.importers.inputs import digest_inputs, find_file, refuse_input
from sitegen.importers.json_input import Part, Size, Whole, refuse_values
from sitegen.importers.records import CapturedThread, ImportRequest, Tally
from sitegen.importers.threads import Found, ThreadSource, build_thread
from sitegen.importers.times import read_captured, read_epoch
from sitegen.parse.comment_format import SnapshotRecord

_MAGIC = b"SQLite format 3\x00"
_LONGEST = 20_000_000
_READING = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})
_WITHHELD = {2: "pending", 4: "deleted"}
_PUBLIC = 1


class _Thread(Part):
    id: Whole
    uri: str
    title: str | None


class _Comment(Part):
    tid: Whole
    id: Whole
    parent: Whole | None
    created: float
    modified: float | None
    mode: Whole
    text: str | None
    author: str | None
    website: str | None
    likes: Size | None
    dislikes: Size | None


_Row = TypeVar("_Row", bound=Part)


def read_threads(request: ImportRequest, tally: Tally) -> Iterator[CapturedThread]:
    """Yield the threads of isso's databases that have comments."""
    snapshot = SnapshotRecord(
        platform="isso",
        method="database",
        captured_at=read_captured(request),
        source_sha256=digest_inputs(request.inputs),
    )
    for name in request.inputs:
        threads, comments = _read_database(name)
        request.advance(find_file(name).stat().st_size)
        found: dict[int, list[Found]] = {}
        for comment in comments:
            found.setdefault(comment.tid, []).append(_read_comment(comment))
        for number, items in found.items():
            thread = threads.get(number)
            source = ThreadSource(
                prefix="isso-",
                addresses=(thread.uri,) if thread else (),
                source_id=str(number),
                title=thread.title if thread else None,
                snapshot=snapshot,
            )
            yield build_thread(source, items, tally)


def _read_database(name: str) -> tuple[dict[int, _Thread], list[_Comment]]:
    file = find_file(name)
    _check_file(name, file)
    try:
        with closing(sqlite3.connect(f"file:{quote(str(file.resolve()))}?mode=ro&immutable=1", uri=True)) as database:
            _check_schema(database, name)
            _restrict(database)
            threads = _read_table(database, name, "threads", _Thread)
            comments = _read_table(database, name, "comments", _Comment)
    except (sqlite3.Error, UnicodeError) as failure:  # the latter for messages about names that are no text
        raise refuse_input(name, "is no sound database of isso", "copy it again while isso is stopped") from failure
    return {thread.id: thread for thread in threads}, comments


def _check_file(name: str, file: Path) -> None:
    """Refuse what is no SQLite file, and one whose last changes stand in a file beside it."""
    with file.open("rb") as stream:
        if stream.read(len(_MAGIC)) != _MAGIC:
            raise refuse_input(name, "is no SQLite file", "name isso's comments.db, unpacked")
    for ending in ("-wal", "-journal"):
        beside = file.with_name(file.name + ending)
        if beside.is_file() and beside.stat().st_size:
            hint = "stop isso, or copy it with `sqlite3 comments.db '.backup copy.db'`"
            raise refuse_input(name, f"was in use: its last changes are in {beside.name}", hint)


def _check_schema(database: sqlite3.Connection, name: str) -> None:
    """Refuse tables that are views, virtual, or have columns that are computed: somebody else's code would run."""
    database.text_factory = _decode
    database.execute("PRAGMA trusted_schema = OFF")
    for table in ("threads", "comments"):
        made = database.execute("SELECT type, sql FROM sqlite_master WHERE name = ?", (table,)).fetchall()
        if [kind for kind, _ in made] != ["table"] or "VIRTUAL" in str(made[0][1]).upper().split("(")[0]:
            raise refuse_input(name, f"is no database of isso: it has no table `{table}`")
        if any(column[-1] for column in database.execute(f"PRAGMA table_xinfo({table})")):
            raise refuse_input(name, f"is no database of isso: columns of `{table}` are computed")


def _restrict(database: sqlite3.Connection) -> None:
    """Let nothing be done but reading columns."""
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    database.execute("PRAGMA cell_size_check = ON")
    database.set_authorizer(_authorize)


def _authorize(action: int, *_: object) -> int:
    return sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY


def _decode(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _read_table(database: sqlite3.Connection, name: str, table: str, shape: type[_Row]) -> list[_Row]:
    columns = ", ".join(f"{table}.{column}" for column in shape.model_fields)
    rows = database.execute(f"SELECT {columns} FROM {table} ORDER BY id")  # noqa: S608 -- both are ours
    try:
        return [shape.model_validate(dict(zip(shape.model_fields, row, strict=True))) for row in rows]
    except ValidationError as failure:
        raise refuse_values(failure, name, lambda _: None) from None


def _read_comment(comment: _Comment) -> Found:
    withheld = None if comment.mode == _PUBLIC else _WITHHELD.get(comment.mode, "not-public")
    found = Found(
        id=str(comment.id),
        parent=str(comment.parent) if comment.parent is not None else None,
        withheld=withheld,
        at=read_epoch(comment.created),
    )
    if withheld:
        return found
    found.name = comment.author
    found.site = comment.website
    found.edited = read_epoch(comment.modified)
    found.format = "markdown"
    found.text = comment.text or ""
    found.up, found.down = comment.likes, comment.dislikes
    return found
