"""Files that somebody hands over: read in pieces, gzip undone, and refused where they blow up."""

import hashlib
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from sitegen.errors import ContentError, Problem, Span, UsageError, error
from sitegen.model.values import replace
from sitegen.storage.files import explain_failures

CODE = "capture"
"""Under which code problems of inputs are told."""
LARGEST = 1 << 30
"""How many bytes of an input are held in memory at once, at most; what is streamed may be longer."""
_CHUNK = 1 << 16
_GZIP = b"\x1f\x8b"
_MOST_RATIO = 200
_MOST_BYTES = 1 << 33
_INNOCENT = 1 << 24
"""Up to so many bytes may come out of an archive, however small it is: text seldom shrinks to a thirtieth."""


def refuse_input(name: str, message: str, hint: str | None = None, span: Span | None = None) -> ContentError:
    """Return the error for an input that cannot be used."""
    return ContentError([hide_line(error(CODE, message, name, span, hint))])


def hide_line(problem: Problem) -> Problem:
    """Return a problem of an input whose line is not shown: addresses of people stand in such files."""
    return replace(problem, private=True)


class Gauge:
    """Watches how much comes out of what is packed."""

    def __init__(self, name: str) -> None:
        """Watch the file `name`."""
        self._name = name
        self._written = 0
        self.packed = 0
        """How many packed bytes were read."""

    def add(self, length: int) -> None:
        """Count bytes that came out; raises ContentError where they are too many."""
        self._written += length
        if self._written > _INNOCENT and self._written > self.packed * _MOST_RATIO:
            hint = "text does not shrink like that: somebody means harm"
            raise refuse_input(self._name, f"grows to more than {_MOST_RATIO} times its size", hint)
        if self._written > _MOST_BYTES:
            raise refuse_input(self._name, f"grows to more than {_MOST_BYTES >> 30} GB", "export one part at a time")


def read_chunks(name: str, advance: Callable[[int], None]) -> Iterator[bytes]:
    """Yield the content of the file `name`, unpacked if it is gzipped; `advance` is told of the bytes on the disk.

    Raises UsageError where there is no such file, ContentError for a broken or hostile gzip file.
    """
    file = find_file(name)
    with explain_failures(file), file.open("rb") as stream:
        first = stream.read(_CHUNK)
        pieces = _read_pieces(first, stream.read, advance)
        yield from _unpack(name, pieces) if first.startswith(_GZIP) else pieces


def read_whole(name: str, advance: Callable[[int], None]) -> bytes:
    """Return the content of the file `name` as `read_chunks` gives it, up to `LARGEST` bytes."""
    parts = []
    length = 0
    for chunk in read_chunks(name, advance):
        length += len(chunk)
        if length > LARGEST:
            raise refuse_input(name, f"holds more than {LARGEST >> 20} MB", "export one part of the site at a time")
        parts.append(chunk)
    return b"".join(parts)


def read_text(name: str, advance: Callable[[int], None]) -> str:
    """Return the text of the file `name`; raises ContentError with the line of what is no UTF-8."""
    data = read_whole(name, advance)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        line = failure.object.count(b"\n", 0, failure.start) + 1
        raise refuse_input(name, "is not UTF-8 text", "save it as UTF-8", Span(line=line)) from failure


def find_file(name: str) -> Path:
    """Return the path of an input; raises UsageError where it is no file."""
    file = Path(name)
    if file.is_dir():
        raise UsageError(f"`{name}` is a folder", "name the file that was exported")
    if not file.is_file():
        raise UsageError(f"there is no file `{name}`", "paths count from the current folder")
    return file


def digest_inputs(names: tuple[str, ...]) -> str | None:
    """Return the SHA-256 of an input, as it lies on the disk; None for several and for what is no file."""
    if len(names) != 1 or not Path(names[0]).is_file():
        return None
    with explain_failures(names[0]), Path(names[0]).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read_pieces(first: bytes, read: Callable[[int], bytes], advance: Callable[[int], None]) -> Iterator[bytes]:
    piece = first
    while piece:
        advance(len(piece))
        yield piece
        piece = read(_CHUNK)


def _unpack(name: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what comes out of a gzip file of one or several members (RFC 1952)."""
    gauge = Gauge(name)
    member = zlib.decompressobj(wbits=31)
    for piece in pieces:
        gauge.packed += len(piece)
        waiting = piece
        while waiting:
            if member.eof:
                member = zlib.decompressobj(wbits=31)
            try:
                out = member.decompress(waiting, _CHUNK)
            except zlib.error as failure:
                raise refuse_input(name, "is a broken gzip file", "download it again") from failure
            waiting = member.unused_data if member.eof else member.unconsumed_tail
            gauge.add(len(out))
            if out:
                yield out
    while not member.eof:
        out = member.decompress(member.unconsumed_tail, _CHUNK)
        if not out:
            raise refuse_input(name, "ends in the middle", "download it again")
        yield out
