"""JSON exports, checked: every value has the type that its platform writes, or the file is refused with the place."""

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from sitegen.errors import ContentError, Problem, Span, error
from sitegen.importers.inputs import CODE, hide_line, read_chunks, refuse_input
from sitegen.parse.json_source import find_json_places, load_json
from sitegen.parse.places import Path
from sitegen.parse.plain_words import describe_finding

MOST = 10**12
"""The largest count, of votes or whatever, that anybody means."""
Whole = Annotated[int, Field(ge=-MOST, le=MOST)]
"""A number of votes, or a number by which something is known."""
Size = Annotated[int, Field(ge=0, le=MOST)]
"""How many there are."""
_LONGEST_LINE = 20_000_000


class Part(BaseModel):
    """An object of an export. Only what it names is read: addresses of people are not even looked at."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)


AnyPart = TypeVar("AnyPart", bound=BaseModel)


def decode_json(text: str, name: str, shape: type[AnyPart], line: int = 1) -> AnyPart:
    """Return what the JSON `text` says, whose first line is line `line` of the file `name`.

    Raises ContentError with the place of everything that is not as the platform writes it.
    """
    try:
        value = load_json(text, name, line)
        return shape.model_validate(value)
    except ContentError as failure:
        raise ContentError([hide_line(problem) for problem in failure.problems]) from failure
    except ValidationError as failure:
        places = find_json_places(text, line).spans
        raise refuse_values(failure, name, lambda where: _find(places, where, line)) from None


class _Versioned(Part):
    version: int


def check_version(text: str, name: str, version: int, hint: str) -> None:
    """Raise ContentError where the JSON `text` does not say that it is `version` of its format."""
    found = decode_json(text, name, _Versioned).version
    if found != version:
        raise refuse_input(name, f"is version {found}, and not {version}", hint)


def refuse_values(failure: ValidationError, name: str, find: Callable[[Path], Span | None]) -> ContentError:
    """Return the error for values of the wrong kind; `find` tells where a value stands."""
    details = failure.errors(include_url=False, include_input=False, include_context=True)
    return ContentError([_describe(item, name, find) for item in details[:20]])


def read_lines(name: str, advance: Callable[[int], None]) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file that are not blank, with their numbers; raises ContentError for what is no UTF-8."""
    rest = b""
    number = 0
    for chunk in read_chunks(name, advance):
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            number += 1
            yield from _decode_line(name, number, line)
        if len(rest) > _LONGEST_LINE:
            raise refuse_input(name, f"has a line of more than {_LONGEST_LINE:,} bytes", None, Span(line=number + 1))
    yield from _decode_line(name, number + 1, rest)


def _decode_line(name: str, number: int, line: bytes) -> Iterator[tuple[int, str]]:
    try:
        text = line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as failure:
        raise refuse_input(name, "is not UTF-8 text", "save it as UTF-8", Span(line=number)) from failure
    if text.strip():
        yield number, text


def _describe(details: ErrorDetails, name: str, find: Callable[[Path], Span | None]) -> Problem:
    where = tuple(details["loc"])
    keys = [str(part) for part in where if not isinstance(part, int)]
    called = f"`{keys[-1]}` " if keys else ""
    return hide_line(error(CODE, f"{called}{describe_finding(details, {})}", name, find(where)))


def _find(places: Mapping[Path, Span], where: Path, line: int) -> Span:
    while where and where not in places:
        where = where[:-1]
    return places.get(where, Span(line=line))
