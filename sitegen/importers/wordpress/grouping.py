"""The children of a block, sorted into sentences and blocks."""

from collections.abc import Iterable, Iterator, Sequence

from sitegen.importers.wordpress.marks import remove_marks
from sitegen.importers.wordpress.tree import BLOCKS, BOUNDARY, COMMENT, Element, Node

Group = Element | list[Node]
"""A block, or the sentences between two blocks."""

_PLACES = frozenset({"li", "td", "th", "tr"})
"""Elements that say something by where they stand, even without words."""
_SHOWN = frozenset({"audio", "hr", "img", "video"})


def group_children(children: Iterable[Node]) -> Iterator[Group]:
    """Yield blocks, and what stands between them where it shows something."""
    run: list[Node] = []
    for child in children:
        if isinstance(child, Element) and (child.name in BLOCKS or child.name in {BOUNDARY, COMMENT}):
            if shows_something(run):
                yield run
            run = []
            if child.name in _PLACES or child.name == COMMENT or (child.name != BOUNDARY and shows_something([child])):
                yield child
        else:
            run.append(child)
    if shows_something(run):
        yield run


def shows_something(nodes: Sequence[Node]) -> bool:
    """Tell whether readers see any of `nodes`, or can be led to it."""
    return any(
        remove_marks(node).strip(" \t\r\n\f\u00a0")
        if isinstance(node, str)
        else node.name in _SHOWN or "id" in node.attributes or shows_something(node.children)
        for node in nodes
    )
