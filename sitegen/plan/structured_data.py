"""JSON-LD for machines that read pages (https://schema.org/NewsArticle)."""

import json
from collections.abc import Mapping

from sitegen.model.article import Article, LiveStory
from sitegen.model.card import Card
from sitegen.model.names import Html
from sitegen.model.views import SiteView
from sitegen.plan.head import iso
from sitegen.plan.urls import absolute_url

JsonValue = str | int | float | None | list["JsonValue"] | dict[str, "JsonValue"]

_UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def describe_article(article: Article, card: Card, site: SiteView) -> Html:
    """Return the NewsArticle object of an article, safe inside a script element.

    The comment count is the number that the page shows. A rating is never claimed here: review stars on a news article
    break the rules of search engines.
    """
    metadata = article.metadata
    address = absolute_url(card.link.url or "/", site.base_url)
    data: dict[str, JsonValue] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": metadata.title,
        "url": address,
        "mainEntityOfPage": address,
        "datePublished": iso(metadata.date),
        "dateModified": iso(metadata.updated),
        "description": card.description,
        "inLanguage": metadata.language,
        "articleSection": card.section.title if card.section else "",
        "keywords": ", ".join(tag.title for tag in card.tags),
        "author": [
            {"@type": "Person", "name": author.title, "url": absolute_url(author.url, site.base_url)}
            for author in card.authors
        ],
        "publisher": {"@type": "NewsMediaOrganization", "name": site.title, "url": site.base_url},
        "commentCount": card.comment_count or None,
    }
    if article.live and article.live.updates:
        data |= _describe_live(article.live, address)
    if card.link.image:
        data["image"] = [absolute_url(card.link.image.src, site.base_url)]
    if metadata.source and metadata.source.url:
        data["isBasedOn"] = metadata.source.url
    return embed_json({name: value for name, value in data.items() if value not in ("", None, [])})


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


_HEADLINE = 110
"""The longest headline that search engines take."""


def embed_json(data: Mapping[str, JsonValue]) -> Html:
    """Return `data` as JSON that cannot close the script element around it."""
    return Html(json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE))
