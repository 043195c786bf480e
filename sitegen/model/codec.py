"""Remembered values as bytes: canonical JSON, so that a restored memory can never run code."""

from functools import cache
from typing import Any, TypeVar

import msgspec

Value = TypeVar("Value")

_CANONICAL = msgspec.json.Encoder(order="deterministic")
_IN_ORDER = msgspec.json.Encoder()


class UnreadableError(Exception):
    """Bytes that are not the value they should be: from another version, or damaged."""


def encode(value: object) -> bytes:
    """Return a frozen type, or a tuple or mapping of such, as JSON with fields in order and keys sorted."""
    return _CANONICAL.encode(value)


def encode_in_order(value: object) -> bytes:
    """Return what `encode` does, with the keys of mappings in the order that they have, for where that counts."""
    return _IN_ORDER.encode(value)


def decode(data: bytes | msgspec.Raw, kind: type[Value]) -> Value:
    """Return the value of type `kind` in `data`; raises UnreadableError where there is none."""
    try:
        return _build_decoder(kind).decode(data)  # type: ignore[no-any-return,arg-type]
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError, RecursionError) as failure:
        raise UnreadableError(str(failure)) from failure


@cache
def _build_decoder(kind: type[object]) -> msgspec.json.Decoder[Any]:
    """Return what decodes a type, once: looking into the type takes as long as decoding a small value."""
    return msgspec.json.Decoder(kind)
