"""All tags, and all authors, by letter."""

import unicodedata
from collections.abc import Iterator, Sequence

from sitegen.model.index import Group
from sitegen.model.index_views import NameEntry, NameGroup, NamesView
from sitegen.model.names import Url
from sitegen.model.page import PageSpec
from sitegen.model.views import SiteView
from sitegen.plan.collisions import AUTHORS, TAGS
from sitegen.plan.context import PlanContext
from sitegen.plan.head import announce_feeds, build_head
from sitegen.plan.urls import out_path

_FEW = 30
"""So many names are seen at a glance, and stand in one group."""


def plan_tag_index(context: PlanContext) -> Iterator[PageSpec]:
    """Plan the page with all tags of every language that has any."""
    for language, index in context.index.languages.items():
        site = context.sites[language]
        if site.tags:
            yield _plan_names(site, site.tags, index.tags, "tags.html", TAGS)


def plan_author_index(context: PlanContext) -> Iterator[PageSpec]:
    """Plan the page with all authors of every language that has any."""
    for language, index in context.index.languages.items():
        site = context.sites[language]
        if site.authors:
            yield _plan_names(site, site.authors, index.authors, "authors.html", AUTHORS)


def sort_names(groups: Sequence[Group]) -> tuple[NameGroup, ...]:
    """Return tags or authors as readers look for them, by letter if they are many.

    Case and accents do not count, but for names that are otherwise equal: `Énergie` stands beside `Energy`. That is the
    order of most European languages; letters that some count as their own, as the Swedish `Å`, stand by their base.
    """
    ordered = sorted(groups, key=lambda group: (_fold(group.named.title), group.named.title, group.named.url))
    if len(ordered) <= _FEW:
        return (NameGroup(letter="", entries=tuple(_build_entry(group) for group in ordered)),)
    letters: dict[str, list[NameEntry]] = {}
    for group in ordered:
        letters.setdefault(_find_letter(group.named.title), []).append(_build_entry(group))
    return tuple(NameGroup(letter=letter, entries=tuple(entries)) for letter, entries in letters.items())


def _plan_names(site: SiteView, url: Url, groups: Sequence[Group], template: str, source: str) -> PageSpec:
    return PageSpec(
        path=out_path(url),
        template=template,
        language=site.language,
        view=NamesView(
            head=build_head(site, url, site.title, feeds=announce_feeds(site)),
            url=url,
            count=len(groups),
            groups=sort_names(groups),
        ),
        wave="list",
        source=source,
    )


def _build_entry(group: Group) -> NameEntry:
    return NameEntry(named=group.named, count=len(group.cards))


def _fold(name: str) -> str:
    """Return `name` in lower case and without what is above and below its letters."""
    parts = unicodedata.normalize("NFKD", name.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def _find_letter(name: str) -> str:
    """Return the letter that `name` begins with, or what stands for digits and signs."""
    first = _fold(name).lstrip()[:1]
    if first.isalpha():
        return first.upper()[:1]
    return "0-9" if first.isdigit() else "#"
