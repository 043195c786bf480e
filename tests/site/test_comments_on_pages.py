"""Comments on pages proper: an import brings them, and readers find the same thread as on an article."""

import json
import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.sites import CONFIG, build, read_tree, write_article, write_moderation, write_site

SNAPSHOT = {
    "schema": "sitegen.comments/1",
    "comments": [
        {
            "id": f"wp-{number}",
            "author": {"name": name},
            "published": f"2026-10-02T10:0{number}:00Z",
            "body": f"Words of {name}.",
            **more,
        }
        for number, name, more in (
            (1, "Ana", {"anchor": {"quote": "by the river"}}),
            (2, "Bo", {"parent": "wp-1"}),
            (3, "Cy", {}),
            (4, "Di", {"anchor": {"quote": "every day"}}),
        )
    ],
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A page with four comments, the fourth on a further page, beside an article without any."""
    config = CONFIG.replace("tiny", "broadsheet") + "[comments]\npage_size = 2\nfold = 1\n"
    return write_site(
        tmp_path / "site",
        {
            "sitegen.toml": config,
            "content/world/a.md": write_article("A"),
            "content/pages/about.md": "---\ntitle: About\n---\n\nWe write by the river, every day.\n",
            "content/pages/about.comments.json": json.dumps(SNAPSHOT),
        },
    )


def read_output(site: Path) -> dict[str, str]:
    report = build(site)
    assert (report.published, report.problems) == (True, ())
    return {path: data.decode() for path, data in read_tree(site / "output").items() if path.endswith(("ml", "json"))}


def find(output: dict[str, str], words: str) -> set[str]:
    return {path for path, text in output.items() if words in text}


def test_all_of_it_is_on_the_page_behind_it_and_in_the_feeds(site: Path) -> None:
    output = read_output(site)
    page = LexborHTMLParser(output["about/index.html"])
    assert [node.attributes["id"] for node in page.css("article.comment")] == ["comment-1", "comment-2"]
    assert [node.attributes["id"] for node in page.css(".comment-elsewhere")] == ["comment-3", "comment-4"]
    assert [node.text() for node in page.css(".prose mark")] == ["by the river", "every day"]
    assert len(page.css(".h-entry > .comments .u-comment.h-cite")) == 2
    assert "View all comments (4)" in page.text()
    assert re.search(r"\"commentCount\": ?4\b", output["about/index.html"])
    assert "js/comments.js" in output["about/index.html"]
    assert find(output, "Words of Ana.") == {"about/index.html", "about/comments.xml", "comments.xml"}
    assert find(output, "Words of Di.") == {"about/comments/2/index.html", "about/comments.xml", "comments.xml"}
    assert 'href="../../#page-passage-' in output["about/comments/2/index.html"]
    assert "comments.xml" in output["index.html"]


def test_lists_and_feeds_of_articles_know_nothing_of_it(site: Path) -> None:
    output = read_output(site)
    feeds = {"comments.xml", "about/comments.xml"}
    assert {path for path in find(output, "/about/") if not path.startswith("about/")} == {
        "comments.xml",
        "sitemap.xml",
    }
    assert find(output, "<title>Ana") | find(output, "<title>Cy") == feeds


def test_editors_have_the_last_word_here_too(site: Path) -> None:
    (site / "content/pages/about.moderation.yaml").write_text(write_moderation("id: wp-4, action: hide"))
    output = read_output(site)
    assert find(output, "Words of Di.") == set()
    assert "View all comments (3)" in output["about/index.html"]


def test_a_page_without_comments_shows_none(site: Path) -> None:
    about = site / "content/pages/about.md"
    about.write_text(about.read_text().replace("title: About", "title: About\ncomments: false"))
    output = read_output(site)
    assert find(output, "Words of Ana.") == set()
    assert "h-entry" not in output["about/index.html"]
    assert not {path for path in output if "comments" in path}
