"""A small validator of JSON Schema 2020-12: the keywords that our schemas use, and an error for any other."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import cast

Schema = Mapping[str, object]

_TYPES: Mapping[str, Callable[[object], bool]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, list | tuple),
    "object": lambda value: isinstance(value, dict),
}
_SAYS_NOTHING = {"$schema", "$defs", "title", "description", "default", "examples", "deprecated", "format"}


def find_violations(schema: Schema, value: object) -> list[str]:
    """Return what in `value` does not agree with `schema`, each with its place."""
    return list(_check(schema, value, schema, "$"))


def _check(schema: Schema, value: object, root: Schema, place: str) -> Iterator[str]:
    for keyword, rule in schema.items():
        if keyword in _SAYS_NOTHING:
            continue
        if keyword == "$ref":
            yield from _check(_resolve(cast("str", rule), root), value, root, place)
        elif keyword == "anyOf":
            options = cast("list[Schema]", rule)
            if all(list(_check(option, value, root, place)) for option in options):
                yield f"{place}: agrees with none of {len(options)} forms"
        else:
            yield from _RULES[keyword](rule, value, schema, root, place)


def _resolve(reference: str, root: Schema) -> Schema:
    found: object = root
    for name in reference.removeprefix("#/").split("/"):
        found = cast("Schema", found)[name]
    return cast("Schema", found)


Rule = Callable[[object, object, Schema, Schema, str], Iterator[str]]


def _demand(holds: Callable[[object, object], bool], *kinds: str) -> Rule:
    """A rule for values of `kinds` alone."""

    def rule(wanted: object, value: object, schema: Schema, _root: Schema, place: str) -> Iterator[str]:
        if (not kinds or any(_TYPES[kind](value) for kind in kinds)) and not holds(wanted, value):
            yield f"{place}: {value!r} against {wanted!r}"

    return rule


def _is_of_type(wanted: object, value: object) -> bool:
    return _TYPES[cast("str", wanted)](value)


def _check_properties(wanted: object, value: object, schema: Schema, root: Schema, place: str) -> Iterator[str]:
    for name, part in cast("Mapping[str, Schema]", wanted).items():
        if isinstance(value, dict) and name in value:
            yield from _check(part, value[name], root, f"{place}.{name}")


def _check_others(wanted: object, value: object, schema: Schema, root: Schema, place: str) -> Iterator[str]:
    known = cast("Schema", schema.get("properties", {}))
    for name in (name for name in value if name not in known) if isinstance(value, dict) else ():
        if wanted is False:
            yield f"{place}: unknown key {name}"
        elif isinstance(wanted, dict):
            yield from _check(wanted, cast("dict[str, object]", value)[name], root, f"{place}.{name}")


def _check_items(wanted: object, value: object, schema: Schema, root: Schema, place: str) -> Iterator[str]:
    for index, item in enumerate(value if isinstance(value, list | tuple) else ()):
        yield from _check(cast("Schema", wanted), item, root, f"{place}[{index}]")


_RULES: Mapping[str, Rule] = {
    "type": _demand(_is_of_type),
    "enum": _demand(lambda wanted, value: value in cast("list[object]", wanted)),
    "const": _demand(lambda wanted, value: value == wanted),
    "minimum": _demand(lambda wanted, value: cast("float", value) >= cast("float", wanted), "number"),
    "maximum": _demand(lambda wanted, value: cast("float", value) <= cast("float", wanted), "number"),
    "minLength": _demand(lambda wanted, value: len(str(value)) >= cast("int", wanted), "string"),
    "maxLength": _demand(lambda wanted, value: len(str(value)) <= cast("int", wanted), "string"),
    "minItems": _demand(lambda wanted, value: len(cast("list[object]", value)) >= cast("int", wanted), "array"),
    "pattern": _demand(lambda wanted, value: re.search(cast("str", wanted), str(value)) is not None, "string"),
    "required": _demand(
        lambda wanted, value: set(cast("list[str]", wanted)) <= set(cast("dict[str, object]", value)), "object"
    ),
    "properties": _check_properties,
    "additionalProperties": _check_others,
    "items": _check_items,
}
