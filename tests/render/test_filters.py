"""What templates can do: the expression beside what it gives."""

from collections.abc import Mapping

import pytest

from sitegen.model.article import Rating
from sitegen.model.theme import Catalogue
from tests.render.rendering import fail, layer, render_article, show, theme

WORDS: Mapping[str, Catalogue] = {
    "en": {
        "by": "By {names}",
        "plain": "Read & enjoy",
        "comments": {"one": "{n} comment", "other": "{n} comments"},
        "odd": {"two": "a pair"},
    },
    "nl": {"by": "Door {names}"},
    "pl": {"comments": {"one": "{n} komentarz", "few": "{n} komentarze", "other": "{n} komentarzy"}},
}


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ('"/" | href', "../../../../"),
        ('"/world/" | href', "../../../"),
        ('"https://other.example/ä" | href', "https://other.example/%C3%A4"),
        ('"#part" | href', "#part"),
        ('"/wörld/" | absolute', "https://news.example/p/w%C3%B6rld/"),
        ('"https://other.example/" | absolute', "https://other.example/"),
        ("page.date | day", "1 October 2026"),
        ("page.date | instant", "1 October 2026"),
        ("page.date | iso", "2026-10-01"),
        ("page.date | utc", "2026-10-01T00:00:00Z"),
        ("page.date | rfc822", "Thu, 01 Oct 2026 00:00:00 +0000"),
        ("12345.5 | number", "12,345.5"),
        ('"de" | language', "Deutsch"),
    ],
)
def test_filters(expression: str, text: str) -> None:
    assert show("{{ " + expression + " }}") == text


def test_dates_and_numbers_follow_the_language_of_the_page() -> None:
    template = "{{ page.date | day }}; {{ 4.5 | number }}; {{ page.date | rfc822 }}"
    assert show(template, language="nl") == "1 oktober 2026; 4,5; Thu, 01 Oct 2026 00:00:00 +0000"


@pytest.mark.parametrize(
    ("value", "best", "stars"),
    [
        (4, 5, "full full full full empty"),
        (3.5, 5, "full full full half empty"),
        (3.26, 5, "full full full half empty"),
        (3.24, 5, "full full full empty empty"),
        (5, 5, "full full full full full"),
        (1, 1, "full"),
        (7, 10, "full full full full full full full empty empty empty"),
        (80, 100, ""),
    ],
)
def test_stars(value: float, best: float, stars: str) -> None:
    rating = Rating(value=value, best=best, worst=0)
    assert show("{{ page.rating | stars | join(' ') }}", rating=rating) == stars


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ('t("by", names="Ann & Bob")', "By Ann &amp; Bob"),
        ('t("by", names="<b>")', "By &lt;b&gt;"),
        ('t("by", names="<b>"|safe)', "By <b>"),
        ('t("plain")', "Read &amp; enjoy"),
        ('t("comments", n=1)', "1 comment"),
        ('t("comments", n=0)', "0 comments"),
        ('t("comments", n=2)', "2 comments"),
    ],
)
def test_words(expression: str, text: str) -> None:
    assert show("{{ " + expression + " }}", WORDS) == text


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("{name} & {n}", "<b> &amp; 7"),
        ("<{other}> {other} {name}", "&lt;&#39;a&lt;&gt; &#39;a&lt; <b>"),
        ("{n:03} {{x}} {name}", "007 {x} <b>"),
        ("{other!r}", "&#34;&#39;a&lt;&#34;"),
        ("nothing of it", "nothing of it"),
    ],
)
def test_words_around_what_is_html_are_escaped_with_all_else(words: str, text: str) -> None:
    call = """{{ t("x", name="<b>"|safe, other="'a<", n=7, unused=site.nothing) }}"""
    assert show(call, {"en": {"x": words}}) == text


@pytest.mark.parametrize(
    ("language", "expression", "text"),
    [
        ("nl", 't("by", names="Ann")', "Door Ann"),
        ("nl-BE", 't("by", names="Ann")', "Door Ann"),
        ("nl", 't("plain")', "Read &amp; enjoy"),
        ("pl", 't("comments", n=1)', "1 komentarz"),
        ("pl", 't("comments", n=3)', "3 komentarze"),
        ("pl", 't("comments", n=5)', "5 komentarzy"),
    ],
)
def test_words_in_the_language_of_the_page_else_in_english(language: str, expression: str, text: str) -> None:
    assert show("{{ " + expression + " }}", WORDS, language=language) == text


@pytest.mark.parametrize(
    ("expression", "message", "hint"),
    [
        ('t("bye")', "the theme has no words for `bye` in `en` or English", "did you mean `by`?"),
        ('t("by")', "the words for `by` need a value for 'names'", None),
        ('t("by", name="Ann"|safe)', "the words for `by` need a value for 'names'", None),
        ('t("comments")', "words with plural forms need a number `n`", None),
        ('t("odd", n=1)', "the words have no plural form `one` and no `other`", None),
        ('asset("css/a.cs")', "the theme has no static file `css/a.cs`", "did you mean `css/a.css`?"),
    ],
)
def test_what_the_theme_does_not_have(expression: str, message: str, hint: str | None) -> None:
    own = layer({"article.html": "{{ " + expression + " }}"}, locales=WORDS, static={"css/a.css": "0123456789"})
    problem = fail(theme(own))
    assert problem.message.startswith(f"{message}, while rendering")
    assert problem.hint == hint


def test_static_files_carry_a_mark_of_their_content() -> None:
    own = layer({"article.html": '{{ asset("css/a b.css") }}'}, static={"css/a b.css": "0123456789"})
    assert render_article(theme(own)) == "../../../../assets/css/a%20b.css?v=01234567"


def test_a_stronger_layer_replaces_a_static_file() -> None:
    weak = layer(
        {"article.html": '{{ asset("a.css") }} {{ asset("b.css") }}'}, static={"a.css": "1" * 9, "b.css": "2" * 9}
    )
    strong = layer({}, "mine", static={"a.css": "3" * 9})
    text = render_article(theme(strong, weak))
    assert text == "../../../../assets/a.css?v=33333333 ../../../../assets/b.css?v=22222222"
