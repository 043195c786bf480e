import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.errors import Span
from sitegen.model.article import ImageSlot, LinkSlot, Slot
from sitegen.model.config import MarkdownConfig
from sitegen.parse.body import SplitBody, split_body
from sitegen.parse.html_tokens import find_places, scan_html
from sitegen.parse.markdown import build_engine
from sitegen.parse.markdown_passes import sum_up
from tests.patience import patience

ENGINE = build_engine(MarkdownConfig())


def split(html: str, source: str = "", line: int = 1) -> SplitBody:
    tokens = scan_html(html)
    return split_body(sum_up(tokens, find_places(tokens), ()), source, line)


def show(html: str) -> str:
    """Return the HTML with `{0}` for the first slot and so on."""
    body = split(html).body
    return "".join(
        part + (f"{{{number}}}" if number < len(body.slots) else "") for number, part in enumerate(body.parts)
    )


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>plain</p>", "<p>plain</p>"),
        ('<a href="other.md">x</a>', "<a {0}>x</a>"),
        ('<a class="y" href=other.md title="z">x</a>', '<a class="y" {0} title="z">x</a>'),
        ("<A HREF = 'other.md'>x</A>", "<A {0}>x</A>"),
        ('<a href="/about/?q=1#p">x</a>', "<a {0}>x</a>"),
        ('<a href="a.md" href="b.md">x</a>', "<a {0} >x</a>"),
        ('<a href="http://a.example/">x</a>', '<a href="http://a.example/">x</a>'),
        ('<a href="//a.example/">x</a>', '<a href="//a.example/">x</a>'),
        (
            '<a href="mailto:a@b.example">x</a><a href="tel:1">y</a>',
            '<a href="mailto:a@b.example">x</a><a href="tel:1">y</a>',
        ),
        ('<a href="#part">x</a>', '<a href="#part">x</a>'),
        ('<a name="part">x</a>', '<a name="part">x</a>'),
        ('<img alt="y" src="a.png">', '<img alt="y" {0} loading="lazy" decoding="async">'),
        ('<img src="http://a.example/b.png" />', '<img {0} loading="lazy" decoding="async"/>'),
        ("<img src=a.png>", '<img {0} loading="lazy" decoding="async">'),
        ('<img loading="eager" src="a.png">', '<img loading="eager" {0} decoding="async">'),
        ('<img src="data:image/png;base64,x">', '<img src="data:image/png;base64,x" loading="lazy" decoding="async">'),
        ('<video src="a.mp4" poster="b.jpg"></video>', "<video {0} {1}></video>"),
        ('<audio><source src="a.mp3" type="audio/mpeg"></audio>', '<audio><source {0} type="audio/mpeg"></audio>'),
        (
            '<!-- <a href="x.md"> --><script>"<img src=y>"</script>',
            '<!-- <a href="x.md"> --><script>"<img src=y>"</script>',
        ),
        ("<p title=\"<a href='x'>\">y</p>", "<p title=\"<a href='x'>\">y</p>"),
        ('<a data-href="x.md">y</a>', '<a data-href="x.md">y</a>'),
    ],
)
def test_slots_stand_for_whole_attributes(html: str, shown: str) -> None:
    assert show(html) == shown


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("a%20b.md", "a b.md"),
        ("%C3%A9.md", "é.md"),
        ("a&amp;b.md?c=%20&amp;d#e%20f", "a&b.md?c=%20&d#e%20f"),
        ("100%25.md", "100%25.md"),
        ("a%23b%3Fc.md", "a%23b%3Fc.md"),
        ("%ff.md", "%ff.md"),
        ("100%.md", "100%.md"),
        (" a.md ", "a.md"),
    ],
)
def test_targets_are_text(written: str, target: str) -> None:
    assert split(f'<a href="{written}">x</a>').links == (LinkSlot(target=target),)
    assert split(f'<img src="{written}">').images == (ImageSlot(target=target),)


def test_absolute_images_stay_as_written() -> None:
    assert split('<img src="http://a.example/b%20c.png" WIDTH=3>').images == (
        ImageSlot(target="http://a.example/b%20c.png", sized=True),
    )


def test_slots_are_counted_by_kind() -> None:
    result = split('<a href="a.md"><img src="b.png"></a><video poster="c.jpg"></video>')
    assert result.body.slots == (
        Slot(kind="link", index=0),
        Slot(kind="image", index=0),
        Slot(kind="link", index=1),
    )
    assert result.links[1] == LinkSlot(target="c.jpg", attribute="poster")


@pytest.mark.parametrize(
    "address", ["javascript:x()", " JaVaScript:x", "java\tscript:x", "&#106;avascript:x", "vbscript:x"]
)
def test_script_addresses_are_dropped(address: str) -> None:
    result = split(f'<a href="{address}" class="y">z</a>')
    assert result.body.parts == ('<a  class="y">z</a>',)
    assert [(problem.code, problem.severity) for problem in result.warnings] == [("link", "warning")]


def test_empty_addresses_are_dropped() -> None:
    result = split('<a href="">x</a>')
    assert result.body.parts == ("<a >x</a>",)
    assert [problem.message for problem in result.warnings] == ["an empty `href` leads nowhere; it is left out"]


def test_places_are_those_in_the_file() -> None:
    source = "A [b](c%20d.md).\n\n![e](f.png){width=3} [b](c%20d.md)\n"
    converted = ENGINE.convert(source, "en")
    result = split_body(converted, source, 8)
    assert result.links == (
        LinkSlot(target="c d.md", span=Span(line=8, column=7, length=8)),
        LinkSlot(target="c d.md", span=Span(line=10, column=26, length=8)),
    )
    assert result.images == (ImageSlot(target="f.png", sized=True, span=Span(line=10, column=6, length=5)),)


def test_words_and_excerpt() -> None:
    result = split("<h2>Two words</h2><p>Three more words.</p>")
    assert (result.body.words, result.excerpt) == (5, "Three more words.")


@pytest.mark.parametrize("html", ['<a href="x y">' * 10_000, "<img " * 20_000, "<img " + "a " * 30_000 + ">"])
def test_time_is_linear(html: str) -> None:
    with patience():
        split(html)


TAGS = st.lists(
    st.sampled_from(
        [
            "<a ",
            "<img ",
            'href="x"',
            "href=y",
            "src='z'",
            "src=",
            '"',
            "'",
            ">",
            "/>",
            "</a>",
            " ",
            "text",
            "<",
            "&amp;",
        ]
    ),
    max_size=30,
).map("".join)


def read_text(html: str) -> str:
    return "".join(token.text for token in scan_html(html) if token.kind == "text")


@given(TAGS)
@settings(max_examples=100)
def test_no_text_is_lost(html: str) -> None:
    result = split(html)
    assert len(result.body.parts) == len(result.body.slots) + 1
    assert len(result.body.slots) == len(result.links) + len(result.images)
    assert read_text('href="x"'.join(result.body.parts)) == read_text(html)


@pytest.mark.parametrize(
    ("source", "anchor", "place"),
    [
        ("## Letters {#comments}\n", "comments", (5, 13)),
        ("## A\n\nText.\n{: #comment-901 }\n", "comment-901", (8, 4)),
        ('<p id="comment-901">x</p>\n', "comment-901", (5, 8)),
        ("<p ID=page-top>x</p>\n", "page-top", (5, 7)),
        ("<p id=main>x</p>\n", "main", (5, 7)),
    ],
)
def test_an_id_that_the_page_has_already_is_told(source: str, anchor: str, place: tuple[int, int]) -> None:
    (problem,) = split_body(ENGINE.convert(source, "en"), source, 5).warnings
    assert (problem.code, problem.message) == ("id", f"the page itself has the id `{anchor}`")
    assert problem.hint == f"choose another, such as `section-{anchor}`"
    assert problem.span
    assert (problem.span.line, problem.span.column) == place


@pytest.mark.parametrize(
    "source", ["# Comments\n", "## Comment 901 {#comment}\n", "x[^1]\n\n[^1]: y\n", "<p data-id=main>x</p>\n"]
)
def test_other_ids_are_the_author_s_own(source: str) -> None:
    assert split_body(ENGINE.convert(source, "en"), source, 5).warnings == ()
