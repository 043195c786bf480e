"""Live stories: where updates begin, in which order they stand, and what stays where it is."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from sitegen.errors import Severity
from sitegen.model.article import UpdateNote
from sitegen.model.codec import encode
from sitegen.model.config import Config, MarkdownConfig
from sitegen.model.moment import Moment
from sitegen.parse.article import locate_document, parse_article
from sitegen.parse.article_text import ParsedArticle
from sitegen.parse.live import arrange_updates, write_updates
from sitegen.parse.markdown import build_engine

ENGINE = build_engine(MarkdownConfig())
DAY = date(2026, 10, 3)


def arrange(markdown: str) -> list[str]:
    """Return the updates of a body as `day time title: text`."""
    converted = ENGINE.convert(markdown, "en")
    body = arrange_updates(converted.html, converted.toc, DAY, UTC)
    return [f"{update.at.at:%d %H:%M} {update.title}: {update.text}" for update in body.updates]


def parse(front_matter: str, body: str) -> ParsedArticle:
    text = f"---\ntitle: Bridge\ndate: 2026-10-03 08:00\n{front_matter}\n---\n{body}"
    config = Config(timezone="Europe/Amsterdam")
    return parse_article(text, locate_document("content/local/bridge.md"), ENGINE, config)


@pytest.mark.parametrize(
    ("markdown", "updates"),
    [
        (
            "## 14:05 Open\n\nA lorry.\n\n## 15:30 Closed\n\nAgain.",
            ["03 15:30 Closed: Again.", "03 14:05 Open: A lorry."],
        ),
        ("## 9:05: Open\n\nA.", ["03 09:05 Open: A."]),
        ("## 14:05 -- Open\n\nA.", ["03 14:05 Open: A."]),
        ("### 14:05\n\nA.", ["03 14:05 : A."]),
        (
            "## 2026-10-04 00:10 Later\n\nB.\n\n## 00:20 Latest\n\nC.\n\n## 2026-10-03 23:00 First\n\nA.",
            ["04 00:20 Latest: C.", "04 00:10 Later: B.", "03 23:00 First: A."],
        ),
        ("## 14:05 Open\n\nA.\n\n## What else\n\nB.", ["03 14:05 Open: A. What else B."]),
        ("## 14:05 One\n\nA.\n\n## 14:05 Two\n\nB.", ["03 14:05 Two: B.", "03 14:05 One: A."]),
        ("## 24:05 no time\n\nA.", []),
        ("## 14:61 no time\n\nA.", []),
        ("## 4:3 no time\n\nA.", []),
        ("## A film of 14:05 minutes\n\nA.", []),
        ("> ## 14:05 quoted\n>\n> A.", []),
        ("No heading at 14:05.", []),
    ],
)
def test_updates(markdown: str, updates: list[str]) -> None:
    assert arrange(markdown) == updates


def test_the_introduction_stays_on_top_and_footnotes_at_the_end() -> None:
    converted = ENGINE.convert("Intro.[^1]\n\n## 14:05 A\n\nx\n\n## 15:05 B\n\ny\n\n[^1]: Note.", "en")
    html = arrange_updates(converted.html, converted.toc, DAY, UTC).html
    places = [html.index(part) for part in ("Intro", " B</h2>", "<p>y</p>", " A</h2>", "<p>x</p>", 'class="footnote"')]
    assert places == sorted(places)
    assert html.count('<section class="live-update">') == html.count("</section>") == 2


def test_headings_are_listed_as_they_stand() -> None:
    converted = ENGINE.convert("## First\n\n## 14:05 A\n\n### Part of A\n\n## 15:05 B", "en")
    body = arrange_updates(converted.html, converted.toc, DAY, UTC)
    assert [entry.title for entry in body.toc] == ["First", "15:05 B", "14:05 A", "Part of A"]
    assert [update.id for update in body.updates] == [body.toc[1].id, body.toc[2].id]


def test_a_list_of_updates_has_a_date_where_the_day_changes() -> None:
    markdown = "## 2026-10-03 23:10 A\n\n## 2026-10-03 23:20 B\n\n## 2026-10-04 00:10 C\n\n## 00:20 D"
    converted = ENGINE.convert(markdown, "en")
    toc = arrange_updates(converted.html, converted.toc, DAY, UTC).toc
    assert [entry.title for entry in toc] == ["2026-10-04 00:20 D", "00:10 C", "2026-10-03 23:20 B", "23:10 A"]


def test_notes_of_the_front_matter_become_headings() -> None:
    at = Moment(at=datetime(2026, 10, 3, 12, 5, tzinfo=UTC))
    note = UpdateNote(at=at, title="*Open* #1", text="A **lorry**.")
    assert arrange(write_updates([note], UTC)) == ["03 12:05 *Open* #1: A lorry."]
    assert "## 2026-10-03 14:05 " in write_updates([note], ZoneInfo("Europe/Amsterdam"))


def test_an_article_with_both_kinds_of_updates() -> None:
    parsed = parse(
        'live: true\nupdates:\n  - at: 2026-10-03 16:00\n    title: Over\n    text: "See [us](https://news.example/)."',
        "Intro.\n\n## 14:05 Open\n\nA lorry.\n",
    )
    assert encode(parsed.article)
    live = parsed.article.live
    assert live is not None
    assert (live.is_open, [update.title for update in live.updates]) == (True, ["Over", "Open"])
    assert parsed.article.metadata.updated == live.updates[0].at
    assert [moment.at.isoformat() for moment in parsed.body.moments] == [
        "2026-10-03T16:00:00+02:00",
        "2026-10-03T14:05:00+02:00",
    ]
    assert [slot.index for slot in parsed.body.slots if slot.kind == "moment"] == [0, 1]
    assert parsed.article.excerpt == "Intro."


def test_updates_make_a_live_story_and_headings_alone_do_not() -> None:
    assert parse("updates:\n  - at: 2026-10-03 16:00\n    text: Over", "").article.live is not None
    assert parse("", "## 14:05 Open\n").article.live is None
    closed = parse("live: closed", "## 14:05 Open\n").article.live
    assert closed is not None
    assert not closed.is_open


def test_a_live_story_without_updates_is_a_warning() -> None:
    (problem,) = parse("live: true", "Nothing yet.").article.warnings
    assert (problem.severity, problem.code, problem.message) == (Severity.WARNING, "live", "there is no update yet")


def test_characters_that_stand_for_instants_cannot_be_written() -> None:
    parsed = parse("live: true", "## 14:05 Open\n\n\ufddc7\ufddd &#xfddc;7&#xfddd;\n")
    assert [slot.index for slot in parsed.body.slots] == [0]
