"""The home page, and lists of articles by section, tag and author."""

from collections.abc import Iterator, Sequence
from typing import Literal

from sitegen.model.card import Card
from sitegen.model.index import Group, LanguageIndex
from sitegen.model.names import Url
from sitegen.model.page import PageSpec
from sitegen.model.views import FeedLink, Head, HomeView, ListView, Pager, SectionBlock, SiteView
from sitegen.plan.comment_feeds import all_comments_url
from sitegen.plan.context import PlanContext
from sitegen.plan.head import announce_feeds, build_head
from sitegen.plan.pagination import ListPage, paginate
from sitegen.plan.theme_lists import RANKED, choose_lists, rank_cards
from sitegen.plan.urls import older_page_url, out_path

GroupKind = Literal["section", "tag", "author"]


def plan_home(context: PlanContext) -> Iterator[PageSpec]:
    """Plan the front page of every language, and the older pages behind it."""
    for index in context.index.languages.values():
        site = context.sites[index.language]
        feeds = announce_feeds(site)
        for page in _choose_pages(index.cards, context):
            url = site.home if page.number is None else older_page_url(site.home, page.number)
            head = build_head(site, url, site.title, site.description, feeds=feeds)
            pager = _pager(page, site.home)
            view: HomeView | ListView
            if page.number is None:
                view = _compose_home(context, index, page.items, head, url, pager)
            else:
                view = ListView(
                    head=head,
                    url=url,
                    title=site.title,
                    description="",
                    lead=None,
                    cards=page.items,
                    lists={},
                    pager=pager,
                    feed=site.rss,
                )
            yield PageSpec(
                path=out_path(url),
                template="home.html" if page.number is None else "list.html",
                language=index.language,
                view=view,
                wave="list",
                source=f"the home page in {index.language}",
            )


def plan_sections(context: PlanContext) -> Iterator[PageSpec]:
    """Plan the list of every section."""
    for index in context.index.languages.values():
        site = context.sites[index.language]
        for group in index.sections:
            feeds = announce_feeds(site, group.named.title, group.named.url)
            yield from _plan_group(context, site, group, "section", feeds, Url(f"{group.named.url}rss.xml"))


def plan_tags(context: PlanContext) -> Iterator[PageSpec]:
    """Plan the list of every tag."""
    for index in context.index.languages.values():
        site = context.sites[index.language]
        for group in index.tags:
            yield from _plan_group(context, site, group, "tag", announce_feeds(site), None)


def plan_authors(context: PlanContext) -> Iterator[PageSpec]:
    """Plan the list of every author."""
    for index in context.index.languages.values():
        site = context.sites[index.language]
        for group in index.authors:
            yield from _plan_group(context, site, group, "author", announce_feeds(site), None)


def _plan_group(
    context: PlanContext, site: SiteView, group: Group, kind: GroupKind, feeds: tuple[FeedLink, ...], feed: Url | None
) -> Iterator[PageSpec]:
    front = group.named.url
    for page in _choose_pages(group.cards, context):
        url = front if page.number is None else older_page_url(front, page.number)
        is_front = page.number is None
        cards = rank_cards(page.items) if kind == "section" and is_front else page.items
        leads = 1 if kind == "section" and is_front else 0
        yield PageSpec(
            path=out_path(url),
            template=f"{kind}.html",
            language=site.language,
            view=ListView(
                head=build_head(site, url, group.named.title, group.description, feeds=feeds),
                url=url,
                title=group.named.title,
                description=group.description,
                lead=cards[0] if leads else None,
                cards=cards[leads:],
                lists=choose_lists(context.rules, kind, group.cards) if is_front else {},
                pager=_pager(page, front),
                feed=feed,
            ),
            wave="list",
            source=f"{kind} {group.named.title}",
        )


def _choose_pages(cards: Sequence[Card], context: PlanContext) -> Iterator[ListPage[Card]]:
    """Yield the pages of a list that are to be planned.

    Of a list with edited articles these are the ones that show them, the front, and as many behind it: they may be new.
    """
    pages = paginate(cards, context.sources.config.page_size)
    if context.edited is None:
        yield from pages
    elif edited := context.count_edited(cards):
        yield from (page for place, page in enumerate(pages) if place <= edited or context.wants(page.items))


def _pager(page: ListPage[Card], front: Url) -> Pager:
    return Pager(
        number=page.number,
        older=older_page_url(front, page.older) if page.older else None,
        front=None if page.number is None else front,
    )


def _compose_home(
    context: PlanContext, index: LanguageIndex, newest: Sequence[Card], head: Head, url: Url, pager: Pager
) -> HomeView:
    """Return the front page: no article stands on it twice, but for the lists that the theme declares."""
    rules = context.rules
    top = rank_cards(index.cards[:RANKED])[: 1 + rules["secondary"].limit]
    used = {card.id for card in top}
    blocks: list[SectionBlock] = []
    for group in index.sections if len(index.sections) > 1 else ():
        cards = [card for card in rank_cards(group.cards[:RANKED]) if card.id not in used][: rules["block"].limit]
        if cards:
            used |= {card.id for card in cards}
            blocks.append(SectionBlock(section=group.named, cards=tuple(cards)))
    return HomeView(
        head=head,
        url=url,
        lead=top[0] if top else None,
        secondary=top[1:],
        blocks=tuple(blocks),
        latest=tuple(card for card in newest if card.id not in used),
        lists=choose_lists(rules, "home", index.cards),
        pager=pager,
        comment_feed=all_comments_url(context, index.language),
    )
