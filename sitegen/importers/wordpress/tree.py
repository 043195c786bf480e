"""Somebody's HTML as a tree of the few elements that an article is made of.

It follows the tree construction of the HTML standard (section 13.2.6) where authors rely on it: implied end tags,
formatting that runs on across paragraphs, items without a list. What only lays out a page (`div`, `span`) leaves no
element. Nesting is bounded and every tag costs the same, which a parser that follows the standard in all cases cannot
promise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from sitegen.importers.wordpress.marks import MARK, remove_marks
from sitegen.parse.html_tokens import Token, read_attributes, resolve_references

FORMATTING = frozenset(
    "a abbr b bdo cite code del dfn em i ins kbd mark q s samp small strong sub sup u var".split()  # noqa: SIM905
)
"""Elements within a sentence that stay."""
TEXT_BLOCKS = frozenset("caption dt h1 h2 h3 h4 h5 h6 p pre summary".split())  # noqa: SIM905
"""Blocks that hold sentences and no other block."""
BLOCKS = TEXT_BLOCKS | frozenset(
    "audio blockquote dd details dl figcaption figure hr li ol table tbody td tfoot th thead tr ul video".split()  # noqa: SIM905
)
"""Blocks that stay."""
BOUNDARY = "boundary"
"""Name of the element that stands where a block ended or began that left no element of its own."""
COMMENT = "comment"
"""Name of an element whose `text` attribute stays as a comment."""
VOID = frozenset({"br", "hr", "img", "source"})
"""Elements without content."""

_ALIASES = {
    "acronym": "abbr",
    "dir": "ul",
    "menu": "ul",
    "strike": "s",
    "tt": "code",
    "listing": "pre",
}
_LAYOUT = frozenset(
    "address article aside body center dialog div fieldset footer form head header hgroup html legend main "  # noqa: SIM905
    "nav noscript search section".split()
)
"""Blocks that leave a boundary."""
_CELLS = frozenset({"td", "th"})
_ROW_GROUPS = frozenset({"tbody", "tfoot", "thead"})
_TABLE_PARTS = _CELLS | _ROW_GROUPS | {"table", "tr"}
_LISTS = frozenset({"ol", "ul"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HOMES: Mapping[str, frozenset[str]] = {
    "caption": frozenset({"table"}),
    "dd": frozenset({"dl"}),
    "dt": frozenset({"dl"}),
    "figcaption": frozenset({"figure"}),
    "li": _LISTS,
    "summary": frozenset({"details"}),
    "tbody": frozenset({"table"}),
    "td": frozenset({"tr"}),
    "tfoot": frozenset({"table"}),
    "th": frozenset({"tr"}),
    "thead": frozenset({"table"}),
    "tr": _ROW_GROUPS | {"table"},
}
"""The elements that each of these may only stand in."""
_IMPLIED = {"dl": "dd", "ol": "li", "table": "tr", "tbody": "tr", "tfoot": "tr", "thead": "tr", "tr": "td", "ul": "li"}
"""What text in one of these stands in."""
_LISTS_OF = {"dd": "dl", "dt": "dl", "li": "ul"}
"""What begins where an item has no list around it."""
_WALLS = frozenset({"blockquote", "details", "figure", "table", "td", "th"})
"""Elements that items and paragraphs inside of them cannot end."""
_DEEPEST = 40
_MOST_FORMATTING = 12


@dataclass(slots=True)
class Element:
    """An element that stays."""

    name: str
    """Lower case, one of FORMATTING, BLOCKS, VOID or BOUNDARY."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """What the cleaner left, references resolved."""
    children: "list[Element | str]" = field(default_factory=list)
    """Elements and text, references resolved."""


Node = Element | str


class Cleaner(Protocol):
    """Decides which tags stay, before the tree sees them."""

    def clean(self, name: str, attributes: Mapping[str, str]) -> "Tag":
        """Return what becomes of a start tag."""
        ...

    def read_comment(self, token: Token) -> "Tag":
        """Return what becomes of a comment: text in its place, or `COMMENT` with its text."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """What becomes of a start tag."""

    name: str
    """The element to open; empty where there is none."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """Its attributes."""
    text: str = ""
    """Text to put in its place or, where `name` is `a`, into it."""
    is_dropped: bool = False
    """Whether everything up to its end tag goes."""
    mark: tuple[str, str] = ("", "")
    """Text to put before and behind its content."""


def build_tree(tokens: list[Token], cleaner: Cleaner) -> Element:
    """Return the tree of `tokens`, below an element without a name."""
    builder = _Builder(cleaner)
    for token in tokens:
        builder.add(token)
    builder.finish()
    return builder.root


class _Builder:
    def __init__(self, cleaner: Cleaner) -> None:
        self.root = Element("")
        self._cleaner = cleaner
        self._stack = [self.root]
        """Open elements: blocks, then the formatting that is open in the innermost of them."""
        self._formatting: list[Element] = []
        """Formatting that the author has open; what of it is not in the stack opens again at the next text."""
        self._open_formatting = 0
        """How many of them are in the stack."""
        self._dropped = ""
        self._depth = 0
        """How many elements with the name of the dropped one are open in it."""
        self._layout: list[tuple[str, str, str]] = []
        """Open layout elements and blocks that became others: name as written, element instead, text for its end."""

    def add(self, token: Token) -> None:
        if self._dropped:
            self._skip(token)
        elif token.kind in {"text", "raw"}:
            self.add_text(resolve_references(token.text) if token.kind == "text" else "")
        elif token.kind == "open":
            self._start(token)
        elif token.kind == "close":
            self._end(token.name)
        else:
            self._add_comment(token)

    def finish(self) -> None:
        for _, _, end in reversed(self._layout):
            self._append(end)

    def add_text(self, text: str) -> None:
        position = 0
        for mark in MARK.finditer(text):
            self._add_plain(text[position : mark.start()])
            self._append(mark[0])
            position = mark.end()
        self._add_plain(text[position:])

    def _add_plain(self, text: str) -> None:
        if not text:
            return
        top = self._block()
        if not text.strip(" \t\r\n\f") and top.name not in TEXT_BLOCKS:
            if top.name not in _IMPLIED:
                self._append(text)
            return
        self._enter_text()
        if top.name == "pre" and not top.children:
            text = text.removeprefix("\n")  # the standard drops a line end there
        self._append(text)

    def _add_comment(self, token: Token) -> None:
        tag = self._cleaner.read_comment(token)
        self._append(tag.text)
        if tag.name and self._block().name not in TEXT_BLOCKS | _IMPLIED.keys():
            self._bound()
            self._append(Element(tag.name, tag.attributes))

    def _skip(self, token: Token) -> None:
        if token.name == self._dropped and token.kind in {"open", "close"}:
            self._depth += 1 if token.kind == "open" else -1
            if self._depth == 0:
                self._dropped = ""

    def _start(self, token: Token) -> None:
        written: dict[str, str] = {}
        for attribute in read_attributes(token.text):
            written.setdefault(attribute.name, remove_marks(attribute.value))
        name = _ALIASES.get(token.name, token.name)
        tag = self._cleaner.clean(name, written)
        if tag.is_dropped:
            self._dropped, self._depth = token.name, 1
        is_other = tag.name in BLOCKS and tag.name != name
        if (token.name in _LAYOUT or is_other) and not tag.is_dropped:
            self._start_layout(token.name, tag)
        elif tag.name in BLOCKS:
            self._start_block(tag.name, tag.attributes)
        elif tag.name in FORMATTING and not tag.text and "id" not in tag.attributes:
            self._start_formatting(tag.name, tag.attributes)
        elif tag.name == "source":
            if self._block().name in {"audio", "video"}:
                self._append(Element(tag.name, tag.attributes))
        elif tag.name:
            self._enter_text()
            self._append(Element(tag.name, tag.attributes, [tag.text] if tag.text else []))
        else:
            self.add_text(tag.text)

    def _start_layout(self, written: str, tag: Tag) -> None:
        element = tag.name if tag.name in BLOCKS and self._start_block(tag.name, tag.attributes) else ""
        if not element and not tag.mark[0]:
            self._bound()
        self._layout.append((written, element, tag.mark[1]))
        if tag.mark[0]:
            self._enter_text()
            self._append(tag.mark[0])

    def _end(self, written: str) -> None:
        name = _ALIASES.get(written, written)
        if written in _LAYOUT or (self._layout and self._layout[-1][0] == written):
            self._end_layout(written)
        elif name in FORMATTING:
            self._end_formatting(name)
        elif name in BLOCKS:
            self._end_block(name)

    def _end_layout(self, written: str) -> None:
        if not self._layout or self._layout[-1][0] != written:
            self._bound()
            return
        _, element, mark = self._layout.pop()
        if mark:
            self._append(mark)
        elif element:
            self._end_block(element)
        else:
            self._bound()

    def _bound(self) -> None:
        """End the paragraph that is open, and what text would run on in its place."""
        self._leave_formatting()
        if self._stack[-1].name == "p":
            self._stack.pop()
        top = self._stack[-1]
        if top.name not in _IMPLIED and top.children and not _is_boundary(top.children[-1]):
            top.children.append(Element(BOUNDARY))

    def _start_block(self, name: str, attributes: Mapping[str, str]) -> bool:
        """Open a block where it may stand; return whether it did."""
        self._leave_formatting()
        if self._stack[-1].name == "p" or (name in _HEADINGS and self._stack[-1].name in _HEADINGS):
            self._stack.pop()
        if not self._make_room(name):
            self._bound()
            return False
        element = Element(name, attributes)
        self._stack[-1].children.append(element)
        if name not in VOID:
            self._stack.append(element)
        if name in _CELLS:
            self._formatting.clear()
        return True

    def _make_room(self, name: str) -> bool:
        """Close and open what must stand around a block `name`; return whether it may stand there then."""
        homes = _HOMES.get(name)
        if homes:
            self._climb(homes)
        if self._stack[-1].name in TEXT_BLOCKS or len(self._stack) > _DEEPEST:
            return False
        if homes and self._stack[-1].name not in homes:
            if name in _CELLS and self._stack[-1].name in _HOMES["tr"]:
                return self._start_block("tr", {})
            return name in _LISTS_OF and self._start_block(_LISTS_OF[name], {})
        if not homes and self._stack[-1].name in _IMPLIED:
            self._imply()
        return True

    def _climb(self, homes: frozenset[str]) -> None:
        """Close elements up to one of `homes`, if there is one before a wall."""
        for depth in range(len(self._stack) - 1, 0, -1):
            name = self._stack[depth].name
            if name in homes:
                del self._stack[depth + 1 :]
                return
            # A cell ends at the next cell of its table; an item does not end at an item behind a wall.
            if name in _WALLS and not (name in _CELLS and homes <= _TABLE_PARTS):
                return

    def _imply(self) -> None:
        """Open what text must stand in."""
        while implied := _IMPLIED.get(self._stack[-1].name):
            element = Element(implied)
            self._stack[-1].children.append(element)
            self._stack.append(element)

    def _end_block(self, name: str) -> None:
        for depth in range(len(self._stack) - 1, 0, -1):
            element = self._stack[depth]
            if element.name == name or (name in _HEADINGS and element.name in _HEADINGS):
                self._leave_formatting()
                del self._stack[depth:]
                if name in _CELLS:
                    self._formatting.clear()
                return
            if element.name in _WALLS and name not in _TABLE_PARTS and name not in _WALLS:
                return

    def _start_formatting(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "a":
            self._end_formatting("a")
        if len(self._formatting) < _MOST_FORMATTING:
            self._formatting.append(Element(name, attributes))

    def _end_formatting(self, name: str) -> None:
        for index in range(len(self._formatting) - 1, -1, -1):
            if self._formatting[index].name == name:
                if index < self._open_formatting:
                    del self._stack[len(self._stack) - self._open_formatting + index :]
                    self._open_formatting = index
                del self._formatting[index]
                return

    def _enter_text(self) -> None:
        """Open what text has to stand in here."""
        if not self._open_formatting:
            self._imply()
        for element in self._formatting[self._open_formatting :]:
            again = Element(element.name, element.attributes)
            self._stack[-1].children.append(again)
            self._stack.append(again)
        self._open_formatting = len(self._formatting)

    def _leave_formatting(self) -> None:
        if self._open_formatting:
            del self._stack[len(self._stack) - self._open_formatting :]
            self._open_formatting = 0

    def _block(self) -> Element:
        """Return the innermost open block."""
        return self._stack[len(self._stack) - 1 - self._open_formatting]

    def _append(self, node: Node) -> None:
        if node:
            self._stack[-1].children.append(node)


def _is_boundary(node: Node) -> bool:
    return isinstance(node, Element) and node.name == BOUNDARY
