"""An edited text: the document comes out as if all of it had been read again, or it is read again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import ContentError
from sitegen.model.config import Config
from sitegen.model.values import replace
from sitegen.parse.article import locate_document, parse_article
from sitegen.parse.article_text import ParsedArticle, parse_text
from sitegen.parse.markdown import build_engine

PATH = "content/world/bridge.md"
ENGINE = build_engine(Config().markdown)
FRONT = "---\ntitle: The bridge\ndate: 2026-10-01\ntags: [a, b]\n---\n"
TOML = "+++\ntitle = 'The bridge'\ndate = 2026-10-01\n+++\n"
JSON = '{\n"title": "The bridge", "date": "2026-10-01"\n}\n'


def parse(text: str) -> ParsedArticle:
    return parse_article(text, locate_document(PATH), ENGINE, Config())


def edit(before: str, after: str) -> ParsedArticle | None:
    return parse_text(after, parse(before).article, ENGINE)


@pytest.mark.parametrize("front", [FRONT, TOML, JSON, FRONT + "\n", FRONT.replace("---", "-----")])
@pytest.mark.parametrize("body", ["Other.\n", "", "# Part\n\n[b](b.md) ![c](c.png)\n", "---\nx: y\n---\n", "  code\n"])
def test_another_text(front: str, body: str) -> None:
    told = edit(f"{front}Text.\n", front + body)
    assert told == parse(front + body)
    assert told is not None
    assert told.article.spans


def test_line_ends_and_a_byte_order_mark_make_no_difference() -> None:
    text = f"\ufeff{FRONT}Other.\n".replace("\n", "\r\n")
    assert edit(f"{FRONT}Text.\n", text) == parse(f"{FRONT}Other.\n")


_ODD = FRONT.replace("tags", "colour: red\nmood: calm\ntags")


@pytest.mark.parametrize(
    ("before", "after", "count"),
    [
        (f"{_ODD}Text.\n", f"{_ODD}Other.\n", 2),
        (f"{FRONT}{{{{< tag >}}}}\n", f"{FRONT}Other.\n", 0),
        (f"{FRONT}Text.\n", f"{FRONT}{{{{< tag >}}}}\n", 1),
        (f"{_ODD}{{{{< tag >}}}}\n", f"{_ODD}Text.\n\n{{{{< tag >}}}}\n", 3),
        (f"\n{FRONT}{{{{< tag >}}}}\n", f"\n{FRONT}{{{{< tag >}}}} {{% tag %}}\n", 3),
    ],
)
def test_warnings_have_the_places_that_they_have_now(before: str, after: str, count: int) -> None:
    told = edit(before, after)
    assert told == parse(after)
    assert told is not None
    assert len(told.article.warnings) == count


def test_a_warning_without_a_place_may_be_one_of_the_text() -> None:
    known = parse(f"{_ODD}Text.\n").article
    lost = replace(known, warnings=tuple(replace(problem, span=None) for problem in known.warnings))
    assert parse_text(f"{_ODD}Other.\n", lost, ENGINE) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(f"{FRONT}Text.\n", f"{FRONT.replace('bridge', 'tunnel')}Text.\n", id="another title"),
        pytest.param(f"{FRONT}Text.\n", f"{FRONT.replace('a, b', 'b, a')}Text.\n", id="of the same length"),
        pytest.param(f"{FRONT}Text.\n", FRONT.replace("b]\n---\n", "b]\nx"), id="cut off"),
        pytest.param(FRONT.removesuffix("\n"), f"{FRONT.removesuffix(chr(10))}-- more\n", id="the fence goes on"),
        pytest.param(
            f"{FRONT.replace('tags', 'live: true #')}## 14:05 A\n",
            f"{FRONT.replace('tags', 'live: true #')}## 14:06 A\n",
            id="a live story",
        ),
    ],
)
def test_what_has_to_be_read_again(before: str, after: str) -> None:
    assert edit(before, after) is None


def test_a_mistake_has_its_place() -> None:
    deep = "".join(f"{'    ' * depth}- x\n" for depth in range(200))
    with pytest.raises(ContentError) as told:
        edit(f"{FRONT}Text.\n", FRONT + deep)
    with pytest.raises(ContentError) as read:
        parse(FRONT + deep)
    assert told.value.problems == read.value.problems


LINES = st.lists(
    st.sampled_from(
        ["---", "+++", "{", "}", "title: A", "title = 'A'", '"title": "A"', "", " ", "Text.", "- x", "# H"]
    ),
    max_size=9,
)


@given(front=st.sampled_from((FRONT, TOML, JSON)), before=LINES, after=LINES, cut=st.integers(0, 80))
def test_it_is_never_another_document(front: str, before: list[str], after: list[str], cut: int) -> None:
    first = parse(front + "\n".join(before))
    text = front[: len(front) - cut] + "\n".join(after)
    told = parse_text(text, first.article, ENGINE)
    if told:
        assert told == parse(text)
