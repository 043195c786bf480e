"""`permalinks.lock` on the disk: when it is written, and what a build does where an address of it ends."""

from pathlib import Path

import pytest

from sitegen.app.report import BuildReport
from sitegen.errors import MachineError
from sitegen.model.preview import Preview
from sitegen.model.source import LOCK_FILE
from tests.samples import CLOCK
from tests.sites import CONFIG, build, call_sitegen, write_article, write_files, write_site

HEADER = "# Every address that was published once, with what answers there. `sitegen build` adds to it: commit it.\n"
A, B = (f"/world/2026/10/{name}/ = world/{name}.md\n" for name in "ab")
LATER = "/world/2027/01/later/ = world/later.md\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Two articles, and one that is scheduled."""
    files = {
        "content/world/a.md": write_article("A"),
        "content/world/b.md": write_article("B"),
        "content/world/later.md": write_article("Later", "2027-01-01"),
    }
    return write_site(tmp_path, files)


def lock_of(site: Path) -> str | None:
    path = site / LOCK_FILE
    return path.read_text() if path.exists() else None


def keep(site: Path, **changes: object) -> BuildReport:
    return build(site, None, addresses="keep", **changes)


def told(report: BuildReport) -> list[tuple[str, str | None, str]]:
    return [(item.severity.value, item.file, item.message.split(", ")[0]) for item in report.problems]


LOST = ("error", LOCK_FILE, "readers lose an address: `/world/2026/10/b/`")


def test_the_first_build_makes_it_and_the_next_one_leaves_it(site: Path) -> None:
    keep(site)
    assert lock_of(site) == HEADER + A + B
    before = (site / LOCK_FILE).stat()
    keep(site, clean=True)
    assert (site / LOCK_FILE).stat() == before


def test_new_articles_are_added_on_their_day(site: Path) -> None:
    keep(site)
    keep(site, clock=CLOCK.replace(year=2027, month=2))
    assert lock_of(site) == HEADER + A + B + LATER
    # A clock that goes back is no error, and takes nothing away.
    assert told(keep(site)) == []
    assert lock_of(site) == HEADER + A + B + LATER


def test_an_address_that_ends_stops_the_build(site: Path) -> None:
    keep(site)
    (site / "content/world/b.md").unlink()
    report = keep(site, clean=True)
    assert (report.published, told(report)) == (False, [LOST])
    assert (site / "output/world/2026/10/b/index.html").exists()
    assert lock_of(site) == HEADER + A + B


@pytest.mark.parametrize(
    "mending",
    [
        pytest.param({"content/world/b.md": write_article("B")}, id="restored"),
        pytest.param({"content/local/b.md": write_article("B", aliases="[/world/2026/10/b/]")}, id="an alias"),
        pytest.param({"sitegen.toml": CONFIG + '[redirects]\n"/world/2026/10/b/" = "/"\n'}, id="a redirect"),
        pytest.param({"sitegen.toml": CONFIG + '[gone]\n"/world/2026/10/b/" = "Withdrawn."\n'}, id="gone"),
        pytest.param({LOCK_FILE: A}, id="the line deleted"),
    ],
)
def test_every_way_to_mend_it(site: Path, mending: dict[str, str]) -> None:
    keep(site)
    (site / "content/world/b.md").unlink()
    write_files(site, mending)
    report = keep(site)
    assert (report.published, told(report)) == (True, [])
    assert keep(site).problems == ()


def test_to_keep_going_publishes_the_rest_and_does_not_forget(site: Path) -> None:
    keep(site)
    (site / "content/world/b.md").unlink()
    for _ in range(2):
        report = keep(site, keep_going=True)
        assert (report.published, told(report)) == (True, [LOST])
        assert lock_of(site) == HEADER + A + B


def test_what_is_kept_or_left_out_keeps_its_address(site: Path) -> None:
    keep(site)
    write_files(site, {"content/world/b.md": write_article("B", rating="9"), "content/world/a.md": "---\ntitle: [\n"})
    report = keep(site, keep_going=True)
    assert {file for _, file, _ in told(report)} == {"content/world/a.md", "content/world/b.md"}
    assert lock_of(site) == HEADER + A + B


def test_a_refused_build_locks_nothing(site: Path) -> None:
    write_files(site, {"content/world/c.md": write_article("C", rating="9")})
    assert not keep(site).published
    assert lock_of(site) is None


def test_a_preview_warns_and_locks_nothing(site: Path) -> None:
    write_files(site, {LOCK_FILE: "/old/ = world/old.md\n"})
    report = build(site, addresses="show", preview=Preview(future=True))
    assert report.published
    assert told(report) == [("warning", LOCK_FILE, "readers lose an address: `/old/`")]
    assert lock_of(site) == "/old/ = world/old.md\n"


def test_lines_that_cannot_be_read_stop_the_build(site: Path) -> None:
    text = f"<<<<<<< HEAD\n{A}=======\n{B}>>>>>>> other\n"
    write_files(site, {LOCK_FILE: text})
    report = keep(site)
    assert not report.published
    assert [item.span.line for item in report.problems if item.span] == [1, 3, 5]
    assert lock_of(site) == text


def test_a_folder_that_cannot_be_written_is_a_warning(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, data: bytes) -> None:
        raise MachineError(f"{path}: read-only file system")

    monkeypatch.setattr("sitegen.app.permalinks.write_atomic", refuse)
    report = keep(site)
    assert report.published
    ((severity, file, message),) = told(report)
    assert (severity, file) == ("warning", None)
    assert message.startswith("permalinks.lock could not be written: ")


@pytest.mark.parametrize("option", ["--drafts", "--future", "--expired", "--clock=2028-01-01"])
def test_options_that_only_look_ahead_lock_nothing(site: Path, option: str) -> None:
    assert call_sitegen("-C", site, "build", option).code == 0
    assert lock_of(site) is None
    assert call_sitegen("-C", site, "build").code == 0
    assert lock_of(site) == HEADER + A + B


def test_the_terminal_shows_the_line_and_what_to_write(site: Path) -> None:
    call_sitegen("-C", site, "build")
    write_files(site, {"content/world/b.md": write_article("B", slug="c")})
    outcome = call_sitegen("-C", site, "build")
    assert outcome.code == 1
    assert outcome.err.splitlines()[:4] == [
        (
            "permalinks.lock:3:1: error[permalink]: readers lose an address of what has moved: `/world/2026/10/b/`, "
            "content/world/b.md is at `/world/2026/10/c/` now"
        ),
        "  3 | /world/2026/10/b/ = world/b.md",
        "      ^^^^^^^^^^^^^^^^^",
        (
            "  hint: write `aliases: [/world/2026/10/b/]` in content/world/b.md, "
            "or delete this line, if no reader has seen it"
        ),
    ]


def test_many_that_moved_are_told_as_one(site: Path) -> None:
    write_files(site, {f"content/world/n{number}.md": write_article(f"N{number}") for number in range(12)})
    call_sitegen("-C", site, "build")
    write_files(site, {"sitegen.toml": f'permalink = "/{{year}}/{{slug}}/"\n{CONFIG}'})
    outcome = call_sitegen("-C", site, "build")
    assert outcome.err.count("error[permalink]") == 1
    assert "(and alike: 14 times)" in outcome.err
    assert "or put the old `permalink` back into sitegen.toml" in outcome.err
    assert call_sitegen("-C", site, "-v", "build").err.count("error[permalink]") == 14


def test_an_article_that_is_moved_by_the_command_keeps_its_addresses(site: Path) -> None:
    write_files(site, {"content/world/a.md": write_article("A", aliases="/first/")})
    call_sitegen("-C", site, "build")
    assert call_sitegen("-C", site, "mv", "world/a.md", "local/a.md").code == 0
    assert lock_of(site) == HEADER + "/first/ = local/a.md\n" + A.replace("world/a.md", "local/a.md") + B
    assert call_sitegen("-C", site, "build").code == 0
    new = "/local/2026/10/a/ = local/a.md\n"
    assert lock_of(site) == HEADER + "/first/ = local/a.md\n" + new + A.replace("world/a.md", "local/a.md") + B
