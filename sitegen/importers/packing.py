"""Threads that wait in memory for others on the same article, made small: an export may hold a million comments."""

import zlib
from dataclasses import dataclass

from pydantic import TypeAdapter

from sitegen.importers.records import CapturedThread
from sitegen.model.values import replace
from sitegen.parse.comment_format import CommentRecord

_COMMENTS = TypeAdapter(tuple[CommentRecord, ...])
_FAST = 1


@dataclass(frozen=True, slots=True)
class PackedThread:
    """A thread whose comments take a tenth of the room."""

    rest: CapturedThread
    """The thread without its comments."""
    comments: bytes
    """Its comments as JSON, compressed."""


def pack_thread(thread: CapturedThread) -> PackedThread:
    """Return a thread in little room."""
    data = _COMMENTS.dump_json(thread.comments, exclude_defaults=True)
    return PackedThread(replace(thread, comments=()), zlib.compress(data, _FAST))


def unpack_thread(packed: PackedThread) -> CapturedThread:
    """Return the thread that was packed."""
    return replace(packed.rest, comments=_COMMENTS.validate_json(zlib.decompress(packed.comments)))
