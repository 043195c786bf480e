"""Checksums of what is remembered, since SQLite does not notice a flipped bit.

CRC-32 is made for that, and a third as long under way as a digest: a build checks tens of thousands of values.
"""

import zlib

_SEAL = 4


def seal(name: str, value: bytes) -> bytes:
    """Return `value` with a checksum of itself and its name in front."""
    return _sum(name, value) + value


def unseal(name: str, sealed: object) -> bytes | None:
    """Return what was sealed under `name`; None where it is damaged, or was sealed under another."""
    if not isinstance(sealed, bytes):
        return None
    value = sealed[_SEAL:]
    return value if sealed[:_SEAL] == _sum(name, value) else None


def _sum(name: str, value: bytes) -> bytes:
    return zlib.crc32(value, zlib.crc32(name.encode() + b"\0")).to_bytes(_SEAL, "big")
