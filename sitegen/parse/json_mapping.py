"""JSON with the place of every key and value (RFC 8259, without its silence about duplicate keys)."""

import json
import re
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]

from sitegen.errors import ContentError, Problem, Span, error
from sitegen.parse.places import (
    DEEPEST,
    Path,
    Placed,
    check_encodable,
    describe_half,
    describe_twice,
    place_at,
    refuse_depth,
)

_BLANK = re.compile(r"[ \t\n\r]*")
_SCALAR = re.compile(r"[^\s,\]}]+")
_LONG_NUMBER = re.compile(r"\d{1000,}")
_HALF = re.compile(
    r"(?<!\\)(?:\\\\)*(?:\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2})"
)
"""An escape of one half of a surrogate pair without the other."""
_CONSTANT = re.compile(r"\b(?:NaN|-?Infinity)\b")


def load_json_mapping(text: str, path: str, line: int) -> Placed:
    """Return what the object `text` says; its first line is line `line` of the file `path`. Raises ContentError."""
    check_encodable("json", text, path, line)
    try:
        values = json.loads(text, parse_constant=_refuse_constant)
    except RecursionError as failure:
        raise refuse_depth("json", path, Span(line=line)) from failure
    except JSONDecodeError as failure:
        span = Span(line=line + failure.lineno - 1, column=failure.colno)
        raise ContentError([error("json", _soften(failure.msg), path, span, _hint(failure, text))]) from failure
    except ValueError as failure:
        raise ContentError([_describe_number(text, path, line)]) from failure
    half = _HALF.search(text)
    if half:
        raise ContentError([describe_half("json", path, place_at(text, half.start(), line))])
    walk = _Walk(text, path, line)
    walk.read_value(())
    if walk.problems:
        raise ContentError(walk.problems)
    return Placed(values=values, spans=walk.spans, key_spans=walk.key_spans)


def _refuse_constant(name: str) -> float:
    raise ValueError(name)


def _describe_number(text: str, path: str, line: int) -> Problem:
    found = _LONG_NUMBER.search(text)
    if found:
        return error("json", "a number with too many digits", path, place_at(text, found.start(), line), "quote it")
    found = _CONSTANT.search(text)
    start = found.start() if found else 0
    return error("json", "JSON has no NaN and no Infinity", path, place_at(text, start, line), "write a number")


def _soften(message: str) -> str:
    return {
        "Expecting property name enclosed in double quotes": "a key in double quotes must follow",
        "Illegal trailing comma before end of object": "a comma stands before the closing `}`",
        "Illegal trailing comma before end of array": "a comma stands before the closing `]`",
        "Expecting ',' delimiter": "a comma is missing",
        "Expecting ':' delimiter": "a colon is missing after the key",
        "Expecting value": "a value is missing, or text stands without double quotes",
    }.get(message, message[:1].lower() + message[1:])


def _hint(failure: JSONDecodeError, text: str) -> str:
    before = text[: failure.pos].rstrip()
    if before.endswith(",") and text[failure.pos : failure.pos + 1] in {"}", "]"}:
        return "delete the comma behind the last entry"
    return 'write `"key": "value"`, with a comma between two entries'


class _Walk:
    """A walk through valid JSON that notes where things stand, and keys that stand twice."""

    def __init__(self, text: str, path: str, line: int) -> None:
        self.text = text
        self.path = path
        self.line = line
        self.at = 0
        self.spans: dict[Path, Span] = {}
        self.key_spans: dict[Path, Span] = {}
        self.problems: list[Problem] = []

    def read_value(self, place: Path) -> None:
        """Note the places of one value and of all inside it."""
        self._skip_blank()
        start = self.at
        if len(place) > DEEPEST:
            raise refuse_depth("json", self.path, place_at(self.text, start, self.line))
        opening = self.text[start]
        if opening == "{":
            self._read_object(place)
        elif opening == "[":
            self._read_array(place)
        elif opening == '"':
            self.at = scanstring(self.text, start + 1)[1]
        else:
            match = _SCALAR.match(self.text, start)
            self.at = match.end() if match else start + 1
        self.spans[place] = self._span(start)

    def _skip_blank(self) -> None:
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def _span(self, start: int) -> Span:
        place = place_at(self.text, start, self.line)
        one_line = "\n" not in self.text[start : self.at]
        return Span(line=place.line, column=place.column, length=self.at - start if one_line else 1)

    def _read_object(self, place: Path) -> None:
        while True:
            self.at += 1
            self._skip_blank()
            if self.text[self.at] == "}":
                break
            start = self.at
            key, self.at = scanstring(self.text, start + 1)
            inner, span = (*place, key), self._span(start)
            if inner in self.key_spans:
                self.problems.append(describe_twice("json", key, self.path, self.key_spans[inner], span))
            self.key_spans.setdefault(inner, span)
            self._skip_blank()
            self.at += 1
            self.read_value(inner)
            self._skip_blank()
            if self.text[self.at] == "}":
                break
        self.at += 1

    def _read_array(self, place: Path) -> None:
        index = 0
        while True:
            self.at += 1
            self._skip_blank()
            if self.text[self.at] == "]":
                break
            self.read_value((*place, index))
            index += 1
            self._skip_blank()
            if self.text[self.at] == "]":
                break
        self.at += 1
