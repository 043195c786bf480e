"""What is plain becomes what python-Markdown makes of it: the whole engine is compared with and without it."""

import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.errors import ContentError
from sitegen.model.config import MarkdownConfig
from sitegen.parse import markdown_passes, quick_markdown
from sitegen.parse.body import split_body
from sitegen.parse.python_markdown import PythonMarkdown
from sitegen.parse.quick_plain import may_hold_dashes, read_whole, set_aside
from sitegen.parse.quick_plain_blocks import keep_text, read_text, write_spans
from tests.parse.markdown_documents import DOCUMENTS, SOUP, read_kinds
from tests.parse.test_markdown import read_cases
from tests.parse.test_quick_markdown import read_post
from tests.parse.test_real_news import CORPUS, needs_corpus
from tests.patience import patience

KINDS = read_kinds()
CONFIGS = (MarkdownConfig(smart_punctuation=False), MarkdownConfig())
PLAIN = [PythonMarkdown(config) for config in CONFIGS]
with pytest.MonkeyPatch.context() as patch:
    patch.setattr(quick_markdown, "TRIED", frozenset())
    STOCK = [PythonMarkdown(config) for config in CONFIGS]


def convert(engine: PythonMarkdown, source: str, language: str) -> object:
    try:
        return split_body(engine.convert(source, language), source, 1)
    except ContentError as failure:
        return failure.problems


def check(source: str, language: str = "en") -> None:
    for plain, stock in zip(PLAIN, STOCK, strict=True):
        assert convert(plain, source, language) == convert(stock, source, language)


def count_plain(source: str) -> int:
    """Return how many blocks python-Markdown is not asked about."""
    return sum(len(re.findall("<(?:p|h2|ul|ol)>", run)) for run in set_aside(source).runs)


ARTICLE = """
The *water board*, in what a **member** called "a first step",
[sold](https://a.example/b_c?d=e&f=g#h "To whom") R & D > 3.
AT&T&nbsp;and a_b `&` *&* 3

## What was decided

- One [item](../other.md)
- Another, of `code`

> Quoted
>
> text

1. First
2. **Second**

*[Read more](next.md)*
and 2023 was

3*4*5

| Year | *Ships* |  |
| --- | ---: | :-: |
| 2020 | 86 | [a](b) |
|||c|
"""


def test_an_article_of_plain_blocks_is_plain_as_a_whole() -> None:
    assert read_whole(ARTICLE) == (
        '<p>The <em>water board</em>, in what a <strong>member</strong> called "a first step",\n'
        '<a href="https://a.example/b_c?d=e&amp;f=g#h" title="To whom">sold</a> R &amp; D &gt; 3.\n'
        "AT&amp;T&nbsp;and a_b <code>&amp;</code> <em>&amp;</em> 3</p>\n"
        "<h2>What was decided</h2>\n"
        '<ul>\n<li>One <a href="../other.md">item</a></li>\n<li>Another, of <code>code</code></li>\n</ul>\n'
        "<blockquote>\n<p>Quoted</p>\n<p>text</p>\n</blockquote>\n"
        "<ol>\n<li>First</li>\n<li><strong>Second</strong></li>\n</ol>\n"
        '<p><em><a href="next.md">Read more</a></em>\nand 2023 was</p>\n'
        "<p>3<em>4</em>5</p>\n"
        '<div class="table-scroll" tabindex="0">\n<table>\n<thead>\n<tr>\n<th>Year</th>\n'
        '<th class="align-right"><em>Ships</em></th>\n<th class="align-center"></th>\n</tr>\n</thead>\n<tbody>\n'
        '<tr>\n<td>2020</td>\n<td class="align-right">86</td>\n'
        '<td class="align-center"><a href="b">a</a></td>\n</tr>\n'
        '<tr>\n<td></td>\n<td class="align-right"></td>\n<td class="align-center">c</td>\n</tr>\n'
        "</tbody>\n</table>\n</div>"
    )
    check(ARTICLE)


OTHERS = [
    "a_b_",
    "_a *b*_",
    '_"a"_',
    "a&#32b",
    "a\\*",
    "***a***",
    "**a *b* c**",
    "*a",
    "a* b*",
    "[a][b]",
    "[a](b 'c')",
    '[a](b "c" d)',
    "[*a*](b)",
    "![a](b)",
    "a  \nb",
    "a\tb",
    "``a``",
    "` `",
    "a {.b}",
    "a | b\n--|--",
    "|a|b|\n|-|-|",
    "|a|b|\n|-|-|\n|c|",
    "|a|b|\n|-|-|\n|c|d",
    "|a|b|\n|-|-|\n|c|`d|e`|",
    "|a|b|\n|-||\n|c|d|",
    "|a|b|\n|-|-|\n|c|_d*|",
    "|a|\n|-|\n|b|",
    "|\n|\n|",
    "# a\nb",
    "## a ##",
    "a\n===",
    "- a\n\n- b",
    "- a\n\n    b",
    "- a\n  b",
    "- # a",
    "2. a",
    "    a",
    "a\n# b",
    "> > a",
    "> # a",
    "> a\n\n> b",
    "[a]: b",
    "- - -",
    "a\n\n:   b",
    "*[a]: b",
    "<div>\n\na\n\n</div>",
    "```\n\na\n\n```",
    "a[^1]\n\n[^1]: b\n\n    c",
]
"""What is left to python-Markdown, or makes it read the blocks around."""


@pytest.mark.parametrize("other", OTHERS)
def test_what_is_not_plain(other: str) -> None:
    assert read_whole(other) is None
    for source in (other, f"a\n\n{other}\n\nb", f"- a\n\n{other}\n\n- b", f"> a\n\n{other}\n\n> b", f"a\n{other}\nb"):
        check(source)


QUOTED = """\
The members' vote on "a first step", it's said, was "no": (“so be it”).

> "Why?"

- "a", the *council*'s

| Year | "Ships" |
| --- | ---: |
| it's | 1 |
"""


@pytest.mark.parametrize("language", ["en", "fr", "sv"])
def test_quotes_of_a_plain_document_are_written_in_its_source(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    check(QUOTED, language)
    check(QUOTED.replace("*council*'s", "council's"), language)
    monkeypatch.setattr(markdown_passes, "punctuate_tokens", lambda *_: pytest.fail("reads the tokens"))
    PLAIN[1].convert(QUOTED.replace("*council*'s", "council's"), language)


@pytest.mark.parametrize(
    "source",
    [
        '[a](b "c")',
        "[a](it's)",
        '[a]("b)',
        '1["a" b](c)',
        '[a "b"](c)d',
        '*a*"',
        '"*a*"',
        '*"a"*',
        '_a_" b',
        "*a*'s",
        "'a'",
        '"a"...',
        "a -- it's",
        "https://a'b--c",
        '`a "b" c` d',
        "`a -- b` it's",
        "it's `'`",
        "it's a -- b `c`'s -- `d` -- e",
        '<b title="a">b</b>',
        'a&quot; "b"',
        '"a"{{ b }}',
        'a "',
        "| -- | it's |\n| - | - |\n| a | b |",
        "it's\n\n| a | b |\n| - | - |\n| --- | -- |",
        "- it's\n\n- a",
        'a "b"  \nc',
    ],
)
def test_quotes_beside_markup(source: str) -> None:
    for language in ("en", "fr"):
        check(source, language)
        check(f"{source}\n\na", language)


def test_dashes_are_told_from_those_of_tables() -> None:
    table = "\n\n| a | b |\n|---|--:|\n| c | {} |"
    assert not may_hold_dashes(f"a{table.format('-')}{table.format(' ')}")
    assert may_hold_dashes(f"a{table.format('--')}")
    assert may_hold_dashes(f"a --{table.format(' ')}")
    assert may_hold_dashes("a...")


@pytest.mark.parametrize("piece", ["*[a](b)*\n", '"a" *b* it\'s ', "- a\n", "a\n\n", "a     ", "[a](b) "])
def test_plain_text_in_masses_takes_no_long_time_and_is_not_refused(piece: str) -> None:
    source = piece * 20_000
    assert read_whole(source) is not None
    with patience():
        assert PLAIN[1].convert(source, "en").words > 1


def test_the_rest_of_a_document_is_plain() -> None:
    assert count_plain("a\n\n*_b_*\n\nc\n\n## d\n\n*_e_*") == 3
    assert count_plain("- a\n\n*_b_*\n\n- c") == 0, "lists may go on in what is not plain"


def test_inline_html_changes_its_own_block_only() -> None:
    assert count_plain("a\n\nb <b>c\n\nd <br/> e\n\nf") == 2
    for html in ("<b>a</b>", "a <div> b", "a <!-- b", "a <b", "a <script>", "a <http://b.c>"):
        assert count_plain(f"a\n\n{html}\n\nb") == 0


def test_other_extensions_get_everything() -> None:
    engine = PythonMarkdown(MarkdownConfig(extensions=("pymdownx.tilde",)))
    assert engine.convert("a ~~b~~", "en").html == "<p>a <del>b</del></p>"
    engine = PythonMarkdown(MarkdownConfig(extension_options={"abbr": {"glossary": {"b": "c"}}}))
    assert engine.convert("a b", "en").html == '<p>a <abbr title="c">b</abbr></p>'


@pytest.mark.parametrize("source", KINDS.values(), ids=KINDS)
def test_every_kind_of_markup(source: str) -> None:
    check(source)
    check(f"a\n\n{source}\n\nb\n\n- c")


@pytest.mark.parametrize("source", [case[1] for case in read_cases()], ids=[case[0] for case in read_cases()])
def test_cases_of_the_engine(source: str) -> None:
    check(source)


NEARLY = """a b a b an it's 1 2023 "q" ~"a~b",~ s' " ' ." -- --- ... ( ) & & * * ** ** *** ` ` `` [ ] ( ) ]( [a](b)
[a](*) [*](b) *[a](b)* **`a`** ! > # - + 1. 2. : | _ \\ { } {.a} ~ ~ ~~ ~~ ~~ ^ ^ ^^ ^^ ^^ ^^^ ^-~ ^^-~ ^^*~
^^1.~ ^^>~ ^^##~ ^^: ^~ ~^ ^^~ é 字 [^a] [^a]: [a]: *[a]: ^^[a]:~b {{a}} [a]({{b}}) ^^===^ ^=== ^--- _ _ _ __
_a_ __b__ a_b &amp; &nbsp; &a &a; [a&b](?c=d&e=f) [a](it's) [a"](b"c) `&amp;` [a](b~"c~d") ~^ ~ ~ a<br>b
a<b> a</b> a<a~href="x">~a</a>^ <b> <br/> <i <div> <script> <!-- --> </span> <b^^> | | | |- ^| |^|
^^|a|b|^|-|-| ^^|a|--|^|--|--|^|--|a| ^^|a|*b*|^|-|:-:|^|~c~|| ^|c|d| ^^|"""
PARTS = [part.translate(str.maketrans("~^", " \n")) for part in NEARLY.split()] + ["\xa0", "\u2028", "\x85"]


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PARTS), max_size=40).map("".join))
def test_random_documents_that_are_nearly_plain(source: str) -> None:
    check(source)


@settings(deadline=None, max_examples=200)
@given(DOCUMENTS | SOUP)
def test_random_documents(source: str) -> None:
    check(source)


@pytest.mark.parametrize("length", [5, pytest.param(7, marks=pytest.mark.slow)])
def test_emphasis_of_every_form(length: int) -> None:
    texts = ["".join(marks) for marks in product("*_a. ", repeat=length)]
    for start in range(0, len(texts), 500):
        check("\n\n".join(f"x{text}x\n{text}" for text in texts[start : start + 500]))


def check_spans(text: str) -> None:
    spanned = write_spans(text)
    assert spanned is None or keep_text(spanned) == read_text(text)


@pytest.mark.parametrize("length", [5, pytest.param(7, marks=pytest.mark.slow)])
def test_spans_of_a_document_are_those_of_its_texts(length: int) -> None:
    for marks in product("*a []|", repeat=length):
        check_spans(f"a{''.join(marks)}*a*")
    for marks in product('*a>[]()"! ', repeat=length - 2):
        check_spans(f"![a](b) {''.join(marks)}")
        check_spans(f"[a{''.join(marks)}](b{''.join(marks)})")
    for link in ("[a](b*c*d)", '[a](b "*c* d")', "[*a*](b)", "[*a](b)*"):
        check_spans(link)
    assert (
        write_spans('*a* **b**, [c](d "e")\n> f') == '<em>a</em> <strong>b</strong>, <a href="d" title="e">c</a>\n> f'
    )


@pytest.mark.slow
@settings(deadline=None, max_examples=5_000)
@given(st.lists(st.sampled_from(PARTS), max_size=40).map("".join) | DOCUMENTS | SOUP)
def test_many_random_documents(source: str) -> None:
    check(source)


@needs_corpus
def test_a_sample_of_real_posts() -> None:
    for file in sorted(CORPUS.rglob("*.md"))[::10]:
        check(read_post(file))


@needs_corpus
@pytest.mark.slow
def test_all_real_posts() -> None:
    for file in sorted(CORPUS.rglob("*.md")):
        check(read_post(file))
