"""What single values of front matter mean: text, truth, numbers.

YAML hands over text, TOML and JSON typed values; both lead to the same here. Every function raises
`PydanticCustomError`, which pydantic turns into a finding at the place of the value.
"""

import math
import re
from collections import Counter
from datetime import date, time
from typing import TYPE_CHECKING

from sitegen.parse.places import Path

if TYPE_CHECKING:
    from pydantic_core import PydanticCustomError

LARGEST_WEIGHT = 1_000_000
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"[ \t\r\n]+")
_INTEGER = re.compile(r"[+-]?\d{1,15}")
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,15})?")
_BOOLEANS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def reject(message: str, hint: str | None = None, at: Path = ()) -> "PydanticCustomError":
    """Return the error `message` with the way out in `hint`, about the part `at` of the value."""
    from pydantic_core import PydanticCustomError  # noqa: PLC0415 -- `--clock` is read where nothing else needs it

    # The message is passed as a parameter, so that braces in it are no template.
    return PydanticCustomError("front_matter", "{message}", {"message": message, "hint": hint, "at": at})


def read_text(value: object) -> str:
    """Return a scalar as text without surrounding space; numbers count as written, truth values and dates do not."""
    if isinstance(value, str):
        return check_characters(str(value).strip())
    if isinstance(value, bool | date | time):
        raise reject("must be text", "put it in quotes")
    if isinstance(value, int | float):
        return str(value)
    raise reject("must be text", "put it in quotes, or delete its brackets")


def read_line(value: object) -> str:
    """Return a scalar as text on one line; no-break spaces stay."""
    text = value.strip() if isinstance(value, str) else read_text(value)
    printable = text.isprintable()
    if not (printable and text.isascii()):
        check_characters(text)
    return text if printable and "  " not in text else _SPACES.sub(" ", text)


def check_characters(text: str) -> str:
    """Return `text`; raises where it has control characters, or bidi controls that reach beyond it."""
    if text.isascii() and text.isprintable():
        return text
    found = _CONTROL.search(text)
    if found:
        raise reject(f"contains a control character (U+{ord(found[0]):04X})", "delete it")
    if _BIDI.search(text) and not _is_balanced(text):
        raise reject("contains a control for the direction of text that is not closed", "delete it, or close it")
    return text


def _is_balanced(text: str) -> bool:
    counts = Counter(_BIDI.findall(text))
    isolates = sum(counts[opening] for opening in "\u2066\u2067\u2068")
    return isolates == counts["\u2069"] and counts.total() - isolates - counts["\u2069"] == 2 * counts["\u202c"]


def as_boolean(value: object) -> bool | None:
    """Return what is written as a truth value in any of the formats, or None."""
    if isinstance(value, bool):
        return value
    return _BOOLEANS.get(value.strip().lower()) if isinstance(value, str) else None


def read_boolean(value: object) -> bool:
    """Return a truth value, written in any of the formats."""
    result = as_boolean(value)
    if result is None:
        raise reject("must be true or false", "write `true` or `false`")
    return result


def read_integer(value: object) -> int:
    """Return a whole number of at most 15 digits."""
    if isinstance(value, str) and _INTEGER.fullmatch(value.strip()):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15:
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return int(value)
    raise reject("must be a whole number", "write it in digits, such as `10`")


def read_weight(value: object) -> int:
    """Return a weight."""
    weight = read_integer(value)
    if abs(weight) > LARGEST_WEIGHT:
        raise reject(f"must lie between -{LARGEST_WEIGHT} and {LARGEST_WEIGHT}")
    return weight


def read_count(value: object) -> int:
    """Return how many there are of something."""
    count = read_integer(value)
    if count < 0:
        raise reject("must be at least 0")
    return count


def read_number(value: object) -> float:
    """Return a number with a decimal point."""
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return float(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 10**15:
        return float(value)
    hint = "write a decimal point" if isinstance(value, str) and "," in value else "write it in digits, such as `4.5`"
    raise reject("must be a number", hint)


def show_number(number: float) -> str:
    """Return `number` as people write it: 5, not 5.0."""
    return str(int(number)) if number == math.floor(number) else str(number)
