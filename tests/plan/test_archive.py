"""The archive by year and month."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sitegen.model.article import Article
from sitegen.model.config import Config, PagesConfig
from sitegen.model.index_views import ArchiveView, MonthView, Period, YearView
from sitegen.model.moment import Moment
from sitegen.plan.site import SitePlan, plan_site
from tests.samples import plain, sources, view_at

SPREAD = tuple(
    plain(day.replace("-", ""), day) for day in ("2024-12-31", "2026-01-05", "2026-01-20", "2026-03-01", "2026-10-02")
)


def plan_of(*articles: Article, config: Config | None = None) -> SitePlan:
    return plan_site(sources(*articles, config=config))


def archived(plan: SitePlan) -> list[str]:
    """The pages of the archive."""
    return [spec.path.removesuffix("index.html") for spec in plan.specs if "archive/" in spec.path]


def tell(period: Period | None) -> str:
    """A year or month, and where it leads."""
    if period is None:
        return "none"
    length = {"year": 4, "month": 7}[period.date.precision]
    return f"{period.date.at.isoformat()[:length]} {period.url}"


def list_days(view: MonthView) -> list[tuple[str, str]]:
    """The days of a month with the names of their articles."""
    return [(day.date.at.date().isoformat(), " ".join(entry.link.title for entry in day.entries)) for day in view.days]


def test_years_and_months_with_their_counts_newest_first() -> None:
    plan = plan_of(*SPREAD, plain("second", "2026-01-05"))
    view = view_at(plan, "archive/index.html", ArchiveView)
    assert [
        (tell(year.period), year.count, [(tell(month.period), month.count) for month in year.months])
        for year in view.years
    ] == [
        (
            "2026 /archive/2026/",
            5,
            [
                ("2026-10 /archive/2026/10/", 1),
                ("2026-03 /archive/2026/03/", 1),
                ("2026-01 /archive/2026/01/", 3),
            ],
        ),
        ("2024 /archive/2024/", 1, [("2024-12 /archive/2024/12/", 1)]),
    ]


def test_only_years_and_months_with_articles_have_a_page() -> None:
    assert archived(plan_of(*SPREAD)) == [
        "archive/",
        "archive/2026/",
        "archive/2024/",
        "archive/2026/10/",
        "archive/2026/03/",
        "archive/2026/01/",
        "archive/2024/12/",
    ]


def test_each_leads_to_the_one_before_and_the_one_after() -> None:
    plan = plan_of(*SPREAD)
    year = view_at(plan, "archive/2026/index.html", YearView)
    assert (tell(year.older), tell(year.newer)) == ("2024 /archive/2024/", "none")
    around = {
        path: (tell(view.older), tell(view.newer))
        for path in ("2026/10", "2026/01", "2024/12")
        for view in [view_at(plan, f"archive/{path}/index.html", MonthView)]
    }
    assert around == {
        "2026/10": ("2026-03 /archive/2026/03/", "none"),
        "2026/01": ("2024-12 /archive/2024/12/", "2026-03 /archive/2026/03/"),
        "2024/12": ("none", "2026-01 /archive/2026/01/"),
    }


def test_a_month_lists_its_days() -> None:
    items = [plain("a", "2026-01-05"), plain("b", "2026-01-05"), plain("c", "2026-01-20", section=None)]
    view = view_at(plan_of(*items), "archive/2026/01/index.html", MonthView)
    assert list_days(view) == [("2026-01-20", "C"), ("2026-01-05", "B A")]
    assert [entry.section.title if entry.section else "" for day in view.days for entry in day.entries] == [
        "",
        "World",
        "World",
    ]
    assert (tell(view.year), view.month.count) == ("2026 /archive/2026/", 3)


def test_days_go_by_the_zone_of_the_site() -> None:
    late = Moment(at=datetime(2026, 1, 31, 23, 30, tzinfo=ZoneInfo("UTC")))
    config = Config(timezone="Europe/Amsterdam")
    plan = plan_of(plain("late", date=late), config=config)
    assert archived(plan) == ["archive/", "archive/2026/", "archive/2026/02/"]
    assert list_days(view_at(plan, "archive/2026/02/index.html", MonthView)) == [("2026-02-01", "Late")]


def test_each_language_has_its_own() -> None:
    plan = plan_of(plain("a"), plain("b", "2026-05-01", language="nl"))
    assert archived(plan) == [
        "archive/",
        "archive/2026/",
        "archive/2026/10/",
        "nl/archive/",
        "nl/archive/2026/",
        "nl/archive/2026/05/",
    ]


def test_none_without_articles_and_none_where_it_is_switched_off() -> None:
    off = Config(pages=PagesConfig(archive=False))
    for plan in (plan_of(), plan_of(*SPREAD, config=off)):
        assert archived(plan) == []
        assert plan.sites["en"].archive is None


def test_a_month_with_hundreds_has_pages_that_do_not_change() -> None:
    def plan_month(count: int) -> SitePlan:
        return plan_of(*(plain(f"a{number:03}", f"2026-01-{1 + number // 20:02}") for number in range(count)))

    plan = plan_month(450)
    front = view_at(plan, "archive/2026/01/index.html", MonthView)
    first = view_at(plan, "archive/2026/01/page/1/index.html", MonthView)
    assert [sum(len(day.entries) for day in view.days) for view in (front, first)] == [250, 200]
    assert (front.pager.older, first.pager.front, front.month.count) == (
        "/archive/2026/01/page/1/",
        "/archive/2026/01/",
        450,
    )
    assert view_at(plan_month(451), "archive/2026/01/page/1/index.html", MonthView).days == first.days


def test_a_new_article_changes_its_month_and_year_and_no_other() -> None:
    def views(*articles: Article) -> dict[str, object]:
        plan = plan_of(*articles)
        return {spec.path: spec.view for spec in plan.specs if spec.path.startswith("archive/")}

    before, after = views(*SPREAD), views(*SPREAD, plain("new", "2026-10-20"))
    assert {path for path in before if after[path] != before[path]} == {
        "archive/index.html",
        "archive/2026/index.html",
        "archive/2026/10/index.html",
    }
