"""Pages saved as plain text: what becomes of their lines."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from sitegen.app.importing import ImportReport, ImportTools, import_source
from sitegen.app.site import load_site
from sitegen.errors import ContentError, UsageError
from sitegen.importers.pages.reader import read_pages
from sitegen.importers.records import ImportedDocument, ImportRequest, Tally
from sitegen.model.config import Config
from sitegen.parse.front_matter import split_document
from tests.patience import patience
from tests.samples import CLOCK
from tests.sites import build, read_content, write_site

REPOSITORY = Path(__file__).resolve().parents[3]
SCENE = Path(__file__).with_name("nato-office.txt")
TOLD = {
    "title": "France says no to a NATO office in Tokyo",
    "date": "2023-07-08 10:40",
    "url": "https://old.example/2023/07/france-nato-office-tokyo/",
    "section": "World",
    "captured_at": "2023-09-12T10:05:00Z",
    "timezone": "Europe/Amsterdam",
    "date_format": "%d-%m-%y %H:%M",
}
TIMES = {"timezone": "UTC", "date_format": "%d-%m-%y %H:%M"}


def request_for(inputs: Sequence[Path], told: dict[str, str], config: Config | None = None) -> ImportRequest:
    names = tuple(map(str, inputs))
    return ImportRequest(inputs=names, config=config or Config(), clock=CLOCK, **told)  # type: ignore[arg-type]


def read_one(tmp_path: Path, text: str, **told: str) -> tuple[ImportedDocument, Tally]:
    file = tmp_path / "page.txt"
    file.write_text(text, encoding="utf-8")
    tally = Tally()
    (document,) = read_pages(request_for([file], told), tally)
    return document, tally


def read_thread(tmp_path: Path, comments: str, **told: str) -> list[tuple[str | None, str]]:
    """Return name and text of each comment below a bar."""
    document, _ = read_one(tmp_path, f"One.\n\nInline Feedbacks\nView all comments\n{comments}", **{**TIMES, **told})
    assert document.thread is not None
    return [(item.author.name if item.author else None, item.body.text) for item in document.thread.comments]


def import_scene(root: Path, **told: str) -> ImportReport:
    site = load_site(root, None)
    return import_source(site, read_pages, request_for([SCENE], told, site.config), ImportTools(), dry_run=False)


def test_the_scene_becomes_the_sample_article(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site")
    report = import_scene(root, **TOLD)
    assert (report.tally.problems, report.tally.warnings) == ([], [])
    name = "2023-07-08-france-nato-office-tokyo"
    raw = split_document((root / f"content/world/{name}.md").read_text(), name)
    sample = split_document((REPOSITORY / "content/world/2023-07-08-nato-office.md").read_text(), name)
    assert raw.body.split() == sample.body.split()
    assert [raw.values[key] for key in ("title", "source")] == [sample.values[key] for key in ("title", "source")]
    assert raw.values["date"] == "2023-07-08 10:40:00+02:00"
    assert raw.values["prev"] == {"title": "USA is considering offering Ukraine a security agreement like with Israel"}
    assert raw.values["next"] == {"title": "Companies from USA, Germany & Switzerland still support Russia"}
    taken = json.loads((root / f"content/world/{name}.comments.json").read_text())
    kept = json.loads((REPOSITORY / "content/world/2023-07-08-nato-office.comments.json").read_text())
    assert [describe(item) for item in taken["comments"]] == [describe(item) for item in kept["comments"]]
    for key in ("label", "value", "count"):
        assert taken["ratings"][0][key] == kept["ratings"][0][key]
    for key in ("platform", "method", "origin_url", "captured_at", "timezone_assumed", "captured_count"):
        assert taken["snapshot"][key] == kept["snapshot"][key]


def describe(comment: dict[str, object]) -> tuple[object, ...]:
    author = comment.get("author")
    name = author["name"] if isinstance(author, dict) else None
    return name, comment["published"], comment.get("edited"), comment["body"]


def test_the_scene_builds_and_imports_again_without_a_change(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site")
    import_scene(root, **TOLD)
    before = read_content(root)
    assert import_scene(root, **TOLD).changed == ()
    assert read_content(root) == before
    build(root)
    page = (root / "output/2023/07/france-nato-office-tokyo/index.html").read_text()
    assert page.count('id="comment-') == 3


def test_what_nobody_says_makes_a_draft_and_is_a_problem(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site")
    report = import_scene(root, **TIMES)
    assert [problem.hint for problem in report.tally.problems] == [
        "say it by --title",
        "say it by --date",
        "say it by --url",
        "say it by --section, empty for none",
        "say it by --captured-at",
    ]
    assert report.written["drafts"] == 1
    (text,) = (file.read_text() for file in root.glob("content/nato-office.md"))
    assert "draft: true" in text
    snapshot = json.loads((root / "content/nato-office.comments.json").read_text())
    assert snapshot["comments"][0]["edited"] == {"raw": "2 months ago", "by": "APB1961Curacao"}
    import_scene(root, **TOLD)
    assert "draft" not in (root / "content/nato-office.md").read_text()


@pytest.mark.parametrize("told", [{}, {"date_format": "%d-%m-%Y %H:%M"}], ids=["not told", "told wrongly"])
def test_times_are_never_guessed(tmp_path: Path, told: dict[str, str]) -> None:
    root = write_site(tmp_path / "site")
    before = read_content(root)
    with pytest.raises(ContentError) as caught:
        import_scene(root, timezone="UTC", **told)
    (problem,) = caught.value.problems
    assert problem.span is not None
    assert SCENE.read_text().splitlines()[problem.span.line - 1] == "09-07-23 17:22"
    assert problem.hint == (
        "--date-format '%d-%m-%y %H:%M' for 9 July 2023 or --date-format '%m-%d-%y %H:%M' for 7 September 2023"
    )
    assert read_content(root) == before


def test_a_zone_is_never_guessed(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        read_thread(tmp_path, "09-07-23 17:22\nFine.", timezone=None)  # type: ignore[arg-type]
    assert caught.value.problems[0].message == "`09-07-23 17:22` has no zone"


@pytest.mark.parametrize(
    ("comments", "expected"),
    [
        ("Ana\nAna\n09-07-23 17:22\nFine.", [("Ana", "Fine.")]),
        ("Ana\n\nAna\n\n09-07-23 17:22\n\nFine.", [("Ana", "Fine.")]),
        ("Ana Ana\n09-07-23 17:22\nFine.", [("Ana", "Fine.")]),
        ("Ana Ruiz Ana Ruiz 09-07-23 17:22\nFine.\n09-07-23 17:25\nNo.", [("Ana Ruiz", "Fine."), (None, "No.")]),
        ("09-07-23 17:22\nSee you on 10-07-23 17:00", [(None, "See you on 10-07-23 17:00")]),
        ("Ana\n09-07-23 17:22\nFine.", [("Ana", "Fine.")]),
        ("09-07-23 17:22\nFine.\n09-07-23 17:25\nNo.", [(None, "Fine."), (None, "No.")]),
        ("09-07-23 17:22\nFine.\n\nTom\n09-07-23 17:25\nNo.", [(None, "Fine."), ("Tom", "No.")]),
        ("09-07-23 17:22\nFine.\n\nTwo\nlines.\n\n\n\nEnd.", [(None, "Fine.\n\nTwo\nlines.\n\nEnd.")]),
        ("1900\n1900\n09-07-23 17:22\nNo.", [("1900", "No.")]),
        ("Ana\nGuest\nAna\n09-07-23 17:22\nFine.\n3\nReply\nTom\nTom\n09-07-23 17:25\nNo.\n0\nReply",
         [("Ana", "Fine."), ("Tom", "No.")]),
        ("09-07-23 17:22\nx\n09-07-23 17:25\nNo.\nwpDiscuz\nInsert", [(None, "x"), (None, "No.")]),
        ("09-07-23 17:22\nOn 09-07-23 17:25 it rained.", [(None, "On 09-07-23 17:25 it rained.")]),
    ],
)  # fmt: skip
def test_names_stand_above_times_and_text_below(
    tmp_path: Path, comments: str, expected: list[tuple[str | None, str]]
) -> None:
    assert read_thread(tmp_path, comments) == expected


def test_a_single_name_between_comments_is_told(tmp_path: Path) -> None:
    text = "One.\n\nView all comments\n09-07-23 17:22\nFine.\n\nTom\n09-07-23 17:25\nNo.\n"
    _, tally = read_one(tmp_path, text, **TIMES)
    assert [note.message for note in tally.warnings] == ["`Tom` is taken for the name of who wrote the comment below"]


@pytest.mark.parametrize("line", ["Ana 09-07-23 17:25", "09-07-23 17:25 No."])
def test_a_line_that_may_begin_a_comment_is_told(tmp_path: Path, line: str) -> None:
    _, tally = read_one(tmp_path, f"One.\n\nView all comments\n09-07-23 17:22\nFine.\n{line}\n", **TIMES)
    assert [note.message for note in tally.warnings] == ["holds a time and other words: it is taken for text"]


def test_edits_votes_and_replies_belong_to_the_comment_above(tmp_path: Path) -> None:
    text = (
        "One.\n\nView all comments\nAna\nAna\n09-07-23 17:22\nFine.\nLast edited 3 days ago by Ana\n7\nReply\n"
        "Tom\nTom\nReply to Ana\n09-07-23 17:25\nNo.\nLast edited right now by \n-1\nReply\n"
    )
    document, _ = read_one(tmp_path, text, **TIMES, captured_at="2023-07-20T12:00:00Z")
    assert document.thread is not None
    first, second = document.thread.comments
    assert first.votes is not None
    assert first.edited is not None
    assert (first.votes.score, first.edited.by, first.edited.at and first.edited.at.at) == (7, "Ana", "2023-07-17")
    assert (second.parent, second.reply_to_name) == (first.id, "Ana")
    assert second.edited is not None
    assert second.edited.by is None
    assert [first.body.text, second.body.text] == ["Fine.", "No."]


def test_comments_that_are_not_all_there_are_told(tmp_path: Path) -> None:
    document, tally = read_one(tmp_path, "One.\n\n5 Comments\nView all comments\n09-07-23 17:22\nFine.", **TIMES)
    assert document.thread is not None
    assert (document.thread.complete, document.thread.snapshot.declared_count) == (False, 5)
    assert [note.message for note in tally.warnings] == ["the page declares 5 comments, and 1 are in it"]


def test_words_where_comments_should_be_stop_the_import(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        read_thread(tmp_path, "\nSomebody, on a day in July\n")
    assert caught.value.problems[0].message == "no comment is found here"
    assert caught.value.problems[0].span is not None
    assert caught.value.problems[0].span.line == 6


@pytest.mark.parametrize(
    ("foot", "found"),
    [
        ("4 2 votes Article Rating", (4.0, 2, "Article Rating")),
        ("4\n2\nvotes\nArticle Rating", (4.0, 2, "Article Rating")),
        ("4.5 1 vote\nArticle Rating", (4.5, 1, "Article Rating")),
        ("0 0 votes Article Rating", None),
    ],
)
def test_ratings(tmp_path: Path, foot: str, found: tuple[float, int, str] | None) -> None:
    document, _ = read_one(tmp_path, f"One.\n\nTwo.\n\n{foot}\nPrevious articleOlder\nView all comments\n")
    ratings = document.thread.ratings if document.thread else ()
    assert [(rating.value, rating.count, rating.label) for rating in ratings] == ([found] if found else [])
    assert document.body == "One.\n\nTwo."
    assert document.front_matter["prev"] == {"title": "Older"}


def test_all_that_stands_around_the_bar_is_left_out(tmp_path: Path) -> None:
    form = "Subscribe\nNotify of\nnew replies\nEmail*\n2 Comments\nOldest\nInline Feedbacks\nView all comments\n"
    text = f"One.\n\nTwo.\n\n4 2 votes Article Rating\n\n{form}09-07-23 17:22\nFine.\n09-07-23 17:25\nNo.\n"
    document, tally = read_one(tmp_path, text, **TIMES)
    assert document.thread is not None
    assert (document.body, document.thread.complete, tally.warnings) == ("One.\n\nTwo.", True, [])
    assert [item.body.text for item in document.thread.comments] == ["Fine.", "No."]


def test_sentences_that_begin_like_labels_stay_in_the_body(tmp_path: Path) -> None:
    body = "Previous articles said so.\n\n" + "\n\n".join(f"Paragraph {number}." for number in range(20))
    document, _ = read_one(tmp_path, f"{body}\n\nNotify of\nView all comments\n")
    assert document.body == body


def test_share_bars_stay_out_and_so_does_the_headline(tmp_path: Path) -> None:
    text = "Headline\n\nOne.\n\nTwo.\n\nThe Post / The Mail 2023\n\nShare\nFacebook\nWhatsApp\n\nNext article\nNewer\n"
    document, _ = read_one(tmp_path, text, title="Headline")
    assert document.body == "One.\n\nTwo."
    assert document.front_matter["source"] == "The Post / The Mail 2023"
    assert document.front_matter["next"] == {"title": "Newer"}


def test_characters_of_markdown_stay_what_they_are(tmp_path: Path) -> None:
    text = "# No heading\n\n1. No list, *no* stress, [no](link)\n\n- <b>nothing</b> &amp; {{ nothing }}\n\nsnake_case"
    root = write_site(tmp_path / "site", {"content/one.md": "---\ntitle: One\ndate: 2024-01-01\n---\n\n"})
    document, _ = read_one(tmp_path, text)
    file = root / "content/one.md"
    file.write_text(file.read_text() + document.body)
    build(root)
    page = (root / "output/2024/01/one/index.html").read_text()
    assert "<p># No heading</p>" in page
    assert "<p>1. No list, *no* stress, [no](link)</p>" in page
    assert "<p>- &lt;b&gt;nothing&lt;/b&gt; &amp;amp; {{ nothing }}</p>" in page
    assert "snake_case" in page


def test_inputs_that_cannot_be_pages_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "latin.txt").write_bytes(b"One.\ncaf\xe9\n")
    (tmp_path / "comments.txt").write_text("View all comments\n2023-07-09 17:22Z\nFine.\n")
    messages = {
        "comments.txt": "holds no article",
        "empty.txt": "is empty",
        "latin.txt": "is not UTF-8, and names no other encoding",
    }
    for name, message in messages.items():
        with pytest.raises(ContentError) as caught:
            list(read_pages(request_for([tmp_path / name], {}), Tally()))
        assert caught.value.problems[0].message == message
    for inputs, told in (([tmp_path], {}), ([tmp_path / "absent"], {}), ([SCENE, SCENE], {"title": "One"})):
        with pytest.raises(UsageError):
            list(read_pages(request_for(inputs, told), Tally()))


def test_long_pages_are_read_in_linear_time(tmp_path: Path) -> None:
    comments = "Ana\nAna\n09-07-23 17:22\n" + "Fine. " * 20 + "\n\n"
    with patience():
        assert len(read_thread(tmp_path, comments * 5_000)) == 5_000
        read_one(tmp_path, "/ 4 votes " * 200_000)
        read_one(tmp_path, "Previous article\n" * 100_000)


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("https://old.example/2024/bridge/?utm=1", "/2024/bridge/"),
        ("/2024/bridge/", "/2024/bridge/"),
        ("/2024/br%C3%BCcke/", "/2024/brücke/"),
        ("https://old.example/", None),
        ("https://old.example/../etc/passwd", None),
        ("//evil.example", None),
    ],
)
def test_the_address_of_the_article_stays_where_a_page_may_have_it(tmp_path: Path, told: str, kept: str | None) -> None:
    document, _ = read_one(tmp_path, "One.\n", url=told)
    assert document.front_matter["url"] == kept


@pytest.mark.parametrize("gap", ["", "\n", "\n\n"])
def test_an_edit_belongs_to_the_comment_above_it_whatever_lines_stand_between(tmp_path: Path, gap: str) -> None:
    comments = f"Ana\nAna\n09-07-23 17:22\nFine.\n{gap}Last edited 2 months ago by Tom\n09-07-23 17:25\nNo.\n"
    document, tally = read_one(tmp_path, f"One.\n\nInline Feedbacks\nView all comments\n{comments}", **TIMES)
    assert document.thread is not None
    assert [
        (item.author and item.author.name, item.edited and item.edited.by) for item in document.thread.comments
    ] == [
        ("Ana", "Tom"),
        (None, None),
    ]
    assert not [problem for problem in tally.warnings if "is taken for the name" in problem.message]
