"""Old addresses: aliases, `[redirects]` and `[gone]`, beside where they lead."""

import pytest

from sitegen.errors import Span
from sitegen.model.config import Config
from sitegen.model.message_views import GoneView, RedirectView
from sitegen.model.names import Url
from sitegen.model.values import replace
from sitegen.plan.site import SitePlan, plan_site
from tests.samples import article, metadata, plain, sources, told, view_at

NEWS = "https://news.example/"


def with_redirects(redirects: dict[str, str], **keys: object) -> Config:
    return Config(base_url=NEWS, redirects=redirects, **keys)  # type: ignore[arg-type]


def plan_with(redirects: dict[str, str], **keys: object) -> SitePlan:
    """A site with the article `/world/2026/10/a/`, once `/first/`, a draft and one that is scheduled."""
    items = (
        plain("a", title="News", aliases=(Url("/first/"), Url("/?p=7"), Url("/article?id=5"))),
        plain("draft", draft=True),
        plain("later", "2027-01-01"),
        article("pages/about.md", metadata("about", None)),
    )
    return plan_site(sources(*items, config=with_redirects(redirects, **keys)))


def targets(plan: SitePlan) -> dict[str, str]:
    """Where every page that leads elsewhere leads."""
    return {spec.view.url: spec.view.target for spec in plan.specs if isinstance(spec.view, RedirectView)}


@pytest.mark.parametrize(
    ("target", "address", "title"),
    [
        ("world/a.md", "/world/2026/10/a/", "News"),
        ("/world/2026/10/a/", "/world/2026/10/a/", "News"),
        ("/world/2026/10/a", "/world/2026/10/a/", "News"),
        ("/world/2026/10/a/?x=1#part", "/world/2026/10/a/?x=1#part", "News"),
        ("pages/about.md", "/about/", "About"),
        ("/world/", "/world/", "/world/"),
        ("/rss.xml", "/rss.xml", "/rss.xml"),
        ("/?p=7#part", "/world/2026/10/a/#part", "News"),
        ("/article?id=5", "/world/2026/10/a/", "News"),
        ("https://news.example/about/", "/about/", "About"),
        ("https://archive.example/x", "https://archive.example/x", "https://archive.example/x"),
    ],
)
def test_where_a_redirect_leads(target: str, address: str, title: str) -> None:
    plan = plan_with({"/old/": target}, redirect_hosts=("archive.example",))
    assert plan.problems == ()
    assert view_at(plan, "old/index.html", RedirectView) == RedirectView(url=Url("/old/"), target=address, title=title)


def test_chains_lead_to_their_end_at_once() -> None:
    chain = {"/one/": "/two/", "/two/": "/three/", "/three/": "/first/", "/four/": "/?p=7"}
    plan = plan_with(chain)
    assert plan.problems == ()
    assert set(targets(plan).values()) == {"/world/2026/10/a/"}
    assert targets(plan).keys() == {"/one/", "/two/", "/three/", "/four/", "/first/"}


@pytest.mark.parametrize(
    ("redirects", "code", "message"),
    [
        ({"/old/": "/nowhere/"}, "redirects", "`/old/` leads to no page of this site: `/nowhere/`"),
        ({"/old/": "world/b.md"}, "redirects", "the redirect from `/old/` leads to no document: `world/b.md`"),
        (
            {"/old/": "https://evil.example/"},
            "redirects",
            "the redirect from `/old/` leads to another site: `https://evil.example/`",
        ),
        (
            {"/old/": "https://news.example@evil.example/"},
            "redirects",
            "the redirect from `/old/` leads to another site: `https://news.example@evil.example/`",
        ),
        ({"/old/": "/old/"}, "redirects", "the redirect from `/old/` leads back to itself, by `/old/`"),
        (
            {"/world/2026/10/a/": "/about/"},
            "url",
            (
                "the redirect from `/world/2026/10/a/` wants the same address as content/world/a.md: "
                "`/world/2026/10/a/index.html`"
            ),
        ),
        (
            {"/world/": "/about/"},
            "url",
            "the redirect from `/world/` wants the same address as section World: `/world/index.html`",
        ),
        (
            {"/?p=7": "/about/"},
            "url",
            (
                "the redirect from `/?p=7` in sitegen.toml wants the same address as "
                "an alias in content/world/a.md: `/?p=7`"
            ),
        ),
    ],
)
def test_what_is_refused(redirects: dict[str, str], code: str, message: str) -> None:
    plan = plan_with(redirects, gone={"/withdrawn/": "Withdrawn."})
    ((found, file, words),) = told(plan)
    assert (found, file) == (code, "sitegen.toml")
    assert words == message


def test_a_circle_is_refused_at_every_one_of_its_rules() -> None:
    plan = plan_with({"/one/": "/two/", "/two/": "/one/"})
    assert [message for _, _, message in told(plan)] == [
        "the redirect from `/one/` leads back to itself, by `/two/`",
        "the redirect from `/two/` leads back to itself, by `/one/`",
    ]


@pytest.mark.parametrize("target", ["world/draft.md", "world/later.md", "/world/2027/01/later/"])
def test_time_makes_no_error(target: str) -> None:
    plan = plan_with({"/old/": target})
    ((code, file, message),) = told(plan)
    assert (code, file) == ("redirects?", "sitegen.toml")
    assert message.startswith("the redirect from `/old/` leads to what is not published: `world/")
    assert "/old/" not in targets(plan)


def test_what_is_gone_says_why() -> None:
    plan = plan_with({}, gone={"/withdrawn": "Withdrawn by its author.", "/?p=9": ""})
    assert plan.problems == ()
    view = view_at(plan, "withdrawn/index.html", GoneView)
    assert (view.url, view.title, view.reason, view.date) == ("/withdrawn/", "", "Withdrawn by its author.", None)
    assert view.head.robots == "noindex"
    assert [spec.path for spec in plan.specs if isinstance(spec.view, GoneView)] == ["withdrawn/index.html"]


def test_what_leads_to_something_gone_is_gone_too() -> None:
    plan = plan_with({"/old/": "/older/", "/older/": "/withdrawn/"}, gone={"/withdrawn/": "Withdrawn."})
    assert plan.problems == ()
    assert {spec.view.url: spec.view.reason for spec in plan.specs if isinstance(spec.view, GoneView)} == {
        "/old/": "Withdrawn.",
        "/older/": "Withdrawn.",
        "/withdrawn/": "Withdrawn.",
    }


def test_a_mistyped_target_gets_a_suggestion() -> None:
    (problem,) = plan_with({"/old/": "world/aa.md"}).problems
    assert problem.hint is not None


def test_rules_have_an_order() -> None:
    one, other = (
        plan_with(dict(pairs)) for pairs in ((("/x/", "/about/"), ("/b/", "/")), (("/b/", "/"), ("/x/", "/about/")))
    )
    assert [spec.path for spec in one.specs] == [spec.path for spec in other.specs]


def test_problems_stand_where_the_rule_does() -> None:
    redirects = {"/lost/": "world/b.md", "/nowhere": "/x/", "/world/": "/", "/?p=7": "/", "/soon/": "world/later.md"}
    places = {key: Span(line=line) for line, key in enumerate(redirects, start=10)}
    items = (plain("a", aliases=(Url("/?p=7"),)), plain("later", "2027-01-01"))
    site = replace(sources(*items, config=with_redirects(redirects)), places=places)
    found = {item.message.split("`")[1]: item.span for item in plan_site(site).problems}
    assert found == {key if key != "/nowhere" else "/nowhere/": place for key, place in places.items()}
