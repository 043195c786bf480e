"""From the files of a site to values: what belongs to what, what is remembered, and what is refused."""

from pathlib import Path

import pytest

from sitegen.app import sources
from sitegen.app.listing import look_at_site
from sitegen.app.site import load_site
from sitegen.app.sources import Gathered, article_id
from sitegen.errors import Severity
from sitegen.parse import fields
from tests.samples import CLOCK
from tests.sites import (
    CONFIG,
    Silence,
    build,
    read_tree,
    write_article,
    write_files,
    write_moderation,
    write_site,
    write_snapshot,
)

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
    monkeypatch.setattr(fields, "parse_section_index", refuse)
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


@pytest.mark.parametrize("change", ["[comments]\norder = 'newest'\n", "[feeds]\ncomments = false\n"])
def test_what_is_told_of_comments_depends_on_how_they_are_shown(site: Path, change: str) -> None:
    side = "content/world/a.comments.json"
    write_files(site, {side: SNAPSHOT})
    before = gather(site).memory
    write_files(site, {"sitegen.toml": CONFIG + change})
    after = gather(site).memory
    assert (after[side] != before[side], after[A] == before[A]) == (True, True)


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


HIDDEN = write_moderation("id: c-0, action: hide")


def test_what_editors_decided_counts_for_everything_that_is_known_of_a_snapshot(site: Path) -> None:
    side, moderation = "content/world/a.comments.json", "content/world/a.moderation.yaml"
    write_files(site, {side: write_snapshot("One.", "Two."), moderation: HIDDEN})
    gathered = gather(site)
    assert (errors(gathered), gathered.moderations) == ([], {A: moderation})
    facts = gathered.snapshots[A]
    assert (facts.count, [comment.anchor for comment in facts.recent]) == (1, ["comment-1"])
    assert moderation not in gathered.assets  # it is never copied as a file


def test_a_decision_makes_the_snapshot_read_again_and_one_that_is_taken_back_does_not(site: Path) -> None:
    side, moderation = "content/world/a.comments.json", "content/world/a.moderation.yaml"
    write_files(site, {side: SNAPSHOT})
    without = gather(site).memory[side]
    write_files(site, {moderation: HIDDEN})
    hidden = gather(site).memory[side]
    write_files(site, {moderation: write_moderation()})
    open_again = gather(site).memory[side]
    assert len({without[0], hidden[0], open_again[0]}) == 3
    assert (without[1] != hidden[1], without[1] == open_again[1]) == (True, True)
    (site / moderation).unlink()
    assert gather(site).memory[side] == without


def test_a_snapshot_that_two_articles_show_is_moderated_for_both(site: Path) -> None:
    write_files(
        site,
        {
            A: write_article("A", comments="all.json"),
            "content/world/b.md": write_article("B", comments="all.json"),
            "content/world/all.json": write_snapshot("One.", "Two."),
            "content/world/b.moderation.yaml": HIDDEN,
        },
    )
    assert {path: facts.count for path, facts in gather(site).snapshots.items()} == {A: 1, "content/world/b.md": 1}


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (
            {"a.moderation.yaml": "hide: [c-0]\n"},
            [
                ("a.moderation.yaml", "`schema` is missing"),
                ("a.moderation.yaml", "`decisions` is missing"),
                ("a.moderation.yaml", "unknown key `hide`: the decision might not count"),
            ],
        ),
        (
            {"a.moderation.yaml": write_moderation("id: c-7, action: hide")},
            [("a.moderation.yaml", "there is no comment `c-7` in the snapshot")],
        ),
        (
            {"a.moderation.yaml": "decisions: {", "a.comments.json": "{"},
            [
                ("a.comments.json", "the JSON ends too early"),
                ("a.moderation.yaml", "the YAML ends too early"),
            ],
        ),
        ({"a.moderation.yml": HIDDEN}, [("a.moderation.yml", "is not read under this name")]),
        (
            {
                "a.md": write_article("A", comments="a.comments.json"),
                "b.md": write_article("B", comments="a.comments.json"),
                "a.moderation.yaml": HIDDEN,
                "b.moderation.yaml": HIDDEN,
            },
            [
                (
                    "b.moderation.yaml",
                    "decides about content/world/a.comments.json, as content/world/a.moderation.yaml does",
                )
            ],
        ),
    ],
    ids=["no decisions", "another comment", "both broken", "misnamed", "two files"],
)
def test_nothing_of_a_snapshot_is_shown_as_long_as_it_is_not_known_what_is_hidden(
    site: Path, files: dict[str, str], told: list[tuple[str, str]]
) -> None:
    write_files(site, {"content/world/a.comments.json": SNAPSHOT})
    write_files(site, {f"content/world/{name}": text for name, text in files.items()})
    gathered = gather(site)
    found = dict.fromkeys((str(file).removeprefix("content/world/"), message) for file, message in errors(gathered))
    assert [name for name, _ in found] == [name for name, _ in told]
    if "a.comments.json" not in files:
        assert list(found) == told
    assert gathered.snapshots == {}


def test_a_moderation_file_that_cannot_be_looked_at_shows_nothing(site: Path, tmp_path: Path) -> None:
    write_files(tmp_path, {"outside.yaml": write_moderation()})
    write_files(site, {"content/world/a.comments.json": SNAPSHOT})
    (site / "content/world/a.moderation.yaml").symlink_to(tmp_path / "outside.yaml")
    gathered = gather(site)
    assert [(problem.file, problem.code) for problem in gathered.problems] == [
        ("content/world/a.moderation.yaml", "symlink")
    ]
    assert gathered.snapshots == {}


def test_a_moderation_file_without_a_snapshot_is_an_error(site: Path) -> None:
    write_files(site, {"content/world/a.moderation.yaml": write_moderation()})
    assert errors(gather(site)) == [
        ("content/world/a.moderation.yaml", "decides about comments of which there is no snapshot")
    ]


def test_a_broken_article_does_not_make_its_moderation_file_wrong(site: Path) -> None:
    write_files(
        site,
        {
            A: write_article("A", rating="9", comments="x.json"),
            "content/world/x.json": SNAPSHOT,
            "content/world/a.moderation.yaml": HIDDEN,
        },
    )
    assert [file for file, _ in errors(gather(site))] == [A]


def test_neither_snapshots_nor_moderation_are_ever_copied(site: Path) -> None:
    write_files(
        site,
        {
            BUNDLE: write_article("Bridge", comments="false"),
            "content/world/bridge/comments.json": SNAPSHOT,
            "content/world/bridge/moderation.yaml": write_moderation("id: c-0, action: pin, reason: Kept."),
            "content/world/bridge/notes.txt": "notes",
        },
    )
    assert build(site).published
    names = {path.rsplit("/", 1)[-1] for path in read_tree(site / "output")}
    assert names & {"notes.txt", "comments.json", "moderation.yaml"} == {"notes.txt"}
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
