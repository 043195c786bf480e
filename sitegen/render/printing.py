"""What templates print, as HTML."""

from collections.abc import Mapping

from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from markupsafe import Markup, escape

from sitegen.model.values import name_fields
from sitegen.render.characters import remove_illegal


class TemplateUseError(Exception):
    """A template asks for what is not there, or prints what is no text."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        """Say what is wrong in `message` and what to write instead in `hint`."""
        super().__init__(message)
        self.hint = hint


def finalize(value: object) -> object:
    """Return what a template prints without characters that neither HTML nor XML 1.0 may contain.

    Raises TemplateUseError for what is no text: readers would see `None` or the insides of the program.
    """
    if isinstance(value, str):
        if value.isprintable():
            return value
        cleaned = remove_illegal(value)
        spoilt = cleaned is not value and isinstance(value, Markup)
        return Markup(cleaned) if spoilt else cleaned  # noqa: S704 -- it was safe before
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
    if type(value) is Markup:
        return remove_illegal(value)
    if type(value) is str:
        text = value if value.isprintable() else remove_illegal(value)
        plain = "&" not in text and "<" not in text and ">" not in text and '"' not in text and "'" not in text
        return text if plain else escape(text)
    if type(value) is int:
        return str(value)
    return escape(finalize(value))


class PrintingGenerator(CodeGenerator):
    """Compiles templates to code that prints by `print_value`, which their environment has."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.print_value(")

    def _output_child_post(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_post(node, frame, finalize)
        else:
            self.write(")")
