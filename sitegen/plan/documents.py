"""Pages of articles, and pages proper."""

import difflib
from collections.abc import Iterator

from sitegen.errors import error, warning
from sitegen.model.article import Article, Rating
from sitegen.model.facts import SnapshotFacts
from sitegen.model.names import Url
from sitegen.model.page import PageSpec
from sitegen.model.views import ArticleView, Head, PageView, SiteView
from sitegen.plan.context import PlanContext
from sitegen.plan.head import announce_feeds, build_head, iso, robots_for
from sitegen.plan.neighbours import resolve_neighbours
from sitegen.plan.schedule import Shown
from sitegen.plan.series import show_series
from sitegen.plan.structured_data import describe_article, describe_page
from sitegen.plan.texts import estimate_reading
from sitegen.plan.urls import absolute_url, folder_of, out_path


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
            label=card.label,
            image=card.link.image,
            source=metadata.source,
            rating=card.rating,
            corrections=metadata.corrections,
            live=article.live,
            previous=previous,
            next=following,
            series=series.get(article.id),
            related=tuple(context.index.links[other] for other in context.index.related.get(article.id, ())),
            reading_minutes=estimate_reading(article.words),
            has_comments=snapshot is not None,
            comments_closed=snapshot is not None or metadata.comments == "closed",
            comment_feed=find_comment_feed(shown, context),
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
                robots=_robots(shown),
                canonical=_original(shown, site),
                feeds=announce_feeds(site),
                alternates=context.alternates(shown),
                picture=picture,
                things=describe_page(card, site) if snapshot else (),
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
            comment_feed=find_comment_feed(shown, context),
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


def find_comment_feed(shown: Shown, context: PlanContext) -> Url | None:
    """Return the address of the feed of the comments on a document; None where it has none."""
    snapshot = context.snapshot(shown)
    if snapshot is None or not snapshot.count or not context.sources.config.feeds.comments:
        return None
    return comment_feed_url(context.urls[shown.article.id])


def comment_feed_url(url: Url) -> Url:
    """Return the address of the comment feed of the document at `url`."""
    return Url(f"{folder_of(url)}comments.xml")


def _head_of_article(shown: Shown, context: PlanContext, url: Url) -> Head:
    article = shown.article
    metadata = article.metadata
    card = context.cards[article.id]
    site = context.sites[metadata.language]
    section = card.section
    config = context.sources.config
    return build_head(
        site,
        url,
        metadata.title,
        card.description,
        kind="article",
        robots=_robots(shown),
        canonical=_original(shown, site),
        feeds=announce_feeds(site, section.title if section else None, section.url if section else None),
        alternates=context.alternates(shown),
        picture=card.link.image,
        properties=(
            ("article:published_time", iso(metadata.date)),
            ("article:modified_time", iso(metadata.updated)),
            ("article:section", section.title if section else ""),
            *(("article:author", absolute_url(author.url, site.base_url)) for author in card.authors),
            *(("article:tag", tag.title) for tag in card.tags),
        ),
        authors=tuple(author.title for author in card.authors),
        things=describe_article(article, card, site, card.rating if config.rating.structured_data else None),
    )


def _robots(shown: Shown) -> str:
    source = shown.article.metadata.source
    return "noindex" if source and source.policy == "noindex" else robots_for(shown.status)


def canonical_address(shown: Shown, site: SiteView, url: Url) -> str:
    """Return where search engines find a document at `url`: there, or where it was taken from."""
    return _original(shown, site) or absolute_url(url, site.base_url)


def _original(shown: Shown, site: SiteView) -> str:
    """Return the address of the original where search engines are to be sent there; else nothing."""
    source = shown.article.metadata.source
    return absolute_url(source.url, site.base_url) if source and source.url and source.policy == "canonical" else ""
