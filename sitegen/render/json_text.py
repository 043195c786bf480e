"""JSON as text: a file of its own, or inside a script element."""

import json
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from sitegen.model.json_value import JsonObject, JsonValue
from sitegen.model.names import Html
from sitegen.render.characters import remove_illegal

_UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def write_json(data: JsonObject) -> Html:
    """Return `data` as a file, without characters that neither pages nor feeds may hold."""
    return _as_html(json.dumps(_clean(data), ensure_ascii=False, indent=1))


def embed_json(data: JsonObject) -> Html:
    """Return `data` as `write_json` does, on one line that cannot close the script element around it."""
    return _as_html(json.dumps(_clean(data), ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE))


def _as_html(text: str) -> Html:
    return Html(Markup(text))  # noqa: S704 -- it goes where JSON is read, and HTML is not


def _clean(value: JsonValue) -> JsonValue:
    if isinstance(value, str):
        return remove_illegal(value)
    if isinstance(value, Mapping):
        return {name: _clean(part) for name, part in value.items()}
    if isinstance(value, Sequence):
        return [_clean(part) for part in value]
    return value
