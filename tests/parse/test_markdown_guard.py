from collections.abc import Callable
from contextlib import suppress

import pytest

from sitegen.errors import ContentError, Span
from sitegen.model.config import MarkdownConfig
from sitegen.parse.markdown import build_engine
from sitegen.parse.markdown_guard import guard_source
from tests.patience import patience

ENGINE = build_engine(MarkdownConfig())

PATHOLOGICAL: dict[str, Callable[[int], str]] = {
    "brackets": lambda n: "[" * n,
    "image brackets": lambda n: "![" * n,
    "nested links": lambda n: "[" * n + "a" + "](x)" * n,
    "brackets before a backslash": lambda n: "[" * n + "\\",
    "emphasis in brackets": lambda n: "[*a " * n,
    "link targets": lambda n: "[a](" * n,
    "link targets in angles": lambda n: "[a](<b " * n,
    "misquoted titles": lambda n: "[a](b 'x) " * n,
    "footnote brackets": lambda n: "[^" * n,
    "abbreviation brackets": lambda n: "*[" * n,
    "tags": lambda n: "<a " * n,
    "quoted attributes": lambda n: '<a x="' * n,
    "unquoted attributes": lambda n: "<a x=" * n,
    "addresses": lambda n: "<http://a " * n,
    "character data": lambda n: "<![CDATA[" * n,
    "character data in lines": lambda n: "<![CDATA[\n" * n,
    "comments between tags": lambda n: "a <b> <!-- x --> " * n,
    "comments behind tags": lambda n: "<b>" * n + "<!-- x -->" * n,
    "headings in a paragraph": lambda n: "# a\n" * n,
    "underlined headings": lambda n: "a\n===\n" * n,
    "rules": lambda n: "---\n" * n,
    "definitions": lambda n: "a\n" + ": b\n" * n,
    "terms": lambda n: "a\n: b\n" * n,
    "empty references": lambda n: "[a]:\n" * n,
    "definitions within a line": lambda n: "[^a]: a" * n,
    "references to a note": lambda n: "[^1] " * n + "\n\n[^1]: a\n",
    "abbreviations": lambda n: "".join(f"*[a{i}]: x\n" for i in range(n)) + "\n" + " ".join(f"a{i}" for i in range(n)),
    "fences with lines": lambda n: '``` hl_lines="\n' * n,
    "spaces behind a fence": lambda n: "```" + " " * n + "x",
    "tabs behind a heading": lambda n: "# a #" + "\t" * n + "x",
    "nested lists": lambda n: "- " * n + "a",
    "nested numbers": lambda n: "1. " * n + "a",
    "nested quotations": lambda n: ">" * n + " a",
    "mixed nesting": lambda n: "- > " * n + "a",
    "nested definitions": lambda n: "a\n" + ": " * n + "b",
    "stars": lambda n: "* " * n + "a",
    "indented lists": lambda n: "\n".join("    " * i + "- a" for i in range(n // 4)),
    "nested elements": lambda n: '<div markdown="1">\n' * n + "</div>\n" * n,
}


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_pathological_input_is_refused_at_once(name: str) -> None:
    source = PATHOLOGICAL[name](4_000)
    with patience(), pytest.raises(ContentError) as caught:
        ENGINE.convert(source, "en")
    assert {problem.code for problem in caught.value.problems} == {"markdown"}
    assert all(problem.hint for problem in caught.value.problems)


@pytest.mark.slow
@pytest.mark.parametrize("size", [300, 1_000, 2_000, 12_000])
@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_pathological_input_of_any_size_ends_soon(name: str, size: int) -> None:
    with patience(), suppress(ContentError):
        ENGINE.convert(PATHOLOGICAL[name](size), "en")


@pytest.mark.parametrize(
    "source",
    [
        "[a](b) " * 3_000,
        "- [ ] task\n" * 1_000,
        "1. a\n    - b\n        - c\n" * 300,
        "\n".join("    " * depth + "- a" for depth in range(60)),
        "> > > a\n" * 200,
        "# Heading\n\nText.\n\n" * 500,
        "".join(f"[{number}]: http://news.example/{number}\n" for number in range(500)),
        "".join(f"a[^{number}] " for number in range(300))
        + "\n\n"
        + "".join(f"[^{number}]: b\n" for number in range(300)),
        "a | b | c\n--|--|--\n" + "1 | `2` | 3\n" * 500,
        "```json\n" + "[" * 5_000 + "\n```",
        "a < b and c <d\n\n" * 100,
        "- " * 200,
        "<p>a</p>\n<!-- b -->\n" * 200,
        "word " * 100_000,
        "a" + " " * 250 + "b\n\n" + "```\n" + ("c" + " " * 250 + "d\n") * 400 + "```\n",
        "```\n" + "x" * 20_000 + "\n```\n",
    ],
    ids=lambda source: source[:12],
)
def test_what_people_write_passes(source: str) -> None:
    guard_source(source)


@pytest.mark.parametrize(
    "source",
    [
        "](" * 50_000 + ")" * 50_000,
        "[a](" * 25_000 + ")" * 100_000,
        "[a]('" * 25_000 + ")" * 100_000,
        " " * 200_000 + "x",
        "\t" * 200_000 + "x",
        "```" + " " * 200_000 + "!!",
        "> " * 100_000,
        "<!-- <b> " * 20_000,
        "[^a]: " * 30_000,
        "`|" * 100_000,
    ],
    ids=lambda source: f"{source[:5]!r}",
)
def test_looking_takes_linear_time(source: str) -> None:
    with patience(), suppress(ContentError):
        guard_source(source)


@pytest.mark.parametrize(
    ("target", "refused"),
    [("b 'x", True), ("b 'x ", True), ("b 'x'", False), ("b 'x' ", False), ("b 'x\t", False), ("b", False)],
)
def test_titles_without_an_end_are_what_takes_long(target: str, refused: bool) -> None:
    source = f"[a]({target}) " * 4_000
    if refused:
        with pytest.raises(ContentError, match="brackets"):
            guard_source(source)
    else:
        guard_source(source)


def test_the_place_is_named() -> None:
    source = "Text.\n\n" + "More text.\n\n" * 50 + "a " + "[" * 5_000
    with pytest.raises(ContentError) as caught:
        guard_source(source)
    problem = caught.value.problems[0]
    assert problem.span == Span(line=103, column=3)
    assert problem.message == "would take too long to read: too many brackets that are not closed"
    assert problem.hint == "close them, or write `\\[` and `\\(`"


def test_the_place_of_nesting_is_named() -> None:
    with pytest.raises(ContentError) as caught:
        guard_source("Text.\n\n" + "> " * 300 + "a")
    assert caught.value.problems[0].span == Span(line=3)
    assert caught.value.problems[0].message == "is nested too deeply to be read"
