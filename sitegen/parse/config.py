"""`sitegen.toml`: from text to a validated `Config`."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import cast, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, SchemaValidator

from sitegen.errors import ContentError, Problem, Span, error, place_of
from sitegen.model.config import Config
from sitegen.model.values import replace
from sitegen.parse.addresses import read_old_address, read_redirect_target
from sitegen.parse.config_checks import check_base_url, find_complaints
from sitegen.parse.descriptions import describe_keys
from sitegen.parse.key_names import find_near
from sitegen.parse.own_values import read_extra
from sitegen.parse.places import Path, Placed
from sitegen.parse.plain_words import describe_finding
from sitegen.parse.toml_source import load_toml

_CODE = "config"
_ADAPTER = TypeAdapter(Config)
_PHRASES: Mapping[str, str] = {
    "string_type": "must be text in quotes",
    "tuple_type": "must be a list in [brackets]",
    "mapping_type": "must be a table",
    "dict_type": "must be a table",
    "dataclass_type": "must be a table",
}
_KEY_DEPTH = 2
_UNKNOWN = frozenset({"unexpected_keyword_argument", "extra_forbidden"})
_SCALARS = frozenset({"bool", "float", "int", "str"})


def parse_config(text: str, path: str) -> Config:
    """Return the configuration in `text`; raises ContentError with every problem at its place in `path`."""
    placed = load_toml(text.removeprefix("\ufeff"), path, 1)
    values = dict(placed.values)
    if isinstance(values.get("theme"), str):
        values["theme"] = [values["theme"]]
    problems: list[Problem] = []
    config = Config()
    try:
        config = _VALIDATOR.validate_python(values)
    except ValidationError as failure:
        problems += [_describe(details, placed, path) for details in failure.errors(include_url=False)]
    if values.get("theme") == []:
        problems.append(error(_CODE, "`theme`: must name at least one theme", path, _find(("theme",), placed)))
    for where, (message, hint) in find_complaints(values):
        problems.append(error(_CODE, f"`{_name(where)}`: {message}", path, _find(where, placed), hint))
    if problems:
        raise ContentError(sorted(problems, key=place_of))
    return _freeze(config)


def locate_old_addresses(text: str, path: str) -> Mapping[str, Span]:
    """Return where the keys of `[redirects]` and `[gone]` stand in `text`, which is sound, by the address they mean."""
    placed = load_toml(text.removeprefix("\ufeff"), path, 1)
    return {
        read_old_address(place[1]): span
        for place, span in placed.key_spans.items()
        if place[0] in {"redirects", "gone"} and len(place) == _KEY_DEPTH
    }


def override_base_url(config: Config, base_url: str) -> Config:
    """Return `config` with another `base_url`; raises ContentError where it is none."""
    complaint = check_base_url(base_url)
    if complaint:
        raise ContentError([error("base_url", complaint[0], hint=complaint[1])])
    return replace(config, base_url=base_url)


def config_json_schema() -> dict[str, object]:
    """Return the JSON Schema (2020-12) of `sitegen.toml`, with a description of every key."""
    schema = describe_keys(_ADAPTER.json_schema(), Config)
    theme = schema["properties"]["theme"]
    described = {key: theme.pop(key) for key in ("title", "description", "default") if key in theme}
    schema["properties"]["theme"] = {**described, "anyOf": [{"type": "string"}, {**theme, "minItems": 1}]}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "sitegen.toml"}


def _freeze(config: Config) -> Config:
    """Return `config` with tables of a site's own as they are remembered: lists as tuples, dates as text."""
    options = cast("Mapping[str, Mapping[str, object]]", read_extra(config.markdown.extension_options))
    return replace(
        config,
        options=read_extra(config.options),
        markdown=replace(config.markdown, extension_options=options),
        redirects={read_old_address(old): read_redirect_target(new) for old, new in config.redirects.items()},
        gone={read_old_address(old): reason.strip() for old, reason in config.gone.items()},
    )


def _make_strict(schema: object) -> object:
    """Return a schema of pydantic's core whose scalars take nothing but their own type: TOML has types.

    Lists and tables must stay lenient, since strictly a tuple is no list.
    """
    if isinstance(schema, list | tuple):
        return type(schema)(_make_strict(part) for part in schema)
    if not isinstance(schema, dict):
        return schema
    changed = {key: part if key == "metadata" else _make_strict(part) for key, part in schema.items()}
    return {**changed, "strict": True} if schema.get("type") in _SCALARS else changed


_VALIDATOR = SchemaValidator(cast("dict[str, object]", _make_strict(_ADAPTER.core_schema)))


def _describe(details: ErrorDetails, placed: Placed, path: str) -> Problem:
    """Return one finding of pydantic in plain words."""
    where = tuple(details["loc"])
    if details["type"] in _UNKNOWN:
        near = find_near(str(where[-1]), _list_keys(where[:-1]))
        hint = f"did you mean `{near}`?" if near else "`sitegen schema config` prints what there is"
        if len(where) == 1 and not near:
            hint = "own values for templates go under `[options]`"
        span = placed.key_spans.get(where) or _find(where, placed)
        return error(_CODE, f"unknown key `{_name(where)}`", path, span, hint)
    return error(_CODE, f"`{_name(where)}`: {describe_finding(details, _PHRASES)}", path, _find(where, placed))


def _find(where: Path, placed: Placed) -> Span | None:
    """Return the place of a value, or of what holds it."""
    while where:
        span = placed.spans.get(where) or placed.key_spans.get(where)
        if span:
            return span
        where = where[:-1]
    return None


def _name(where: Path) -> str:
    return ".".join(str(part) for part in where)


def _list_keys(where: Path) -> list[str]:
    """Return the keys that are known in the table at `where`."""
    table: object = Config
    for part in where:
        if is_dataclass(table) and isinstance(table, type):
            table = get_type_hints(table).get(str(part))
        elif get_origin(table) is not None:
            table = next((kind for kind in reversed(get_args(table)) if kind is not Ellipsis), None)
    return [field.name for field in fields(table)] if is_dataclass(table) and isinstance(table, type) else []
