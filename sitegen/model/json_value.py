"""What JSON can hold (RFC 8259): JSON Feed and JSON-LD are planned as values and become text when they are rendered."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    JsonValue = str | int | float | bool | None | Sequence["JsonValue"] | Mapping[str, "JsonValue"]
    """Text, a number, true or false, nothing, a list, or an object."""
else:
    JsonValue = object  # decoders of remembered values cannot follow an alias that names itself

JsonObject = Mapping[str, JsonValue]
"""An object; keys in the order in which they are written."""


def drop_empty(data: JsonObject) -> JsonObject:
    """Return `data` without what says nothing: None, an empty text, list or object."""
    return {name: value for name, value in data.items() if value or value == 0}
