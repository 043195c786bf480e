"""Sentences as Markdown: emphasis, code, links and images; all other formatting as tags."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from sitegen.importers.wordpress.grouping import shows_something
from sitegen.importers.wordpress.html_writer import write_tag
from sitegen.importers.wordpress.markdown_escapes import (
    escape_address,
    escape_alternative,
    escape_line_start,
    escape_text,
    is_plain_title,
)
from sitegen.importers.wordpress.marks import remove_marks
from sitegen.importers.wordpress.tree import BOUNDARY, Element, Node

_SPACES = re.compile(r"[ \t\r\n\f]+")
_BREAK = "\x00"
"""Stands for a break until a line is finished."""
_EDGES = f" \u00a0{_BREAK}"
"""Space that says nothing at the beginning and end of emphasis."""
_STARS = {"b": "**", "em": "*", "i": "*", "strong": "**"}
_TAGS = {"b": "strong", "i": "em"}
_AUTOLINK = re.compile(r"https?://[\w./~#?=%+,:@!$&-]+")
_UNPLAIN_CODE = re.compile(r"`|<[a-zA-Z/!?]|\\$|^ | $|[&|{]")


class _Piece(NamedTuple):
    """Markdown, and the HTML that means the same where stars would run into others."""

    text: str
    tagged: str = ""


def write_sentences(nodes: Sequence[Node]) -> str:
    """Return sentences as the Markdown of a paragraph, one line for each break."""
    lines = _write(nodes, {}).strip(_EDGES).split(_BREAK)
    return "<br>\n".join(escape_line_start(line.strip(" ")) for line in lines)


def write_line(nodes: Sequence[Node]) -> str:
    """Return sentences as Markdown on one line, to stand behind a mark of its own."""
    lines = _write(nodes, {}).strip(_EDGES).split(_BREAK)
    return escape_line_start("<br>".join(line.strip(" ") for line in lines))


def _write(nodes: Sequence[Node], inside: Mapping[str, bool]) -> str:
    """Return `nodes` as Markdown; `inside` names what they stand in: `stars`, `a`."""
    pieces = [piece for node in _join_texts(nodes) for piece in _write_node(node, inside) if piece.text]
    written: list[str] = []
    last = ""
    for index, piece in enumerate(pieces):
        following = pieces[index + 1].text[:1] if index + 1 < len(pieces) else ""
        text = piece.text if not piece.tagged or _stands_free(last, piece.text, following) else piece.tagged
        written.append(text)
        last = text[-1:]
    return re.sub(" {2,}", " ", "".join(written))


def _join_texts(nodes: Sequence[Node]) -> Iterator[Node]:
    """Yield `nodes` with texts in a row as one: what must be escaped can depend on both."""
    for is_text, run in groupby(nodes, lambda node: isinstance(node, str)):
        if is_text:
            yield remove_marks("".join(node for node in run if isinstance(node, str)))
        else:
            yield from run


def _stands_free(before: str, text: str, behind: str) -> bool:
    """Tell whether stars or backticks in `text` can be read in one way only, between two characters.

    CommonMark (section 6.2) looks at whether space or punctuation stands on either side of them.
    """
    if text[0] in {before, behind}:
        return False
    if text[0] == "`":
        return True
    words = text.strip("*")
    is_free_before = words[0].isalnum() or not before.strip(_EDGES)
    return is_free_before and (words[-1].isalnum() or not behind.strip(_EDGES))


def _write_node(node: Node, inside: Mapping[str, bool]) -> Iterator[_Piece]:
    if isinstance(node, str):
        yield _Piece(escape_text(_SPACES.sub(" ", node)))
    elif node.name in {"br", BOUNDARY}:
        yield _Piece(_BREAK)
    else:
        yield from _WRITERS.get(node.name, _write_tagged)(node, inside)


def _write_tagged(element: Element, inside: Mapping[str, bool]) -> Iterator[_Piece]:
    inner = _write(element.children, inside)
    if inner.strip(_EDGES):
        yield _Piece(f"{write_tag(element.name, element.attributes)}{inner}</{element.name}>")
    else:
        yield _Piece(inner)


def _write_stars(element: Element, inside: Mapping[str, bool]) -> Iterator[_Piece]:
    name = _TAGS.get(element.name, element.name)
    stars = _STARS[element.name]
    child = element.children[0] if len(element.children) == 1 else ""
    if isinstance(child, Element) and _STARS.get(child.name, stars) != stars and not inside.get("stars"):
        element, stars, name = child, "***", ""  # both at once
    inner = _write(element.children, {**inside, "stars": True})
    words = inner.strip(_EDGES)
    if not words:
        yield _Piece(inner)
        return
    at = inner.index(words)
    tagged = f"<{name}>{words}</{name}>" if name else f"<strong><em>{words}</em></strong>"
    yield _Piece(inner[:at])
    if inside.get("stars"):
        yield _Piece(tagged)
    else:
        yield _Piece(f"{stars}{words}{stars}", tagged)
    yield _Piece(inner[at + len(words) :])


def _write_code(element: Element, inside: Mapping[str, bool]) -> Iterator[_Piece]:
    if all(isinstance(child, str) for child in element.children):
        text = _SPACES.sub(" ", remove_marks("".join(child for child in element.children if isinstance(child, str))))
        if text and not _UNPLAIN_CODE.search(text):
            yield _Piece(f"`{text}`", f"<code>{escape_text(text)}</code>")
            return
    yield from _write_tagged(element, inside)


def _write_link(element: Element, inside: Mapping[str, bool]) -> Iterator[_Piece]:
    address, title = element.attributes.get("href", ""), element.attributes.get("title", "")
    if "id" in element.attributes:
        yield _Piece(f"{write_tag('a', {'id': element.attributes['id']})}</a>")
    if not address or inside.get("a"):
        yield _Piece(_write(element.children, inside))
        return
    inner = _write(element.children, {**inside, "a": True})
    words = inner.strip(_EDGES)
    if not words or not shows_something(element.children):
        yield _Piece(inner)
        return
    at = inner.index(words)
    yield _Piece(inner[:at])
    if element.children == [address] and _AUTOLINK.fullmatch(address):
        yield _Piece(f"<{address}>")
    elif is_plain_title(title) and _BREAK not in words and not words.startswith("^"):
        behind = f' "{title}"' if title else ""
        yield _Piece(f"[{words}]({escape_address(address)}{behind})")
    else:
        yield _Piece(f"{write_tag('a', {'href': address, **({'title': title} if title else {})})}{words}</a>")
    yield _Piece(inner[at + len(words) :])


def _write_image(element: Element, inside: Mapping[str, bool]) -> Iterator[_Piece]:
    del inside
    values = element.attributes
    address, words, title = values["src"], values.get("alt", ""), values.get("title", "")
    if not is_plain_title(title) or values.keys() & {"width", "height"}:
        yield _Piece(write_tag("img", element.attributes))
        return
    behind = f' "{title}"' if title else ""
    yield _Piece(f"![{escape_alternative(words)}]({escape_address(address)}{behind})")


_Writer = Callable[[Element, Mapping[str, bool]], Iterator[_Piece]]
_WRITERS: Mapping[str, _Writer] = {
    "a": _write_link,
    "b": _write_stars,
    "code": _write_code,
    "em": _write_stars,
    "i": _write_stars,
    "img": _write_image,
    "strong": _write_stars,
}
