"""A capture as a whole: what is written, what is left out, what is counted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.app.capturing import CaptureReport, CaptureTools, capture_comments, list_notes
from sitegen.app.listing import look_at_site
from sitegen.app.site import load_site
from sitegen.errors import ContentError, UsageError
from sitegen.importers.records import CapturedThread, ImportRequest, Tally
from sitegen.importers.threads import Found, ThreadSource, build_thread
from sitegen.model.values import replace
from sitegen.parse.comment_format import SnapshotRecord
from tests.samples import CLOCK
from tests.sites import (
    Silence,
    build,
    read_tree,
    write_article,
    write_files,
    write_moderation,
    write_site,
    write_snapshot,
)

BRIDGE = "content/world/bridge.comments.json"
SOURCE = ThreadSource(
    prefix="x-", snapshot=SnapshotRecord(platform="x"), addresses=("https://old.example/bridge/",), title="Bridge"
)
Threads = tuple[tuple[ThreadSource, tuple[Found, ...]], ...]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {
        "content/world/bridge.md": write_article("Bridge", aliases="[/bridge/]"),
        "content/world/cafe/index.md": write_article("Café"),
    }
    return write_site(tmp_path / "site", files)


def found(number: int, text: str = "Words.", withheld: str | None = None, parent: int | None = None) -> Found:
    at = f"2020-01-01T00:00:{number:02}Z"
    return Found(id=str(number), parent=str(parent) if parent else None, at=at, text=text, withheld=withheld)


def run(
    root: Path, *threads: tuple[ThreadSource, list[Found]], dry_run: bool = False, **tools: object
) -> CaptureReport:
    def read(_request: ImportRequest, tally: Tally) -> Iterator[CapturedThread]:
        return (build_thread(source, items, tally) for source, items in threads)

    site = load_site(root, None)
    gathered, _ = look_at_site(site, CLOCK, Silence())
    request = ImportRequest(inputs=(), config=site.config, clock=CLOCK)
    done = CaptureTools(**tools)  # type: ignore[arg-type]
    report = capture_comments(site, gathered, read, request, done, dry_run=dry_run)
    published = report.written["comments"] + report.written["mentions"]
    assert report.tally.read["comments"] == published + report.withheld.total()
    return report


def test_comments_come_to_their_article_and_are_shown(root: Path) -> None:
    report = run(root, (SOURCE, [found(1), found(2, withheld="pending")]))
    assert (report.articles, report.changed, +report.changes) == (1, (BRIDGE,), {"added": 1})
    assert (+report.written, report.withheld) == ({"comments": 1}, {"pending": 1})
    build(root)
    assert "Words." in (root / "output/world/2026/10/bridge/index.html").read_text()


def test_the_same_capture_again_changes_no_byte(root: Path) -> None:
    thread = (SOURCE, [found(1), found(2, parent=1), found(3, withheld="deleted"), found(4, parent=3)])
    run(root, thread)
    before = read_tree(root / "content")
    report = run(root, thread)
    assert (report.changed, +report.changes) == ((), {})
    assert read_tree(root / "content") == before


def test_a_dry_run_counts_the_same_and_writes_nothing(root: Path) -> None:
    before = read_tree(root / "content")
    counted = run(root, (SOURCE, [found(1)]), dry_run=True).record()
    assert read_tree(root / "content") == before
    assert counted == run(root, (SOURCE, [found(1)])).record()


def test_what_is_gone_stays_until_it_is_pruned(root: Path) -> None:
    run(root, (SOURCE, [found(1), found(2)]))
    assert +run(root, (SOURCE, [found(2, "Other words.")])).changes == {"edited": 1, "gone": 1}
    assert '"gone": true' in (root / BRIDGE).read_text()
    assert run(root, (SOURCE, [found(2, "Other words.")]), prune=True).changes["gone"] == 1
    assert "x-1" not in (root / BRIDGE).read_text()


def test_what_the_source_withholds_now_goes(root: Path) -> None:
    run(root, (SOURCE, [found(1, "Cruel words."), found(2)]))
    assert +run(root, (SOURCE, [found(1, "", "spam"), found(2)])).changes == {"withdrawn": 1}
    assert "Cruel" not in (root / BRIDGE).read_text()


@pytest.mark.parametrize(("again", "prune"), [([found(2)], True), ([found(1, "", "spam"), found(2)], False)])
def test_what_editors_decided_about_leaves_a_tombstone_so_that_the_site_still_builds(
    root: Path, again: list[Found], prune: bool
) -> None:
    run(root, (SOURCE, [found(1, "Cruel words."), found(2)]))
    write_files(root, {"content/world/bridge.moderation.yaml": write_moderation("id: x-1, action: hide")})
    run(root, (SOURCE, again), prune=prune)
    assert "Cruel" not in (root / BRIDGE).read_text()
    assert build(root).published


def test_a_moderation_file_with_mistakes_stops_the_capture(root: Path) -> None:
    run(root, (SOURCE, [found(1)]))
    write_files(root, {"content/world/bridge.moderation.yaml": "decisions: x\n"})
    with pytest.raises(ContentError):
        run(root, (SOURCE, [found(1), found(2)]))
    assert "x-2" not in (root / BRIDGE).read_text()


def test_threads_for_every_spelling_of_an_address_are_one(root: Path) -> None:
    other = replace(SOURCE, addresses=("http://www.old.example/bridge",), source_id="8")
    report = run(root, (SOURCE, [found(1)]), (other, [found(2)]))
    assert (report.articles, report.written["comments"]) == (1, 2)
    assert run(root, (SOURCE, [found(1)]), (other, [found(2)])).changed == ()


def test_threads_without_an_article_are_listed_and_the_others_written(root: Path) -> None:
    lost = replace(SOURCE, addresses=("https://old.example/lost/",), title="Lost")
    report = run(root, (SOURCE, [found(1)]), (lost, [found(2), found(3, withheld="spam")]))
    assert report.withheld == {"spam": 1, "no-article": 1}
    assert report.record()["unmatched"] == [
        {"thread": "https://old.example/lost/", "title": "Lost", "comments": 1, "candidates": []}
    ]
    assert [problem.message for problem in list_notes(report)] == [
        "https://old.example/lost/ (Lost) belongs to no article: 1 comment left out"
    ]


def test_an_article_with_its_title_is_suggested(root: Path) -> None:
    report = run(root, (replace(SOURCE, addresses=("/lost/",)), [found(1)]))
    (problem,) = list_notes(report)
    assert problem.message == "/lost/ (Bridge) may belong to content/world/bridge.md: 1 comment left out"
    assert problem.hint == "--map FILE with the line `/lost/ = world/bridge.md` says which"
    assert report.changed == ()


def test_a_thread_with_nothing_to_show_is_not_missed(root: Path) -> None:
    report = run(root, (replace(SOURCE, addresses=()), [found(1, withheld="spam")]))
    assert (report.strays, report.withheld) == ([], {"spam": 1})


def test_a_thread_that_may_belong_to_two_articles_goes_to_neither(root: Path) -> None:
    write_files(root, {"content/local/tea.md": write_article("Another one", slug="cafe")})
    report = run(root, (replace(SOURCE, addresses=(), names=("cafe",)), [found(1)]))
    (stray,) = report.strays
    assert stray.candidates == ("content/local/tea.md", "content/world/cafe/index.md")
    assert report.changed == ()


def test_somebody_may_say_where_it_belongs(root: Path, tmp_path: Path) -> None:
    lines = tmp_path / "map.txt"
    lines.write_text("https://old.example/lost/ = world/cafe\n")
    lost = replace(SOURCE, addresses=("https://old.example/lost/",))
    assert run(root, (lost, [found(1)]), choices=str(lines)).changed == ("content/world/cafe/comments.json",)
    lines.write_text("https://old.example/lost/ = world/nowhere\n")
    with pytest.raises(UsageError, match="nowhere"):
        run(root, (lost, [found(1)]), choices=str(lines))


def test_what_was_erased_does_not_come_back(root: Path) -> None:
    report = run(root, (SOURCE, [found(1), found(2)]), is_erased=lambda comment: comment.id == "x-1")
    assert (report.written["comments"], report.withheld) == (1, {"erased": 1})
    assert "x-1" not in (root / BRIDGE).read_text()


def test_every_broken_snapshot_is_told_and_nothing_written(root: Path) -> None:
    broken = {BRIDGE: '{"schema": 1}', "content/world/cafe/comments.json": "nonsense"}
    write_files(root, broken)
    cafe = replace(SOURCE, addresses=(), names=("world/cafe",))
    before = read_tree(root / "content")
    with pytest.raises(ContentError) as caught:
        run(root, (SOURCE, [found(1)]), (cafe, [found(2)]))
    assert {problem.file for problem in caught.value.problems} == set(broken)
    assert read_tree(root / "content") == before


def test_what_the_desk_and_other_platforms_wrote_stays(root: Path) -> None:
    write_files(root, {BRIDGE: write_snapshot("From elsewhere.")})
    run(root, (SOURCE, [found(1)]))
    assert "From elsewhere." in (root / BRIDGE).read_text()


def test_two_platforms_in_turn_do_not_change_each_others_words(root: Path) -> None:
    other = replace(SOURCE, prefix="y-", snapshot=SnapshotRecord(platform="y"), closed=False)
    for source in (SOURCE, other):
        run(root, (source, [found(1)]))
    before = read_tree(root / "content")
    assert run(root, (SOURCE, [found(1)])).changed == ()
    assert run(root, (other, [found(1)])).changed == ()
    assert read_tree(root / "content") == before


def test_a_snapshot_that_the_front_matter_names_is_the_one(root: Path) -> None:
    named = {"content/world/bridge.md": write_article("Bridge", comments="kept.json", aliases="[/bridge/]")}
    write_files(root, {**named, "content/world/kept.json": write_snapshot("Kept.")})
    assert run(root, (SOURCE, [found(1)])).changed == ("content/world/kept.json",)
