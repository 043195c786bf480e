"""JSON with the places of its values, which the standard library does not tell."""

import json
import re
from collections.abc import Iterable
from json.decoder import scanstring  # type: ignore[attr-defined]

from sitegen.errors import ContentError, Problem, Span, error

Path = tuple[str | int, ...]

_SPACE = re.compile(r"[ \t\n\r]*")
_SCALAR = re.compile(r"[^\s,\]}]+")
_DEEPEST = 100
_LONGEST_NUMBER = 18
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)


def load_json(text: str, path: str, code: str) -> object:
    """Return the value in `text`; raises ContentError with the place in the file `path` of what cannot be read.

    Stricter than the standard library: no repeated keys, no NaN, no numbers of more than 18 digits, bounded nesting.
    """
    repeated: list[str] = []

    def build(pairs: list[tuple[str, object]]) -> dict[str, object]:
        result = dict(pairs)
        if len(result) < len(pairs):
            seen: set[str] = set()
            repeated.extend(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        return result

    too_deep = _find_too_deep(text)
    if too_deep is not None:
        raise ContentError([error(code, "is nested too deeply", path, _span_at(text, too_deep, 1))])
    try:
        value = json.loads(text, object_pairs_hook=build, parse_int=_read_int, parse_constant=_refuse_constant)
    except json.JSONDecodeError as failure:
        span = Span(line=failure.lineno, column=failure.colno)
        message = f"is not JSON: {failure.msg[:1].lower()}{failure.msg[1:]}"
        raise ContentError(
            [error(code, message, path, span, "look for a missing comma, quote or bracket")]
        ) from failure
    except ValueError as failure:
        raise ContentError([error(code, f"is not JSON: {failure}", path, Span(line=1))]) from failure
    if repeated:
        places = find_json_places(text)
        raise ContentError([_describe_repeated(key, path, code, places) for key in dict.fromkeys(repeated)])
    return value


def _describe_repeated(key: str, path: str, code: str, places: dict[Path, Span]) -> Problem:
    """Return the problem of a key that stands twice in an object: `places` holds the second place."""
    span = next((span for where, span in places.items() if where and where[-1] == key), Span(line=1))
    return error(code, f"the key `{key}` stands in one object twice", path, span, "keep one of the two")


def _read_int(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise ValueError(f"the number {digits[:20]}… is too long")
    return int(digits)


def _refuse_constant(name: str) -> object:
    raise ValueError(f"`{name}` is no number that JSON knows")


def _find_too_deep(text: str) -> int | None:
    """Return the place of the first bracket that is nested too deeply."""
    depth = 0
    for match in _BRACKETS.finditer(text):
        if match[0] in "[{":
            depth += 1
            if depth > _DEEPEST:
                return match.start()
        elif match[0] in "]}":
            depth -= 1
    return None


def find_json_places(text: str) -> dict[Path, Span]:
    """Return the place of every value in `text`, which must be valid JSON; of a repeated key, the last one."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    places: dict[Path, Span] = {}
    line = 0

    def span(position: int, length: int) -> Span:
        nonlocal line
        while line + 1 < len(starts) and starts[line + 1] <= position:
            line += 1
        return Span(line=line + 1, column=position - starts[line] + 1, length=length)

    for where, position, length in _walk(text):
        places[where] = span(position, length)
    return places


def _walk(text: str) -> Iterable[tuple[Path, int, int]]:
    """Yield path, position and length of every value, in order."""
    stack: list[tuple[Path, str, int]] = []
    where: Path = ()
    position = _skip(text, 0)
    while position < len(text):
        character = text[position]
        if character in "{[":
            yield where, position, 1
            stack.append((where, character, 0))
            position = _skip(text, position + 1)
            if text[position] in "}]":
                position = _close(text, position, stack)
            else:
                where, position = _enter(text, position, stack)
        else:
            end = scanstring(text, position + 1)[1] if character == '"' else _end_of_scalar(text, position)
            yield where, position, end - position
            position = _skip(text, end)
        while stack and position < len(text) and text[position] in ",]}":
            if text[position] == ",":
                base, kind, count = stack.pop()
                stack.append((base, kind, count + 1))
                where, position = _enter(text, _skip(text, position + 1), stack)
                break
            position = _close(text, position, stack)
        if not stack:
            return


def _enter(text: str, position: int, stack: list[tuple[Path, str, int]]) -> tuple[Path, int]:
    """Return path and position of the next value of the container on top."""
    base, kind, count = stack[-1]
    if kind == "[":
        return (*base, count), position
    key, end = scanstring(text, position + 1)
    return (*base, key), _skip(text, _skip(text, end) + 1)


def _close(text: str, position: int, stack: list[tuple[Path, str, int]]) -> int:
    stack.pop()
    return _skip(text, position + 1)


def _skip(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def _end_of_scalar(text: str, position: int) -> int:
    match = _SCALAR.match(text, position)
    return match.end() if match else position + 1


def _span_at(text: str, position: int, length: int) -> Span:
    before = text[:position]
    return Span(line=before.count("\n") + 1, column=position - (before.rfind("\n") + 1) + 1, length=length)
