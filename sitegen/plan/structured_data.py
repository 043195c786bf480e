"""What pages are to machines that read them (https://schema.org): values that become JSON-LD when they are rendered."""

from sitegen.model.article import LiveStory, Rating
from sitegen.model.json_value import JsonObject, JsonValue, drop_empty
from sitegen.model.page import AnyView
from sitegen.model.views import HomeView, PageView, PlannedArticle, SiteView
from sitegen.plan.head import iso
from sitegen.plan.urls import absolute_url


def describe_page(view: AnyView, site: SiteView) -> tuple[JsonObject, ...]:
    """Return what a page is, the page itself first; nothing where that would say no more than its head.

    It follows from what is planned and from the site, so that no plan carries it.
    """
    if isinstance(view, PlannedArticle):
        return _describe_article(view, site)
    if isinstance(view, PageView):
        return _describe_discussed(view, site) if view.has_comments else ()
    return _describe_site(site) if isinstance(view, HomeView) else ()


def _describe_article(article: PlannedArticle, site: SiteView) -> tuple[JsonObject, ...]:
    """Return an article as NewsArticle, and the way to it as BreadcrumbList.

    Comments are added to the first of them where the page is rendered. Its rating is claimed only where the site wants
    it, as one of its readers and never as a product's.
    """
    address = absolute_url(article.url, site.base_url)
    data: dict[str, JsonValue] = {
        "@context": _CONTEXT,
        "@type": "NewsArticle",
        "headline": article.title,
        "url": address,
        "mainEntityOfPage": address,
        "datePublished": iso(article.date),
        "dateModified": iso(article.updated),
        "description": article.summary,
        "inLanguage": site.language,
        "articleSection": article.section.title if article.section else "",
        "keywords": ", ".join(tag.title for tag in article.tags),
        "author": [
            {"@type": "Person", "name": author.title, "url": absolute_url(author.url, site.base_url)}
            for author in article.authors
        ],
        "publisher": _describe_publisher(site),
        "image": [absolute_url(article.image.src, site.base_url)] if article.image else None,
        "correction": [
            {"@type": "CorrectionComment", "text": correction.text, "datePublished": iso(correction.date)}
            for correction in article.corrections
        ],
        "aggregateRating": _describe_rating(article.rating) if article.rating and site.claims_ratings else None,
    }
    if article.live and article.live.updates:
        data |= _describe_live(article.live, address)
    if article.source:
        data["isBasedOn" if article.source.url else "citation"] = article.source.url or article.source.text
    return drop_empty(data), _describe_way(article, site)


def _describe_discussed(page: PageView, site: SiteView) -> tuple[JsonObject, ...]:
    """Return a page that readers comment on as WebPage; comments are added as they are to an article."""
    address = absolute_url(page.url, site.base_url)
    data: JsonObject = {
        "@context": _CONTEXT,
        "@type": "WebPage",
        "name": page.title,
        "url": address,
        "dateModified": iso(page.updated),
        "description": page.head.description,
        "inLanguage": site.language,
        "publisher": _describe_publisher(site),
    }
    return (drop_empty(data),)


def _describe_site(site: SiteView) -> tuple[JsonObject, ...]:
    """Return the front page as WebSite, and who publishes it as NewsMediaOrganization."""
    address = absolute_url(site.home, site.base_url)
    data: JsonObject = {
        "@context": _CONTEXT,
        "@type": "WebSite",
        "name": site.title,
        "url": address,
        "description": site.description,
        "inLanguage": site.language,
        "publisher": {"@id": _publisher_id(site)},
    }
    return drop_empty(data), {"@context": _CONTEXT, **_describe_publisher(site)}


def _describe_publisher(site: SiteView) -> JsonObject:
    return {
        "@type": "NewsMediaOrganization",
        "@id": _publisher_id(site),
        "name": site.title,
        "url": site.base_url,
    }


def _publisher_id(site: SiteView) -> str:
    return f"{site.base_url}#publisher"


def _describe_way(article: PlannedArticle, site: SiteView) -> JsonObject:
    """Return how an article is found from the front page: https://schema.org/BreadcrumbList."""
    steps = [(site.title, site.home), (article.title, article.url)]
    if article.section:
        steps.insert(1, (article.section.title, article.section.url))
    return {
        "@context": _CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": absolute_url(url, site.base_url)}
            for place, (name, url) in enumerate(steps, 1)
        ],
    }


def _describe_rating(rating: Rating) -> JsonObject | None:
    """Return the readers' votes; None where nobody is known to have voted, which no machine would take for a rating."""
    if not rating.votes:
        return None
    return {
        "@type": "AggregateRating",
        "ratingValue": rating.value,
        "ratingCount": rating.votes,
        "bestRating": rating.best,
        "worstRating": rating.worst,
    }


def _describe_live(live: LiveStory, address: str) -> dict[str, JsonValue]:
    """Return what makes an article a LiveBlogPosting (https://schema.org/LiveBlogPosting)."""
    newest, oldest = live.updates[0], live.updates[-1]
    updates: list[JsonValue] = [
        {
            "@type": "BlogPosting",
            "headline": update.title or update.text[:_HEADLINE],
            "datePublished": iso(update.at),
            "articleBody": update.text,
            "url": f"{address}#{update.id}",
        }
        for update in live.updates
    ]
    data: dict[str, JsonValue] = {
        "@type": "LiveBlogPosting",
        "coverageStartTime": iso(oldest.at),
        "liveBlogUpdate": updates,
    }
    return data if live.is_open else data | {"coverageEndTime": iso(newest.at)}


_CONTEXT = "https://schema.org"
_HEADLINE = 110
"""The longest headline that search engines take."""
