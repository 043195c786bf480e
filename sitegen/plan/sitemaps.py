"""Maps for search engines: the sitemap, in one file or many, and the news sitemap."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sitegen.model.index_views import ArchiveView, CorrectionsView, MonthView, NamesView, YearView
from sitegen.model.machine_views import NewsEntry, NewsSitemapView, SitemapEntry, SitemapIndexView, SitemapView
from sitegen.model.moment import Moment
from sitegen.model.names import ArticleId, OutPath, Url
from sitegen.model.outline import MapLine
from sitegen.model.page import PageSpec
from sitegen.model.views import HomeView, ListView, PageView, PlannedArticle, SiteView
from sitegen.plan.context import PlanContext
from sitegen.plan.head import find_original, robots_for
from sitegen.plan.schedule import NEWS_WINDOW, Shown, is_own_news
from sitegen.plan.urls import absolute_url, out_path

SITEMAP = Url("/sitemap.xml")
NEWS_SITEMAP = Url("/news-sitemap.xml")
NEWS_LIMIT = 1000
"""How many articles Google reads from a news sitemap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the protocol allows in one file."""

    addresses: int = 50_000
    """How many addresses."""
    size: int = 50 * 1024 * 1024
    """How many bytes."""


def collect_lines(specs: Iterable[PageSpec], base_url: str) -> dict[OutPath, MapLine]:
    """Return what the sitemap says of those among `specs` that search engines should index, by the file of each."""
    lines: dict[OutPath, MapLine] = {}
    for spec in specs:
        entry = sitemap_entry(spec, base_url)
        if entry:
            at = spec.view.date.at.astimezone(UTC) if isinstance(spec.view, PlannedArticle) else None
            lines[spec.path] = MapLine(entry=entry, at=at)
    return lines


def plan_sitemaps(lines: Iterable[MapLine], site: SiteView, limits: Limits = Limits()) -> Iterator[PageSpec]:
    """Plan the sitemap (https://www.sitemaps.org/protocol.html).

    What does not fit into one file is spread over several, and the sitemap names those: articles from the oldest on, so
    that a new one changes the last file alone, and everything else apart from them by address.
    """
    known = tuple(lines)
    entries = sorted((line.entry for line in known), key=lambda entry: entry.url)
    whole = list(_cut(entries, site.base_url, limits))
    if len(whole) <= 1:
        yield _plan_map(SITEMAP, "sitemap.xml", site, SitemapView(entries=tuple(entries)))
        return
    articles = [(line.at, line.entry) for line in known if line.at]
    by_age = [entry for _, entry in sorted(articles, key=lambda pair: (pair[0], pair[1].url))]
    others = (line.entry for line in known if not line.at)
    rows = (("sitemap", by_age), ("sitemap-lists", sorted(others, key=lambda entry: entry.url)))
    parts: list[SitemapEntry] = []
    for name, row in rows:
        for number, part in enumerate(_cut(row, site.base_url, limits), 1):
            url = Url(f"/{name}-{number}.xml")
            parts.append(SitemapEntry(url=url, modified=_find_newest(part)))
            yield _plan_map(url, "sitemap.xml", site, SitemapView(entries=part))
    yield _plan_map(SITEMAP, "sitemap-index.xml", site, SitemapIndexView(sitemaps=tuple(parts)))


_INDEXED = PageView | HomeView | ListView | ArchiveView | YearView | MonthView | NamesView | CorrectionsView


def sitemap_entry(spec: PageSpec, base_url: str) -> SitemapEntry | None:
    """Return what the sitemap says of a page; None where search engines should not index it or are sent elsewhere."""
    view = spec.view
    if isinstance(view, PlannedArticle):
        return _article_entry(view, base_url)
    if not isinstance(view, _INDEXED) or "noindex" in view.head.robots:
        return None
    if view.head.canonical != absolute_url(view.url, base_url):
        return None
    return SitemapEntry(url=view.url, modified=view.updated if isinstance(view, PageView) else None)


def _article_entry(article: PlannedArticle, base_url: str) -> SitemapEntry | None:
    original = find_original(article.source, base_url)
    if robots_for(article.status, article.source) or (original and original != absolute_url(article.url, base_url)):
        return None
    return SitemapEntry(url=article.url, modified=article.updated or article.date)


def plan_news_sitemap(context: PlanContext) -> Iterator[PageSpec]:
    """Plan the news sitemap: the site's own articles of the last two days, which may be none.

    It is there even when it is empty, so that `robots.txt` and what search engines were told stay true.
    """
    site = context.sites[context.sources.config.language]
    yield _plan_map(NEWS_SITEMAP, "news-sitemap.xml", site, NewsSitemapView(entries=choose_news(context.news)))


def collect_news(
    documents: Iterable[Shown], urls: Mapping[ArticleId, Url], sites: Mapping[str, SiteView], clock: datetime
) -> tuple[NewsEntry, ...]:
    """Return what search engines are told of those among `documents` that are the site's own news at `clock`."""
    return tuple(
        NewsEntry(
            url=urls[shown.article.id],
            title=shown.article.metadata.title,
            date=date,
            publication=sites[shown.article.metadata.language].title,
            language=_name_language(shown.article.metadata.language),
        )
        for shown in documents
        if shown.article.kind == "article" and shown.status == "published" and is_own_news(shown.article.metadata)
        if (date := shown.article.metadata.date) and date.at + NEWS_WINDOW > clock
    )


def choose_news(entries: Iterable[NewsEntry]) -> tuple[NewsEntry, ...]:
    """Return the newest of `entries`, the newest first: as many as search engines read."""
    return tuple(sorted(entries, key=lambda entry: (entry.date.at, entry.url), reverse=True)[:NEWS_LIMIT])


def _name_language(tag: str) -> str:
    """Return the code of a language as news sitemaps want it: ISO 639 alone, but for Chinese."""
    parts = tag.lower().split("-")
    if parts[0] != "zh":
        return parts[0]
    return "zh-tw" if {"tw", "hk", "mo", "hant"} & set(parts) else "zh-cn"


def _plan_map(
    url: Url, template: str, site: SiteView, view: SitemapView | SitemapIndexView | NewsSitemapView
) -> PageSpec:
    return PageSpec(
        path=out_path(url), template=template, language=site.language, view=view, wave="sitemap", source="the sitemap"
    )


def _cut(entries: Sequence[SitemapEntry], base_url: str, limits: Limits) -> Iterator[tuple[SitemapEntry, ...]]:
    """Yield `entries` in parts that keep to `limits`, each as long as can be."""
    part: list[SitemapEntry] = []
    size = _FRAME
    for entry in entries:
        weight = _FRAME + len(base_url) + _WIDEST * len(entry.url.encode())
        if part and (len(part) == limits.addresses or size + weight > limits.size):
            yield tuple(part)
            part, size = [], _FRAME
        part.append(entry)
        size += weight
    if part:
        yield tuple(part)


_FRAME = 150
"""More bytes than stand around an address, or around all of them."""
_WIDEST = 5
"""To how many bytes one of an address can grow: `&` becomes `&amp;`, a byte of an `ä` becomes `%A4`."""


def _find_newest(entries: Iterable[SitemapEntry]) -> Moment | None:
    moments = [entry.modified for entry in entries if entry.modified]
    return max(moments, key=lambda moment: moment.at, default=None)
