"""The plainest YAML, read line by line: keys with scalars, with lists of scalars, or with mappings of them in braces.

libyaml's composer makes a node with two marks of every key and value, from which places are read then. Most front
matter needs none of that: each of its lines is a key and a value that ends with the line. This is exact because such a
line has one reading only. What is quoted holds no quote of its kind, and no escape but of a double quote or backslash.
What is not quoted begins with a letter or digit and holds no sign of YAML's. The next line begins with a key or a dash,
so that nothing goes on there.
"""

import re
from typing import TypeVar

from sitegen.parse.places import Path, Placed, Places, Plain

Value = TypeVar("Value")

_LONGEST = 10_000
"""In characters. What is longer is left to libyaml, where values are counted."""
_STRANGE = r"[^\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]"
"""What is no plain text. It is looked for once, and only beyond ASCII: patterns that have such a class again and again
take as long to compile as reading the front matter of a thousand documents."""
_QUOTED = r"""(?:"(?P<double>(?:[^"\\\n]++|\\["\\])*+)"|'(?P<single>[^'\n]*+)')"""
_ESCAPED = re.compile(r'\\(["\\])')
_PROSE = r"(?P<plain>[A-Za-z0-9](?:[^ #:\n]++|:(?=[^ \n])|[ ]++(?=[^ \n]))*+)"
"""A scalar outside of brackets: it holds no `#`, colons only before other characters, and no space at its end."""
_WORDS = r"(?P<plain>[A-Za-z0-9](?:[A-Za-z0-9_/.+'()-]++|[ ](?=[A-Za-z0-9(]))*+)"
"""A scalar in brackets."""
_GAP = re.compile(r"(?:\n|#[^\n]*+(?:\n|\Z))*+")
"""Empty lines and comments."""
_LINE = re.compile(
    rf"(?P<key>[A-Za-z][A-Za-z0-9_-]*+):"
    rf"(?:[ ]++(?:{_QUOTED}|{_PROSE}|\[(?P<items>[^\n]++)|\{{(?P<pairs>[^\n]++)))?(?:\n|\Z)"
)
_ENTRY = re.compile(rf"(?P<indent>[ ]*+)(?P<dash>-)[ ]++(?:{_QUOTED}|{_PROSE})\n")
_ITEM = re.compile(rf"[ ]*(?:{_QUOTED}|{_WORDS})[ ]*(?:,|\](?=\n|\Z))")
_PAIR = re.compile(
    rf'[ ]*(?P<quote>"?)(?P<key>[A-Za-z][A-Za-z0-9_]*+)(?P=quote):[ ]+(?:{_QUOTED}|{_WORDS})[ ]*(?:,|\}}(?=\n|\Z))'
)


def load_plain_yaml(text: str, line: int) -> Placed | None:
    """Return what `text` says, whose first line is line `line` of its file; None where it is not as plain as that."""
    if len(text) > _LONGEST or not _is_plain(text):
        return None
    reader = _Reader(text, line)
    try:
        values = reader.read()
    except _OtherError:
        return None
    return Placed(values=values, spans=reader.spans, key_spans=reader.key_spans) if values else None


def _is_plain(text: str) -> bool:
    if text.isascii():
        return text.replace("\n", "").isprintable()
    return re.search(_STRANGE, text) is None


class _OtherError(Exception):
    """Something has another form."""


class _Reader:
    """One way through the lines."""

    def __init__(self, text: str, line: int) -> None:
        self.spans = Places()
        self.key_spans = Places()
        self._text = text
        self._line = line
        self._start = 0
        self._position = 0

    def read(self) -> dict[str, object]:
        """Return the values by key; raises _OtherError where a line has another form, or a key stands there twice."""
        values: dict[str, object] = {}
        self._skip_gap()
        while self._position < len(self._text):
            match = self._match(_LINE)
            key = match["key"]
            if key in values:
                raise _OtherError
            self._begin_line(match.start())
            self.key_spans.note((key,), self._line, 1, len(key))
            values[key] = self._read_value(match, (key,))
            self._skip_gap()
        return values

    def _skip_gap(self) -> None:
        if self._text.startswith(("\n", "#"), self._position):
            self._match(_GAP)

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str]:
        """Return what stands here, and go behind it."""
        match = pattern.match(self._text, self._position)
        if match is None:
            raise _OtherError
        self._position = match.end()
        return match

    def _begin_line(self, start: int) -> None:
        self._line += self._text.count("\n", self._start, start)
        self._start = start

    def _read_value(self, match: re.Match[str], place: Path) -> object:
        """Return the value of a key, whose line is `match`."""
        if match["items"] is not None:
            return self._read_items(*match.span("items"), place)
        if match["pairs"] is not None:
            return self._read_pairs(*match.span("pairs"), place)
        if match.lastgroup == "key":
            return self._read_entries(place)
        return self._read_scalar(match, place)

    def _read_scalar(self, match: re.Match[str], place: Path) -> str | None:
        plain = match["plain"]
        if plain is None:
            kind = "single" if match["double"] is None else "double"
            start, end = match.span(kind)
            self._note(self.spans, place, start - 1, end + 1)
            value = match[kind]
            return _ESCAPED.sub(r"\1", value) if kind == "double" and "\\" in value else value
        self._note(self.spans, place, *match.span("plain"))
        return None if plain == "null" else Plain(plain)

    def _read_entries(self, place: Path) -> list[object]:
        """Return the list on the next lines."""
        entries: list[object] = []
        match = self._match(_ENTRY)
        indent = match["indent"]
        self._begin_line(match.start())
        # A list ends on another line than it begins, and then its first character stands for it.
        self._note(self.spans, place, *match.span("dash"))
        while True:
            entries.append(self._read_scalar(match, (*place, len(entries))))
            following = _ENTRY.match(self._text, self._position)
            if following is None or following["indent"] != indent:
                return entries
            match = self._match(_ENTRY)
            self._begin_line(match.start())

    def _read_items(self, start: int, end: int, place: Path) -> list[object]:
        """Return the list in brackets whose text begins at `start`; the line ends at `end`."""
        self._note(self.spans, place, start - 1, end)
        self._position = start
        items: list[object] = []
        while self._position < end:
            items.append(self._read_scalar(self._match(_ITEM), (*place, len(items))))
        return self._close(items, end, "]")

    def _read_pairs(self, start: int, end: int, place: Path) -> dict[str, object]:
        """Return the mapping in braces whose text begins at `start`; the line ends at `end`."""
        self._note(self.spans, place, start - 1, end)
        self._position = start
        pairs: dict[str, object] = {}
        while self._position < end:
            match = self._match(_PAIR)
            key, quotes = match["key"], len(match["quote"])
            if key in pairs:
                raise _OtherError
            first, last = match.span("key")
            self._note(self.key_spans, (*place, key), first - quotes, last + quotes)
            pairs[key] = self._read_scalar(match, (*place, key))
        return self._close(pairs, end, "}")

    def _close(self, value: Value, end: int, bracket: str) -> Value:
        """Return `value`, which has to end with a bracket, and go to the next line."""
        if self._text[end - 1] != bracket:
            raise _OtherError
        self._position = end + 1
        return value

    def _note(self, places: Places, place: Path, start: int, end: int) -> None:
        places.note(place, self._line, start - self._start + 1, end - start)
