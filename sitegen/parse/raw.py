"""A document whose front matter is read but not yet understood."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from sitegen.errors import Problem, Span
from sitegen.parse.places import Path

Format = Literal["yaml", "toml", "json"]


def normalise_lines(text: str) -> str:
    """Return the text of a file without a byte order mark, every line ending as on Unix."""
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


class RawDocument(Struct, frozen=True, kw_only=True):
    """A document in two halves: front matter as written, with places, and the body."""

    path: str
    """POSIX path of the file, for problems."""
    format: Format | None
    """How the front matter is written; None where there is none."""
    values: Mapping[str, object]
    """Keys and values as written; scalars of YAML are text (`Plain` without quotes), those of TOML and JSON typed."""
    spans: Mapping[Path, Span]
    """Place of every value in the file."""
    key_spans: Mapping[Path, Span]
    """Place of every key in the file."""
    body: str
    """The text below the front matter, with `\\n` line ends, otherwise untouched."""
    body_line: int
    """Line of the file, from 1, on which `body` starts."""
    front: str = ""
    """Everything above `body`, with `\\n` line ends; empty where there is no front matter."""
    warnings: tuple[Problem, ...] = ()
    """What is legal but probably not meant."""
