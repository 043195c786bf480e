"""Checksums of what is remembered, since SQLite does not notice a flipped bit."""

import hashlib

_SEAL = 8


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
    digest = hashlib.blake2b(name.encode() + b"\0", digest_size=_SEAL)
    digest.update(value)
    return digest.digest()
