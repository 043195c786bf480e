"""Finding templates in the layers of a theme, and what each of them depends on."""

from collections.abc import Mapping

from jinja2 import Environment, TemplateSyntaxError, meta

from sitegen.errors import ContentError
from sitegen.model.digests import digest_value
from sitegen.model.names import Digest
from sitegen.model.theme import Catalogue, Theme, ThemeLayer, find_catalogues
from sitegen.render.template_failures import describe_syntax_error


def find_template(theme: Theme, name: str) -> tuple[ThemeLayer, str] | None:
    """Return the layer and text of a template, None if there is none.

    `article.html` comes from the first layer that has it, `broadsheet:article.html` from that layer alone.
    """
    wanted, _, rest = name.rpartition(":")
    for layer in theme.layers:
        if (not wanted or layer.name == wanted) and rest in layer.templates:
            return layer, layer.templates[rest]
    return None


def template_file(layer: ThemeLayer, name: str) -> str:
    """Return the path that messages call a template by: `themes/mine/templates/article.html`."""
    return f"{layer.folder}/templates/{name.rpartition(':')[2]}"


def collect_words(theme: Theme, language: str) -> Catalogue:
    """Return the words of `language`: stronger layers win, and what a language lacks is said in English."""
    words: dict[str, object] = {}
    for tag in find_catalogues(language):
        for layer in reversed(theme.layers):
            words |= layer.locales.get(tag, {})
    return words  # type: ignore[return-value]


References = Mapping[str, tuple[str | None, ...]]
"""What templates extend, include and import, each by its name; None is a name that is computed while rendering."""


def digest_templates(theme: Theme) -> Digest:
    """Return the digest of all templates of `theme`."""
    return digest_value([layer.templates for layer in theme.layers])


class Closures:
    """Digests of templates with everything that they extend, include and import, by name and without running them."""

    def __init__(self, theme: Theme, environment: Environment, known: References) -> None:
        """Look into the templates of `theme` with the syntax of `environment`, except where `known` has the answer."""
        self._theme = theme
        self._environment = environment
        self._everything = digest_templates(theme)
        self._references = dict(known)

    @property
    def references(self) -> References:
        """What is known by now of the templates that were asked for, and of what belongs to them."""
        return self._references

    def digest(self, name: str) -> Digest:
        """Return the digest of the closure of `name`.

        A template that is looked for and missing is part of it, so that adding the file later counts as a change. A
        name that is computed while rendering makes the closure the whole theme. Raises ContentError for a syntax error.
        """
        closure = self._collect(name)
        return self._everything if closure is None else digest_value(closure)

    def names(self, name: str) -> frozenset[str] | None:
        """Return the names in the closure of `name`; None where it is the whole theme. Raises what `digest` raises."""
        closure = self._collect(name)
        return None if closure is None else frozenset(closure)

    def _collect(self, name: str) -> dict[str, str] | None:
        """Return the closure of `name` as text by name, empty for what is missing; None where it is the whole theme."""
        closure: dict[str, str] = {}
        pending = [name]
        while pending:
            current = pending.pop()
            if current in closure:
                continue
            found = find_template(self._theme, current)
            closure[current] = f"{found[0].folder}\n{found[1]}" if found else ""
            if found:
                references = self._references_of(current, found)
                if None in references:
                    return None
                pending += [reference for reference in references if reference]
        return closure

    def _references_of(self, name: str, found: tuple[ThemeLayer, str]) -> tuple[str | None, ...]:
        if name not in self._references:
            layer, text = found
            try:
                tree = self._environment.parse(text)
            except TemplateSyntaxError as failure:
                raise ContentError(
                    [describe_syntax_error(failure, template_file(layer, name), self._environment)]
                ) from failure
            self._references[name] = tuple(meta.find_referenced_templates(tree))
        return self._references[name]
