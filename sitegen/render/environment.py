"""The Jinja environment of a theme."""

from collections.abc import Iterable, Mapping, MutableMapping

from jinja2 import BaseLoader, Environment, FunctionLoader, StrictUndefined, Template

from sitegen.model.theme import Theme
from sitegen.plan.out_paths import THEME_FILES
from sitegen.plan.urls import escape_path
from sitegen.render.attributes import AttributeGenerator
from sitegen.render.context import PageContext
from sitegen.render.filters import install_filters
from sitegen.render.macros import Macro
from sitegen.render.printing import PrintingGenerator, finalize, print_html, print_value
from sitegen.render.theme import collect_words, find_template, template_file

_VERSION_LENGTH = 8


class _StrictEnvironment(Environment):
    """An environment whose templates never change, and have no variables but its own and those of a page."""

    code_generator_class = PrintingGenerator
    context_class = PageContext
    print_value = staticmethod(print_value)
    print_html = staticmethod(print_html)
    Macro = Macro

    def __init__(self, loader: BaseLoader) -> None:
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            finalize=finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            keep_trailing_newline=True,
        )
        self._compiled: dict[str | Template, Template] = {}

    # A page fetches some thirty templates by name, and each of them asks for the names of its globals.
    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, object] | None = None,  # noqa: A002 -- Jinja's name
    ) -> Template:
        if globals is not None:
            return super().get_template(name, parent, globals)
        found = self._compiled.get(name)
        if found is None:
            found = self._compiled[name] = super().get_template(name, parent)
        return found

    def make_globals(self, d: MutableMapping[str, object] | None) -> MutableMapping[str, object]:
        return super().make_globals(d) if d else self.globals


class _QuickEnvironment(_StrictEnvironment):
    """One whose templates raise AttributeError where they take something for an attribute that is none."""

    code_generator_class = AttributeGenerator


class PageEnvironment(_StrictEnvironment):
    """The environment of a theme, in which pages are rendered."""

    def __init__(self, loader: BaseLoader) -> None:
        """Render templates that `loader` finds."""
        super().__init__(loader)
        self._quick = _QuickEnvironment(loader)
        self._quick.filters, self._quick.globals = self.filters, self.globals
        self.careful: set[str] = set()
        """Templates that the quick way has failed, since they take entries of tables for attributes, or are wrong."""

    def render(self, name: str, variables: Mapping[str, object]) -> str:
        """Return what a template makes of `variables`; raises what it raises.

        Rendering changes nothing, so that a page may be rendered twice: quickly, and where that fails as Jinja does it.
        """
        if name not in self.careful:
            try:
                return self._quick.get_template(name).render(variables)
            except AttributeError:
                self.careful.add(name)
        return self.get_template(name).render(variables)


def build_environment(theme: Theme, languages: Iterable[str]) -> PageEnvironment:
    """Return a fresh environment: strict about undefined names, escaping in every template, pages and feeds alike."""

    def load(name: str) -> tuple[str, str, None] | None:
        found = find_template(theme, name)
        return (found[1], template_file(found[0], name), None) if found else None

    environment = PageEnvironment(FunctionLoader(load))
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
