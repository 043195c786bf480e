import pytest

from sitegen.importers.wordpress.shortcodes import find_shortcodes, find_unknown, read_attributes
from tests.patience import patience


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("", {}),
        (""" a="1 2" b='3"4' C=5 """, {"a": "1 2", "b": '3"4', "c": "5"}),
        ('a = "1"', {"a": "1"}),
        ("""b.mp3 "two words" 'three'""", {"0": "b.mp3", "1": "two words", "2": "three"}),
        ('data-x_y="1"', {"data-x_y": "1"}),
        (r'a="it\'s"', {"a": "it's"}),
        ('a\u00a0=\u00a0"1"\u200bb=2', {"a": "1", "b": "2"}),
    ],
)  # fmt: skip
def test_attributes_are_quoted_or_bare(written: str, values: dict[str, str]) -> None:
    assert read_attributes(written) == values


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[box]", [("", None, "[box]")]),
        ("[box a=1 /]x[/box]", [("a=1", None, "[box a=1 /]")]),
        ("x [box a=1]one[/box] y", [("a=1", "one", "[box a=1]one[/box]")]),
        ("[box][box]one[/box]", [("", "[box]one", "[box][box]one[/box]")]),
        ("[boxes] [box", []),
        ("[[box]]", [("", None, "[[box]]")]),
        ("[[box]one[/box]]", [("", "one", "[[box]one[/box]]")]),
        ('[box a="<b>1</b>"]', [('a="<b>1</b>"', None, '[box a="<b>1</b>"]')]),
    ],
)
def test_shortcodes_are_found(text: str, found: list[tuple[str, str | None, str]]) -> None:
    shortcodes = find_shortcodes(text, {"box"})
    assert [(item.written, item.content, text[item.start : item.end]) for item in shortcodes] == found


@pytest.mark.parametrize(("text", "is_escaped"), [("[[box]]", True), ("[box]]", False), ("[[box]one[/box]]", True)])
def test_doubled_brackets_escape(text: str, is_escaped: bool) -> None:
    assert [item.is_escaped for item in find_shortcodes(text, {"box"})] == [is_escaped]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He said [sic] and [laughs] [1] [...]", []),
        ("[map id=3]", ["map"]),
        ("[map]here[/map]", ["map"]),
        ("see [map /] and [contact-form] and [recent_posts]", ["map", "contact-form", "recent_posts"]),
        ("Text\n[social]\nText", ["social"]),
        ("<p>[social]</p>", ["social"]),
        ("[known id=1] [[escaped id=1]]", []),
        ("[a [b id=1]", ["b"]),
    ],
)
def test_unknown_shortcodes_are_told_from_words_in_brackets(text: str, names: list[str]) -> None:
    assert list(find_unknown(text, {"known"})) == names


@pytest.mark.parametrize("unit", ["[box ", "[box]", "[box][/other]", "[/box]", "[[box]", "[box a='", "]"])
def test_hostile_text_takes_linear_time(unit: str) -> None:
    with patience():
        list(find_shortcodes(unit * 30_000, {"box"}))
        list(find_unknown(unit * 30_000, {"known"}))
        read_attributes(unit * 30_000)
