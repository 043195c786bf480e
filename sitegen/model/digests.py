"""Digests of values and of bytes: how every layer tells whether something is still what it was."""

import hashlib

from sitegen.model.codec import encode
from sitegen.model.names import Digest

_SIZE = 16


def digest_value(value: object) -> Digest:
    """Return the digest of a frozen type, tuple, mapping, string or number: BLAKE2b-128 of its canonical JSON.

    The order of a mapping's keys does not count. The names of a type and of its fields are no part of its JSON, so that
    values of different types may have equal digests: compare only digests of the same kind of thing. Raises TypeError
    for a value that JSON cannot hold.
    """
    return digest_bytes(encode(value))


def digest_bytes(data: bytes) -> Digest:
    """Return the digest of `data`: BLAKE2b-128."""
    return Digest(hashlib.blake2b(data, digest_size=_SIZE).hexdigest())
