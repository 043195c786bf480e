"""The head of an article: nothing but what follows from the rest of its page and from the site.

It is made where the page is rendered, so that no plan, key or message carries it.
"""

from msgspec import structs

from sitegen.model.views import ArticleView, Head, PlannedArticle, SiteView
from sitegen.plan.head import announce_feeds, build_head, find_original, iso, robots_for
from sitegen.plan.urls import absolute_url


def show_article(article: PlannedArticle, site: SiteView) -> ArticleView:
    """Return what the template of an article sees as `page`."""
    return ArticleView(head=_build_head(article, site), **structs.asdict(article))


def _build_head(article: PlannedArticle, site: SiteView) -> Head:
    section = article.section
    return build_head(
        site,
        article.url,
        article.title,
        article.summary,
        kind="article",
        robots=robots_for(article.status, article.source),
        canonical=find_original(article.source, site.base_url),
        feeds=announce_feeds(site, section.title if section else None, section.url if section else None),
        alternates=article.alternates,
        picture=article.image,
        properties=(
            ("article:published_time", iso(article.date)),
            ("article:modified_time", iso(article.updated)),
            ("article:section", section.title if section else ""),
            *(("article:author", absolute_url(author.url, site.base_url)) for author in article.authors),
            *(("article:tag", tag.title) for tag in article.tags),
        ),
        authors=tuple(author.title for author in article.authors),
    )
