"""A document's text in two halves: what its front matter says, with places, and the untouched body.

The formats are those of python-frontmatter: YAML between `---` lines, TOML between `+++` lines, JSON from a line `{` to
a line `}`. Its handlers find and split the front matter; they are used directly, since its `parse` takes an unclosed
fence for no front matter, loses what stands before a thematic break and strips the body's indentation.
"""

import re
from collections.abc import Callable, Mapping

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

    def split(self, text: str) -> tuple[str, str]:
        """Return what stands between the fences, and what stands behind; raises ValueError where one is missing.

        The second one is looked for only from where it may be, which takes a fifth of the time.
        """
        opening = self.FM_BOUNDARY.match(text)
        closing = self.FM_BOUNDARY.search(text, text.find("\n---") + 1 or len(text))
        if opening is None or closing is None:
            raise ValueError("not closed")
        return text[opening.end() : closing.start()], text[closing.end() :]


_HANDLERS: tuple[tuple[Format, BaseHandler], ...] = (
    ("yaml", _YamlHandler()),
    # Unlike those of the originals, fences may have spaces behind them and take no blank lines with them.
    ("toml", BaseHandler(re.compile(r"^\+{3,}[ \t]*$", re.MULTILINE))),
    ("json", JSONHandler(re.compile(r"^[{}][ \t]*$", re.MULTILINE))),
)
_LOADERS: Mapping[Format, Callable[[str, str, int], Placed | None]] = {
    "yaml": load_yaml,
    "toml": load_toml,
    "json": load_json_mapping,
}
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


def _detect(text: str) -> tuple[Format, BaseHandler] | tuple[None, None]:
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


def _split(text: str, path: str, name: Format, handler: BaseHandler, line: int) -> RawDocument:
    """Split `text`, which starts with an opening fence on line `line` of the file."""
    if name == "yaml" and _starts_with_break(text):
        return _split_after_break(text, path, handler, line)
    try:
        front, body = handler.split(text)
    except ValueError:
        raise ContentError([_describe_open(text, path, name, line)]) from None
    placed = _LOADERS[name](front, path, line)
    if placed is None:
        hint = 'write `key: value` lines between the fences, as `title: "Bridge reopens"`'
        raise ContentError([error("front-matter", "front matter must be a mapping", path, Span(line=line + 1), hint)])
    return _join(text, body, path, name, placed, line)


def _split_after_break(text: str, path: str, handler: BaseHandler, line: int) -> RawDocument:
    """Split `text`, which starts with a thematic break, unless what follows is a mapping all the same."""
    try:
        front, body = handler.split(text)
        placed = load_yaml(front, path, line)
    except (ValueError, ContentError):
        return _leave_whole(text, path)
    if placed is None or not placed.values:
        return _leave_whole(text, path)
    return _join(text, body, path, "yaml", placed, line)


def _join(text: str, body: str, path: str, name: Format, placed: Placed, line: int) -> RawDocument:
    start = len(text) - len(body) + 1
    return RawDocument(
        path=path,
        format=name,
        values=placed.values,
        spans=placed.spans,
        key_spans=placed.key_spans,
        body=text[start:],
        body_line=line + text.count("\n", 0, start - 1) + 1,
        front=text[:start],
        warnings=placed.warnings,
    )


def _starts_with_break(text: str) -> bool:
    """Whether the `---` at the start of `text` is a thematic break: a blank line and then no key follows."""
    blank = _BLANK_LINES.match(text, text.find("\n") + 1)
    return blank is not None and blank.end() < len(text) and not _KEY.match(text, blank.end())


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
