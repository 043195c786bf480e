"""From a planned page to bytes."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from sitegen.model.article import Body, TocEntry
from sitegen.model.codec import UnreadableError
from sitegen.model.comments import Comment, CommentThread, PlacedComment, Provenance
from sitegen.model.config import PagesConfig
from sitegen.model.names import ArticleId, Digest, Html
from sitegen.model.theme import Theme
from sitegen.model.values import replace
from sitegen.plan.site import plan_site
from sitegen.plan.sitemaps import Limits, plan_sitemaps
from sitegen.render.environment import build_environment
from sitegen.render.page import render_page
from tests.render.rendering import CONFIG, Shelf, layer, render_article, theme
from tests.samples import article, metadata, plain, snapshot, sources


def placed(anchor: str, **changes: object) -> PlacedComment:
    comment = Comment(id=anchor, anchor=anchor, body=Html(f"<p>{anchor}</p>"), **changes)  # type: ignore[arg-type]
    return PlacedComment(comment=comment, depth=0)


THREAD = CommentThread(
    provenance=Provenance(origin_url="https://old.example/"),
    comments=(placed("comment-1"), placed("comment-2", deleted=True)),
)


def render_all(used: Theme, shelf: Shelf | None = None) -> dict[str, str]:
    """Every page of a small site by its path."""
    items = (
        plain("a", "2026-10-01"),
        article("pages/about.md", metadata("about", None)),
        plain("old", aliases=("/was/",)),
    )
    discussed = dict.fromkeys((ArticleId("world/a.md"), ArticleId("pages/about.md")), snapshot(2))
    plan = plan_site(sources(*items, config=CONFIG, snapshots=discussed))
    environment = build_environment(used, plan.sites)
    shelf = shelf or Shelf({"thread of 2": THREAD})
    return {
        spec.path: render_page(spec, environment, used, plan.sites, shelf).data.decode()
        for spec in plan.specs
        if spec.template in {name for item in used.layers for name in item.templates}
    }


def test_bodies_stand_on_the_pages_of_documents() -> None:
    text = "{{ content.html }}|{% for entry in content.toc %}{{ entry.title }}{% endfor %}|{{ comments is none }}"
    body = Body(parts=(Html("<h2>A & b</h2>"),), slots=(), toc=(TocEntry(level=2, id="a-b", title="A & b"),))
    shelf = Shelf({"thread of 2": THREAD}, {"body of world/a.md": body, "body of pages/about.md": body})
    pages = render_all(theme(layer({"article.html": text, "page.html": text})), shelf)
    assert pages["world/2026/10/a/index.html"] == "<h2>A & b</h2>|A &amp; b|False"
    assert pages["about/index.html"] == "<h2>A & b</h2>|A &amp; b|False"


def test_comments_stand_on_the_page_and_in_the_feed_of_their_document() -> None:
    anchors = "{% for item in comments.items %} {{ item.comment.anchor }}{% endfor %}"
    text = "{% if comments %}{{ comments.count }}" + anchors + "{% endif %}"
    pages = render_all(theme(layer({"article.html": text, "page.html": text, "comments.xml": text})))
    for folder in ("world/2026/10/a", "about"):
        assert pages[f"{folder}/index.html"] == "1 comment-1 comment-2"
        assert pages[f"{folder}/comments.xml"] == "1 comment-1 comment-2"
    assert pages["world/2026/10/old/index.html"] == ""


def test_a_comment_s_text_is_escaped_unless_the_theme_trusts_it() -> None:
    text = "{% for item in comments.items %}{{ item.comment.body }}{{ item.comment.body | safe }}{% endfor %}"
    page = render_all(theme(layer({"comments.xml": text})))["world/2026/10/a/comments.xml"]
    assert page.startswith("&lt;p&gt;comment-1&lt;/p&gt;<p>comment-1</p>")


def test_texts_in_feeds_are_absolute_and_escaped() -> None:
    shelf = Shelf(bodies={"body of world/a.md": Body(parts=(Html('<a href="#x">x</a>'),), slots=())})
    text = "{{ texts['world/a.md'] }}"
    page = render_all(theme(layer({"rss.xml": text})), shelf)["rss.xml"]
    assert page == "&lt;a href=&#34;https://news.example/p/world/2026/10/a/#x&#34;&gt;x&lt;/a&gt;"


def test_every_kind_of_page_knows_its_site() -> None:
    names = ("article", "page", "home", "section", "404", "redirect")
    templates = {f"{name}.html": "{{ site.title }} {{ page.url }}" for name in names}
    pages = render_all(theme(layer({**templates, "sitemap.xml": "{{ page.entries[0].url | absolute }}"})))
    assert pages == {
        "404.html": "The Gazette /404.html",
        "about/index.html": "The Gazette /about/",
        "index.html": "The Gazette /",
        "sitemap.xml": "https://news.example/p/",
        "was/index.html": "The Gazette /was/",
        "world/2026/10/a/index.html": "The Gazette /world/2026/10/a/",
        "world/2026/10/old/index.html": "The Gazette /world/2026/10/old/",
        "world/index.html": "The Gazette /world/",
    }


def test_a_sitemap_of_sitemaps(repository: Path) -> None:
    name = "sitemap-index.xml"
    text = (repository / "sitegen/render/machine/templates" / name).read_text(encoding="utf-8")
    config = replace(CONFIG, pages=PagesConfig(archive=False))
    used, plan = theme(layer({name: text})), plan_site(sources(plain("a"), plain("b"), config=config))
    (*_, spec) = plan_sitemaps(plan.lines.values(), plan.sites["en"], Limits(addresses=2))
    page = render_page(spec, build_environment(used, plan.sites), used, plan.sites, Shelf()).data
    assert [element.text for element in ET.fromstring(page).iter() if element.tag.endswith("loc")] == [
        "https://news.example/p/sitemap-1.xml",
        "https://news.example/p/sitemap-lists-1.xml",
    ]


def test_a_lost_body_is_no_failure_of_a_template() -> None:
    class Empty(Shelf):
        def load_body(self, digest: Digest) -> Body:
            raise UnreadableError(digest)

    with pytest.raises(UnreadableError):
        render_article(theme(layer({"article.html": ""})), Empty())


def test_bytes_are_utf_8() -> None:
    assert render_article(theme(layer({"article.html": "é{{ page.title }}"})), None, title="漢字") == "é漢字"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>One  line,\nand more</p>", "One line, and more"),
        ("<p> Tom &amp; <b>Ann</b></p>", "Tom & Ann"),
        ("<p>4 &lt; 5</p>", "4 < 5"),
        ("<p>One</p><p>two</p>", "One two"),
        ("<p>Read {{ this }}, please</p>", "Read , please"),
        ("<p>A > B</p>", "A > B"),
        ("<p><p></p>", None),
        ("words", "words"),
    ],
)
def test_machines_are_told_the_words_of_a_comment(body: str, text: str | None) -> None:
    comment = replace(placed("comment-1").comment, body=Html(body))
    thread = replace(THREAD, comments=(PlacedComment(comment=comment, depth=0),), open=1)
    used = theme(layer({"article.html": "{{ structured_data[0] }}"}))
    page = render_all(used, Shelf({"thread of 2": thread}))["world/2026/10/a/index.html"]
    assert json.loads(page)["comment"][0].get("text") == text
