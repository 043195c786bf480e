"""libyaml's complaints in plain words, with what to write instead."""

import re

from yaml import Mark, MarkedYAMLError

from sitegen.errors import Problem, Span, error

_QUOTED = re.compile(r""""(?:[^"\\]|\\.)*+"|'(?:[^']|'')*+'""", re.DOTALL)
_ENTRY = re.compile(r"(?P<start>\s*(?:- +)?(?P<key>[^\s:#'\"\[{&*!|>%@`-][^:#]*?)\s*:[ \t]+)(?P<value>\S.*?)\s*$")


def quote_line(text: str) -> str | None:
    """Return a hint that shows the `key: value` of the line `text` with its value in quotes; None if it has no such."""
    entry = _ENTRY.match(text)
    if entry is None:
        return None
    value = entry["value"]
    if value[0] in "'\"":
        return _hint_quotes(value[0])
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'quote it: {entry["key"].strip()}: "{escaped}"'


def describe_yaml_error(failure: MarkedYAMLError, text: str, path: str, line: int) -> Problem:
    """Return libyaml's `failure` in `text` as a problem of the file `path`, where `text` starts on line `line`."""
    lines = text.split("\n")
    known = _find_words(failure)
    message, at_context, hint = known or (failure.problem or "cannot be read as YAML", False, None)
    mark = (failure.context_mark if at_context else None) or failure.problem_mark
    row, column = _move_into_text(mark, lines)
    opened = _find_open_quote(text, lines, row)
    if opened:
        message, hint, (row, column) = _OPEN_QUOTE, None, opened
    written = lines[row]
    if written[column : column + 1] == "\t":
        message, hint = _TAB, _INDENT
    elif message == _COLON and _ends_key(written, column):
        message, hint = "a key inside of the value above", "look for a missing colon above, or too much indentation"
    span = Span(line=line + row, column=column + 1)
    return error("yaml", message, path, span, hint or quote_line(written) or _GENERAL)


def _find_open_quote(text: str, lines: list[str], row: int) -> tuple[int, int] | None:
    """Return row and column of a quote that begins a value, and ends in `row` below other keys: it was left open.

    YAML takes the next quote for its end, wherever that is, and finds fault with what follows there.
    """
    start = position = 0  # a row, and where it begins in the text
    while start < row:
        entry, rows = _ENTRY.match(lines[start]), 1
        if entry and entry["value"][0] in "'\"":
            quoted = _QUOTED.match(text, position + entry.start("value"))
            if quoted is None:
                return None
            end = start + quoted[0].count("\n")
            if end == row and any(map(_ENTRY.match, lines[start + 1 : row + 1])):
                return start, entry.start("value")
            rows = end - start + 1
        position += sum(len(line) + 1 for line in lines[start : start + rows])
        start += rows
    return None


def _find_words(failure: MarkedYAMLError) -> tuple[str, bool, str | None] | None:
    said = f"{failure.context or ''} | {failure.problem or ''}"
    return next(((words, at_context, hint) for part, words, at_context, hint in _PLAIN if part in said), None)


def _ends_key(written: str, column: int) -> bool:
    """Whether the colon at `column` ends the first word of its line, so that no value stands before it."""
    return ":" not in written[:column]


_GENERAL = 'write one `key: value` a line, and quote values with special characters: key: "value"'

_COLON = "a colon and a space inside a value"
_OPEN_QUOTE = "a quote is opened and never closed"
_TAB = "a tab cannot stand at the start of a line"
_INDENT = "indent with spaces: YAML does not read tabs"
_OPEN_LIST = "close it with `]`, or quote the value if the bracket belongs to the text"
_OPEN_MAPPING = "close it with `}`, or quote the value if the brace belongs to the text"
_ONE_DOCUMENT = "delete the lines `...` and `---` inside the front matter"

_PLAIN: tuple[tuple[str, str, bool, str | None], ...] = (
    ("mapping values are not allowed", _COLON, False, None),
    ("while scanning an alias", "a value that starts with `*` is an alias to YAML", True, None),
    ("found undefined alias", "a value that starts with `*` is an alias to YAML", False, None),
    ("while scanning an anchor", "a value that starts with `&` is an anchor to YAML", True, None),
    ("found duplicate anchor", "an anchor is defined twice", False, None),
    ("could not find expected ':'", "a line without `key: value`", True, None),
    ("tab character that violates", _TAB, False, _INDENT),
    ("cannot start any token", "a value cannot start with this character", False, None),
    ("while scanning a directive", "a line cannot start with `%`", True, None),
    ("while scanning a block scalar", "a value that starts with `>` or `|` is a block of text to YAML", True, None),
    ("while parsing a flow sequence", "a list that `[` opens is not closed, or text follows it", True, _OPEN_LIST),
    ("while parsing a flow mapping", "a mapping that `{` opens is not closed, or text follows it", True, _OPEN_MAPPING),
    ("while parsing a flow node", "a list or mapping is not closed", False, _OPEN_LIST),
    ("while scanning a tag", "a value that starts with `!` is a tag to YAML", True, None),
    ("while parsing a tag", "a value that starts with `!` is a tag to YAML", True, None),
    ("undefined tag handle", "a value that starts with `!` is a tag to YAML", False, None),
    ("found unexpected end of stream", _OPEN_QUOTE, True, None),
    ("found unexpected document indicator", _OPEN_QUOTE, True, None),
    ("while parsing a quoted scalar", "a backslash in double quotes starts an unknown escape", False, None),
    ("block sequence entries are not allowed", "a list cannot start on the line of its key", False, None),
    ("did not find expected key", "text that is neither a key nor belongs to the value before it", False, None),
    ("but found another document", "a second YAML document starts here", False, _ONE_DOCUMENT),
    ("<document start>", "text after the end of the YAML", False, _ONE_DOCUMENT),
)
"""A part of libyaml's context or problem; the words for it; whether the context is the better place; the hint, where
quoting the value is none."""


def _hint_quotes(quote: str) -> str:
    if quote == "'":
        return "inside '…' write '' for an apostrophe, and let nothing follow the closing quote"
    return 'inside "…" write \\" for a quote and \\\\ for a backslash, and let nothing follow the closing quote'


def _move_into_text(mark: Mark | None, lines: list[str]) -> tuple[int, int]:
    """Return row and column (from 0) of `mark`, or the end of the text where libyaml points behind everything."""
    if mark is not None and mark.line < len(lines) and lines[mark.line].strip():
        return mark.line, mark.column
    last = min(mark.line, len(lines) - 1) if mark is not None else 0
    row = next((row for row in range(last, -1, -1) if lines[row].strip()), 0)
    return row, len(lines[row])
