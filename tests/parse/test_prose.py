"""Prose finished as one piece of HTML comes to what the passes over tokens make of it."""

import pytest

from sitegen.parse.body import split_body
from sitegen.parse.html_tokens import scan_html
from sitegen.parse.markdown_passes import arrange_body
from sitegen.parse.prose import finish_prose

PROSE = [
    "",
    "<p>One, <em>t</em>wo</p>\n<p>three<br>\nfour</p>",
    "<h2>Comments</h2>\n<p>a</p>\n<h2>A <em>b</em> &amp; c</h2>\n<h2>Comments</h2>\n<h3>!</h3>",
    '<h1>A</h1>\n<h6><a href="headerlink">B</a> c</h6>\n<h2>  d\n</h2>',
    '<p><a href="a.md">b</a> <a href="https://c.example/">d</a> <a href="#e" title="f">g</a></p>',
    '<p><a href="">a</a> <a href="javascript:b">c</a> <a href="https://d/?e=1&amp;f=2">g</a></p>',
    "<blockquote>\n<p>…</p>\n</blockquote>\n<hr>\n<p>– a</p>",
    "<ul>\n<li>a</li>\n<li>b\n<ol>\n<li>c</li>\n</ol>\n</li>\n</ul>",
    '<table>\n<tr>\n<th>a</th><th class="align-left">b</th></tr>\n<tr>\n<td>c</td><td></td></tr>\n</table>',
    f"<p>{'word <strong>word</strong>, ' * 60}</p>",
    "<p>12 &lt; <code>&quot;a b&quot;</code> 新闻</p>",
]


@pytest.mark.parametrize("html", PROSE)
def test_prose_is_finished_as_tokens_are(html: str) -> None:
    assert split_body(finish_prose(html), html, 1) == split_body(arrange_body(scan_html(html), []), html, 1)


def test_only_links_to_resolve_are_pieces_by_themselves() -> None:
    html = '<p><a href="https://a.example/">a</a>, <a href="mailto:b@c.example">b</a></p>'
    assert finish_prose(html).pieces == (html,)
    prose = finish_prose('<p><a href="a.md" title="A">a</a></p>')
    assert [(prose.pieces[place], name) for place, name in prose.tags] == [('<a href="a.md" title="A">', "a")]
