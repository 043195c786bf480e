"""Thousands of comments on one article: nothing is lost, every link lands, and a new one changes little."""

import json
import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.sites import build, read_tree, write_article, write_files, write_site

NAMES = ("1900", "no", "", "مريم", "\u202eevil", "<script>alert(1)</script>", None)
SIDE = "content/world/a.comments.json"
FOLDER = "world/2026/10/a"


def write_thread(count: int, *more: object, deep: bool = False) -> str:
    comments: list[object] = [
        {
            "id": f"c-{place}",
            "parent": f"c-{place - 1}" if deep and place else None,
            "author": {"name": NAMES[place % len(NAMES)]},
            "published": f"2026-10-02T{place // 3600:02}:{place // 60 % 60:02}:{place % 60:02}Z",
            "body": f"Words of {place}.",
        }
        for place in range(count)
    ]
    return json.dumps({"schema": "sitegen.comments/1", "comments": [*comments, *more]})


def write_long_site(root: Path, snapshot: str, config: str = "") -> Path:
    files = {"content/world/a.md": write_article("A", body="All of *the text*."), SIDE: snapshot}
    write_site(root, files)
    write_files(root, {"sitegen.toml": f'theme = ["broadsheet"]\nbase_url = "https://news.example/"\n{config}'})
    return root


@pytest.fixture(scope="module", params=[False, True], ids=["flat", "deep"])
def output(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with an article on which there are 5,000 comments, or 10,000 replies to each other."""
    count = 10_000 if request.param else 5_000
    root = write_long_site(tmp_path_factory.mktemp("long"), write_thread(count, deep=request.param))
    report = build(root)
    assert [problem for problem in report.problems if problem.severity == "error"] == []
    assert report.comments == count
    return root / "output"


def read(path: Path) -> LexborHTMLParser:
    return LexborHTMLParser(path.read_text(encoding="utf-8"))


def read_link(node: LexborHTMLParser | LexborNode, selector: str) -> str:
    """The address of the first link that `selector` finds."""
    link = node.css_first(selector)
    assert link
    return str(link.attributes["href"])


def find_anchors(page: LexborHTMLParser) -> list[str]:
    return [str(node.attributes["id"]) for node in page.css("article.comment")]


def test_every_comment_is_on_one_page_and_lands_on_the_first(output: Path) -> None:
    first = read(output / FOLDER / "index.html")
    entries = {str(node.attributes["id"]): read_link(node, "a") for node in first.css(".comment-elsewhere")}
    pages = sorted((output / FOLDER / "comments").iterdir(), key=lambda path: int(path.name))
    assert [path.name for path in pages] == [str(number) for number in range(2, len(pages) + 2)]
    elsewhere = {
        anchor: f"comments/{path.name}/#{anchor}"
        for path in pages
        for anchor in find_anchors(read(path / "index.html"))
    }
    assert elsewhere == entries
    own = find_anchors(first)
    assert 300 <= len(own) <= 600
    count = len(own) + len(entries)
    assert count in {5_000, 10_000}
    assert f"View all comments ({count:,})" in first.text()
    (discussed,) = re.findall(r'"commentCount": ?(\d+)', first.html or "")
    assert int(discussed) == count
    assert 50 <= (first.html or "").count('"@type":"Comment"') + (first.html or "").count('"@type": "Comment"') <= 100


def test_pages_lead_to_each_other_and_are_not_for_search_engines(output: Path) -> None:
    second = output / FOLDER / "comments/2/index.html"
    page = read(second)
    assert [node.attributes["content"] for node in page.css("meta[name=robots]")] == ["noindex"]
    assert read_link(page, "link[rel=canonical]") == f"https://news.example/{FOLDER}/"
    assert [node.attributes["href"] for node in page.css(".pager a")] == ["../../#comments", "../3/"]
    assert "comments/2" not in (output / "sitemap.xml").read_text()
    last = max((output / FOLDER / "comments").iterdir(), key=lambda path: int(path.name))
    assert len(read(last / "index.html").css(".pager a")) == 1


def test_names_are_what_they_are(output: Path) -> None:
    names = [node.text() for node in read(output / FOLDER / "index.html").css(".comment-author")[:7]]
    assert names == ["1900", "no", "Anonymous", "مريم", "evil", "<script>alert(1)</script>", "Anonymous"]


def test_a_reply_leads_to_what_it_answers_on_whatever_page(output: Path) -> None:
    page = read(output / FOLDER / "comments/2/index.html")
    replies = page.css(".comment-reply a")
    if replies:
        assert replies[0].attributes["href"] == "../../#comment-599"
        assert replies[1].attributes["href"] == "#comment-600"


def test_the_feed_has_all_of_them(output: Path) -> None:
    assert (output / FOLDER / "comments.xml").read_text().count("<entry") in {5_000, 10_000}


def test_a_new_comment_changes_the_first_and_the_last_page(tmp_path: Path) -> None:
    root = write_long_site(tmp_path / "site", write_thread(20), "[comments]\nfold = 2\npage_size = 6\n")
    build(root)
    before = read_tree(root / "output")
    new = {
        "id": "c-new",
        "published": "2026-10-03",
        "body": "New.",
        "anchor": {"quote": "the text", "question": "<script>x</script>"},
    }
    write_files(root, {SIDE: write_thread(20, new)})
    build(root)
    after = read_tree(root / "output")
    changed = {path for path in after if after[path] != before.get(path) and path.startswith(f"{FOLDER}/")}
    assert changed == {f"{FOLDER}/{name}" for name in ("index.html", "comments/4/index.html", "comments.xml")}
    first, last = (after[f"{FOLDER}/{name}index.html"].decode() for name in ("", "comments/4/"))
    (mark,) = re.findall(r'<mark id="([^"]+)">the text</mark>', first)
    assert 'class="passage-link" href="#comment-new"' in first
    assert f'href="../../#{mark}"' in last
    assert "&lt;script&gt;x" in last


def test_with_the_newest_first_a_new_comment_changes_the_first_page_alone(tmp_path: Path) -> None:
    config = '[comments]\nfold = 2\npage_size = 6\norder = "newest"\n'
    root = write_long_site(tmp_path / "site", write_thread(20), config)
    build(root)
    before = read_tree(root / "output")
    pager = [
        node.attributes["href"] for node in read(root / "output" / FOLDER / "comments/3/index.html").css(".pager a")
    ]
    assert pager == ["../../#comments", "../2/"]
    write_files(root, {SIDE: write_thread(20, {"id": "c-new", "published": "2026-10-03", "body": "New."})})
    build(root)
    after = read_tree(root / "output")
    changed = {path for path in after if after[path] != before.get(path) and path.startswith(f"{FOLDER}/")}
    assert changed == {f"{FOLDER}/index.html", f"{FOLDER}/comments.xml"}


def test_what_is_beyond_the_fold_is_closed(tmp_path: Path) -> None:
    root = write_long_site(tmp_path / "site", write_thread(5), "[comments]\nfold = 2\n")
    build(root)
    page = read(root / "output" / FOLDER / "index.html")
    assert [node.text() for node in page.css("summary")] == ["3 more comments"]
    assert len(page.css("details article.comment")) == 3
    assert len(page.css("script[src][defer]")) == 1
    write_files(root, {SIDE: write_thread(2)})
    build(root)
    page = read(root / "output" / FOLDER / "index.html")
    assert not page.css("details")
    assert not read(root / "output/index.html").css("script[src]")
