"""From a plan to the output: what is rendered, written, left and removed, whatever happened to the output meanwhile."""

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.app import workers
from sitegen.app.report import BuildReport
from sitegen.errors import MachineError
from sitegen.storage.output import stat_trace
from sitegen.storage.state import open_state
from tests.sites import build, read_tree, write_article, write_files, write_site

FILES = {
    "content/world/a.md": write_article("A", "2026-10-01", tags="Sea"),
    "content/world/b.md": write_article("B", "2026-10-02"),
    "content/pages/about.md": "---\ntitle: About\n---\nUs.\n",
    "static/x.txt": "x",
}
ARTICLE = "world/2026/10/a/index.html"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    site = write_site(tmp_path / "site", FILES)
    build(site)
    return site


@pytest.fixture
def output(root: Path) -> Path:
    return root / "output"


def counts(report: BuildReport) -> tuple[int, int, int]:
    """Rendered, written and removed."""
    assert report.published
    return report.rendered, report.written, report.removed


def test_the_first_build_writes_everything_and_the_second_nothing(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site", FILES)
    first, second = build(root), build(root)
    assert first.rendered > 10
    assert first.written == len(read_tree(root / "output")) - 1
    assert counts(second) == (0, 0, 0)
    assert second.unchanged == first.written


def test_pages_are_known_again_wherever_they_lie(root: Path, output: Path) -> None:
    with open_state(root / ".sitegen/state.sqlite") as state:
        traces = state.traces("output")
    assert {path.partition("/")[0] for path in traces} >= {"index.html", "world", "assets"}
    assert traces == {path: stat_trace(output, path, trace.key, trace.digest) for path, trace in traces.items()}


def test_what_is_written_is_plain_for_a_web_server(output: Path) -> None:
    for path in output.rglob("*"):
        assert stat.S_IMODE(path.lstat().st_mode) == (0o755 if path.is_dir() else 0o644), path
        assert not path.name.startswith("."), path
        assert path.is_dir() or stat.S_ISREG(path.lstat().st_mode), path


def test_a_touched_source_is_no_change(root: Path) -> None:
    os.utime(root / "content/world/a.md", (1, 1))
    assert counts(build(root)) == (0, 0, 0)


def test_pages_whose_bytes_come_out_equal_are_not_written(root: Path, output: Path) -> None:
    write_files(root, {"themes/tiny/templates/base.html": "{# a remark #}" + template(root, "base.html")})
    before = (output / ARTICLE).stat().st_mtime_ns
    report = build(root)
    assert report.rendered > 3
    assert report.written == 0
    assert (output / ARTICLE).stat().st_mtime_ns == before


def template(root: Path, name: str) -> str:
    return (root / "themes/tiny/templates" / name).read_text()


# What somebody did to the output --------------------------------------------------------------------------------------


def edit_same_size(path: Path) -> None:
    status = path.stat()
    data = path.read_bytes()
    while path.stat().st_ctime_ns == status.st_ctime_ns:
        path.write_bytes(data[:-2] + b"!\n")
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.unlink(),
        lambda path: path.write_text("defaced"),
        edit_same_size,
        lambda path: shutil.rmtree(path.parent),
        lambda path: (path.unlink(), path.symlink_to("/etc/hostname")),
        lambda path: path.chmod(0),
    ],
    ids=["deleted", "edited", "edited with size and time restored", "deleted with its folder", "made a link", "hidden"],
)
def test_a_page_that_was_changed_by_hand_comes_back(root: Path, output: Path, harm: Callable[[Path], object]) -> None:
    before = read_tree(output)
    harm(output / ARTICLE)
    assert counts(build(root)) == (1, 1, 0)
    assert read_tree(output) == before
    assert not (output / ARTICLE).is_symlink()
    assert counts(build(root)) == (0, 0, 0)


def test_so_does_a_file_that_is_copied(root: Path, output: Path) -> None:
    (output / "x.txt").write_text("defaced")
    assert counts(build(root)) == (0, 1, 0)
    assert (output / "x.txt").read_text() == "x"


def test_a_touched_page_is_left(root: Path, output: Path) -> None:
    os.utime(output / ARTICLE, (1, 1))
    assert counts(build(root)) == (0, 0, 0)
    assert (output / ARTICLE).stat().st_mtime == 1


def test_files_of_strangers_are_never_touched(root: Path, output: Path) -> None:
    write_files(output, {"CNAME": "news.example", "world/2026/10/notes.txt": "mine"})
    (root / "content/world/a.md").unlink()
    report = build(root, clean=True)
    assert report.removed == 3
    assert (output / "CNAME").read_text() == "news.example"
    assert (output / "world/2026/10/notes.txt").read_text() == "mine"
    assert report.strays == ()


def test_a_file_of_a_stranger_where_a_page_belongs_is_refused_before_any_write(root: Path, output: Path) -> None:
    write_files(output, {"world/2026/10/c/index.html": "mine", "tags/fog/index.html": "mine"})
    write_files(root, {"content/world/c.md": write_article("C", tags="Fog")})
    before = read_tree(output)
    with pytest.raises(MachineError) as refusal:
        build(root)
    first = output / "tags/fog/index.html"
    assert str(refusal.value) == f"{first} was not written by sitegen, and stands where a page belongs (and 1 more)"
    assert refusal.value.hint == "move it away; files of your own go into `static/`"
    assert read_tree(output) == before


@pytest.mark.parametrize("place", ["world", "world/2026", "world/2026/10/a"])
def test_a_folder_that_became_a_link_is_refused_and_nothing_lands_behind_it(
    root: Path, output: Path, tmp_path: Path, place: str
) -> None:
    outside = tmp_path / "outside"
    (output / place).rename(outside)
    before = read_tree(outside)
    (output / place).symlink_to(outside)
    write_files(root, {"content/world/a.md": write_article("A", body="Other text.")})
    with pytest.raises(MachineError, match=f"/{place} was not written by sitegen"):
        build(root)
    assert read_tree(outside) == before
    (output / place).unlink()
    assert build(root).published


def test_nothing_is_deleted_behind_a_link(root: Path, output: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (output / "tags").rename(outside)
    before = read_tree(outside)
    (output / "tags").symlink_to(outside)
    write_files(root, {"content/world/a.md": write_article("A")})
    assert build(root).published
    assert read_tree(outside) == before


def test_an_output_that_is_a_link_is_where_it_leads(root: Path, tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    link = root / "link"
    link.symlink_to(tmp_path / "www")
    assert build(root, link).written > 3
    assert read_tree(tmp_path / "www") == read_tree(root / "output")
    assert link.is_symlink()
    assert counts(build(root, link)) == (0, 0, 0)


# A manifest that is lost or tampered with -----------------------------------------------------------------------------


def test_without_a_manifest_nothing_is_deleted_and_strays_are_listed(root: Path, output: Path) -> None:
    (output / "manifest.sha256").unlink()
    (root / "content/world/a.md").unlink()
    write_files(output, {"mine.txt": "mine"})
    report = build(root)
    assert report.removed == 0
    assert report.strays == ("mine.txt", "tags/index.html", "tags/sea/index.html", ARTICLE)
    assert (output / ARTICLE).exists()
    again = build(root)
    assert (again.removed, again.strays) == (0, ())
    assert (output / ARTICLE).exists()


def test_without_a_manifest_a_changed_file_may_be_a_stranger_s(root: Path, output: Path) -> None:
    (output / "manifest.sha256").unlink()
    (output / "index.html").write_text("somebody else's home page")
    with pytest.raises(MachineError, match=r"output/index\.html was not written by sitegen"):
        build(root)
    assert (output / "index.html").read_text() == "somebody else's home page"


def test_without_manifest_and_memory_the_folder_is_a_stranger_s(root: Path, output: Path) -> None:
    (output / "manifest.sha256").unlink()
    with pytest.raises(MachineError, match="is not empty, and sitegen did not write it"):
        build(root, clean=True)


@pytest.mark.parametrize("line", ["../precious", "/precious", "a/../../precious", "a\\b"])
def test_a_manifest_that_leads_outside_is_none(root: Path, output: Path, line: str) -> None:
    write_files(root, {"precious": "mine"})
    manifest = output / "manifest.sha256"
    clean = manifest.read_bytes()
    manifest.write_bytes(clean + f"{'0' * 64}  {line}\n".encode())
    report = build(root)
    assert report.removed == 0
    assert (root / "precious").read_text() == "mine"
    assert manifest.read_bytes() == clean


def test_a_wrong_digest_in_the_manifest_is_mended(root: Path, output: Path) -> None:
    manifest = output / "manifest.sha256"
    right = manifest.read_text()
    manifest.write_text(right.replace(right[:8], "00000000", 1))
    assert counts(build(root)) == (0, 0, 0)
    assert manifest.read_text() == right


def test_an_older_manifest_deletes_nothing_that_it_does_not_know(root: Path, output: Path) -> None:
    older = (output / "manifest.sha256").read_bytes()
    write_files(root, {"content/world/c.md": write_article("C")})
    build(root)
    (output / "manifest.sha256").write_bytes(older)
    assert counts(build(root)) == (0, 0, 0)
    assert (output / "manifest.sha256").read_bytes() != older


# A memory that is lost, elsewhere or shared ---------------------------------------------------------------------------


def test_without_a_memory_everything_is_rendered_and_nothing_written(root: Path, output: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*")}
    shutil.rmtree(root / ".sitegen")
    report = build(root)
    assert report.rendered > 3
    assert (report.written, report.removed) == (0, 0)
    assert {path: path.stat().st_mtime_ns for path in output.rglob("*")} == before
    assert counts(build(root)) == (0, 0, 0)


def test_so_it_is_when_the_program_is_another(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.app.build.digest_engine", lambda _: "e" * 32)
    report = build(root)
    assert report.rendered > 3
    assert (report.written, report.removed) == (0, 0)


def test_a_copy_of_site_memory_and_output_elsewhere_rebuilds_nothing(root: Path, tmp_path: Path) -> None:
    copy = tmp_path / "some" / "where else"
    shutil.copytree(root, copy)  # with the modification times of the original
    for number, path in enumerate(sorted(copy.rglob("*"))):
        os.utime(path, (number, number))  # and with others
    assert counts(build(copy)) == (0, 0, 0)
    assert read_tree(copy / "output") == read_tree(root / "output")


def test_a_copy_whose_output_differs_is_brought_in_line(root: Path, output: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(root, copy)
    (copy / "output" / ARTICLE).write_text("other bytes")
    (copy / "output" / "world/index.html").unlink()
    assert counts(build(copy)) == (2, 2, 0)
    assert read_tree(copy / "output") == read_tree(output)


def test_two_outputs_share_a_memory_and_keep_what_each_needs(root: Path, output: Path, tmp_path: Path) -> None:
    other = tmp_path / "www"
    assert build(root, other).rendered > 3
    write_files(root, {"content/world/a.md": write_article("A", body="Second text.")})
    for _ in range(2):
        build(root)  # forgets what nobody needs
    write_files(root, {"content/world/a.md": write_article("A", rating="9")})
    report = build(root, other, keep_going=True)
    assert "content/world/a.md" in report.kept
    assert b"Second text." in (output / ARTICLE).read_bytes()
    assert b"Text." in (other / ARTICLE).read_bytes()


def test_what_was_published_into_folders_that_are_gone_is_forgotten(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "www"
    build(root, other)
    shutil.rmtree(other)
    build(root)
    with open_state(root / ".sitegen" / "state.sqlite") as state:
        assert state.outputs() == ("output",)


# Orphans --------------------------------------------------------------------------------------------------------------


def test_what_nothing_stands_for_any_more_goes_with_its_folder(root: Path, output: Path) -> None:
    (root / "content/world/a.md").unlink()
    (root / "static/x.txt").unlink()
    assert build(root).removed == 4
    assert not (output / "x.txt").exists()
    assert not (output / "tags").exists()
    assert not (output / "world/2026/10/a").exists()


def test_a_file_becomes_a_folder_and_a_folder_a_file(root: Path, output: Path) -> None:
    (root / "content/pages/about.md").unlink()
    write_files(root, {"static/about": "a file"})
    build(root)
    assert (output / "about").read_text() == "a file"
    (root / "static/about").unlink()
    write_files(root, FILES)
    build(root)
    assert (output / "about/index.html").is_file()
    assert read_tree(output) == read_tree(clean_build(root))


def clean_build(root: Path) -> Path:
    """The output of a build from scratch."""
    copy = root.parent / "scratch"
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns("output", ".sitegen"))
    build(copy)
    return copy / "output"


def test_a_static_file_may_not_take_the_place_of_the_manifest(root: Path, output: Path) -> None:
    before = read_tree(output)
    write_files(root, {"static/manifest.sha256": "mine"})
    report = build(root)
    assert not report.published
    (problem,) = [problem for problem in report.problems if problem.severity == "error"]
    assert problem.file == "static/manifest.sha256"
    assert read_tree(output) == before


def test_the_output_does_not_depend_on_how_many_work(tmp_path: Path) -> None:
    articles = {
        f"content/world/{number}.md": write_article(f"T{number}", tags=f"t{number % 7}") for number in range(90)
    }
    one, many = (write_site(tmp_path / name, articles) for name in ("one", "many"))
    build(one, jobs=1)
    build(many, jobs=3)
    assert read_tree(many / "output") == read_tree(one / "output")


def test_nor_on_how_they_are_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = {f"content/world/{number}.md": write_article(f"T{number}") for number in range(45)}
    one, other = (write_site(tmp_path / name, articles) for name in ("forked", "spawned"))
    build(one, jobs=2)
    monkeypatch.setattr(workers, "may_fork", lambda: False)
    build(other, jobs=2)
    assert read_tree(other / "output") == read_tree(one / "output")


def test_no_process_is_forked_while_the_memory_is_open(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(root, {f"content/world/{number}.md": write_article(f"T{number}") for number in range(75)})
    real, opened = os.fork, []

    def fork() -> int:
        links = [entry.readlink() for entry in Path("/proc/self/fd").iterdir() if entry.is_symlink()]
        # Other tests may have left the memories of other sites open.
        opened.append([link.name for link in links if link.match(f"{root}/*/state.sqlite*")])
        return real()

    monkeypatch.setattr(os, "fork", fork)
    build(root, jobs=3)
    # Two to read 77 articles, and for more than 80 pages one more: what they read is remembered by then.
    assert opened == [["state.sqlite.lock"]] * 3
