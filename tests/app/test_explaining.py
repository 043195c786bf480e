"""Why a page is rendered or left alone, and which pages a file reaches."""

from pathlib import Path

import pytest

from sitegen.app.explaining import Explanation, Question, explain
from sitegen.app.site import load_site
from sitegen.errors import UsageError
from tests.samples import CLOCK
from tests.sites import (
    TINY_THEME,
    Silence,
    build,
    build_as_ordered,
    call_build,
    find_standing_site,
    read_tree,
    write_article,
    write_files,
    write_moderation,
    write_site,
    write_snapshot,
)

A, B, C = (f"content/world/{slug}.md" for slug in "abc")
PAGE_A = "world/2026/10/a/index.html"
FILES = {
    A: write_article("A", "2026-10-01"),
    B: write_article("B", "2026-10-02", body="See [a](a.md) and [the report](/files/report.txt)."),
    C: write_article("C", "2026-12-24"),
    "content/world/_index.md": "---\ntitle: World affairs\n---\n",
    "content/world/a.comments.json": write_snapshot("One."),
    "content/world/a.moderation.yaml": write_moderation("id: c-0, action: pin"),
    "static/files/report.txt": "report",
    "themes/tiny/templates/unused.html": "foot",
    "themes/tiny/locales/nl.toml": "mood = 'rustig'\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site", FILES)


def ask(site: Path, target: str, folder: Path | None = None) -> Explanation:
    """The answer, after which everything is as it was."""
    before = read_tree(site)
    question = Question(target=target, folder=folder or site, output=site / "output", clock=CLOCK)
    found = explain(load_site(site, None), question, Silence())
    assert read_tree(site) == before
    return found


def reasons(site: Path, target: str) -> tuple[str, ...]:
    (output,) = ask(site, target).outputs
    return output.reasons


def reached(site: Path, target: str) -> dict[str, str]:
    return {str(output.path): output.why for output in ask(site, target).outputs}


def test_before_the_first_build_everything_is_new(site: Path) -> None:
    found = ask(site, "/world/2026/10/a/")
    assert (found.kind, found.name, found.note) == ("page", PAGE_A, f"made from {A} by article.html")
    assert [output.reasons for output in found.outputs] == [("new",)]
    assert {part.changed for part in found.parts} == {None}
    assert not (site / ".sitegen").exists()


@pytest.mark.parametrize(
    "target",
    ["/world/2026/10/a/", "/world/2026/10/a", "https://news.example/world/2026/10/a/#x", f"output/{PAGE_A}", PAGE_A],
)
def test_a_page_can_be_named_in_every_way(site: Path, target: str) -> None:
    assert ask(site, target).name == PAGE_A


def test_a_page_that_stands_says_what_it_depends_on(site: Path) -> None:
    build(site)
    found = ask(site, "/world/2026/10/b/")
    assert [output.reasons for output in found.outputs] == [()]
    parts = {part.name: part.what for part in found.parts}
    assert not any(part.changed for part in found.parts)
    assert parts["view"] == f"what it shows: {A}, {B}"
    assert parts["templates"] == "article.html, base.html, foot.html"


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        (A, write_article("A", "2026-10-01", body="Other."), ("view",)),
        ("content/world/a.comments.json", write_snapshot("Two."), ("view",)),
        ("themes/tiny/templates/base.html", TINY_THEME["base.html"] + "<!-- -->", ("templates",)),
        ("themes/tiny/static/site.css", "a {}", ("assets",)),
        ("themes/tiny/locales/en.toml", "mood = 'loud'\n", ("words",)),
        ("themes/tiny/theme.toml", "[options]\nmood = 'wild'\n", ("site",)),
        (f"output/{PAGE_A}", "tampered", ("output",)),
        (C, write_article("C", "2026-12-25"), ()),
    ],
)
def test_the_part_that_changed_is_named(site: Path, path: str, text: str, reason: tuple[str, ...]) -> None:
    build(site)
    write_files(site, {path: text})
    assert reasons(site, "/world/2026/10/a/") == reason
    assert {part.name for part in ask(site, "/world/2026/10/a/").parts if part.changed} == {*reason} - {"output"}


def test_what_is_explained_is_what_is_rendered(site: Path) -> None:
    build(site)
    write_files(site, {A: write_article("Another title", "2026-10-01", slug="a")})
    expected = {str(output.path) for output in ask(site, A).outputs if output.reasons}
    before = {path: path.stat().st_mtime_ns for path in (site / "output").rglob("*") if path.is_file()}
    assert build(site).rendered == len(expected)
    written = {path for path, time in before.items() if path.stat().st_mtime_ns != time}
    assert {path.relative_to(site / "output").as_posix() for path in written} - {"manifest.sha256"} <= expected


def test_a_document_reaches_its_page_its_neighbours_and_its_lists(site: Path) -> None:
    write_files(site, {"content/pages/about.md": "---\ntitle: About\n---\n"})
    found = reached(site, A)
    assert found[PAGE_A] == "is its page"
    assert found["index.html"] == found["world/index.html"] == "lists it"
    assert found["world/2026/10/b/index.html"] == "links to it"
    assert found["rss.xml"] == "holds its text"
    assert found["world/2026/10/a/comments.xml"] == "shows its comments"
    assert "about/index.html" not in found


@pytest.mark.parametrize("path", ["content/world/a.comments.json", "content/world/a.moderation.yaml"])
def test_comments_reach_their_pages_and_where_they_are_counted(site: Path, path: str) -> None:
    found = reached(site, path)
    assert found[PAGE_A] == "shows its comments"
    assert found["index.html"] == "tells how many there are"
    assert "world/2026/10/b/index.html" not in found


def test_a_long_thread_reaches_its_further_pages_too(site: Path) -> None:
    config = (site / "sitegen.toml").read_text()
    thread = {"content/world/a.comments.json": write_snapshot("One.", "Two.")}
    write_files(site, {"sitegen.toml": config + "[comments]\npage_size = 1\n", **thread})
    found = reached(site, "content/world/a.comments.json")
    folder = PAGE_A.removesuffix("index.html")
    for path in (PAGE_A, f"{folder}comments/2/index.html", f"{folder}comments.xml"):
        assert found[path] == "shows its comments"


@pytest.mark.parametrize(
    ("target", "path", "why"),
    [
        ("static/files/report.txt", "files/report.txt", "is its copy"),
        ("static/files/report.txt", "world/2026/10/b/index.html", "shows it or links to it"),
        ("content/world/_index.md", "world/index.html", "names the section"),
        ("themes/tiny/templates/article.html", PAGE_A, "is made with it"),
        ("themes/tiny/locales/en.toml", PAGE_A, "has its words"),
        ("themes/tiny/theme.toml", PAGE_A, "is made with it"),
        ("sitegen.toml", PAGE_A, "is made with it"),
    ],
)
def test_every_kind_of_source_reaches_something(site: Path, target: str, path: str, why: str) -> None:
    write_files(site, {"themes/tiny/locales/en.toml": "", "themes/tiny/theme.toml": ""})
    assert reached(site, target)[path] == why


@pytest.mark.parametrize(
    ("target", "note"),
    [
        (C, "it is not published: scheduled"),
        ("permalinks.lock", "it makes no page: it names the addresses that must last"),
        ("themes/tiny/templates/unused.html", ""),
        ("themes/tiny/locales/nl.toml", ""),
        ("themes/other/theme.toml", "the site does not use this theme"),
        ("content/world/bad.md", "nothing is made from it, for its errors"),
        ("README.md", "nothing is made from it"),
    ],
)
def test_some_sources_reach_nothing(site: Path, target: str, note: str) -> None:
    build(site, addresses="keep")
    more = {"themes/other/theme.toml": "", "content/world/bad.md": "---\ntitle: [\n---\n", "README.md": ""}
    write_files(site, more)
    found = ask(site, target)
    assert (found.kind, found.note, found.outputs, found.errors) == ("source", note, (), 1)


def test_files_are_looked_for_where_one_stands(site: Path) -> None:
    assert ask(site, "a.md", site / "content/world").name == A
    assert ask(site, A, site / "content").name == A


def test_a_copy_is_explained_too(site: Path) -> None:
    build(site)
    assert reasons(site, "/files/report.txt") == ()
    write_files(site, {"static/files/report.txt": "REPORT"})
    assert reasons(site, "/files/report.txt") == ("content",)
    assert ask(site, "/files/report.txt").note == "a copy of static/files/report.txt"


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("/world/2026/10/aa/", "did you mean `"),
        ("content/world/aa.md", "did you mean `"),
        ("https://elsewhere.example/", "look at `sitegen list`"),
        ("/etc/hosts", "look at `sitegen list`"),
    ],
)
def test_what_is_no_part_of_the_site_is_refused(site: Path, target: str, hint: str) -> None:
    with pytest.raises(UsageError, match=r"is no part of this site$") as failure:
        ask(site, target)
    assert (failure.value.hint or "").startswith(hint)


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({A: write_article("A", "2026-10-01", "Else.")}, id="a text"),
        pytest.param({B: write_article("News", "2026-10-02", "See [a](a.md).")}, id="a headline"),
        pytest.param({"content/world/a.comments.json": write_snapshot("One.", "Two.")}, id="comments"),
        pytest.param({"content/world/d.md": write_article("D", "2026-10-09")}, id="the newest article"),
    ],
)
def test_an_edit_that_was_published_without_a_plan_is_explained_alike(site: Path, files: dict[str, str]) -> None:
    write_files(site, {B: write_article("B", "2026-10-02", body="See [a](a.md).", description="In short.")})
    assert call_build(site).published
    write_files(site, files)
    stale = {output.path for output in ask(site, "sitegen.toml").outputs if output.reasons}
    report = find_standing_site(site)
    assert report is not None
    assert report.rendered == len(stale)
    told = {target: ask(site, target) for target in (*files, "sitegen.toml", PAGE_A, "/")}
    assert not any(output.reasons for explanation in told.values() for output in explanation.outputs)
    (site / ".sitegen/state.sqlite").unlink()
    assert build_as_ordered(site).published
    assert {target: ask(site, target) for target in told} == told
