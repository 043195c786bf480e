"""From the files of a site to values: what belongs to what, what is remembered, and what is refused."""

from pathlib import Path

import pytest

from sitegen.app import sources
from sitegen.app.listing import look_at_site
from sitegen.app.site import load_site
from sitegen.app.sources import Gathered, article_id
from sitegen.errors import Severity
from tests.samples import CLOCK
from tests.sites import CONFIG, Silence, build, read_tree, write_article, write_files, write_site, write_snapshot

A = "content/world/a.md"
BUNDLE = "content/world/bridge/index.md"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site", {A: write_article("A")})


def gather(site: Path) -> Gathered:
    return look_at_site(load_site(site, None), CLOCK, Silence())[0]


def errors(gathered: Gathered) -> list[tuple[str | None, str]]:
    return [(problem.file, problem.message) for problem in gathered.problems if problem.severity is Severity.ERROR]


def test_everything_in_its_place(site: Path) -> None:
    write_files(
        site,
        {
            BUNDLE: write_article("Bridge"),
            "content/world/bridge/comments.json": write_snapshot("One."),
            "content/world/bridge/notes.txt": "notes",
            "content/world/a.comments.json": write_snapshot("One.", "Two."),
            "content/world/_index.md": "---\ntitle: World affairs\n---\n",
            "static/favicon.ico": b"icon",
        },
    )
    gathered = gather(site)
    assert sorted(gathered.articles) == [A, BUNDLE]
    assert {path: facts.count for path, facts in gathered.snapshots.items()} == {A: 2, BUNDLE: 1}
    assert sorted(gathered.assets) == ["content/world/bridge/notes.txt", "static/favicon.ico"]
    assert [(slug, section.title) for slug, section in gathered.sections.items()] == [("world", "World affairs")]
    assert (gathered.problems, gathered.unavailable) == ([], set())
    assert article_id(BUNDLE) == "world/bridge/index.md"


def test_what_was_read_once_is_not_read_again(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(site, {"content/world/a.comments.json": SNAPSHOT, "content/world/_index.md": "---\ntitle: W\n---\n"})
    first = gather(site)

    def refuse(*_: object) -> None:
        raise AssertionError("was read again")

    monkeypatch.setattr(sources, "make_parser", refuse)
    monkeypatch.setattr(sources, "parse_section_index", refuse)
    second = gather(site)
    assert (second.articles, second.snapshots, second.sections) == (first.articles, first.snapshots, first.sections)


@pytest.mark.parametrize(
    "change",
    [
        {A: write_article("A", body="Other text.")},
        {"sitegen.toml": CONFIG + "[markdown]\nsmart_punctuation = false\n"},
        {"sitegen.toml": CONFIG + 'timezone = "Asia/Tokyo"\n'},
        {"sitegen.toml": CONFIG + 'language = "nl"\n'},
        {"sitegen.toml": CONFIG + "[rating]\nbest = 10\n"},
        {"sitegen.toml": CONFIG + '[front_matter.map]\ntopics = "tags"\n'},
    ],
)
def test_what_parsing_depends_on_makes_it_read_again(site: Path, change: dict[str, str]) -> None:
    before = gather(site).memory
    write_files(site, change)
    assert gather(site).memory[A] != before[A]


def test_what_parsing_does_not_depend_on_does_not(site: Path) -> None:
    before = gather(site).memory
    write_files(
        site, {"sitegen.toml": CONFIG + 'page_size = 3\ncopyright = "Us"\n', "content/b.md": write_article("B")}
    )
    assert gather(site).memory[A] == before[A]


def test_warnings_are_repeated_from_memory(site: Path) -> None:
    write_files(site, {A: write_article("A", titel="x")})
    assert gather(site).problems == gather(site).problems != []


SNAPSHOT = write_snapshot("Kept.")


@pytest.mark.parametrize(
    ("named", "where"),
    [
        ("archive.json", "content/world/archive.json"),
        ("comments/of a.json", "content/world/comments/of a.json"),
        ("a.comments.json", "content/world/a.comments.json"),
    ],
)
def test_a_snapshot_that_front_matter_names(site: Path, named: str, where: str) -> None:
    write_files(site, {A: write_article("A", comments=named), where: SNAPSHOT})
    gathered = gather(site)
    assert (gathered.sidecars, gathered.snapshots[A].count) == ({A: where}, 1)
    assert where not in gathered.assets  # it is never copied as a file
    assert errors(gathered) == []


def test_a_snapshot_that_front_matter_names_wins_over_the_one_beside_it(site: Path) -> None:
    write_files(site, {A: write_article("A", comments="x.json"), "content/world/x.json": write_snapshot("1", "2")})
    write_files(site, {"content/world/a.comments.json": SNAPSHOT})
    assert gather(site).snapshots[A].count == 2


@pytest.mark.parametrize(
    "named",
    [
        "../secret.json",
        "../../../etc/passwd",
        "x/../../secret.json",
        "/etc/passwd",
        "./a.json",
        "..\\\\secret.json",
        "file:///etc/passwd",
        "%2e%2e/secret.json",
        "gone.json",
    ],
)
def test_a_snapshot_is_never_looked_for_elsewhere(site: Path, named: str) -> None:
    write_files(site, {A: write_article("A", comments=f'"{named}"'), "content/secret.json": write_snapshot("Secret.")})
    gathered = gather(site)
    assert gathered.snapshots == {}
    assert [file for file, _ in errors(gathered)] == [A]
    assert gathered.unavailable == {A}


def test_a_link_that_leads_out_of_the_site_is_refused(site: Path, tmp_path: Path) -> None:
    write_files(tmp_path, {"outside.json": write_snapshot("Secret.")})
    (site / "content/world/archive.json").symlink_to(tmp_path / "outside.json")
    write_files(site, {A: write_article("A", comments="archive.json")})
    gathered = gather(site)
    assert gathered.snapshots == {}
    assert [(problem.file, problem.code) for problem in gathered.problems] == [
        ("content/world/archive.json", "symlink"),
        (A, "comments"),
    ]


def test_a_sidecar_without_its_article_is_an_error(site: Path) -> None:
    write_files(site, {"content/world/gone.comments.json": SNAPSHOT, "content/world/gone.moderation.yaml": ""})
    assert [file for file, _ in errors(gather(site))] == [
        "content/world/gone.comments.json",
        "content/world/gone.moderation.yaml",
    ]


def test_moderation_is_refused_and_nothing_of_the_thread_is_shown(site: Path) -> None:
    write_files(site, {"content/world/a.comments.json": SNAPSHOT, "content/world/a.moderation.yaml": "hide: [c-0]\n"})
    gathered = gather(site)
    assert errors(gathered) == [
        (
            "content/world/a.moderation.yaml",
            "this version cannot apply moderation decisions, and will not publish what was hidden",
        )
    ]
    assert gathered.snapshots == {}


def test_neither_snapshots_nor_moderation_are_ever_copied(site: Path) -> None:
    write_files(
        site,
        {
            BUNDLE: write_article("Bridge", comments="false"),
            "content/world/bridge/comments.json": SNAPSHOT,
            "content/world/bridge/notes.txt": "notes",
        },
    )
    assert build(site).published
    names = {path.rsplit("/", 1)[-1] for path in read_tree(site / "output")}
    assert ("notes.txt" in names, "comments.json" in names) == (True, False)
    assert not any(b"Kept." in data for data in read_tree(site / "output").values())


def test_a_broken_document_is_unavailable_and_a_broken_draft_counts_as_one(site: Path) -> None:
    write_files(site, {A: write_article("A", rating="9"), "content/b.md": write_article("B", rating="9", draft="true")})
    gathered = gather(site)
    assert (gathered.articles, gathered.unavailable) == ({}, {A, "content/b.md"})
    assert gathered.broken_drafts == 1
    assert [file for file, _ in errors(gathered)] == [A]


@pytest.mark.parametrize(
    "path", ["content/_index.md", "content/world/deep/_index.md"], ids=["of the site", "of a folder in a section"]
)
def test_an_index_that_describes_no_section_says_nothing(site: Path, path: str) -> None:
    write_files(site, {path: "---\ntitle: [\n---\n"})
    gathered = gather(site)
    assert (gathered.sections, gathered.problems) == ({}, [])
