"""Inline markup without trying every pattern on every text.

python-Markdown searches each text for each of its patterns, some three hundred times an article, and nearly always in
vain. Here a pattern is tried only on text that holds the characters it cannot match without. That is exact: a match
puts a placeholder into the text, which holds none of these characters, so that a text which lacks them at the beginning
lacks them for good; and a pattern that does not match changes nothing, but lets the next one begin at the start.

Left out too are references and footnotes in a document that defines none: their patterns then give the text back as it
was. What is done with a match is python-Markdown's own code, except for the plainest links and emphasis.
"""

import re
from collections import deque
from collections.abc import Mapping
from typing import Literal, NamedTuple, cast
from xml.etree.ElementTree import Element

from markdown import inlinepatterns
from markdown.extensions.footnotes import FootnoteInlineProcessor
from markdown.inlinepatterns import DelimiterProcessor, LinkInlineProcessor
from markdown.inlinepatterns import InlineProcessor as InlinePattern
from markdown.treeprocessors import InlineProcessor
from markdown.util import ETX, INLINE_PLACEHOLDER_PREFIX, INLINE_PLACEHOLDER_RE, STX, AtomicString, Registry

Side = Literal["text", "tail"]
"""Where a text stands: in an element, or behind it."""


class Need(NamedTuple):
    """What a text must hold so that a pattern can match."""

    mark: str
    """This,"""
    other: str
    """or this,"""
    also: str
    """and this."""


class Trial(NamedTuple):
    """A pattern and what it needs."""

    pattern: InlinePattern
    """The pattern."""
    need: Need
    """What a text must hold so that it can match."""


class QuickLink(LinkInlineProcessor):
    """Inline links; one without brackets, quotes and spaces is read in one step instead of by character."""

    _PLAIN = re.compile(rf"([^\[\]]*)\]\(([^()'\"<>\s{STX}]*)\)")

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        """Return the link that begins with the bracket `m`, and where it begins and ends."""
        plain = self._PLAIN.match(data, m.end())
        if plain is None:
            return super().handleMatch(m, data)
        link = Element("a", {"href": plain[2]})
        link.text = plain[1]
        return link, m.start(), plain.end()


class QuickEmphasis(DelimiterProcessor):
    """Emphasis; one run of asterisks and the next, as long as the first, are read in one step.

    python-Markdown looks for runs until all that are open are closed. Where no other run stands between the two, the
    first is no end (what follows is no space) and the second is one (what precedes is no space), they close each other
    at once, and nothing is left open.
    """

    _PLAIN = re.compile(r"(?<!\*)(\*{1,2})(?![\s*])([^*_]++)(?<!\s)\1(?!\*)")
    _TAGS = ("strong", "em")

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """Return the emphasis that begins with `m`, and where it begins and ends."""
        asterisk = self.delimiters.get("*")
        known = asterisk and not asterisk.smart and asterisk.tags == self._TAGS and self.tokens == ["*", "_"]
        plain = self._PLAIN.match(data, m.start()) if known and not self.regions else None
        if plain is None:
            return super().handleMatch(m, data)
        element = Element(self._TAGS[0] if len(plain[1]) == 2 else self._TAGS[1])
        element.text = plain[2]
        return element, plain.start(), plain.end()


def _need(mark: str, other: str = "", also: str = "") -> Need:
    return Need(mark, other or mark, also)


_REFERENCES: frozenset[type[InlinePattern]] = frozenset(
    {
        inlinepatterns.ReferenceInlineProcessor,
        inlinepatterns.ImageReferenceInlineProcessor,
        inlinepatterns.ShortReferenceInlineProcessor,
        inlinepatterns.ShortImageReferenceInlineProcessor,
    }
)
_NEEDS: Mapping[tuple[type[InlinePattern], str], Need] = {
    (inlinepatterns.BacktickInlineProcessor, inlinepatterns.BACKTICK_RE): _need("`"),
    (inlinepatterns.EscapeInlineProcessor, inlinepatterns.ESCAPE_RE): _need("\\"),
    (FootnoteInlineProcessor, r"\[\^([^\]]*)\]"): _need("[^"),
    (inlinepatterns.ReferenceInlineProcessor, inlinepatterns.REFERENCE_RE): _need("["),
    (QuickLink, inlinepatterns.LINK_RE): _need("]("),
    (inlinepatterns.ImageInlineProcessor, inlinepatterns.IMAGE_LINK_RE): _need("![", also="]("),
    (inlinepatterns.ImageReferenceInlineProcessor, inlinepatterns.IMAGE_REFERENCE_RE): _need("!["),
    (inlinepatterns.ShortReferenceInlineProcessor, inlinepatterns.REFERENCE_RE): _need("["),
    (inlinepatterns.ShortImageReferenceInlineProcessor, inlinepatterns.IMAGE_REFERENCE_RE): _need("!["),
    (inlinepatterns.AutolinkInlineProcessor, inlinepatterns.AUTOLINK_RE): _need("<", also="://"),
    (inlinepatterns.AutomailInlineProcessor, inlinepatterns.AUTOMAIL_RE): _need("<", also="@"),
    (inlinepatterns.SubstituteTagInlineProcessor, inlinepatterns.LINE_BREAK_RE): _need("  \n"),
    (inlinepatterns.HtmlInlineProcessor, inlinepatterns.HTML_RE): _need("<"),
    (inlinepatterns.HtmlInlineProcessor, inlinepatterns.ENTITY_RE): _need("&", also=";"),
    (QuickEmphasis, r"\*|_"): _need("*", "_"),
}
"""The patterns that are known, by their class and regular expression."""


class QuickInline(InlineProcessor):
    """The tree processor of inline markup; it is the original one where a pattern is registered that is not known.

    Elements above a text are not kept count of: only patterns with `ANCESTOR_EXCLUDES` ask for them, and the known ones
    have none.
    """

    _trials: tuple[Trial, ...] = ()

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Apply all patterns to the texts of `tree`, parents before their children."""
        trials = self._list_trials()
        if trials is None:
            return super().run(tree, ancestors)
        self._trials = trials
        self.stashed_nodes = {}
        waiting = deque([tree])
        while waiting:
            self._convert_children(waiting.popleft(), waiting)
        return tree

    def _list_trials(self) -> tuple[Trial, ...] | None:
        """Return the patterns that can match in this document; None where one is not known."""
        trials: list[Trial] = []
        for pattern in cast("Registry[InlinePattern]", self.inlinePatterns):
            need = _NEEDS.get((type(pattern), pattern.pattern))
            if need is None:
                return None
            if type(pattern) in _REFERENCES and not self.md.references:
                continue
            if isinstance(pattern, FootnoteInlineProcessor) and not pattern.footnotes.footnotes:
                continue
            trials.append(Trial(pattern, need))
        return tuple(trials)

    def _convert_children(self, parent: Element, waiting: deque[Element]) -> None:
        """Convert text and tail of every child of `parent`; what comes out is converted again later, as `waiting`."""
        found: list[tuple[Element, list[Element]]] = []
        # Elements from tails are inserted behind the child, and so the loop comes to them next.
        for child in parent:
            text = child.text
            if text and _may_change(text) and not isinstance(text, AtomicString):
                child.text = None
                elements = self._place(self._apply_patterns(text, 0), child, "text")
                waiting += elements
                found.append((child, elements))
            tail = child.tail
            if tail and _may_change(tail):
                child.tail = None
                elements = self._place(self._apply_patterns(tail, 0), child, "tail")
                _insert(parent, list(parent).index(child) + 1, elements)
            if len(child):
                waiting.append(child)
        for element, elements in found:
            _insert(element, 0, elements)

    def _apply_patterns(self, data: str, first: int) -> str:
        """Return `data` with placeholders for what the patterns from number `first` on match."""
        if isinstance(data, AtomicString) or not _may_change(data):
            return data
        for number in range(first, len(self._trials)):
            pattern, (mark, other, also) = self._trials[number]
            start: int | None = 0
            if (mark in data or other in data) and also in data:
                while start is not None:
                    data, start = self._apply(pattern, number, data, start)
        return data

    def _apply(self, pattern: InlinePattern, number: int, data: str, start: int) -> tuple[str, int | None]:
        """Return `data` with a placeholder for the next match behind `start`, and where to go on; None for no match."""
        for match in pattern.compiled_re.finditer(data, start):
            node, begin, end = pattern.handleMatch(match, data)
            if begin is not None and end is not None:
                break
        else:
            return data, None
        if node is None:
            return data, end
        if isinstance(node, Element) and not isinstance(node.text, AtomicString):
            for element in (node, *node):
                if element.text:
                    element.text = self._apply_patterns(element.text, number + 1)
                if element.tail:
                    element.tail = self._apply_patterns(element.tail, number)
        placeholder = self._stash(node)
        return f"{data[:begin]}{placeholder}{data[end:]}", begin + len(placeholder)

    def _stash(self, node: Element | str) -> str:
        """Keep `node`, and return what stands for it in the text."""
        key = f"{len(self.stashed_nodes):04d}"
        self.stashed_nodes[key] = node
        return f"{INLINE_PLACEHOLDER_PREFIX}{key}{ETX}"

    def _place(self, data: str, owner: Element, side: Side) -> list[Element]:
        """Return the elements that stand in `data`, each with its tail; what is before goes to `side` of `owner`."""
        elements: list[Element] = []
        position = 0
        while (index := data.find(INLINE_PLACEHOLDER_PREFIX, position)) >= 0:
            mark = INLINE_PLACEHOLDER_RE.search(data, index)
            node = self.stashed_nodes.get(mark[1]) if mark else None
            end = index + len(INLINE_PLACEHOLDER_PREFIX)
            if mark is None or node is None:
                _add(data[position:end], elements, owner, side)
                position = end
                continue
            _add(data[position:index], elements, owner, side)
            position = mark.end()
            if isinstance(node, str):
                _add(node, elements, owner, side)
            else:
                self._fill(node)
                elements.append(node)
        rest = data[position:]
        _add(AtomicString(rest) if isinstance(data, AtomicString) else rest, elements, owner, side)
        return elements

    def _fill(self, node: Element) -> None:
        """Put elements for the placeholders in `node` and its children, none of which has children yet."""
        for element in (node, *node):
            tail, text = element.tail, element.text
            if tail and INLINE_PLACEHOLDER_PREFIX in tail:
                element.tail = None
                position = 0 if element is node else list(node).index(element) + 1
                _insert(node, position, self._place(tail, element, "tail"))
            if text and INLINE_PLACEHOLDER_PREFIX in text:
                element.text = None
                _insert(element, 0, self._place(text, element, "text"))


def _may_change(text: str) -> bool:
    """Tell whether `text` holds anything that a known pattern begins with, or a placeholder."""
    return (
        "[" in text
        or "*" in text
        or "_" in text
        or "<" in text
        or "&" in text
        or "`" in text
        or "\\" in text
        or "  \n" in text
        or STX in text
    )


def _add(text: str, elements: list[Element], owner: Element, side: Side) -> None:
    """Put `text` behind the last of `elements`; where there is none, at the end of a side of `owner`."""
    if not text:
        return
    if elements:
        last = elements[-1]
        last.tail = last.tail + text if last.tail else text
    elif side == "text":
        owner.text = owner.text + text if owner.text else text
    else:
        owner.tail = owner.tail + text if owner.tail else text


def _insert(parent: Element, position: int, elements: list[Element]) -> None:
    for element in reversed(elements):
        parent.insert(position, element)
