"""The quick parts give what python-Markdown gives: it is the oracle, and every kind of document is compared with it."""

import sys
import tomllib
from itertools import product
from pathlib import Path

import markdown
import pytest
from hypothesis import given, settings
from markdown.extensions.md_in_html import HtmlBlockPreprocessor

from sitegen.model.config import MarkdownConfig, TomlValue
from sitegen.parse import quick_markdown
from sitegen.parse.markdown_setup import load_markdown
from sitegen.parse.quick_parts import PARTS
from tests.parse.markdown_documents import DOCUMENTS, SOUP, read_kinds
from tests.parse.test_markdown import read_cases
from tests.parse.test_real_news import CORPUS, needs_corpus

KINDS = read_kinds()


def build_quick(config: MarkdownConfig) -> markdown.Markdown:
    return load_markdown(config)[0]


def build_stock(config: MarkdownConfig) -> markdown.Markdown:
    """python-Markdown with the same extensions and without any of the shortcuts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quick_markdown, "TRIED", frozenset())
        return load_markdown(config)[0]


QUICK, STOCK = build_quick(MarkdownConfig()), build_stock(MarkdownConfig())


def convert(engine: markdown.Markdown, source: str) -> str:
    """Return the HTML, or what went wrong."""
    try:
        return engine.reset().convert(source)
    except Exception as failure:  # noqa: BLE001 — whatever it is, both have to raise it
        return f"{type(failure).__name__}: {failure}"


def check(source: str) -> None:
    assert convert(QUICK, source) == convert(STOCK, source)


def test_the_locked_version_has_been_tried() -> None:
    lock = tomllib.loads((Path(__file__).parents[2] / "uv.lock").read_text(encoding="utf-8"))
    (version,) = (package["version"] for package in lock["package"] if package["name"] == "markdown")
    assert version in quick_markdown.TRIED, (
        f"uv.lock has python-Markdown {version}, with which bodies are converted four times slower than they could be: "
        "read its changes, add it to TRIED in sitegen/parse/quick_markdown.py, and run this module with `-m ''`"
    )


def test_the_version_is_told_without_loading_it() -> None:
    assert quick_markdown.find_version() == markdown.__version__


def test_the_shortcuts_are_taken() -> None:
    classes = {type(part) for part in (*QUICK.preprocessors, *QUICK.inlinePatterns, *QUICK.treeprocessors)}
    assert set(PARTS.values()) <= {*classes, type(QUICK.parser)}
    QUICK.reset().convert("a")
    assert QUICK.parser._known  # type: ignore[attr-defined]
    assert QUICK.treeprocessors["inline"]._list_trials() is not None  # type: ignore[attr-defined]


def test_a_version_that_has_not_been_tried_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick_markdown, "find_version", lambda: "3.99")
    monkeypatch.setitem(sys.modules, "sitegen.parse.quick_parts", None)  # raises ImportError where it is imported
    engine = build_quick(MarkdownConfig())
    assert type(engine.preprocessors["html_block"]) is HtmlBlockPreprocessor
    assert engine.reset().convert("*a* [b](c)") == '<p><em>a</em> <a href="c">b</a></p>'


@pytest.mark.parametrize("source", KINDS.values(), ids=KINDS)
def test_every_kind_of_markup(source: str) -> None:
    check(source)
    check(source.replace("\n", "\r\n"))
    check(source.rstrip("\n"))


def test_all_kinds_of_markup_in_one_document() -> None:
    check("\n\n".join(KINDS.values()))
    check("\n".join(KINDS.values()))


@pytest.mark.parametrize("source", [case[1] for case in read_cases()], ids=[case[0] for case in read_cases()])
def test_cases_of_the_engine(source: str) -> None:
    check(source)


@settings(deadline=None, max_examples=300)
@given(DOCUMENTS)
def test_random_documents(source: str) -> None:
    check(source)


@settings(deadline=None, max_examples=300)
@given(SOUP)
def test_random_marks(source: str) -> None:
    check(source)


@pytest.mark.parametrize("length", [5, pytest.param(8, marks=pytest.mark.slow)])
def test_emphasis_of_every_form(length: int) -> None:
    texts = ["".join(marks) for marks in product("*_a ", repeat=length)]
    for start in range(0, len(texts), 500):
        check("\n\n".join(f"x{text}x\n{text}" for text in texts[start : start + 500]))


@pytest.mark.slow
@settings(deadline=None, max_examples=5_000)
@given(DOCUMENTS | SOUP)
def test_many_random_documents(source: str) -> None:
    check(source)


EXTENSIONS = {
    "inline patterns": "pymdownx.caret pymdownx.tilde pymdownx.mark pymdownx.keys",
    "emphasis of another kind": "pymdownx.betterem",
    "patterns that some elements exclude": "pymdownx.magiclink",
    "fences of another kind": "pymdownx.superfences pymdownx.highlight pymdownx.inlinehilite",
    "blocks": "pymdownx.blocks.admonition pymdownx.blocks.details pymdownx.blocks.tab",
    "lists of another kind": "pymdownx.fancylists pymdownx.saneheaders",
    "tasks and symbols": "pymdownx.tasklist pymdownx.smartsymbols pymdownx.critic",
    "escapes and emoji": "pymdownx.escapeall pymdownx.emoji",
    "those of python-Markdown": "toc sane_lists nl2br admonition wikilinks legacy_em legacy_attrs",
    "punctuation and metadata": "smarty meta",
    "options alone": "",
}
OPTIONS: dict[str, dict[str, TomlValue]] = {
    "footnotes": {"SUPERSCRIPT_TEXT": "[{}]*`_`{{.c}}", "USE_DEFINITION_ORDER": False},
    "abbr": {"glossary": {"HTML": "x *y*"}},
}
EXTENDED = """

==a== ~~b~~ ^c^ ++ctrl+d++ :smile: http://f.g (tm) {++e++} [[h]]

- [ ] i
1) j

/// note | k
*l*
///

!!! note
    *m*

[TOC]
"""


@pytest.mark.parametrize("extensions", EXTENSIONS.values(), ids=EXTENSIONS)
def test_other_extensions_keep_working(extensions: str) -> None:
    config = MarkdownConfig(extensions=tuple(extensions.split()), extension_options=OPTIONS)
    quick, stock = build_quick(config), build_stock(config)
    for kind, source in KINDS.items():
        assert convert(quick, source + EXTENDED) == convert(stock, source + EXTENDED), kind


def read_post(file: Path) -> str:
    return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")


@needs_corpus
def test_a_sample_of_real_posts() -> None:
    for file in sorted(CORPUS.rglob("*.md"))[::10]:
        assert convert(QUICK, read_post(file)) == convert(STOCK, read_post(file)), file.name


@needs_corpus
@pytest.mark.slow
def test_all_real_posts() -> None:
    for file in sorted(CORPUS.rglob("*.md")):
        assert convert(QUICK, read_post(file)) == convert(STOCK, read_post(file)), file.name
