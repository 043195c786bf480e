"""TOML with the place of every key and value, in front matter and in configuration files.

`tomllib` reads the values but keeps no places; a second, simpler pass finds them in text that is already known to be
valid (TOML 1.0.0).
"""

import re
import tomllib
from ast import literal_eval
from collections.abc import Mapping
from contextlib import suppress

from sitegen.errors import ContentError, Problem, Span, error
from sitegen.parse.places import DEEPEST, Lines, Path, Placed, check_encodable, describe_twice, place_at, refuse_depth

_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_DECLARED = re.compile(r"Cannot declare (\(.*\)) twice", re.DOTALL)
"""With the parts of the table's name as Python writes a tuple."""
_LONG_NUMBER = re.compile(r"\d{1000,}")
_LONG_KEY = re.compile(rf"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){{{DEEPEST}}}""")
"""A dotted key of too many parts, which `tomllib` would take quadratic time and space to read."""
_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRINGS = (
    re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}', re.DOTALL),
    re.compile(r"'''.*?'{3,5}", re.DOTALL),
    re.compile(r'"(?:[^"\\\n]|\\.)*"'),
    re.compile(r"'[^'\n]*'"),
)
_SCALAR = re.compile(r"\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]+|[^\s,\]}#]+")


def load_toml(text: str, path: str, line: int) -> Placed:
    """Return what `text` says; its first line is line `line` of the file `path`. Raises ContentError."""
    check_encodable("toml", text, path, line)
    if long_key := _LONG_KEY.search(text):
        raise refuse_depth("toml", path, place_at(text, long_key.start(), line))
    finder = _Finder(text, line)
    try:
        values = tomllib.loads(text)
        finder.read_document()
    except RecursionError as failure:
        raise refuse_depth("toml", path, Span(line=line)) from failure
    except ValueError as failure:
        message, span = locate_toml_error(failure, text)
        repeated = _find_repeated(text, span, path, line) if "overwrite" in message else None
        if repeated:
            raise ContentError([repeated]) from failure
        span = Span(line=span.line + line - 1, column=span.column)
        raise ContentError([error("toml", message, path, span, _hint(message))]) from failure
    too_deep = next((span for place, span in finder.spans.items() if len(place) == DEEPEST + 1), None)
    if too_deep:
        raise refuse_depth("toml", path, too_deep)
    return Placed(values=values, spans=finder.spans, key_spans=finder.key_spans)


def find_toml_spans(text: str) -> Mapping[Path, Span]:
    """Return the place of every value in the valid TOML `text`."""
    finder = _Finder(text, 1)
    with suppress(RecursionError):  # places are a service: without them a problem is shown for the whole file
        finder.read_document()
    return finder.spans


def locate_toml_error(failure: ValueError, text: str) -> tuple[str, Span]:
    """Return what `tomllib` says without the place, and the place; `text` is what it was reading.

    Python 3.11 tells the place only inside of the message, and none for numbers that are too long.
    """
    message = str(failure)
    found = _PLACE.search(message)
    if found is None:
        number = _LONG_NUMBER.search(text)
        return "a number with too many digits", place_at(text, number.start() if number else 0, 1)
    words = message[: found.start()]
    if declared := _DECLARED.fullmatch(words):
        words = f"the table `[{'.'.join(literal_eval(declared[1]))}]` is declared twice"
    words = words[:1].lower() + words[1:]
    if found[1]:
        return words, Span(line=int(found[1]), column=int(found[2]))
    return words + " at the end", place_at(text, max(0, len(text.rstrip()) - 1), 1)


def _find_repeated(text: str, span: Span, path: str, line: int) -> Problem | None:
    """Return the error that names both places of a key; `span` is where the second one was noticed."""
    lines = text.split("\n")[: span.line]
    finder = _Finder("\n".join(lines), line)
    finder.read_document()
    if not finder.repeated:
        return None
    place, second = finder.repeated[-1]
    return describe_twice("toml", str(place[-1]), path, finder.key_spans[place], second)


def _hint(message: str) -> str:
    if "overwrite" in message or "twice" in message:
        return "delete one of the two"
    if "number" in message:
        return "put it in quotes"
    if "date" in message:
        return "write a date as 2023-07-09 or 2023-07-09T17:22:00Z"
    return 'write `key = "value"`, text always in quotes'


class _Finder:
    """A walk through valid TOML that notes where things stand."""

    def __init__(self, text: str, line: int) -> None:
        self.text = text
        self.lines = Lines(text, line)
        self.at = 0
        self.spans: dict[Path, Span] = {}
        self.key_spans: dict[Path, Span] = {}
        self.rows: dict[Path, int] = {}
        self.repeated: list[tuple[Path, Span]] = []

    def read_document(self) -> None:
        """Note all places; gives up silently on what no valid TOML contains."""
        table: Path = ()
        self._skip(_BLANK)
        while self.at < len(self.text):
            before = self.at
            table = self._read_header() if self.text[self.at] == "[" else self._read_pair(table, table)
            self._skip(_BLANK)
            if self.at == before:
                return

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return match[0] if match else ""

    def _read_header(self) -> Path:
        """Read `[a.b]` or `[[a.b]]` and return the table that follows."""
        start = self.at
        several = self.text.startswith("[[", self.at)
        self.at += 2 if several else 1
        table: Path = ()
        names = self._read_key()
        for place, (name, span) in enumerate(names):
            table = (*table, name)
            self.key_spans.setdefault(table, span)
            self.spans.setdefault(table, self.lines.span(start))
            if several and place == len(names) - 1:
                self.rows[table] = self.rows.get(table, -1) + 1
            if table in self.rows:
                table = (*table, self.rows[table])
                self.spans.setdefault(table, self.lines.span(start))
        self.at += 2 if several else 1
        return table

    def _read_key(self) -> list[tuple[str, Span]]:
        """Read `a."b".c` and return its parts with their places."""
        parts: list[tuple[str, Span]] = []
        while True:
            self._skip(_SPACE)
            start = self.at
            written = self._skip(_BARE) or self._skip(_STRINGS[2]) or self._skip(_STRINGS[3])
            place = self.lines.span(start)
            parts.append((_unquote(written), Span(line=place.line, column=place.column, length=max(1, len(written)))))
            self._skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return parts
            self.at += 1

    def _read_pair(self, table: Path, result: Path) -> Path:
        """Read `key = value` inside `table`; return `result`, the table that goes on."""
        for name, span in self._read_key():
            table = (*table, name)
            if self.key_spans.setdefault(table, span) != span and table in self.spans:
                self.repeated.append((table, span))
        self.at += 1
        self._skip(_SPACE)
        self._read_value(table)
        return result

    def _read_value(self, place: Path) -> None:
        start = self.at
        opening = self.text[start : start + 1]
        if opening == "[":
            self._read_array(place)
        elif opening == "{":
            self._read_inline(place)
        elif not any(self._skip(pattern) for pattern in _STRINGS):
            self._skip(_SCALAR)
        written = self.text[start : self.at]
        at = self.lines.span(start)
        self.spans[place] = Span(line=at.line, column=at.column, length=1 if "\n" in written else max(1, len(written)))

    def _read_array(self, place: Path) -> None:
        self.at += 1
        index = 0
        self._skip(_BLANK)
        while self.at < len(self.text) and self.text[self.at] != "]":
            before = self.at
            self._read_value((*place, index))
            index += 1
            self._skip(_BLANK)
            self._skip_comma()
            if self.at == before:
                return
        self.at += 1

    def _read_inline(self, place: Path) -> None:
        self.at += 1
        self._skip(_BLANK)
        while self.at < len(self.text) and self.text[self.at] != "}":
            self._read_pair(place, place)
            self._skip(_BLANK)
            self._skip_comma()
        self.at += 1

    def _skip_comma(self) -> None:
        if self.text.startswith(",", self.at):
            self.at += 1
            self._skip(_BLANK)


def _unquote(written: str) -> str:
    if written[:1] == '"':
        with suppress(ValueError):
            return str(tomllib.loads(f"key = {written}")["key"])
    return written.strip("'")
