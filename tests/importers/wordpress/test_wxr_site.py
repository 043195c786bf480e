"""From an export to pages: what readers see is what the snapshot says, whoever wrote the export."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from sitegen.parse.sanitize import sanitize_comment_html
from tests.importers.wordpress.wxr_exports import (
    write_comment,
    write_export,
    write_item,
    write_term,
)
from tests.patience import patience
from tests.site.links import find_broken_links, read_site
from tests.sites import Outcome, build, call_sitegen, read_content, read_tree, write_files

CONFIG = 'title = "The Gazette"\nbase_url = "https://news.example/"\n'
BODY = """\
The bridge was closed.

It [wpdiscuz-feedback id="a" question="Do you use it?"]opened <em>again</em> on Friday[/wpdiscuz-feedback], they say.
See <a href="http://www.old.example/?p=18">the other one</a> and <a href="/category/world/">the world</a>.
"""
VOTES = {"wpdiscuz_votes": "2", "wpdiscuz_votes_seperate": 'a:2:{s:4:"like";i:3;s:7:"dislike";i:-1;}'}
EDIT = {"wpdiscuz_last_edited_at": "2024-03-10 08:00:00", "wpdiscuz_last_edited_by": "ana@secret.example"}
THREAD = (
    write_comment(4, "Late answer.\nSecond line.", parent="2", author="no"),
    write_comment(1, "One.\n\nTwo <strong>three</strong>", meta=VOTES, author="1900"),
    write_comment(2, "Answer with <code>a < b</code>.", meta=EDIT, parent="1", author=""),
    write_comment(3, "On it.", meta={"wpdiscuz_feedback_form_id": "9"}, author="\u05e9\u05dc\u05d5\u05dd\u202e"),
    write_comment(5, "Held at the top.", type="wpdiscuz_sticky", author="ada@secret.example"),
    write_comment(6, "Waits.", approved="0"),
    write_comment(7, type="pingback", author="Other News", author_url="https://other.example/a/"),
)
RATING = {"wpdiscuz_post_rating": "4", "wpdiscuz_post_rating_count": "2"}


def import_export(folder: Path, export: str | bytes, *arguments: str) -> tuple[Path, Outcome]:
    """Import an export into a new site; return the site and how the command ended."""
    root = folder / "site"
    write_files(folder, {"site/sitegen.toml": CONFIG, "export.xml": export})
    (root / "content").mkdir(exist_ok=True)
    return root, call_sitegen("-C", root, "import", "wxr", str(folder / "export.xml"), "--json", *arguments)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    other = write_item(18, "B.", link="https://old.example/2024/03/other/", wp_post_name="other", title="Other")
    first = write_item(17, BODY, write_term("category", "world", "World"), *THREAD, meta=RATING)
    root, outcome = import_export(tmp_path_factory.mktemp("trip"), write_export(first, other))
    assert outcome.code == 0, outcome.err
    assert build(root).published
    return root


@pytest.fixture(scope="module")
def page(site: Path) -> LexborHTMLParser:
    return LexborHTMLParser((site / "output/2024/03/bridge/index.html").read_text())


def text_of(node: LexborNode, selector: str) -> str | None:
    found = node.css_first(selector)
    return found.text(deep=True).strip() if found else None


def read_back(page: LexborHTMLParser) -> dict[str, dict[str, object]]:
    """Return the comments of a page by id, as far as a page says what a snapshot says."""
    comments: dict[str, dict[str, object]] = {}
    for node in page.css("article.h-cite"):
        reply, time = node.css_first("a.u-in-reply-to"), node.css_first("time.dt-published")
        body = node.css_first(".e-content")
        assert time
        assert body
        comments[f"wp-{node.attributes['id'].removeprefix('comment-')}"] = {  # type: ignore[union-attr]
            "parent": f"wp-{reply.attributes['href'].rpartition('-')[2]}" if reply else None,  # type: ignore[union-attr]
            "author": text_of(node, ".p-author .p-name"),
            "at": time.attributes["datetime"],
            "text": sanitize_comment_html(body.inner_html or "").strip(),
            "votes": text_of(node, ".comment-votes"),
            "edit": text_of(node, ".comment-edit bdi"),
            "quote": text_of(node, "blockquote"),
            "pinned": node.css_first(".comment-pinned") is not None,
        }
    return comments


def test_what_the_page_says_is_what_the_snapshot_says(site: Path, page: LexborHTMLParser) -> None:
    (file,) = site.glob("content/**/*.comments.json")
    snapshot = json.loads(file.read_text())
    comments = read_back(page)
    assert {
        item["id"]: (
            item.get("parent"),
            item.get("author", {}).get("name"),
            item["published"]["at"],
            item["body"]["text"],
            item.get("edited", {}).get("by"),
            item.get("pinned", False),
        )
        for item in snapshot["comments"]
    } == {
        identity: (
            item["parent"],
            item["author"],
            str(item["at"]).replace("+00:00", "Z"),
            item["text"],
            item["edit"],
            item["pinned"],
        )
        for identity, item in comments.items()
    }
    quotes = {item["id"]: item["anchor"]["quote"] for item in snapshot["comments"] if "anchor" in item}
    assert quotes == {identity: item["quote"] for identity, item in comments.items() if item["quote"]} != {}
    votes = {item["id"]: item["votes"] for item in snapshot["comments"] if "votes" in item}
    assert votes == {"wp-1": {"up": 3, "down": 1}}
    assert [identity for identity, item in comments.items() if item["votes"]] == ["wp-1"]
    assert "3" in str(comments["wp-1"]["votes"])
    assert "1" in str(comments["wp-1"]["votes"])
    assert snapshot["snapshot"]["withheld"] == {"pending": 1}


def test_what_the_snapshot_says_is_what_the_export_says(site: Path) -> None:
    (file,) = site.glob("content/**/*.comments.json")
    snapshot = json.loads(file.read_text())
    assert {
        item["id"]: (item.get("author", {}).get("name"), item["body"]["text"]) for item in snapshot["comments"]
    } == {
        "wp-1": ("1900", "<p>One.</p>\n<p>Two <strong>three</strong></p>"),
        "wp-2": (None, "<p>Answer with <code>a &lt; b</code>.</p>"),
        "wp-3": ("\u05e9\u05dc\u05d5\u05dd", "<p>On it.</p>"),
        "wp-4": ("no", "<p>Late answer.<br>\nSecond line.</p>"),
        "wp-5": (None, "<p>Held at the top.</p>"),
    }
    anchors = [item["anchor"] for item in snapshot["comments"] if "anchor" in item]
    assert [(item["quote"], item["question"]) for item in anchors] == [("opened again on Friday", "Do you use it?")]
    assert [item["url"] for item in snapshot["mentions"]] == ["https://other.example/a/"]


def test_the_page_has_rating_and_mention_and_links_that_lead_somewhere(site: Path, page: LexborHTMLParser) -> None:
    assert find_broken_links(read_site(site / "output", "https://news.example/")) == []
    main = page.css_first("main") or page.body
    assert main
    assert "2 votes" in main.text(deep=True)
    assert page.css_first('a[href="https://other.example/a/"]')
    assert "".join(mark.text(deep=True) for mark in page.css("mark")) == "opened again on Friday"
    body = (site / "content/world/2024-03-09-bridge.md").read_text()
    assert "[the other one](/2024/03/other/)" in body
    assert "[the world](/category/world/)" in body


def test_nobody_is_given_away(site: Path) -> None:
    for data in read_tree(site).values():
        for secret in (b"secret.example", b"192.0.2.77", b"Waits."):
            assert secret not in data


def test_importing_again_changes_no_byte(site: Path) -> None:
    before = {path: data for path, data in read_tree(site).items() if not path.startswith((".sitegen", "output"))}
    outcome = call_sitegen("-C", site, "import", "wxr", str(site.parent / "export.xml"), "--json")
    report = json.loads(outcome.out)
    after = {path: data for path, data in read_tree(site).items() if not path.startswith((".sitegen", "output"))}
    assert (outcome.code, report["changed"], after) == (0, [], before)


def test_a_later_export_of_the_same_changes_no_byte(site: Path) -> None:
    text = (site.parent / "export.xml").read_text().replace("Sat, 01 Jun 2024", "Sun, 02 Jun 2024")
    (site.parent / "later.xml").write_text(text)
    outcome = call_sitegen("-C", site, "import", "wxr", str(site.parent / "later.xml"), "--json")
    assert (outcome.code, json.loads(outcome.out)["changed"]) == (0, [])


def test_a_later_export_brings_what_is_new(tmp_path: Path) -> None:
    root, _ = import_export(tmp_path, write_export(write_item(17, "Text.", write_comment(1), write_comment(2))))
    changed = write_item(
        17, "New text.", write_comment(1, "Edited."), write_comment(2, approved="trash"), write_comment(3)
    )
    _, outcome = import_export(tmp_path, write_export(changed))
    assert json.loads(outcome.out)["written"]["comments"] == 2
    (file,) = root.glob("content/**/*.comments.json")
    found = {item["id"]: item["body"]["text"] for item in json.loads(file.read_text())["comments"]}
    assert found == {"wp-1": "<p>Edited.</p>", "wp-3": "<p>Words.</p>"}
    (file,) = root.glob("content/**/*.md")
    assert file.read_text().endswith("New text.\n")


SCRIPT = '<script>alert("owned")</script><img src=x onerror=alert(1)>"\'>{{ 7*7 }}\u202e</article>'


def test_script_in_every_slot_runs_nowhere(tmp_path: Path) -> None:
    comments = (
        write_comment(1, SCRIPT, author=SCRIPT, author_url="javascript:alert(1)", meta={"wpdiscuz_votes": SCRIPT}),
        write_comment(SCRIPT, SCRIPT, parent=SCRIPT, date_gmt=SCRIPT, date=SCRIPT),
        write_comment(2, f'<a href="java\tscript:alert(1)" onclick="x()">{SCRIPT}</a>', type="pingback", author=SCRIPT),
    )
    item = write_item(
        17,
        SCRIPT,
        *comments,
        title=SCRIPT,
        creator=SCRIPT,
        excerpt=SCRIPT,
        wp_post_name=SCRIPT,
        meta={"wpdiscuz_post_rating_<script>": "4", "wpdiscuz_post_rating_count_<script>": "2", SCRIPT: SCRIPT},
    )
    root, outcome = import_export(tmp_path, write_export(item))
    assert outcome.code == 0, outcome.err
    report = build(root)
    assert report.published, report.problems
    for path in (root / "output").rglob("*.html"):
        html = path.read_text()
        tree = LexborHTMLParser(html)
        running = [node for node in tree.css("script") if node.attributes.get("type") != "application/ld+json"]
        assert "alert" not in "".join(node.text() for node in running), path
        assert not tree.css("[onerror], [onclick]"), path
        assert not [link for node in tree.css("a") if "script:" in (link := node.attributes.get("href") or "")], path
        assert "\u202e" not in "".join(node.html or "" for node in tree.css("head, h1, article.comment, nav, aside")), (
            path
        )


@pytest.mark.parametrize(
    ("link", "slug"),
    [
        ("https://old.example/../../etc/", "../../escape"),
        ("https://old.example/%2e%2e/%2e%2e/etc/", "%2e%2e%2fescape"),
        ("https://old.example//evil.example/", "con"),
        ("https://old.example/a\\b/", "a" * 3000),
        ("https://old.example/a%00b/", "con"),
        ("https://elsewhere.example/a/", "../../escape"),
        ("javascript:alert(1)", "nul"),
        ("https://[bad/", "%00"),
        ("https://old.example/" + "a" * 5000 + "/", "a" * 3000),
    ],
)
def test_addresses_lead_out_of_nothing(tmp_path: Path, link: str, slug: str) -> None:
    root, outcome = import_export(tmp_path, write_export(write_item(17, "Text.", link=link, wp_post_name=slug)))
    assert outcome.code in {0, 1}, outcome.err
    assert "Traceback" not in outcome.err
    assert {path.name for path in tmp_path.iterdir()} == {"site", "export.xml"}
    assert {path.name for path in root.iterdir()} <= {"sitegen.toml", "content", "imports.lock", ".sitegen"}
    assert build(root).published == (outcome.code == 0)


def pack(*parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, part in enumerate(parts):
            archive.writestr(f"../../part-{number}.xml", part)
    return buffer.getvalue()


SOUND = write_export(write_item(17, "Text.")).encode()
BOMB = write_export().replace("<title>", " " * (1 << 25) + "<title>").encode()


@pytest.mark.parametrize(
    "export",
    [
        b"<!DOCTYPE rss><rss/>",
        b"<rss><channel><item>",
        b"PK\x03\x04nonsense",
        SOUND[:-20],
        SOUND + SOUND,
        pack(SOUND, SOUND[:-20]),
        pack(SOUND, pack(SOUND)),
        pack(SOUND, BOMB),
        gzip.compress(BOMB),
        gzip.compress(SOUND)[:-10],
        b"<rss><channel><title>Old News</title></channel></rss>",
        pack(),
    ],
)
def test_what_is_refused_leaves_the_site_as_it_was(tmp_path: Path, export: bytes) -> None:
    root, outcome = import_export(tmp_path, export)
    assert outcome.code == 1
    assert set(read_content(root)) == {"sitegen.toml"}
    assert "export.xml" in outcome.err + outcome.out


def test_five_thousand_comments_on_one_article_and_a_thread_of_ten_thousand(tmp_path: Path) -> None:
    wide = "".join(write_comment(number) for number in range(20_000, 25_000))
    deep = "".join(write_comment(number, parent=str(number - 1)) for number in range(1, 10_001))
    with patience():
        export = write_export(write_item(17, "Text.", wide), write_item(18, "B.", deep))
        _, outcome = import_export(tmp_path, export)
    assert outcome.code == 0, outcome.err
    assert json.loads(outcome.out)["written"]["comments"] == 15_000


def test_a_word_of_a_body_is_no_front_matter(tmp_path: Path) -> None:
    body = "---\ntitle: Owned\n---\n\n{{ site }} {% include 'x' %}"
    root, outcome = import_export(tmp_path, write_export(write_item(17, body, title="War #2: no &amp; yes")))
    assert outcome.code == 0, outcome.err
    assert build(root).published
    html = (root / "output/2024/03/bridge/index.html").read_text()
    assert "War #2: no &amp; yes" in html
    assert "{{ site }}" in html
