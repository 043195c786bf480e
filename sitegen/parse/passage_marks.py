"""Marking the passages that comments answer: `<mark>` around every piece of text, and a place for a link behind it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from sitegen.model.names import Html
from sitegen.parse.html_tokens import BLOCKS, Token
from sitegen.parse.passages import FoldedText, Range

_CLOSED = frozenset({"a", "pre", "code", "summary", "label", "h1", "h2", "h3", "h4", "h5", "h6"})
"""Elements that no link may stand in, or whose words it would spoil: it goes behind them."""


class MarkedPiece(NamedTuple):
    """HTML up to the end of a passage, or of the body."""

    html: Html
    """Marked HTML; a piece may open what another one closes."""
    passages: tuple[Range, ...]
    """The passages that end with it."""


class _Edit(NamedTuple):
    """A piece of a token's text that is to be marked."""

    start: int
    end: int
    identity: str
    ends: tuple[Range, ...]


def name_passage(found: Range) -> str:
    """Return the `id` of the first mark of a passage; passages that begin together share it."""
    return f"page-passage-{found.start}"


def mark_passages(tokens: Sequence[Token], folded: FoldedText, ranges: Collection[Range]) -> tuple[MarkedPiece, ...]:
    """Return `tokens` as HTML in which `ranges` of their folded text are marked, cut where each of them ends.

    Marks stand inside of text and never around a tag, so that they nest with everything. Passages may overlap. A link
    behind a passage has its place at the end of the piece: never inside of a link, a heading or code. Linear.
    """
    edits = _plan_edits(tokens, folded, ranges)
    writer = _Writer()
    for index, token in enumerate(tokens):
        writer.add(token, edits.get(index, ()))
    return writer.finish()


def _plan_edits(tokens: Sequence[Token], folded: FoldedText, ranges: Collection[Range]) -> dict[int, list[_Edit]]:
    """Return what is to be marked in each token, in order."""
    ends: dict[int, list[Range]] = {}
    for found in sorted(set(ranges)):
        ends.setdefault(found.end, []).append(found)
    starts = {found.start for found in ranges}
    edits: dict[int, list[_Edit]] = {}
    for segment in _cut(ranges):
        runs = list(_find_runs(folded, segment))
        for place, (first, last) in enumerate(runs):
            token = folded.places[first].token
            start, end = folded.places[first].start, folded.places[last].end
            is_first, is_last = place == 0, place == len(runs) - 1
            if not is_first and _goes_on(tokens, token - 1) and tokens[token].text[:start].isspace():
                start = 0
            if not is_last and _goes_on(tokens, token + 1) and tokens[token].text[end:].isspace():
                end = len(tokens[token].text)
            identity = name_passage(segment) if is_first and segment.start in starts else ""
            closing = tuple(ends.get(segment.end, ())) if is_last else ()
            edits.setdefault(token, []).append(_Edit(start, end, identity, closing))
    return edits


def _cut(ranges: Collection[Range]) -> Iterator[Range]:
    """Yield what `ranges` cover, cut wherever one of them begins or ends."""
    steps: dict[int, int] = {}
    for found in set(ranges):
        steps[found.start] = steps.get(found.start, 0) + 1
        steps[found.end] = steps.get(found.end, 0) - 1
    depth = 0
    for here, following in pairwise(sorted(steps)):
        depth += steps[here]
        if depth:
            yield Range(here, following)


def _find_runs(folded: FoldedText, segment: Range) -> Iterator[tuple[int, int]]:
    """Yield the first and the last character of every token in a segment."""
    first = segment.start
    for place in range(segment.start + 1, segment.end):
        if folded.places[place].token != folded.places[first].token:
            yield first, place - 1
            first = place
    yield first, segment.end - 1


def _goes_on(tokens: Sequence[Token], index: int) -> bool:
    """Whether the sentence beside this token goes on in it, so that the space between belongs to the passage."""
    return 0 <= index < len(tokens) and tokens[index].name not in BLOCKS


class _Writer:
    """Writes marked tokens, piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[MarkedPiece] = []
        self._html: list[str] = []
        self._waiting: list[Range] = []
        self._closed: dict[str, int] = {}

    def add(self, token: Token, edits: Iterable[_Edit]) -> None:
        """Add a token with its marks."""
        position = 0
        for edit in edits:
            # An entity that stands for several letters may be in two passages: it is marked once.
            start = max(edit.start, position)
            identity = f' id="{edit.identity}"' if edit.identity else ""
            text = token.text[start : edit.end]
            self._html += [token.text[position:start], f"<mark{identity}>{text}</mark>" if text or identity else ""]
            position = max(edit.end, start)
            self._waiting += edit.ends
            self._cut()
        self._html.append(token.text[position:])
        if token.name in _CLOSED:
            depth = self._closed.pop(token.name, 0) + (1 if token.kind == "open" else -1)
            if depth > 0:
                self._closed[token.name] = depth
            self._cut()

    def finish(self) -> tuple[MarkedPiece, ...]:
        """Return the pieces."""
        self._closed.clear()
        self._cut()
        return (*self._pieces, MarkedPiece(Html("".join(self._html)), ()))

    def _cut(self) -> None:
        """End a piece, if a passage ends and a link may stand here."""
        if self._waiting and not self._closed:
            self._pieces.append(MarkedPiece(Html("".join(self._html)), tuple(self._waiting)))
            self._html, self._waiting = [], []
