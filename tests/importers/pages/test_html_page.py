"""Pages saved as HTML: what is taken of them, and what is not."""

import json
import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from sitegen.app.importing import ImportReport, ImportTools, import_source
from sitegen.app.site import load_site
from sitegen.errors import ContentError
from sitegen.importers.pages.reader import read_pages
from sitegen.importers.records import ImportedDocument, ImportRequest, Tally
from sitegen.model.config import Config
from sitegen.parse.front_matter import split_document
from tests.patience import patience
from tests.samples import CLOCK
from tests.sites import build, read_content, write_site

BRIDGE = Path(__file__).with_name("bridge.html")
WORDPRESS = Path(__file__).with_name("wordpress.html")
TIMES = {"timezone": "Europe/Amsterdam", "date_format": "%d-%m-%y %H:%M"}


def import_page(root: Path, page: Path, **told: object) -> ImportReport:
    site = load_site(root, None)
    options = {**TIMES, **told}
    request = ImportRequest(inputs=(str(page),), config=site.config, clock=CLOCK, **options)  # type: ignore[arg-type]
    return import_source(site, read_pages, request, ImportTools(), dry_run=False)


def read_one(tmp_path: Path, html: str | bytes, **told: object) -> tuple[ImportedDocument, Tally]:
    file = tmp_path / "page.html"
    file.write_bytes(html if isinstance(html, bytes) else html.encode())
    tally = Tally()
    request = ImportRequest(inputs=(str(file),), config=Config(), clock=CLOCK, **told)  # type: ignore[arg-type]
    (document,) = read_pages(request, tally)
    return document, tally


def article(body: str, comments: str = "", head: str = "") -> str:
    return (
        f'<!doctype html><html lang="en"><head>{head}</head><body><article><h1 class="entry-title">One</h1>'
        '<time class="published" datetime="2024-03-09T07:30:00Z"></time>'
        f'<div class="entry-content">{body}</div></article>'
        f"{comments}</body></html>"
    )


def thread(comments: str) -> str:
    return f'<div id="wpdcom"><div class="wpd-thread-info" data-comments-count="1"></div>{comments}</div>'


def comment(number: str, text: str = "<p>Fine.</p>", classes: str = "wpd-comment", inside: str = "") -> str:
    return (
        f'<div id="wpd-comm-{number}" class="{classes}"><div class="wpd-comment-wrap wpd-blog-guest">'
        f'<div class="wpd-comment-author">Ana</div><div class="wpd-comment-date" title="09-03-24 08:00">x</div>'
        f'<div class="wpd-comment-text">{text}</div></div>{inside}</div>'
    )


def test_an_article_is_taken_whole(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site")
    report = import_page(root, BRIDGE)
    assert report.tally.problems == []
    raw = split_document((root / "content/local/2024-03-09-bridge-reopens.md").read_text(), "bridge.md")
    assert {key: value for key, value in raw.values.items() if key not in {"prev", "next", "source"}} == {
        "title": "Bridge reopens & traffic returns",
        "date": "2024-03-09 07:30:00+01:00",
        "updated": "2024-03-11 08:00:00+01:00",
        "tags": ["Harbour", "Transport"],
        "authors": ["Anna de Wit"],
        "section": "Local",
        "description": "The first lorries have crossed.",
        "image": "/wp-content/uploads/2024/03/span.jpg",
        "url": "/2024/03/bridge-reopens/",
        "aliases": ["/?p=731"],
    }
    assert raw.values["prev"] == {"title": "Spring tide, as forecast"}
    assert raw.values["next"] == {"title": "Fish & chips"}
    assert raw.values["source"] == {
        "name": "Source: Harbour Office / The Old Post 2024",
        "url": "https://harbour.example/news/bridge",
    }
    assert raw.body.strip() == (
        "The first lorry crossed at [half past seven](/2023/12/closed/). Nobody had expected it so soon, the harbour "
        'master says.\n\n<img src="/wp-content/uploads/2024/03/span.jpg" alt="The span" width="640" height="360">\n\n'
        "Ferries keep their timetable until May."
    )
    assert list(report.missing) == ["static/wp-content/uploads/2024/03/span.jpg"]


def test_comments_of_wpdiscuz_are_taken_with_all_that_it_knows(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site")
    report = import_page(root, BRIDGE, captured_at="2025-04-01")
    snapshot = json.loads((root / "content/local/2024-03-09-bridge-reopens.comments.json").read_text())
    first, second, third = snapshot["comments"]
    assert first == {
        "id": "wp-901",
        "author": {"name": "Tom Baker", "url": "https://tom.example/", "kind": "editor"},
        "published": {"at": "2024-03-10T09:15:00+01:00", "precision": "minute", "raw": "10-03-24 09:15"},
        "edited": {"at": {"at": "2024", "precision": "year", "raw": "1 year ago"}, "by": "Anna de Wit"},
        "body": {
            "format": "html",
            "text": '<p>Ferries <strong>do</strong> run. <a href="https://tracker.example/x.gif" '
            'rel="nofollow ugc noopener">image</a></p>',
        },
        "votes": {"up": 7, "down": 2},
        "pinned": True,
        "closed": True,
    }
    assert (second["parent"], second["reply_to_name"], second["votes"]) == ("wp-901", "Tom Baker", {"score": -1})
    assert third["anchor"] == {
        "quote": "Nobody had expected it so soon",
        "prefix": "rry crossed at half past seven. ",
        "suffix": ", the harbour master says. Ferri",
        "question": "Did you?",
    }
    assert (third.get("author"), third["body"]["text"]) == (None, "<p>I had.</p>")
    assert [(item["id"], item["kind"], item["url"]) for item in snapshot["mentions"]] == [
        ("wp-905", "pingback", "https://elsewhere.example/post/")
    ]
    assert snapshot["ratings"] == [{"key": "post", "label": "Article Rating", "value": 4.5, "count": 12}]
    assert snapshot["snapshot"]["withheld"] == {"pending": 1}
    assert (snapshot["closed"], snapshot["article"]["source_id"]) == (False, "731")
    assert report.tally.read["comments"] == 5


def test_a_page_that_holds_less_than_it_declares_is_not_complete(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site")
    report = import_page(root, BRIDGE)
    snapshot = json.loads((root / "content/local/2024-03-09-bridge-reopens.comments.json").read_text())["snapshot"]
    assert (snapshot["declared_count"], snapshot["captured_count"], snapshot["complete"]) == (5, 3, False)
    assert [note.message for note in report.tally.warnings] == ["the page declares 5 comments, and 3 are in it"]


def test_nothing_personal_and_nothing_unapproved_is_kept_or_published(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site")
    import_page(root, BRIDGE)
    import_page(root, WORDPRESS)
    build(root)
    for path, data in read_content(root).items():
        if path.startswith(("content/", "output/", "imports.lock")):
            assert not re.search(b"reader@mail|gravatar|0123456789abcdef|Not yet seen|Buy a bridge|Ten other", data), (
                path
            )


def test_what_was_taken_stands_on_the_page(tmp_path: Path) -> None:
    config = 'base_url = "https://news.example/"\ntimezone = "Europe/Amsterdam"\n'
    root = write_site(tmp_path / "site", {"sitegen.toml": config})
    import_page(root, BRIDGE)
    before = read_content(root)
    assert import_page(root, BRIDGE).changed == ()
    assert read_content(root) == before
    build(root)
    tree = LexborHTMLParser((root / "output/2024/03/bridge-reopens/index.html").read_text())
    snapshot = json.loads((root / "content/local/2024-03-09-bridge-reopens.comments.json").read_text())
    shown = {node.attributes["id"]: describe(node) for node in tree.css("article.comment")}
    assert shown == {
        f"comment-{item['id'].removeprefix('wp-')}": (
            item["author"]["name"] if "author" in item else "Anonymous",
            item["published"]["at"],
            item["body"]["text"],
            f"#comment-{item['parent'].removeprefix('wp-')}" if "parent" in item else None,
        )
        for item in snapshot["comments"]
    }


def describe(node: LexborNode) -> tuple[str | None, ...]:
    """Return name, time, text and parent of a comment on a page of sitegen."""
    author = node.css_first(".p-name") or node.css_first(".p-author")
    time, text = node.css_first("time.dt-published"), node.css_first(".e-content")
    parent = node.css_first("a.u-in-reply-to")
    assert author is not None
    assert time is not None
    assert text is not None
    return (
        author.text(strip=True),
        time.attributes["datetime"],
        (text.inner_html or "").strip(),
        parent.attributes["href"] if parent is not None else None,
    )


def test_comments_as_wordpress_prints_them(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site")
    report = import_page(root, WORDPRESS)
    assert "lang: nl" in (root / "content/2024-03-09-brug.md").read_text()
    snapshot = json.loads((root / "content/2024-03-09-brug.comments.json").read_text())
    described = [
        (item["id"], item.get("parent"), item["author"], item["published"]["at"], item["body"]["text"])
        for item in snapshot["comments"]
    ]
    assert described == [
        ("wp-5", None, {"name": "Sanne", "url": "https://sanne.example/"}, "2024-03-09T08:00:00+01:00",
         "<p>Eindelijk.</p>"),
        ("wp-6", "wp-5", {"name": "1900"}, "2024-03-09T08:10:00+01:00", "<p>Zeg dat wel.</p>"),
    ]  # fmt: skip
    assert [item["id"] for item in snapshot["mentions"]] == ["wp-7"]
    assert report.withheld == {"pending": 1}


def test_times_are_asked_for_with_the_line_of_the_comment(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site")
    with pytest.raises(ContentError) as caught:
        import_page(root, BRIDGE, date_format=None)
    (problem,) = caught.value.problems
    assert problem.message == "`10-03-24 09:15` has 2 readings"
    assert problem.span is not None
    assert "wpd-comm-901_0" in BRIDGE.read_text().splitlines()[problem.span.line - 1]


def test_a_page_without_headline_or_date_becomes_a_draft(tmp_path: Path) -> None:
    document, tally = read_one(tmp_path, "<html><body><article><p>Only a text.</p></article></body></html>")
    assert [problem.hint for problem in tally.problems] == ["say it by --title", "say it by --date"]
    assert (document.state, document.front_matter["draft"]) == ("draft", True)


def test_files_beside_the_page_and_of_the_uploads_come_along(tmp_path: Path) -> None:
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files/a.png").write_bytes(b"one")
    (tmp_path / "uploads/2024").mkdir(parents=True)
    (tmp_path / "uploads/2024/b.png").write_bytes(b"two")
    (tmp_path.parent / "secret.png").write_bytes(b"none of theirs")
    body = (
        '<p><img src="./page_files/a.png"><img src="/wp-content/uploads/2024/b.png"><img src="../secret.png">'
        '<a href="/wp-content/uploads/../../../etc/passwd">Text that is long enough to be one.</a></p>'
    )
    html = article(body, head='<link rel="canonical" href="https://old.example/one/">')
    document, _ = read_one(tmp_path, html, media_dir=tmp_path / "uploads")
    assert {media.path: media.file.read_bytes() for media in document.media if media.file} == {
        "static/saved/page/a.png": b"one",
        "static/wp-content/uploads/2024/b.png": b"two",
    }
    assert "![](/saved/page/a.png)" in document.body


def test_where_and_when_a_page_was_saved_is_read_from_it(tmp_path: Path) -> None:
    head = (
        "<!--\n Page saved with SingleFile \n url: https://old.example/one/ \n"
        " saved date: Tue Sep 12 2023 12:05:00 GMT+0200 (Central European Summer Time)\n-->"
    )
    document, _ = read_one(
        tmp_path, article("<p>A text that is long enough to be one.</p>", thread(comment("1_0")), head), **TIMES
    )
    assert document.thread is not None
    assert document.thread.addresses == ("https://old.example/one/",)
    assert document.thread.snapshot.captured_at == "2023-09-12T12:05:00+02:00"
    assert document.key == "https://old.example/one/"


def test_threads_are_sound_whatever_ids_say(tmp_path: Path) -> None:
    comments = comment("1_0") + comment("1_0") + comment("2_9") + comment("3_4") + comment("4_3") + comment("x_1")
    document, tally = read_one(tmp_path, article("<p>Text.</p>", thread(comments)), **TIMES)
    assert document.thread is not None
    parents = {item.id: item.parent for item in document.thread.comments}
    assert parents == {"wp-1": None, "wp-2": None, "wp-3": None, "wp-4": "wp-3"}
    assert [item.reason for item in document.thread.withheld] == ["duplicate"]
    assert [note.message for note in tally.warnings] == [
        "1 answered a comment that is not there, and stand by themselves now",
        "1 answered each other in a circle, which was cut open",
        "the page declares 1 comments, and 5 are in it",
    ]


def test_a_comment_that_the_plugin_cut_is_told(tmp_path: Path) -> None:
    cut = '<p>Long <span id="wpdiscuz-readmore-1_0">… <span class="wpdiscuz-readmore">Read more</span></span></p>'
    document, tally = read_one(tmp_path, article("<p>Text.</p>", thread(comment("1_0", cut))), **TIMES)
    assert document.thread is not None
    assert document.thread.comments[0].body.text == "<p>Long </p>"
    assert not document.thread.complete
    assert [note.message for note in tally.warnings] == ["the page does not hold all comments in full"]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"<meta charset=iso-8859-1><article><p>caf\xe9 \x93au\x94 lait, s'il vous pla\xeet</p></article>",
         "café “au” lait, s'il vous plaît"),
        ("<article><p>café au lait, s'il vous plaît</p></article>".encode("utf-16"), "café au lait, s'il vous plaît"),
        (b"\xef\xbb\xbf<article><p>Text\x00 with a zero</p></article>", "Text\N{REPLACEMENT CHARACTER} with a zero"),
    ],
    ids=["windows-1252", "utf-16", "utf-8 with a mark"],
)  # fmt: skip
def test_encodings(tmp_path: Path, data: bytes, text: str) -> None:
    assert read_one(tmp_path, data)[0].body == text


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("<html></html>", "holds no article"),
        ("<html><body><script>let a;</script><style>p{}</style><form><input></form></body></html>", "holds no article"),
        ("<div>" * 300_000, "nests its tags without end"),
        ("".join(f"<font color={n}>" for n in range(3_000)) + "<p>x" * 3_000, "nests its tags without end"),
    ],
    ids=["empty", "nothing to read", "deep", "formatting"],
)
def test_pages_without_an_article_are_refused(tmp_path: Path, html: str, message: str) -> None:
    with pytest.raises(ContentError) as caught, patience():
        read_one(tmp_path, html)
    (problem,) = caught.value.problems
    assert (problem.file, problem.message) == (str(tmp_path / "page.html"), message)


def test_hostile_pages_come_through_harmless(tmp_path: Path) -> None:
    body = (
        "<div>" * 10_000 + "<p>A text that is long enough to be one.</p>" + "</div>" * 10_000
    ) + "<p onclick=a()><a href='javascript:a()'>link</a><script>a()</script>{{ 7*7 }}</p>"
    head = '<script type="application/ld+json">' + "[" * 100_000 + "</script>"
    with patience():
        document, _ = read_one(tmp_path, article(body, head=head))
    assert "A text that is long enough" in document.body
    assert not re.search(r"javascript|onclick|a\(\)", document.body)


def test_many_comments_are_read_in_linear_time(tmp_path: Path) -> None:
    flat = "".join(comment(f"{number}_0") for number in range(1, 5_001))
    deep = ""
    for number in range(300, 0, -1):
        deep = comment(f"{9_000 + number}_{9_000 + number - 1 if number > 1 else 0}", inside=deep)
    with patience():
        document, _ = read_one(tmp_path, article("<p>Text.</p>", thread(flat + deep)), **TIMES)
    assert document.thread is not None
    assert len(document.thread.comments) == 5_300
