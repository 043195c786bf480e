"""The plain text that a body shows, and the passages marked in it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sitegen.importers.wordpress.marks import MARK, MORE, read_mark, remove_marks
from sitegen.importers.wordpress.tree import BLOCKS, BOUNDARY, Element
from sitegen.parse.text import collapse_spaces

CONTEXT = 32
"""How many characters before and behind a passage tell it from others of the same words."""
_DIVIDING = BLOCKS | {BOUNDARY, "br"}
_SILENT = frozenset({"audio", "video"})
_SPACES = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A passage with inline feedback, as a text-quote selector (W3C Web Annotation Data Model, section 4.2.4).

    The text is that of the body with a space between blocks and single spaces throughout, before any typographic
    replacement.
    """

    id: str
    """The plugin's own: of the shortcode in an export, of the database in a rendered page."""
    question: str | None
    """What readers are asked about it; None where nothing is."""
    quote: str
    """Its text."""
    prefix: str
    """Up to CONTEXT characters before it."""
    suffix: str
    """Up to CONTEXT characters behind it."""


def read_teaser(root: Element) -> str:
    """Return the text before the `more` mark, on one line; empty where there is none."""
    text = "".join(_walk(root))
    return collapse_spaces(remove_marks(text.partition(MORE)[0])) if MORE in text else ""


def read_passages(root: Element, known: Sequence[tuple[str, str | None]]) -> tuple[Passage, ...]:
    """Return the marked passages that hold words; `known` has id and question of each, by number."""
    text, places = _place_marks("".join(_walk(root)))
    found: list[Passage] = []
    for number, (identity, question) in enumerate(known):
        start, end = places.get(("start", number)), places.get(("end", number))
        quote = text[start:end].strip(" ") if start is not None and end is not None else ""
        if start is None or not quote.strip() or not identity:
            continue
        start += text[start : start + 1] == " "
        end = start + len(quote)
        prefix, suffix = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        found.append(Passage(id=identity, question=question, quote=quote, prefix=prefix, suffix=suffix))
    return tuple(found)


def _walk(element: Element) -> Iterator[str]:
    divides = element.name in _DIVIDING
    if divides:
        yield " "
    if element.name not in _SILENT:
        for child in element.children:
            if isinstance(child, str):
                yield child
            else:
                yield from _walk(child)
    if divides:
        yield " "


def _place_marks(marked: str) -> tuple[str, Mapping[tuple[str, int], int]]:
    """Return text without marks, its spaces collapsed, and the offset of each mark there."""
    pieces = [""]
    places: dict[tuple[str, int], int] = {}
    length, position = 0, 0
    for mark in (*MARK.finditer(marked), None):
        kept = _SPACES.sub(" ", marked[position : mark.start() if mark else len(marked)])
        if kept[:1] == " " and pieces[-1][-1:] in {"", " "}:
            kept = kept[1:]
        if kept:
            pieces.append(kept)
            length += len(kept)
        if mark:
            places.setdefault(read_mark(mark[0]), length)
            position = mark.end()
    return "".join(pieces).rstrip(" "), places
