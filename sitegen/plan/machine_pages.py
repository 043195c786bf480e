"""Files for machines and strays: 404 and robots.txt."""

from collections.abc import Iterator
from dataclasses import replace

from sitegen.model.article import Article
<<<<<<< HEAD
from sitegen.model.index_views import ArchiveView, CorrectionsView, MonthView, NamesView, YearView
from sitegen.model.moment import Moment
=======
>>>>>>> 4797000 (Offer news to search engines, and keep the parts of a long sitemap)
from sitegen.model.names import Url
from sitegen.model.page import PageSpec
from sitegen.model.views import MessageView, RobotsView
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
<<<<<<< HEAD


def plan_sitemaps(entries: Iterable[SitemapEntry], language: str, limit: int = SITEMAP_LIMIT) -> Iterator[PageSpec]:
    """Plan the sitemap (https://www.sitemaps.org/protocol.html) of `entries`, see `sitemap_entry`.

    More than `limit` of them are spread over numbered files, and the sitemap names those.
    """
    ordered = sorted(entries, key=lambda entry: entry.url)
    parts = [tuple(ordered[start : start + limit]) for start in range(0, len(ordered), limit)] or [()]
    if len(parts) == 1:
        yield _plan_sitemap(SITEMAP, "sitemap.xml", language, SitemapView(entries=parts[0]))
        return
    urls = [Url(f"/sitemap-{number}.xml") for number in range(1, len(parts) + 1)]
    for url, part in zip(urls, parts, strict=True):
        yield _plan_sitemap(url, "sitemap.xml", language, SitemapView(entries=part))
    yield _plan_sitemap(SITEMAP, "sitemap-index.xml", language, SitemapIndexView(sitemaps=tuple(urls)))


def _plan_sitemap(url: Url, template: str, language: str, view: SitemapView | SitemapIndexView) -> PageSpec:
    return PageSpec(
        path=out_path(url), template=template, language=language, view=view, wave="sitemap", source="the sitemap"
    )


_INDEXED = (
    ArticleView | PageView | HomeView | ListView | ArchiveView | YearView | MonthView | NamesView | CorrectionsView
)


def sitemap_entry(spec: PageSpec, base_url: str) -> SitemapEntry | None:
    """Return what the sitemap says of a page; None where search engines should not index it or are sent elsewhere."""
    view = spec.view
    if not isinstance(view, _INDEXED) or "noindex" in view.head.robots:
        return None
    if view.head.canonical != absolute_url(view.url, base_url):
        return None
    modified: Moment | None = None
    if isinstance(view, ArticleView):
        modified = view.updated or view.date
    elif isinstance(view, PageView):
        modified = view.updated
    return SitemapEntry(url=view.url, modified=modified)
=======
>>>>>>> 4797000 (Offer news to search engines, and keep the parts of a long sitemap)
