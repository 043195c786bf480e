"""`sitegen comments capture`: what it prints and how it ends."""

import json
from pathlib import Path

import pytest

from tests.sites import Outcome, call_sitegen, read_tree, write_article, write_site

HEAD = '<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">'
MARKS = "<isDeleted>false</isDeleted><isSpam>false</isSpam><createdAt>2013-10-10T19:20:29Z</createdAt>"
EXPORT = f"""{HEAD}
<thread dsq:id="7"><link>https://old.example/bridge/</link><title>Bridge</title></thread>
<thread dsq:id="8"><link>https://old.example/lost/</link><title>Lost</title></thread>
<post dsq:id="1"><message>Fine.</message><thread dsq:id="7"/>{MARKS}</post>
<post dsq:id="2"><message>Lost.</message><thread dsq:id="8"/>{MARKS}</post>
<post dsq:id="3"><message>Bad.</message><thread dsq:id="7"/><isSpam>true</isSpam></post>
</disqus>
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "export.xml").write_text(EXPORT)
    return write_site(tmp_path / "site", {"content/world/a.md": write_article("A", aliases="[/bridge/]")})


def capture(site: Path, *arguments: str, file: str = "export.xml") -> Outcome:
    return call_sitegen("-C", site, "comments", "capture", "disqus", site.parent / file, *arguments)


def test_it_says_what_came_what_did_not_and_how_to_help(site: Path) -> None:
    done = capture(site)
    assert (done.code, done.out) == (1, "")
    assert done.err == (
        "error[capture]: https://old.example/lost/ (Lost) belongs to no article: 1 comment left out\n"
        "  hint: --map FILE with the line `https://old.example/lost/ = ARTICLE` says which\n"
        "Captured 1 comment on 1 article.\n"
        "1 added; 1 file changed.\n"
        "Not published: 1 no-article, 1 spam.\n"
    )


def test_with_a_map_everything_has_its_place(site: Path) -> None:
    (site.parent / "map.txt").write_text("https://old.example/lost/ = world/a.md\n")
    done = capture(site, "--map", str(site.parent / "map.txt"), "--captured-at", "2024-05-01")
    assert (done.code, done.err) == (
        0,
        "Captured 2 comments on 1 article.\n2 added; 1 file changed.\nNot published: 1 spam.\n",
    )
    assert '"captured_at": "2024-05-01"' in (site / "content/world/a.comments.json").read_text()


def test_json_has_counts_that_add_up(site: Path) -> None:
    told = json.loads(capture(site, "--json", "--dry-run").out)
    assert told["read"] == {"comments": 3}
    assert told["written"] == {"comments": 1, "mentions": 0}
    assert told["withheld"] == {"no-article": 1, "spam": 1}
    assert told["changes"] == {"added": 1, "edited": 0, "gone": 0, "withdrawn": 0}
    assert told["unmatched"] == [
        {"thread": "https://old.example/lost/", "title": "Lost", "comments": 1, "candidates": []}
    ]
    assert [problem["code"] for problem in told["problems"]] == ["capture"]


def test_a_broken_file_is_named_with_its_line_and_nothing_is_shown_of_it(site: Path) -> None:
    (site.parent / "bad.xml").write_text(f"{HEAD}\n<email>ada@secret.example</nothing>")
    before = read_tree(site / "content")
    done = capture(site, file="bad.xml")
    assert done.code == 1
    assert f"{site.parent}/bad.xml:2:28: error[capture]: is no sound XML: mismatched tag" in done.err
    assert "secret.example" not in done.err
    assert read_tree(site / "content") == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--captured-at", "yesterday"), "`yesterday` is no instant"),
        (("--timezone", "Mars/Phobos"), "there is no zone `Mars/Phobos`"),
        (("--map", "nowhere.txt"), "does not exist"),
    ],
)
def test_what_cannot_work_is_refused(site: Path, arguments: tuple[str, ...], message: str) -> None:
    done = capture(site, *arguments)
    assert (done.code, message in done.err) == (2, True)


def test_the_comments_of_a_saved_page_are_taken_without_its_article(site: Path) -> None:
    page = "The first lorry crossed.\n\nInline Feedbacks\nView all comments\nAna\nAna\n09-07-23 17:22\nFine.\n"
    (site.parent / "page.txt").write_text(page)
    options = ("--title", "The bridge", "--url", "https://old.example/bridge/", "--captured-at", "2023-09-01")
    times = ("--timezone", "Europe/Amsterdam", "--date-format", "%d-%m-%y %H:%M")
    done = call_sitegen("-C", site, "comments", "capture", "page", site.parent / "page.txt", *options, *times)
    assert (done.code, done.err.splitlines()[-2:]) == (
        0,
        ["Captured 1 comment on 1 article.", "1 added; 1 file changed."],
    ), done.err
    assert sorted(path.name for path in (site / "content/world").iterdir()) == ["a.comments.json", "a.md"]


def test_the_comments_of_an_export_of_wordpress_are_taken_without_its_articles(site: Path) -> None:
    comment = (
        "<wp:comment><wp:comment_id>5</wp:comment_id><wp:comment_author>Ana</wp:comment_author>"
        "<wp:comment_date_gmt>2023-07-09 17:22:00</wp:comment_date_gmt><wp:comment_content>Fine.</wp:comment_content>"
        "<wp:comment_approved>1</wp:comment_approved><wp:comment_type>comment</wp:comment_type></wp:comment>"
    )
    head = '<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    post = (
        "<item><title>Bridge</title><link>https://old.example/bridge/</link>"
        "<content:encoded>[odd] Text.</content:encoded><wp:status>publish</wp:status>"
        "<wp:post_id>17</wp:post_id><wp:post_date_gmt>2023-07-08 06:00:00</wp:post_date_gmt>"
        f"<wp:post_name>bridge</wp:post_name><wp:post_type>post</wp:post_type>{comment}</item>"
    )
    (site.parent / "wordpress.xml").write_text(
        f"{head}<channel><wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://old.example</wp:base_site_url>"
        f"<wp:base_blog_url>https://old.example</wp:base_blog_url>{post}</channel></rss>"
    )
    done = call_sitegen("-C", site, "comments", "capture", "wxr", site.parent / "wordpress.xml")
    assert (done.code, done.err) == (0, "Captured 1 comment on 1 article.\n1 added; 1 file changed.\n")
    assert json.loads((site / "content/world/a.comments.json").read_text())["comments"][0]["id"] == "wp-5"
    assert not (site / "imports.lock").exists()
