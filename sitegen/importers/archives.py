"""Exports as they are handed over: a file, gzipped or not, or a ZIP archive with several parts.

Nothing of an archive is unpacked to the disk: its members are read as streams, and their names are only shown.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from sitegen.errors import Span
from sitegen.importers.inputs import Gauge, find_file, read_chunks, refuse_input
from sitegen.parse.sanitize import clean_text
from sitegen.storage.files import explain_failures

_CHUNK = 1 << 16
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PACKED = (*_ZIP, b"\x1f\x8b")
_MOST_MEMBERS = 1_000
_LONGEST_NAME = 100


def read_parts(name: str, advance: Callable[[int], None]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield the XML documents in the file `name`, each with a name for messages and its content in pieces.

    `advance` is told of the bytes on the disk. Raises UsageError where there is no such file, ContentError for an
    archive that is broken, encrypted, without XML, or that grows without measure.
    """
    file = find_file(name)
    with explain_failures(file), file.open("rb") as stream:
        is_zip = stream.read(4) in _ZIP
    if not is_zip:
        yield name, read_chunks(name, advance)
        return
    try:
        with explain_failures(file), zipfile.ZipFile(file) as archive:
            yield from _read_members(name, archive, advance)
    except zipfile.BadZipFile as failure:
        raise refuse_input(name, "is a broken ZIP archive", "download it again") from failure


def _read_members(
    name: str, archive: zipfile.ZipFile, advance: Callable[[int], None]
) -> Iterator[tuple[str, Iterator[bytes]]]:
    members = [member for member in archive.infolist() if _is_part(member)]
    if not members:
        raise refuse_input(name, "holds no XML file", "name the export itself")
    if len(members) > _MOST_MEMBERS:
        raise refuse_input(name, f"holds more than {_MOST_MEMBERS:,} files", "unpack it, and name what you want")
    gauge = Gauge(name)
    gauge.packed = sum(member.compress_size for member in members)
    for member in sorted(members, key=lambda member: member.filename):
        shown = f"{name}/{' '.join(clean_text(member.filename).split())[:_LONGEST_NAME]}"
        yield shown, _read_member(shown, archive, member, gauge)
        advance(member.compress_size)


def _is_part(member: zipfile.ZipInfo) -> bool:
    """Whether a member is an export; macOS puts files of its own into archives."""
    path = PurePosixPath(member.filename)
    return path.suffix.lower() == ".xml" and "__MACOSX" not in path.parts and not member.is_dir()


def _read_member(shown: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, gauge: Gauge) -> Iterator[bytes]:
    if member.flag_bits & 1:
        raise refuse_input(shown, "is encrypted", "unpack it first")
    try:
        with archive.open(member) as stream:
            first = True
            while piece := stream.read(_CHUNK):
                if first and piece.startswith(_PACKED):
                    raise refuse_input(shown, "is an archive inside of an archive", "unpack it first", Span(line=1))
                first = False
                gauge.add(len(piece))
                yield piece
    except (NotImplementedError, RuntimeError) as failure:
        raise refuse_input(shown, "is packed in a way that is not read", "unpack it first") from failure
    except (zlib.error, EOFError, OSError, ValueError, zipfile.BadZipFile) as failure:
        raise refuse_input(shown, "is broken in its archive", "download it again") from failure
