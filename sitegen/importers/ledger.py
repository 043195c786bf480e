"""`imports.lock`: which file came from where, and what it was then, so that importing again undoes nobody's work.

One line a document, sorted: `content/world/bridge.md = https://old.example/?p=17 sha256:4f2a…`. A document that is no
longer what the line says was edited by hand, and one that is gone was deleted: both are left alone.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sitegen.errors import ContentError, Span, error
from sitegen.model.values import replace

LEDGER_FILE = "imports.lock"
"""Name of the file, at the root of the site."""
_HEADER = "# What `sitegen import` wrote: file, where it came from, and its content then. Commit it.\n"
_LINE = re.compile(r"(content/\S.*?) = (\S+) sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A document that was imported."""

    path: str
    """Its file, from the site's root."""
    digest: str
    """SHA-256 of what was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What the file says."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    """Documents by their keys at the source."""


def read_ledger(text: str) -> Ledger:
    """Return what the file says; raises ContentError with the lines that cannot be read."""
    entries: dict[str, Entry] = {}
    problems = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.rstrip())
        if not match or match[2] in entries:
            message = "is no line of this file" if not match else f"`{match[2]}` stands in two lines"
            hint = "after a merge keep the lines of both sides, each once"
            problems.append(error("import", message, LEDGER_FILE, Span(line=number), hint))
            continue
        entries[match[2]] = Entry(path=match[1], digest=match[3])
    if problems:
        raise ContentError(problems)
    return Ledger(entries=entries)


def write_ledger(ledger: Ledger) -> str:
    """Return the text of the file."""
    lines = sorted(f"{entry.path} = {key} sha256:{entry.digest}\n" for key, entry in ledger.entries.items())
    return _HEADER + "".join(lines)


def rename_in_ledger(ledger: Ledger, old: str, new: str) -> Ledger:
    """Return `ledger` with a document, named from the site's root, at its new place."""
    entries = {key: replace(entry, path=new) if entry.path == old else entry for key, entry in ledger.entries.items()}
    return Ledger(entries=entries)


def digest_bytes(data: bytes) -> str:
    """Return the SHA-256 by which content is compared."""
    return hashlib.sha256(data).hexdigest()
