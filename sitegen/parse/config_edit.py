"""Adding redirects to `sitegen.toml`, whose own words, order and comments stay as they are."""

import json
import re
import tomllib
from collections.abc import Mapping

from sitegen.errors import ContentError, error
from sitegen.parse.config import parse_config

_TABLE = re.compile(r"^[ \t]*\[[ \t]*redirects[ \t]*\][ \t]*(?:#[^\n]*)?$", re.MULTILINE)
_ANY_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)


def add_redirects(text: str, path: str, rules: Mapping[str, str]) -> str:
    """Return the configuration `text` with those of `rules` whose old address it does not have yet.

    Raises ContentError where the configuration, before or after, has mistakes, or leaves no place for them.
    """
    parse_config(text, path)
    before = tomllib.loads(text.removeprefix("\ufeff"))
    known = {*before.get("redirects", {}), *before.get("gone", {})}
    new = {old: target for old, target in sorted(rules.items()) if old not in known}
    if not new:
        return text
    lines = "".join(f"{_quote(old)} = {_quote(target)}\n" for old, target in new.items())
    table = _TABLE.search(text)
    if table:
        following = _ANY_TABLE.search(text, table.end())
        head = text[: following.start() if following else len(text)].rstrip()
        tail = text[following.start() :] if following else ""
        changed = f"{head}\n{lines}" + (f"\n{tail}" if tail else "")
    else:
        changed = f"{text.rstrip()}\n\n[redirects]\n{lines}"
    try:
        after = tomllib.loads(changed.removeprefix("\ufeff"))
    except ValueError:
        after = {}
    if after != {**before, "redirects": {**before.get("redirects", {}), **new}}:
        message = "redirects cannot be added by themselves"
        raise ContentError([error("config", message, path, hint="write them as a table: [redirects]")])
    parse_config(changed, path)
    return changed


def _quote(text: str) -> str:
    """Return `text` in double quotes, which mean the same in TOML and JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
