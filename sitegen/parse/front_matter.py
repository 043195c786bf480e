"""A document's text in two halves: what its front matter says, with places, and the untouched body.

The formats are those of python-frontmatter: YAML between `---` lines, TOML between `+++` lines, JSON from a line `{` to
a line `}`. Its handlers find and split the front matter; they are used directly, since its `parse` takes an unclosed
fence for no front matter, loses what stands before a thematic break and strips the body's indentation.
"""

import re
from collections.abc import Mapping
from typing import cast

from frontmatter.default_handlers import BaseHandler, JSONHandler, YAMLHandler

from sitegen.errors import ContentError, Problem, Span, error, warning
from sitegen.model.values import replace
from sitegen.parse.json_source import load_json_mapping
from sitegen.parse.places import Placed
from sitegen.parse.raw import Format, RawDocument, normalise_lines
from sitegen.parse.toml_source import load_toml
from sitegen.parse.yaml_source import load_yaml

__all__ = ["RawDocument", "split_document"]


class _YamlHandler(YAMLHandler):
    """YAML between lines of three or more `-`; unlike the original's, the fence takes no blank lines with it."""

    FM_BOUNDARY = re.compile(r"^-{3,}[ \t]*$", re.MULTILINE)

    def load(self, fm: str, **kwargs: object) -> Placed | None:  # type: ignore[override]
        return load_yaml(fm, *_read_place(kwargs))


class _TomlHandler(BaseHandler):
    """TOML between lines of three or more `+`, read by the standard library."""

    FM_BOUNDARY = re.compile(r"^\+{3,}[ \t]*$", re.MULTILINE)

    def load(self, fm: str, **kwargs: object) -> Placed:  # type: ignore[override]
        return load_toml(fm, *_read_place(kwargs))


class _JsonHandler(JSONHandler):
    """A JSON object whose outermost braces stand on lines of their own."""

    FM_BOUNDARY = re.compile(r"^[{}][ \t]*$", re.MULTILINE)

    def load(self, fm: str, **kwargs: object) -> Placed:  # type: ignore[override]
        return load_json_mapping(fm, *_read_place(kwargs))


def _read_place(arguments: Mapping[str, object]) -> tuple[str, int]:
    """Return the path of the file and the line on which the front matter starts, as handlers are given them."""
    return str(arguments["path"]), cast("int", arguments["line"])


Handler = _YamlHandler | _TomlHandler | _JsonHandler
_HANDLERS: tuple[tuple[Format, Handler], ...] = (
    ("yaml", _YamlHandler()),
    ("toml", _TomlHandler()),
    ("json", _JsonHandler()),
)
_CLOSING: Mapping[Format, str] = {"yaml": "---", "toml": "+++", "json": "}"}
_KEY = re.compile(r"[\"']?[\w.-]+[\"']?[ \t]*:(?:[ \t\n]|$)")
_FIRST_KEY: Mapping[Format, re.Pattern[str]] = {
    "yaml": re.compile(r"\s*" + _KEY.pattern),
    "toml": re.compile(r"\s*(?:\[|[\"'\w.-]+[ \t]*=)"),
    "json": re.compile(r"\s*\""),
}
_JSON_START = re.compile(r"\{[ \t]*\"")
_BLANK_LINES = re.compile(r"(?:[ \t]*\n)+")


def split_document(text: str, path: str) -> RawDocument:
    """Return the front matter and the body of `text`, which may start with a BOM and have any line ends.

    Without front matter, `format` is None and the body is everything, also where it starts with a thematic break.
    Raises ContentError, with the place, for front matter that is not closed, not readable or no mapping.
    """
    text = normalise_lines(text)
    name, handler = _detect(text)
    if name is not None and handler is not None:
        return _split(text, path, name, handler, 1)
    blank = _BLANK_LINES.match(text)
    if blank:
        return _split_below(text, path, blank[0].count("\n") + 1, blank.end())
    if _JSON_START.match(text):
        hint = "put the outermost `{` and `}` on lines of their own"
        raise ContentError([error("json", "JSON front matter starts with a line `{`", path, Span(line=1), hint)])
    return _leave_whole(text, path)


def _detect(text: str) -> tuple[Format, Handler] | tuple[None, None]:
    for name, handler in _HANDLERS:
        if handler.detect(text):
            return name, handler
    return None, None


def _leave_whole(text: str, path: str) -> RawDocument:
    return RawDocument(path=path, format=None, values={}, spans={}, key_spans={}, body=text, body_line=1)


def _split_below(text: str, path: str, line: int, start: int) -> RawDocument:
    """Split a document that starts with blank lines; what comes on line `line` may be front matter all the same."""
    rest = text[start:]
    name, handler = _detect(rest)
    if name is None or handler is None:
        return _leave_whole(text, path)
    try:
        raw = _split(rest, path, name, handler, line)
    except ContentError:
        if _FIRST_KEY[name].match(rest.partition("\n")[2]):
            raise
        return _leave_whole(text, path)
    if not raw.values:
        return _leave_whole(text, path)
    fence = rest.partition("\n")[0].rstrip()
    found = warning(
        "front-matter",
        "blank lines stand before the front matter",
        path,
        Span(line=1),
        hint=f"delete them, so that the file starts with `{fence}`",
    )
    return replace(raw, front=text[:start] + raw.front, warnings=(found, *raw.warnings))


def _split(text: str, path: str, name: Format, handler: Handler, line: int) -> RawDocument:
    """Split `text`, which starts with an opening fence on line `line` of the file."""
    if name == "yaml" and _starts_with_break(text):
        return _split_after_break(text, path, handler, line)
    try:
        front, body = handler.split(text)
    except ValueError:
        raise ContentError([_describe_open(text, path, name, line)]) from None
    placed = handler.load(front, path=path, line=line)
    if placed is None:
        hint = 'write `key: value` lines between the fences, as `title: "Bridge reopens"`'
        raise ContentError([error("front-matter", "front matter must be a mapping", path, Span(line=line + 1), hint)])
    return _join(text, body, path, name, placed, line)


def _split_after_break(text: str, path: str, handler: Handler, line: int) -> RawDocument:
    """Split `text`, which starts with a thematic break, unless what follows is a mapping all the same."""
    try:
        front, body = handler.split(text)
        placed = handler.load(front, path=path, line=line)
    except (ValueError, ContentError):
        return _leave_whole(text, path)
    if placed is None or not placed.values:
        return _leave_whole(text, path)
    return _join(text, body, path, "yaml", placed, line)


def _join(text: str, body: str, path: str, name: Format, placed: Placed, line: int) -> RawDocument:
    return RawDocument(
        path=path,
        format=name,
        values=placed.values,
        spans=placed.spans,
        key_spans=placed.key_spans,
        body=body[1:],
        body_line=line + text.count("\n", 0, len(text) - len(body)) + 1,
        front=text[: len(text) - len(body[1:])],
        warnings=placed.warnings,
    )


def _starts_with_break(text: str) -> bool:
    """Whether the `---` at the start of `text` is a thematic break: a blank line and then no key follows."""
    rest = text.partition("\n")[2]
    blank = _BLANK_LINES.match(rest)
    return blank is not None and blank.end() < len(rest) and not _KEY.match(rest, blank.end())


def _describe_open(text: str, path: str, name: Format, line: int) -> Problem:
    closing = _CLOSING[name]
    fence = text.partition("\n")[0]
    return error(
        "front-matter",
        "front matter is not closed",
        path,
        Span(line=line, length=max(1, len(fence.rstrip()))),
        hint=f"write a line `{closing}` between the last key and the text",
    )
