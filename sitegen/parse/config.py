"""`sitegen.toml`: from text to a validated `Config`."""

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from typing import cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from sitegen.errors import ContentError, Problem, Span, error
from sitegen.model.config import Config
from sitegen.parse.toml_source import find_toml_spans, locate_toml_error
from sitegen.plan.urls import PERMALINK_FIELDS

_ADAPTER = TypeAdapter(Config)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_FIELD = re.compile(r"\{([^{}]*)\}")


def parse_config(text: str, path: str) -> Config:
    """Return the configuration in `text`; raises ContentError with every problem at its place in `path`."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as failure:
        message, span = locate_toml_error(failure, text)
        raise ContentError([error("toml", message, path, span)]) from failure
    except RecursionError as failure:
        raise ContentError([error("toml", "is nested too deeply", path)]) from failure
    spans = find_toml_spans(text)
    if isinstance(values.get("theme"), str):
        values["theme"] = [values["theme"]]
    try:
        config = _ADAPTER.validate_python(values)
    except ValidationError as failure:
        raise ContentError([_describe(details, spans, path) for details in failure.errors()]) from failure
    problems = tuple(_check(config, spans, path))
    if problems:
        raise ContentError(problems)
    return config


def override_base_url(config: Config, base_url: str) -> Config:
    """Return `config` with another `base_url`; raises ContentError where it is none."""
    changed = replace(config, base_url=base_url)
    problem = _check_base_url(changed)
    if problem:
        raise ContentError([error("base_url", problem, hint='write a whole address, as "https://news.example/"')])
    return changed


def config_json_schema() -> dict[str, object]:
    """Return the JSON Schema (2020-12) of `sitegen.toml`, with a description of every key."""
    schema = _ADAPTER.json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "sitegen.toml", **schema}


def _describe(details: ErrorDetails, spans: Mapping[tuple[str | int, ...], Span], path: str) -> Problem:
    """Return one finding of pydantic in plain words."""
    place = tuple(details["loc"])
    key = ".".join(str(part) for part in place)
    span = spans.get(place) or spans.get(place[:1])
    if details["type"] in {"unexpected_keyword_argument", "extra_forbidden"}:
        near = difflib.get_close_matches(str(place[-1]), _known_keys(place[:-1]), n=1)
        hint = f"did you mean `{near[0]}`?" if near else "own values for templates go under `[options]`"
        return error("config", f"unknown key `{key}`", path, span, hint)
    return error("config", f"`{key}`: {_plain(details)}", path, span)


_PLAIN = {
    "string_type": "must be text in quotes",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list in [brackets]",
    "mapping_type": "must be a table",
    "dict_type": "must be a table",
    "missing": "is missing",
    "missing_argument": "is missing",
    "dataclass_type": "must be a table",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
}


def _plain(details: ErrorDetails) -> str:
    context = cast("Mapping[str, object]", details.get("ctx") or {})
    if details["type"] == "literal_error":
        return f"must be {context['expected']}"
    if details["type"] == "greater_than_equal":
        return f"must be at least {context['ge']}"
    if details["type"] == "less_than_equal":
        return f"must be at most {context['le']}"
    return _PLAIN.get(details["type"], details["msg"])


def _known_keys(place: tuple[str | int, ...]) -> list[str]:
    """Return the keys that are known in the table at `place`."""
    schema = _ADAPTER.json_schema()
    definitions = cast("Mapping[str, Mapping[str, object]]", schema.get("$defs", {}))
    names = {"languages": "LanguageConfig", "front_matter": "FrontMatterConfig", "menus": "MenuItem"}
    top = str(place[0]) if place else ""
    name = names.get(top, f"{top.capitalize()}Config") if top else "Config"
    table = definitions.get(name, schema)
    return list(cast("Mapping[str, object]", table.get("properties", {})))


def _check(config: Config, spans: Mapping[tuple[str | int, ...], Span], path: str) -> list[Problem]:
    """Return what the types alone cannot tell."""
    found = {
        "timezone": _check_timezone(config),
        "language": None if _LANGUAGE.fullmatch(config.language) else 'must be a language tag, as "en" or "pt-BR"',
        "base_url": _check_base_url(config),
        "permalink": _check_permalink(config),
        "theme": _check_theme(config),
    }
    return [
        error("config", f"`{key}`: {message}", path, spans.get((key,)))
        for key, message in found.items()
        if message is not None
    ]


def _check_timezone(config: Config) -> str | None:
    try:
        ZoneInfo(config.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return f'there is no time zone "{config.timezone}"; write one as "Europe/Amsterdam" or "UTC"'
    return None


def _check_base_url(config: Config) -> str | None:
    if not config.base_url:
        return None
    try:
        parts = urlsplit(config.base_url)
    except ValueError:
        return "is no address"
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return 'must start with "https://" or "http://" and name a host'
    if parts.query or parts.fragment:
        return "must not have a query or a fragment"
    return None


def _check_permalink(config: Config) -> str | None:
    if not config.permalink.startswith("/"):
        return "must start with `/`"
    unknown = [name for name in _FIELD.findall(config.permalink) if name not in PERMALINK_FIELDS]
    if unknown:
        return f"knows no field `{{{unknown[0]}}}`, only {', '.join(sorted(PERMALINK_FIELDS))}"
    return None if "{slug}" in config.permalink else "must hold `{slug}`, so that articles differ"


def _check_theme(config: Config) -> str | None:
    if not config.theme:
        return "must name at least one theme"
    wrong = [name for name in config.theme if not re.fullmatch(r"[A-Za-z0-9][\w.-]*", name)]
    return f'"{wrong[0]}" is no name of a folder below `themes/`' if wrong else None
