"""Pages of articles, and pages proper."""

from collections.abc import Iterator

from sitegen.model.names import Url
from sitegen.model.page import PageSpec
from sitegen.model.views import ArticleView, Head, PageView
from sitegen.plan.context import PlanContext
from sitegen.plan.head import absolute_url, announce_feeds, build_head, iso, robots_for
from sitegen.plan.neighbours import resolve_neighbours
from sitegen.plan.schedule import Shown
from sitegen.plan.structured_data import describe_article
from sitegen.plan.urls import folder_of, out_path

_WORDS_PER_MINUTE = 220


def plan_articles(context: PlanContext) -> Iterator[PageSpec]:
    """Plan the page of every article."""
    for shown in context.articles():
        article = shown.article
        metadata = article.metadata
        card = context.cards[article.id]
        url = context.urls[article.id]
        previous, following = resolve_neighbours(article, context.index, context.directory, context.findings)
        snapshot = context.snapshot(shown)
        date = metadata.date
        if date is None:  # articles without a date never get this far: parsing refuses them
            continue
        view = ArticleView(
            head=_head_of_article(shown, context, url),
            id=article.id,
            url=url,
            status=shown.status,
            title=metadata.title,
            description=metadata.description,
            date=date,
            updated=metadata.updated,
            section=card.section,
            tags=card.tags,
            authors=card.authors,
            label=metadata.label,
            image=card.link.image,
            source=metadata.source,
            rating=card.rating,
            corrections=metadata.corrections,
            previous=previous,
            next=following,
            reading_minutes=max(1, round(article.words / _WORDS_PER_MINUTE)),
            has_comments=snapshot is not None,
            comments_closed=snapshot is not None or metadata.comments == "closed",
            comment_feed=comment_feed_url(url) if snapshot and snapshot.count else None,
            extra=metadata.extra,
            body=context.bodies[article.id],
            thread=snapshot.thread if snapshot else None,
        )
        yield PageSpec(
            path=out_path(url),
            template=metadata.template or "article.html",
            language=metadata.language,
            view=view,
            wave="page",
            source=f"content/{article.id}",
        )


def plan_pages(context: PlanContext) -> Iterator[PageSpec]:
    """Plan every page that is no article."""
    for shown in context.pages():
        article = shown.article
        metadata = article.metadata
        url = context.urls[article.id]
        site = context.sites[metadata.language]
        picture = context.cards[article.id].link.image
        description = metadata.description or article.excerpt
        view = PageView(
            head=build_head(
                site,
                url,
                metadata.title,
                description,
                robots=robots_for(shown.status),
                feeds=announce_feeds(site),
                alternates=context.alternates(shown),
                picture=picture,
            ),
            id=article.id,
            url=url,
            status=shown.status,
            title=metadata.title,
            description=metadata.description,
            updated=metadata.updated,
            image=picture,
            extra=metadata.extra,
            body=context.bodies[article.id],
        )
        yield PageSpec(
            path=out_path(url),
            template=metadata.template or "page.html",
            language=metadata.language,
            view=view,
            wave="page",
            source=f"content/{article.id}",
        )


def comment_feed_url(url: Url) -> Url:
    """Return the address of the comment feed of the article at `url`."""
    return Url(f"{folder_of(url)}comments.xml")


def _head_of_article(shown: Shown, context: PlanContext, url: Url) -> Head:
    article = shown.article
    metadata = article.metadata
    card = context.cards[article.id]
    site = context.sites[metadata.language]
    policy = metadata.source.policy if metadata.source else "credit"
    original = metadata.source.url if metadata.source and policy == "canonical" else None
    section = card.section
    return build_head(
        site,
        url,
        metadata.title,
        card.description,
        kind="article",
        robots="noindex" if policy == "noindex" else robots_for(shown.status),
        canonical=absolute_url(original, site.base_url) if original else "",
        feeds=announce_feeds(site, section.title if section else None, section.url if section else None),
        alternates=context.alternates(shown),
        picture=card.link.image,
        properties=(
            ("article:published_time", iso(metadata.date)),
            ("article:modified_time", iso(metadata.updated)),
            ("article:section", section.title if section else ""),
            *(("article:tag", tag.title) for tag in card.tags),
        ),
        json_ld=describe_article(article, card, site),
    )
