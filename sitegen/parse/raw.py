"""Front matter before anybody says what its fields mean: text, lists and mappings, with their places."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sitegen.errors import Problem, Span
from sitegen.model.config import TomlValue

Path = tuple[str | int, ...]
"""Where a value stands: keys and positions from the top."""

RawValue = None | str | list["RawValue"] | dict[str, "RawValue"]
"""A scalar is the text that was written, whatever its type in the format: fields decide what they accept."""


class Plain(str):
    """Text that was written without quotes, so that `true`, `4` and `2023-07-09` may mean more than their letters."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawMapping:
    """A mapping as its format holds it."""

    values: Mapping[str, RawValue]
    """Keys as written, with the values."""
    extra: Mapping[str, TomlValue]
    """The value of the key `extra`, with the types of the format."""
    spans: Mapping[Path, Span]
    """Places of the values."""
    key_spans: Mapping[Path, Span]
    """Places of the keys."""
    warnings: tuple[Problem, ...] = ()
    """What reading found worth saying."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDocument:
    """A document in two halves."""

    path: str
    """POSIX path relative to the site's root."""
    format: Literal["yaml", "toml", "json"] | None
    """How the front matter is written; None if there is none."""
    values: Mapping[str, RawValue]
    """Keys as written, with the values."""
    extra: Mapping[str, TomlValue]
    """The value of the key `extra`, with the types of the format."""
    spans: Mapping[Path, Span]
    """Places of the values in the file."""
    key_spans: Mapping[Path, Span]
    """Places of the keys in the file."""
    body: str
    """Everything after the front matter, with LF line ends."""
    body_line: int
    """Line of the file at which the body begins."""
    warnings: tuple[Problem, ...]
    """What reading found worth saying."""
