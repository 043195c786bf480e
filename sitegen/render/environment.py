"""The Jinja environment of a theme."""

from collections.abc import Iterable, Mapping

from jinja2 import Environment, FunctionLoader, StrictUndefined

from sitegen.model.theme import Theme
from sitegen.plan.site import THEME_FILES
from sitegen.plan.urls import escape_path
from sitegen.render.filters import finalize, install_filters
from sitegen.render.theme import collect_words, find_template, template_file

_VERSION_LENGTH = 8


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
