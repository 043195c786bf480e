"""Passages of a body: what a comment quotes beside where it is marked, and where the link to the comment belongs."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from sitegen.model.comments import Passage
from sitegen.parse.html_tokens import join_tokens, scan_html
from sitegen.parse.passage_marks import mark_passages, name_passage
from sitegen.parse.passages import MOST_PASSAGES, Range, find_passages, fold_text, fold_tokens
from tests.patience import patience


def mark(html: str, *passages: Passage | str) -> str:
    """The body with marks as `[…]` and places of links as `^`; an `id` is left out."""
    return re.sub(r"<mark[^>]*>", "[", mark_up(html, *passages)).replace("</mark>", "]")


def mark_up(html: str, *passages: Passage | str) -> str:
    """The body with its marks, and places of links as `^`."""
    tokens = scan_html(html)
    folded = fold_tokens(tokens)
    wanted = [passage if isinstance(passage, Passage) else Passage(quote=passage) for passage in passages]
    found = [place for place in find_passages(folded, wanted) if place]
    pieces = mark_passages(tokens, folded, found)
    return "".join(piece.html + "^" * len(piece.passages) for piece in pieces)


@pytest.mark.parametrize(
    ("html", "quote", "marked"),
    [
        ("<p>The bridge is open.</p>", "bridge", "<p>The [bridge]^ is open.</p>"),
        ("<p>The bridge is open.</p>", "tunnel", "<p>The bridge is open.</p>"),
        ("<p>The bridge</p>", "Bridge", "<p>The bridge</p>"),
        ("<p>The <em>old</em> bridge.</p>", "The old bridge", "<p>[The ]<em>[old]</em>[ bridge]^.</p>"),
        ("<p>The <a href='/'>old bridge</a>.</p>", "old", "<p>The <a href='/'>[old] bridge</a>^.</p>"),
        ("<p>The <a href='/'>old</a> bridge.</p>", "The old", "<p>[The ]<a href='/'>[old]</a>^ bridge.</p>"),
        ("<p>One.</p>\n<p>Two.</p>", "One. Two", "<p>[One.]</p>\n<p>[Two]^.</p>"),
        ("<ul>\n<li>a b</li>\n<li>c</li>\n</ul>", "b c", "<ul>\n<li>a [b]</li>\n<li>[c]^</li>\n</ul>"),
        ("<table><tr><td>a</td> <td>b</td></tr></table>", "a b", "<table><tr><td>[a]</td> <td>[b]^</td></tr></table>"),
        ("<h2>A bridge</h2><p>x</p>", "bridge", "<h2>A [bridge]</h2>^<p>x</p>"),
        ("<pre><code>a = 1</code></pre>", "a = 1", "<pre><code>[a = 1]</code></pre>^"),
        ("<p><code>a</code>, b</p>", "a", "<p><code>[a]</code>^, b</p>"),
        ("<p>a\n  b c</p>", "a b", "<p>[a\n  b]^ c</p>"),
        ("<p>a&nbsp;b &amp; c</p>", "a b & c", "<p>[a&nbsp;b &amp; c]^</p>"),
        ("<p>a &lt;script&gt;x</p>", "<script>", "<p>a [&lt;script&gt;]^x</p>"),
        ("<p>“It’s” – she … said</p>", '"It\'s" -- she ...', "<p>[“It’s” – she …]^ said</p>"),
        ("<p>« Oui », dit-il</p>", '"Oui"', "<p>[« Oui »]^, dit-il</p>"),
        ("<p>He said 'no'—twice</p>", "‘no’ – twice", "<p>He said ['no'—twice]^</p>"),
        ("<p>soft&shy;ware</p>", "software", "<p>[soft&shy;ware]^</p>"),
        ("<p>cafe\u0301</p>", "café", "<p>[cafe\u0301]^</p>"),
        ("<p>a<a class='footnote-ref'>1</a> b</p>", "a b", "<p>[a]<a class='footnote-ref'>1</a>[ b]^</p>"),
        ("<p>a<script>b</script>c</p>", "ac", "<p>[a]<script>b</script>[c]^</p>"),
        ("<p>a<svg><text>b</text></svg></p>", "b", "<p>a<svg><text>b</text></svg></p>"),
        ("<details><summary>a</summary>b</details>", "a", "<details><summary>[a]</summary>^b</details>"),
        ("<p><a href='/'>a", "a", "<p><a href='/'>[a]^"),
        ("<p>漢字を書く</p>", "字を", "<p>漢[字を]^書く</p>"),
        ("<p>x</p>", "", "<p>x</p>"),
        ("", "x", ""),
    ],
)  # fmt: skip
def test_a_passage_is_marked_piece_by_piece_and_followed_by_its_link(html: str, quote: str, marked: str) -> None:
    assert mark(html, quote) == marked


REPEATED = "<p>On Monday the sea rose. On Friday the sea rose. On Sunday the sea fell.</p>"


@pytest.mark.parametrize(
    ("prefix", "suffix", "which"),
    [
        ("", "", 0),
        ("On Friday ", "", 1),
        ("", " fell.", 2),
        ("rose. On Friday ", " rose. On Sunday", 1),
        ("An older text said: Friday ", " rose; it went on", 1),
        ("nothing like it", "nor this", 0),
    ],
)
def test_of_equal_passages_the_one_with_prefix_and_suffix_counts(prefix: str, suffix: str, which: int) -> None:
    marked = mark(REPEATED, Passage(quote="the sea", prefix=prefix, suffix=suffix))
    assert marked[: marked.index("[")].count("the sea") == which


def test_overlapping_passages_share_what_they_have_in_common() -> None:
    html = "<p>one two three four</p>"
    assert mark(html, "one two three", "two three four") == "<p>[one] [two three]^ [four]^</p>"
    assert mark(html, "one two three four", "two") == "<p>[one] [two]^ [three four]^</p>"
    assert mark(html, "two", "two") == "<p>one [two]^ three four</p>"
    assert mark(html, "one", "one two") == "<p>[one]^ [two]^ three four</p>"


def test_every_passage_has_an_id_where_it_begins() -> None:
    html = "<p>one <b>two</b> three</p>"
    marked = mark_up(html, "one two", "two three", "one")
    assert re.findall(r'id="([^"]+)"', marked) == [name_passage(Range(0, 3)), name_passage(Range(3, 6))]
    assert marked.startswith('<p><mark id="page-passage-0">one</mark>')


def test_folding_is_the_same_for_quotes_and_bodies() -> None:
    assert fold_text(" „A“ -- b…\u00ad ") == '"A"-b...'


TEXTS = st.text(alphabet="ab \"'-–&<>…", max_size=12)
PIECES = st.sampled_from(
    [
        "a",
        "b ",
        "ab",
        " ",
        "&amp;",
        "–",
        "“",
        "<p>",
        "</p>",
        "<em>",
        "</em>",
        "<a href=x>",
        "</a>",
        "<pre>",
        "</pre>",
        "<i",
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join), st.lists(st.builds(Passage, quote=TEXTS, prefix=TEXTS), max_size=5))
@settings(max_examples=250, deadline=None)
def test_without_its_marks_a_body_is_what_it_was(html: str, passages: list[Passage]) -> None:
    marked = mark_up(html, *passages).replace("^", "")
    assert re.sub(r"</?mark[^>]*>", "", marked) == join_tokens(scan_html(html))
    identities = re.findall(r'id="([^"]+)"', marked)
    assert len(set(identities)) == len(identities)
    tree = LexborHTMLParser(marked)
    assert not tree.css("mark mark, mark > :not(mark)")


def test_time_grows_with_the_number_alone() -> None:
    html = "<p>" + "a <b>a</b> " * 20_000 + "</p>"
    passages = [Passage(quote="a", prefix="a" * (place % 64), suffix="b" * (place // 64)) for place in range(5_000)]
    with patience():
        assert 1 <= mark_up(html, *passages).count("<mark") <= 64
        distinct = [Passage(quote="a" * (1 + place)) for place in range(5_000)]
        assert mark_up(html, *distinct).count("^") == MOST_PASSAGES
