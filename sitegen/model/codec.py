"""Remembered values as bytes: canonical JSON, so that a restored memory can never run code."""

from typing import TypeVar

import msgspec

Value = TypeVar("Value")


class UnreadableError(Exception):
    """Bytes that are not the value they should be: from another version, or damaged."""


def encode(value: object) -> bytes:
    """Return a frozen type, or a tuple or mapping of such, as JSON with fields in order and keys sorted."""
    return msgspec.json.encode(value, order="deterministic")


def encode_in_order(value: object) -> bytes:
    """Return what `encode` does, with the keys of mappings in the order that they have, for where that counts."""
    return msgspec.json.encode(value)


def decode(data: bytes | msgspec.Raw, kind: type[Value]) -> Value:
    """Return the value of type `kind` in `data`; raises UnreadableError where there is none."""
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError, RecursionError) as failure:
        raise UnreadableError(str(failure)) from failure
