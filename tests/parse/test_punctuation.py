import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.parse import punctuation
from sitegen.parse.html_tokens import join_tokens, scan_html
from sitegen.parse.punctuation import find_quotes, punctuate_source, punctuate_text, punctuate_tokens
from tests.patience import patience


def punctuate(source: str, language: str = "en") -> str:
    return join_tokens(punctuate_tokens(scan_html(source), language))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('<p>"Hello," she said.</p>', "<p>“Hello,” she said.</p>"),
        ("<p>don't, it's, O'Neill, readers' letters</p>", "<p>don’t, it’s, O’Neill, readers’ letters</p>"),
        ("<p>the '90s, the '08 vote, 'tis, rock 'n' roll</p>", "<p>the ’90s, the ’08 vote, ’tis, rock ’n’ roll</p>"),
        ("<p>\"She said 'no' twice\"</p>", "<p>“She said ‘no’ twice”</p>"),
        ("<p>\"'No,' she said.\" \"He said 'yes.'\"</p>", "<p>“‘No,’ she said.” “He said ‘yes.’”</p>"),
        ('<p>"<em>x</em>"</p>', "<p>“<em>x</em>”</p>"),
        ('<p><em>"x"</em>, "<b>y</b>."</p>', "<p><em>“x”</em>, “<b>y</b>.”</p>"),
        ('<p>a<a href="x">"b"</a> c</p>', '<p>a<a href="x">“b”</a> c</p>'),
        ('<p>"<code>"x"</code>"</p>', '<p>“<code>"x"</code>”</p>'),
        ('<p>("a") ["b"] --"c"-- "d"--e</p>', "<p>(“a”) [“b”] –“c”– “d”–e</p>"),
        ('<p>"a</p><p>"b"</p>', "<p>“a</p><p>“b”</p>"),
        ('<p>"a<br>"b"</p>', "<p>“a<br>“b”</p>"),
        ("<p>1914--1918 --- and...</p>", "<p>1914–1918 — and…</p>"),
        ('<p>"...and so on..."</p>', "<p>“…and so on…”</p>"),
        ("<p>---- ..... &lt;!-- x --&gt;</p>", "<p>---- ..... &lt;!-- x --&gt;</p>"),
        ('<p>6\'2", 5"</p>', "<p>6’2”, 5”</p>"),
        ('<p>&nbsp;"a"&nbsp;"b"</p>', "<p>&nbsp;“a”&nbsp;“b”</p>"),
        ('<p>他说"你好"。</p>', "<p>他说“你好”。</p>"),
        ('<p>see "http://x.y/a--b\'c"</p>', "<p>see “http://x.y/a--b’c”</p>"),
        ("<pre>\"a\" -- 'b'...</pre>", "<pre>\"a\" -- 'b'...</pre>"),
        ('<script>"a"</script><kbd>"b"</kbd> <textarea>"</textarea>', None),
        ('<p title="it\'s -- ...">plain</p>', None),
    ],
)
def test_english(written: str, shown: str | None) -> None:
    assert punctuate(written) == (written if shown is None else shown)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "“Yes,” ‘no’ it’s"),
        ("en-GB", "“Yes,” ‘no’ it’s"),
        ("nl", "“Yes,” ‘no’ it’s"),
        ("de", "„Yes,“ ‚no‘ it’s"),
        ("de-CH", "«Yes,» ‹no› it’s"),
        ("fr", "«\u202fYes,\u202f» “no” it’s"),
        ("es", "«Yes,» “no” it’s"),
        ("it", "«Yes,» “no” it’s"),
        ("pt-BR", "“Yes,” ‘no’ it’s"),
        ("sv", "”Yes,” ’no’ it’s"),
        ("fi-FI", "”Yes,” ’no’ it’s"),
        ("pl", "„Yes,” ‚no’ it’s"),
        ("ru", "«Yes,» „no“ it’s"),
        ("tlh", "“Yes,” ‘no’ it’s"),
    ],
)
def test_languages(language: str, shown: str) -> None:
    assert punctuate_text("\"Yes,\" 'no' it's", language) == shown


def test_french_spaces_are_not_doubled() -> None:
    assert punctuate_text('Il dit : " oui " et "non".', "fr") == "Il dit : «\u202foui\u202f» et «\u202fnon\u202f»."


def test_an_unknown_region_falls_back_to_its_language() -> None:
    assert find_quotes("de_AT") == find_quotes("de")
    assert find_quotes("") == find_quotes("en")


def test_without_triggers_nothing_is_made_anew() -> None:
    tokens = scan_html('<p class="x">plain <b>text</b></p>')
    assert punctuate_tokens(tokens, "en") is tokens
    text = "plain text"
    assert punctuate_text(text, "en") is text


@pytest.mark.parametrize("source", ['"' * 50_000, "\"'" * 30_000, '<p>"a</p>' * 10_000, "a--b..." * 10_000])
def test_time_is_linear(source: str) -> None:
    with patience():
        punctuate(source)


PIECES = st.lists(
    st.sampled_from(
        [
            '"',
            "'",
            "--",
            "---",
            "...",
            " ",
            "a",
            "é",
            "9",
            ".",
            ",",
            "<em>",
            "</em>",
            "<p>",
            "</p>",
            "<code>",
            "</code>",
            "&amp;",
            "<a href='\"'>",
        ]
    ),
    max_size=25,
).map("".join)


@given(PIECES, st.sampled_from(["en", "de", "fr", "sv"]))
@settings(max_examples=100)
def test_tags_and_letters_never_change(source: str, language: str) -> None:
    shown = punctuate(source, language)
    assert re.findall("<[^<>]*>", shown) == re.findall("<[^<>]*>", source)
    assert re.sub(r"[^\w]", "", shown) == re.sub(r"[^\w]", "", source)
    assert punctuate(shown, language) == shown or language == "fr" or '"' in source or "'" in source


MARKS = """a B 1 é " " ' ' ’ “ _ ; &nbsp; &lt; ( ) . .. , ! - — s 90s <b> </b> <br> <img> </p><p> word www."""
EASY = st.lists(st.sampled_from([*MARKS.split(), "<code>", "</code>", "\u202f", "\n", " ", " ", " "]), max_size=25).map(
    lambda pieces: f"<p>{''.join(pieces)}</p>"
)


def check_easy(source: str, language: str) -> None:
    shown = punctuate(source, language)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(punctuation, "_punctuate_plainly", lambda *_: None)
        assert shown == punctuate(source, language)


@given(EASY, st.sampled_from(["en", "fr", "sv"]))
@settings(max_examples=500)
def test_quotes_that_are_easily_told_are_what_they_would_be_otherwise(source: str, language: str) -> None:
    check_easy(source, language)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ('The "first" step, it\'s "said".', "The «first» step, it’s «said»."),
        ('"A\nb"\n\n("C d", e)', "«A\nb»\n\n(«C d», e)"),
        ("## The members' vote", "## The members’ vote"),
        ("“a” -- b,  -- c--d --- e", "“a” – b,  -- c--d --- e"),
        ("| -- | a -- b |\n-- c -- ", "| -- | a – b |\n-- c -- "),
        ('"*a*"', None),
        ('[a](b "c")', None),
        ("'a'", None),
        ('("a b")', None),
        ('"a"...', None),
        ('a "', None),
    ],
)
def test_what_is_easily_told_is_written_in_markdown(source: str, shown: str | None) -> None:
    assert punctuate_source(source, "ru") == shown


@pytest.mark.slow
@given(EASY, st.sampled_from(["en", "de", "fr", "sv"]))
@settings(max_examples=5_000, deadline=None)
def test_many_quotes_that_are_easily_told(source: str, language: str) -> None:
    check_easy(source, language)
