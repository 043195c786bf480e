"""RSS 2.0, Atom and JSON Feed for the site and its sections."""

from collections.abc import Iterator, Sequence

from sitegen.model.card import Card
from sitegen.model.machine_views import FeedEntry, FeedView
from sitegen.model.moment import Moment
from sitegen.model.names import Url
from sitegen.model.page import PageSpec
from sitegen.model.views import SiteView
from sitegen.plan.context import PlanContext
from sitegen.plan.documents import comment_feed_url
from sitegen.plan.head import FEEDS
from sitegen.plan.urls import out_path


def plan_feeds(context: PlanContext) -> Iterator[PageSpec]:
    """Plan the feeds of every language and of every section in it."""
    for index in context.index.languages.values():
        site = context.sites[index.language]
        yield from _plan_formats(context, site, site.home, site.title, site.description, index.cards)
        for group in index.sections:
            title = f"{site.title}: {group.named.title}"
            yield from _plan_formats(context, site, group.named.url, title, group.description, group.cards)


def _plan_formats(
    context: PlanContext, site: SiteView, home: Url, title: str, description: str, cards: Sequence[Card]
) -> Iterator[PageSpec]:
    newest = cards[: context.sources.config.feeds.size]
    if not context.wants(newest):
        return
    entries = tuple(_build_entry(card, context) for card in newest)
    for name in FEEDS:
        url = Url(f"{home}{name}")
        yield PageSpec(
            path=out_path(url),
            template=name,
            language=site.language,
            view=FeedView(
                url=url,
                title=title,
                description=description or title,
                home=home,
                updated=_newest_instant(newest),
                entries=entries,
            ),
            wave="list",
            source=f"feed {title}",
        )


def _build_entry(card: Card, context: PlanContext) -> FeedEntry:
    has_feed = card.comment_count and context.sources.config.feeds.comments
    snapshot = context.sources.snapshots.get(card.id) if has_feed else None
    return FeedEntry(
        card=card,
        body=context.bodies[card.id] if context.sources.config.feeds.content == "full" else None,
        comment_feed=comment_feed_url(context.urls[card.id]) if snapshot else None,
        comments_updated=Moment(at=snapshot.updated) if snapshot and snapshot.updated else None,
    )


def _newest_instant(cards: Sequence[Card]) -> Moment | None:
    moments = [moment for card in cards for moment in (card.link.date, card.updated) if moment]
    return max(moments, key=lambda moment: moment.at, default=None)
