"""Files as they were found on the disk."""

from dataclasses import dataclass

from sitegen.model.names import Digest

DOCUMENT_SUFFIXES = (".md", ".markdown")
"""What the names of articles and pages end with, the usual one first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
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
