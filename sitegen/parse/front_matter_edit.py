"""Changing single keys of front matter while everything else stays as somebody wrote it."""

import json
import re
from collections.abc import Mapping

from sitegen.errors import ContentError, Span, error
from sitegen.model.names import Url
from sitegen.parse.front_matter import RawDocument, split_document
from sitegen.parse.key_names import find_field

_KEY = "aliases"
_ITEM = re.compile(r"[ \t]*-(?=[ \t])")


def add_alias(text: str, path: str, alias: Url, own: Mapping[str, str]) -> str:
    """Return the document `text` with one more old address; `own` maps foreign keys to sitegen's.

    Only the address is put in: front matter keeps its format, its order, its quotes and its comments. Raises
    ContentError where the front matter cannot be read, or is written in a way that leaves no place for one more.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    raw = split_document(text, path)
    names = [name for name in raw.values if find_field(name, own) == _KEY]
    if any(alias in _list(raw.values[name]) for name in names):
        return text
    lines = text.split("\n")
    for name in names:
        _extend(lines, raw, name, alias)
    if not names:
        _add(lines, raw, alias)
    changed = "\n".join(lines)
    if not _differs_only_by(alias, names or [_KEY], raw, changed):
        place = next((raw.key_spans[(name,)] for name in names), Span(line=1))
        message = f"the old address `{alias}` cannot be added by itself"
        raise ContentError([error(_KEY, message, path, place, "add it to `aliases` by hand")])
    return changed


def _list(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(item) for item in value]
    return [str(value)] if value else []


def _differs_only_by(alias: Url, names: list[str], before: RawDocument, changed: str) -> bool:
    """Whether the document `changed` says what it said, and has `alias` as the last value of every key of `names`."""
    try:
        after = split_document(changed, before.path)
    except ContentError:
        return False
    expected = {**before.values, **{name: [*_list(before.values.get(name)), alias] for name in names}}
    return after.values == expected and after.body == before.body


def _extend(lines: list[str], raw: RawDocument, name: str, alias: Url) -> None:
    """Put `alias` behind the last value of the key `name`."""
    value, span = raw.values[name], raw.spans.get((name,))
    last = raw.spans.get((name, len(value) - 1)) if isinstance(value, list) else None
    if last and raw.format == "yaml" and span and lines[span.line - 1][span.column - 1] != "[":
        item = _ITEM.match(lines[last.line - 1])
        if item:
            lines.insert(last.line, f"{item[0]} {_quote(alias)}")
    elif last:
        _replace(lines, Span(line=last.line, column=last.column + last.length, length=0), f", {_quote(alias)}")
    elif span and value == []:
        _replace(lines, Span(line=span.line, column=span.column + 1, length=0), _quote(alias))
    elif span:
        _replace(lines, span, f"[{', '.join(_quote(item) for item in (*_list(value), alias))}]")
    else:
        key = raw.key_spans[(name,)]
        colon = lines[key.line - 1].find(":", key.column - 1 + key.length)
        _replace(lines, Span(line=key.line, column=colon + 2, length=0), f" [{_quote(alias)}]")


def _add(lines: list[str], raw: RawDocument, alias: Url) -> None:
    """Put the key with `alias` where it can stand whatever else is there."""
    if raw.format is None:
        lines[:0] = ["---", f"{_KEY}:", f"  - {_quote(alias)}", "---"]
    elif raw.format == "yaml":
        closing = raw.body_line - 2
        lines[closing:closing] = [f"{_KEY}:", f"  - {_quote(alias)}"]
    elif raw.format == "toml":
        opening = next(place for place, line in enumerate(lines) if line.startswith("+++"))
        lines.insert(opening + 1, f"{_KEY} = [{_quote(alias)}]")
    else:
        opening = next(place for place, line in enumerate(lines) if line.startswith("{"))
        first = lines[opening + 1]
        indent = first[: len(first) - len(first.lstrip())] if raw.values else "  "
        lines.insert(opening + 1, f'{indent}"{_KEY}": [{_quote(alias)}]{"," if raw.values else ""}')


def _replace(lines: list[str], span: Span, text: str) -> None:
    line = lines[span.line - 1]
    start = span.column - 1
    lines[span.line - 1] = line[:start] + text + line[start + span.length :]


def _quote(text: str) -> str:
    """Return `text` in double quotes, which mean the same in YAML, TOML and JSON."""
    return json.dumps(text, ensure_ascii=False)
