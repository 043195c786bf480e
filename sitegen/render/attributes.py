"""`a.b` in templates: an attribute, else what a table has under that name, else undefined."""

from keyword import iskeyword

from jinja2.compiler import Frame
from jinja2.nodes import Expr, Filter, Getattr, Getitem, Test

from sitegen.render.printing import PrintingGenerator

TABLES = frozenset({"extra", "lists", "menus", "options", "passages"})
"""The fields of views that hold tables, out of which templates take entries by `.name`."""


class AttributeGenerator(PrintingGenerator):
    """Compiles `a.b` to `a.b` where Jinja would call a function that tries one way after the other.

    Nearly all that templates name are fields of views. Where a template says itself that something else has to be
    expected, Jinja's way is taken: in a table, and where it asks by `is defined` or `default`. Where it does not say
    so, AttributeError is raised, and the page has to be rendered by what `PrintingGenerator` makes of the template.
    """

    _doubtful: Expr | None = None
    """What may not be there, by what stands around it."""

    def visit_Getattr(self, node: Getattr, frame: Frame) -> None:  # noqa: N802
        """Look up `a.b`."""
        if node is self._doubtful or _is_in_table(node.node) or iskeyword(node.attr) or not node.attr.isascii():
            super().visit_Getattr(node, frame)
        else:
            self.write("(")
            self.visit(node.node, frame)
            self.write(f").{node.attr}")

    def visit_Test(self, node: Test, frame: Frame) -> None:  # noqa: N802
        """Ask for something."""
        if node.name in ("defined", "undefined"):
            self._doubtful = node.node
        super().visit_Test(node, frame)

    def visit_Filter(self, node: Filter, frame: Frame) -> None:  # noqa: N802
        """Apply a filter."""
        if node.name in ("default", "d"):
            self._doubtful = node.node
        super().visit_Filter(node, frame)


def _is_in_table(node: Expr) -> bool:
    """Whether a value is a table or comes out of one."""
    while isinstance(node, Getattr | Getitem):
        if isinstance(node, Getattr) and node.attr in TABLES:
            return True
        node = node.node
    return False
