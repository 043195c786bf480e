"""What every page shows of the site."""

import pytest

from sitegen.model.config import CommentsConfig, Config, LanguageConfig, MenuItem
from sitegen.model.facts import SiteSources
from sitegen.model.names import Slug, Url
from sitegen.model.values import replace
from sitegen.model.views import SiteView
from sitegen.plan.site import plan_site
from sitegen.plan.site_view import normalise_base_url
from tests.samples import article, metadata, plain, sources, told

ABOUT = article("pages/about.md", metadata("about", None, aliases=(Url("/info/"),)))


def menu(*addresses: str) -> SiteSources:
    """A site with a menu of `addresses`, an article, a page and a draft."""
    items = tuple(MenuItem(title=f"Item {place}", url=url) for place, url in enumerate(addresses))
    config = Config(menus={"main": items})
    return sources(plain("a"), plain("draft", draft=True), ABOUT, config=config, assets=("static/a b.pdf",))


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("pages/about.md", "/about/"),
        ("world/a.md", "/world/2026/10/a/"),
        ("/about", "/about/"),
        ("/", "/"),
        ("/world/", "/world/"),
        ("/info/", "/info/"),
        ("/a%20b.pdf?x#y", "/a b.pdf?x#y"),
        ("/rss.xml", "/rss.xml"),
        ("https://other.example/x", "https://other.example/x"),
        ("mailto:desk@news.example", "mailto:desk@news.example"),
        ("tel:+31201234567", "tel:+31201234567"),
    ],
)
def test_menu_entries(written: str, address: str) -> None:
    plan = plan_site(menu(written))
    assert [link.url for link in plan.sites["en"].menus["main"]] == [address]
    assert told(plan) == []


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("pages/abuot.md", "names no published document"),
        ("world/draft.md", "names no published document"),
        ("/world/2026/10/draft/", "names no published document"),
    ],
)
def test_an_entry_without_a_document_is_left_out(written: str, reason: str) -> None:
    plan = plan_site(menu("pages/about.md", written))
    assert [link.title for link in plan.sites["en"].menus["main"]] == ["Item 0"]
    assert told(plan) == [("menus?", "sitegen.toml", f"the menu entry `Item 1` {reason}: `{written}`")]


def test_an_address_that_is_nowhere_is_reported() -> None:
    assert told(plan_site(menu("/nowhere/"))) == [
        ("menus?", "sitegen.toml", "the menu entry `Item 0` leads to no page of this site: `/nowhere/`")
    ]


def site_in(language: str, config: Config) -> SiteView:
    return plan_site(sources(plain("a"), plain("b", language=language), config=config)).sites[language]


def test_what_a_language_does_not_say_is_the_site_s_own() -> None:
    own = {"main": (MenuItem(title="Home", url="/"),), "footer": (MenuItem(title="Feed", url="/rss.xml"),)}
    dutch = LanguageConfig(title="De Courant", menus={"main": (MenuItem(title="Voorpagina", url="/nl/"),)})
    site = site_in("nl", Config(title="The Courier", description="News", menus=own, languages={"nl": dutch}))
    assert (site.title, site.description, site.home, site.rss) == ("De Courant", "News", "/nl/", "/nl/rss.xml")
    assert {name: links[0].title for name, links in site.menus.items()} == {"main": "Voorpagina", "footer": "Feed"}


@pytest.mark.parametrize(
    ("language", "direction"), [("nl", "ltr"), ("ar", "rtl"), ("he-IL", "rtl"), ("fa", "rtl"), ("tr", "ltr")]
)
def test_direction(language: str, direction: str) -> None:
    assert site_in(language, Config()).direction == direction


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("desk@news.example", "mailto:desk@news.example"),
        ("mailto:desk@news.example", "mailto:desk@news.example"),
        ("https://news.example/contact", "https://news.example/contact"),
        ("", ""),
    ],
)
def test_contact(contact: str, address: str) -> None:
    plan = plan_site(sources(config=Config(comments=CommentsConfig(contact=contact))))
    assert plan.sites["en"].contact == address


def test_options_of_the_site_lie_over_those_of_the_theme() -> None:
    source = replace(sources(config=Config(options={"accent": "blue"})), options={"accent": "red", "wide": True})
    assert plan_site(source).sites["en"].options == {"accent": "blue", "wide": True}


def test_sections_are_those_with_something_to_read() -> None:
    source = sources(plain("a", section=Slug("sport")), plain("b", section=Slug("arts"), draft=True))
    assert [(item.title, item.url) for item in plan_site(source).sites["en"].sections] == [("Sport", "/sport/")]


@pytest.mark.parametrize(
    ("written", "base_url"),
    [
        ("https://news.example", "https://news.example/"),
        ("https://news.example//", "https://news.example/"),
        ("https://example.org/a b", "https://example.org/a%20b/"),
        ("", "http://localhost/"),
    ],
)
def test_base_url(written: str, base_url: str) -> None:
    assert normalise_base_url(written) == base_url
