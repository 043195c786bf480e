"""What templates print, as HTML."""

from collections.abc import Callable, Mapping

import markupsafe
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.nodes import Call, Expr, Filter
from markupsafe import Markup, escape

from sitegen.model.values import name_fields

_escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)
"""What `escape` does before it makes a `Markup`, which takes six times as long; without it `escape` does as well."""


class TemplateUseError(Exception):
    """A template asks for what is not there, or prints what is no text."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        """Say what is wrong in `message` and what to write instead in `hint`."""
        super().__init__(message)
        self.hint = hint


def finalize(value: object) -> object:
    """Return a value that a template prints. Characters that no page may hold are taken from the page as a whole.

    Raises TemplateUseError for what is no text: readers would see `None` or the insides of the program.
    """
    if isinstance(value, str):
        return value
    if value is None:
        raise TemplateUseError("there is nothing to print, the value is none", "write `{% if … %}` around it")
    if isinstance(value, Mapping | tuple | list | set | frozenset):
        raise TemplateUseError("a list or table cannot be printed", "go through it with `{% for … %}`")
    names = name_fields(value)
    if names:
        raise TemplateUseError(f"a {type(value).__name__} cannot be printed", f"print a part of it: {', '.join(names)}")
    return value


def print_value(value: object) -> str:
    """Return what `finalize` leaves of a value as HTML.

    It is what `escape` gives, but no `Markup`: a page prints hundreds of values, most of them words and addresses in
    which nothing is to be done, and each of them is only joined to others.
    """
    if type(value) is str:
        return _escape_text(value)
    if type(value) is Markup:
        return value
    if type(value) is int:
        return str(value)
    return escape(finalize(value))


def print_html(value: object) -> str:
    """Return what `print_value` does of a value that the filter `safe` marks as HTML."""
    # What a template marks needs no mark where it is joined to text at once.
    return value if type(value) is str or type(value) is Markup else Markup(value)  # noqa: S704 -- so it says


class PrintingGenerator(CodeGenerator):
    """Compiles templates to code that prints by `print_value` and has macros of the kind `Macro`.

    Its environment has both, and `print_html` for what is marked as HTML only to be printed; its context has
    `print_call`, since nearly all calls are printed. A template and each of its blocks yield what they print as one
    piece: a page has hundreds of values, each of which everything around its block would hand on.
    """

    _printed: Expr | None = None
    """What is printed as it is written, since it is HTML already."""

    def enter_frame(self, frame: Frame) -> None:
        """Begin a scope, with a list for what is printed if it is the outermost."""
        super().enter_frame(frame)
        if frame.buffer is None:
            self.buffer(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:  # noqa: FBT001, FBT002 -- Jinja's
        """End a scope, and yield what was printed in it if it is the outermost."""
        super().leave_frame(frame, with_python_scope)
        if frame.parent is None:
            self.writeline(f"yield concat({frame.buffer})")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Make a macro of a function."""
        if macro_ref.accesses_kwargs or macro_ref.accesses_varargs or macro_ref.accesses_caller:
            super().macro_def(macro_ref, frame)
        else:
            name, arguments = getattr(macro_ref.node, "name", None), tuple(item.name for item in macro_ref.node.args)
            self.write(f"environment.Macro(environment, macro, {name!r}, {arguments!r})")

    def visit_Call(self, node: Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802
        """Call something."""
        if node is not self._printed:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("context.print_call(")
        self.visit(node.node, frame)
        scopes = {"_loop_vars": frame.loop_frame, "_block_vars": frame.block_frame}
        self.signature(node, frame, {name: name for name, is_there in scopes.items() if is_there})
        self.write(")")

    def visit_Filter(self, node: Filter, frame: Frame) -> None:  # noqa: N802
        """Apply a filter; what is marked as HTML where it is printed needs no mark."""
        if node is self._printed and node.node:
            self.write("environment.print_html(")
            self.visit(node.node, frame)
            self.write(")")
        else:
            super().visit_Filter(node, frame)

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        elif isinstance(node, Call) or (isinstance(node, Filter) and node.name == "safe" and not node.args):
            self._printed = node
        else:
            self.write("environment.print_value(")

    def _output_child_post(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_post(node, frame, finalize)
        elif node is not self._printed:
            self.write(")")
