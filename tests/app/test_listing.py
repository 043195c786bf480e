"""What a site holds, as rows."""

from pathlib import Path

import pytest

from sitegen.app.listing import KINDS, Listing, Order, Row, list_site
from sitegen.app.site import load_site
from sitegen.errors import UsageError
from tests.samples import CLOCK
from tests.sites import Silence, write_article, write_files, write_site, write_snapshot


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Something of everything."""
    files = {
        "content/world/_index.md": "---\ntitle: World affairs\n---\n",
        "content/world/a.md": write_article("A", "2026-10-01 09:30", tags="[Red, blue]", authors="[Ada]"),
        "content/world/a.comments.json": write_snapshot("One.", "Two."),
        "content/sport/b.md": write_article("B", "2026-10-02", tags="[red]"),
        "content/c.md": write_article("C", "2026-10-03", lang="nl"),
        "content/world/draft.md": write_article("Draft", draft="true"),
        "content/world/later.md": write_article("Later", "2026-12-24"),
        "content/world/over.md": write_article("Over", expires="2026-10-20"),
        "content/pages/about.md": "---\ntitle: About\n---\n",
        "content/pages/plan.md": "---\ntitle: Plan\ndraft: true\n---\n",
    }
    return write_site(tmp_path / "site", files)


def list_all(site: Path, what: str, order: Order = "date") -> Listing:
    return list_site(load_site(site, None), what, CLOCK, Silence(), order)


def titles(site: Path, what: str) -> list[object]:
    return [row["title"] for row in list_all(site, what).rows]


def test_what_can_be_listed() -> None:
    assert KINDS == ("articles", "drafts", "scheduled", "expired", "gone", "sections", "tags", "authors")


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("articles", ["B", "A", "C"]),  # newest first, language by language
        ("drafts", ["Draft", "Plan"]),
        ("scheduled", ["Later"]),
        ("expired", ["Over"]),
        ("sections", ["Sport", "World affairs"]),
        ("tags", ["blue", "Red"]),
        ("authors", ["Ada"]),
    ],
)
def test_titles(site: Path, what: str, expected: list[str]) -> None:
    assert titles(site, what) == expected


def test_a_row_of_an_article(site: Path) -> None:
    expected: Row = {
        "date": "2026-10-01T09:30:00+00:00",
        "path": "content/world/a.md",
        "url": "/world/2026/10/a/",
        "title": "A",
        "section": "World affairs",
        "language": "en",
        "comments": 2,
        "rating": None,
        "best": None,
        "worst": None,
        "votes": None,
    }
    assert list_all(site, "articles").rows[1] == expected


def test_a_row_of_a_page(site: Path) -> None:
    expected: Row = {
        "date": None,
        "path": "content/pages/plan.md",
        "url": "/plan/",
        "title": "Plan",
        "section": None,
        "language": "en",
        "comments": 0,
        "rating": None,
        "best": None,
        "worst": None,
        "votes": None,
    }
    assert list_all(site, "drafts").rows[1] == expected


def test_a_row_of_a_tag(site: Path) -> None:
    assert list_all(site, "tags").rows[1] == {"articles": 2, "url": "/tags/red/", "title": "Red", "language": "en"}


def test_a_file_with_errors_is_missing_and_said_to_be(site: Path) -> None:
    write_files(site, {"content/world/a.md": write_article("A", rating="9")})
    listing = list_all(site, "articles")
    assert [row["title"] for row in listing.rows] == ["B", "C"]
    assert [(problem.file, problem.code) for problem in listing.problems if problem.severity == "error"] == [
        ("content/world/a.md", "rating")
    ]


def test_an_article_whose_comments_have_errors_is_listed_without_them(site: Path) -> None:
    write_files(site, {"content/world/a.comments.json": "{"})
    assert list_all(site, "articles").rows[1]["comments"] == 0


def test_an_empty_site_lists_nothing(tmp_path: Path) -> None:
    site = write_site(tmp_path)
    assert [list_all(site, what).rows for what in KINDS] == [()] * len(KINDS)


@pytest.fixture
def rated(tmp_path: Path) -> Path:
    """Articles on different scales, and one that nobody rated."""
    files = {
        "content/world/none.md": write_article("Unrated", "2026-10-09"),
        "content/world/good.md": write_article("Good", "2026-10-01", rating="4"),
        "content/world/few.md": write_article("Few votes", "2026-10-02", rating="{value: 8, best: 10, votes: 2}"),
        "content/world/many.md": write_article("Many votes", "2026-10-03", rating="{value: 8, best: 10, votes: 9}"),
        "content/world/many.comments.json": write_snapshot("One."),
        "content/world/poor.md": write_article("Poor", "2026-10-04", rating="{value: 9, best: 100, votes: 99}"),
        "content/world/poor.comments.json": write_snapshot("One.", "Two."),
    }
    return write_site(tmp_path / "site", files)


def test_articles_by_rating_and_by_comments(rated: Path) -> None:
    by_rating = [row["title"] for row in list_all(rated, "articles", "rating").rows]
    assert by_rating == ["Many votes", "Few votes", "Good", "Poor", "Unrated"]
    by_comments = [row["title"] for row in list_all(rated, "articles", "comments").rows]
    assert by_comments == ["Poor", "Many votes", "Unrated", "Few votes", "Good"]


def test_a_row_has_its_rating_with_the_scale(rated: Path) -> None:
    row = list_all(rated, "articles", "rating").rows[0]
    assert [row[name] for name in ("rating", "best", "worst", "votes")] == [8, 10, 1, 9]


def test_what_is_no_article_has_no_rating(rated: Path) -> None:
    with pytest.raises(UsageError, match="tags have no rating to sort by"):
        list_all(rated, "tags", "rating")
