"""Files for machines and strays: 404 and robots.txt."""

from collections.abc import Iterator

from sitegen.model.article import Article
from sitegen.model.machine_views import RobotsView
from sitegen.model.message_views import MessageView
from sitegen.model.names import Url
from sitegen.model.page import PageSpec
from sitegen.model.values import replace
from sitegen.plan.context import PlanContext
from sitegen.plan.head import announce_feeds, build_head
from sitegen.plan.sitemaps import NEWS_SITEMAP, SITEMAP
from sitegen.plan.urls import old_address, out_path

NOT_FOUND = Url("/404.html")
ROBOTS = Url("/robots.txt")


def list_aliases(article: Article, url: Url) -> tuple[Url, ...]:
    """Return the old addresses of the document at `url`, without those at which its own file already answers.

    An address with a query has a `?`; no other has one.
    """
    if not article.metadata.aliases:
        return ()
    places: dict[str, Url] = {out_path(url): url}
    for written in article.metadata.aliases:
        alias = old_address(written)
        places.setdefault(alias if "?" in alias else out_path(alias), alias)
    return tuple(places.values())[1:]


def plan_not_found(context: PlanContext) -> Iterator[PageSpec]:
    """Plan the page that a file server shows where nothing is."""
    language = context.sources.config.language
    site = context.sites[language]
    head = build_head(site, NOT_FOUND, site.title, robots="noindex", feeds=announce_feeds(site))
    head = replace(head, canonical="", open_graph=())  # it stands in for every address, and is none itself
    yield PageSpec(
        path=out_path(NOT_FOUND),
        template="404.html",
        language=language,
        view=MessageView(head=head, url=NOT_FOUND),
        wave="page",
        source="the page for addresses that do not exist",
    )


def plan_robots(context: PlanContext) -> Iterator[PageSpec]:
    """Plan robots.txt (RFC 9309), unless the site has its own in `static/`."""
    if "static/robots.txt" in context.sources.assets:
        return
    yield PageSpec(
        path=out_path(ROBOTS),
        template="robots.txt",
        language=context.sources.config.language,
        view=RobotsView(sitemaps=(SITEMAP, NEWS_SITEMAP)),
        wave="sitemap",
        source="robots.txt",
    )
