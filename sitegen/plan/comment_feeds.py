"""Atom feeds of comments: one for each document that has some, and one for all documents of a language."""

from collections.abc import Iterator
from dataclasses import replace
from heapq import nlargest

from sitegen.model.card import Link
from sitegen.model.facts import MOST_RECENT, RecentComment
from sitegen.model.machine_views import AllCommentsView, CommentFeedView, FeedComment
from sitegen.model.moment import Moment
from sitegen.model.names import Digest, Url
from sitegen.model.page import PageSpec
from sitegen.plan.context import PlanContext
from sitegen.plan.documents import find_comment_feed
from sitegen.plan.urls import out_path


def plan_comment_feeds(context: PlanContext) -> Iterator[PageSpec]:
    """Plan a feed for every document with comments."""
    for shown in context.documents:
        snapshot, url = context.snapshot(shown), find_comment_feed(shown, context)
        if snapshot is None or url is None:
            continue
        link = context.cards[shown.article.id].link
        yield PageSpec(
            path=out_path(url),
            template="comments.xml",
            language=shown.article.metadata.language,
            view=CommentFeedView(
                url=url,
                article=link,
                updated=Moment(at=snapshot.updated) if snapshot.updated else link.date,
                thread=snapshot.thread,
            ),
            wave="list",
            source=f"comments on content/{shown.article.id}",
        )


def plan_all_comments(context: PlanContext) -> Iterator[PageSpec]:
    """Plan the feed of the newest comments on all articles and pages of each language that has some."""
    for language, site in context.sites.items():
        url = all_comments_url(context, language)
        if url is None:
            continue
        newest = _find_newest(context, language)
        yield PageSpec(
            path=out_path(url),
            template="all-comments.xml",
            language=language,
            view=AllCommentsView(
                url=url,
                title=site.title,
                home=site.home,
                updated=Moment(at=max(recent.updated for recent, _, _ in newest)),
                entries=tuple(
                    FeedComment(anchor=recent.anchor, article=link, thread=thread) for recent, link, thread in newest
                ),
            ),
            wave="list",
            source=f"the comments in {language}",
        )


def all_comments_url(context: PlanContext, language: str) -> Url | None:
    """Return the address of the feed of all comments in a language; None where there is none."""
    found = context.sources.config.feeds.comments and any(
        snapshot.recent
        for shown in context.documents
        if shown.article.metadata.language == language and (snapshot := context.snapshot(shown))
    )
    return Url(f"{context.sites[language].home}comments.xml") if found else None


def _find_newest(context: PlanContext, language: str) -> list[tuple[RecentComment, Link, Digest]]:
    found = (
        (recent, context.cards[shown.article.id].link, snapshot.thread)
        for shown in context.documents
        if shown.article.metadata.language == language and (snapshot := context.snapshot(shown))
        for recent in snapshot.recent
    )
    newest = nlargest(
        min(context.sources.config.feeds.size, MOST_RECENT),
        found,
        key=lambda item: (item[0].published, item[1].url or "", item[0].anchor),
    )
    return [(recent, replace(link, image=None), thread) for recent, link, thread in newest]
