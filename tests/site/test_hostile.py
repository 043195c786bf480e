"""No string that anybody writes breaks out of its place, in any slot of any page or feed."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.site.test_feeds import parse, read_json_feed
from tests.sites import build, write_files, write_site

_OF_SITES = ("site-title", "site-description", "copyright", "menu", "section", "section-description")
_OF_PICTURES = ("image-alt", "image-caption", "image-credit", "picture-alt")
_OF_ARTICLES = (
    "title",
    "description",
    "tag",
    "author",
    "label",
    "source",
    "licence",
    "rating",
    "correction",
    "neighbour",
)
_OF_BODIES = ("heading", "code", "page-title", "page-description")
_OF_COMMENTS = ("commenter", "comment", "editor", "note", "reply", "further-rating", "mention", "quote", "question")
SHOWN = {
    "broadsheet": (*_OF_SITES, *_OF_PICTURES, *_OF_ARTICLES, *_OF_BODIES, *_OF_COMMENTS),
    "tiny": ("site-title", "title", "section", "code"),
}
"""What each theme shows."""


def mark(name: str) -> str:
    """A string that would run a script, close its tag, or be computed, if it were let; it says where it stands."""
    return f"\"><script>alert(1)</script>&'{{{{ 7*7 }}}}<i {name}>"


CONFIG = f"""\
title = {json.dumps(mark("site-title"))}
description = {json.dumps(mark("site-description"))}
base_url = "https://news.example/"
copyright = {json.dumps(mark("copyright"))}
page_size = 1
[[menus.main]]
title = {json.dumps(mark("menu"))}
url = "pages/about.md"
[[menus.footer]]
title = {json.dumps(mark("menu"))}
url = "pages/about.md"
"""

BODY = f"""\
## `{mark("heading")}`

![`{mark("picture-alt")}`](a%20'&b.png)

```{mark("fence")}
{mark("code")}
```
"""
"""HTML in a body is its author's own, and trusted; code is not HTML."""


def article(**fields: object) -> str:
    """The text of an article with JSON front matter."""
    return json.dumps({"date": "2026-10-01", **fields}, indent=1) + "\n\n" + BODY


COMMENTS = {
    "schema": "sitegen.comments/1",
    "snapshot": {"origin_url": "https://old.example/?a=\"><script>alert(1)</script>&'", "captured_at": "2026-10-02"},
    "comments": [
        {
            "id": "c-1",
            "author": {"name": mark("commenter"), "url": "https://ada.example/\"'><script>alert(1)</script>"},
            "published": "2026-10-01T09:00:00Z",
            "edited": {"at": "2026-10", "by": mark("editor"), "note": mark("note")},
            "body": {"format": "text", "text": mark("comment")},
            "anchor": {"quote": mark("quote"), "question": mark("question")},
            "reactions": {mark("reaction")[:40]: 1},
        },
        {
            "id": "c-2",
            "anchor": {"quote": mark("code"), "prefix": "<pre>", "suffix": "</div><script>alert(1)</script>"},
            "parent": "gone",
            "published": None,
            "reply_to_name": mark("reply"),
            "body": {"format": "html", "text": mark("html") + "<img src=x onerror=alert(1)><svg onload=alert(1)>"},
        },
    ],
    "ratings": [{"value": 4}, {"value": 3, "label": mark("further-rating")}],
    "mentions": [{"id": "m", "kind": "like", "author": mark("mention"), "url": "https://ada.example/\"'><script>x()"}],
}  # fmt: skip

MAIN = article(
    title=mark("title"),
    description=mark("description"),
    section=mark("section"),
    tags=[mark("tag")],
    authors=[mark("author")],
    label=mark("label"),
    image={
        "src": "a '&b.png",
        "alt": mark("image-alt"),
        "caption": mark("image-caption"),
        "credit": mark("image-credit"),
    },
    source={"name": mark("source"), "url": "https://original.example/?a='&b", "licence": mark("licence")},
    rating={"value": 4, "votes": 2, "label": mark("rating")},
    corrections=[{"date": "2026-10-02", "text": mark("correction")}],
    prev={"title": mark("neighbour")},
    aliases=["/old/"],
)

FILES: dict[str, str | bytes] = {
    "sitegen.toml": CONFIG,
    "content/world/main.md": MAIN,
    "content/world/main.comments.json": json.dumps(COMMENTS),
    "content/world/a '&b.png": b"",
    "content/world/second.md": article(title=mark("title"), date="2026-10-02"),
    "content/world/third.md": article(title=mark("title"), date="2026-10-03", draft=True),
    "content/world/_index.md": json.dumps(
        {"title": mark("section"), "description": mark("section-description")}, indent=1
    )
    + "\n",
    "content/pages/about.md": json.dumps(
        {"title": mark("page-title"), "description": mark("page-description")}, indent=1
    )
    + f"\n\n{BODY}",
}


@pytest.fixture(scope="module", params=SHOWN)
def theme(request: pytest.FixtureRequest) -> str:
    """The theme that shows the site."""
    return str(request.param)


@pytest.fixture(scope="module")
def output(theme: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a site that is hostile in every string."""
    root = tmp_path_factory.mktemp("hostile")
    write_files(write_site(root), {**FILES, "sitegen.toml": f'theme = ["{theme}"]\n{CONFIG}'})
    report = build(root)
    assert [problem for problem in report.problems if problem.severity == "error"] == []
    return root / "output"


OWN_SCRIPT = re.compile(r"(?:\.\./)+assets/js/comments\.js\?v=[0-9a-f]+")
"""The only script that a page loads."""


def find_breaches(html: str) -> list[str]:
    """Return what a browser would run, load or show that nobody meant it to."""
    found: list[str] = []
    tree = LexborHTMLParser(html)
    for node in tree.css("*"):
        if node.tag == "script" and node.attributes.get("type") == "application/ld+json":
            json.loads(node.text())
        elif node.tag == "script" and OWN_SCRIPT.fullmatch(node.attributes.get("src") or "") and not node.text():
            continue
        elif node.tag in {"script", "i"}:
            found.append(node.html or node.tag or "")
        found += [
            f"{node.tag} {name}" for name in node.attributes if name.startswith("on") or "<" in name or '"' in name
        ]
    if re.search(r"\b49\b", tree.text()):
        found.append("a template ran")
    return found


def list_strings(html: str) -> str:
    """Everything that a page shows or says, as text."""
    tree = LexborHTMLParser(html)
    values = [value for node in tree.css("*") for value in node.attributes.values() if value]
    return "\n".join([tree.text(), *values])


@pytest.mark.parametrize("folder", ["themes", "sitegen/render/machine", "sitegen/app/starter"])
def test_templates_that_ship_trust_nothing_but_html(repository: Path, folder: str) -> None:
    trusted: set[str] = set()
    for path in (repository / folder).rglob("templates/**/*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            trusted |= set(re.findall(r"(\w+)\s*\|\s*safe\b", text))
            assert "autoescape" not in text, path
            assert len(re.findall(r"\bsafe\b", text)) == len(re.findall(r"\w\s*\|\s*safe\b", text)), path
    assert trusted <= {"html", "body", "json_ld", "text"}
    assert "text" not in trusted or folder == "sitegen/render/machine", "only files that are no HTML are plain text"


def test_no_page_breaks(output: Path) -> None:
    pages = sorted(output.rglob("*.html"))
    assert len(pages) > 10
    breaches = {path.relative_to(output).as_posix(): find_breaches(path.read_text(encoding="utf-8")) for path in pages}
    assert {path: found for path, found in breaches.items() if found} == {}


def is_html(element: ET.Element) -> bool:
    """Whether readers of a feed take the text of `element` for HTML."""
    return element.get("type") == "html" or element.tag.endswith("encoded")


def test_no_feed_breaks(output: Path) -> None:
    for path in sorted(output.rglob("*.xml")):
        root = ET.fromstring(path.read_bytes())
        names = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert not names & {"script", "i", "svg", "b"}, path
        texts = [element.text or "" for element in root.iter() if is_html(element)]
        assert [breach for text in texts for breach in find_breaches(text)] == []
        assert not re.search(r"\b49\b", "".join(root.itertext()))
        if path.name not in {"sitemap.xml", "news-sitemap.xml"}:
            parse(path)


def test_no_json_feed_breaks(output: Path) -> None:
    feeds = sorted(output.rglob("feed.json"))
    assert len(feeds) > 1
    for path in feeds:
        feed = read_json_feed(path)
        for item in feed["items"]:
            assert item["title"] == mark("title")
            assert find_breaches(item["content_html"]) == []


def test_every_string_is_shown_somewhere_as_it_was_written(output: Path, theme: str) -> None:
    shown = "\n".join(list_strings(path.read_text(encoding="utf-8")) for path in sorted(output.rglob("*.html")))
    shown = shown.replace("”", '"').replace("“", '"').replace("’", "'").replace("‘", "'")
    assert [name for name in SHOWN[theme] if mark(name) not in shown] == []
