"""A tree as Markdown in sitegen's dialect.

What Markdown has no words for stays HTML: figures with captions, tables without a head, lists of blocks. So does what
python-Markdown would read differently from what is written; which is not little, and was found by experiment.
"""

import re
from collections.abc import Iterable, Sequence

from sitegen.importers.wordpress.grouping import Group, group_children, shows_something
from sitegen.importers.wordpress.html_writer import write_html
from sitegen.importers.wordpress.inline_writer import write_line, write_sentences
from sitegen.importers.wordpress.marks import remove_marks
from sitegen.importers.wordpress.tables import write_table
from sitegen.importers.wordpress.tree import BOUNDARY, Element, Node

_DIVIDER = "<!-- -->"
"""Stands between two lists or quotations, which would be one otherwise."""
_LISTS = frozenset({"ol", "ul"})
_HEADING = re.compile("h[1-6]")
_RULE = "* * *"
_DEEPEST = 8
"""How deep lists and quotations nest in Markdown; deeper ones are HTML."""
_UNFENCED = re.compile(r"\t|^[ ]+$|\A\n|\n\Z|[ ]{80}", re.MULTILINE)


def write_markdown(root: Element) -> str:
    """Return a body as Markdown, with a line end at its end; empty where it shows nothing."""
    blocks: list[str] = []
    last = ""
    for group in _unwrap(group_children(root.children)):
        written = _write_block(group)
        if not written:
            continue
        kind = "" if isinstance(group, list) or written.startswith("<") else group.name
        if _run_together(last, kind):
            blocks.append(_DIVIDER)
        blocks.append(written)
        last = kind
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _unwrap(groups: Iterable[Group]) -> Iterable[Group]:
    """Yield groups, with those of figures that have no caption in their place: they say no more than their content."""
    for group in groups:
        if isinstance(group, Element) and group.name == "figure" and not _has_caption(group):
            yield from _unwrap(group_children(group.children))
        elif isinstance(group, Element) and group.name == "figure" and _holds_figures(group):
            yield from _unwrap(_open_gallery(group))
        else:
            yield group


def _has_caption(figure: Element) -> bool:
    return any(
        isinstance(child, Element) and child.name == "figcaption" and shows_something([child])
        for child in figure.children
    )


def _holds_figures(figure: Element) -> bool:
    """Tell whether a figure is a gallery: figures in a row or in a list."""
    return any(
        child.name == "figure"
        or (child.name in _LISTS and any(isinstance(item, Element) and _holds_figures(item) for item in child.children))
        for child in figure.children
        if isinstance(child, Element)
    )


def _open_gallery(gallery: Element) -> Iterable[Group]:
    """Yield the figures of a gallery one by one, and its own caption as a paragraph."""
    for group in group_children(gallery.children):
        if isinstance(group, Element) and group.name in _LISTS:
            for item in group.children:
                if isinstance(item, Element):
                    yield from group_children(item.children)
        elif isinstance(group, Element) and group.name == "figcaption":
            yield from group_children(group.children)
        else:
            yield group


def _run_together(last: str, kind: str) -> bool:
    return (last in _LISTS and kind in _LISTS) or (last == "blockquote" == kind)


def _write_block(group: Group) -> str:
    if isinstance(group, list):
        return write_sentences(group)
    if group.name == "p":
        return write_sentences(group.children)
    if _HEADING.fullmatch(group.name):
        return _write_heading(group)
    if group.name == "hr":
        return _RULE
    if group.name == "pre":
        return _write_code(group)
    if group.name == "table":
        return write_table(group) or write_html(group)
    if group.name in {"audio", "video"}:
        return f"<figure>{write_html(group)}</figure>"
    if group.name in _LISTS or group.name == "blockquote":
        lines = _write_list(group, 1) if group.name in _LISTS else _write_quotation(group, 1)
        return "\n".join(lines) if lines else write_html(group)
    return write_html(group)


def _write_heading(heading: Element) -> str:
    words = write_line(heading.children)
    if words.endswith("#"):
        words = f"{words[:-1]}\\#"
    anchor = heading.attributes.get("id")
    attributes = f" {{#{anchor}}}" if anchor else ""
    return f"{'#' * int(heading.name[1])} {words}{attributes}" if words else ""


def _write_code(block: Element) -> str:
    """Return preformatted text as fenced code where nothing in it is formatted, and a fence keeps it as it is."""
    children = block.children
    if len(children) == 1 and isinstance(children[0], Element) and children[0].name == "code":
        children = children[0].children
    if not all(isinstance(child, str) or child.name in {"br", BOUNDARY} for child in children):
        return write_html(block)
    text = remove_marks("".join(child if isinstance(child, str) else "\n" for child in children))
    if not text.strip() or _UNFENCED.search(text):
        return write_html(block)
    longest = max((len(run) for run in re.findall("`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}\n{text}\n{fence}"


def _write_quotation(quotation: Element, depth: int) -> list[str]:
    """Return the lines of a quotation; none where Markdown cannot say it."""
    written = _write_nested(list(group_children(quotation.children)), depth)
    lines = [line for number, block in enumerate(written) for line in ([""] * bool(number) + block)]
    return [f"> {line}".rstrip(" ") for line in lines]


def _write_nested(groups: Sequence[Group], depth: int) -> list[list[str]]:
    """Return the lines of each block in a quotation; none at all where one of them would have to be HTML."""
    written: list[list[str]] = []
    last = ""
    for group in groups:
        kind = "p" if isinstance(group, list) else group.name
        lines: list[str] = []
        if isinstance(group, list) or kind == "p":
            lines = write_sentences(group if isinstance(group, list) else group.children).split("\n")
        elif kind in _LISTS and depth < _DEEPEST:
            lines = _write_list(group, depth + 1)
        elif kind == "blockquote" and depth < _DEEPEST:
            lines = _write_quotation(group, depth + 1)
        if not lines or _run_together(last, kind):
            return []
        written.append(lines)
        last = kind
    return written


def _write_list(listing: Element, depth: int) -> list[str]:
    """Return the lines of a list; none where Markdown cannot say it."""
    if listing.attributes or depth > _DEEPEST:
        return []
    lines: list[str] = []
    for number, item in enumerate(_list_items(listing), start=1):
        written = _write_item(item, depth)
        if not written:
            return []
        mark = f"{number}." if listing.name == "ol" else "-"
        lines += [f"{mark} {written[0]}", *(f"    {line}" for line in written[1:])]
    return lines


def _list_items(listing: Element) -> list[Element]:
    return [child for child in listing.children if isinstance(child, Element) and child.name == "li"]


def _write_item(item: Element, depth: int) -> list[str]:
    """Return the lines of an item: a sentence, and at most one list behind it."""
    groups = list(group_children(item.children))
    if not groups or len(groups) > 2 or item.attributes:
        return []
    first, *others = groups
    if isinstance(first, Element) and first.name != "p":
        return []
    nodes: Sequence[Node] = first if isinstance(first, list) else first.children
    lines = [write_line(nodes)]
    for other in others:
        if not isinstance(other, Element) or other.name not in _LISTS:
            return []
        inner = _write_list(other, depth + 1)
        if not inner:
            return []
        lines += inner
    return lines
