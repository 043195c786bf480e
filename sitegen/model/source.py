"""Files as they were found on the disk."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from sitegen.model.digests import digest_value
from sitegen.model.names import NO_DIGEST, Digest

DOCUMENT_SUFFIXES = (".md", ".markdown")
"""What the names of articles and pages end with, the usual one first."""

LOCK_FILE = "permalinks.lock"
"""The file of a site that names every address that was published once."""

UNREAD = NO_DIGEST
"""Stands for the digest of a file that nobody has read yet."""


class SourceFile(Struct, frozen=True, kw_only=True, array_like=True):
    """One file of the site, by its content."""

    path: str
    """POSIX path relative to the site's root: `content/world/x.md`."""
    size: int
    """Length in bytes."""
    mtime_ns: int
    """Time of the last change in nanoseconds; only ever a hint, since anybody can set it."""
    ctime_ns: int
    """When the system last saw the file change, in nanoseconds, which nobody can set; only ever a hint too."""
    digest: Digest
    """Digest of the bytes."""


FileStamp = tuple[int, int, int, Digest]
"""Size, time of the last change, time when the system last saw it change, and digest of a file, as in `SourceFile`."""


class Scan(Struct, frozen=True, kw_only=True, array_like=True):
    """All files of a site at one time, as they are remembered."""

    began_ns: int
    """When looking at them began, in nanoseconds."""
    contents: Digest
    """Digest of their paths and what they hold: equal for two scans that found the same site, whatever the times."""
    stamps: Mapping[str, FileStamp]
    """By path."""


def build_scan(files: Iterable[SourceFile], began_ns: int) -> Scan:
    """Return what is remembered of `files`, which were looked at from `began_ns` on."""
    return stamp_scan(build_stamps(files), began_ns)


def build_stamps(files: Iterable[SourceFile]) -> dict[str, FileStamp]:
    """Return what is remembered of each of `files`, by path."""
    return {file.path: (file.size, file.mtime_ns, file.ctime_ns, file.digest) for file in files}


def list_files(scan: Scan) -> tuple[SourceFile, ...]:
    """Return the files of a scan, sorted by path."""
    return tuple(pick_file(scan, path) for path in sorted(scan.stamps))


def pick_file(scan: Scan, path: str) -> SourceFile:
    """Return a file of a scan; raises KeyError where it found none."""
    size, mtime_ns, ctime_ns, digest = scan.stamps[path]
    return SourceFile(path=path, size=size, mtime_ns=mtime_ns, ctime_ns=ctime_ns, digest=digest)


def stamp_scan(stamps: Mapping[str, FileStamp], began_ns: int) -> Scan:
    """Return the scan that found `stamps`."""
    contents = digest_value({path: stamp[3] for path, stamp in stamps.items()})
    return Scan(began_ns=began_ns, contents=contents, stamps=stamps)
