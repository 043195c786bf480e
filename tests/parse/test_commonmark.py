"""The engine for speed: the same HTML as the default one where the dialects agree, and what it does where not."""

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.errors import ContentError
from sitegen.model.config import MarkdownConfig
from sitegen.parse import commonmark, markdown_passes
from sitegen.parse.body import split_body
from sitegen.parse.html_tokens import join_tokens, scan_html
from sitegen.parse.markdown import build_engine
from tests.parse.markdown_documents import DOCUMENTS, SOUP, read_kinds
from tests.parse.test_markdown import CASES, read_cases
from tests.parse.test_real_news import CORPUS, needs_corpus
from tests.patience import patience

CONFIG = MarkdownConfig(engine="commonmark")
ENGINE = build_engine(CONFIG)
OWN_CASES = Path(__file__).parent / "commonmark_cases"
DIFFERENT = {
    "abbr: an abbreviation",
    "attr_list: a class and an anchor",
    "basics: lists, quotations, breaks",
    "fenced_code: with line numbers, and options that are ignored",
    "html: raw blocks pass",
    "html: what is not closed cannot swallow the page",
    "md_in_html: an aside with a heading",
    "tables: aligned cells",
    "tables: a table between paragraphs",
}
"""Cases of the default engine in which the dialects differ, if only by a line end."""


def convert(source: str) -> str:
    return ENGINE.convert(source, "en").html


@pytest.mark.parametrize(("name", "source", "html"), read_cases(CASES), ids=[name for name, _, _ in read_cases(CASES)])
def test_html_is_that_of_the_default_engine(name: str, source: str, html: str) -> None:
    assert (convert(source) != html) == (name in DIFFERENT)


@pytest.mark.parametrize(
    ("source", "html"), [case[1:] for case in read_cases(OWN_CASES)], ids=[case[0] for case in read_cases(OWN_CASES)]
)
def test_cases(source: str, html: str) -> None:
    assert convert(source) == html


DIFFERENCES = (
    ("~~gone~~", "<p>~~gone~~</p>", "<p><del>gone</del></p>"),
    ("a\n- b", "<p>a\n- b</p>", "<p>a</p>\n<ul>\n<li>b</li>\n</ul>"),
    (
        "- a\n  - b",
        "<ul>\n<li>a</li>\n<li>b</li>\n</ul>",
        "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>",
    ),
    (
        "- a\n+ b",
        "<ul>\n<li>a</li>\n<li>b</li>\n</ul>",
        "<ul>\n<li>a</li>\n</ul>\n<ul>\n<li>b</li>\n</ul>",
    ),
    ("3. a", "<ol>\n<li>a</li>\n</ol>", '<ol start="3">\n<li>a</li>\n</ol>'),
    ("#A", '<h2 id="a">A</h2>', "<p>#A</p>"),
    ("a\nb\n---", "<p>a\nb</p>\n<hr>", '<h2 id="a-b">a\nb</h2>'),
    ("a\\\nb", "<p>a\\\nb</p>", "<p>a<br>\nb</p>"),
    ("<div>\n\n*a*\n\n</div>", "<div>\n\n*a*\n\n</div>", "<div>\n<p><em>a</em></p>\n</div>"),
    ("[a](b c.md)", '<p><a href="b c.md">a</a></p>', "<p>[a](b c.md)</p>"),
    ("a\n[b]: c.md\n\n[b]", '<p>a</p>\n<p><a href="c.md">b</a></p>', "<p>a\n[b]: c.md</p>\n<p>[b]</p>"),
)
"""Markdown, what python-Markdown makes of it, and CommonMark: the table in `docs/reference/markdown.md`."""


@pytest.mark.parametrize(("source", "default", "commonmark"), DIFFERENCES)
def test_what_differs(source: str, default: str, commonmark: str) -> None:
    assert build_engine(MarkdownConfig()).convert(source, "en").html == default
    assert convert(source) == commonmark


def test_headings_have_the_anchors_of_the_default_engine() -> None:
    source = "# Über uns & mehr\n\n## *Comments*\n\n## Comments\n\n<h3>Raw</h3>\n\n### `x` [y](z)\n"
    toc = ENGINE.convert(source, "en").toc
    assert toc == build_engine(MarkdownConfig()).convert(source, "en").toc
    assert [entry.id for entry in toc] == ["über-uns-mehr", "comments-section", "comments-section-2", "raw", "x-y"]


def test_addresses_become_slots_with_their_places() -> None:
    source = 'See [a](b.md#c), [d](<ü e.md>), [f](https://g.example/).\n\n![h](i%20j.png "k")\n'
    converted = ENGINE.convert(source, "en")
    split = split_body(converted, source, 10)
    assert [(link.target, link.span and link.span.line) for link in split.links] == [("b.md#c", 10), ("ü e.md", 10)]
    assert [(image.target, image.span and image.span.line) for image in split.images] == [("i j.png", 12)]
    assert split.excerpt == "See a, d, f."


def test_punctuation_and_highlighting_can_be_turned_off() -> None:
    plain = build_engine(MarkdownConfig(engine="commonmark", smart_punctuation=False, highlight=False))
    assert plain.convert('"a" -- b\n\n```python\nx = 1\n```\n', "en").html == (
        '<p>"a" -- b</p>\n<pre><code class="language-python">x = 1\n</code></pre>'
    )


def test_documents_do_not_touch_each_other() -> None:
    first = convert("A[^1] [b]\n\n[^1]: note\n\n[b]: c.md\n\n## D\n")
    assert convert("A[^1] [b]\n\n## D\n") == '<p>A[^1] [b]</p>\n<h2 id="d">D</h2>'
    assert convert("A[^1] [b]\n\n[^1]: note\n\n[b]: c.md\n\n## D\n") == first


def test_characters_that_html_may_not_hold_are_left_out() -> None:
    assert convert("a\x00b\ufdd0c\x02d\ud800e\x1bf\ufdde") == "<p>abcdef</p>"


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(ContentError) as caught:
        ENGINE.convert("a\n\n" + "> " * 150 + "b", "en")
    (problem,) = caught.value.problems
    assert (problem.message, problem.span and problem.span.line) == ("is nested too deeply to be read", 3)


MASSES = (
    "[",
    "*a **b ",
    "`",
    "<",
    "<!--",
    "[a](",
    "![",
    "_a ",
    "[^1]",
    "a | b\n",
    "[a](<%C3>) ",
    "{{ a }}",
    "<a ",
    "&",
)


@pytest.mark.parametrize("piece", MASSES)
def test_markup_in_masses_takes_no_long_time(piece: str) -> None:
    with patience():
        ENGINE.convert(piece * 20_000 + "\n\n[^1]: b\n", "en")


def check(source: str) -> None:
    """Check what must hold for any text: nothing is raised, and what comes out is whole."""
    try:
        converted = ENGINE.convert(source, "en")
    except ContentError:
        return
    assert not any(character in converted.html for character in "\ufdda\ufdde")
    assert "%EF%B7" not in converted.html
    assert join_tokens(scan_html(converted.html)) == converted.html
    split = split_body(converted, source, 1)
    assert len(split.body.parts) == len(split.body.slots) + 1


def test_a_template_tag_in_an_address_in_a_script_stays() -> None:
    converted = ENGINE.convert("a <script><http://{{ a }}.b>", "en")
    assert "http://{{ a }}.b" in converted.html
    check("a <script><http://{{ a }}.b>")


PROSE = """a b c 1 é *a* **b** _c_ [a](b.md) it's s' 's "a" "b c", "d." ("e f" ' " “ ’ , . ! ( ) [ ] ]( [a](b
[a](it's) [a](b(c)d's) [a](b"c) [a](b\\)c's) ![it's](c.png) [it's][a] [a]: "_a_" *"b"* `it's` <b> &quot; ~~a~~ {.a}
-- ... | - > # \\ ^^ ^^ ^ ^ ^^-~ ^^>~ ^^##~ ^^1.~ ^^:~ ^^~~~~~ ~~^ [^1] ^^[^1]:~ """
PIECES = [piece.translate(str.maketrans("~^", " \n")) for piece in PROSE.replace("[^", "[\ue000").split()]
PIECES = [piece.replace("\ue000", "^") for piece in PIECES] + [
    " ",
    " ",
    " ",
    '[a](b "c")',
    '[a]( b "c" )',
    "[a](b 'c')",
    "<i title=it's>",
    "<http://a.b/it's>",
    "~~~\na's\n~~~",
    "    it's",
    ".\\..",
    "-\\-",
    "-\ta\n\n\t\tit's",
    "# a {#it's}",
    "&amp;",
    "&",
    "&nbsp;",
    "&rsquo;",
    "&apos;",
    "&#39;",
    "&quot;",
    "&QUOT;",
    ".&period;.",
    "-&#45;",
    " -- b",
    "12% ",
    "[a](b%20c.md)",
    "[a](https://b.example/?c=d&e#f)",
    "- a\n",
    "> a\n\n",
    "# *a*, [b](c)\n",
    "  \na",
    "[a]: it's",
    '| a | it\'s |\n| - | - |\n| b | "c" |',
]


def check_prose(source: str, language: str) -> None:
    """Check that it is the same whether prose is finished as one piece of HTML, or all of it is cut into tokens."""
    split = split_body(ENGINE.convert(source, language), source, 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commonmark, "punctuate_prose", lambda *_: None)
        assert split == split_body(ENGINE.convert(source, language), source, 1)


@settings(deadline=None, max_examples=500)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.sampled_from(["en", "fr", "sv"]))
def test_quotes_in_prose(source: str, language: str) -> None:
    check_prose(source, language)


@pytest.mark.parametrize("piece", PIECES)
def test_quotes_beside_markup(piece: str) -> None:
    for source in (
        piece,
        f"it's {piece} a",
        f"{piece}\n",
        f'"{piece}" it\'s',
        f"it's\n\n{piece}\n\na",
        f'1{piece}"b c"',
    ):
        check_prose(source, "fr")


def test_quotes_of_prose_are_written_in_its_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown_passes, "punctuate_tokens", lambda *_: pytest.fail("reads the tokens"))
    assert convert('- The *members*, it\'s "said",\n') == "<ul>\n<li>The <em>members</em>, it’s “said”,</li>\n</ul>"


def test_addresses_are_what_the_author_wrote() -> None:
    assert convert("[a](é%20b.md)") == '<p><a href="é%20b.md">a</a></p>'
    assert convert("[a](é.md)") == '<p><a href="é.md">a</a></p>'


def test_a_title_keeps_the_name_of_the_attribute_that_is_left_out() -> None:
    assert convert('[a](b.md "what markdown is")') == '<p><a href="b.md" title="what markdown is">a</a></p>'
    assert convert('<p title="a markdown b" markdown="1">') == '<p title="a markdown b">'


@pytest.mark.parametrize("source", read_kinds().values(), ids=read_kinds())
def test_every_kind_of_markup_can_be_converted(source: str) -> None:
    check(source)


@settings(deadline=None, max_examples=200)
@given(DOCUMENTS | SOUP)
def test_anything_can_be_converted(source: str) -> None:
    check(source)
    check(source.replace("a", "{{ a }}").replace("x.md", "{{x}}"))


@needs_corpus
def test_real_posts_can_be_converted() -> None:
    for file in sorted(CORPUS.rglob("*.md"))[::5]:
        check(file.read_bytes().decode("utf-8-sig"))


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyromark", None)
    with pytest.raises(ContentError) as caught:
        build_engine(CONFIG)
    (problem,) = caught.value.problems
    assert (problem.file, problem.message, problem.hint) == (
        "sitegen.toml",
        'the engine "commonmark" needs the package pyromark, which is not installed',
        "write `pip install 'sitegen[commonmark]'`, or remove `engine`",
    )


def test_extensions_of_the_other_engine_are_refused() -> None:
    with pytest.raises(ContentError) as caught:
        build_engine(MarkdownConfig(engine="commonmark", extensions=("toc",)))
    (problem,) = caught.value.problems
    assert problem.message == 'the engine "commonmark" has no extensions: those named are of python-Markdown'
