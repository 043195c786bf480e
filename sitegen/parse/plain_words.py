"""What pydantic finds, in words for people who edit files."""

from collections.abc import Mapping
from typing import cast

from pydantic_core import ErrorDetails

_PHRASES: Mapping[str, str] = {
    "missing": "is missing",
    "missing_argument": "is missing",
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "int_parsing_size": "must be a whole number",
    "float_type": "must be a number",
    "finite_number": "must be a number",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "dict_type": "must be an object",
    "mapping_type": "must be an object",
    "model_type": "must be an object",
    "dataclass_type": "must be an object",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
}


def describe_finding(details: ErrorDetails, own: Mapping[str, str]) -> str:
    """Return what is wrong with a value, as the end of a sentence; `own` holds a format's own phrases by type."""
    kind = details["type"]
    context = cast("Mapping[str, object]", details.get("ctx") or {})
    if kind == "literal_error":
        return f"must be {context['expected']}"
    if kind == "greater_than_equal":
        return f"must be at least {context['ge']}"
    if kind == "less_than_equal":
        return f"must be at most {context['le']}"
    if kind == "string_too_long":
        return f"must not be longer than {context['max_length']} characters"
    return own.get(kind) or _PHRASES.get(kind) or details["msg"][:1].lower() + details["msg"][1:]
