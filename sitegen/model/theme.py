"""A theme as it was found: templates, static files, words and options, in layers."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from sitegen.model.config import TomlValue
from sitegen.model.names import Digest

Catalogue = Mapping[str, str | Mapping[str, str]]
"""Words of one language: key to text with `{fields}`, or to plural forms by CLDR category."""

ListOrder = Literal["date", "weight", "comments", "rating"]
"""What stands first: the newest, the heaviest, the most discussed, the best rated."""

ListPlace = Literal["home", "section", "tag", "author"]
"""Kinds of pages that can show a list: the front page, and the fronts of sections, tags and authors."""

SHAPED_LISTS = frozenset({"secondary", "block", "related"})
"""Lists that are fields of their own in the views, whatever the theme: only their length can be set."""


class ListRule(Struct, frozen=True, kw_only=True, array_like=True):
    """`[lists.NAME]` of `theme.toml`: a list of articles that templates find as `page.lists.NAME`."""

    limit: int = 5
    """How many articles it holds; 0: none."""
    order: ListOrder = "date"
    """What stands first."""
    among: int = 0
    """How many of the newest articles are looked at; 0: all."""
    on: tuple[ListPlace, ...] = ("home",)
    """On which pages it is. Those of a section, tag or author hold only its articles."""


class ThemeLayer(Struct, frozen=True, kw_only=True, array_like=True):
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
    lists: Mapping[str, ListRule]
    """Lists of articles by name."""


class StaticFile(Struct, frozen=True, kw_only=True, array_like=True):
    """A file of a theme that is copied as it is."""

    location: str
    """Absolute path on this machine."""
    digest: Digest
    """Digest of the bytes."""


class Theme(Struct, frozen=True, kw_only=True, array_like=True):
    """Layers, the strongest first; the last one holds the templates that every site has (feeds, sitemap)."""

    layers: tuple[ThemeLayer, ...]
    """Searched in order."""


def find_catalogues(language: str) -> tuple[str, ...]:
    """Return the languages in which the words of `language` stand, the weakest first: `en`, `pt`, `pt-BR`."""
    return tuple(dict.fromkeys(("en", language.split("-", maxsplit=1)[0], language)))
