"""What gives an article under embargo away, and what does not."""

import pytest

from sitegen.check.embargo import Secret, describe_trace, find_pictures, find_traces, is_secret, keep_secret
from sitegen.errors import Span
from sitegen.model.article import Body
from sitegen.model.names import Digest, Html
from sitegen.model.values import replace
from tests.samples import CLOCK, moment, plain

TEXT = "The harbour authority will sell the old lighthouse to a brewer from abroad. It isn’t for sale to anyone else."
BODY = Body(parts=(Html(f"<p>{TEXT.replace('old', '<em>old</em>')}</p>"),), slots=())


def secret() -> Secret:
    article = plain("lighthouse-sold", title="Lighthouse sold to brewer", embargo=moment("2026-12-01"))
    article = replace(article, spans={"embargo": Span(line=4, column=10)})
    kept = keep_secret(article, BODY, {"lighthouse.jpg": Digest("bytes of the picture")})
    assert kept is not None
    return kept


@pytest.mark.parametrize(
    ("path", "data", "what"),
    [
        ("index.html", "<h2>Lighthouse <b>sold</b> to brewer</h2>", "its title"),
        ("index.html", "<h2>LIGHTHOUSE&nbsp;SOLD, to Brewer!</h2>", "its title"),
        ("index.html", '<img alt="Lighthouse sold to brewer">', "its title"),
        ("index.html", "<p>Light<wbr>house sold to brewer</p>", "its title"),
        ("rss.xml", "<title>Lighthouse sold to brewer</title>", "its title"),
        ("rss.xml", "<description>&lt;b&gt;Lighthouse&lt;/b&gt; sold to brewer</description>", "its title"),
        ("feed.json", '{"title": "Lighthouse sold\\u0020to brewer"}', "its title"),
        ("a/index.html", "<p>We hear: the harbour authority will sell the old lighthouse.</p>", "a part of its text"),
        ("a/index.html", "<p>“It isn't for sale to anyone else”</p>", "a part of its text"),
        ("a/index.html", '<a href="../../lighthouse-sold/">soon</a>', "its address"),
        ("world/2026/12/lighthouse-sold/report.pdf", "%PDF", "its address"),
        ("a/index.html", '<img src="lighthouse.jpg">', "its picture"),
    ],
)
def test_traces(path: str, data: str, what: str) -> None:
    assert [found for _, found in find_traces(path, data.encode(), [secret()])] == [what]


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("index.html", "<p>The lighthouse was sold to a brewer.</p>"),
        ("index.html", "<p>The harbour authority will sell the old crane.</p>"),
        ("index.html", '<a href="/tags/lighthouse-sold/">tag</a>'),
        ("index.html", '<a href="/lighthouse-sold-again/">other</a>'),
        ("a/photo.jpg", "Lighthouse sold to brewer"),
        ("index.html", ""),
    ],
)
def test_no_traces(path: str, data: str) -> None:
    assert list(find_traces(path, data.encode(), [secret()])) == []


def test_a_picture_under_another_name_is_known_by_its_bytes() -> None:
    assert [what for _, what in find_pictures(Digest("bytes of the picture"), [secret()])] == ["its picture"]
    assert list(find_pictures(Digest("other bytes"), [secret()])) == []


def test_a_title_and_a_slug_of_one_word_give_nothing_away() -> None:
    article = plain("sold", title="Sold", embargo=moment("2026-12-01"))
    kept = keep_secret(article, Body(parts=(Html(""),), slots=()), {})
    assert kept is not None
    assert list(find_traces("sold/index.html", b"<h1>Sold</h1>", [kept])) == []


def test_only_an_embargo_makes_a_secret_and_only_until_it_ends() -> None:
    assert keep_secret(plain("a"), BODY, {}) is None
    assert not is_secret(plain("a"), CLOCK)
    article = plain("a", embargo=moment("2026-12-01"))
    assert is_secret(article, CLOCK)
    assert not is_secret(article, moment("2026-12-01").at)


def test_an_error_names_both_places() -> None:
    problem = describe_trace(secret(), "its title", "index.html", "the home page in en")
    assert (problem.file, problem.span) == ("content/world/lighthouse-sold.md", Span(line=4, column=10))
    assert problem.message == (
        "its title would be in `/index.html` (the home page in en) before 2026-12-01T00:00+00:00"
    )
