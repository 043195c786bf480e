"""The variables of a page, and what its templates call."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from jinja2 import Environment
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.utils import missing

from sitegen.render.macros import Macro
from sitegen.render.printing import print_value


class Late:
    """A value that is only computed for templates that name it."""

    def __init__(self, compute: Callable[[], object]) -> None:
        """Call `compute` at the first use, once."""
        self._compute = compute

    @cached_property
    def value(self) -> object:
        """What templates see."""
        return self._compute()


class PageContext(Context):
    """The variables of a page, some of them late.

    A page has one for itself and one for every template that it includes or imports: twenty may be too many to make
    what hardly any of them is asked for.
    """

    def __init__(
        self,
        environment: Environment,
        parent: dict[str, object],
        name: str | None,
        blocks: Mapping[str, Callable[[Context], Iterator[str]]],
        globals: object = None,  # noqa: A002, ARG002 -- Jinja's name
    ) -> None:
        """Do what Jinja does, but for what is made when it is asked for."""
        self.parent = parent
        self.vars = {}
        self.environment = environment
        self.exported_vars = set()
        self.globals_keys = set()  # those beyond the environment's own, of which no template has any
        self.name = name
        self.blocks = {block: [render] for block, render in blocks.items()}

    @cached_property
    def eval_ctx(self) -> EvalContext:  # type: ignore[override]
        """Whether what is printed is escaped."""
        return EvalContext(self.environment, self.name)

    def resolve_or_missing(self, key: str) -> object:
        """Return a variable, or `missing`."""
        value = self.vars[key] if key in self.vars else self.parent.get(key, missing)
        return value.value if type(value) is Late else value

    def call(
        self,
        called: Callable[..., object],
        /,
        *values: object,
        _loop_vars: object = None,
        _block_vars: object = None,
        **named: object,
    ) -> object:
        """Return what a macro, a function or a method gives."""
        # Nearly all calls are of macros, words, files and `range`, which need not be asked what they want.
        if type(called) is Macro:
            return called(self.eval_ctx, *values, **named)
        known = self.environment.globals
        if called is known["t"] or (called is known["asset"] and not _loop_vars and not _block_vars):
            return called(self, *values, **named)
        if called is known["range"]:
            return called(*values, **named)
        return super().call(called, *values, _loop_vars=_loop_vars, _block_vars=_block_vars, **named)

    def print_call(
        self,
        called: Callable[..., object],
        /,
        *values: object,
        _loop_vars: object = None,
        _block_vars: object = None,
        **named: object,
    ) -> str:
        """Return the same as HTML where it is printed, and escaped if it has to be."""
        if type(called) is Macro:
            return called.write(values, named)
        if called is self.environment.globals["t"]:
            return print_value(called(self, *values, **named))
        return print_value(self.call(called, *values, _loop_vars=_loop_vars, _block_vars=_block_vars, **named))
