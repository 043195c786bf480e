import pytest

from sitegen.model.article import TocEntry
from sitegen.parse.headings import arrange_headings
from sitegen.parse.html_tokens import find_places, join_tokens, scan_html


def anchor(source: str) -> tuple[str, tuple[TocEntry, ...]]:
    scanned = scan_html(source)
    tokens, toc = arrange_headings(scanned, find_places(scanned), [])
    assert find_places(tokens) == find_places(scanned)
    return join_tokens(tokens), toc


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("<h2>Two words</h2>", '<h2 id="two-words">Two words</h2>'),
        ("<h2>Überblick</h2><h3>समाचार</h3>", '<h2 id="überblick">Überblick</h2><h3 id="समाचार">समाचार</h3>'),
        ("<h2>A</h2><h2>A</h2><h2>A</h2>", '<h2 id="a">A</h2><h2 id="a-2">A</h2><h2 id="a-3">A</h2>'),
        ('<p id="a"></p><h2>A</h2><p id="a-2">', '<p id="a"></p><h2 id="a-3">A</h2><p id="a-2">'),
        ('<h2 id="own" class="x">A</h2>', '<h2 id="own" class="x">A</h2>'),
        ('<h2 class="x">A</h2>', '<h2 id="a" class="x">A</h2>'),
        ("<h2>Comments</h2>", '<h2 id="comments-section">Comments</h2>'),
        ("<h2>Comment 5</h2>", '<h2 id="section-comment-5">Comment 5</h2>'),
        ("<h2>Main</h2><h2>main!</h2>", '<h2 id="main-section">Main</h2><h2 id="main-section-2">main!</h2>'),
        ("<h2>Page one</h2>", '<h2 id="section-page-one">Page one</h2>'),
        ("<h2>Comment</h2><h2>Comment</h2>", '<h2 id="comment">Comment</h2><h2 id="comment-2">Comment</h2>'),
        ("<h2>!?</h2>", '<h2 id="section">!?</h2>'),
        ("<h2>R&amp;D &lt;b&gt;</h2>", '<h2 id="r-d-b">R&amp;D &lt;b&gt;</h2>'),
        ("<h1>A</h1><h2>B</h2><h6>C</h6>", '<h2 id="a">A</h2><h3 id="b">B</h3><h6 id="c">C</h6>'),
        ("<H1 CLASS=x>A</H1>", '<h2 id="a" CLASS=x>A</h2>'),
        ("<h2>A<p>b</p>", '<h2 id="a">A<p>b</p>'),
        ("<p>no heading</p>", "<p>no heading</p>"),
    ],
)
def test_anchors_and_levels(source: str, html: str) -> None:
    assert anchor(source)[0] == html


def test_the_table_of_contents_is_flat_and_plain() -> None:
    source = (
        '<h2>A <em>b</em><sup id="fnref:1"><a href="#fn:1">1</a></sup> c</h2>'
        '<h3>R&amp;D<a class="headerlink" href="#x">¶</a></h3><h2 id="z">D</h2>'
    )
    assert anchor(source)[1] == (
        TocEntry(level=2, id="a-b-c", title="A b c"),
        TocEntry(level=3, id="r-d", title="R&D"),
        TocEntry(level=2, id="z", title="D"),
    )


def test_long_headings_have_short_anchors() -> None:
    assert len(anchor(f"<h2>{'word ' * 100}</h2>")[1][0].id) <= 80
