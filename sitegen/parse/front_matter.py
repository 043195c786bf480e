"""Front matter and body of a document, by the handlers of python-frontmatter.

The handlers tell which format it is and load it. The cut itself is made here, since theirs drops blank lines and
indentation of the body, takes a thematic break at the top for front matter, and passes over an unclosed fence.
"""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from frontmatter.default_handlers import BaseHandler, JSONHandler, YAMLHandler

from sitegen.errors import ContentError, Problem, Span, error, warning
from sitegen.parse.own_values import build_extra
from sitegen.parse.raw import Plain, RawDocument, RawMapping, RawValue
from sitegen.parse.toml_source import load_toml, read_native
from sitegen.parse.yaml_source import load_yaml

_CODE = "front-matter"
_KEY_LINE = re.compile(r"""\s*(?:#.*\n\s*)*["']?[A-Za-z_][\w-]*["']?\s*[:=](?:\s|$)""")

Format = Literal["yaml", "toml", "json"]
Loader = Callable[[str, str, int], RawMapping | None]


class _TomlHandler(BaseHandler):
    """TOML by the standard library: the handler of python-frontmatter needs a package that nobody maintains."""

    FM_BOUNDARY = re.compile(r"^\+{3,}\s*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"


_HANDLERS: tuple[tuple[Format, BaseHandler], ...] = (
    ("yaml", YAMLHandler()),
    ("toml", _TomlHandler()),
    ("json", JSONHandler()),
)


def split_document(text: str, path: str) -> RawDocument:
    """Return front matter and body of `text`, the decoded content of the file `path`.

    A byte order mark is dropped and every line end becomes LF; the body keeps its blank lines and its indentation. A
    document that begins with a thematic break (`---`) has no front matter. Raises ContentError, with the place in the
    file, for a fence that is never closed and for front matter that cannot be read.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    start = lines.lstrip("\n \t")
    skipped = lines[: len(lines) - len(start)].count("\n")
    handler = next(((name, handler) for name, handler in _HANDLERS if handler.detect(start)), None)
    if handler is None or (skipped == 0 and not lines.startswith(start[:1])):
        return _without(lines, path)
    name, kind = handler
    block = _cut(start, kind)
    if block is None:
        if name == "yaml" and not _looks_like_keys(start):
            return _without(lines, path)
        raise ContentError([_unclosed(kind, path, skipped)])
    inner, rest, inner_lines = block
    first_line = skipped + (1 if name == "json" else 2)
    mapping = _load(name, inner, path, first_line, is_certain=_looks_like_keys(start))
    if mapping is None:
        return _without(lines, path)
    document = RawDocument(
        path=path,
        format=name,
        values=mapping.values,
        extra=mapping.extra,
        spans=mapping.spans,
        key_spans=mapping.key_spans,
        body=rest,
        body_line=skipped + inner_lines + 3,
        warnings=mapping.warnings,
    )
    return _warn_of_blank_lines(document) if skipped else document


def _without(lines: str, path: str) -> RawDocument:
    return RawDocument(
        path=path, format=None, values={}, extra={}, spans={}, key_spans={}, body=lines, body_line=1, warnings=()
    )


def _cut(text: str, handler: BaseHandler) -> tuple[str, str, int] | None:
    """Return the text between the fences, the text after them, and the number of lines between; None if unclosed."""
    boundary = handler.FM_BOUNDARY
    opening = boundary.match(text)
    inner_start = text.find("\n") + 1
    closing = boundary.search(text, inner_start) if opening and inner_start else None
    if closing is None:
        return None
    inner = text[inner_start : closing.start()]
    after = text.find("\n", closing.start())
    return inner, text[after + 1 :] if after >= 0 else "", inner.count("\n")


def _looks_like_keys(text: str) -> bool:
    """Whether what follows the first line reads like front matter: a key and its sign."""
    return _KEY_LINE.match(text[text.find("\n") + 1 :]) is not None


def _load(name: Format, inner: str, path: str, first_line: int, *, is_certain: bool) -> RawMapping | None:
    if name == "toml":
        return load_toml(inner, path, first_line)
    if name == "json":
        return _load_json("{\n" + inner + "}", path, first_line)
    try:
        mapping = load_yaml(inner, path, first_line)
    except ContentError:
        if is_certain:
            raise
        return None
    if mapping is None and is_certain:
        raise ContentError(
            [error(_CODE, "must be a mapping of keys to values", path, Span(line=first_line), "write `title: …`")]
        )
    return mapping


def _unclosed(handler: BaseHandler, path: str, skipped: int) -> Problem:
    fence = {"---": "---", "+++": "+++"}.get(str(handler.START_DELIMITER), "}")
    return error(
        _CODE,
        "is never closed",
        path,
        Span(line=skipped + 1, length=3 if fence != "}" else 1),
        hint=f"put a line `{fence}` between the front matter and the text",
    )


def _warn_of_blank_lines(document: RawDocument) -> RawDocument:
    found = warning(
        _CODE,
        "begins after a blank line",
        document.path,
        Span(line=1),
        hint="delete the blank lines above it: other programs do not see such front matter",
    )
    return replace(document, warnings=(found, *document.warnings))


def _load_json(text: str, path: str, first_line: int) -> RawMapping | None:
    """Return the object in `text`, which begins at line `first_line` of the file."""
    repeated: list[str] = []

    def build(pairs: list[tuple[str, object]]) -> dict[str, object]:
        result: dict[str, object] = {}
        for key, value in pairs:
            if key in result:
                repeated.append(key)
            result[key] = value
        return result

    try:
        native = json.loads(text, object_pairs_hook=build, parse_constant=_refuse_constant, parse_int=_read_integer)
    except json.JSONDecodeError as failure:
        span = Span(line=failure.lineno + first_line - 1, column=failure.colno)
        message = failure.msg[:1].lower() + failure.msg[1:]
        raise ContentError([error("json", message, path, span, "look for a missing comma or quote")]) from failure
    except (RecursionError, ValueError) as failure:
        message = "is nested too deeply" if isinstance(failure, RecursionError) else str(failure)
        raise ContentError([error("json", message, path, Span(line=first_line))]) from failure
    if repeated:
        message = f"the key `{repeated[0]}` stands here twice"
        raise ContentError([error("json", message, path, Span(line=first_line), "keep one of the two")])
    places = _find_json_places(text, path, first_line)
    values: dict[str, RawValue] = {key: read_native(value) for key, value in native.items()}
    return RawMapping(
        values=values,
        extra=build_extra(native.get("extra", {}), path, places.spans.get(("extra",), Span(line=first_line))),
        spans=places.spans,
        key_spans=places.key_spans,
    )


def _find_json_places(text: str, path: str, first_line: int) -> RawMapping:
    """Return the places of keys and values: JSON is nearly YAML, whose reader tells them."""
    try:
        places = load_yaml(text.replace("\t", " "), path, first_line)
    except ContentError:
        places = None
    return places or RawMapping(values={}, extra={}, spans={}, key_spans={})


def _refuse_constant(name: str) -> object:
    raise ValueError(f"`{name}` is no number that JSON knows")


def _read_integer(digits: str) -> object:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else Plain(digits)


_LONGEST_NUMBER = 18
