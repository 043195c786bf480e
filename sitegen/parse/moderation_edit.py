"""Changing the decisions of a moderation file, whose other words, order and comments stay as they are."""

import json
import re
from collections.abc import Collection, Mapping

from sitegen.errors import ContentError, UsageError
from sitegen.parse.moderation import parse_moderation
from sitegen.parse.moderation_format import SCHEMA
from sitegen.parse.sanitize import clean_text
from sitegen.parse.yaml_source import load_yaml

_PLAIN = re.compile(r"[A-Za-z]+-[A-Za-z0-9_.-]+")
_OWN_WORDS = frozenset({"action", "at"})
_ITEM = re.compile(r"( *)-(?: |$)")
_EMPTY = re.compile(r"^(decisions:)[ ]*\[[ ]*\][ ]*$", re.MULTILINE)


def append_decision(text: str | None, path: str, decision: Mapping[str, str]) -> str:
    """Return the moderation file `text` with one more decision at its end; None: a new file.

    `decision` has the keys of the format. Raises ContentError where the file has mistakes, before or after, and
    UsageError where its decisions are written in a way to which nothing can be added.
    """
    if text is None:
        first = f"schema: {SCHEMA}\ndecisions:\n{_write(decision, '')}"
        parse_moderation(first, path, None)
        return first
    before = parse_moderation(text, path, None).decisions
    plain = _EMPTY.sub(r"\1", text.removeprefix("\ufeff").replace("\r\n", "\n").rstrip() + "\n")
    lines = plain.split("\n")[:-1]
    place, indent = _find_end(plain, lines, path)
    changed = "\n".join([*lines[:place], _write(decision, indent).rstrip("\n"), *lines[place:], ""])
    after = parse_moderation(changed, path, None).decisions
    if after[:-1] != before or len(after) != len(before) + 1:
        raise _refuse(path)
    if "\r\n" in text:
        changed = changed.replace("\n", "\r\n")
    return ("\ufeff" if text.startswith("\ufeff") else "") + changed


def remove_decisions(text: str, path: str, ids: Collection[str]) -> str:
    """Return the moderation file `text` without the decisions about the comments `ids`, and what stands below each.

    Raises ContentError where the file has mistakes, and UsageError where it is written in a way that leaves no place
    for that.
    """
    before = parse_moderation(text, path, None).decisions
    kept = tuple(decision for decision in before if decision.id not in ids)
    if kept == before:
        return text
    placed = load_yaml(text.removeprefix("\ufeff"), path, 1)
    lines = text.split("\n")
    spans = placed.spans if placed else {}
    starts = [spans[("decisions", number)].line for number in range(len(before)) if ("decisions", number) in spans]
    is_list = len(starts) == len(before) and all(_ITEM.match(lines[start - 1]) for start in starts)
    if placed is None or not is_list:
        raise _refuse(path)
    first = placed.key_spans[("decisions",)].line
    others = [span.line for key, span in placed.key_spans.items() if len(key) == 1 and span.line > first]
    ends = [*starts[1:], min(others, default=len(lines) + 1)]
    for decision, start, end in reversed(tuple(zip(before, starts, ends, strict=True))):
        if decision.id in ids:
            del lines[start - 1 : end - 1]
    if not kept:
        lines[first - 1] = "decisions: []"
    changed = "\n".join(lines).rstrip() + "\n"
    try:
        after = parse_moderation(changed, path, None).decisions
    except ContentError:
        after = before
    if after != kept:
        raise _refuse(path)
    return changed


def _find_end(text: str, lines: list[str], path: str) -> tuple[int, str]:
    """Return before which of `lines` a new decision goes, and what stands before its dash."""
    placed = load_yaml(text, path, 1)
    if placed is None:
        raise _refuse(path)
    start = placed.key_spans[("decisions",)].line
    others = [span.line for key, span in placed.key_spans.items() if len(key) == 1 and span.line > start]
    end = min(others, default=len(lines) + 1) - 1
    first = placed.spans.get(("decisions", 0))
    if first is None:
        return end, ""
    dash = _ITEM.match(lines[first.line - 1])
    if dash is None:
        raise _refuse(path)
    return end, dash[1]


def _write(decision: Mapping[str, str], indent: str) -> str:
    pairs = [f"{key}: {value if key in _OWN_WORDS else _quote(value)}" for key, value in decision.items()]
    return f"{indent}- " + f"\n{indent}  ".join(pairs) + "\n"


def _quote(value: str) -> str:
    """Return `value` as every reader of YAML takes it for text: ids such as `wp-901` plain, anything else in quotes."""
    return value if _PLAIN.fullmatch(value) else json.dumps(clean_text(value), ensure_ascii=False)


def _refuse(path: str) -> UsageError:
    message = f"the decisions of {path} cannot be changed by themselves"
    return UsageError(message, "write its decisions as a list, each below a `-` of its own")
