"""Paragraphs for text as people type it into WordPress, beside what its `wpautop` shows of it."""

import pytest

from sitegen.importers.wordpress.paragraphs import autop
from tests.patience import patience


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        (" \n\n ", ""),
        ("one", "<p>one</p>"),
        ("one\ntwo\r\n\r\nthree", "<p>one<br />\ntwo</p>\n<p>three</p>"),
        ("one <br>\ntwo", "<p>one <br />\ntwo</p>"),
        ("one<br><br />two", "<p>one</p>\n<p>two</p>"),
        ("<p>one</p>two", "<p>one</p>\n<p>two</p>"),
        ("<p>one\n\ntwo</p>", "<p>one</p>\n<p>two</p>"),
        ("<div>one</div>", "<div>one</div>"),
        ("<div>one\n\ntwo</div>", "<div><p>one</p>\n<p>two</p></div>"),
        ("<blockquote>one</blockquote>two", "<blockquote><p>one</p></blockquote>\n<p>two</p>"),
        ("<ul>\n<li>one\ntwo</li>\n</ul>", "<ul><li>one<br />\ntwo</li></ul>"),
        ("<h2>one</h2>\ntwo", "<h2>one</h2>\n<p>two</p>"),
        ("one\n<hr>\ntwo", "<p>one</p>\n<hr>\n<p>two</p>"),
        ("<pre>one\n\n\ttwo</pre>\nthree", "<pre>one\n\n\ttwo</pre>\n<p>three</p>"),
        ("<script>\n\none()\n</script>", "<p><script>\n\none()\n</script></p>"),
        ("<textarea>one\n\ntwo</textarea>", "<p><textarea>one\n\ntwo</textarea></p>"),
        (
            "<object data='a'>\n<param name='b'>\n<embed src='c'>\n</object>",
            "<p><object data='a'>\n<param name='b'>\n<embed src='c'>\n</object></p>",
        ),
        (
            "<figure>\n<img src='a'>\n<figcaption>\none\n</figcaption>\n</figure>",
            "<figure><img src='a'><figcaption>one</figcaption></figure>",
        ),
        ("<!-- one -->\n\ntwo <!-- three -->", "<!-- one -->\n<p>two <!-- three --></p>"),
        ("<a\nhref='b'>one</a>", "<p><a\nhref='b'>one</a></p>"),
        ("<table>\n<tr>\n<td>one</td>\n</tr>\n</table>", "<table><tr><td>one</td></tr></table>"),
    ],
)
def test_blank_lines_divide_paragraphs_and_line_ends_break(text: str, html: str) -> None:
    assert autop(text) == html


@pytest.mark.parametrize("unit", ["<div>", "</div>", "<br>", "a\n\n", "<pre>", "<b>\n", "<"])
def test_hostile_text_takes_linear_time(unit: str) -> None:
    with patience():
        autop(unit * 50_000)
