"""`theme.toml`: the options of a theme, and the lists that it wants on its pages."""

from collections.abc import Iterator, Mapping
from typing import cast, get_args

from sitegen.errors import ContentError, Problem, error
from sitegen.model.config import TomlValue
from sitegen.model.theme import SHAPED_LISTS, ListOrder, ListPlace, ListRule
from sitegen.parse.key_names import find_near
from sitegen.parse.places import Path, Placed

_TABLES = ("options", "lists")
_KEYS = ("limit", "order", "among", "on")
_LONGEST = 100
_WIDEST = 1000


def parse_theme_settings(placed: Placed, path: str) -> tuple[Mapping[str, TomlValue], Mapping[str, ListRule]]:
    """Return the options and the lists of a theme; raises ContentError with every problem at its place in `path`."""
    values = placed.values
    problems: list[Problem] = []
    for key in values:
        if key not in _TABLES:
            problems.append(_refuse_unknown((key,), _TABLES, placed, path))
        elif not isinstance(values[key], Mapping):
            problems.append(error("theme", f"`{key}` is no table", path, placed.spans.get((key,))))
    if not problems:
        problems += _check_lists(cast("Mapping[str, object]", values.get("lists", {})), placed, path)
    if problems:
        raise ContentError(problems)
    tables = cast("Mapping[str, Mapping[str, object]]", values)
    lists = cast("Mapping[str, Mapping[str, object]]", tables.get("lists", {}))
    return tables.get("options", {}), {name: _build_rule(table) for name, table in lists.items()}


def _build_rule(table: Mapping[str, object]) -> ListRule:
    on = table.get("on", ("home",))
    return ListRule(
        limit=cast("int", table.get("limit", 5)),
        order=cast("ListOrder", table.get("order", "date")),
        among=cast("int", table.get("among", 0)),
        on=cast("tuple[ListPlace, ...]", (on,) if isinstance(on, str) else tuple(cast("list[str]", on))),
    )


def _check_lists(lists: Mapping[str, object], placed: Placed, path: str) -> Iterator[Problem]:
    for name, table in lists.items():
        place = ("lists", name)
        if not name.isidentifier():
            hint = "write letters, digits and `_`, so that templates can say `page.lists.NAME`"
            yield error("theme", f"`{name}` is no name for a list", path, placed.key_spans.get(place), hint)
        elif not isinstance(table, Mapping):
            hint = f"write `[lists.{name}]`, and `limit = 5` below it"
            yield error("theme", f"`lists.{name}` is no table", path, placed.spans.get(place), hint)
        else:
            for key, value in table.items():
                yield from _check_key((*place, key), value, placed, path)


def _check_key(place: Path, value: object, placed: Placed, path: str) -> Iterator[Problem]:
    _, name, key = place
    if key not in _KEYS:
        yield _refuse_unknown(place, _KEYS, placed, path)
    elif key != "limit" and name in SHAPED_LISTS:
        message = f"`lists.{name}` has only a `limit`: sitegen chooses what is in it"
        yield error("theme", message, path, placed.key_spans.get(place), "declare a list of another name beside it")
    elif key in {"limit", "among"}:
        most = _LONGEST if key == "limit" else _WIDEST
        if type(value) is not int or not 0 <= value <= most:
            yield _refuse_value(place, f"must be a whole number from 0 to {most}", placed, path)
    elif key == "order":
        yield from _check_choice(place, value, get_args(ListOrder), placed, path)
    elif isinstance(value, list):
        for number, member in enumerate(value):
            yield from _check_choice((*place, number), member, get_args(ListPlace), placed, path)
    else:
        yield from _check_choice(place, value, get_args(ListPlace), placed, path)


def _check_choice(place: Path, value: object, choices: tuple[str, ...], placed: Placed, path: str) -> Iterator[Problem]:
    if value not in choices:
        known = ", ".join(f'"{choice}"' for choice in choices)
        yield _refuse_value(place, f"must be one of {known}", placed, path)


def _refuse_value(place: Path, message: str, placed: Placed, path: str) -> Problem:
    name = ".".join(str(part) for part in place if isinstance(part, str))
    return error("theme", f"`{name}` {message}", path, placed.spans.get(place) or placed.spans.get(place[:3]))


def _refuse_unknown(place: Path, known: tuple[str, ...], placed: Placed, path: str) -> Problem:
    near = find_near(str(place[-1]), known)
    hint = f"did you mean `{near}`?" if near else f"known are {', '.join(f'`{name}`' for name in known)}"
    name = ".".join(str(part) for part in place)
    return error("theme", f"unknown key `{name}`", path, placed.key_spans.get(place), hint)
