"""Bodies and threads, as the pages that show them get them."""

from typing import Protocol

from sitegen.model.article import Body
from sitegen.model.codec import UnreadableError, decode
from sitegen.model.comments import CommentThread
from sitegen.model.names import Digest


class Memory(Protocol):
    """Where values are remembered."""

    def load(self, kind: str, key: Digest) -> bytes | None:
        """Return a value, or None where it is not there or damaged."""


class Shelf:
    """Bodies and threads as the memory keeps them."""

    def __init__(self, memory: Memory) -> None:
        """Read from `memory`."""
        self._memory = memory

    def load_body(self, digest: Digest) -> Body:
        """Return a body; raises UnreadableError where the memory has lost it."""
        return decode(self._load("body", digest), Body)

    def load_thread(self, digest: Digest) -> CommentThread:
        """Return a thread; raises UnreadableError where the memory has lost it."""
        return decode(self._load("thread", digest), CommentThread)

    def _load(self, kind: str, digest: Digest) -> bytes:
        value = self._memory.load(kind, digest)
        if value is None:
            raise UnreadableError(f"{kind} {digest} is not remembered")
        return value
