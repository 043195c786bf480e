"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from collections.abc import Mapping

from sitegen.model.card import Named
from sitegen.model.json_value import JsonObject, drop_empty
from sitegen.model.machine_views import FeedEntry, FeedView
from sitegen.model.names import ArticleId, Html
from sitegen.model.views import SiteView
from sitegen.plan.head import iso
from sitegen.plan.urls import absolute_url

VERSION = "https://jsonfeed.org/version/1.1"


def describe_feed(view: FeedView, site: SiteView, texts: Mapping[ArticleId, Html]) -> JsonObject:
    """Return the feed; `texts` are the bodies of those entries that carry one."""
    return {
        "version": VERSION,
        "title": view.title,
        "home_page_url": absolute_url(view.home, site.base_url),
        "feed_url": absolute_url(view.url, site.base_url),
        "description": view.description,
        "language": site.language,
        "authors": [{"name": site.title, "url": absolute_url(site.home, site.base_url)}],
        "items": [_describe_entry(entry, site, texts.get(entry.card.id)) for entry in view.entries],
    }


def _describe_entry(entry: FeedEntry, site: SiteView, text: Html | None) -> JsonObject:
    """Return an item. The format wants a text: without the body it is the description, else the title again."""
    card = entry.card
    address = absolute_url(card.link.url or site.home, site.base_url)
    content: JsonObject = {"content_html": text} if text else {"content_text": card.description or card.link.title}
    item: JsonObject = {
        "id": address,
        "url": address,
        "title": card.link.title,
        **content,
        "summary": card.description,
        "image": absolute_url(card.link.image.src, site.base_url) if card.link.image else None,
        "date_published": iso(card.link.date),
        "date_modified": iso(card.updated),
        "authors": [_describe_author(author, site) for author in card.authors],
        "tags": [named.title for named in ((card.section,) if card.section else ()) + card.tags],
        "language": card.language,
    }
    return drop_empty(item)


def _describe_author(author: Named, site: SiteView) -> JsonObject:
    return {"name": author.title, "url": absolute_url(author.url, site.base_url)}
