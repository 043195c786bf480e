"""libyaml's complaints in plain words, with what to write instead."""

import re

from yaml import Mark, MarkedYAMLError

from sitegen.errors import Problem, Span, error

_ENTRY = re.compile(r"(?P<start>\s*(?:- +)?(?P<key>[^\s:#'\"\[{&*!|>%@`-][^:#]*?)\s*:[ \t]+)(?P<value>\S.*?)\s*$")
_TAB = "indent with spaces: YAML does not read tabs"


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
    problem = failure.problem or ""
    message, mark, hint = "", failure.problem_mark, None
    for word, words, at_context in _PLAIN:
        if word in problem or word in (failure.context or ""):
            message, mark = words, (failure.context_mark if at_context else mark) or mark
            break
    row, column = _move_into_text(mark, lines)
    written = lines[row]
    if written[column : column + 1] == "\t":
        message, hint = "a tab cannot stand at the start of a line", _TAB
    elif written.startswith("\t"):
        hint = _TAB
    span = Span(line=line + row, column=column + 1)
    words = message or problem or "cannot be read as YAML"
    return error("yaml", words, path, span, hint or quote_line(written) or _GENERAL)


_GENERAL = 'write one `key: value` a line, and quote values with special characters: key: "value"'

_PLAIN = (
    ("mapping values are not allowed", "a colon and a space inside a value", False),
    ("while scanning an alias", "a value that starts with `*` is an alias to YAML", True),
    ("while scanning an anchor", "a value that starts with `&` is an anchor to YAML", True),
    ("found undefined alias", "a value that starts with `*` is an alias to YAML", False),
    ("found duplicate anchor", "an anchor is defined twice", False),
    ("could not find expected ':'", "a line without `key: value`", True),
    ("tab character that violates", "a tab cannot stand at the start of a line", False),
    ("cannot start any token", "a value cannot start with this character", False),
    ("while scanning a directive", "a line cannot start with `%`", True),
    ("while scanning a block scalar", "a value that starts with `>` or `|` is a block of text to YAML", True),
    ("while parsing a flow sequence", "a list that `[` opens is not closed, or text follows it", True),
    ("while parsing a flow mapping", "a mapping that `{` opens is not closed, or text follows it", True),
    ("while parsing a flow node", "a list or mapping that `[` or `{` opens is not closed", False),
    ("while scanning a tag", "a value that starts with `!` is a tag to YAML", True),
    ("while parsing a tag", "a value that starts with `!` is a tag to YAML", True),
    ("undefined tag handle", "a value that starts with `!` is a tag to YAML", False),
    ("found unexpected end of stream", "a quote is opened and never closed", True),
    ("found unexpected document indicator", "a quote is opened and never closed", True),
    ("while parsing a quoted scalar", "a backslash in double quotes starts an escape that does not exist", False),
    ("block sequence entries are not allowed", "a list cannot start on the line of its key", False),
    ("did not find expected key", "text that is neither a key nor belongs to the value before it", False),
    ("but found another document", "a second YAML document starts here", False),
    ("<document start>", "text after the end of the YAML", False),
)
"""A part of libyaml's problem or context; the words for it; whether the context is the better place."""


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
