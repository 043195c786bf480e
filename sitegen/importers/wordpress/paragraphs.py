"""Paragraphs and line breaks for text as people type it into WordPress: what its `wpautop` makes of blank lines.

Blank lines divide paragraphs, other line ends become breaks, and blocks that the author wrote stay as they are. Unlike
the original, which works by search and replace, this leaves every element closed.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sitegen.parse.html_tokens import Token, scan_html

_BLOCK_NAMES = (
    "address area article aside audio blockquote caption center col colgroup dd details div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main map menu nav ol p pre section style summary "
    "table tbody td tfoot th thead tr ul video"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_CLOSED = frozenset("audio math object picture pre script select style svg textarea video".split())  # noqa: SIM905
"""Elements in which line ends mean nothing, or something else."""
_LINES = frozenset("caption dt figcaption h1 h2 h3 h4 h5 h6 legend summary".split())  # noqa: SIM905
"""Elements that hold no paragraphs."""
_FRAMES = frozenset("col colgroup dl ol table tbody tfoot thead tr ul".split())  # noqa: SIM905
"""Elements that hold no text."""
_VOID_BLOCKS = frozenset({"area", "col", "hr"})
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_LINE_END = re.compile(r"[ \t]*\n")
_SPACES = " \t\n"
_BREAK = "<br />"
_REMEMBERED = 64
"""How many open blocks are looked through for the one that ends."""


class _Piece(NamedTuple):
    """Something inside of a paragraph."""

    text: str
    kind: str
    """`text`, `break`, `silent` (shows nothing) or `other`."""


_DIVIDER = _Piece("", "divider")


def autop(text: str) -> str:
    """Return `text`, which may hold HTML, with paragraphs and line breaks as HTML."""
    typesetter = _Typesetter()
    for token in scan_html(text.replace("\r\n", "\n").replace("\r", "\n")):
        typesetter.add(token)
    return typesetter.finish()


class _Typesetter:
    def __init__(self) -> None:
        self._written: list[str] = []
        self._pieces: list[_Piece] = []
        self._open: list[str] = []
        self._follows_start = False
        """Whether the last block tag was a start tag."""
        self._closed = ""
        """The element whose content is kept, and how many of its name are open."""
        self._depth = 0

    def add(self, token: Token) -> None:
        if self._closed:
            self._add_closed(token)
        elif token.kind in {"open", "close"} and token.name in _BLOCKS:
            self._add_block(token)
        elif token.kind == "text":
            self._add_text(token.text)
        elif token.name == "br":
            self._pieces.append(_Piece(_BREAK, "break"))
        else:
            self._pieces.append(_Piece(token.text, "silent" if token.kind == "comment" else "other"))
        if token.kind == "open" and token.name in _CLOSED and not self._closed:
            self._closed, self._depth = token.name, 1

    def finish(self) -> str:
        self._write_paragraphs()
        return "".join(self._written).strip(_SPACES)

    def _add_closed(self, token: Token) -> None:
        if token.name == self._closed and token.kind in {"open", "close"}:
            self._depth += 1 if token.kind == "open" else -1
        if token.name == self._closed and self._depth == 0:
            self._closed = ""
            if token.name in _BLOCKS:
                self._add_block(token)
                return
        if self._closed in _BLOCKS:
            self._written.append(token.text)
        else:
            self._pieces.append(_Piece(token.text, "other"))

    def _add_block(self, token: Token) -> None:
        self._write_paragraphs()
        if token.kind == "open":
            if self._written and not self._follows_start:
                self._written.append("\n")
            self._written.append(token.text)
            if token.name not in _VOID_BLOCKS:
                self._open.append(token.name)
        else:
            self._written.append(token.text)
            recent = self._open[-_REMEMBERED:]
            if token.name in recent:
                del self._open[len(self._open) - 1 - recent[::-1].index(token.name) :]
        self._follows_start = token.kind == "open" and token.name not in _VOID_BLOCKS

    def _add_text(self, text: str) -> None:
        position = 0
        for gap in _BLANK_LINES.finditer(text):
            self._pieces += (_Piece(text[position : gap.start()], "text"), _DIVIDER)
            position = gap.end()
        self._pieces.append(_Piece(text[position:], "text"))

    def _write_paragraphs(self) -> None:
        paragraphs = list(_split(self._pieces))
        self._pieces = []
        parent = self._open[-1] if self._open else ""
        bare = self._follows_start and len(paragraphs) == 1 and parent != "blockquote"
        for number, pieces in enumerate(paragraphs):
            text = _set_lines(pieces)
            if all(piece.kind == "silent" or not piece.text.strip(_SPACES) for piece in pieces):
                self._written.append(text)
            elif bare or parent in _LINES or parent in _FRAMES:
                self._written += ("\n" * bool(number), text)
            elif parent == "p" and self._follows_start:
                self._written += ("</p>\n<p>" * bool(number), text)
            else:
                self._written += ("" if self._follows_start and not number else "\n", f"<p>{text}</p>")


def _split(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """Yield the pieces of each paragraph: two breaks in a row divide paragraphs too."""
    paragraph: list[_Piece] = []
    for piece in pieces:
        if piece.kind == "break" and _ends_in_break(paragraph):
            while paragraph[-1].kind != "break":
                paragraph.pop()
            paragraph.pop()
            piece = _DIVIDER  # noqa: PLW2901
        if piece is not _DIVIDER:
            paragraph.append(piece)
        else:
            yield from _trim(paragraph)
            paragraph = []
    yield from _trim(paragraph)


def _ends_in_break(pieces: list[_Piece]) -> bool:
    last = next((piece for piece in reversed(pieces) if piece.kind != "text" or piece.text.strip(_SPACES)), None)
    return last is not None and last.kind == "break"


def _trim(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """Yield `pieces` without space at both ends, if anything is left."""
    start, end = 0, len(pieces)
    while start < end and pieces[start].kind == "text" and not pieces[start].text.strip(_SPACES):
        start += 1
    while end > start and pieces[end - 1].kind == "text" and not pieces[end - 1].text.strip(_SPACES):
        end -= 1
    if start == end:
        return
    kept = pieces[start:end]
    if kept[0].kind == "text":
        kept[0] = _Piece(kept[0].text.lstrip(_SPACES), "text")
    if kept[-1].kind == "text":
        kept[-1] = _Piece(kept[-1].text.rstrip(_SPACES), "text")
    yield kept


def _set_lines(pieces: list[_Piece]) -> str:
    """Return a paragraph with a break at each line end that has none."""
    written: list[str] = []
    follows_break = False
    for piece in pieces:
        text = piece.text
        if piece.kind == "text":
            if follows_break and (end := _LINE_END.match(text)):
                written.append("\n")
                text = text[end.end() :]
            text = _LINE_END.sub(f"{_BREAK}\n", text)
        written.append(text)
        follows_break = piece.kind == "break" or (follows_break and not text.strip(_SPACES))
    return "".join(written)
