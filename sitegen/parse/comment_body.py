"""Comment bodies written anew: whatever comes in, what goes out is balanced, shallow, valid HTML of text alone.

The writer copies no tag. It reads tokens and writes elements of its own, so that nothing it does not know can get
through, and it takes linear time where a parser that follows browsers (foster parents, adoption agencies) can be made
to take quadratic time or to blow up its output.
"""

import re
from collections.abc import Callable
from html import escape

from sitegen.parse.html_tokens import BLOCKS, Token, read_attributes, resolve_references

_PHRASES = "a abbr b code del em i ins kbd q s samp small strong sub sup u var"
PHRASES = frozenset(_PHRASES.split())
"""Elements inside of a paragraph that stay, without attributes but for the address of a link."""
CONTAINERS = frozenset({"blockquote", "li", "ol", "p", "pre", "ul"})
"""Elements around paragraphs that stay, without attributes."""
VOID = frozenset({"br", "hr"})
"""Elements without content that stay."""

_LISTS = frozenset({"ol", "ul"})
_READABLE_RAW = frozenset({"textarea", "title", "xmp"})
_PARAGRAPHS = BLOCKS - CONTAINERS - VOID
"""Blocks that do not stay, but end a line of thought: their text becomes paragraphs."""
_CELLS = frozenset({"td", "th"})
_LINK = re.compile(r"(?:https?://[^/?#\\\s]|mailto:[^\s])[^\\]*", re.IGNORECASE)
_WEB = re.compile(r"https?:", re.IGNORECASE)
_IGNORED_BY_BROWSERS = re.compile(r"[\t\n\r]")
_BLANK_LINES = re.compile(r"\n(?:[ \t]*+\n)++")
_LINE_END = re.compile(r"(?<![ \t])[ \t]*+\n[ \t]*+")
_LAYOUT = " \t\n"
"""Space that says nothing at the beginning and end of a paragraph; others, such as no-break spaces, stay."""
_BREAK = "<br>"
_DEEPEST = 40
_LONGEST_LINK = 4_000


class BodyWriter:
    """Writes one comment body.

    Text that stands in no block is read as people type: a blank line begins a paragraph, a line end breaks the line.
    """

    def __init__(self, clean: Callable[[str], str]) -> None:
        """Hand every text and address to `clean` once its character references are resolved."""
        self._clean = clean
        self._pieces: list[str] = []
        self._open: list[tuple[str, int]] = []
        """Names of open elements, each with the place of its start tag among the pieces."""
        self._typed: int | None = None
        """How many elements are open inside of the paragraph that typed text opened by itself, if there is one."""

    def add(self, token: Token) -> None:
        """Add a piece of somebody's HTML."""
        if token.kind == "text" or (token.kind == "raw" and token.name in _READABLE_RAW):
            self.add_text(resolve_references(token.text))
        elif token.kind == "open":
            self._add_start(token)
        elif token.kind == "close":
            self._add_end(token.name)

    def add_text(self, text: str) -> None:
        """Add plain text."""
        text = self._clean(text)
        if self._has("pre"):
            at_start = self._pieces[-1] == "<pre>"
            self._write(text.lstrip("\n") if at_start else text)  # parsers drop a line end there
        elif self._typed is not None or self._top() in {"", "blockquote"}:
            self._type(text)
        elif text.strip() or self._top() not in _LISTS:
            self._enter_phrases()
            self._write(text)

    def add_link(self, address: str, words: str) -> None:
        """Add a link; its words alone where the address may not stay."""
        kept = self._keep_address(address)
        if kept and not self._has("a"):
            self._start_phrase("a", f'<a href="{escape(kept)}">')
            self.add_text(words)
            self._close("a")
        else:
            self.add_text(words)

    def finish(self) -> str:
        """Return what was written, with everything closed."""
        while self._open:
            self._close_top()
        return "".join(self._pieces).strip()

    def _add_start(self, token: Token) -> None:
        name = token.name
        if name == "img":
            self._add_image(token)
        elif name == "a":
            self._add_anchor(token)
        elif name in PHRASES:
            self._start_phrase(name, f"<{name}>")
        elif name == _BREAK[1:-1]:
            self._enter_phrases()
            self._pieces.append(_BREAK)
        elif name in _CELLS:
            self.add_text(" ")
        elif name in CONTAINERS or name in VOID or name in _PARAGRAPHS:
            self._start_block(name)

    def _add_end(self, name: str) -> None:
        if name in _PARAGRAPHS and name not in _CELLS:
            name = "p"
        if self._has(name):
            self._close(name)

    def _add_anchor(self, token: Token) -> None:
        attributes = read_attributes(token.text)
        kept = self._keep_address(next((item.value for item in attributes if item.name == "href"), ""))
        if self._has("a"):
            self._close("a")
        if kept:
            self._start_phrase("a", f'<a href="{escape(kept)}">')

    def _add_image(self, token: Token) -> None:
        values = {item.name: item.value for item in reversed(read_attributes(token.text))}
        words = " ".join(self._clean(values.get("alt", "")).split())
        if words and not any(character.isalnum() for character in words):
            self.add_text(words)  # an emoji that the platform drew as a picture
        elif _WEB.match(values.get("src", "").strip()):
            self.add_link(values["src"], words or "image")
        else:
            self.add_text(words)

    def _keep_address(self, address: str) -> str | None:
        """Return an address that may stand behind a link, or None."""
        kept = _IGNORED_BY_BROWSERS.sub("", self._clean(address)).strip().replace(" ", "%20")
        return kept if len(kept) <= _LONGEST_LINK and _LINK.fullmatch(kept) else None

    def _start_phrase(self, name: str, tag: str) -> None:
        self._enter_phrases()
        if len(self._open) < _DEEPEST:
            self._start(name, tag)

    def _start_block(self, name: str) -> None:
        """Start a block; in preformatted text, and where things are nested too deeply, there are no blocks."""
        if self._has("pre"):
            return
        self._leave_phrases()
        if name == "li":
            self._leave_item()
        if name == "li" and self._top() not in _LISTS:
            name = "p"
        if self._top() in _LISTS and name != "li":
            self._start("li", "<li>")
        if name in VOID:
            self._pieces.append(f"<{name}>")
        elif len(self._open) < _DEEPEST:
            name = name if name in CONTAINERS else "p"
            self._start(name, f"<{name}>")

    def _type(self, text: str) -> None:
        """Add text that stands in no block."""
        position = 0
        for gap in _BLANK_LINES.finditer(text):
            self._type_lines(text[position : gap.start()])
            if self._typed == len(self._open):
                self._leave_phrases()
            elif self._typed is not None:
                self._pieces += [_BREAK, "\n", _BREAK, "\n"]
            position = gap.end()
        self._type_lines(text[position:])

    def _type_lines(self, text: str) -> None:
        if self._typed is None or self._pieces[-1] == "<p>":
            text = text.lstrip(_LAYOUT)
        if not text:
            return
        self._enter_phrases()
        if self._pieces[-1] == _BREAK and (line_end := _LINE_END.match(text)):
            self._pieces.append("\n")
            text = text[line_end.end() :]
        for number, line in enumerate(_LINE_END.split(text)):
            if number:
                self._pieces += [_BREAK, "\n"]
            self._write(line)

    def _enter_phrases(self) -> None:
        """Open what text has to stand in."""
        if self._top() in _LISTS:
            self._start("li", "<li>")
        elif self._top() in {"", "blockquote"}:
            self._start("p", "<p>")
            self._typed = len(self._open)

    def _leave_phrases(self) -> None:
        """Close everything up to the nearest element that may hold blocks."""
        while self._top() in PHRASES or self._top() == "p":
            self._close_top()

    def _leave_item(self) -> None:
        """Close the item of the nearest list that is open in the same quotation."""
        for name, _ in reversed(self._open):
            if name == "li":
                self._close("li")
            if name in {"li", "blockquote", "ul", "ol"}:
                return

    def _top(self) -> str:
        return self._open[-1][0] if self._open else ""

    def _has(self, name: str) -> bool:
        return any(name == element for element, _ in self._open)

    def _start(self, name: str, tag: str) -> None:
        self._open.append((name, len(self._pieces)))
        self._pieces.append(tag)

    def _write(self, text: str) -> None:
        if self._pieces[-1] in {"<p>", "<li>"}:
            text = text.lstrip(_LAYOUT)
        if text:
            self._pieces.append(escape(text, quote=False))

    def _close(self, name: str) -> None:
        """Close the innermost element `name` and all in it."""
        while self._open:
            closed = self._top()
            self._close_top()
            if closed == name:
                return

    def _close_top(self) -> None:
        """Close one element; without anything in it, it goes."""
        name, start = self._open.pop()
        if self._typed is not None and len(self._open) < self._typed:
            self._typed = None
        if name in {"p", "li"}:
            self._trim(start)
        if len(self._pieces) == start + 1:
            self._pieces.pop()
            return
        self._pieces.append(f"</{name}>")
        if not self._open:
            self._pieces.append("\n")

    def _trim(self, start: int) -> None:
        """Take space and line breaks from the end of the paragraph or item that starts at the piece `start`."""
        while len(self._pieces) > start + 1:
            last = self._pieces[-1]
            kept = "" if last == _BREAK else last.rstrip(_LAYOUT)
            if kept:
                self._pieces[-1] = kept
                return
            self._pieces.pop()
