"""The head of an article is made where its page is rendered; what stands in it is tested with the heads of others."""

from sitegen.model.codec import encode
from sitegen.model.values import name_fields
from sitegen.model.views import ArticleView, PlannedArticle
from sitegen.plan.article_head import show_article
from sitegen.plan.site import plan_site
from tests.samples import plain, sources

PLAN = plan_site(sources(plain("a", "2026-10-01", authors=("Ann Reed",))))
(PLANNED,) = (spec.view for spec in PLAN.specs if isinstance(spec.view, PlannedArticle))


def test_its_page_shows_all_that_is_planned_and_a_head() -> None:
    shown = show_article(PLANNED, PLAN.sites["en"])
    assert all(getattr(shown, name) == getattr(PLANNED, name) for name in name_fields(PLANNED))
    assert {*name_fields(ArticleView)} - {*name_fields(PLANNED)} == {"head"}
    assert shown.head.canonical == "https://news.example/world/2026/10/a/"


def test_no_plan_carries_what_follows_from_it() -> None:
    text = encode(PLANNED)
    assert not [word for word in (b"https://news.example/", b"og:title", b"schema.org", b"rss.xml") if word in text]
