"""What sitegen adds to python-Markdown.

Tables that scroll, footnotes that assistive technology understands, links to template tags as text.
"""

import re
from collections.abc import Iterable, Set
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.fenced_code import FencedBlockPreprocessor, FencedCodeExtension
from markdown.extensions.footnotes import NBSP_PLACEHOLDER
from markdown.treeprocessors import Treeprocessor

from sitegen.parse.template_tags import PLACEHOLDER, make_placeholder

_ALIGNMENT = re.compile(r"\s*text-align:\s*(left|center|right);?\s*")
_ESCAPED = re.compile("\x02(\\d+)\x03")
_FENCE_OPTIONS = frozenset({"hl_lines", "linenums", "linenostart"})


class SitegenExtension(Extension):
    """Registers the processors below."""

    tags: list[str]
    """The template tags of the document that is being converted; the engine sets it."""

    def __init__(self) -> None:
        """Begin without template tags."""
        super().__init__()
        self.tags = []

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the processors: behind inline markup (20), before and behind attribute lists (8)."""
        md.treeprocessors.register(LiteralLinks(md, self), "sitegen_literal_links", 9)
        md.treeprocessors.register(Footnotes(md), "sitegen_footnotes", 7)
        md.treeprocessors.register(Tables(md), "sitegen_tables", 6)


class LiteralLinks(Treeprocessor):
    """Shows a link or image whose address holds a template tag as it was written."""

    def __init__(self, md: Markdown, extension: SitegenExtension) -> None:
        """Take the tags from `extension`."""
        super().__init__(md)
        self._extension = extension

    def run(self, root: Element) -> None:
        """Replace links and images, inner ones first."""
        if not self._extension.tags:
            return
        for parent in reversed(list(root.iter())):
            for child in list(parent):
                attribute = {"a": "href", "img": "src"}.get(child.tag)
                if attribute and PLACEHOLDER.search(child.get(attribute) or ""):
                    self._replace(parent, child, child.get(attribute) or "")

    def _replace(self, parent: Element, child: Element, address: str) -> None:
        title = child.get("title")
        target = f'({address} "{title}")' if title else f"({address})"
        if child.tag == "img":
            before, after = "", self._keep(f"![{child.get('alt') or ''}]{target}")
        else:
            before, after = "[" + (child.text or ""), self._keep(f"]{target}")
        index = list(parent).index(child)
        parent.remove(child)
        inner = list(child)
        _add_text(parent, index, before)
        for offset, element in enumerate(inner):
            parent.insert(index + offset, element)
        _add_text(parent, index + len(inner), after + (child.tail or ""))

    def _keep(self, text: str) -> str:
        """Return a placeholder for `text`, so that nothing changes it any more."""
        tags = self._extension.tags
        tags.append(_ESCAPED.sub(lambda match: chr(int(match[1])), text))
        return make_placeholder(len(tags) - 1)


class Footnotes(Treeprocessor):
    """Gives footnotes anchors without spaces and the roles of DPUB-ARIA, read out in the reader's language."""

    def run(self, root: Element) -> None:
        """Amend references, the list of notes, and the links back."""
        lists = [element for element in root.iter("div") if element.get("class") == "footnote"]
        if not lists:
            return
        references: set[str] = set()
        for element in root.iter():
            if element.tag == "sup" and (element.get("id") or "").startswith("fnref"):
                _close_up(element, "id")
                references.add(element.get("id") or "")
            elif element.tag == "a" and element.get("class") == "footnote-ref":
                _close_up(element, "href")
                element.set("role", "doc-noteref")
        for notes in lists:
            notes.set("role", "doc-endnotes")
            _label_notes(notes, references)


class Tables(Treeprocessor):
    """Wraps tables so that wide ones scroll by themselves, and aligns cells by class: the policy allows no styles."""

    def run(self, root: Element) -> None:
        """Wrap and align every table."""
        if next(root.iter("table"), None) is None:
            return
        for cell in (*root.iter("th"), *root.iter("td")):
            _align(cell)
        for parent in list(root.iter()):
            for index, child in enumerate(list(parent)):
                if child.tag == "table":
                    wrapper = Element("div", {"class": "table-scroll", "tabindex": "0"})
                    wrapper.tail, child.tail = child.tail, "\n"
                    wrapper.text = "\n"
                    wrapper.append(child)
                    parent[index] = wrapper


class FencedCode(FencedCodeExtension):
    """Fenced code of which an author can set the language and the line numbers, and nothing else."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register our preprocessor in place of the original."""
        md.registerExtension(self)
        md.preprocessors.register(_FencedBlocks(md, self.getConfigs()), "fenced_code_block", 25)


class _FencedBlocks(FencedBlockPreprocessor):
    def run(self, lines: list[str]) -> list[str]:
        """Return `lines` with placeholders for fenced code."""
        text = "\n".join(lines)
        return super().run(lines) if "```" in text or "~~~" in text else lines

    def handle_attrs(self, attrs: Iterable[tuple[str, str]]) -> tuple[str, list[str], dict[str, object]]:
        """Return id, classes and the options that are safe to hand on: others make Pygments raise or read files."""
        identifier, classes, options = super().handle_attrs(attrs)
        return identifier, classes, {key: value for key, value in options.items() if key in _FENCE_OPTIONS}


def _add_text(parent: Element, index: int, text: str) -> None:
    """Put `text` before the child of `parent` at `index`."""
    if index:
        sibling = parent[index - 1]
        sibling.tail = (sibling.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _label_notes(notes: Element, references: Set[str]) -> None:
    for number, note in enumerate(notes.findall("./ol/li"), start=1):
        _close_up(note, "id")
        links = [link for link in note.iter("a") if link.get("class") == "footnote-backref"]
        for count, link in enumerate(links, start=1):
            _close_up(link, "href")
            if (link.get("href") or "").removeprefix("#") not in references:
                _remove_link(note, link)
                continue
            link.set("role", "doc-backlink")
            if not link.get("title"):
                link.attrib.pop("title", None)
                link.set("aria-label", f"{number}" if count == 1 else f"{number}.{count}")


def _remove_link(note: Element, link: Element) -> None:
    """Take a link back out of a note that nothing refers to, with the space before it and the paragraph made for it."""
    paragraph = next(element for element in note.iter() if link in list(element))
    paragraph.remove(link)
    if len(paragraph):
        paragraph[-1].tail = (paragraph[-1].tail or "").removesuffix(NBSP_PLACEHOLDER)
    else:
        paragraph.text = (paragraph.text or "").removesuffix(NBSP_PLACEHOLDER)
    if not len(paragraph) and not paragraph.text and paragraph in list(note):
        note.remove(paragraph)


def _close_up(element: Element, attribute: str) -> None:
    """Put hyphens for spaces: an anchor may hold none."""
    value = element.get(attribute) or ""
    if any(character.isspace() for character in value):
        element.set(attribute, "-".join(value.split()))


def _align(cell: Element) -> None:
    style = _ALIGNMENT.fullmatch(cell.get("style") or "")
    side = style[1] if style else cell.get("align")
    if side not in {"left", "center", "right"}:
        return
    cell.attrib.pop("style" if style else "align")
    cell.set("class", f"{cell.get('class') or ''} align-{side}".strip())
