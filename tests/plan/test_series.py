"""Articles in parts: their order, and what each shows of the whole."""

from sitegen.model.article import Article, SeriesPart
from sitegen.model.config import Config
from sitegen.model.views import ListView, PlannedArticle
from sitegen.plan.series import order_series
from sitegen.plan.site import plan_site
from tests.samples import plain, sources


def part(slug: str, day: str, number: int | None = None, name: str = "The harbour at night", **more: object) -> Article:
    return plain(slug, day, series=SeriesPart(name=name, part=number), **more)


def test_parts_are_in_order_of_their_numbers_then_of_their_dates() -> None:
    articles = [
        part("late", "2026-10-04"),
        part("second", "2026-10-01", 2),
        part("early", "2026-10-02"),
        part("first", "2026-10-03", 1),
    ]
    (order,) = order_series(articles, Config())
    assert order.parts == ("world/first.md", "world/second.md", "world/early.md", "world/late.md")
    assert (order.named.title, order.named.url) == ("The harbour at night", "/series/the-harbour-at-night/")


def test_a_language_has_its_own_series() -> None:
    orders = order_series([part("a", "2026-10-01"), part("b", "2026-10-02", language="nl")], Config())
    assert [(order.language, order.named.url) for order in orders] == [
        ("nl", "/nl/series/the-harbour-at-night/"),
        ("en", "/series/the-harbour-at-night/"),
    ]


def test_every_part_shows_all_of_them_and_the_series_has_a_page() -> None:
    plan = plan_site(sources(part("a", "2026-10-01"), part("b", "2026-10-02"), plain("c", "2026-10-03")))
    views = {str(spec.path): spec.view for spec in plan.specs}
    second = views["world/2026/10/b/index.html"]
    assert isinstance(second, PlannedArticle)
    assert second.series is not None
    assert (second.series.number, [link.title for link in second.series.parts]) == (2, ["A", "B"])
    other = views["world/2026/10/c/index.html"]
    assert isinstance(other, PlannedArticle)
    assert other.series is None
    page = views["series/the-harbour-at-night/index.html"]
    assert isinstance(page, ListView)
    assert [card.link.title for card in page.cards] == ["A", "B"]


def test_a_part_that_is_not_published_is_not_counted() -> None:
    plan = plan_site(sources(part("a", "2026-10-01"), part("b", "2030-10-02")))
    (view,) = [spec.view for spec in plan.specs if isinstance(spec.view, PlannedArticle)]
    assert view.series is not None
    assert len(view.series.parts) == 1


def test_two_names_at_one_address_are_an_error() -> None:
    plan = plan_site(sources(part("a", "2026-10-01", name="C"), part("b", "2026-10-02", name="C++")))
    assert [(problem.code, problem.message) for problem in plan.problems] == [
        ("series", "`C++` wants the address of `C` in content/world/a.md: `/series/c/`")
    ]
