"""What a JSON Feed says."""

import json
from collections.abc import Mapping

from sitegen.model.article import Body, LeadImage
from sitegen.model.config import Config, FeedsConfig
from sitegen.model.names import Html
from sitegen.plan.site import plan_site
from sitegen.render.environment import build_environment
from sitegen.render.page import render_page
from tests.render.rendering import Shelf, layer, theme
from tests.samples import moment, plain, sources

HERE = "https://news.example/world/2026/10/a/"


def feed_of(content: str = "full", body: str = "<p>Text.</p>", **changes: object) -> Mapping[str, object]:
    """The feed of a site whose only article is `world/a.md`."""
    config = Config(title="The Gazette", base_url="https://news.example/", feeds=FeedsConfig(content=content))  # type: ignore[arg-type]
    plan = plan_site(sources(plain("a", "2026-10-01", **changes), config=config, assets=("static/a b.jpg",)))
    used = theme(layer({"feed.json": "{{ document }}\n"}))
    spec = next(spec for spec in plan.specs if spec.path == "feed.json")
    shelf = Shelf(bodies={"body of world/a.md": Body(parts=(Html(body),), slots=())})
    text = render_page(spec, build_environment(used, plan.sites), used, plan.sites, shelf).data.decode()
    data = json.loads(text)
    assert isinstance(data, dict)
    return data


def item_of(content: str = "full", body: str = "<p>Text.</p>", **changes: object) -> Mapping[str, object]:
    items = feed_of(content, body, **changes)["items"]
    assert isinstance(items, list)
    (item,) = items
    assert isinstance(item, dict)
    return item


def test_the_whole_feed_of_a_plain_article() -> None:
    assert feed_of() == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Gazette",
        "home_page_url": "https://news.example/",
        "feed_url": "https://news.example/feed.json",
        "description": "The Gazette",
        "language": "en",
        "authors": [{"name": "The Gazette", "url": "https://news.example/"}],
        "items": [
            {
                "id": HERE,
                "url": HERE,
                "title": "A",
                "content_html": "<p>Text.</p>",
                "summary": "The first paragraph.",
                "date_published": "2026-10-01T00:00:00+00:00",
                "tags": ["World"],
                "language": "en",
            }
        ],
    }


def test_what_a_full_article_adds() -> None:
    item = item_of(updated=moment("2026-10-04"), tags=("NATO",), authors=("Ann Reed",), image=LeadImage(src="/a b.jpg"))
    assert {name: value for name, value in item.items() if item_of().get(name) != value} == {
        "date_modified": "2026-10-04T00:00:00+00:00",
        "tags": ["World", "NATO"],
        "authors": [{"name": "Ann Reed", "url": "https://news.example/authors/ann-reed/"}],
        "image": "https://news.example/a%20b.jpg",
    }


def test_a_summary_is_plain_text() -> None:
    item = item_of("summary", description="In short & <plain>")
    assert (item["content_text"], item["summary"]) == ("In short & <plain>", "In short & <plain>")
    assert "content_html" not in item


def test_an_item_has_a_text_whatever_the_article_lacks() -> None:
    assert item_of(body="")["content_text"] == "The first paragraph."
