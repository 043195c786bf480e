"""Footnotes of pulldown-cmark's HTML, made like those of python-Markdown: at the end, with links there and back."""

import re
from dataclasses import dataclass, field

from sitegen.parse.html_tokens import Token, escape_attribute, read_id, resolve_references, scan_html

_DEFINITION = '<div class="footnote-definition" id="'
_LABEL = '<sup class="footnote-definition-label">'
_REFERENCE = '<sup class="footnote-reference">'
_HREF = re.compile(r'<a href="#([^"]*)">')
_BACK = "&#8617;&#xFE0E;"


@dataclass(slots=True, kw_only=True)
class _Note:
    """A footnote while it is read."""

    number: int
    """What its references show: notes are numbered in the order in which they are met."""
    tokens: list[Token] = field(default_factory=list)
    """Its text."""
    depth: int = 1
    """How many `div` elements are open in it, its own included."""


def gather_notes(tokens: list[Token]) -> list[Token]:
    """Return HTML with its footnotes in a list at the end."""
    if not any(_begins_note(tokens, index) for index, (_, _, name) in enumerate(tokens) if name == "div"):
        return tokens
    reader = _Reader(tokens)
    reader.read()
    return reader.finish()


class _Reader:
    """Reads the text and the notes out of each other."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._body: list[Token] = []
        self._notes: dict[str, _Note] = {}
        self._open: list[_Note] = []
        self._references: dict[str, int] = {}

    def read(self) -> None:
        """Sort all tokens; a note that stands in another one becomes one of its own."""
        starts = {index for index in range(len(self._tokens)) if _begins_note(self._tokens, index)}
        labels = {_read_label(self._tokens[index]) for index in starts}
        index = 0
        while index < len(self._tokens):
            if index in starts:
                index += self._open_note(index)
            elif (label := self._read_reference(index)) in labels:
                self._add_reference(label, self._tokens[index + 2])
                index += 5
            else:
                index += self._add(index)

    def finish(self) -> list[Token]:
        """Return the text, and behind it the notes by number."""
        notes = sorted(self._notes.items(), key=lambda item: item[1].number)
        listed = [token for label, note in notes for token in self._write_note(label, note)]
        return [
            *_strip_end(self._body),
            *scan_html('\n<div class="footnote" role="doc-endnotes">\n<hr>\n<ol>\n'),
            *listed,
            *scan_html("</ol>\n</div>"),
        ]

    def _add(self, index: int) -> int:
        """Add a token where it belongs, or end a note; return how many tokens that were."""
        token = self._tokens[index]
        if self._open and token.name == "div":
            self._open[-1].depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if self._open and not self._open[-1].depth:
            self._open.pop()
            return 1 + _is_line_end(self._tokens[index + 1 : index + 2])
        self._place.append(token)
        return 1

    @property
    def _place(self) -> list[Token]:
        return self._open[-1].tokens if self._open else self._body

    def _open_note(self, index: int) -> int:
        """Begin a note; return of how many tokens its beginning consists: the tag, and its number in `sup`."""
        label = _read_label(self._tokens[index])
        note = _Note(number=int(self._tokens[index + 2].text))
        # The first of two notes with one name counts, as it does for its references.
        self._notes.setdefault(label, note)
        self._open.append(note)
        return 4

    def _read_reference(self, index: int) -> str:
        """Return the name of the note that a reference leads to; empty where none begins at `index`."""
        if self._tokens[index].text != _REFERENCE or index + 4 >= len(self._tokens):
            return ""
        match = _HREF.fullmatch(self._tokens[index + 1].text)
        return _close_up(match[1]) if match else ""

    def _add_reference(self, label: str, number: Token) -> None:
        count = self._references[label] = self._references.get(label, 0) + 1
        name = escape_attribute(label)
        tags = (
            f'<sup id="{_name_reference(name, count)}"><a class="footnote-ref" href="#fn:{name}" role="doc-noteref">',
            "</a></sup>",
        )
        self._place.extend((*scan_html(tags[0]), number, *scan_html(tags[1])))

    def _write_note(self, label: str, note: _Note) -> list[Token]:
        name = escape_attribute(label)
        links = "".join(
            f'<a aria-label="{note.number if count == 1 else f"{note.number}.{count}"}" class="footnote-backref" '
            f'href="#{_name_reference(name, count)}" role="doc-backlink">{_BACK}</a>'
            for count in range(1, self._references.get(label, 0) + 1)
        )
        text = _strip_end(note.tokens)
        if links and text and text[-1].text == "</p>":
            text[-1:] = (*scan_html(f"&#160;{links}"), text[-1])
        elif links:
            text += scan_html(f"\n<p>{links}</p>")
        return [*scan_html(f'<li id="fn:{name}">'), *text, *scan_html("\n</li>\n")]


def _begins_note(tokens: list[Token], index: int) -> bool:
    """Tell whether the tag of a note stands at `index`, with its number in `sup`."""
    if not tokens[index].text.startswith(_DEFINITION) or index + 3 >= len(tokens):
        return False
    return tokens[index + 1].text == _LABEL and tokens[index + 2].text.isdecimal()


def _is_line_end(tokens: list[Token]) -> bool:
    return bool(tokens) and tokens[0] == Token("text", "\n")


def _read_label(tag: Token) -> str:
    return _close_up(escape_attribute(read_id(tag)))


def _close_up(label: str) -> str:
    """Return a label, as it stands in HTML, as plain text with hyphens for spaces: an anchor may hold none."""
    return "-".join(resolve_references(label).split())


def _name_reference(name: str, count: int) -> str:
    return f"fnref:{name}" if count == 1 else f"fnref{count}:{name}"


def _strip_end(tokens: list[Token]) -> list[Token]:
    """Return `tokens` without white space at the end."""
    end = len(tokens)
    while end and tokens[end - 1].kind == "text" and not tokens[end - 1].text.strip():
        end -= 1
    return tokens[:end]
