"""The articles of a site in the orders that pages need."""

from collections.abc import Mapping

from msgspec import Struct

from sitegen.model.card import Card, Link, Named
from sitegen.model.names import ArticleId, Slug


class Group(Struct, frozen=True, kw_only=True, array_like=True):
    """A section, tag or author with its articles."""

    slug: Slug
    """Its address segment."""
    named: Named
    """Its name and page."""
    description: str
    """What it is about; may be empty."""
    cards: tuple[Card, ...]
    """Its articles, newest first."""


class Neighbours(Struct, frozen=True, kw_only=True, array_like=True):
    """The articles before and after one in time."""

    older: ArticleId | None
    """The next older article."""
    newer: ArticleId | None
    """The next newer article."""


class SeriesOrder(Struct, frozen=True, kw_only=True, array_like=True):
    """The parts of a series."""

    language: str
    """BCP 47 tag of all of them: a translated series is another one."""
    named: Named
    """Its name, spelled as in its first part, and its page."""
    parts: tuple[ArticleId, ...]
    """In order."""


class LanguageIndex(Struct, frozen=True, kw_only=True, array_like=True):
    """All shown articles of one language."""

    language: str
    """BCP 47 tag."""
    cards: tuple[Card, ...]
    """Newest first."""
    sections: tuple[Group, ...]
    """In the order of the site."""
    tags: tuple[Group, ...]
    """By name."""
    authors: tuple[Group, ...]
    """By name."""


class SiteIndex(Struct, frozen=True, kw_only=True, array_like=True):
    """All shown articles."""

    languages: Mapping[str, LanguageIndex]
    """By language; the site's own is always there and first."""
    links: Mapping[ArticleId, Link]
    """What neighbours show, by article."""
    neighbours: Mapping[ArticleId, Neighbours]
    """Computed neighbours, by article."""
    related: Mapping[ArticleId, tuple[ArticleId, ...]]
    """Older articles that share tags, by article."""
