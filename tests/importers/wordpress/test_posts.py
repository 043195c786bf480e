"""Posts as documents: front matter, places, and what they have in common."""

from datetime import UTC, datetime

import pytest

from sitegen.importers.records import Tally
from sitegen.importers.wordpress.home import Home
from sitegen.importers.wordpress.posts import Post, Posts, Term, read_plain
from sitegen.importers.wordpress.times import read_date, write_instant
from sitegen.model.config import Config
from sitegen.model.values import replace

WORLD = Term(name="World News", slug="world", address="https://old.example/category/world/")
ASIA = Term(name="Asia", slug="asia", address="https://old.example/category/world/asia/")
PLAIN = Post(
    id=17,
    kind="article",
    title="Bridge",
    slug="bridge",
    address="https://old.example/2024/03/bridge/",
    date=datetime(2024, 3, 9, 10, 12, tzinfo=UTC),
    body="Text.",
)


def posts(**settings: str) -> Posts:
    return Posts(Home(address="https://old.example"), Config(base_url="https://news.example/", **settings))  # type: ignore[arg-type]


def matter(post: Post) -> dict[str, object]:
    return {key: value for key, value in posts().make_document(post).front_matter.items() if value not in (None, [])}


def test_a_plain_post() -> None:
    document = posts().make_document(PLAIN)
    assert (document.path, document.key) == ("2024-03-09-bridge.md", "https://old.example/?p=17")
    assert matter(PLAIN) == {
        "title": "Bridge",
        "date": datetime(2024, 3, 9, 10, 12, tzinfo=UTC),
        "url": "/2024/03/bridge/",
        "aliases": ["/?p=17"],
    }


def test_the_first_category_is_the_section_and_the_others_are_tags() -> None:
    tags = (Term(name="asia", slug="asia-2"), Term(name="NATO", slug="nato"))
    post = replace(PLAIN, categories=(WORLD, ASIA), tags=tags)
    assert (matter(post)["section"], matter(post)["tags"]) == ("World News", ["asia", "NATO"])
    assert posts().make_document(post).path == "world-news/2024-03-09-bridge.md"


def test_no_category_is_chosen_where_nobody_has_chosen_one() -> None:
    assert "section" not in matter(replace(PLAIN, categories=(Term(name="Uncategorized", slug="uncategorized"),)))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"address": "https://old.example/?p=17"}, {"slug": "bridge"}),
        ({"address": "https://old.example/stra%C3%9Fe/"}, {"url": "/straße/"}),
        ({"title": ""}, {"title": "Bridge"}),
        ({"title": "", "slug": ""}, {"title": "Bridge"}),
        ({"title": "", "slug": "", "address": None}, {"title": "Post 17"}),
        ({"title": "War &amp; <em>peace</em>\n&#8211; now"}, {"title": "War & peace – now"}),
        ({"excerpt": "<p>Who has written this?</p>"}, {"description": "Who has written this?"}),
        ({"authors": (Term(name="Ana Ruiz", slug="ana"),)}, {"authors": ["Ana Ruiz"]}),
        ({"image": "/a.jpg"}, {"image": "/a.jpg"}),
        ({"image": "/a.jpg", "image_alt": "A"}, {"image": {"src": "/a.jpg", "alt": "A"}}),
        ({"state": "draft"}, {"draft": True, "slug": "bridge"}),
    ],
)
def test_what_becomes_front_matter(changes: dict[str, object], expected: dict[str, object]) -> None:
    found = matter(replace(PLAIN, **changes))  # type: ignore[arg-type]
    assert {key: found.get(key) for key in expected} == expected


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"excerpt": "<p>Text [&hellip;]</p>"}, "description"),
        ({"excerpt": "<p>Text.</p>"}, "description"),
        ({"authors": (Term(name="ana@old.example", slug="ana"),)}, "authors"),
        ({"state": "draft"}, "url"),
        ({"state": "draft"}, "aliases"),
        ({"updated": datetime(2024, 3, 9, 10, 12, tzinfo=UTC)}, "updated"),
    ],
)
def test_what_does_not(changes: dict[str, object], key: str) -> None:
    assert key not in matter(replace(PLAIN, **changes))  # type: ignore[arg-type]


def test_a_page_has_neither_date_nor_section() -> None:
    page = replace(PLAIN, kind="page", address="https://old.example/about/", slug="about", categories=(WORLD,))
    assert posts().make_document(page).path == "pages/about.md"
    assert not {"date", "section"} & set(matter(page))


def test_a_name_of_a_file_is_never_too_long() -> None:
    document = posts().make_document(replace(PLAIN, slug="%e2%82%ac-" + "%d0%b6" * 300))
    assert len(document.path.encode()) < 150


@pytest.mark.parametrize(
    ("addresses", "pattern"),
    [
        (["/2024/03/a/", "/2024/03/b/"], "/{year}/{month}/{slug}/"),
        (["/2024/03/09/a/"], "/{year}/{month}/{day}/{slug}/"),
        (["/world-news/a/"], "/{section}/{slug}/"),
        (["/a/", "/b/"], "/{slug}/"),
        (["/archives/1", "/archives/2"], None),
        (["/a/", "/archives/2", "/archives/3"], None),
    ],
)
def test_a_pattern_is_proposed_that_most_addresses_fit(addresses: list[str], pattern: str | None) -> None:
    together = posts()
    for address in addresses:
        slug = address.strip("/").rpartition("/")[2]
        together.make_document(replace(PLAIN, address=f"https://old.example{address}", slug=slug, categories=(WORLD,)))
    tally = Tally()
    together.finish(tally)
    assert tally.permalink == pattern


def test_pages_of_categories_tags_and_authors_lead_to_those_of_here() -> None:
    together = posts(language="nl")
    tag = Term(name="NATO", slug="nato", address="https://old.example/tag/nato/")
    author = Term(name="Ana Ruiz", slug="ana", address="https://old.example/author/ana/")
    together.make_document(replace(PLAIN, categories=(WORLD,), tags=(tag,), authors=(author,)))
    together.make_document(replace(PLAIN, id=18, state="draft", categories=(ASIA,)))
    tally = Tally()
    together.finish(tally)
    assert tally.redirects == {
        "/category/world/": "/world-news/",
        "/category/world/feed/": "/world-news/rss.xml",
        "/tag/nato/": "/tags/nato/",
        "/author/ana/": "/authors/ana-ruiz/",
    }


@pytest.mark.parametrize("path", ["%2e%2e/etc/", "a%00b/", "a%5Cb/", "con/", "a" * 300 + "/"])
def test_an_address_that_no_file_can_answer_is_given_up(path: str) -> None:
    together, tally = posts(), Tally()
    tag = Term(name="NATO", slug="nato", address=f"https://old.example/tag/{path}")
    document = together.make_document(
        replace(PLAIN, address=f"https://old.example/{path}", tags=(tag,), aliases=("/a/../b/",))
    )
    together.finish(tally)
    assert document.front_matter["url"] is None
    assert document.front_matter["slug"] == "bridge"
    assert document.front_matter["aliases"] == ["/?p=17"]
    assert tally.redirects == {}
    assert [problem.message.endswith("(1)") for problem in tally.warnings] == [True]


def test_titles_are_html_and_become_text() -> None:
    assert read_plain("A &lt;b&gt; &amp;amp; <b>C</b>\u202e") == "A <b> &amp; C"


@pytest.mark.parametrize(
    "text", [None, "", "0000-00-00 00:00:00", "0001-01-01 00:00:00", "9999-12-31 23:59:59", "soon"]
)
def test_zero_dates_are_none(text: str | None) -> None:
    assert read_date(text) is None


def test_times_are_written_in_utc() -> None:
    assert write_instant(read_date("2024-03-09 11:12:00")) == "2024-03-09T11:12:00Z"
    assert write_instant(read_date("2024-03-09T11:12:00+01:00")) == "2024-03-09T10:12:00Z"
    assert write_instant(None) is None
