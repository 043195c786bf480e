"""Macros of templates."""

from collections.abc import Callable

from jinja2 import Environment, pass_eval_context, runtime
from jinja2.nodes import EvalContext
from jinja2.utils import missing
from markupsafe import Markup


class Macro(runtime.Macro):
    """A macro that uses neither `caller` nor `varargs` nor `kwargs`, as nearly all do.

    What it does is what Jinja's own does, in a third of the time: a page may make thirty and call a hundred.
    """

    catch_kwargs = catch_varargs = caller = explicit_caller = False
    _default_autoescape = True

    def __init__(
        self, environment: Environment, func: Callable[..., str], name: str, arguments: tuple[str, ...]
    ) -> None:
        """Print what `func` returns of `arguments`."""
        self._environment = environment
        self._func = func
        self._argument_count = len(arguments)
        self.name = name
        self.arguments = arguments  # type: ignore[assignment]

    def write(self, values: tuple[object, ...], named: dict[str, object]) -> str:
        """Return what it prints, which is HTML; raises TypeError for arguments that it does not take."""
        lacking = self._argument_count - len(values)
        if lacking > 0:
            if named:
                values += tuple([named.pop(name, missing) for name in self.arguments[-lacking:]])
            else:
                values += (missing,) * lacking
        if named or lacking < 0:
            return super().__call__(*values, **named)  # which says what is wrong
        return self._func(*values)

    @pass_eval_context
    def __call__(self, eval_ctx: EvalContext, *values: object, **named: object) -> str:
        """Return what `write` does, marked as HTML where that counts."""
        text = self.write(values, named)
        return Markup(text) if eval_ctx.autoescape else text  # noqa: S704 -- it is printed by `print_value`
