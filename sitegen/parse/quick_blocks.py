"""Blocks of Markdown without asking every processor about every block.

python-Markdown offers each block to some eighteen processors until one takes it, and most blocks are paragraphs, which
the last one takes. Here a processor is asked only where the block holds a mark that its own test requires, and what
cannot be anything but a paragraph goes to the paragraph processor at once. Both shortcuts are exact because the marks
are those of the processors' regular expressions in the versions that `quick_markdown` names, and because a processor
that does not take a block leaves nothing behind.
"""

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, ElementTree

from markdown.blockparser import BlockParser
from markdown.blockprocessors import (
    BlockProcessor,
    BlockQuoteProcessor,
    CodeBlockProcessor,
    EmptyBlockProcessor,
    HashHeaderProcessor,
    HRProcessor,
    ListIndentProcessor,
    OListProcessor,
    ParagraphProcessor,
    ReferenceProcessor,
    SetextHeaderProcessor,
    UListProcessor,
)
from markdown.extensions.abbr import AbbrBlockprocessor
from markdown.extensions.def_list import DefListIndentProcessor, DefListProcessor
from markdown.extensions.footnotes import FootnoteBlockProcessor
from markdown.extensions.md_in_html import MarkdownInHtmlProcessor
from markdown.extensions.tables import TableProcessor
from markdown.util import STX

_MARKS: Mapping[type[BlockProcessor], tuple[str, ...]] = {
    MarkdownInHtmlProcessor: (STX,),
    EmptyBlockProcessor: ("",),
    ListIndentProcessor: ("    ",),
    DefListIndentProcessor: ("    ",),
    CodeBlockProcessor: ("    ",),
    TableProcessor: ("|",),
    HashHeaderProcessor: ("#",),
    SetextHeaderProcessor: ("\n=", "\n-"),
    HRProcessor: ("-", "_", "*"),
    OListProcessor: (".",),
    UListProcessor: ("- ", "* ", "+ "),
    DefListProcessor: (": ",),
    BlockQuoteProcessor: (">",),
    FootnoteBlockProcessor: ("[^",),
    AbbrBlockprocessor: ("*[",),
    ReferenceProcessor: ("]:",),
    ParagraphProcessor: ("",),
}
"""The processors that are known, and for each the marks without all of which it does not take a block."""

_BEGINNINGS = frozenset(("", " ", STX, *"#=-_*+:>["))
"""How a line begins that may be something else than text: all that the regular expressions allow there, but digits."""

_Asked = tuple[tuple[BlockProcessor, tuple[str, ...]], ...]


class QuickBlockParser(BlockParser):
    """A block parser with the shortcuts; it asks every processor where one that is not known is registered."""

    _known: _Asked = ()

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802
        """Return the tree of a whole document."""
        # Not by super(): how deep quotations may nest depends on the depth of calls, which stays what it was.
        self._known = _find_marks(self.blockprocessors)
        self.root = Element(self.md.doc_tag)
        self.parseChunk(self.root, "\n".join(lines))
        return ElementTree(self.root)

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802
        """Add `blocks` to `parent`, and remove them from the list."""
        asked = self._known or tuple((processor, ("",)) for processor in self.blockprocessors)
        while blocks:
            if self._known and _is_paragraph(blocks[0]):
                asked[-1][0].run(parent, blocks)
                continue
            for processor, marks in asked:
                for mark in marks:
                    if mark in blocks[0]:
                        break
                else:
                    continue
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break


def _find_marks(processors: Iterable[BlockProcessor]) -> _Asked:
    """Return `processors` with their marks; nothing where one is not known, or the last one takes no paragraphs."""
    asked = tuple((processor, _MARKS.get(type(processor), ())) for processor in processors)
    complete = all(marks for _, marks in asked) and bool(asked) and type(asked[-1][0]) is ParagraphProcessor
    return asked if complete else ()


def _is_paragraph(block: str) -> bool:
    """Tell whether no other processor could take `block`: no line of it begins as one of theirs must."""
    for line in block.split("\n"):
        first = line[:1]
        if first in _BEGINNINGS or first.isdecimal():
            return False
    # A table needs a bar in two lines; a single line cannot be one.
    return "|" not in block or "\n" not in block
