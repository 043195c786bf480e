"""Changing single keys of front matter while everything else stays as somebody wrote it."""

import json
import re
from collections.abc import Mapping, Sequence

from sitegen.model.names import Url
from sitegen.parse.front_matter import RawDocument, split_document
from sitegen.parse.key_names import find_field

_KEY = "aliases"


def add_alias(text: str, path: str, alias: Url, own: Mapping[str, str]) -> str:
    """Return the document `text` with one more old address; `own` maps foreign keys to sitegen's.

    Front matter keeps its format, its other lines and its comments; JSON is written anew. Raises ContentError where the
    front matter cannot be read.
    """
    raw = split_document(text, path)
    written = next((name for name in raw.values if find_field(name, own) == _KEY), None)
    before = raw.values[written] if written else None
    aliases = [str(item) for item in before] if isinstance(before, Sequence) and not isinstance(before, str) else []
    if isinstance(before, str) and before:
        aliases = [before]
    if alias in aliases:
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    head, body = lines[: raw.body_line - 1], lines[raw.body_line - 1 :]
    changed = _WRITERS[raw.format or "none"](head, written, [*aliases, alias], raw)
    return "\n".join([*changed, *body])


def _write_yaml(head: list[str], written: str | None, aliases: list[str], raw: RawDocument) -> list[str]:
    block = [f"{written or _KEY}:", *(f"  - {json.dumps(item, ensure_ascii=False)}" for item in aliases)]
    start, end = _extent(head, written, raw) if written else (_closing(head, "---"), _closing(head, "---"))
    return [*head[:start], *block, *head[end:]]


def _write_toml(head: list[str], written: str | None, aliases: list[str], raw: RawDocument) -> list[str]:
    line = f"{written or _KEY} = [{', '.join(json.dumps(item, ensure_ascii=False) for item in aliases)}]"
    if written:
        start, end = _extent(head, written, raw)
        return [*head[:start], line, *head[end:]]
    opening = next(place for place, text in enumerate(head) if text.strip() == "+++")
    return [*head[: opening + 1], line, *head[opening + 1 :]]


def _write_json(_head: list[str], written: str | None, aliases: list[str], raw: RawDocument) -> list[str]:
    values = {**raw.values, written or _KEY: aliases}
    return json.dumps(values, ensure_ascii=False, indent=2, default=str).split("\n")


def _write_none(head: list[str], _written: str | None, aliases: list[str], raw: RawDocument) -> list[str]:
    return ["---", *_write_yaml(["---"], None, aliases, raw)[:-1], "---", *head]


_WRITERS = {"yaml": _write_yaml, "toml": _write_toml, "json": _write_json, "none": _write_none}


def _closing(head: list[str], fence: str) -> int:
    """Return the place of the closing fence."""
    return max(place for place, text in enumerate(head) if text.strip() == fence)


def _extent(head: list[str], written: str, raw: RawDocument) -> tuple[int, int]:
    """Return the lines from the key `written` to the next key or the closing fence."""
    start = raw.key_spans[(written,)].line - 1
    end = start + 1
    while end < len(head) and re.match(r"[\s\-\]#]", head[end] or " ") and head[end].strip() not in {"---", "+++"}:
        end += 1
    return start, end
