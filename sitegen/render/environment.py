"""The Jinja environment of a theme."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from jinja2 import Environment, FunctionLoader, StrictUndefined
from jinja2.runtime import Context
from jinja2.utils import missing

from sitegen.model.theme import Theme
from sitegen.plan.site import THEME_FILES
from sitegen.plan.urls import escape_path
from sitegen.render.filters import finalize, install_filters
from sitegen.render.theme import collect_words, find_template, template_file

_VERSION_LENGTH = 8


class Late:
    """A value that is only computed for templates that name it."""

    def __init__(self, compute: Callable[[], object]) -> None:
        """Call `compute` at the first use, once."""
        self._compute = compute

    @cached_property
    def value(self) -> object:
        """What templates see."""
        return self._compute()


class _PageContext(Context):
    """The variables of a page, some of them late."""

    def resolve_or_missing(self, key: str) -> object:
        value = self.vars.get(key, missing)
        if value is missing:
            value = self.parent.get(key, missing)
        return value.value if isinstance(value, Late) else value


def build_environment(theme: Theme, languages: Iterable[str]) -> Environment:
    """Return a fresh environment: strict about undefined names, escaping in every template, pages and feeds alike."""

    def load(name: str) -> tuple[str, str, None] | None:
        found = find_template(theme, name)
        return (found[1], template_file(found[0], name), None) if found else None

    environment = Environment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        keep_trailing_newline=True,
    )
    environment.context_class = _PageContext
    # Two of Jinja's own that give something else at every call: equal input has to give equal bytes.
    del environment.globals["lipsum"], environment.filters["random"]
    install_filters(environment, asset_addresses(theme), {tag: collect_words(theme, tag) for tag in languages})
    return environment


def asset_addresses(theme: Theme) -> Mapping[str, str]:
    """Return the address of every static file of the theme, with a mark of its content so that browsers may keep it."""
    addresses: dict[str, str] = {}
    for layer in reversed(theme.layers):
        for name, file in layer.static.items():
            addresses[name] = f"{escape_path(f'/{THEME_FILES}/{name}')}?v={file.digest[:_VERSION_LENGTH]}"
    return addresses
