"""Pages of articles, and pages proper."""

import difflib
from collections.abc import Iterator

from sitegen.errors import error, warning
from sitegen.model.article import Article, Rating
from sitegen.model.facts import SnapshotFacts
from sitegen.model.names import Url
from sitegen.model.page import PageSpec
from sitegen.model.views import PageView, PlannedArticle
from sitegen.plan.context import PlanContext
from sitegen.plan.head import announce_feeds, build_head, find_original, robots_for
from sitegen.plan.neighbours import resolve_neighbours
from sitegen.plan.series import show_series
from sitegen.plan.texts import estimate_reading
from sitegen.plan.urls import folder_of, out_path


def plan_articles(context: PlanContext) -> Iterator[PageSpec]:
    """Plan the page of every article."""
    series = show_series(context.series, context)
    for shown in context.articles():
        article = shown.article
        metadata = article.metadata
        card = context.cards[article.id]
        url = context.urls[article.id]
        check_template(article, context)
        previous, following = resolve_neighbours(article, context)
        snapshot = context.snapshot(shown)
        check_rating(article, snapshot, context)
        date = metadata.date
        if date is None:  # articles without a date never get this far: parsing refuses them
            continue
        view = PlannedArticle(
            id=article.id,
            url=url,
            status=shown.status,
            title=metadata.title,
            description=metadata.description,
            summary=card.description,
            alternates=context.alternates(shown),
            date=date,
            updated=metadata.updated,
            section=card.section,
            tags=card.tags,
            authors=card.authors,
            label=card.label,
            image=card.link.image,
            source=metadata.source,
            rating=card.rating,
            corrections=metadata.corrections,
            live=article.live,
            previous=previous,
            next=following,
            series=series.get(article.id),
            related=tuple([context.index.links[other] for other in context.index.related.get(article.id, ())]),
            reading_minutes=estimate_reading(article.words),
            has_comments=snapshot is not None,
            comments_closed=snapshot is not None or metadata.comments == "closed",
            comment_feed=find_comment_feed(url, snapshot, context),
            extra=metadata.extra,
            body=context.bodies[article.id],
            thread=snapshot.pages[0].thread if snapshot else None,
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
        check_template(article, context)
        snapshot = context.snapshot(shown)
        site = context.sites[metadata.language]
        card = context.cards[article.id]
        picture = card.link.image
        description = metadata.description or article.excerpt
        view = PageView(
            head=build_head(
                site,
                url,
                metadata.title,
                description,
                robots=robots_for(shown.status, metadata.source),
                canonical=find_original(metadata.source, site.base_url),
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
            has_comments=snapshot is not None,
            comments_closed=snapshot is not None or metadata.comments == "closed",
            comment_feed=find_comment_feed(url, snapshot, context),
            extra=metadata.extra,
            body=context.bodies[article.id],
            thread=snapshot.pages[0].thread if snapshot else None,
        )
        yield PageSpec(
            path=out_path(url),
            template=metadata.template or "page.html",
            language=metadata.language,
            view=view,
            wave="page",
            source=f"content/{article.id}",
        )


def check_template(article: Article, context: PlanContext) -> None:
    """Report a template that the front matter of `article` names and the theme does not have."""
    name, known = article.metadata.template, context.sources.templates
    if name and name not in known:
        near = difflib.get_close_matches(name, sorted(known), n=1)
        hint = f"did you mean `{near[0]}`?" if near else "put it into the `templates/` of your theme"
        place = article.spans.get("template")
        context.findings.add(
            error("template", f"the theme has no template `{name}`", f"content/{article.id}", place, hint)
        )


def check_rating(article: Article, snapshot: SnapshotFacts | None, context: PlanContext) -> None:
    """Report a rating in front matter that is another than the snapshot's; readers see that of front matter."""
    own, taken = article.metadata.rating, snapshot.rating if snapshot else None
    if own is None or taken is None:
        return
    if (own.value, own.best) == (taken.value, taken.best) and own.votes in {None, taken.votes}:
        return
    message = f"is {_write_rating(own)}, but its comment snapshot has {_write_rating(taken)}"
    hint = "what stands here is shown; without it the snapshot's would be"
    place = article.spans.get("rating")
    context.findings.add(warning("rating", message, f"content/{article.id}", place, hint))


def _write_rating(rating: Rating) -> str:
    votes = "" if rating.votes is None else f" ({rating.votes} vote{'' if rating.votes == 1 else 's'})"
    return f"{rating.value:g}/{rating.best:g}{votes}"


def find_comment_feed(url: Url, snapshot: SnapshotFacts | None, context: PlanContext) -> Url | None:
    """Return the address of the feed of the comments on the document at `url`; None where it has none."""
    has_feed = snapshot and snapshot.count and context.sources.config.feeds.comments
    return comment_feed_url(url) if has_feed else None


def comment_feed_url(url: Url) -> Url:
    """Return the address of the comment feed of the document at `url`."""
    return Url(f"{folder_of(url)}comments.xml")
