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


def recall(memory: Memory, kind: str, key: Digest) -> bytes:
    """Return a value; raises UnreadableError where the memory has lost it."""
    value = memory.load(kind, key)
    if value is None:
        raise UnreadableError(f"{kind} {key} is not remembered")
    return value


class Shelf:
    """Bodies and threads as the memory keeps them."""

    def __init__(self, memory: Memory) -> None:
        """Read from `memory`."""
        self._memory = memory

    def load_body(self, digest: Digest) -> Body:
        """Return a body; raises UnreadableError where the memory has lost it."""
        return decode(recall(self._memory, "body", digest), Body)

    def load_thread(self, digest: Digest) -> CommentThread:
        """Return a thread; raises UnreadableError where the memory has lost it."""
        return decode(recall(self._memory, "thread", digest), CommentThread)
