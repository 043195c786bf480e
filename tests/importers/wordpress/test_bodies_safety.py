"""Nothing in an imported body acts: whatever it holds, what sitegen renders of it is text, links and media."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from sitegen.importers.wordpress.bodies import ConvertedBody, NoAttachments, convert_body
from sitegen.model.config import MarkdownConfig
from sitegen.parse.markdown import build_engine

ENGINES = {
    name: build_engine(MarkdownConfig(smart_punctuation=False, engine=name))
    for name in ("python-markdown", "commonmark")
}
ACTIVE = "script,style,iframe,object,embed,form,input,button,textarea,select,svg,math,link,meta,base,template,applet"


def convert(source: str) -> ConvertedBody:
    return convert_body(source, attachments=NoAttachments(), relocate=lambda address: address)


def find_active(html: str) -> list[str]:
    """Return what could act in a page: elements, attributes and addresses."""
    page = LexborHTMLParser(f"<!doctype html><body>{html}")
    found = [node.tag or "" for node in page.css(ACTIVE) if node.parent is not None and node.parent.tag != "head"]
    for node in page.css("body *"):
        for name, value in node.attributes.items():
            scheme = re.match(r"[\s\x00-\x1f]*([a-z][a-z0-9+.-]*):", (value or "").lower())
            is_address = name in {"href", "src", "poster", "srcset", "action", "data"}
            if (
                name.startswith("on")
                or name == "style"
                or (is_address and scheme and scheme[1] not in {"http", "https", "ftp", "mailto", "tel"})
            ):
                found.append(f"{node.tag} {name}={value}")
    return found


PAYLOADS = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<img src="x" alt="a" title="&quot; onerror=&quot;alert(1)">',
    '<a href="java&#10;script:alert(1)">x</a>',
    '<a href="&#x6a;avascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:x">x</a>',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<p>&lt;img src=x onerror=alert(1)&gt;</p>",
    "<code>`&lt;script&gt;</code>",
    "<pre>```\n&lt;script&gt;alert(1)&lt;/script&gt;</pre>",
    "<pre><b>&lt;script&gt;</b></pre>",
    "[x](javascript:alert(1))",
    "![x](javascript:alert(1)){: onerror=alert(1) }",
    "&lt;javascript:alert(1)&gt;",
    "[x]: javascript:alert(1)",
    '<p id="x" style="position:fixed">x</p>',
    "<svg><script>alert(1)</script></svg>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<form action='javascript:alert(1)'><button formaction='javascript:alert(1)'>x</button></form>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<object data='javascript:alert(1)'></object>",
    "<video poster='javascript:alert(1)' onplay=alert(1)><source src='javascript:alert(1)'></video>",
    '[video src="javascript:alert(1).mp4"]',
    "[audio mp3=\"x.mp3' onplay='alert(1)\"]",
    "[embed]javascript:alert(1)[/embed]",
    '[caption width="1" caption="<script>alert(1)</script>"]<img src=x>[/caption]',
    "<figure><img src=x><figcaption>&lt;script&gt;alert(1)&lt;/script&gt;</figcaption></figure>",
    "<!-- wp:x --><script>alert(1)</script><!-- /wp:x -->",
    "<!--><script>alert(1)</script>-->",
    "<!-- wp:x/--><script>alert(1)</script>",
    "<table><tr><td style='x' onclick=alert(1)>x</table>",
    "<a href='x' title='&lt;/a&gt;&lt;script&gt;'>x</a>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_attacks_come_to_nothing(engine: str, payload: str) -> None:
    html = ENGINES[engine].convert(convert(payload).markdown, "en").html
    assert find_active(html) == []


SOUP = [
    *"ab \n<>&\"'=/[]`*_{}", "\n\n", "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<a href='x'>", "</a>",
    "<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td>", "</table>", "<pre>", "</pre>", "<code>", "</code>",
    "<script>", "</script>", "<style>", "<svg>", "</svg>", "<iframe src='//a.example/'>", "</iframe>",
    "<video src='v.mp4'>", "</video>", "<br>", "<img src='i.png' alt='", "'>", "onerror=alert(1) ", "style=x ",
    "javascript:", "<a href='javascript:x'>", "<!--", "-->", "<!-- wp:paragraph -->", "<!-- wp:rss /-->",
    "<!--more-->", "[caption]", "[/caption]", "[gallery]", "[embed]", "[/embed]", "https://a.example/",
    "[audio src='a.mp3']", "[wpdiscuz-feedback id=1 question='q']", "[/wpdiscuz-feedback]", "[[", "]]", "<figure>",
    "<figcaption>", "</figure>", "<blockquote>", "</blockquote>", "<h2>", "</h2>", "<dl>", "<dt>", "<dd>", "</dl>",
    "<details>", "<summary>", "<textarea>", "</textarea>", "\ufdd0\ufde0", "\x02",
]  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
@given(source=st.lists(st.sampled_from(SOUP), max_size=30).map("".join))
def test_no_soup_of_tags_acts_or_breaks(engine: str, source: str) -> None:
    body = convert(source)
    assert find_active(ENGINES[engine].convert(body.markdown, "en").html) == []
    assert not re.search("[\ufdd0-\ufdef\x02]", body.markdown + body.excerpt + repr(body.passages))
