"""`extra`: a site's own keys, as values that templates and the memory of builds can hold.

The one place where YAML's types count, by the core schema of YAML 1.2: `true`, `false`, whole and decimal numbers.
Everything else is text, dates as they are written (TOML: in ISO form) and what is empty as empty text.
"""

import math
import re
from collections.abc import Mapping
from datetime import date, time

from sitegen.model.config import TomlValue
from sitegen.parse.places import Path, Plain
from sitegen.parse.scalars import check_characters, reject

_DEEPEST = 20
_MOST_VALUES = 5_000
_INTEGER = re.compile(r"[+-]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+(?:[eE][+-]?[0-9]+)?|[eE][+-]?[0-9]+)")
_LONGEST_NUMBER = 18
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_LARGEST = 2**63


def read_extra(value: object) -> Mapping[str, TomlValue]:
    """Return the mapping `value` with lists as tuples; raises PydanticCustomError with the place inside of it."""
    if not isinstance(value, Mapping):
        raise reject("must be a mapping", "write keys of your own below it, each indented by two spaces")
    reader = _Reader()
    return reader.read_mapping(value, ())


class _Reader:
    """Counts the values while it reads them."""

    def __init__(self) -> None:
        self.count = 0

    def read_mapping(self, value: Mapping[str, object], place: Path) -> dict[str, TomlValue]:
        return {str(key): self.read(item, (*place, str(key))) for key, item in value.items()}

    def read(self, value: object, place: Path) -> TomlValue:
        self.count += 1
        if len(place) > _DEEPEST:
            raise reject(f"is nested more than {_DEEPEST} levels deep", "make it flatter", place)
        if self.count > _MOST_VALUES:
            raise reject(f"holds more than {_MOST_VALUES} values", "keep data elsewhere", place)
        if isinstance(value, Mapping):
            return self.read_mapping(value, place)
        if isinstance(value, list):
            return tuple(self.read(item, (*place, index)) for index, item in enumerate(value))
        return _read_scalar(value, place)


def _read_scalar(value: object, place: Path) -> TomlValue:
    if isinstance(value, Plain):
        value = _read_plain(str(value))
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return _check_number(value, place)
    if isinstance(value, date | time):
        return value.isoformat()
    if value is None:
        return ""
    try:
        return check_characters(str(value))
    except ValueError as failure:
        raise reject(*_reasons(failure), place) from None


def _reasons(failure: ValueError) -> tuple[str, str]:
    return str(failure), "delete it"


def _read_plain(text: str) -> TomlValue:
    """Return a number or truth value where YAML 1.2 sees one and nothing is lost by it, else the text itself."""
    if text in _TRUTH:
        return _TRUTH[text]
    if len(text) > _LONGEST_NUMBER or not text[-1:].isdigit():
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    return text


def _check_number(number: float, place: Path) -> int | float:
    if isinstance(number, int):
        if not -_LARGEST <= number < _LARGEST:
            raise reject("a number with too many digits", "quote it", place)
    elif not math.isfinite(number):
        raise reject("must be a finite number", "quote it", place)
    return number
