"""Comment bodies from strangers: an attack, or something merely odd, beside what of it stands in the page."""

import re
from collections.abc import Callable
from html import escape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser, LexborNode

from sitegen.parse.comment_body import CONTAINERS, PHRASES, VOID
from sitegen.parse.sanitize import LONGEST_BODY, clean_text, render_comment_text, sanitize_comment_html
from tests.patience import patience

REL = 'rel="nofollow ugc noopener"'

MARKUP = {
    "paragraphs stay": ("<p>a</p><p>b</p>", "<p>a</p>\n<p>b</p>"),
    "paragraphs without ends": ("<p>a<p>b", "<p>a</p>\n<p>b</p>"),
    "text markup stays": (
        "<p><strong>a</strong> <EM>b</EM> <code>c</code></p>",
        "<p><strong>a</strong> <em>b</em> <code>c</code></p>",
    ),
    "loose text gets a paragraph": ("a", "<p>a</p>"),
    "line ends break lines": ("a\nb", "<p>a<br>\nb</p>"),
    "a break and a line end are one break": ("a<br />\nb", "<p>a<br>\nb</p>"),
    "windows line ends": ("a\r\nb\r\n\r\nc", "<p>a<br>\nb</p>\n<p>c</p>"),
    "blank lines begin paragraphs": ("a\n\nb\n \n\t\nc", "<p>a</p>\n<p>b</p>\n<p>c</p>"),
    "a blank line inside of markup": ("<b>a\n\nb</b>", "<p><b>a<br>\n<br>\nb</b></p>"),
    "quotation and answer, as WordPress stores them": (
        "<blockquote>a\n\nb</blockquote>\n\nc\nd",
        "<blockquote><p>a</p><p>b</p></blockquote>\n<p>c<br>\nd</p>",
    ),
    "line ends in a paragraph are space": ("<p>a\nb</p>", "<p>a\nb</p>"),
    "preformatted text keeps its lines": ("<pre>\na\n\n  b</pre>", "<pre>a\n\n  b</pre>"),
    "code in preformatted text": ("<pre><code>a\n</code></pre>", "<pre><code>a\n</code></pre>"),
    "lists": ("<ul>\n<li>a\n<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
    "a list in a list": ("<ol><li>a<ul><li>b</ul><li>c</ol>", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
    "text in a list but in no item": ("<ul>a<li>b</li>c</ul>", "<ul><li>a</li><li>b</li><li>c</li></ul>"),
    "items without a list": ("<li>a</li><li>b</li>", "<p>a</p>\n<p>b</p>"),
    "layout becomes paragraphs": ("<div>a</div><div>b</div>c", "<p>a</p>\n<p>b</p>\n<p>c</p>"),
    "headings become paragraphs": ("<h1>a</h1>b", "<p>a</p>\n<p>b</p>"),
    "a paragraph in bold": ("<b><p>a</p></b>", "<p>a</p>"),
    "nothing is left of nothing": ("<p></p><b><i></i></b><ul><li></li></ul><p> <br> </p>", ""),
    "a rule": ("a<hr>b", "<p>a</p>\n<hr><p>b</p>"),
    "a quotation in a list": ("<ul><blockquote>a", "<ul><li><blockquote><p>a</p></blockquote></li></ul>"),
    "a tag that is closed twice": ("<b>a</b></b>b", "<p><b>a</b>b</p>"),
    "tags that overlap": ("<b>a<i>b</b>c</i>", "<p><b>a<i>b</i></b>c</p>"),
    "a formula": ("1 < 2 && 3 > 2", "<p>1 &lt; 2 &amp;&amp; 3 &gt; 2</p>"),
    "references": ("&lt;b&gt; &eacute; &#233; &#xe9; &amp;amp;", "<p>&lt;b&gt; é é é &amp;amp;</p>"),
    "spaces that do not break": ("a&nbsp;b", "<p>a&nbsp;b</p>"),
    "template tags are text": ("{{ 7*7 }} {% raw %}", "<p>{{ 7*7 }} {% raw %}</p>"),
}

LINKS = {
    "https": (
        '<a href="https://a.example/?b=1&amp;c=2">x</a>',
        f'<a href="https://a.example/?b=1&amp;c=2" {REL}>x</a>',
    ),
    "own attributes go": (
        '<a href="http://a.example" target="_top" rel="follow" id="x" title="y" ping="//p" onclick="z()">x</a>',
        f'<a href="http://a.example" {REL}>x</a>',
    ),
    "mail": ("<a href=mailto:desk@news.example>x</a>", f'<a href="mailto:desk@news.example" {REL}>x</a>'),
    "space and line ends around and inside": (
        '<a href=" ht\ntps://a.example/b c\t">x</a>',
        f'<a href="https://a.example/b%20c" {REL}>x</a>',
    ),
    "quotes in an address": (
        "<a href='https://a.example/\"onmouseover=\"x'>x</a>",
        f'<a href="https://a.example/&quot;onmouseover=&quot;x" {REL}>x</a>',
    ),
    "the first href counts": (
        "<a href='https://a.example' href='javascript:x'>x</a>",
        f'<a href="https://a.example" {REL}>x</a>',
    ),
    "links do not nest": (
        "<a href=https://a.example>x<a href=https://b.example>y</a></a>",
        f'<a href="https://a.example" {REL}>x</a><a href="https://b.example" {REL}>y</a>',
    ),
    "relative to another scheme": ("<a href=//evil.example>x</a>", "x"),
    "relative to the old site": ("<a href=/login>x</a>", "x"),
    "a fragment": ("<a href=#comments>x</a>", "x"),
    "no address": ("<a name=x>y</a>", "y"),
    "no host": ("<a href=https://>y</a>", "y"),
    "backslashes": (r"<a href=https:\\evil.example>x</a><a href=https://a.example\@evil.example>y</a>", "xy"),
    "script": ("<a href=javascript:alert(1)>x</a>", "x"),
    "script in capitals": ("<a href=JaVaScRiPt:alert(1)>x</a>", "x"),
    "script in references": ("<a href=&#106;&#x61;vascript&colon;alert(1)>x</a>", "x"),
    "script in references without an end": ("<a href=&#0000106&#0000097vascript:alert(1)>x</a>", "x"),
    "script behind space": ("<a href=' &#14; javascript:alert(1)'>x</a>", "x"),
    "script broken by line ends": ("<a href='java&Tab;scr&NewLine;ipt:alert(1)'>x</a>", "x"),
    "script with a control character": ("<a href='java\x01script:alert(1)'>x</a>", "x"),
    "data": ("<a href='data:text/html,<script>alert(1)</script>'>x</a>", "x"),
    "basic": ("<a href=vbscript:msgbox(1)>x</a>", "x"),
    "files, views and other schemes": (
        "<a href=file:///etc/passwd>x</a><a href=view-source:x>y</a><a href=tel:1>z</a>",
        "xyz",
    ),
    "a word that only looks like a scheme": ("<a href=httpsx://a.example>x</a>", "x"),
    "an address of 5,000 characters": (f"<a href=https://a.example/{'b' * 5000}>x</a>", "x"),
    "an image": ("<img src=https://a.example/b.png alt='A cat'>", f'<a href="https://a.example/b.png" {REL}>A cat</a>'),
    "an image without words": (
        "<img src=https://a.example/b.png>",
        f'<a href="https://a.example/b.png" {REL}>image</a>',
    ),
    "an image in a link": (
        "<a href=https://a.example><img src=https://b.example/c alt=x></a>",
        f'<a href="https://a.example" {REL}>x</a>',
    ),
    "an image from here": ("<img src=/c.png alt=x>", "x"),
    "an image without an address": ("a<img>b", "ab"),
    "an image that says more than its address": (
        "<img src=https://a.example alt='<script>x</script>'>",
        f'<a href="https://a.example" {REL}>&lt;script&gt;x&lt;/script&gt;</a>',
    ),
    "an emoji": ("a <img src=https://s.example/1f600.svg alt=\U0001f600 class=emoji>", "a \U0001f600"),
    "a smiley": ("a <img src=https://s.example/icon_smile.gif alt=:-) class=wp-smiley>", "a :-)"),
    "an image that runs code": ("<img src=x onerror=alert(1)>", ""),
    "an image with data": ("<img src='data:image/svg+xml,<svg onload=alert(1)>'>", ""),
}

ATTACKS = {
    "script": ("a<script>alert(1)</script>b", "<p>ab</p>"),
    "script in capitals": ("a<ScRiPt SRC=//evil.example>alert(1)</sCrIpT >b", "<p>ab</p>"),
    "script in script": ("a<scr<script>ipt>alert(1)</scr</script>ipt>b", "<p>aipt&gt;alert(1)ipt&gt;b</p>"),
    "script without an end": ("a<script>alert(1)", "<p>a</p>"),
    "script with a NUL": ("a<scr\x00ipt>alert(1)</script>b", "<p>ab</p>"),
    "script written as text": ("&lt;script&gt;alert(1)&lt;/script&gt;", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
    "style": ("a<style>body{display:none}</style>b", "<p>ab</p>"),
    "attributes of every kind": (
        '<p id="comments" name="x" class="y" style="position:fixed" onclick="z()" dir="rtl" data-a lang="x">a</p>',
        "<p>a</p>",
    ),
    "an attribute behind a slash": ("<p/onclick=alert(1)>a</p>", "<p>a</p>"),
    "svg": ("<svg onload=alert(1)><a xlink:href=javascript:x><text>a</text></a></svg>b", "<p>ab</p>"),
    "svg with script": ("<svg><script>alert&lpar;1)</script></svg>a", "<p>a</p>"),
    "svg with style and an image": ("<svg><style><img src=x onerror=alert(1)></style></svg>a", "<p>a</p>"),
    "math": ("<math href=javascript:x><mi xlink:href='data:x'>a</mi></math>", "<p>a</p>"),
    "math with mglyph": (
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
        "",
    ),
    "noscript that is parsed in two ways": ('<noscript><p title="</noscript><img src=x onerror=alert(1)>">', ""),
    "textarea": ("<textarea><b>a</textarea><script>x</script>", "<p>&lt;b&gt;a</p>"),
    "title": ("<title>a</title><img src=x onerror=y>", "<p>a</p>"),
    "plaintext": ("<plaintext>a<b>b", "<p>a<b>b</b></p>"),
    "xmp": ("<xmp><script>a</script></xmp>", "<p>&lt;script&gt;a&lt;/script&gt;</p>"),
    "frames": ("<iframe src=//evil.example srcdoc='<script>x</script>'>a</iframe><frameset><frame src=x>b", "<p>b</p>"),
    "objects": ("<object data=x>a<param name=b></object><embed src=x><applet code=y>c</applet>", "<p>ac</p>"),
    "media": ("<video src=x poster=y onerror=z>a</video><audio src=x autoplay></audio><source src=x>", "<p>a</p>"),
    "forms": ("<form action=//evil.example><input name=x><button formaction=y>a</button></form>", "<p>a</p>"),
    "what belongs in a head": (
        "<base href=//evil.example><meta http-equiv=refresh content='0;url=//e'><link rel=stylesheet href=x>a",
        "<p>a</p>",
    ),
    "a whole page": ("<!doctype html><html><head></head><body onload=x><p>a</p></body></html>", "<p>a</p>"),
    "own elements": ("<x-y onclick=z>a</x-y><slot>b</slot><template>c</template>", "<p>abc</p>"),
    "nested tables": (
        "<table background=x><tr><td>a</td><td>b<table><tr><td>c</table>d</td></tr></table>e",
        "<p>a b</p>\n<p>c</p>\n<p>d</p>\n<p>e</p>",
    ),
    "what a table throws out": ("<table>a<tr><script>x</script><td>b", "<p>a</p>\n<p>b</p>"),
    "leaving the box": ("</p></div></article></li></ol></body></html>a", "<p>a</p>"),
    "a comment": ("a<!-- <b> -->b", "<p>ab</p>"),
    "a comment without an end": ("a<!-- b", "<p>a</p>"),
    "comments that end otherwise": ("a<!-->b<!--->c<!--d--!>e", "<p>abce</p>"),
    "a comment with a tag": ("a<!--><img src=x onerror=alert(1)>-->", "<p>a--&gt;</p>"),
    "conditional comments": ("<!--[if gte IE 4]><script>x</script><![endif]-->a<![if x]>b<![endif]>", "<p>ab</p>"),
    "CDATA": ("a<![CDATA[<script>x</script>]]>b", "<p>ax]]&gt;b</p>"),
    "instructions": ("a<?php echo 1 ?>b<? x ?>c", "<p>abc</p>"),
    "a tag without an end": ('a<img src="x" onerror="alert(1)"', '<p>a&lt;img src="x" onerror="alert(1)"</p>'),
    "an attribute without an end": ('a<a href="https://x.example>b', '<p>a&lt;a href="https://x.example&gt;b</p>'),
    "tags without names": ("<>a</>b< c>d</ e>f", "<p>&lt;&gt;a&lt;/&gt;b&lt; c&gt;df</p>"),
    "angles in attributes": ("<p title='>'><b title=\"<script>\">a", "<p><b>a</b></p>"),
    "direction of text": ("a\u202eb\u202c\u2066c\u2069\u2067d", "<p>abcd</p>"),
    "direction of text in references": ("a&#x202e;b&#8237;c&#x2067;d", "<p>abcd</p>"),
    "zero width": ("a\u200bb\u200dc\ufeffd", "<p>a\u200bb\u200dc\ufeffd</p>"),
    "control characters": ("a\x00b\x07c\x1b[31md\x7fe\x85f", "<p>abc[31mdef</p>"),
    "control characters in references": ("a&#0;b&#1;c&#27;d&#127;e", "<p>a\ufffdbcde</p>"),
    "halves of characters": ("a\ud800b\udfffc&#xd800;d", "<p>abc\ufffdd</p>"),
    "accents in a pile": ("a" + "\u0301" * 500 + "b", "<p>a\u0301\u0301\u0301\u0301b</p>"),
    "a reference of 10,000 digits": ("a&#" + "9" * 10_000 + ";b", "<p>a\ufffdb</p>"),
    "a reference behind 10,000 zeros": ("a&#" + "0" * 10_000 + "65;b", "<p>aAb</p>"),
    "references that a lost tag joins": ("&l<x>t;script&g</x>t;", "<p>&amp;lt;script&amp;gt;</p>"),
}  # fmt: skip


def spread(links: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """The same cases inside of a paragraph."""
    return {name: (f"<p>-{html}-</p>", f"<p>-{expected}-</p>") for name, (html, expected) in links.items()}


CASES = {"markup": MARKUP, "links": spread(LINKS), "attacks": ATTACKS}
ALL = [
    pytest.param(html, expected, id=f"{kind}: {name}")
    for kind, cases in CASES.items()
    for name, (html, expected) in cases.items()
]


@pytest.mark.parametrize(("html", "expected"), ALL)
def test_html(html: str, expected: str) -> None:
    assert sanitize_comment_html(html) == expected


@pytest.mark.parametrize(("html", "expected"), ALL)
def test_what_comes_out_goes_in_again_unchanged(html: str, expected: str) -> None:
    assert sanitize_comment_html(expected) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", "<p>a</p>"),
        ("", ""),
        (" \n\n ", ""),
        ("a\nb\r\nc\rd", "<p>a<br>\nb<br>\nc<br>\nd</p>"),
        ("a\n\n\nb", "<p>a</p>\n<p>b</p>"),
        ("<b>a</b> &amp; & {{ 7*7 }}", "<p>&lt;b&gt;a&lt;/b&gt; &amp;amp; &amp; {{ 7*7 }}</p>"),
        ("https://a.example/?c=1&d=2.", f'<p><a href="https://a.example/?c=1&amp;d=2" {REL}>https://a.example/?c=1&amp;d=2</a>.</p>'),
        ("(https://a.example/b)", f'<p>(<a href="https://a.example/b" {REL}>https://a.example/b</a>)</p>'),
        ("https:// http://\\x javascript:alert(1)", "<p>https:// http://\\x javascript:alert(1)</p>"),
        ('https://a.example/"onclick=x', f'<p><a href="https://a.example/" {REL}>https://a.example/</a>"onclick=x</p>'),
        ("a\u202eb\x00\ud800", "<p>ab</p>"),
    ],
)  # fmt: skip
def test_plain_text(text: str, expected: str) -> None:
    assert render_comment_text(text) == expected


def test_a_body_beyond_the_limit_is_cut() -> None:
    assert sanitize_comment_html("<p>" + "a" * LONGEST_BODY) == "<p>" + "a" * (LONGEST_BODY - 3) + "</p>"
    assert render_comment_text("a" * 10 * LONGEST_BODY) == "<p>" + "a" * LONGEST_BODY + "</p>"


def test_deep_nesting_becomes_shallow_and_keeps_the_text() -> None:
    for name in ("b", "blockquote", "ul", "ul><li", "div", "a href=https://a.example"):
        html = sanitize_comment_html(f"<{name}>" * 3_000 + "x")
        assert len(re.findall(r"<[a-z]", html)) <= 45
        assert re.sub(r"<[^>]*>|\s", "", html) == "x"


def test_very_many_paragraphs() -> None:
    assert sanitize_comment_html("<p>" * 30_000) == ""
    assert sanitize_comment_html("<p>a" * 20_000).count("<p>") == 20_000


HOSTILE = [
    *("<", "<!", "<!--", "<!---", "<!--a--!", "<![CDATA[", "<?", "</", "<a ", "<a =", "<a x='", '<a x="', "<a b='>"),
    *("<p>", "<b>", "</b>", "<b></i>", "<a href=http://x>", "<ul><li>", "<li>", "<table><tr><td>", "<blockquote>"),
    *("<svg>", "<math><mi>", "<noscript>", "<textarea>", "<title>", "<plaintext>", "<script>", "<style>", "<pre>"),
    *("<br \n", "<br>\n", "\n", "\n \t", " ", "x \t", "<b>\n\n", "<b>x\n\n", '<img src="http://a/', "<img alt=x src=http://a>"),
    *("&", "&#", "&lt", "&#9999999999", "http://", "https://a.", "http://a(", "e\u0301\u0301", "\u0301", "\u202e"),
]  # fmt: skip


@pytest.mark.parametrize("clean", [sanitize_comment_html, render_comment_text], ids=["html", "text"])
@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_time_grows_with_the_length_alone(piece: str, clean: Callable[[str], str]) -> None:
    with patience():
        clean((piece * (150_000 // len(piece) + 1))[:150_000])


_PIECES = """
    <p> </p> <b> </b> <i> </i> <a </a> <a_href=https://a.example> <a_href="javascript:x"> <a_href='//x'> <ul> </ul> <ol>
    <li> </li> <blockquote> </blockquote> <pre> </pre> <code> </code> <br> <br/> <hr> <div> </div> <table> <tr> <td>
    </table> <script> </script> <style> </style> <svg> </svg> <math> <mi> <noscript> </noscript> <textarea> </textarea>
    <title> <xmp> <plaintext> <template> <select> <option> <button> <form> <img_src=http://x> <img_alt=":)"> <!-- -->
    --!> <![CDATA[ ]]> <? &lt; &gt; &amp; &quot; &#x202e; &#60; &nbsp; < > " ' / = & ; - ! x y 1 é onclick=x style=
    id=comments title=" \u202e \u2067 \u0301 \x00 \ud800 {{ }} https://b.example/c
"""
PIECES = st.sampled_from([piece.replace("_", " ") for piece in _PIECES.split()])
BODIES = st.lists(PIECES | st.sampled_from([" ", "\n", "\n\n", "\t", "\r\n", "\xa0"]), max_size=25).map("".join)


def read_box(html: str) -> LexborNode:
    """The element around a body, as a browser reads it."""
    box = LexborHTMLParser(f'<!doctype html><article id="box">{html}</article><p id="after">').css_first("article")
    assert box is not None
    assert box.next is not None
    assert box.next.attributes.get("id") == "after", "something left its box"
    return box


def check_body(html: str) -> None:
    box = read_box(html)
    for node in box.css("*"):
        if node == box:
            continue
        assert node.tag in PHRASES | CONTAINERS | VOID
        assert set(node.attributes) == ({"href", "rel"} if node.tag == "a" else set())
        if node.tag == "a":
            assert f'rel="{node.attributes["rel"]}"' == REL
            assert re.match(r"https?://[^/\\]|mailto:", node.attributes["href"] or "", re.IGNORECASE)
    assert box.inner_html == html, "a browser reads it otherwise"
    assert not re.search("[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", html)
    assert html == html.strip("\n")


@given(BODIES)
@example("<b>x\n\n<p>y")
@example("<pre>\n\n")
@settings(max_examples=400, deadline=None)
def test_any_html(body: str) -> None:
    html = sanitize_comment_html(body)
    check_body(html)
    assert sanitize_comment_html(html) == html


@pytest.mark.slow
@given(BODIES)
@settings(max_examples=20_000, deadline=None)
def test_very_much_html(body: str) -> None:
    html = sanitize_comment_html(body)
    check_body(html)
    assert sanitize_comment_html(html) == html


@given(st.text(max_size=80) | BODIES)
@settings(max_examples=200, deadline=None)
def test_any_text_keeps_its_words(text: str) -> None:
    html = render_comment_text(text)
    check_body(html)
    words = read_box(html).text().split()
    assert words == clean_text(text).split()
    assert read_box(sanitize_comment_html(escape(text))).text().split() == words


def test_chromium_finds_nothing_to_run_or_load(browser: Browser) -> None:
    bodies = [html for html, _ in (case for cases in CASES.values() for case in cases.values())]
    page = browser.new_page()
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda failure: errors.append(str(failure)))
    page.on("dialog", lambda dialog: errors.append(dialog.message))
    boxes = "".join(f"<article>{sanitize_comment_html(body)}</article>" for body in bodies)
    page.set_content(f"<!doctype html><main>{boxes}</main>")
    found = page.evaluate(
        """() => [...document.querySelectorAll("article *")].map(
            (element) => [element.localName, ...element.getAttributeNames()].join(" "))"""
    )
    count = page.evaluate("document.querySelectorAll('main > article').length")
    page.close()
    assert (requests, errors, count) == ([], [], len(bodies))
    assert set(found) <= {*(PHRASES - {"a"}), *CONTAINERS, *VOID, "a href rel"}


WORDS = st.lists(
    st.sampled_from(
        ["a", "B", " ", "  ", "é", "e\u0301", "“", "'", '"', "\u0301" * 6, "🌉", "\u3000", "\xa0", "{{", "`", "@"]
    )
    | st.characters(codec="utf-8"),
    max_size=8,
).map("".join)


@given(line=WORDS.filter(lambda line: not set("\r\n<&") & set(line)))
def test_a_line_of_words_is_what_it_is_above_markup(line: str) -> None:
    """Beside markup a line goes through the writer and the cleaner, alone it need not."""
    for sanitize, more in ((render_comment_text, "\n\n<"), (sanitize_comment_html, "<p>&lt;</p>")):
        alone = sanitize(line)
        assert sanitize(line + more) == (f"{alone}\n" if alone else "") + "<p>&lt;</p>"
