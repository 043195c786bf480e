import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.parse.html_tokens import (
    Token,
    escape_attribute,
    join_tokens,
    read_attributes,
    resolve_references,
    scan_html,
)
from tests.patience import patience

MARKUP = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<a href=",
            '"',
            "'",
            ">",
            "<",
            "/",
            "=",
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "x",
            " ",
            "&lt;",
            "!",
        ]
    ),
    max_size=30,
).map("".join)


def test_tags_text_and_comments() -> None:
    assert scan_html('a<B class="x>y">b</b><!-- <i> -->c<br/>') == [
        Token("text", "a"),
        Token("open", '<B class="x>y">', "b"),
        Token("text", "b"),
        Token("close", "</b>", "b"),
        Token("comment", "<!-- <i> -->"),
        Token("text", "c"),
        Token("open", "<br/>", "br"),
    ]


def test_script_and_style_are_raw() -> None:
    tokens = scan_html("<script>if (a<b) '</p>'</SCRIPT ><style>p > a {}</style>")
    assert [token.kind for token in tokens] == ["open", "raw", "close", "open", "raw", "close"]
    assert tokens[1] == Token("raw", "if (a<b) '</p>'", "script")


@pytest.mark.parametrize(
    ("source", "mended"),
    [
        ("a <!-- b", "a <!-- b-->"),
        ("<script>a", "<script>a</script>"),
        ('<p>a <b title="x>y</p>', '<p>a &lt;b title="x>y</p>'),
        ("a <b", "a &lt;b"),
        ("a <?php", "a &lt;?php"),
        ("a < b", "a < b"),
        ("<!-->a", "<!-->a"),
        ("<!---->a", "<!---->a"),
        ("</ x>a", "</ x>a"),
    ],
)
def test_nothing_swallows_the_rest_of_the_page(source: str, mended: str) -> None:
    assert join_tokens(scan_html(source)) == mended


def test_attributes_of_every_form() -> None:
    tag = "<a HREF=x/y title = 'a > b' data-x=\"&amp;&quot;\" hidden/>"
    assert [(attribute.name, attribute.value) for attribute in read_attributes(tag)] == [
        ("href", "x/y"),
        ("title", "a > b"),
        ("data-x", '&"'),
        ("hidden", ""),
    ]
    assert tag[slice(*read_attributes(tag)[1][2:])] == "title = 'a > b'"


def test_escaping_for_attributes_holds_in_any_quotes() -> None:
    assert escape_attribute("""<"'&>""") == "&lt;&quot;&#39;&amp;&gt;"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&amp;lt; &eacute; &#233; &#xe9; &nosuch;", "&lt; é é é &nosuch;"),
        ("&#00000000000065;", "A"),
        ("&#" + "0" * 10_000 + "65;", "A"),
        ("&#" + "9" * 10_000 + ";", "\ufffd"),
        ("&#" + "0" * 10_000, "\ufffd"),
        ("&#99999999", "\ufffd"),
        ("&#x" + "f" * 10_000 + ";", "\ufffd"),
    ],
    ids=lambda value: value[:20],
)
def test_references_resolve_whatever_their_number(source: str, text: str) -> None:
    assert resolve_references(source) == text
    assert read_attributes(f'<a title="{source}">')[0].value == text


@pytest.mark.parametrize(
    "source",
    ["<" * 50_000, '<a x="' * 20_000, "<!--" * 20_000, "<a " * 30_000, "<script>" * 20_000, "<a b='>" * 20_000],
)
def test_time_is_linear(source: str) -> None:
    with patience():
        scan_html(source)


@given(MARKUP)
@settings(max_examples=100)
def test_scanning_what_was_joined_gives_the_same(source: str) -> None:
    tokens = scan_html(source)
    joined = join_tokens(tokens)
    assert join_tokens(scan_html(joined)) == joined
    assert all(token.text for token in tokens)
    if joined == source:
        assert scan_html(joined) == tokens


def test_tags_that_were_read_before_are_found_again_whole() -> None:
    tags = ["<p>", "<a href='>'>", "<P>", "<a href='>'>", "<p >", "</p>", "<a b>", "<p>"]
    assert [token.text for token in scan_html("".join(tags))] == tags
    assert [token.text for token in scan_html("<p><x title='<p>'><p")] == ["<p>", "<x title='<p>'>", "&lt;p"]
