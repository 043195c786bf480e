"""JSON as text: a file of its own, or inside a script element."""

from collections.abc import Callable, Mapping, Sequence
from json import JSONEncoder

import msgspec
from markupsafe import Markup

from sitegen.model.json_value import JsonObject, JsonValue
from sitegen.model.names import Html
from sitegen.render.characters import remove_illegal

_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_CONTROL = "\\u00"
"""How JSON begins what it writes for a control character."""


def write_json(data: JsonObject) -> Html:
    """Return `data` as a file, without escapes of characters that neither pages nor feeds may hold."""
    return _as_html(_write(data, _FILE.encode))


def embed_json(data: JsonObject) -> Html:
    """Return `data` as `write_json` does, on one line that cannot close the script element around it."""
    text = _write(data, _encode_line)
    for sign, escaped in _UNSAFE.items():
        if sign in text:  # which is found out in a tenth of the time in which nothing is replaced
            text = text.replace(sign, escaped)
    return _as_html(text)


def _as_html(text: str) -> Html:
    return Html(Markup(text))  # noqa: S704 -- it goes where JSON is read, and HTML is not


def _write(data: JsonObject, encode: Callable[[JsonValue], str]) -> str:
    text = encode(data)
    # Nearly always there is nothing to remove, and one look at the whole costs less than one at every value. What is
    # not escaped is taken from the page as a whole.
    return encode(_clean(data)) if _CONTROL in text else text


def _encode_line(data: JsonValue) -> str:
    try:
        return msgspec.json.encode(data).decode()
    except (TypeError, UnicodeEncodeError):  # text that is marked up, or has a half of a pair
        return _LINE.encode(data)


def _clean(value: JsonValue) -> JsonValue:
    if isinstance(value, str):
        return remove_illegal(value)
    if isinstance(value, Mapping):
        return {name: _clean(part) for name, part in value.items()}
    if isinstance(value, Sequence):
        return [_clean(part) for part in value]
    return value


_FILE = JSONEncoder(ensure_ascii=False, indent=1, default=_clean)
_LINE = JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_clean)
