"""What pages are to machines."""

import json
from collections.abc import Mapping

from sitegen.model.article import Correction, LeadImage, Rating, Source
from sitegen.model.config import Config, RatingConfig
from sitegen.model.message_views import MessageView
from sitegen.model.page import encode_spec
from sitegen.model.views import HomeView, PageView
from sitegen.plan.site import plan_site
from sitegen.plan.structured_data import describe_page
from tests.samples import article, article_view, metadata, moment, plain, snapshot, sources, view_at

HERE = "https://news.example/world/2026/10/a/"
PUBLISHER = {
    "@type": "NewsMediaOrganization",
    "@id": "https://news.example/#publisher",
    "name": "News",
    "url": "https://news.example/",
}


def things_of(config: Config | None = None, **changes: object) -> tuple[Mapping[str, object], ...]:
    """What the page of the article `world/a.md` is."""
    plan = plan_site(sources(plain("a", "2026-10-01", **changes), config=config, assets=("static/a.jpg",)))
    return describe_page(article_view(plan, "a"), plan.sites["en"])


def json_of(**changes: object) -> Mapping[str, object]:
    """The article among them."""
    return things_of(**changes)[0]  # type: ignore[arg-type]


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
        "publisher": PUBLISHER,
    }


def test_what_a_full_one_adds() -> None:
    data = json_of(
        updated=moment("2026-10-04"),
        tags=("NATO", "Japan"),
        authors=("Ann Reed",),
        image=LeadImage(src="/a.jpg"),
        source=Source(text="RT.com", url="https://original.example/x"),
        corrections=(Correction(date=moment("2026-10-03"), text="It was 2."),),
        rating=Rating(value=4, votes=2),
    )
    assert {name: value for name, value in data.items() if name not in json_of()} == {
        "dateModified": "2026-10-04T00:00:00+00:00",
        "keywords": "NATO, Japan",
        "author": [{"@type": "Person", "name": "Ann Reed", "url": "https://news.example/authors/ann-reed/"}],
        "image": ["https://news.example/a.jpg"],
        "isBasedOn": "https://original.example/x",
        "correction": [
            {"@type": "CorrectionComment", "text": "It was 2.", "datePublished": "2026-10-03T00:00:00+00:00"}
        ],
    }


def test_no_article_is_disguised_as_a_product_and_no_rating_is_claimed() -> None:
    text = json.dumps(json_of(rating=Rating(value=4, votes=2)))
    assert not [word for word in ("Product", "Review", "aggregateRating", "ratingValue") if word in text]


def test_a_rating_is_claimed_where_the_site_wants_it_and_somebody_voted() -> None:
    config = Config(base_url="https://news.example/", rating=RatingConfig(structured_data=True))
    assert things_of(config, rating=Rating(value=4, votes=2))[0]["aggregateRating"] == {
        "@type": "AggregateRating",
        "ratingValue": 4,
        "ratingCount": 2,
        "bestRating": 5,
        "worstRating": 1,
    }
    for rating in (None, Rating(value=4), Rating(value=0, votes=0)):
        assert "aggregateRating" not in things_of(config, rating=rating)[0]


def test_a_source_without_an_address_is_cited() -> None:
    data = json_of(source=Source(text="RT.com / ABC Flash Point News 2023."))
    assert (data["citation"], "isBasedOn" in data) == ("RT.com / ABC Flash Point News 2023.", False)


def test_the_way_to_an_article() -> None:
    steps = [("News", "https://news.example/"), ("World", "https://news.example/world/"), ("A", HERE)]
    assert things_of()[1] == {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": item}
            for place, (name, item) in enumerate(steps, 1)
        ],
    }


def test_the_front_page_is_the_site_and_its_publisher_stands_beside_it() -> None:
    plan = plan_site(sources(plain("a")))
    site, publisher = describe_page(view_at(plan, "index.html", HomeView), plan.sites["en"])
    assert site == {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": "News",
        "url": "https://news.example/",
        "inLanguage": "en",
        "publisher": {"@id": "https://news.example/#publisher"},
    }
    assert publisher == {"@context": "https://schema.org", **PUBLISHER}


def test_a_page_says_what_it_is_where_readers_comment_on_it() -> None:
    about = article("pages/about.md", metadata("about", None, updated=moment("2026-10-03")))
    plan = plan_site(sources(about, snapshots={about.id: snapshot(2)}))
    assert describe_page(view_at(plan, "about/index.html", PageView), plan.sites["en"]) == (
        {
            "@context": "https://schema.org",
            "@type": "WebPage",
            "name": "About",
            "url": "https://news.example/about/",
            "dateModified": "2026-10-03T00:00:00+00:00",
            "description": "The first paragraph.",
            "inLanguage": "en",
            "publisher": PUBLISHER,
        },
    )

    quiet = plan_site(sources(about))
    assert describe_page(view_at(quiet, "about/index.html", PageView), quiet.sites["en"]) == ()
    assert describe_page(view_at(quiet, "404.html", MessageView), quiet.sites["en"]) == ()


def test_no_plan_carries_what_follows_from_it() -> None:
    about = article("pages/about.md", metadata("about", None))
    plan = plan_site(sources(plain("a"), about, snapshots={about.id: snapshot(2)}))
    assert not [spec.path for spec in plan.specs if b"schema.org" in encode_spec(spec)]
