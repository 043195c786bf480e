"""Old addresses, 404 and robots.txt."""

from sitegen.model.message_views import MessageView, RedirectView
from sitegen.model.names import Url
from sitegen.plan.site import SitePlan, plan_site
from tests.samples import plain, sources, told, view_at


def redirects_of(plan: SitePlan) -> dict[str, RedirectView]:
    return {spec.path: spec.view for spec in plan.specs if isinstance(spec.view, RedirectView)}


def test_aliases_lead_to_the_new_address() -> None:
    plan = plan_site(sources(plain("a", title="News & more", aliases=(Url("/old"), Url("/2014/x.html"), Url("/50%/")))))
    assert redirects_of(plan) == {
        "old/index.html": RedirectView(url=Url("/old/"), target=Url("/world/2026/10/a/"), title="News & more"),
        "2014/x.html": RedirectView(url=Url("/2014/x.html"), target=Url("/world/2026/10/a/"), title="News & more"),
        "50%/index.html": RedirectView(url=Url("/50%25/"), target=Url("/world/2026/10/a/"), title="News & more"),
    }


def test_an_alias_that_the_page_itself_answers_is_none() -> None:
    aliases = tuple(Url(f"/world/2026/10/a{rest}") for rest in ("", "/", "/index.html"))
    plan = plan_site(sources(plain("a", aliases=aliases)))
    assert (redirects_of(plan), plan.problems) == ({}, ())


def test_one_alias_written_twice_is_one() -> None:
    plan = plan_site(sources(plain("a", aliases=(Url("/old"), Url("/old/"), Url("/old/index.html")))))
    assert (list(redirects_of(plan)), plan.problems) == (["old/index.html"], ())


def test_an_alias_of_two_is_refused_naming_both() -> None:
    source = sources(plain("a", aliases=(Url("/old/"),)), plain("b", aliases=(Url("/old/"),)))
    ((code, _, message),) = told(plan_site(source))
    assert code == "url"
    assert "an alias in content/world/a.md" in message


def test_the_page_for_strays_is_not_indexed() -> None:
    view = view_at(plan_site(sources()), "404.html", MessageView)
    assert (view.url, view.head.robots, view.head.canonical, view.head.open_graph) == ("/404.html", "noindex", "", ())


def test_a_robots_file_of_ones_own_wins() -> None:
    plan = plan_site(sources(assets=("static/robots.txt",)))
    assert "robots.txt" not in {spec.path for spec in plan.specs}
    assert [(copy.path, copy.source) for copy in plan.copies] == [("robots.txt", "static/robots.txt")]
    assert plan.problems == ()
