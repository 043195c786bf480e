"""What stands in the output folder, and whose it is."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from sitegen.errors import MachineError, UsageError
from sitegen.model.names import Digest, OutPath
from sitegen.model.trace import Trace
from sitegen.storage.output import (
    changed_outputs,
    check_output,
    find_strangers,
    hash_file,
    list_strays,
    name_output,
    stands,
    stat_trace,
)
from tests.sites import write_files


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "site" / "output"
    folder.mkdir(parents=True)
    return folder


# What an output folder may be -----------------------------------------------------------------------------------------


def check(output: Path, *, remembered: bool = False) -> None:
    check_output(output.parent, output, remembered=remembered)


def refuse(output: Path) -> tuple[str, str | None]:
    with pytest.raises(MachineError) as refusal:
        check(output)
    return str(refusal.value), refusal.value.hint


@pytest.mark.parametrize(
    "files",
    [
        [],
        [".gitignore"],
        ["manifest.sha256", "index.html", "stranger.txt"],
        [".sitegen-staging/0000000"],
    ],
)
def test_folders_that_are_taken(output: Path, files: list[str]) -> None:
    write_files(output, dict.fromkeys(files, ""))
    check(output)


def test_a_folder_that_is_not_there_is_taken_and_not_made(output: Path) -> None:
    check(output.parent / "new")
    assert not (output.parent / "new").exists()


@pytest.mark.parametrize("name", ["index.html", ".git/config", "sub/x", ".gitkeep"])
def test_a_folder_of_somebody_else_is_refused_with_the_remedy(output: Path, name: str) -> None:
    write_files(output, {name: "", ".gitignore": "*"})
    assert refuse(output) == (
        f"{output} is not empty, and sitegen did not write it",
        "choose another --output, or empty the folder; files of your own go into `static/`",
    )


def test_a_folder_whose_manifest_is_lost_is_taken_if_it_is_remembered(output: Path) -> None:
    write_files(output, {"index.html": ""})
    check(output, remembered=True)


def test_a_file_is_refused(output: Path) -> None:
    path = output / "x"
    path.write_bytes(b"")
    assert refuse(path) == (f"{path} is a file", "choose another --output, or move it away")


def test_a_link_to_a_folder_is_that_folder(output: Path) -> None:
    link = output.parent / "link"
    link.symlink_to(output)
    check(link)
    write_files(output, {"index.html": ""})
    assert "did not write it" in refuse(link)[0]


def test_a_link_to_nothing_is_refused(output: Path) -> None:
    link = output.parent / "link"
    link.symlink_to("missing")
    assert refuse(link) == (f"{link} is a symbolic link to nothing", "remove it, or make the folder it leads to")


@pytest.mark.parametrize("place", [".", "..", "content", "content/out", "static", "themes/mine", "link-to-content"])
def test_a_folder_among_the_sources_is_refused(output: Path, place: str) -> None:
    root = output.parent
    write_files(root, {"content/a.md": "", "static/x": ""})
    (root / "link-to-content").symlink_to("content")
    with pytest.raises(UsageError, match="holds sources of the site, and cannot be its output"):
        check_output(root, root / place, remembered=True)


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("site/output", "output"),
        ("site/.sitegen/preview/site", ".sitegen/preview/site"),
        ("site/link", "output"),
        ("site/../site/output", "output"),
    ],
)
def test_a_folder_inside_the_site_is_remembered_by_its_place_there(
    tmp_path: Path, output: Path, place: str, name: str
) -> None:
    (tmp_path / "site/link").symlink_to(output)
    (tmp_path / "root").symlink_to("site")
    assert name_output(tmp_path / "site", tmp_path / place) == name
    assert name_output(tmp_path / "root", tmp_path / place) == name


def test_a_folder_elsewhere_is_remembered_by_its_path(tmp_path: Path) -> None:
    assert name_output(tmp_path / "site", tmp_path / "www") == str(tmp_path / "www")


# Strangers ------------------------------------------------------------------------------------------------------------


def strangers(
    output: Path, wanted: Iterable[str], ours: Iterable[str] = (), standing: Iterable[str] = ()
) -> tuple[str, ...]:
    known = {OutPath(path) for path in (*ours, *standing)}
    return find_strangers(output, {OutPath(path) for path in wanted}, known, {OutPath(path) for path in standing})


def test_nobody_is_a_stranger_where_nothing_is_wanted(output: Path) -> None:
    write_files(output, {"CNAME": "", "notes/x": "", "world/other": ""})
    assert strangers(output, ["index.html", "world/a/index.html"]) == ()
    assert strangers(output.parent / "missing", ["index.html"]) == ()


@pytest.mark.parametrize(
    ("there", "wanted", "found"),
    [
        (["index.html"], ["index.html"], ("index.html",)),
        (["world"], ["world/a/index.html"], ("world",)),
        (["world/a"], ["world/a/index.html", "world/a/b/index.html"], ("world/a",)),
        (["about/notes"], ["about"], ("about",)),
        (["b", "a"], ["a", "b"], ("a", "b")),
    ],
)
def test_what_stands_where_a_page_belongs(
    output: Path, there: list[str], wanted: list[str], found: tuple[str, ...]
) -> None:
    write_files(output, dict.fromkeys(there, ""))
    assert strangers(output, wanted) == found
    assert strangers(output, wanted, there) == ()


def test_a_folder_of_ours_gives_way_to_a_file_unless_a_stranger_lives_in_it(output: Path) -> None:
    write_files(output, {"about/index.html": ""})
    assert strangers(output, ["about"], ["about/index.html"]) == ()
    write_files(output, {"about/notes": ""})
    assert strangers(output, ["about"], ["about/index.html"]) == ("about/notes",)
    (output / "about/notes").unlink()
    (output / "about/empty").mkdir()
    assert strangers(output, ["about"], ["about/index.html"]) == ("about/empty",)


def test_a_folder_in_place_of_a_page_of_ours_is_seen(output: Path) -> None:
    write_files(output, {"index.html/x": ""})
    assert strangers(output, ["index.html"], ["index.html"]) == ("index.html",)


@pytest.mark.parametrize("depth", ["world", "world/2026", "world/2026/a"])
def test_a_link_in_place_of_a_folder_is_never_followed(tmp_path: Path, output: Path, depth: str) -> None:
    outside = tmp_path / "outside"
    write_files(outside, {"index.html": "", "2026/a/index.html": "", "a/index.html": ""})
    (output / depth).parent.mkdir(parents=True, exist_ok=True)
    (output / depth).symlink_to(outside)
    page = "world/2026/a/index.html"
    assert strangers(output, [page]) == (depth,)
    assert strangers(output, [page], standing=[page]) == (depth,)


def test_a_link_in_place_of_a_page_is_replaced_only_if_the_page_was_ours(output: Path) -> None:
    (output / "index.html").symlink_to("/etc/passwd")
    assert strangers(output, ["index.html"]) == ("index.html",)
    assert strangers(output, ["index.html"], ["index.html"]) == ()


def test_on_a_disk_that_folds_case_a_page_may_change_its_case(output: Path) -> None:
    # Hard links are as near as a disk that tells `Foo` from `foo` comes to one that does not.
    write_files(output, {"Foo.html": ""})
    (output / "foo.html").hardlink_to(output / "Foo.html")
    assert strangers(output, ["foo.html"], ["Foo.html"]) == ()
    assert strangers(output, ["foo.html"], ["fou.html"]) == ("foo.html",)


def test_each_folder_is_looked_into_once(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [f"world/{number}/index.html" for number in range(200)]
    write_files(output, dict.fromkeys(pages, ""))
    looked: list[str] = []
    real = os.scandir

    def scandir(path: Path) -> object:
        looked.append(str(path))
        return real(path)

    monkeypatch.setattr("sitegen.storage.output.os.scandir", scandir)
    assert strangers(output, pages, standing=pages) == ()
    assert looked == [str(output), f"{output}/world"]


# What was published before --------------------------------------------------------------------------------------------

PAGE = OutPath("world/index.html")


@pytest.fixture
def trace(output: Path) -> Trace:
    write_files(output, {PAGE: "text"})
    return stat_trace(output, PAGE, Digest("key"), hash_file(output / PAGE))


def changed(
    output: Path, trace: Trace, manifest: Mapping[OutPath, str] | None = None
) -> Mapping[OutPath, Trace | None]:
    return changed_outputs(output, {PAGE: trace}, {PAGE: trace.digest} if manifest is None else manifest)


def test_a_page_that_stands_as_it_was(output: Path, trace: Trace) -> None:
    assert changed(output, trace) == {}
    assert stands(output, PAGE, trace.digest)


def test_a_page_of_another_time_with_the_same_bytes_gets_a_new_trace(output: Path, trace: Trace) -> None:
    os.utime(output / PAGE, (1, 1))
    (found,) = changed(output, trace).values()
    assert found
    assert (found.key, found.digest, found.mtime_ns) == (trace.key, trace.digest, 10**9)
    assert changed(output, found) == {}


def test_a_page_that_was_edited(output: Path, trace: Trace) -> None:
    (output / PAGE).write_text("longer text")
    assert changed(output, trace) == {PAGE: None}
    assert not stands(output, PAGE, trace.digest)


def test_a_page_of_the_same_size_and_time_that_was_edited(output: Path, trace: Trace) -> None:
    (output / PAGE).write_text("TEXT")
    os.utime(output / PAGE, ns=(trace.mtime_ns, trace.mtime_ns))
    # The system's own time of change cannot be set back.
    while (output / PAGE).stat().st_ctime_ns == trace.ctime_ns:
        os.utime(output / PAGE, ns=(trace.mtime_ns, trace.mtime_ns))
    assert changed(output, trace) == {PAGE: None}


def test_a_page_that_is_gone_with_or_without_its_folder(output: Path, trace: Trace) -> None:
    (output / PAGE).unlink()
    assert changed(output, trace) == {PAGE: None}
    (output / "world").rmdir()
    assert changed(output, trace) == {PAGE: None}
    (output / "world").write_bytes(b"")
    assert changed(output, trace) == {PAGE: None}


def test_a_link_to_the_same_bytes_is_no_page(tmp_path: Path, output: Path, trace: Trace) -> None:
    (tmp_path / "copy").write_text("text")
    (output / PAGE).unlink()
    (output / PAGE).symlink_to(tmp_path / "copy")
    assert changed(output, trace) == {PAGE: None}
    assert not stands(output, PAGE, trace.digest)


def test_a_folder_is_no_page(output: Path, trace: Trace) -> None:
    (output / PAGE).unlink()
    (output / PAGE).mkdir()
    assert changed(output, trace) == {PAGE: None}
    assert not stands(output, PAGE, trace.digest)


def test_a_page_that_not_everybody_may_read_is_changed(output: Path, trace: Trace) -> None:
    (output / PAGE).chmod(0o640)
    assert changed(output, trace) == {PAGE: None}
    (output / PAGE).chmod(0o664)
    assert changed(output, trace)[PAGE]


def test_the_manifest_has_a_say(output: Path, trace: Trace) -> None:
    # Where the manifest says something else, or nothing, the bytes decide.
    (kept,) = changed(output, trace, {}).values()
    assert kept == trace
    wrong = Trace(key=trace.key, digest="0" * 64, size=trace.size, mtime_ns=trace.mtime_ns, ctime_ns=trace.ctime_ns)
    assert changed(output, wrong, {PAGE: trace.digest}) == {PAGE: None}


def test_strays_are_listed_and_links_are_not_followed(tmp_path: Path, output: Path) -> None:
    write_files(tmp_path / "outside", {"x": ""})
    write_files(output, {"index.html": "", "b/old.html": "", "a.txt": "", "manifest.sha256": "", ".gitignore": ""})
    (output / "link").symlink_to(tmp_path / "outside")
    assert list_strays(output, {OutPath("index.html")}) == ("a.txt", "b/old.html")
    assert list_strays(output / "missing", set()) == ()
