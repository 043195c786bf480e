"""A theme as it was found: templates, static files, words and options, in layers."""

from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.model.config import TomlValue
from sitegen.model.names import Digest

Catalogue = Mapping[str, str | Mapping[str, str]]
"""Words of one language: key to text with `{fields}`, or to plural forms by CLDR category."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeLayer:
    """One theme folder."""

    name: str
    """Its name: `broadsheet`."""
    folder: str
    """Where it is, for messages: `themes/mine`, or `broadsheet (shipped)`."""
    templates: Mapping[str, str]
    """Text by name: `article.html`, `partials/card.html`."""
    static: Mapping[str, "StaticFile"]
    """Files to copy by path: `css/broadsheet.css`."""
    locales: Mapping[str, Catalogue]
    """Words by language."""
    options: Mapping[str, TomlValue]
    """Options and their defaults."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticFile:
    """A file of a theme that is copied as it is."""

    location: str
    """Absolute path on this machine."""
    digest: Digest
    """Digest of the bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Layers, the strongest first; the last one holds the templates that every site has (feeds, sitemap)."""

    layers: tuple[ThemeLayer, ...]
    """Searched in order."""
