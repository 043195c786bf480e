from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.errors import ContentError
from sitegen.model.config import MarkdownConfig
from sitegen.parse.body import split_body
from sitegen.parse.html_tokens import join_tokens, scan_html
from sitegen.parse.markdown import build_engine

CASES = Path(__file__).parent / "markdown_cases"
ENGINE = build_engine(MarkdownConfig())


def read_cases(folder: Path = CASES) -> list[tuple[str, str, str]]:
    """Return name, Markdown and HTML of the cases in `folder`: title, Markdown and HTML, each followed by a dot."""
    cases: list[tuple[str, str, str]] = []
    for file in sorted(folder.glob("*.txt")):
        for block in file.read_text(encoding="utf-8").rstrip().split("\n\n=====\n\n"):
            title, source, html = block.removesuffix("\n.").split("\n.\n")
            cases.append((f"{file.stem}: {title}", source, html))
    return cases


@pytest.mark.parametrize(
    ("source", "html"), [case[1:] for case in read_cases()], ids=[case[0] for case in read_cases()]
)
def test_cases(source: str, html: str) -> None:
    assert ENGINE.convert(source, "en").html == html


def test_documents_do_not_touch_each_other() -> None:
    first = "A[^1] HTML [b][c]\n\n[^1]: note\n\n*[HTML]: x\n\n[c]: d.md\n\n## E\n"
    once = ENGINE.convert(first, "en")
    other = ENGINE.convert("A[^1] HTML [b][c]\n\n## E\n", "en")
    assert other.html == '<p>A[^1] HTML [b][c]</p>\n<h2 id="e">E</h2>'
    assert ENGINE.convert(first, "en") == once


def test_a_failed_document_leaves_no_trace() -> None:
    with pytest.raises(ContentError) as caught:
        ENGINE.convert('<div markdown="1">\n' * 1_500 + "</div>\n" * 1_500, "en")
    assert caught.value.problems[0].code == "markdown"
    assert ENGINE.convert("a\n\n- b", "en").html == "<p>a</p>\n<ul>\n<li>b</li>\n</ul>"


def test_characters_that_html_may_not_hold_are_left_out() -> None:
    assert ENGINE.convert("a\x00b\ufdd0c\x02d\ud800e\x1bf", "en").html == "<p>abcdef</p>"


def test_punctuation_can_be_turned_off() -> None:
    plain = build_engine(MarkdownConfig(smart_punctuation=False))
    assert plain.convert('"a" -- b', "en").html == '<p>"a" -- b</p>'


def test_highlighting_can_be_turned_off() -> None:
    plain = build_engine(MarkdownConfig(highlight=False))
    assert (
        plain.convert("```python\nx = 1\n```", "en").html == '<pre><code class="language-python">x = 1\n</code></pre>'
    )


def test_extensions_and_their_options() -> None:
    engine = build_engine(
        MarkdownConfig(
            extensions=("pymdownx.caret", "markdown.extensions.toc", "tables", "extra"),
            extension_options={"toc": {"permalink": True}, "footnotes": {"BACKLINK_TITLE": "Zurück zu {}"}},
        )
    )
    converted = engine.convert("## A\n\n2^2^[^1]\n\n[^1]: b", "de")
    assert "<sup>2</sup>" in converted.html
    assert '<h2 id="a">A<a class="headerlink"' in converted.html
    assert converted.toc[0].title == "A"
    assert 'title="Zurück zu 1"' in converted.html


@pytest.mark.parametrize(
    ("config", "message", "hint"),
    [
        (
            MarkdownConfig(extensions=("pymdownx.nothing",)),
            'the Markdown extension "pymdownx.nothing" cannot be found',
            "write `pip install pymdown-extensions`, or remove it",
        ),
        (
            MarkdownConfig(extensions=("no_such_module",)),
            'the Markdown extension "no_such_module" cannot be found',
            "install the package it belongs to, or remove it",
        ),
        (
            MarkdownConfig(extensions=("pymdownx.snippets",)),
            'the Markdown extension "pymdownx.snippets" reads files that sitegen does not know of',
            "remove it from `extensions`",
        ),
    ],
)
def test_extensions_that_cannot_be_had(config: MarkdownConfig, message: str, hint: str) -> None:
    with pytest.raises(ContentError) as caught:
        build_engine(config)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file, problem.message, problem.hint) == ("markdown", "sitegen.toml", message, hint)


def test_all_wrong_extensions_are_named_at_once() -> None:
    config = MarkdownConfig(extensions=("nothing_here", "json"), extension_options={"footnotes": {"UNKNOWN": 1}})
    with pytest.raises(ContentError) as caught:
        build_engine(config)
    assert [problem.message.split('"')[1] for problem in caught.value.problems] == ["footnotes", "nothing_here", "json"]


WORDS = r"""a b | \n \n\n - 1. > # * ** _ ` ``` ~~~ [ ] ( ) ]( ![ < > <b> </b> <div> </div> <p> & &amp; " ' -- ... { }
{: {{ }} {{<a>}} [^1] [^1]: [a]: *[a]: : \\ \t é 字 <!-- --> <script> </script> --- === http://a.b <http://a.b> :- x.md
\x02 klzzwxh:0000 wzxhzdk:0 markdown="1" href="x" <a <img ="""
PIECES = st.lists(
    st.sampled_from([word.replace("\\n", "\n").replace("\\t", "\t").replace("\\x02", "\x02") for word in WORDS.split()])
    | st.sampled_from([" ", "    ", "\n    "]),
    max_size=40,
).map("".join)


def read_text(html: str) -> str:
    return "".join(token.text for token in scan_html(html) if token.kind == "text")


def check(source: str) -> None:
    """Check what must hold for any text: nothing but ContentError, and no text lost between parts and slots."""
    try:
        converted = ENGINE.convert(source, "en")
    except ContentError:
        return
    assert "\ufdda" not in converted.html
    assert join_tokens(scan_html(converted.html)) == converted.html
    split = split_body(converted, source, 1)
    assert len(split.body.parts) == len(split.body.slots) + 1
    assert read_text('href="x"'.join(split.body.parts)) == read_text(converted.html)


@given(PIECES)
@settings(max_examples=100, deadline=None)
def test_anything_like_markdown_can_be_converted(source: str) -> None:
    check(source)


@given(st.text(max_size=200))
@settings(max_examples=50, deadline=None)
def test_any_text_can_be_converted(source: str) -> None:
    check(source)


@pytest.mark.slow
@given(PIECES)
@settings(max_examples=3_000, deadline=None)
def test_anything_like_markdown_can_be_converted_at_length(source: str) -> None:
    check(source)
