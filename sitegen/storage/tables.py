"""Tables that are remembered of a publication: whole ones, and the rows that an edit changed since.

To write a table of thousands of rows anew would take longer than all else that the edit of a text asks for.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

import msgspec

from sitegen.model.codec import decode
from sitegen.model.names import NO_DIGEST, ArticleId, Digest, OutPath
from sitegen.model.source import Scan
from sitegen.model.trace import OutputStamp
from sitegen.model.values import replace

Key = TypeVar("Key")
Row = TypeVar("Row")

Encoded = tuple[bytes | None, bytes | None]
"""A table, and rows that stand in it instead; None: there are none."""

Texts = Mapping[Digest, tuple[OutPath, ...] | None]
"""On which pages each text stands, by its digest; None for a text that several documents have."""

STAMP_ROWS = dict[OutPath, OutputStamp]
TRACE_ROWS = dict[OutPath, tuple[Digest, str]]
"""Key and SHA-256 by path."""
PUBLISHED_ROWS = dict[str, tuple[Digest, ...]]
"""Keys in the memory by source."""
TEXT_ROWS = dict[Digest, tuple[OutPath, ...] | None]

TEXTS, DOCUMENTS, RELATED, LINES = PLAN_TABLES = ("texts", "documents", "related", "lines")
"""What a plan leaves: where texts stand, documents by id, related articles by id, lines of the sitemap by file."""

RAW_ROWS = dict[str, msgspec.Raw]

Rows = Mapping[OutPath, object] | Mapping[Digest, object] | Mapping[ArticleId, object] | Mapping[str, object]
"""Rows of some table."""

EMPTY = b"{}"
"""A table without rows."""


def decode_table(encoded: Encoded, kind: type[dict[Key, Row]]) -> dict[Key, Row]:
    """Return a table with what was changed in it; raises UnreadableError where it is something else that is encoded."""
    rows, changes = encoded
    table = decode(rows or EMPTY, kind)
    if changes:
        table.update(decode(changes, kind))
    return table


class LazyTable(Mapping[OutPath, Row]):
    """A table of files with what was changed in it; a row is decoded when it is asked for: an edit asks for few."""

    def __init__(self, encoded: Encoded, decode_row: Callable[[msgspec.Raw], Row]) -> None:
        """Decode each row by `decode_row`; raises what `decode_table` raises."""
        self._rows = decode_table(encoded, dict[OutPath, msgspec.Raw])
        self._decode_row = decode_row

    def __getitem__(self, path: OutPath) -> Row:
        return self._decode_row(self._rows[path])

    def __contains__(self, path: object) -> bool:
        return path in self._rows

    def __iter__(self) -> Iterator[OutPath]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def decode_stamps(encoded: Encoded) -> Mapping[OutPath, OutputStamp]:
    """Return size and times of files by path; raises what `decode_table` raises."""
    return decode_table(encoded, STAMP_ROWS)


def decode_scan(encoded: Encoded) -> Scan:
    """Return what the last scan found, nothing before the first; raises what `decode_table` raises."""
    value, changes = encoded
    scan = decode(value, Scan) if value is not None else _NO_SCAN
    if changes is None:
        return scan
    now = decode(changes, Scan)
    return replace(now, stamps={**scan.stamps, **now.stamps})


_NO_SCAN = Scan(began_ns=0, contents=NO_DIGEST, stamps={})
"""No file is to be trusted."""
