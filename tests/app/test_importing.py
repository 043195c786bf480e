"""An import as a whole: what is written, what is left alone, what is counted."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitegen.app.importing import ImportReport, ImportTools, import_source, prepare_tools
from sitegen.app.site import load_site
from sitegen.errors import ContentError
from sitegen.importers.records import CapturedThread, ImportedDocument, ImportRequest, Media, Tally, Withheld
from sitegen.importers.web.fetch import Fetcher
from sitegen.importers.web.visitor import Visitor
from sitegen.model.values import replace
from sitegen.parse.comment_format import BodyRecord, CommentRecord, SnapshotRecord, TimeRecord
from tests.importers.web.servers import Reply, serve
from tests.samples import CLOCK
from tests.sites import build, read_content, write_site

COMMENT = CommentRecord(
    id="wp-901", published=TimeRecord(at="2024-03-09T10:12:00Z"), body=BodyRecord(format="html", text="Fine.")
)
THREAD = CapturedThread(
    prefix="wp-",
    addresses=("/2024/03/bridge/",),
    snapshot=SnapshotRecord(platform="wordpress"),
    read=2,
    comments=(COMMENT,),
    withheld=(Withheld(id="wp-902", reason="pending"),),
)
BRIDGE = ImportedDocument(
    kind="article",
    key="https://old.example/?p=17",
    path="world/2024-03-09-bridge.md",
    front_matter={
        "title": "War #2: no",
        "date": datetime(2024, 3, 9, 10, 12, tzinfo=UTC),
        "url": "/2024/03/bridge/",
        "tags": ["C++", "1900"],
        "description": None,
    },
    body="The first lorry crossed.",
    thread=THREAD,
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site")


def run(root: Path, *documents: ImportedDocument, dry_run: bool = False) -> ImportReport:
    def read(_request: ImportRequest, tally: Tally) -> Iterator[ImportedDocument]:
        tally.read["articles"] += len(documents)
        tally.redirects["/category/world/"] = "/world/"
        yield from documents

    site = load_site(root, None)
    request = ImportRequest(inputs=(), config=site.config, clock=CLOCK)
    return import_source(site, read, request, ImportTools(), dry_run=dry_run)


def test_an_article_is_written_with_its_comments_and_builds(root: Path) -> None:
    report = run(root, BRIDGE)
    assert (root / "content/world/2024-03-09-bridge.md").read_text() == (
        "---\ntitle: 'War #2: no'\ndate: 2024-03-09 10:12:00+00:00\nurl: /2024/03/bridge/\n"
        "tags:\n  - C++\n  - '1900'\n---\n\nThe first lorry crossed.\n"
    )
    assert +report.written == {"articles": 1, "comments": 1}
    assert report.withheld == {"pending": 1}
    assert '"/category/world/" = "/world/"' in (root / "sitegen.toml").read_text()
    build(root)
    page = (root / "output/2024/03/bridge/index.html").read_text()
    assert "War #2: no" in page
    assert 'id="comment-901"' in page


def test_importing_again_changes_no_byte(root: Path) -> None:
    run(root, BRIDGE)
    before = read_content(root)
    report = run(root, BRIDGE)
    assert report.changed == ()
    assert +report.written == {"articles": 1, "comments": 1}
    assert read_content(root) == before


def test_a_dry_run_counts_the_same_and_writes_nothing(root: Path) -> None:
    before = read_content(root)
    counted = run(root, BRIDGE, dry_run=True).record()
    assert read_content(root) == before
    assert counted == run(root, BRIDGE).record()


def test_what_was_edited_by_hand_is_left_alone_and_its_comments_are_not(root: Path) -> None:
    run(root, BRIDGE)
    file = root / "content/world/2024-03-09-bridge.md"
    file.write_text(file.read_text().replace("lorry", "bus"))
    second = COMMENT.model_copy(update={"id": "wp-903"})
    report = run(root, replace(BRIDGE, body="New words.", thread=replace(THREAD, comments=(COMMENT, second), read=3)))
    assert report.left == {"content/world/2024-03-09-bridge.md": "was edited since it was imported"}
    assert "bus" in file.read_text()
    assert "wp-903" in (root / "content/world/2024-03-09-bridge.comments.json").read_text()


def test_what_changed_at_the_source_is_taken(root: Path) -> None:
    run(root, BRIDGE)
    run(root, replace(BRIDGE, body="New words."))
    assert "New words." in (root / "content/world/2024-03-09-bridge.md").read_text()


def test_what_is_not_public_any_more_goes_although_nothing_else_is_left(root: Path) -> None:
    run(root, BRIDGE)
    hidden = replace(THREAD, comments=(), withheld=(*THREAD.withheld, Withheld(id="wp-901", reason="trash")))
    run(root, replace(BRIDGE, thread=hidden))
    assert "Fine." not in (root / "content/world/2024-03-09-bridge.comments.json").read_text()


def test_what_was_deleted_here_does_not_come_back(root: Path) -> None:
    run(root, BRIDGE)
    (root / "content/world/2024-03-09-bridge.md").unlink()
    (root / "content/world/2024-03-09-bridge.comments.json").unlink()
    report = run(root, BRIDGE)
    assert report.changed == ()
    assert report.withheld == {"pending": 1, "no-article": 1}


def test_a_file_of_somebody_else_is_left_alone(root: Path) -> None:
    (root / "content/world").mkdir()
    (root / "content/world/2024-03-09-bridge.md").write_text("Mine.\n")
    report = run(root, BRIDGE)
    assert "is there already" in report.left["content/world/2024-03-09-bridge.md"]
    assert (root / "content/world/2024-03-09-bridge.md").read_text() == "Mine.\n"


def test_two_documents_that_want_one_place_get_one_each(root: Path) -> None:
    run(root, BRIDGE, replace(BRIDGE, key="https://old.example/?p=18", thread=None))
    assert (root / "content/world/2024-03-09-bridge-2.md").is_file()


def test_media_are_copied_or_listed(root: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"picture")
    here = Media(path="static/uploads/a.jpg", address="https://old.example/uploads/a.jpg", file=tmp_path / "a.jpg")
    lost = Media(path="static/uploads/b.jpg", address="https://old.example/uploads/b.jpg")
    report = run(root, replace(BRIDGE, media=(here, lost)))
    assert (root / "static/uploads/a.jpg").read_bytes() == b"picture"
    assert report.missing == {"static/uploads/b.jpg": "https://old.example/uploads/b.jpg"}
    assert report.written["media"] == 1


def test_a_file_that_two_documents_need_counts_once(root: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"picture")
    here = Media(path="static/uploads/a.jpg", address="https://old.example/uploads/a.jpg", file=tmp_path / "a.jpg")
    documents = [replace(BRIDGE, media=(here,)), replace(BRIDGE, key="https://old.example/?p=18", media=(here,))]
    assert run(root, *documents).written["media"] == run(root, *documents).written["media"] == 1


def test_media_are_fetched_if_that_is_wanted_and_a_failure_is_listed(root: Path) -> None:
    def read(_request: ImportRequest, _tally: Tally) -> Iterator[ImportedDocument]:
        names = ("a.png", "b.png", "c.svg")
        media = tuple(Media(path=f"static/{name}", address=f"{served.root}/{name}") for name in names)
        yield replace(BRIDGE, media=media)

    picture = b"\x89PNG\r\n\x1a\n"
    with serve(lambda path: Reply(body=picture) if path == "/a.png" else Reply(status=404)) as served:
        visitor = Visitor(Fetcher(named=[served.root]), sleep=lambda _: None)
        site = load_site(root, None)
        request = ImportRequest(inputs=(), config=site.config, clock=CLOCK)
        report = import_source(site, read, request, prepare_tools(site, visitor), dry_run=False)
    assert (root / "static/a.png").read_bytes() == picture
    assert sorted(report.missing) == ["static/b.png", "static/c.svg"]
    assert [item.message.removeprefix(served.root) for item in report.tally.warnings] == [
        "/b.png is not there (HTTP 404)",
        "/c.svg is left out: SVG can hold scripts: look at the file, and put it there yourself",
    ]


@pytest.mark.parametrize("path", ["../escape.md", "/etc/escape.md", "world/../../escape.md", "world/con.md"])
def test_nothing_is_written_outside_of_the_content(root: Path, path: str) -> None:
    before = read_content(root)
    with pytest.raises(ContentError):
        run(root, BRIDGE, replace(BRIDGE, key="k", path=path))
    assert read_content(root) == before


def test_comments_that_hang_on_nothing_are_withheld_all_the_same(root: Path) -> None:
    def read(_request: ImportRequest, tally: Tally) -> Iterator[ImportedDocument]:
        tally.withheld["no-article"] += 2
        yield BRIDGE

    site = load_site(root, None)
    request = ImportRequest(inputs=(), config=site.config, clock=CLOCK)
    report = import_source(site, read, request, ImportTools(), dry_run=False)
    assert report.withheld == {"pending": 1, "no-article": 2}


def test_comments_that_do_not_add_up_stop_the_import(root: Path) -> None:
    before = read_content(root)
    with pytest.raises(ContentError, match="add up"):
        run(root, replace(BRIDGE, thread=replace(THREAD, read=5)))
    assert read_content(root) == before
