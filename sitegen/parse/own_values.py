"""Values that belong to the site's own templates: whatever a format holds, made plain and bounded."""

from collections.abc import Mapping
from datetime import date, datetime, time

from sitegen.errors import ContentError, Span, error
from sitegen.model.config import TomlValue

_DEEPEST = 20
_MOST = 5_000
_LONGEST_NUMBER = 10**18


class _TooMuchError(Exception):
    """The value is deeper or larger than anybody needs."""


def build_extra(native: object, path: str, span: Span) -> Mapping[str, TomlValue]:
    """Return the mapping `native` with dates as ISO text and lists as tuples.

    Raises ContentError where it is no mapping, or has no bounds.
    """
    if not isinstance(native, Mapping):
        raise ContentError([error("extra", "must be a mapping of your own keys", path, span)])
    budget = [_MOST]
    try:
        return {str(key): _convert(value, 1, budget) for key, value in native.items()}
    except (_TooMuchError, RecursionError) as failure:
        raise ContentError([error("extra", "is nested too deeply, or too large", path, span)]) from failure


def _convert(value: object, depth: int, budget: list[int]) -> TomlValue:
    budget[0] -= 1
    if depth > _DEEPEST or budget[0] < 0:
        raise _TooMuchError
    if isinstance(value, Mapping):
        return {str(key): _convert(item, depth + 1, budget) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return tuple(_convert(item, depth + 1, budget) for item in value)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, bool | float | str):
        return value
    if isinstance(value, int):
        if abs(value) > _LONGEST_NUMBER:
            raise _TooMuchError
        return value
    return "" if value is None else str(value)
