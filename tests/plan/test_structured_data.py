"""JSON-LD of an article."""

import json

from sitegen.model.article import LeadImage, Rating, Source
from sitegen.model.names import ArticleId
from sitegen.plan.site import plan_site
from sitegen.plan.structured_data import embed_json
from tests.samples import article_view, moment, plain, snapshot, sources

HERE = "https://news.example/world/2026/10/a/"


def json_of(count: int = 0, **changes: object) -> dict[str, object]:
    """The JSON-LD object of the article `world/a.md`."""
    comments = {ArticleId("world/a.md"): snapshot(count)} if count else {}
    plan = plan_site(sources(plain("a", "2026-10-01", **changes), assets=("static/a.jpg",), snapshots=comments))
    data = json.loads(article_view(plan, "a").head.json_ld)
    assert isinstance(data, dict)
    return data


def test_what_a_plain_article_says_and_nothing_empty() -> None:
    assert json_of() == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "A",
        "url": HERE,
        "mainEntityOfPage": HERE,
        "datePublished": "2026-10-01T00:00:00+00:00",
        "description": "The first paragraph.",
        "inLanguage": "en",
        "articleSection": "World",
        "publisher": {"@type": "NewsMediaOrganization", "name": "News", "url": "https://news.example/"},
    }


def test_what_a_full_one_adds() -> None:
    data = json_of(
        3,
        updated=moment("2026-10-04"),
        tags=("NATO", "Japan"),
        authors=("Ann Reed",),
        image=LeadImage(src="/a.jpg"),
        source=Source(text="RT.com", url="https://original.example/x"),
        rating=Rating(value=4, votes=2),
    )
    assert {name: value for name, value in data.items() if name not in json_of()} == {
        "dateModified": "2026-10-04T00:00:00+00:00",
        "keywords": "NATO, Japan",
        "author": [{"@type": "Person", "name": "Ann Reed", "url": "https://news.example/authors/ann-reed/"}],
        "commentCount": 3,
        "image": ["https://news.example/a.jpg"],
        "isBasedOn": "https://original.example/x",
    }


def test_no_article_is_disguised_as_a_product_and_no_rating_is_claimed() -> None:
    text = json.dumps(json_of(rating=Rating(value=4, votes=2)))
    assert not [word for word in ("Product", "Review", "aggregateRating", "ratingValue") if word in text]


def test_no_string_can_close_the_script_element() -> None:
    hostile = '</script><script>alert(1)</script><!-- \u2028\u2029 & \\ "'
    written = embed_json({"headline": hostile})
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == {"headline": hostile}
    assert json_of(title=hostile)["headline"] == hostile
