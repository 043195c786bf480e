"""Long threads and inline feedback in Chromium: every link to a comment shows it, with and without scripts."""

import json
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.strict_server import serve
from tests.sites import build, write_article, write_files, write_site

ARTICLE = "world/2026/10/a/"
NOW = "2026-10-05T12:00:00Z"
TIMES: dict[int, object] = {
    0: "2026-10-05T11:15:00Z",
    1: "2026-10-02",
    2: "2026-10",
    3: "2026-07",
    4: "2024",
    5: "2026",
    6: "2026-10-05",
    7: "2027-01-01T00:00:00Z",
    8: None,
}
AGES = ["45 minutes ago", "3 days ago", "", "3 months ago", "2 years ago", "", "", "", ""]
"""A month is never some days ago, and today is not yet a day ago."""


def make_comment(place: int) -> dict[str, object]:
    return {
        "id": f"c-{place}",
        "author": {"name": f"Reader {place}"},
        "published": TIMES.get(place, f"2026-10-02T10:{place:02}:00Z"),
        "body": f"Words of {place}. " * 20,
        **({"anchor": {"quote": "the barrier was up", "question": "Who lifted it?"}} if place in {2, 30} else {}),
    }


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where an article with forty comments is served: ten stand open, ten are folded, twenty are on further pages."""
    root = write_site(tmp_path_factory.mktemp("thread"))
    snapshot = {"schema": "sitegen.comments/1", "comments": [make_comment(place) for place in range(40)]}
    config = "[comments]\nfold = 10\npage_size = 20\n"
    body = "He found that *the barrier* was up, and drove on.\n\n" + "A long paragraph. " * 300
    write_files(
        root,
        {
            "sitegen.toml": f'theme = ["broadsheet"]\nbase_url = "https://news.example/"\n{config}',
            "content/world/a.md": write_article("A", body=body),
            "content/world/a.comments.json": json.dumps(snapshot),
        },
    )
    build(root)
    with serve(root / "output") as address:
        yield address


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether scripts run."""
    return bool(request.param)


@pytest.fixture
def page(browser: Browser, *, scripts: bool) -> Iterator[Page]:
    """A page on a phone, with and without scripts."""
    with browser.new_context(java_script_enabled=scripts, viewport={"width": 390, "height": 844}) as context:
        yield context.new_page()


def test_a_link_to_a_folded_comment_opens_it(page: Page, address: str) -> None:
    page.goto(f"{address}{ARTICLE}")
    assert not page.locator("article#comment-20").is_visible()
    page.goto(f"{address}{ARTICLE}#comment-20")
    page.locator("article#comment-20").wait_for(state="visible")


def test_a_link_to_a_comment_elsewhere_leads_to_it(page: Page, address: str, *, scripts: bool) -> None:
    page.goto(f"{address}{ARTICLE}#comment-39")
    if not scripts:
        page.locator("li#comment-39 a").click()
    page.wait_for_url("**/comments/2/#comment-39")
    assert page.locator("article#comment-39").is_visible()


def test_feedback_leads_to_its_passage_and_back(page: Page, address: str) -> None:
    page.goto(f"{address}{ARTICLE}")
    link = page.get_by_role("link", name="2 comments on “the barrier was up”")
    assert page.locator("mark").all_inner_texts() == ["the barrier", " was up"]
    link.click()
    assert page.url.endswith("#comment-2")
    comment = page.locator("#comment-2")
    assert "Asked there: Who lifted it?" in comment.inner_text()
    comment.get_by_role("link", name="Show in the text").click()
    page.wait_for_function("document.querySelector('mark:target') !== null")


def test_ages_are_as_precise_as_dates_and_only_there_with_scripts(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=True) as context:
        page = context.new_page()
        page.clock.set_fixed_time(NOW)
        ages: dict[int, str] = {}
        for path in ("", "comments/2/"):
            page.goto(f"{address}{ARTICLE}{path}")
            for place in range(9):
                comment = page.locator(f"article#comment-{place}")
                if comment.count():
                    ages[place] = " ".join(comment.locator(".comment-age").all_text_contents())
        assert [ages[place] for place in range(9)] == AGES
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}{ARTICLE}")
        assert page.locator(".comment-age").count() == 0


@pytest.mark.parametrize("path", ["", "comments/2/"])
def test_axe_finds_nothing(browser: Browser, address: str, path: str) -> None:
    with browser.new_context(bypass_csp=True, viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto(f"{address}{ARTICLE}{path}")
        for details in page.locator("details").all():
            details.evaluate("details => details.open = true")
        violations = Axe().run(page).response["violations"]
        assert [(found["id"], [node["html"] for node in found["nodes"]]) for found in violations] == []
        assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_paper_gets_what_is_folded(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address + ARTICLE)
        assert not page.locator("article#comment-20").evaluate("comment => comment.checkVisibility()")
        page.emulate_media(media="print")
        assert page.locator("article#comment-20").evaluate("comment => comment.checkVisibility()")
