"""One build after another: what is published, what is left alone, and what is said."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitegen.app.report import BuildReport
from sitegen.errors import Problem, format_problem
from sitegen.model.preview import Preview
from sitegen.storage.lines import LineReader
from tests.sites import CONFIG, build, read_tree, write_article, write_files, write_site, write_snapshot

A, B = "content/world/a.md", "content/world/b.md"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Two articles, one of them with a picture in a bundle, and a page."""
    files = {
        A: write_article("A", "2026-10-01"),
        B: write_article("B", "2026-10-02"),
        "content/pages/about.md": "---\ntitle: About\n---\n\nWe write.\n",
    }
    return write_site(tmp_path / "site", files)


def show(problems: tuple[Problem, ...], site: Path) -> list[str]:
    """The problems as they are printed."""
    return "\n".join(format_problem(problem, LineReader(site)) for problem in problems).splitlines()


def headlines(report: BuildReport) -> list[str]:
    """The problems in one line each, without their places."""
    return [f"{problem.severity}[{problem.code}] {problem.message}" for problem in report.problems]


def stamp_tree(folder: Path) -> dict[str, tuple[int, int]]:
    """When every file was written, and which one it is."""
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_ino) for path in folder.rglob("*") if path.is_file()}


def test_the_first_build_writes_and_the_second_does_nothing(site: Path) -> None:
    first = build(site)
    assert (first.published, first.articles, first.pages, first.errors) == (True, 2, 1, 0)
    assert (first.unchanged, first.removed) == (0, 0)
    assert first.written == len(read_tree(site / "output")) - 1  # the manifest does not count itself
    before = stamp_tree(site / "output")
    second = build(site)
    assert (second.rendered, second.written, second.removed) == (0, 0, 0)
    assert second.unchanged == first.written
    assert stamp_tree(site / "output") == before


def test_an_edit_of_a_text_renders_what_shows_it(site: Path) -> None:
    build(site)
    write_files(site, {A: write_article("A", "2026-10-01", body="Another text.")})
    report = build(site)
    # the article, and the lists and feeds that show its description; B shows only its title
    assert report.written < report.unchanged
    assert not any("Another text." in path.read_text() for path in (site / "output/world/2026/10/b").iterdir())


def test_another_engine_reads_every_text_anew(site: Path) -> None:
    write_files(site, {A: write_article("A", body="Text\n- item\n")})
    build(site)
    page = next((site / "output").glob("**/a/index.html"))
    assert "Text\n- item" in page.read_text()
    write_files(site, {"sitegen.toml": CONFIG + '[markdown]\nengine = "commonmark"\n'})
    assert build(site).errors == 0
    assert "<li>item</li>" in page.read_text()
    assert build(site).rendered == 0


def test_a_deleted_article_goes_everywhere(site: Path) -> None:
    build(site)
    (site / B).unlink()
    report = build(site)
    assert report.removed == 1
    assert not (site / "output/world/2026/10/b").exists()
    assert not any(b"/b/" in data for data in read_tree(site / "output").values())


@pytest.mark.parametrize(
    "mistake",
    [
        {A: write_article("A", rating="9")},
        {A: "---\ntitle: [\n---\n"},
        {A: write_article("A", body="[nothing](gone.md)")},
        {A: write_article("A", slug="b")},
        {A: b"---\ntitle: A\ndate: 2026-10-01\n---\n\xff\n"},
        {"content/world/a.comments.json": "{"},
        {"content/world/gone.comments.json": write_snapshot("Hello.")},
        {"content/world/a.moderation.yaml": ""},
        {"content/world/_index.md": "---\ntitle: [\n---\n"},
        {"content/world/index.md": write_article("C")},
        {"static/index.html": "mine"},
        {"themes/tiny/templates/article.html": "{{ page.titel }}"},
        {"themes/tiny/templates/article.html": "{{ page.titel }}", "content/world/c.md": write_article("C")},
        {"themes/tiny/templates/new.html": "{{ page.titel }}", "content/c.md": write_article("C", template="new.html")},
        {"themes/tiny/templates/tag.html": "{% if %}", A: write_article("A", tags="[x]")},
        {"themes/tiny/theme.toml": "="},
        {"themes/tiny/locales/en.toml": "="},
        {"sitegen.toml": CONFIG.replace("tiny", "gone")},
        {"sitegen.toml": CONFIG + '[markdown]\nextensions = ["no_such_extension"]\n'},
    ],
    ids=lambda mistake: next(iter(mistake)),
)
def test_an_error_anywhere_publishes_nothing(site: Path, mistake: dict[str, str | bytes]) -> None:
    build(site)
    before, stamps = read_tree(site / "output"), stamp_tree(site / "output")
    write_files(site, {B: write_article("B", "2026-10-02", body="Another text."), **mistake})
    report = build(site)
    assert (report.published, report.errors >= 1) == (False, True)
    assert (report.rendered, report.written, report.removed, report.kept, report.left_out) == (0, 0, 0, (), ())
    assert read_tree(site / "output") == before
    assert stamp_tree(site / "output") == stamps


def test_an_error_in_a_first_build_leaves_no_output(site: Path) -> None:
    write_files(site, {A: write_article("A", rating="9")})
    assert not build(site).published
    assert not (site / "output").exists()


def test_all_problems_of_all_files_are_found_in_one_run(site: Path) -> None:
    write_files(
        site,
        {
            "sitegen.toml": CONFIG.replace("base_url", "copyright"),
            A: write_article("A", rating="9", votes="-1", titel="x"),
            B: write_article("B", body="A [link](gone.md) and a ![picture](gone.png)."),
            "content/world/c.md": "title: C\n",
            "content/world/c.comments.json": '{"schema": "sitegen.comments/1", "comments": [{"id": 7}]}',
            "content/world/gone.moderation.yaml": "",
            "content/world/_index.md": "---\norder: first\n---\n",
            "themes/tiny/templates/page.html": "{% if %}",
        },
    )
    report = build(site)
    assert [
        (problem.file, problem.span.line if problem.span else None, str(problem.severity), problem.code)
        for problem in report.problems
    ] == [
        ("content/world/_index.md", 2, "error", "order"),
        ("content/world/a.md", 4, "error", "rating"),
        ("content/world/a.md", 5, "error", "votes"),
        ("content/world/a.md", 6, "warning", "unknown-key"),
        ("content/world/b.md", 6, "error", "link"),
        ("content/world/b.md", 6, "warning", "image"),
        ("content/world/c.comments.json", 1, "error", "comments"),
        ("content/world/c.comments.json", 1, "error", "comments"),
        ("content/world/c.comments.json", 1, "error", "comments"),
        ("content/world/c.md", 1, "error", "date"),
        ("content/world/c.md", 1, "error", "title"),
        ("content/world/gone.moderation.yaml", None, "error", "comments"),
        ("sitegen.toml", None, "warning", "base_url"),
        ("themes/tiny/templates/page.html", 1, "error", "template"),
    ]


def test_a_link_that_leads_out_of_the_site_does_not_hide_what_else_is_wrong(site: Path) -> None:
    (site / "content/world/c.md").symlink_to("/etc/hostname")
    write_files(site, {A: write_article("A", rating="9")})
    assert [problem.code for problem in build(site).problems] == ["rating", "symlink"]


def test_a_theme_that_cannot_be_read_does_not_hide_what_else_is_wrong(site: Path) -> None:
    write_files(site, {"themes/tiny/theme.toml": "=", A: write_article("A", rating="9")})
    assert [problem.code for problem in build(site).problems] == ["rating", "toml"]


def test_a_problem_is_shown_with_its_line(site: Path) -> None:
    write_files(site, {A: write_article("A", rating="9"), "themes/tiny/templates/404.html": "a\n{{ page.titel }}\n"})
    assert show(build(site).problems, site) == [
        "content/world/a.md:4:9: error[rating]: must be at most 5",
        "  4 | rating: 9",
        "              ^",
        "  hint: the scale is 1 to 5; a mapping with `best` and `worst` sets another",
    ]
    write_files(site, {A: write_article("A")})
    assert show(build(site).problems, site) == [
        (
            "themes/tiny/templates/404.html:2:1: error[template]: MessageView has no `titel`,"
            " while rendering `/404.html` (the page for addresses that do not exist)"
        ),
        "  2 | {{ page.titel }}",
        "      ^",
        "  hint: MessageView has: head, url",
    ]


def test_strict_makes_warnings_errors(site: Path) -> None:
    write_files(site, {A: write_article("A", titel="x")})
    assert build(site).published
    report = build(site, strict=True)
    assert (report.published, headlines(report)) == (False, ["error[unknown-key] unknown key `titel`"])


def test_clean_renders_everything_and_writes_what_is_different(site: Path) -> None:
    build(site)
    write_files(site, {"output/mine.txt": "mine"})
    stamps = stamp_tree(site / "output")
    report = build(site, clean=True)
    pages = [path for path in read_tree(site / "output") if not path.startswith("assets/")]
    assert report.rendered == len(pages) - 2  # but for the manifest and the stranger's file
    assert (report.written, report.removed, report.strays) == (0, 0, ())
    assert stamp_tree(site / "output") == stamps


def test_a_lost_manifest_deletes_nothing_and_lists_what_it_does_not_know(site: Path) -> None:
    build(site)
    write_files(site, {"output/mine.txt": "mine"})
    (site / "output/manifest.sha256").unlink()
    (site / B).unlink()
    report = build(site)
    assert (report.published, report.removed) == (True, 0)
    assert set(report.strays) == {"mine.txt", "world/2026/10/b/index.html"}


DRAFTS = {
    "content/world/draft.md": write_article("Draft", draft="true"),
    "content/world/broken.md": write_article("Broken", draft="true", rating="9"),
    "content/world/later.md": write_article("Later", "2026-12-24 18:00"),
    "content/world/over.md": write_article("Over", expires="2026-10-20"),
    "content/pages/plan.md": "---\ntitle: Plan\ndraft: true\n---\n",
}


def test_what_is_not_published_is_counted(site: Path) -> None:
    write_files(site, DRAFTS)
    report = build(site)
    assert (report.articles, report.pages) == (2, 1)
    assert (report.drafts, report.scheduled, report.expired) == (3, 1, 1)


@pytest.mark.parametrize(
    ("preview", "articles", "pages", "errors"),
    [
        (Preview(future=True), 3, 1, 0),
        (Preview(expired=True), 3, 1, 0),
        (Preview(drafts=True), 3, 2, 1),
    ],
)
def test_a_preview_shows_more(site: Path, preview: Preview, articles: int, pages: int, errors: int) -> None:
    write_files(site, DRAFTS)
    report = build(site, preview=preview)
    assert (report.articles, report.pages, report.errors) == (articles, pages, errors)


def test_errors_in_a_draft_are_warnings(site: Path) -> None:
    write_files(
        site,
        {
            "content/world/broken.md": write_article("Broken", draft="true", rating="9"),
            "content/world/draft.md": write_article("Draft", draft="true"),
            "content/world/draft.comments.json": "{",
            "content/world/draft.moderation.yaml": "",
            "content/world/named.md": write_article("Named", draft="true", comments="gone.json"),
        },
    )
    report = build(site)
    assert (report.published, report.errors, report.drafts) == (True, 0, 3)
    assert [(problem.file, problem.code) for problem in report.problems] == [
        ("content/world/broken.md", "rating"),
        ("content/world/draft.comments.json", "json"),
        ("content/world/draft.moderation.yaml", "moderation"),
        ("content/world/draft.moderation.yaml", "moderation"),
        ("content/world/named.md", "comments"),
    ]
    assert build(site, preview=Preview(drafts=True)).errors == 5


def test_time_does_not_break_a_sound_site(site: Path) -> None:
    """Links to what is not published are text, neighbours that are not are the computed ones, and both are said."""
    write_files(site, DRAFTS)
    body = "See [one](draft.md), [two](later.md), [three](over.md), [four](broken.md) and [five](../pages/plan.md)."
    write_files(site, {A: write_article("A", "2026-10-01", body=body, next="world/later.md", prev="draft")})
    report = build(site)
    assert (report.published, report.errors) == (True, 0)
    warnings = [problem for problem in report.problems if problem.file == A]
    assert [problem.code for problem in warnings] == ["next", "prev", "link", "link", "link", "link", "link"]
    page = (site / "output/world/2026/10/a/index.html").read_text()
    assert "href" not in page
    assert ("behind: B" in page, "before:" in page) == (True, False)


def test_an_article_that_expires_leaves_and_the_next_build_is_due_when_it_does(site: Path) -> None:
    write_files(site, {A: write_article("A", "2026-10-01", expires="2026-11-02 06:30")})
    report = build(site)
    assert (report.articles, report.next_change) == (2, datetime(2026, 11, 2, 6, 30, tzinfo=UTC))
    assert report.next_change is not None
    report = build(site, clock=report.next_change)
    assert (report.articles, report.expired, report.next_change) == (1, 1, None)
    assert not (site / "output/world/2026/10/a").exists()


def test_a_scheduled_article_appears_and_the_next_build_is_due_when_it_does(site: Path) -> None:
    write_files(site, {A: write_article("A", "2026-12-24 18:00+01:00"), B: write_article("B", "2026-11-20")})
    report = build(site)
    assert (report.articles, report.scheduled, report.next_change) == (0, 2, datetime(2026, 11, 20, tzinfo=UTC))
    report = build(site, clock=datetime(2026, 11, 20, tzinfo=UTC))
    assert (report.articles, report.scheduled, report.next_change) == (1, 1, datetime(2026, 11, 22, tzinfo=UTC))
    report = build(site, clock=datetime(2026, 11, 22, tzinfo=UTC))
    assert (report.articles, report.scheduled, report.next_change) == (1, 1, datetime(2026, 12, 24, 17, tzinfo=UTC))
    report = build(site, clock=datetime(2026, 12, 24, 17, tzinfo=UTC))
    assert (report.articles, report.scheduled, report.next_change) == (2, 0, datetime(2026, 12, 26, 17, tzinfo=UTC))


def test_nothing_waits_for_a_draft(site: Path) -> None:
    write_files(site, {"content/world/draft.md": write_article("Draft", "2026-12-24", draft="true")})
    assert build(site).next_change is None


def test_a_tampered_and_a_deleted_file_come_back(site: Path) -> None:
    build(site)
    before = read_tree(site / "output")
    write_files(site, {"output/index.html": "tampered"})
    (site / "output/world/2026/10/a/index.html").unlink()
    (site / "output/assets/favicon.svg").unlink(missing_ok=True)
    assert build(site).written >= 2
    assert read_tree(site / "output") == before


def test_a_touched_file_changes_nothing(site: Path) -> None:
    build(site)
    for path in (site / "content").rglob("*.md"):
        os.utime(path, ns=(0, 0))
    report = build(site)
    assert (report.rendered, report.written) == (0, 0)


def test_the_memory_can_stand_elsewhere(site: Path, tmp_path: Path) -> None:
    assert build(site, state_folder=tmp_path / "memory").published
    assert not (site / ".sitegen").exists()
    assert build(site, state_folder=tmp_path / "memory").rendered == 0


def test_a_configuration_without_an_address_is_warned_of_by_its_own_name(site: Path) -> None:
    write_files(site, {"sitegen.toml": CONFIG.replace("base_url", "copyright")})
    (problem,) = build(site, config_file="preview.toml").problems
    assert (str(problem.severity), problem.code, problem.file) == ("warning", "base_url", "preview.toml")


def test_the_comments_that_can_be_read_are_counted(site: Path) -> None:
    write_files(site, {"content/world/a.comments.json": write_snapshot("One.", "Two.")})
    assert build(site).comments == 2
    write_files(site, {A: write_article("A", comments="false")})
    assert build(site).comments == 0
