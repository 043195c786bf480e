# ruff: noqa: RUF001 — typographic characters are what is folded
"""Finding the passages of a body that comments answer, by what they say (W3C Web Annotation, TextQuoteSelector).

A quote was taken from another page, in another typography: the text is compared as readers see it, without its spaces,
and with one sign for all quotation marks and one for all dashes. So neither markup nor line ends, neither entities nor
smart punctuation stand between a quote and its passage.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from sitegen.model.comments import Passage
from sitegen.parse.html_tokens import Token, resolve_references

MOST_PASSAGES = 1_000
"""How many different passages of one body are looked for: each takes a search through the whole text."""

_UNSEEN_NAMES = (
    "audio button canvas datalist iframe math meter noscript object picture progress rp rt script select style svg "
    "template video"
)
_UNSEEN = frozenset(_UNSEEN_NAMES.split())
"""Elements whose text is not part of what is read on, or that may hold no mark."""
_NOTE = re.compile(r"""class\s*=\s*["']?footnote-(?:back)?ref\b""")
"""Links to footnotes and back: they are no words of a passage."""
_REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);?")
_QUOTES = frozenset("\"'`´«»‘’‚‛“”„‟‹›′″‵‶「」『』〝〞〟＂＇")
_CONTEXTS = ((64, 64), (32, 32), (16, 16), (8, 8), (4, 4), (64, 0), (0, 64), (16, 0), (0, 16), (4, 0), (0, 4))
"""How much of prefix and suffix decides between equal passages: as much as stands there, down to a few letters."""


class Place(NamedTuple):
    """Where a character of the folded text stands."""

    token: int
    """Index of the token."""
    start: int
    """Where it begins in the text of the token."""
    end: int
    """Where it ends."""


class Range(NamedTuple):
    """A passage in the folded text."""

    start: int
    """Index of its first character."""
    end: int
    """Index behind its last one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldedText:
    """What the tokens of a body show, in the form in which passages are compared."""

    text: str
    """The folded characters."""
    places: tuple[Place, ...]
    """Where each of them stands."""


def fold_tokens(tokens: Sequence[Token]) -> FoldedText:
    """Return what `tokens` show, folded."""
    characters: list[str] = []
    places: list[Place] = []
    unseen: dict[str, int] = {}
    in_note = False
    for index, token in enumerate(tokens):
        if token.name == "a":
            in_note = token.kind == "open" and _NOTE.search(token.text) is not None
        elif token.name in _UNSEEN and not token.text.endswith("/>"):
            depth = unseen.pop(token.name, 0) + (1 if token.kind == "open" else -1 if token.kind == "close" else 0)
            if depth > 0:
                unseen[token.name] = depth
        if token.kind != "text" or unseen or in_note:
            continue
        for start, end, written in _read_characters(token.text):
            for folded in _fold(written):
                if folded in '-"' and characters and characters[-1] == folded:
                    continue
                characters.append(folded)
                places.append(Place(index, start, end))
    return FoldedText(text="".join(characters), places=tuple(places))


def find_passages(folded: FoldedText, passages: Iterable[Passage]) -> tuple[Range | None, ...]:
    """Return where each of `passages` stands; None for one that is not there, or beyond the first MOST_PASSAGES.

    Of several equal passages the one counts that has most of the prefix and the suffix around it, else the first.
    """
    found: dict[tuple[str, str, str], Range | None] = {}
    ranges: list[Range | None] = []
    for passage in passages:
        key = (fold_text(passage.quote), fold_text(passage.prefix), fold_text(passage.suffix))
        if key not in found:
            found[key] = _find(folded.text, *key) if len(found) < MOST_PASSAGES else None
        ranges.append(found[key])
    return tuple(ranges)


def fold_text(text: str) -> str:
    """Return plain text as passages are compared: without spaces, with one quotation mark and one dash for all."""
    return re.sub(r'-{2,}|"{2,}', lambda run: run[0][0], "".join(map(_fold, text)))


def _find(text: str, quote: str, prefix: str, suffix: str) -> Range | None:
    first = text.find(quote) if quote else -1
    if first < 0:
        return None
    start = first if text.find(quote, first + 1) < 0 else _choose(text, quote, prefix, suffix, first)
    return Range(start, start + len(quote))


def _choose(text: str, quote: str, prefix: str, suffix: str, first: int) -> int:
    """Return which of several equal passages is meant."""
    for before, after in _CONTEXTS:
        left, right = prefix[-before:] if before else "", suffix[:after]
        place = text.find(left + quote + right) if left or right else -1
        if place >= 0:
            return place + len(left)
    return first


def _read_characters(text: str) -> Iterable[tuple[int, int, str]]:
    """Yield what HTML text says, piece by piece, with where each piece begins and ends."""
    position = 0
    for match in _REFERENCE.finditer(text):
        yield from ((at, at + 1, text[at]) for at in range(position, match.start()))
        yield match.start(), match.end(), resolve_references(match[0])
        position = match.end()
    yield from ((at, at + 1, text[at]) for at in range(position, len(text)))


@lru_cache(maxsize=4096)
def _fold(text: str) -> str:
    """Return a few characters as they are compared; nothing for spaces and for what is not seen."""
    folded = ""
    for character in unicodedata.normalize("NFKD", text):
        category = unicodedata.category(character)
        if character in _QUOTES:
            folded += '"'
        elif category == "Pd" or character == "\u2212":
            folded += "-"
        elif category not in {"Zs", "Zl", "Zp", "Cc", "Cf"}:
            folded += character
    return folded
