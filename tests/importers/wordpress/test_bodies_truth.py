"""What readers see of an imported body is what they saw at the source: the same words in the same structure.

The words of the Markdown, rendered by either engine, are compared with those of the HTML that WordPress would have
sent, both read by a parser of browsers.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from sitegen.importers.wordpress.block_comments import has_blocks
from sitegen.importers.wordpress.bodies import NoAttachments, autop, convert_body, convert_rendered
from sitegen.importers.wordpress.cleaning import Finds
from sitegen.importers.wordpress.expansion import expand_shortcodes, link_addresses
from sitegen.model.config import MarkdownConfig
from sitegen.parse.html_tokens import BLOCKS, scan_html
from sitegen.parse.markdown import build_engine
from sitegen.parse.passages import fold_text, fold_tokens
from tests.patience import patience

ENGINES = {
    name: build_engine(MarkdownConfig(smart_punctuation=False, engine=name))
    for name in ("python-markdown", "commonmark")
}
PUNCTUATING = build_engine(MarkdownConfig())
SAMPLE = Path(__file__).parents[4] / "shared" / "import-samples" / "themeunittestdata.wordpress.xml"
STRUCTURE = frozenset(("blockquote", "h2", "h3", "hr", "img", "li", "ol", "table", "td", "th", "tr", "ul"))
UNSEEN = frozenset({"audio", "script", "style", "video"})

needs_sample = pytest.mark.skipif(
    not SAMPLE.is_file(), reason="the exports ../shared/import-samples are not beside the repository"
)


def walk(node: LexborNode) -> Iterator[str]:
    """Yield the text of `node`, and the tags of its structure in angle brackets that no text has."""
    child = node.child
    while child is not None:
        name = child.tag or ""
        if name == "-text":
            yield child.text(deep=False)
        elif name not in UNSEEN and name[:1] not in "-_":
            divider = " " if name in BLOCKS or name == "br" else ""
            yield divider + ("\ufdd0" + name + "\ufdd1" if name in STRUCTURE else "")
            yield from walk(child)
            yield divider + ("\ufdd0/" + name + "\ufdd1" if name in STRUCTURE else "")
        child = child.next


def read(html: str) -> tuple[str, list[str]]:
    """Return the words of a page on one line, and its structure without what is empty."""
    body = LexborHTMLParser(f"<!doctype html><body>{html}").body
    assert body is not None
    marked = "".join(walk(body))
    tags: list[str] = []
    for tag in re.findall("\ufdd0([^\ufdd1]*)\ufdd1", marked):
        if tag[0] == "/" and tags and tags[-1] == tag[1:] and tag not in {"/hr", "/img"}:
            tags.pop()
        else:
            tags.append(tag)
    return " ".join(re.sub("\ufdd0[^\ufdd1]*\ufdd1", "", marked).split()), tags


def render(markdown: str, engine: str) -> str:
    return ENGINES[engine].convert(markdown, "en").html


WORDS = [*"ab 12.)*_`[](){}<>&#;:!|\\\"'~^=+-/@%$\u00a0é", "{{ x }}", "{% y %}", "[^1]", "![", "](", "---", "1. ", "* ",
         "# ", "> ", "&amp;", "&lt;", "*[A]:", "{: .x }", "http://a.b", "``", "***", "\\*"]  # fmt: skip
ADDRESSES = ["https://a.example/b_c_d", "/x y", "/a(b)", "?a=1&amp;copy=2", "/{{x}}", "/*a*", "/`q`", "a|b", "/é"]


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(lambda words: escape("".join(words)))
addresses = st.sampled_from(ADDRESSES)
images = st.builds('<img src="{}" alt="{}" title="{}">'.format, addresses, texts, texts) | st.builds(
    '<img src="{}" alt="{}" width="3" height="4">'.format, addresses, texts
)


def format_words(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    words = st.lists(inner, min_size=1, max_size=3).map("".join)
    names = st.sampled_from(["strong", "em", "b", "i", "code", "sup", "sub", "s", "span"])
    linked = words.map(lambda html: re.sub("</?a[^>]*>", "", html))
    return st.builds("<{0}>{1}</{0}>".format, names, words) | st.builds('<a href="{}">{}</a>'.format, addresses, linked)


inline = st.recursive(texts | images | st.just("<br>"), format_words, max_leaves=6)
lines = st.lists(inline, min_size=1, max_size=4).map("".join)


def write_rows(rows: list[list[str]], first: Literal["td", "th"]) -> str:
    cells = [
        "".join(f"<{first if number == 0 else 'td'}>{cell}</{first if number == 0 else 'td'}>" for cell in row)
        for number, row in enumerate(rows)
    ]
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def nest_blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    blocks = st.lists(inner, min_size=1, max_size=3).map("".join)
    items = st.lists(lines | inner | st.builds("{}{}".format, lines, inner), min_size=1, max_size=3).map(
        lambda contents: "".join(f"<li>{content}</li>" for content in contents)
    )
    rows = st.lists(st.lists(lines, min_size=2, max_size=2), min_size=1, max_size=3)
    return (
        st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["blockquote", "div"]), blocks)
        | st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["ol", "ul"]), items)
        | st.builds("<figure>{}<figcaption>{}</figcaption></figure>".format, images, lines)
        | st.builds(write_rows, rows, st.sampled_from(["td", "th"]))
    )


simple = (
    st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["p", "h2", "h3"]), lines)
    | st.builds("<pre><code>{}x\n\n  {}</code></pre>".format, texts, texts)
    | st.builds("<pre>x{}\n\t{}</pre>".format, texts, texts)
    | st.just("<hr>")
)
bodies = st.lists(st.recursive(simple, nest_blocks, max_leaves=5), min_size=1, max_size=4).map("".join)


@pytest.mark.parametrize("engine", ENGINES)
@settings(deadline=None)
@given(html=bodies)
def test_any_html_reads_the_same(engine: str, html: str) -> None:
    body = convert_rendered(html, relocate=lambda address: address)
    assert read(render(body.markdown, engine)) == read(html)


unbracketed = lines.map(lambda html: html.replace("[", "("))
marked = st.builds(
    "<p>{}[wpdiscuz-feedback id='k' question='?']{}[/wpdiscuz-feedback]{}</p>".format, *[unbracketed] * 3
)


@pytest.mark.parametrize("editor", ["", "<!-- wp:html -->"])
@settings(max_examples=50, deadline=None)
@given(html=st.lists(marked, min_size=1, max_size=3).map("".join))
def test_marked_passages_are_found_again_in_the_finished_body(editor: str, html: str) -> None:
    body = convert_body(editor + html, attachments=NoAttachments(), relocate=lambda address: address)
    shown = fold_tokens(scan_html(PUNCTUATING.convert(body.markdown, "en").html)).text
    for passage in body.passages:
        assert fold_text(passage.prefix + passage.quote + passage.suffix) in shown


def send(source: str) -> str:
    """Return what WordPress would have sent of a body."""
    text = link_addresses(expand_shortcodes(source, NoAttachments(), Finds()))
    return text if has_blocks(source) else autop(text)


@needs_sample
@pytest.mark.parametrize("engine", ENGINES)
def test_the_theme_unit_test_reads_the_same(engine: str) -> None:
    name = "{http://purl.org/rss/1.0/modules/content/}encoded"
    sources = [element.text for element in ET.parse(SAMPLE).iter(name) if element.text]
    assert len(sources) > 100
    for source in sources:
        body = convert_body(source, attachments=NoAttachments(), relocate=lambda address: address)
        assert read(render(body.markdown, engine))[0] == read(send(source))[0]


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 10_000 + "deep",
        "<ul><li>" * 10_000 + "deep",
        "<blockquote>" * 10_000 + "deep",
        "<b><i>" * 10_000 + "deep",
        "<table><tr><td>" * 10_000 + "deep",
        "<b>deep<p>" * 10_000,
        "[" * 100_000 + "deep",
        "[caption " * 20_000 + "deep",
        "[gallery ids=1]" * 20_000 + "deep",
        "[wpdiscuz-feedback id=1 question=2]deep" * 10_000,
        "[[audio]" * 20_000 + "deep",
        "deep" + "<!-- wp:x" * 10_000,
        "deep<br>" * 20_000,
        "deep & &amp; &# " * 20_000,
        "*deep* " * 40_000,
        "deep\n" * 20_000,
        "deep\n\n" * 20_000,
        "<a href='" * 10_000 + "deep",
        "https://deep.example/\n" * 10_000,
        "<pre>deep" + "\n" * 500_000 + "</pre>",
    ],
    ids=lambda source: source[:20].encode("unicode_escape").decode(),
)
def test_hostile_bodies_are_converted_in_linear_time(source: str) -> None:
    with patience():
        body = convert_body(source, attachments=NoAttachments(), relocate=lambda address: address)
    assert "deep" in body.markdown
