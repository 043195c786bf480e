import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.parse.html_tokens import Token, scan_html
from sitegen.parse.text import count_words, cut_excerpt


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", 0),
        ("<p>One two, three.</p><p>four</p>", 4),
        ("<p>don't read-only 3.5 it’s</p>", 6),
        ("<p>'one' two' 'three ' four''five 'tis 'six'seven' ' '</p>", 7),
        ("<p>“One” – two… three—four «five» ‘six’ seven’s</p>", 7),
        ("<p>snake_case a_ _b 7th</p>", 5),
        ("<p><b>on</b>e <i>t</i>wo</p>", 2),
        ("<li>one</li><li>two</li>one<br>two", 4),
        ("<p>新闻网站 news</p>", 5),
        ("<p>हिन्दी समाचार</p>", 2),
        ("<p>Ünïcödé naïve</p>", 2),
        ("<p>«Blåbær» på l’été, x² Ærø</p>", 5),
        ("<p>R&amp;D &nbsp; a&#8217;s</p>", 3),
        ("<script>a b</script><style>c d</style><pre>x y</pre><!-- no -->", 2),
        ("<p title='a b c'>one</p>", 1),
    ],
)
def test_words(source: str, words: int) -> None:
    assert count_words(scan_html(source)) == words


@pytest.mark.parametrize(
    ("source", "excerpt"),
    [
        ("", ""),
        ("<h2>Title</h2>\n<p>First\n <em>one</em>.</p><p>Second.</p>", "First one."),
        ("<p><img src='a'></p><p> &nbsp; </p><p>Text</p>", "Text"),
        ("<p>…</p><p>Text</p>", "Text"),
        ('<p>Text<sup id="fnref:1"><a href="#fn:1">1</a></sup>, more</p>', "Text, more"),
        ("<p>H<sub>2</sub>O &amp; E=mc<sup>2</sup></p>", "H2O & E=mc2"),
        ("<p>{{% note %}}</p><p>[Read]({{&lt; ref x &gt;}}) {{&lt; a &gt;}} this</p>", "Read this"),
        ("<figure><p>Caption</p></figure><table><tr><td><p>cell</p></td></tr></table><p>Text</p>", "Text"),
        ("<ul><li>One</li><li>Two</li></ul>", "One"),
        ("<div>Loose</div><p>Text</p>", "Text"),
        ("Just text", "Just text"),
        ("<p>a<br>b</p>", "a b"),
        ("<p>open", "open"),
    ],
)
def test_excerpt(source: str, excerpt: str) -> None:
    assert cut_excerpt(scan_html(source)) == excerpt


def test_a_long_excerpt_ends_at_a_word() -> None:
    excerpt = cut_excerpt(scan_html(f"<p>{'words, ' * 100}</p>"))
    assert 180 < len(excerpt) <= 201
    assert excerpt.endswith("words…")
    assert len(cut_excerpt(scan_html(f"<p>{'字' * 500}</p>"))) == 201


@given(st.text("ab1' _.-\n\u2019\u201c\u2013éß²«ā"))
def test_words_are_counted_as_they_are_found(text: str) -> None:
    assert count_words([Token("text", text)]) == len(re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text))
