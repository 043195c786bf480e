"""Articles that are told in parts: their order, what each shows of the others, and the page that has them all."""

from collections.abc import Iterable, Iterator, Mapping

from sitegen.model.article import Article
from sitegen.model.card import Named
from sitegen.model.config import Config
from sitegen.model.index import SeriesOrder
from sitegen.model.names import ArticleId, Url
from sitegen.model.page import PageSpec
from sitegen.model.views import ListView, Pager, SeriesView
from sitegen.plan.context import PlanContext
from sitegen.plan.head import announce_feeds, build_head
from sitegen.plan.slugs import slugify
from sitegen.plan.urls import out_path, series_url


def order_series(articles: Iterable[Article], config: Config) -> tuple[SeriesOrder, ...]:
    """Return the series that `articles` belong to, by address: parts by number, those without one by date behind."""
    members: dict[Url, list[Article]] = {}
    for article in articles:
        series = article.metadata.series
        if series and article.kind == "article":
            url = series_url(slugify(series.name), article.metadata.language, config)
            members.setdefault(url, []).append(article)
    return tuple(_order(url, sorted(members[url], key=_place)) for url in sorted(members))


def _order(url: Url, parts: list[Article]) -> SeriesOrder:
    metadata = parts[0].metadata
    return SeriesOrder(
        language=metadata.language,
        named=Named(title=metadata.series.name if metadata.series else "", url=url),
        parts=tuple(part.id for part in parts),
    )


def _place(article: Article) -> tuple[bool, int, float, str]:
    metadata = article.metadata
    number = metadata.series.part if metadata.series else None
    return number is None, number or 0, metadata.date.at.timestamp() if metadata.date else 0.0, article.id


def show_series(orders: Iterable[SeriesOrder], context: PlanContext) -> Mapping[ArticleId, SeriesView]:
    """Return for every part what its page shows of the whole."""
    shown: dict[ArticleId, SeriesView] = {}
    for order in orders:
        links = tuple(context.index.links[part] for part in order.parts)
        for number, part in enumerate(order.parts, start=1):
            shown[part] = SeriesView(title=order.named.title, url=order.named.url, number=number, parts=links)
    return shown


def plan_series(context: PlanContext) -> Iterator[PageSpec]:
    """Plan the page of every series, with its parts in order."""
    for order in context.series:
        if not context.wants(context.cards[part] for part in order.parts):
            continue
        site = context.sites[order.language]
        title, url = order.named.title, order.named.url
        yield PageSpec(
            path=out_path(url),
            template="series.html",
            language=order.language,
            view=ListView(
                head=build_head(site, url, title, feeds=announce_feeds(site)),
                url=url,
                title=title,
                description="",
                lead=None,
                cards=tuple(context.cards[part] for part in order.parts),
                lists={},
                pager=Pager(number=None, older=None, front=None),
                feed=None,
            ),
            wave="list",
            source=f"series {title}",
        )
