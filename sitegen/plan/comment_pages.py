"""Further pages of long threads: behind the document, for nobody to find but from there."""

from collections.abc import Iterator

from sitegen.model.card import Link
from sitegen.model.comment_views import CommentPageView
from sitegen.model.facts import SnapshotFacts
from sitegen.model.page import PageSpec
from sitegen.plan.context import PlanContext
from sitegen.plan.head import announce_feeds, build_head, find_original
from sitegen.plan.schedule import Shown
from sitegen.plan.thread_parts import order_pages
from sitegen.plan.urls import absolute_url, comment_page_url, out_path


def plan_comment_pages(context: PlanContext) -> Iterator[PageSpec]:
    """Plan what does not fit on the pages of documents; search engines are sent to the document."""
    for shown in context.documents:
        snapshot = context.snapshot(shown)
        if snapshot and len(snapshot.pages) > 1:
            yield from (_plan_page(shown, snapshot, number, context) for number in range(2, len(snapshot.pages) + 1))


def _plan_page(shown: Shown, snapshot: SnapshotFacts, number: int, context: PlanContext) -> PageSpec:
    article = shown.article
    site = context.sites[article.metadata.language]
    own = context.urls[article.id]
    url = comment_page_url(own, number)
    part = snapshot.pages[number - 1]
    reading = order_pages(len(snapshot.pages), context.sources.config.comments.order)
    place = reading.index(number)
    following = reading[place + 1 : place + 2]
    return PageSpec(
        path=out_path(url),
        template="comments.html",
        language=site.language,
        view=CommentPageView(
            head=build_head(
                site,
                url,
                article.metadata.title,
                robots="noindex",
                canonical=find_original(article.metadata.source, site.base_url) or absolute_url(own, site.base_url),
                feeds=announce_feeds(site),
            ),
            url=url,
            article=Link(url=own, title=article.metadata.title),
            number=number,
            previous=comment_page_url(own, reading[place - 1]),
            next=comment_page_url(own, following[0]) if following else None,
            body=context.bodies[article.id] if part.quotes else None,
            thread=part.thread,
        ),
        wave="page",
        source=f"comments on content/{article.id}",
    )
