"""Tables as Markdown, where they are simple enough for it."""

from collections.abc import Iterator, Mapping, Sequence

from sitegen.importers.wordpress.grouping import group_children
from sitegen.importers.wordpress.inline_writer import write_line
from sitegen.importers.wordpress.tree import Element

_RULES: Mapping[str, str] = {"": "---", "align-left": ":---", "align-center": ":---:", "align-right": "---:"}
_PARTS = frozenset({"table", "tbody", "tfoot", "thead"})

Row = Sequence[Element]


def write_table(table: Element) -> str:
    """Return a table as Markdown; empty where Markdown cannot say it.

    It needs a head of one row, as many cells in each row, and sentences in each cell.
    """
    rows = list(_read_rows(table))
    if len(rows) < 2 or any(isinstance(child, Element) and child.name == "caption" for child in table.children):
        return ""
    head, *body = rows
    if any(cell.name != "th" for cell in head) or any(cell.name != "td" for row in body for cell in row):
        return ""
    alignment = [cell.attributes.get("class", "") for cell in body[0]]
    if any(not _fits(row, alignment) for row in rows):
        return ""
    lines = [_write_row([_write_cell(cell) for cell in row]) for row in rows]
    return "\n".join((lines[0], _write_row([_RULES[side] for side in alignment]), *lines[1:]))


def _read_rows(part: Element) -> Iterator[Row]:
    for child in part.children:
        if isinstance(child, Element) and child.name == "tr":
            yield [cell for cell in child.children if isinstance(cell, Element)]
        elif isinstance(child, Element) and child.name in _PARTS:
            yield from _read_rows(child)


def _fits(row: Row, alignment: Sequence[str]) -> bool:
    return len(row) == len(alignment) and all(
        not cell.attributes.keys() - {"class"}
        and cell.attributes.get("class", "") in ({side} if cell.name == "td" else {side, ""})
        and [type(group) for group in group_children(cell.children)] in ([], [list])
        for cell, side in zip(row, alignment, strict=True)
    )


def _write_cell(cell: Element) -> str:
    return write_line(next((group for group in group_children(cell.children) if isinstance(group, list)), []))


def _write_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
