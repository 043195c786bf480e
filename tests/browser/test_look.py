"""broadsheet in Chromium: it fits a phone, axe has nothing to say, and it needs neither scripts nor strangers."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.strict_server import serve
from tests.sites import build
from tests.theme.newspaper import write_newspaper

HOME = ""
ARTICLE = "world/2026/10/office/"
GONE = "world/2026/09/withdrawn/"
PAGES = (
    HOME,
    ARTICLE,
    "ar/world/2026/09/ar/",
    "world/",
    "tags/harbour/",
    "authors/ana-ruiz/",
    "archive/",
    "archive/2026/",
    "archive/2026/09/",
    "tags/",
    "authors/",
    "corrections/",
    "about/",
    "404.html",
    GONE,
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the newspaper is served."""
    root = write_newspaper(tmp_path_factory.mktemp("newspaper"))
    build(root)
    with serve(root / "output") as address:
        yield f"{address}news/"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page as wide as a phone."""
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        yield context.new_page()


def describe_violations(page: Page) -> list[tuple[str, list[str]]]:
    """Return what axe finds on the page, with the elements it finds it at."""
    violations = Axe().run(page).response["violations"]
    return [(found["id"], [node["html"] for node in found["nodes"]]) for found in violations]


@pytest.mark.parametrize("path", PAGES)
def test_nothing_runs_over_the_edge_of_a_phone(phone: Page, address: str, path: str) -> None:
    phone.goto(address + path)
    assert phone.evaluate("document.documentElement.scrollWidth") == 390


def test_tables_and_code_scroll_by_themselves(phone: Page, address: str) -> None:
    phone.goto(address + ARTICLE)
    for selector in (".table-scroll", "pre"):
        assert phone.eval_on_selector(selector, "box => box.scrollWidth > box.clientWidth"), selector


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("path", "accent"),
    [(HOME, "red"), (ARTICLE, "red"), (ARTICLE, "blue"), (ARTICLE, "green"), (ARTICLE, "ink")],
)
def test_axe_finds_nothing(
    browser: Browser, address: str, path: str, accent: str, scheme: Literal["light", "dark"]
) -> None:
    with browser.new_context(color_scheme=scheme, bypass_csp=True) as context:
        page = context.new_page()
        page.goto(address + path)
        page.evaluate("accent => document.documentElement.dataset.accent = accent", accent)
        assert describe_violations(page) == []


@pytest.mark.parametrize("path", [path for path in PAGES if path not in {HOME, ARTICLE}])
def test_axe_finds_nothing_elsewhere(browser: Browser, address: str, path: str) -> None:
    with browser.new_context(bypass_csp=True) as context:
        page = context.new_page()
        page.goto(address + path)
        assert describe_violations(page) == []


def test_the_policy_is_never_violated_and_nothing_is_missing(browser: Browser, address: str) -> None:
    told: list[str] = []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("console", lambda message: told.append(message.text))
        page.on("response", lambda response: told.append(response.url) if response.status >= 400 else None)
        page.on("request", lambda request: None if request.url.startswith(address) else told.append(request.url))
        for path in PAGES:
            page.goto(address + path)
    assert told == []


def test_without_scripts_a_comment_is_one_click_away(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.goto(address + ARTICLE)
        page.get_by_role("link", name="View all comments (8)").click()
        assert page.url.endswith("#page-thread")
        page.get_by_role("link", name="in reply to Lucia Fontaine").first.click()
        assert page.url.endswith("#comment-1")
        page.wait_for_function("Math.abs(scrollY) > 0")


def test_a_permalink_shows_and_marks_its_comment(browser: Browser, address: str) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(f"{address}{ARTICLE}#comment-4")
        comment = page.locator("#comment-4")
        page.wait_for_function("document.querySelector('#comment-4').getBoundingClientRect().top < innerHeight")
        box = comment.bounding_box()
        assert box
        assert 0 <= box["y"] < 800
        colour = "element => getComputedStyle(element).backgroundColor"
        assert comment.evaluate(colour) != page.locator("#comment-3").evaluate(colour)


def test_the_keyboard_reaches_the_content_first(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address)
        page.keyboard.press("Tab")
        skip = page.locator(":focus")
        assert skip.inner_text() == "Skip to content"
        box = skip.bounding_box()
        assert box
        assert box["y"] >= 0
        page.keyboard.press("Enter")
        assert page.url.endswith("#main")


def test_paper_gets_the_comments_and_no_navigation(browser: Browser, address: str) -> None:
    with browser.new_context(color_scheme="dark") as context:
        page = context.new_page()
        page.goto(address + ARTICLE)
        page.emulate_media(media="print")
        assert page.locator("#comment-1").is_visible()
        assert [link.is_visible() for link in page.locator("nav").all() if link.is_visible()] == []
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        after = "link => getComputedStyle(link, '::after').content"
        assert page.locator("a[href='https://elsewhere.example/']").evaluate(after) == '" <https://elsewhere.example/>"'


def test_large_type_and_forced_colours_lose_nothing(browser: Browser, address: str) -> None:
    with browser.new_context(viewport={"width": 640, "height": 400}, forced_colors="active") as context:
        page = context.new_page()
        page.goto(address + ARTICLE)
        assert page.evaluate("document.documentElement.scrollWidth") == 640
        assert page.locator(".star").first.evaluate("star => getComputedStyle(star).fill") != "none"
