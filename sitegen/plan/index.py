"""From cards to the orders that pages need."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from sitegen.model.article import SectionIndex
from sitegen.model.card import Card, Named
from sitegen.model.index import Group, LanguageIndex, Neighbours, SiteIndex
from sitegen.model.names import ArticleId, Slug
from sitegen.plan.related import find_related
from sitegen.plan.slugs import slugify

_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


def build_index(
    cards: Iterable[Card],
    languages: Iterable[str],
    sections: Mapping[Slug, SectionIndex],
    neighbourhood: str,
    related_limit: int,
) -> SiteIndex:
    """Return the index of all shown articles.

    `languages` are all that documents are written in, the site's own first; each is there even without an article.
    `sections` holds what `_index.md` files say. `neighbourhood` is `site` or `section`: where previous and next are
    looked for. Every article has at most `related_limit` related ones.
    """
    by_language: dict[str, list[Card]] = {language: [] for language in languages}
    for card in cards:
        by_language[card.language].append(card)
    indexes: dict[str, LanguageIndex] = {}
    neighbours: dict[ArticleId, Neighbours] = {}
    related: dict[ArticleId, tuple[ArticleId, ...]] = {}
    for language, members in by_language.items():
        ordered = sort_newest_first(members)
        indexes[language] = LanguageIndex(
            language=language,
            cards=ordered,
            sections=_order_sections(_group(ordered, _pick_section), sections),
            tags=_order_by_name(_group(ordered, lambda card: card.tags)),
            authors=_order_by_name(_group(ordered, lambda card: card.authors)),
        )
        for line in _split_lines(ordered, neighbourhood):
            neighbours |= find_neighbours(line)
        if related_limit:
            related |= find_related(ordered, related_limit)
    links = {card.id: card.link for index in indexes.values() for card in index.cards}
    return SiteIndex(languages=indexes, links=links, neighbours=neighbours, related=related)


def sort_newest_first(cards: Iterable[Card]) -> tuple[Card, ...]:
    """Return `cards` by instant, the newest first; by path where instants are equal."""
    # One after the other, since that compares instants alone: half the time of pairs.
    by_path = sorted(cards, key=lambda card: card.id)
    return tuple(sorted(by_path, key=lambda card: card.link.date.at if card.link.date else _BEFORE_ALL))[::-1]


def find_neighbours(ordered: Sequence[Card]) -> dict[ArticleId, Neighbours]:
    """Return the neighbours of every card in `ordered`, which is newest first."""
    ids = [None, *(card.id for card in ordered), None]
    return {card.id: Neighbours(older=ids[place + 2], newer=ids[place]) for place, card in enumerate(ordered)}


def _split_lines(ordered: Sequence[Card], neighbourhood: str) -> Iterable[Sequence[Card]]:
    """Return the rows of cards within which neighbours are found."""
    if neighbourhood == "site":
        return (ordered,)
    rows: dict[str, list[Card]] = {}
    for card in ordered:
        rows.setdefault(card.section.url if card.section else "", []).append(card)
    return rows.values()


def _pick_section(card: Card) -> tuple[Named, ...]:
    return (card.section,) if card.section else ()


def _group(ordered: Sequence[Card], pick: Callable[[Card], tuple[Named, ...]]) -> list[Group]:
    """Return one group for each address that `pick` names; its name is spelled as in its oldest article."""
    members: defaultdict[str, list[Card]] = defaultdict(list)
    names: dict[str, Named] = {}
    for card in ordered:
        for named in pick(card):
            members[named.url].append(card)
            names[named.url] = named
    return [
        Group(slug=Slug(url.rstrip("/").rsplit("/", 1)[-1]), named=names[url], description="", cards=tuple(cards))
        for url, cards in members.items()
    ]


def _order_by_name(groups: Iterable[Group]) -> tuple[Group, ...]:
    return tuple(sorted(groups, key=lambda group: (slugify(group.named.title), group.named.url)))


def _order_sections(groups: Iterable[Group], sections: Mapping[Slug, SectionIndex]) -> tuple[Group, ...]:
    """Return section groups with their descriptions, by `order` and then by name."""
    described = [
        Group(
            slug=group.slug,
            named=group.named,
            description=sections[group.slug].description if group.slug in sections else "",
            cards=group.cards,
        )
        for group in groups
    ]
    order = {slug: section.order for slug, section in sections.items()}
    return tuple(sorted(described, key=lambda group: (order.get(group.slug, 0), group.named.title, group.named.url)))
