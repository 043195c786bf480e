"""Atom feeds of comments: one for each document that has some, and one for all documents of a language."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from heapq import nlargest

from sitegen.model.config import Config
from sitegen.model.facts import MOST_RECENT, RecentEntry, SnapshotFacts
from sitegen.model.machine_views import AllCommentsView, CommentFeedView, FeedComment
from sitegen.model.moment import Moment
from sitegen.model.names import ArticleId, Url
from sitegen.model.page import PageSpec
from sitegen.model.values import replace
from sitegen.plan.context import PlanContext
from sitegen.plan.documents import find_comment_feed
from sitegen.plan.schedule import Shown
from sitegen.plan.urls import out_path


def plan_comment_feeds(context: PlanContext) -> Iterator[PageSpec]:
    """Plan a feed for every document with comments."""
    for shown in context.documents if context.sources.config.feeds.comments else ():
        snapshot = context.snapshot(shown)
        url = find_comment_feed(context.urls[shown.article.id], snapshot, context)
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
        newest = context.recent[language]
        yield PageSpec(
            path=out_path(url),
            template="all-comments.xml",
            language=language,
            view=AllCommentsView(
                url=url,
                title=site.title,
                home=site.home,
                updated=Moment(at=max(recent.comment.updated for recent in newest)),
                entries=tuple(
                    FeedComment(
                        anchor=recent.comment.anchor,
                        article=replace(context.cards[recent.document].link, image=None),
                        thread=recent.thread,
                    )
                    for recent in newest
                ),
            ),
            wave="list",
            source=f"the comments in {language}",
        )


def all_comments_url(context: PlanContext, language: str) -> Url | None:
    """Return the address of the feed of all comments in a language; None where there is none."""
    return Url(f"{context.sites[language].home}comments.xml") if context.recent.get(language) else None


def collect_recent(
    documents: Iterable[Shown],
    snapshots: Mapping[ArticleId, SnapshotFacts],
    urls: Mapping[ArticleId, Url],
    config: Config,
) -> dict[str, tuple[RecentEntry, ...]]:
    """Return the newest comments on `documents` by language, as `choose_recent` does."""
    found: dict[str, list[RecentEntry]] = {}
    for shown in documents if config.feeds.comments else ():
        article = shown.article
        snapshot = snapshots.get(article.id) if article.metadata.comments != "off" else None
        if snapshot and snapshot.recent:
            url, thread = urls[article.id], snapshot.thread
            entries = (RecentEntry(comment, article.id, url, thread) for comment in snapshot.recent)
            found.setdefault(article.metadata.language, []).extend(entries)
    return {language: choose_recent(entries, config) for language, entries in found.items()}


def renew_recent(
    before: Mapping[str, tuple[RecentEntry, ...]],
    fresh: Mapping[str, tuple[RecentEntry, ...]],
    documents: Collection[ArticleId],
    config: Config,
) -> Mapping[str, tuple[RecentEntry, ...]] | None:
    """Return what `collect_recent` finds once the comments on `documents` are `fresh`, where it found `before`.

    None where comments move up that were not among `before`, or where a language gets its first comment or loses its
    last: then there is a feed more or less.
    """
    renewed: dict[str, tuple[RecentEntry, ...]] = {}
    for language in dict.fromkeys((*before, *fresh)):
        known = before.get(language, ())
        entries = [entry for entry in known if entry.document not in documents]
        entries += fresh.get(language, ())
        oldest = rank_recent(known[-1]) if len(known) == _room(config) else None
        if oldest and sum(rank_recent(entry) >= oldest for entry in entries) < len(known):
            return None
        if bool(known) != bool(entries):
            return None
        renewed[language] = choose_recent(entries, config)
    return renewed


def choose_recent(entries: Iterable[RecentEntry], config: Config) -> tuple[RecentEntry, ...]:
    """Return the newest of `entries`, the newest first: as many as the feed of all comments has room for."""
    return tuple(nlargest(_room(config), entries, key=rank_recent))


def _room(config: Config) -> int:
    return min(config.feeds.size, MOST_RECENT)


def rank_recent(entry: RecentEntry) -> tuple[datetime, Url, str]:
    """Return what is greater the newer a comment is."""
    return entry.comment.published, entry.url, entry.comment.anchor
