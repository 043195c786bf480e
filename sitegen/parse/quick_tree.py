"""Passes over the finished tree of a document that look at its texts only where there is something to do."""

from collections.abc import Collection
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.serializers import BOOLEAN_ATTRIBUTES, RE_AMP, to_html_string  # type: ignore[attr-defined]
from markdown.treeprocessors import PrettifyTreeprocessor, UnescapeTreeprocessor
from markdown.util import STX, AtomicString

_VERBATIM = frozenset({"code", "pre"})
_UNESCAPED = frozenset({"script", "style"})
_BOOLEAN = BOOLEAN_ATTRIBUTES["html"]


class QuickAttributes(AttrListTreeprocessor):
    """Attribute lists. Each of them has a brace, and attributes themselves are not looked at."""

    def run(self, doc: Element) -> None:
        """Apply the attribute lists in `doc`, if any."""
        for element in doc.iter():
            text, tail = element.text, element.tail
            if (text and "{" in text) or (tail and "{" in tail):
                super().run(doc)
                return


class QuickPrettify(PrettifyTreeprocessor):
    """Line breaks between blocks. What is a block is asked once a tag instead of twice an element."""

    def run(self, root: Element) -> None:
        """Add line breaks to `root`."""
        blocks: dict[str, bool] = {}
        for element in root.iter():
            if element.tag not in blocks:
                blocks[element.tag] = self.md.is_block_level(element.tag)
        waiting = [root]
        while waiting:
            element = waiting.pop()
            tag = element.tag
            if blocks[tag] and tag not in _VERBATIM:
                text = element.text
                if (not text or not text.strip()) and len(element) and blocks[element[0].tag]:
                    element.text = "\n"
                waiting += [child for child in element if blocks[child.tag]]
            tail = element.tail
            if not tail or not tail.strip():
                element.tail = "\n"
        _break_lines(root)


class QuickUnescape(UnescapeTreeprocessor):
    """Escaped characters, which stand behind STX until then."""

    def run(self, root: Element) -> None:
        """Put the characters into `root`."""
        for element in root.iter():
            text, tail = element.text, element.tail
            if text and STX in text and element.tag != "code":
                element.text = self.unescape(text)
            if tail and STX in tail:
                element.tail = self.unescape(tail)
            for key, value in _list_attributes(element):
                if value is not None and STX in value:
                    element.set(key, self.unescape(value))


def serialize(root: Element) -> str:
    """Return `root` as HTML: what `markdown.serializers.to_html_string` returns."""
    pieces: list[str] = []
    waiting: list[Element | str] = [root]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            pieces.append(item)
            continue
        tag, text, tail = item.tag, item.text, item.tail
        if type(tag) is not str:
            # A comment, a processing instruction, a name with a namespace: nothing of ours makes one.
            return to_html_string(root)
        name = tag.lower()
        pieces.append(f"<{tag}{_write_attributes(item)}>")
        if text:
            pieces.append(text if name in _UNESCAPED else _escape(text))
        end = "" if name in HTML_EMPTY else f"</{tag}>"
        if tail:
            end += _escape(tail)
        if len(item):
            waiting.append(end)
            waiting += reversed(item)
        else:
            pieces.append(end)
    return "".join(pieces)


def _write_attributes(element: Element) -> str:
    written: list[str] = []
    for key, value in sorted(_list_attributes(element)):
        if value is None or (key == value and key in _BOOLEAN):
            written.append(f" {key}")
        else:
            quoted = _escape(value).replace('"', "&quot;")
            written.append(f' {key}="{quoted}"')
    return "".join(written)


def _list_attributes(element: Element) -> Collection[tuple[str, str | None]]:
    """Return names and values; attribute lists give None to a name that was written without a value."""
    return element.items()


def _escape(text: str) -> str:
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text


def _break_lines(root: Element) -> None:
    """Put line breaks behind `br`, and one at the end of code."""
    for element in root.iter("br"):
        tail = element.tail
        element.tail = "\n" + tail if tail and tail.strip() else "\n"
    for element in root.iter("pre"):
        code = element[0] if len(element) else None
        if code is not None and code.tag == "code" and not len(code) and code.text is not None:
            code.text = AtomicString(code.text.rstrip() + "\n")
