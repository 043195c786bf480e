"""Values together with where they stand in a file; what the readers of YAML, TOML and JSON have in common."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from sitegen.errors import ContentError, Problem, Span, error

Path = tuple[str | int, ...]
"""Keys and list positions that lead to a value: `("rating", "votes")`."""

Place = tuple[int, int]
"""Where something starts and ends in a text: its first character, and the one behind its last."""

DEEPEST = 40
"""How deep lists and mappings may be nested; real front matter has three or four levels."""


class Plain(str):
    """A YAML scalar without quotes: the reader leaves it as it is written, and the field decides what it means."""

    __slots__ = ()


class Places(Mapping[Path, Span]):
    """Places in a text, which become a `Span` when they are asked for: few of them ever are."""

    def __init__(self, noted: Mapping[Path, Place], text: str, line: int) -> None:
        """Take where things start and end in `text`, each on one line; its first is line `line` of the file."""
        self._noted = noted
        self._text = text
        self._line = line

    def __getitem__(self, place: Path) -> Span:
        """Return where the value or key at `place` stands."""
        start, end = self._noted[place]
        line = self._line + self._text.count("\n", 0, start)
        return _share_span(line, start - self._text.rfind("\n", 0, start), end - start)

    def __contains__(self, place: object) -> bool:
        """Tell whether anything is known of `place`."""
        return place in self._noted

    def __iter__(self) -> Iterator[Path]:
        """Yield everything of which the place is known."""
        return iter(self._noted)

    def __len__(self) -> int:
        """Return of how much the place is known."""
        return len(self._noted)


@lru_cache(maxsize=4096)
def _share_span(line: int, column: int, length: int) -> Span:
    """Return a place; many documents have something in the same, as a date on their third line."""
    return Span(line=line, column=column, length=length)


class Placed(Struct, frozen=True, kw_only=True):
    """What a piece of YAML, TOML or JSON says, and where."""

    values: Mapping[str, object]
    """Strings (`Plain` without quotes in YAML), numbers, truth values, dates (TOML), lists, dicts and None."""
    spans: Mapping[Path, Span]
    """Place of every value that is not empty."""
    key_spans: Mapping[Path, Span]
    """Place of every key."""
    warnings: tuple[Problem, ...] = ()
    """What is legal but probably not meant."""


def describe_twice(code: str, key: str, path: str, first: Span, second: Span) -> Problem:
    """Return the error for a key that stands in two places of one mapping."""
    where = f"both times on line {first.line}"
    if first.line != second.line:
        where = f"on line {first.line} and on line {second.line}"
    return error(
        code,
        f"`{key}` is written twice, {where}",
        path,
        second,
        hint="delete one of the two",
    )


def refuse_depth(code: str, path: str, span: Span) -> ContentError:
    """Return the error for nesting that nobody means."""
    return ContentError(
        [error(code, f"is nested more than {DEEPEST} levels deep", path, span, hint="look for a stray `[`, `{` or `-`")]
    )


def check_encodable(code: str, text: str, path: str, line: int) -> None:
    """Raise ContentError where `text` holds half of a surrogate pair, which no file can hold and no page can show."""
    try:
        text.encode()
    except UnicodeEncodeError as failure:
        raise ContentError([describe_half(code, path, place_at(text, failure.start, line))]) from failure


def describe_half(code: str, path: str, span: Span) -> Problem:
    """Return the error for half of a surrogate pair."""
    return error(code, "contains half of a character", path, span, hint="write the character itself")


def place_at(text: str, offset: int, line: int) -> Span:
    """Return the place of the character at `offset` of `text`, whose first line is line `line` of the file."""
    start = text.rfind("\n", 0, offset) + 1
    return Span(line=line + text.count("\n", 0, offset), column=offset - start + 1)


class Lines:
    """The lines of a text, for many places in it; `place_at` finds a single one."""

    def __init__(self, text: str, line: int) -> None:
        """Take `text`, whose first line is line `line` of its file."""
        self._line = line
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def span(self, offset: int, length: int = 1) -> Span:
        """Return the place of the `length` characters at `offset`."""
        line = bisect_right(self._starts, offset) - 1
        return Span(line=self._line + line, column=offset - self._starts[line] + 1, length=length)
