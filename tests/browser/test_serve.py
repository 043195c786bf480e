"""The preview as an author sees it: pages reload by themselves and say what is wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.serve.desk import Desk, serve
from tests.sites import write_article, write_site

MILLISECONDS = 20_000


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A preview with one article."""
    site = write_site(tmp_path.resolve() / "site", {"content/world/a.md": write_article("A", body="First edition.")})
    with serve(site) as served:
        yield served


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without memories, in whose pages nothing fails."""
    fresh = browser.new_context()
    fresh.set_default_timeout(MILLISECONDS)
    failures: list[str] = []
    fresh.on("weberror", lambda failure: failures.append(str(failure.error)))
    yield fresh
    fresh.close()
    assert failures == []


def open_article(context: BrowserContext, desk: Desk) -> Page:
    page = context.new_page()
    page.goto(f"http://localhost:{desk.port}/world/2026/10/a/")
    expect(page.get_by_text("First edition.")).to_be_visible()
    return page


def expect_edition(page: Page, name: str) -> None:
    expect(page.get_by_text(f"{name} edition.")).to_be_visible(timeout=MILLISECONDS)


def test_a_page_reloads_after_an_edit_and_not_without_one(context: BrowserContext, desk: Desk) -> None:
    page = open_article(context, desk)
    page.evaluate("window.isStillHere = true")
    desk.write("content/world/a.md", write_article("A", body="Second edition."))
    expect_edition(page, "Second")
    assert page.evaluate("window.isStillHere") is None
    page.evaluate("window.isStillHere = true")
    desk.write("content/world/a.md", write_article("A", body="Second edition."))  # saved as it was
    desk.write("content/world/b.md", write_article("B", rating="9"))  # a mistake changes no page
    expect(page.locator("sitegen-problems summary")).to_have_text("1 error", timeout=MILLISECONDS)
    assert page.evaluate("window.isStillHere") is True


def test_a_mistake_is_shown_in_the_page_until_it_is_mended(context: BrowserContext, desk: Desk) -> None:
    page = open_article(context, desk)
    desk.write("content/world/a.md", write_article("A", rating="9", **{"<img src=x onerror=alert(1)>": "1"}))
    problems = page.locator("sitegen-problems")
    expect(problems.locator("summary")).to_have_text("1 error, 1 warning", timeout=MILLISECONDS)
    expect(problems.locator("strong").first).to_be_visible()
    shown = problems.locator("li.error pre").inner_text()
    assert shown.splitlines()[:3] == [
        "content/world/a.md:4:9: error[rating]: must be at most 5",
        "  4 | rating: 9",
        "              ^",
    ]
    assert shown.splitlines()[3].startswith("  hint: the scale is 1 to 5")
    assert "<img src=x onerror=alert(1)>" in problems.locator("li.warning pre").inner_text()
    assert problems.locator("img").count() == 0
    expect(page.get_by_text("First edition.")).to_be_visible()
    desk.write("content/world/a.md", write_article("A", body="Second edition.", rating="4"))
    expect_edition(page, "Second")
    expect(problems).to_have_count(0)


def test_warnings_do_not_cover_the_page(context: BrowserContext, desk: Desk) -> None:
    page = open_article(context, desk)
    desk.write("content/world/a.md", write_article("A", ratting="4"))
    problems = page.locator("sitegen-problems")
    expect(problems.locator("summary")).to_have_text("1 warning", timeout=MILLISECONDS)
    expect(problems.locator("pre")).to_be_hidden()
    problems.locator("summary").click()
    expect(problems.locator("pre")).to_contain_text("did you mean `rating`?")


def test_more_tabs_than_a_browser_has_connections(context: BrowserContext, desk: Desk) -> None:
    pages = [open_article(context, desk) for _ in range(8)]
    desk.write("content/world/a.md", write_article("A", body="Second edition."))
    for page in pages:
        expect_edition(page, "Second")


def test_a_browser_that_cannot_share_a_worker(context: BrowserContext, desk: Desk) -> None:
    context.add_init_script("delete window.SharedWorker")
    page = open_article(context, desk)
    desk.write("content/world/a.md", write_article("A", body="Second edition."))
    expect_edition(page, "Second")


def test_the_first_build_replaces_the_page_of_problems(context: BrowserContext, tmp_path: Path) -> None:
    site = write_site(tmp_path.resolve() / "site", {"sitegen.toml": "title = 5\n"})
    with serve(site) as desk:
        page = context.new_page()
        page.goto(f"http://localhost:{desk.port}/")
        expect(page.locator("pre")).to_contain_text("sitegen.toml:1:9: error[config]: `title`: must be text in quotes")
        expect(page.locator("sitegen-problems")).to_have_count(0)
        desk.write("sitegen.toml", 'title = "The Courier"\ntheme = ["tiny"]\n')
        expect(page.locator("nav")).to_contain_text("The Courier", timeout=MILLISECONDS)
