"""HTML of a saved page as a tree, and the few questions that readers ask of it."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from sitegen.errors import ContentError, error
from sitegen.importers.pages.files import CODE

Node = LexborNode

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905
_IMPLIED = frozenset("body colgroup dd dt head html li optgroup option p rp rt tbody td tfoot th thead tr".split())  # noqa: SIM905
"""Elements whose end tags may be left out, so that counting them tells nothing."""
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())  # noqa: SIM905
"""Elements that the parser opens again in every block until they are closed."""
_MOST_STEPS = 500_000_000
_MOST_COPIES = 3_000_000


def check_nesting(text: str, name: str) -> None:
    """Raise ContentError for a page whose nesting would take the parser without end.

    What the tree construction of the HTML standard costs is added up: with the depth, and with open formatting.
    """
    depth = formatting = steps = copies = 0
    for match in _TAG.finditer(text):
        tag = match[2].lower()
        if tag in _FORMATTING:
            formatting = max(0, formatting + (-1 if match[1] else 1))
        elif not match[1]:
            copies += formatting
        if tag not in _VOID and tag not in _IMPLIED:
            depth = max(0, depth + (-1 if match[1] else 1))
        steps += depth
        if steps > _MOST_STEPS or copies > _MOST_COPIES:
            raise ContentError([error(CODE, "nests its tags without end", name, hint="save the page again")])


def find(node: Node | None, *selectors: str) -> Node | None:
    """Return the first element for the first selector that has one."""
    if node is None:
        return None
    return next((found for selector in selectors if (found := node.css_first(selector)) is not None), None)


def find_all(node: Node | None, selector: str) -> list[Node]:
    """Return the elements for a selector, in order, each once: the parser repeats what several parts of it match."""
    return list({found.mem_id: found for found in node.css(selector)}.values()) if node is not None else []


def read_text(node: Node | None) -> str:
    """Return the text of an element on one line."""
    return " ".join(node.text().split()) if node is not None else ""


def read_attribute(node: Node | None, name: str) -> str:
    """Return an attribute without space around it; empty where there is none."""
    return (node.attributes.get(name) or "").strip() if node is not None else ""


def list_classes(node: Node) -> list[str]:
    """Return the classes of an element."""
    return (node.attributes.get("class") or "").split()


def list_children(node: Node) -> Iterator[Node]:
    """Yield the elements right below an element."""
    yield from node.iter()


def find_text(node: Node | None, *selectors: str) -> str:
    """Return the first text that is not empty, in the order of the selectors."""
    texts = (read_text(found) for selector in selectors for found in find_all(node, selector)[:5])
    return next((text for text in texts if text), "")


def remove_all(node: Node, selector: str) -> None:
    """Take the elements for a selector out of the tree.

    An element is freed with what is in it: the inner ones come first.
    """
    for element in reversed(find_all(node, selector)):
        element.decompose()
