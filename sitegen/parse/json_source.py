"""JSON with the place of every key and value (RFC 8259, without its silence about duplicate keys).

The standard library reads the values and keeps no places; a second, simpler pass finds them in text that is already
known to be valid, and only where they are asked for.
"""

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from json import JSONDecodeError
from typing import cast

import msgspec

from sitegen.errors import ContentError, Problem, Span, error
from sitegen.parse.places import (
    DEEPEST,
    Lines,
    Path,
    Placed,
    check_encodable,
    describe_half,
    describe_twice,
    place_at,
    refuse_depth,
)

_CODE = "json"
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[{}\[\],:]|[^\s{}\[\],:"]++', re.DOTALL)
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_NO_BRACKETS = re.compile(r"[^\[\]{}]++")
_STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}
_HALF = re.compile(
    r"(?<!\\)(?:\\\\)*(?:\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2})"
)
"""An escape of one half of a surrogate pair without the other."""
_ESCAPED_COLON = "\\u003"
"""How the escape of a colon begins, in whatever case its last digit is."""
_MANY_DIGITS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonPlaces:
    """Where things stand in a JSON text."""

    spans: Mapping[Path, Span]
    """Place of every value; of a list or object on one line, all of it."""
    key_spans: Mapping[Path, Span]
    """Place of every key; of one that stands twice, the first."""
    repeated: tuple[tuple[Path, Span], ...]
    """Every key that is already there, with its second place."""


def load_json(text: str, path: str, line: int = 1) -> object:
    """Return the value in `text`, whose first line is line `line` of the file `path`.

    Raises ContentError with the place of what cannot be read. Stricter than the standard library: no key twice in one
    object, no NaN, no number beyond all bounds, no half characters, and nesting is bounded.
    """
    check_encodable(_CODE, text, path, line)
    too_deep = _find_too_deep(text)
    if too_deep is not None:
        raise refuse_depth(_CODE, path, place_at(text, too_deep, line))
    pairs = 0

    def build(items: list[tuple[str, object]]) -> dict[str, object]:
        nonlocal pairs
        result = dict(items)
        pairs += len(items) - len(result)
        return result

    try:
        value = json.loads(text, object_pairs_hook=build, parse_float=_read_float, parse_constant=_refuse_constant)
    except JSONDecodeError as failure:
        raise ContentError([_describe_syntax(failure, text, path, line)]) from failure
    except ValueError as failure:
        raise ContentError([_describe_number(text, path, line)]) from failure
    half = _HALF.search(text) if "\\u" in text else None
    if half:
        raise ContentError([describe_half(_CODE, path, place_at(text, half.start(), line))])
    if pairs:
        places = find_json_places(text, line)
        raise ContentError(
            [
                describe_twice(_CODE, str(where[-1]), path, places.key_spans[where], second)
                for where, second in places.repeated
            ]
        )
    return cast("object", value)


def may_repeat_key(text: str, value: object) -> bool:
    """Whether an object in `text`, of which msgspec made `value`, may have a key twice; False is certain.

    The first of two equal keys is gone once the text is decoded, and the colon behind it with it.
    """
    if "\\" in text and _ESCAPED_COLON in text:
        return True
    return text.count(":") != msgspec.json.encode(value).count(b":")


def load_json_mapping(text: str, path: str, line: int) -> Placed:
    """Return what the object `text` says; its first line is line `line` of the file `path`. Raises ContentError."""
    values = load_json(text, path, line)
    if not isinstance(values, dict):
        raise ContentError([error(_CODE, "must be an object in braces", path, Span(line=line))])
    places = find_json_places(text, line)
    return Placed(values=values, spans=places.spans, key_spans=places.key_spans)


def find_json_places(text: str, line: int = 1) -> JsonPlaces:
    """Return the places in `text`, which must be valid JSON and starts on line `line` of its file."""
    walk = _Walk(text, line)
    for match in _TOKEN.finditer(text):
        walk.add(match[0], match.start())
    return JsonPlaces(spans=walk.spans, key_spans=walk.key_spans, repeated=tuple(walk.repeated))


@dataclass(slots=True, kw_only=True)
class _Container:
    """A list or object while it is read."""

    place: Path
    start: int
    index: int | None
    """Position of the next value of a list; None in an object."""
    key: str | None = None
    """Key of the next value of an object; None where a key comes next."""

    def next_place(self) -> Path:
        return (*self.place, self.index if self.index is not None else self.key or "")


class _Walk:
    """A walk through the tokens of valid JSON."""

    def __init__(self, text: str, line: int) -> None:
        self._lines = Lines(text, line)
        self._open: list[_Container] = []
        self.spans: dict[Path, Span] = {}
        self.key_spans: dict[Path, Span] = {}
        self.repeated: list[tuple[Path, Span]] = []

    def add(self, sign: str, at: int) -> None:
        """Add the token that begins at offset `at`."""
        inside = self._open[-1] if self._open else None
        if sign == ":":
            return
        if sign == ",":
            self._go_on(inside)
        elif sign in "}]":
            self._close(at + 1)
        elif inside and inside.index is None and inside.key is None:
            inside.key = json.loads(sign)
            self._note_key(inside.next_place(), self._lines.span(at, len(sign)))
        else:
            place = inside.next_place() if inside else ()
            self.spans[place] = self._lines.span(at, len(sign))
            if sign in "{[":
                self._open.append(_Container(place=place, start=at, index=0 if sign == "[" else None))

    def _go_on(self, inside: _Container | None) -> None:
        if inside and inside.index is not None:
            inside.index += 1
        elif inside:
            inside.key = None

    def _note_key(self, place: Path, span: Span) -> None:
        if place in self.key_spans:
            self.repeated.append((place, span))
        self.key_spans.setdefault(place, span)

    def _close(self, end: int) -> None:
        closed = self._open.pop()
        if self._lines.span(end).line == self.spans[closed.place].line:
            self.spans[closed.place] = self._lines.span(closed.start, end - closed.start)


def _read_float(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError(digits)
    return value


def _refuse_constant(name: str) -> float:
    raise ValueError(name)


def _find_too_deep(text: str) -> int | None:
    """Return the offset of the first bracket that is nested too deeply."""
    if not _is_too_deep(_NO_BRACKETS.sub("", _STRING.sub("", text))):
        return None
    depth = 0
    for match in _TOKEN.finditer(text):
        depth += _STEPS.get(match[0], 0)
        if depth > DEEPEST + 1:
            return match.start()
    return None


def _is_too_deep(brackets: str) -> bool:
    """Whether `brackets` are nested too deeply; without strings between them, a large file is looked at quickly."""
    return any(depth > DEEPEST + 1 for depth in accumulate(_STEPS[bracket] for bracket in brackets))


def _describe_number(text: str, path: str, line: int) -> Problem:
    kinds: tuple[tuple[Callable[[str], bool], str, str], ...] = (
        (lambda token: token in {"NaN", "Infinity", "-Infinity"}, "JSON has no NaN and no Infinity", "write a number"),
        (
            lambda token: len(token) > _MANY_DIGITS and token[0] in "-0123456789",
            "a number with too many digits",
            "quote it",
        ),
        (_is_infinite, "a number that is too large", "quote it"),
    )
    for match in _TOKEN.finditer(text):
        for is_it, message, hint in kinds:
            if is_it(match[0]):
                return error(_CODE, message, path, place_at(text, match.start(), line), hint)
    return error(_CODE, "a number that cannot be read", path, Span(line=line), "quote it")


def _is_infinite(token: str) -> bool:
    try:
        return token[0] in "-0123456789" and math.isinf(float(token))
    except ValueError:
        return False


def _describe_syntax(failure: JSONDecodeError, text: str, path: str, line: int) -> Problem:
    span = Span(line=line + failure.lineno - 1, column=failure.colno)
    message = _SOFTER.get(failure.msg.rstrip(": "), failure.msg[:1].lower() + failure.msg[1:])
    hint = 'write `"key": "value"`, with a comma between two entries'
    if text[: failure.pos].rstrip().endswith(",") and text[failure.pos : failure.pos + 1] in {"}", "]"}:
        hint = "delete the comma behind the last entry"
    return error(_CODE, message, path, span, hint)


_SOFTER = {
    "Expecting property name enclosed in double quotes": "a key in double quotes must follow",
    "Illegal trailing comma before end of object": "a comma stands before the closing `}`",
    "Illegal trailing comma before end of array": "a comma stands before the closing `]`",
    "Expecting ',' delimiter": "a comma is missing",
    "Expecting ':' delimiter": "a colon is missing after the key",
    "Expecting value": "a value is missing, or text stands without double quotes",
    "Unterminated string starting at": "text in quotes is not closed",
    "Extra data": "something follows the end",
    "Invalid control character at": "a line end or a control character stands inside of quotes",
    "Invalid \\escape": "a backslash stands before a character that needs none",
}
