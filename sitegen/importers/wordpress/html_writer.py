"""A tree as HTML that may stand in Markdown: what Markdown has no words for."""

import re
from collections.abc import Mapping, Sequence

from sitegen.importers.wordpress.grouping import group_children
from sitegen.importers.wordpress.marks import remove_marks
from sitegen.importers.wordpress.tree import BOUNDARY, COMMENT, TEXT_BLOCKS, VOID, Element, Node
from sitegen.parse.html_tokens import escape_attribute, escape_text

_FRAMES = frozenset({"details", "dl", "figure", "ol", "table", "tbody", "tfoot", "thead", "tr", "ul"})
"""Elements whose children stand on lines of their own."""
_SPACES = re.compile(r"[ \t\r\n\f]+")
_OUTER_BREAKS = re.compile(r"\A(?: *<br>)+|(?:<br> *)+\Z")
_MISREAD = re.compile(r"[`~\\{}\[\]|]")
"""Characters that a pass over Markdown could see even inside of HTML."""


def write_html(element: Element) -> str:
    """Return a block as HTML, beginning and ending with a tag."""
    if element.name == COMMENT:
        return f"<!--{element.attributes['text']}-->"
    if element.name in VOID:
        return write_tag(element.name, element.attributes)
    start = write_tag(element.name, element.attributes)
    if element.name in {"audio", "video"}:
        return f"{start}{_write_sources(element)}</{element.name}>"
    if element.name == "pre":
        return f"{start}{_write_preformatted(element.children)}</pre>"
    if element.name in TEXT_BLOCKS:
        return f"{start}{_write_line(element.children)}</{element.name}>"
    groups = list(group_children(element.children))
    written = [_write_group(group, is_alone=len(groups) == 1) for group in groups]
    gap = "\n" if element.name in _FRAMES or len(groups) > 1 else ""
    return f"{start}{gap}{''.join(f'{part}{gap}' for part in written)}</{element.name}>"


def write_tag(name: str, attributes: Mapping[str, str]) -> str:
    """Return a start tag that no pass over Markdown misreads."""
    if name in {"audio", "video"}:
        attributes = {"controls": "", "preload": "metadata", **attributes}
    written = "".join(
        f' {key}="{escape_value(value)}"' if value or key in {"alt", "src", "href"} else f" {key}"
        for key, value in attributes.items()
    )
    return f"<{name}{written}>"


def escape_value(value: str) -> str:
    """Return the value of an attribute as it may stand in a tag within Markdown."""
    return _hide(escape_attribute(_SPACES.sub(" ", value)))


def _write_group(group: Element | list[Node], *, is_alone: bool) -> str:
    if isinstance(group, Element):
        return write_html(group)
    line = _write_line(group)
    return line if is_alone or _shows_image_alone(group) else f"<p>{line}</p>"


def _shows_image_alone(group: Sequence[Node]) -> bool:
    """Tell whether a group is one image or linked image: what a figure shows."""
    nodes = [node for node in group if not (isinstance(node, str) and not remove_marks(node).strip())]
    return len(nodes) == 1 and isinstance(nodes[0], Element) and _is_image(nodes[0])


def _is_image(element: Element) -> bool:
    return element.name == "img" or (element.name == "a" and _shows_image_alone(element.children))


def _write_line(nodes: Sequence[Node]) -> str:
    return _OUTER_BREAKS.sub("", _SPACES.sub(" ", "".join(_write_inline(node) for node in nodes))).strip(" ")


def _write_inline(node: Node) -> str:
    if isinstance(node, str):
        return _hide(escape_text(remove_marks(_SPACES.sub(" ", node))))
    if node.name == BOUNDARY:
        return "<br>"
    if node.name in VOID:
        return write_tag(node.name, node.attributes)
    inner = "".join(_write_inline(child) for child in node.children)
    return f"{write_tag(node.name, node.attributes)}{inner}</{node.name}>"


def _write_preformatted(nodes: Sequence[Node]) -> str:
    text = "".join(_write_kept(node) for node in nodes)
    # A line end right behind the tag is not shown. A blank line would lose its spaces, and ends HTML in CommonMark.
    text = f"\n{text}" if text.startswith("\n") else text
    text = re.sub(r"(?m)^[ ]+$", lambda match: "&#32;" * len(match[0]), text)
    return re.sub(r"(?<=\n)\n", "&#10;", text).replace("\t", "&#9;")


def _write_kept(node: Node) -> str:
    if isinstance(node, str):
        return _hide(escape_text(remove_marks(node)))
    if node.name in {BOUNDARY, "br"}:
        return "\n"
    if node.name in VOID:
        return write_tag(node.name, node.attributes)
    inner = "".join(_write_kept(child) for child in node.children)
    return f"{write_tag(node.name, node.attributes)}{inner}</{node.name}>"


def _write_sources(element: Element) -> str:
    return "".join(
        write_tag("source", child.attributes)
        for child in element.children
        if isinstance(child, Element) and child.name == "source"
    )


def _hide(html: str) -> str:
    return _MISREAD.sub(lambda match: f"&#{ord(match[0])};", html)
