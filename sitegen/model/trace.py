"""What is remembered of one output file."""

from msgspec import Struct

from sitegen.model.names import Digest


class Trace(Struct, frozen=True, kw_only=True, array_like=True):
    """An output file as it was published."""

    key: Digest
    """What it was made from."""
    digest: str
    """SHA-256 of its bytes, hexadecimal."""
    size: int
    """Length in bytes."""
    mtime_ns: int
    """Time of its last change in nanoseconds; only ever a hint."""
    ctime_ns: int
    """When the system last saw it change, in nanoseconds, which nobody can set; only ever a hint too."""


OutputStamp = tuple[int, int, int]
"""Size, time of the last change, and time when the system last saw it change of an output file, as in `Trace`."""
