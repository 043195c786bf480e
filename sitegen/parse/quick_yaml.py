"""The plainest YAML, read line by line: keys with scalars, with lists of scalars, or with mappings of them in braces.

libyaml's composer makes a node with two marks of every key and value, from which places are read then. Most front
matter needs none of that: each of its lines is a key and a value that ends with the line. This is exact because such a
line has one reading only. What is quoted holds no quote of its kind, and no escape but of a double quote or backslash.
What is not quoted begins with a letter or digit and holds no sign of YAML's. The next line begins with a key or a dash,
so that nothing goes on there.
"""

import re

from sitegen.parse.places import Path, Place, Placed, Places, Plain

_LONGEST = 10_000
"""In characters. What is longer is left to libyaml, where values are counted."""
_STRANGE = r"[^\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]"
"""What is no plain text. It is looked for once, and only beyond ASCII: patterns that have such a class again and again
take as long to compile as reading the front matter of a thousand documents."""
_CONTROL = r"\x00-\x1f\x7f"
_QUOTED = rf"""(?:"(?:[^"\\{_CONTROL}]++|\\["\\])*+"|'[^'{_CONTROL}]*+')"""
_ESCAPED = re.compile(r'\\(["\\])')
_PROSE = rf"[A-Za-z0-9](?:[^ #:{_CONTROL}]++|:(?=[^ {_CONTROL}])|[ ]++(?=[^ {_CONTROL}]))*+"
"""A scalar outside of brackets: it holds no `#`, colons only before other characters, and no space at its end."""
_WORDS = r"[A-Za-z0-9](?:[A-Za-z0-9_/.+'()-]++|[ ](?=[A-Za-z0-9(]))*+"
"""A scalar in brackets."""
_NAME = "[A-Za-z][A-Za-z0-9_]*+"
"""A key in braces."""
_GAP = re.compile(rf"(?:\n|#[^{_CONTROL}]*+(?:\n|\Z))++")
"""Empty lines and comments."""
_LINE = re.compile(rf"([A-Za-z][A-Za-z0-9_-]*+):(?:[ ]++({_QUOTED}|{_PROSE}|[\[{{][^\n]++))?(?:\n|\Z)")
"""A key, and a value unless it is on the next lines; what stands in groups here and below is noted."""
_ENTRY = re.compile(rf"([ ]*+)(-)[ ]++({_QUOTED}|{_PROSE})\n")
"""An indent, a dash and a value."""
_ITEM = re.compile(rf"[ ]*({_QUOTED}|{_WORDS})[ ]*(?:,|\](?=\n|\Z))")
"""A value."""
_PAIR = re.compile(rf'[ ]*({_NAME}|"{_NAME}"):[ ]+({_QUOTED}|{_WORDS})[ ]*(?:,|\}}(?=\n|\Z))')
"""A key and a value."""


def load_plain_yaml(text: str, line: int) -> Placed | None:
    """Return what `text` says, whose first line is line `line` of its file; None where it is not as plain as that."""
    if len(text) > _LONGEST or not (text.isascii() or re.search(_STRANGE, text) is None):
        return None
    reader = _Reader(text)
    try:
        values = reader.read()
    except _OtherError:
        return None
    if not values:
        return None
    return Placed(values=values, spans=Places(reader.spans, text, line), key_spans=Places(reader.key_spans, text, line))


class _OtherError(Exception):
    """Something has another form."""


class _Reader:
    """One way through the lines, which notes where keys and values start and end."""

    def __init__(self, text: str) -> None:
        self.spans: dict[Path, Place] = {}
        self.key_spans: dict[Path, Place] = {}
        self._text = text

    def read(self) -> dict[str, object]:
        """Return the values by key; raises _OtherError where a line has another form, or a key stands there twice."""
        text, spans, key_spans = self._text, self.spans, self.key_spans
        values: dict[str, object] = {}
        position = 0
        while position < len(text):
            line = _LINE.match(text, position)
            if line is None:
                position = self._match(_GAP, position).end()
                continue
            position = line.end()
            key, written = line[1], line[2]
            if key in values:
                raise _OtherError
            place = (key,)
            key_spans[place] = line.span(1)
            if written is None:
                values[key], position = self._read_entries(position, place)
                continue
            spans[place] = line.span(2)
            if written[0] == "[":
                values[key] = self._read_items(*line.span(2), place)
            elif written[0] == "{":
                values[key] = self._read_pairs(*line.span(2), place)
            else:
                values[key] = _read_scalar(written)
        return values

    def _match(self, pattern: re.Pattern[str], position: int) -> re.Match[str]:
        match = pattern.match(self._text, position)
        if match is None:
            raise _OtherError
        return match

    def _read_entries(self, position: int, place: Path) -> tuple[list[object], int]:
        """Return the list whose first line starts at `position`, and where its last line ends."""
        entries: list[object] = []
        entry = self._match(_ENTRY, position)
        indent = entry[1]
        # A list ends on another line than it begins, and then its first character stands for it.
        self.spans[place] = entry.span(2)
        while True:
            self.spans[(*place, len(entries))] = entry.span(3)
            entries.append(_read_scalar(entry[3]))
            following = _ENTRY.match(self._text, entry.end())
            if following is None or following[1] != indent:
                return entries, entry.end()
            entry = following

    def _read_items(self, start: int, end: int, place: Path) -> list[object]:
        """Return the list in the brackets from `start` to `end`, where their line ends."""
        text, spans = self._text, self.spans
        items: list[object] = []
        position = start + 1
        while position < end:
            item = _ITEM.match(text, position)
            if item is None:
                raise _OtherError
            position = item.end()
            spans[(*place, len(items))] = item.span(1)
            items.append(_read_scalar(item[1]))
        if text[end - 1] != "]":
            raise _OtherError
        return items

    def _read_pairs(self, start: int, end: int, place: Path) -> dict[str, object]:
        """Return the mapping in the braces from `start` to `end`, where their line ends."""
        text, spans, key_spans = self._text, self.spans, self.key_spans
        pairs: dict[str, object] = {}
        position = start + 1
        while position < end:
            pair = _PAIR.match(text, position)
            if pair is None:
                raise _OtherError
            position = pair.end()
            key = pair[1].strip('"')
            if key in pairs:
                raise _OtherError
            inner = (*place, key)
            key_spans[inner] = pair.span(1)
            spans[inner] = pair.span(2)
            pairs[key] = _read_scalar(pair[2])
        if text[end - 1] != "}":
            raise _OtherError
        return pairs


def _read_scalar(written: str) -> str | None:
    """Return the value of a scalar with or without quotes."""
    quote = written[0]
    if quote == '"':
        return _ESCAPED.sub(r"\1", written[1:-1]) if "\\" in written else written[1:-1]
    if quote == "'":
        return written[1:-1]
    return None if written == "null" else Plain(written)
