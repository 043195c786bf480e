"""`--keep-going`: the last good version of what is not sound, where one was published."""

from collections.abc import Mapping
from typing import TypeVar

from sitegen.model.article import Article, SectionIndex
from sitegen.model.codec import UnreadableError, decode
from sitegen.model.facts import SnapshotFacts
from sitegen.model.names import Digest
from sitegen.storage.state import State

Keys = tuple[Digest, ...]
"""Under which a file is remembered: its own value, then its body or thread if it has one."""

Kept = TypeVar("Kept", Article, SnapshotFacts, SectionIndex)


class Rescue:
    """Finds what was last published of files with errors, and remembers what was done about each of them."""

    def __init__(self, state: State, published: Mapping[str, Keys], *, is_forgotten: bool = False) -> None:
        """Look into `state` under the keys `published`, by file; without any, every file with errors is left out."""
        self._state = state
        self.published = published
        """Keys by file of the last publication."""
        self.is_forgotten = is_forgotten
        """Whether there is a last publication of which nothing is known any more."""
        self.kept: dict[str, None] = {}
        """Files whose last published version stands."""
        self.left_out: dict[str, None] = {}
        """Files that have no such version, or whose version cannot stand beside the others."""
        self.has_lost = False
        """Whether the memory has lost what was published of a file."""

    def find_article(self, path: str) -> tuple[Article, Keys] | None:
        """Return the last published version of a document and its keys; None, and it is left out, without one."""
        return self._find(path, "article", "body", Article)

    def find_snapshot(self, path: str) -> tuple[SnapshotFacts, Keys] | None:
        """Return the last published version of a snapshot and its keys; None, and it is left out, without one."""
        return self._find(path, "snapshot", "thread", SnapshotFacts)

    def find_section(self, path: str) -> tuple[SectionIndex, Keys] | None:
        """Return the last published version of an `_index.md` and its keys; None, and it is left out, without one."""
        return self._find(path, "section", None, SectionIndex)

    def leave_out(self, path: str) -> None:
        """Note that a file has no version that can stand."""
        self.kept.pop(path, None)
        self.left_out[path] = None

    def _find(self, path: str, kind: str, part: str | None, wanted: type[Kept]) -> tuple[Kept, Keys] | None:
        keys = self.published.get(path, ())
        value = self._load(kind, part, keys, wanted) if keys else None
        if value is None:
            self.has_lost = self.has_lost or bool(keys)
            self.leave_out(path)
            return None
        self.kept[path] = None
        return value, keys

    def _load(self, kind: str, part: str | None, keys: Keys, wanted: type[Kept]) -> Kept | None:
        value = self._state.load(kind, keys[0])
        if value is None or (part and (len(keys) == 1 or any(self._state.load(part, key) is None for key in keys[1:]))):
            return None
        try:
            return decode(value, wanted)
        except UnreadableError:
            return None
