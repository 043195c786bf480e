"""Publication: whole files in their order, and an end to whatever was begun."""

import errno
import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest

from sitegen.errors import MachineError
from sitegen.model.codec import encode
from sitegen.model.names import OutPath
from sitegen.model.page import Wave
from sitegen.storage import output_tree
from sitegen.storage import publish as module
from sitegen.storage.manifest import format_manifest, read_manifest
from sitegen.storage.output import STAGING, read_stamp
from sitegen.storage.publish import Staging, open_staging, publish, recover, write_staged
from tests.sites import read_tree, write_files
from tests.storage.faulty_disk import run_until_death, watch_disk

OLD = {
    "assets/a.css": "old style",
    "index.html": "old home",
    "world/bridge/index.html": "old bridge",
    "world/gone/index.html": "gone",
    "deep/er/gone.html": "gone too",
    "about": "a file that becomes a folder",
    "contact/index.html": "a folder that becomes a file",
    "same.html": "the same",
    "sitemap.xml": "old map",
}
NEW = {
    "assets/a.css": "new style",
    "assets/b.css": "another style",
    "index.html": "new home",
    "world/bridge/index.html": "new bridge",
    "world/new/index.html": "new",
    "about/index.html": "the folder",
    "contact": "the file",
    "same.html": "the same",
    "sitemap.xml": "new map",
}
WAVES: Mapping[str, Wave] = {"index.html": "list", "sitemap.xml": "sitemap"}


@pytest.fixture(autouse=True)
def _in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for no disk: what a killed process has written is there, only a loss of power could take it away."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    for syncing in (module, output_tree):
        monkeypatch.setattr(syncing, "sync_file_system", lambda _: None)


def entries(files: Mapping[str, str]) -> dict[OutPath, str]:
    return {OutPath(path): sha256(text.encode()).hexdigest() for path, text in files.items()}


def tree_of(files: Mapping[str, str]) -> dict[str, bytes]:
    """The output that holds `files`."""
    return {**{path: text.encode() for path, text in files.items()}, "manifest.sha256": format_manifest(entries(files))}


def stage(output: Path, staging: Staging, path: OutPath, data: bytes, wave: Wave) -> None:
    """Stage a file as a worker does for the build."""
    name = staging.reserve(path)
    write_staged(str(output), name, path, data)
    staging.note(path, name, wave)


def bring(output: Path, files: Mapping[str, str]) -> None:
    """Publish `files` as a build does: what differs is written, what the manifest has besides goes."""
    recover(output)
    before = read_manifest(output) or {}
    with open_staging(output) as staging:
        for path, digest in entries(files).items():
            if before.get(path) != digest:
                wave = "asset" if path.startswith("assets/") else WAVES.get(path, "page")
                stage(output, staging, path, files[path].encode(), wave)
        publish(staging, output, entries(files), [path for path in before if path not in files])


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    bring(folder, OLD)
    return folder


def folders(output: Path) -> list[str]:
    return sorted(path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_dir())


def test_from_nothing_to_a_site(output: Path) -> None:
    assert read_tree(output) == tree_of(OLD)
    assert folders(output) == ["assets", "contact", "deep", "deep/er", "world", "world/bridge", "world/gone"]


def test_from_a_site_to_the_next(output: Path) -> None:
    bring(output, NEW)
    assert read_tree(output) == tree_of(NEW)
    assert folders(output) == ["about", "assets", "world", "world/bridge", "world/new"]


def test_files_and_folders_are_readable_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        bring(tmp_path / "output", OLD)
    finally:
        os.umask(before)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.joinpath("output").rglob("*") if path.is_file()}
    assert modes == {0o644}
    assert {stat.S_IMODE((tmp_path / "output" / name).stat().st_mode) for name in (".", "world", "deep/er")} == {0o755}


def test_a_copy_has_the_digest_of_what_was_copied(tmp_path: Path) -> None:
    source = tmp_path / "big"
    source.write_bytes(os.urandom(3_000_000))
    with open_staging(tmp_path / "output") as staging:
        digest = staging.add_copy(OutPath("big"), source, "asset")
        publish(staging, tmp_path / "output", {OutPath("big"): digest}, [])
    assert digest == sha256(source.read_bytes()).hexdigest()
    assert (tmp_path / "output/big").read_bytes() == source.read_bytes()


def test_what_is_moved_with_its_folder_stays_what_it_was(tmp_path: Path) -> None:
    output = tmp_path / "output"
    with open_staging(output) as staging:
        stamps = {}
        for path in entries(OLD):
            name = staging.reserve(path)
            stamps[path] = write_staged(str(output), name, path, OLD[path].encode())
            staging.note(path, name, "page")
        moved = publish(staging, output, entries(OLD), [])
    assert moved == {"assets", "contact", "deep", "world"}
    for path in (path for path in stamps if "/" in path):
        assert read_stamp((output / path).stat()) == stamps[path]


def test_of_a_site_that_stands_no_folder_is_moved(output: Path) -> None:
    with open_staging(output) as staging:
        stage(output, staging, OutPath("fresh/page"), b"page", "page")
        assert publish(staging, output, entries({**OLD, "fresh/page": "page"}), []) == frozenset()


def watch_moves(monkeypatch: pytest.MonkeyPatch, name: str, output: Path, moved: list[str]) -> None:
    """Note where files and folders are moved to with a function of `os`."""
    real = getattr(os, name)

    def move(source: str | Path, target: str | Path) -> None:
        real(source, target)
        moved.append(Path(target).relative_to(output).as_posix())

    monkeypatch.setattr(os, name, move)


def test_what_others_point_to_comes_first_and_the_manifest_last(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moved: list[str] = []
    watch_moves(monkeypatch, "replace", output, moved)
    bring(output, NEW)
    assert moved[:1] == [f"{STAGING}/journal.json"]
    assert moved[1:] == [
        "assets/a.css",
        "assets/b.css",
        "world/bridge/index.html",
        "world/new/index.html",
        "about/index.html",
        "contact",
        "index.html",
        "sitemap.xml",
        "manifest.sha256",
    ]


def test_without_publication_nothing_is_left(tmp_path: Path, output: Path) -> None:
    with open_staging(output) as staging:
        stage(output, staging, OutPath("x"), b"", "page")
    assert read_tree(output) == tree_of(OLD)
    with pytest.raises(ZeroDivisionError), open_staging(tmp_path / "a" / "b" / "output"):
        raise ZeroDivisionError
    assert not (tmp_path / "a").exists()


def test_two_builds_cannot_stage_in_one_folder(output: Path) -> None:
    with (
        open_staging(output),
        pytest.raises(MachineError, match="is in use by another build"),
        open_staging(output),
    ):
        pytest.fail("both stage")
    assert read_tree(output) == tree_of(OLD)


def test_a_single_change_syncs_files_and_many_sync_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda _: calls.append("file"))
    for syncing in (module, output_tree):
        monkeypatch.setattr(syncing, "sync_file_system", lambda _: calls.append("disk"))
    bring(tmp_path / "output", {"x": "x"})
    assert "disk" not in calls
    calls.clear()
    many = {f"{number}/x": "x" for number in range(100)}
    bring(tmp_path / "many", many)
    assert calls.count("disk") == 1  # whole folders were moved, all into one
    bring(tmp_path / "many", dict.fromkeys(many, "y"))
    assert calls.count("disk") == 3


def test_what_is_moved_with_its_folder_is_on_the_disk_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    monkeypatch.setattr(module, "sync_folder", lambda folder: synced.append(folder.name))
    bring(tmp_path / "output", {"world/bridge/index.html": "", "index.html": ""})
    assert set(synced) == {"output", "site", "world", "bridge"}


def test_where_nothing_stands_whole_folders_are_moved_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved: list[str] = []
    write_files(tmp_path / "output", {".gitignore": "*"})
    for name in ("rename", "replace"):
        watch_moves(monkeypatch, name, tmp_path / "output", moved)
    bring(tmp_path / "output", OLD)
    assert moved == [
        f"{STAGING}/journal.json",
        "assets",
        "world",
        "deep",
        "contact",
        "about",
        "same.html",
        "index.html",
        "sitemap.xml",
        "manifest.sha256",
    ]
    assert read_tree(tmp_path / "output") == {**tree_of(OLD), ".gitignore": b"*"}


# Death, a failing disk, and impatience --------------------------------------------------------------------------------


def without_staging(output: Path) -> dict[str, bytes]:
    return {path: data for path, data in read_tree(output).items() if not path.startswith(STAGING)}


def assert_readers_see_whole_files(output: Path) -> None:
    """Every file is whole, and what stood in both sites stands."""
    old, new = tree_of(OLD), tree_of(NEW)
    there = without_staging(output)
    for path, data in there.items():
        assert data in (old.get(path), new.get(path)), path
    assert there.keys() >= old.keys() & new.keys()


def count_changes(output: Path) -> int:
    """How many changes to the disk the next site takes."""
    with watch_disk(0, lambda _: None) as calls:
        bring(output, NEW)
    return calls.count


@pytest.fixture
def sites(tmp_path: Path) -> Iterator[Callable[[], Path]]:
    """A function that makes another output with the old site."""
    made = iter(range(10_000))

    def make() -> Path:
        folder = tmp_path / f"{next(made)}"
        bring(folder, OLD)
        return folder

    return make  # type: ignore[return-value]


def test_after_death_at_any_change_the_next_run_goes_on(sites: Callable[[], Path]) -> None:
    deaths = 0
    while True:
        output = sites()
        if run_until_death(deaths + 1, lambda output=output: bring(output, NEW)):  # type: ignore[misc]
            break
        deaths += 1
        assert_readers_see_whole_files(output)
        bring(output, NEW)
        assert read_tree(output) == tree_of(NEW)
        assert folders(output) == ["about", "assets", "world", "world/bridge", "world/new"]
    assert deaths > 40


def test_after_death_at_any_change_of_the_first_publication_the_next_run_goes_on(tmp_path: Path) -> None:
    deaths = 0
    while True:
        output = tmp_path / f"{deaths}"
        if run_until_death(deaths + 1, lambda output=output: bring(output, OLD)):  # type: ignore[misc]
            break
        deaths += 1
        if output.exists():
            assert without_staging(output).items() <= tree_of(OLD).items()
        bring(output, NEW if deaths % 2 else OLD)
        assert read_tree(output) == tree_of(NEW if deaths % 2 else OLD)
    assert deaths > 40


def test_what_came_meanwhile_into_a_folder_that_was_to_be_moved_stays(tmp_path: Path) -> None:
    at, found = 0, set()
    while True:
        at += 1
        output = tmp_path / f"{at}"
        if run_until_death(at, lambda output=output: bring(output, OLD)):  # type: ignore[misc]
            break
        if (output / STAGING / "journal.json").exists():
            found.add((output / "world").exists())
            write_files(output, {"world/mine": "mine", "contact/mine": "mine"})
            assert recover(output)
            assert read_tree(output) == {**tree_of(OLD), "world/mine": b"mine", "contact/mine": b"mine"}
    assert found == {True, False}


@pytest.mark.parametrize("kind", ["file", "link"])
def test_where_a_folder_was_to_be_moved_and_something_else_came_it_is_told(tmp_path: Path, kind: str) -> None:
    output, elsewhere = tmp_path / "output", tmp_path / "elsewhere"
    elsewhere.mkdir()
    with open_staging(output) as staging:
        stage(output, staging, OutPath("world/a"), b"a", "page")
        (output / "world").symlink_to(elsewhere) if kind == "link" else (output / "world").write_bytes(b"mine")
        with pytest.raises(MachineError, match="world was not written by sitegen, and stands where a folder belongs"):
            publish(staging, output, entries({"world/a": "a"}), [])
    assert not list(elsewhere.iterdir())
    (output / "world").unlink()
    bring(output, {"world/a": "a"})
    assert read_tree(output) == tree_of({"world/a": "a"})


def test_when_the_disk_fails_at_the_first_publication_nothing_stands_or_the_next_run_goes_on(tmp_path: Path) -> None:
    def fail(name: str) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    outcomes: list[str] = []
    at = 0
    while True:
        at += 1
        output = tmp_path / f"{at}"
        with watch_disk(at, fail) as calls, suppress(MachineError):
            bring(output, OLD)
        there = without_staging(output) if output.exists() else {}
        assert there.items() <= tree_of(OLD).items()
        outcomes.append("all" if there == tree_of(OLD) else "some" if there else "none")
        assert (output / STAGING).exists() or outcomes[-1] != "some"
        bring(output, OLD)
        assert read_tree(output) == tree_of(OLD)
        if calls.count < at:
            break
    assert outcomes.count("none") > 20
    assert "none" not in outcomes[outcomes.index("some") :]


def test_after_death_during_recovery_too(sites: Callable[[], Path]) -> None:
    halfway = count_changes(sites()) * 2 // 3
    deaths = 0
    while True:
        output = sites()
        run_until_death(halfway, lambda output=output: bring(output, NEW))  # type: ignore[misc]
        if run_until_death(deaths + 1, lambda output=output: recover(output)):  # type: ignore[misc]
            break
        deaths += 1
        assert_readers_see_whole_files(output)
        assert recover(output) or not (output / STAGING).exists()
        assert read_tree(output) == tree_of(NEW)
    assert deaths > 5


def test_after_death_the_old_site_can_come_back_too(sites: Callable[[], Path]) -> None:
    for at in range(1, count_changes(sites()), 3):
        output = sites()
        run_until_death(at, lambda output=output: bring(output, NEW))  # type: ignore[misc]
        bring(output, OLD)
        assert read_tree(output) == tree_of(OLD)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES], ids=lambda code: errno.errorcode[code])
def test_when_the_disk_fails_the_old_site_stands_or_the_next_run_goes_on(sites: Callable[[], Path], code: int) -> None:
    def fail(name: str) -> None:
        raise OSError(code, os.strerror(code))

    outcomes: list[str] = []
    at = 0
    while True:
        at += 1
        output = sites()
        failure: MachineError | None = None
        with watch_disk(at, fail) as calls:
            try:
                bring(output, NEW)
            except MachineError as raised:
                failure = raised
        if failure:
            assert os.strerror(code).lower() in str(failure)
            assert str(output) in str(failure)
            assert_readers_see_whole_files(output)
            there = without_staging(output)
            if there != tree_of(NEW):
                # Only what was begun stays to be finished.
                assert (output / STAGING).exists() is (there != tree_of(OLD))
            outcomes.append("stands" if there == tree_of(OLD) else "begun")
        else:
            assert read_tree(output) == tree_of(NEW)
            outcomes.append("done")
        bring(output, NEW)
        assert read_tree(output) == tree_of(NEW)
        if calls.count < at:
            break
    stands = len(outcomes[: outcomes.index("begun")])
    assert stands > 20
    assert "begun" not in outcomes[:stands]


def test_an_interruption_leaves_the_old_site_or_the_new_one(sites: Callable[[], Path]) -> None:
    def interrupt(_: str) -> None:
        raise KeyboardInterrupt

    seen: list[str] = []
    at = 0
    while True:
        at += 1
        output = sites()
        try:
            with watch_disk(at, interrupt) as calls:
                bring(output, NEW)
        except KeyboardInterrupt:
            found = read_tree(output)
            assert found in (tree_of(OLD), tree_of(NEW))
            assert not (output / STAGING).exists()
            seen.append("old" if found == tree_of(OLD) else "new")
        if calls.count < at:
            break
    assert seen == sorted(seen, reverse=True)
    assert seen.count("old") > 20
    assert seen.count("new") > 10


def test_a_folder_that_may_not_be_written_to_is_found_before_anything_happens(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, _: Path(path).name != "bridge")
    with pytest.raises(MachineError, match=r"world/bridge: permission denied$"):
        bring(output, NEW)
    assert read_tree(output) == tree_of(OLD)


def test_a_full_disk_refuses_new_folders_first_and_nothing_has_happened(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.mkdir
    made: list[str] = []

    def mkdir(path: str | Path, mode: int = 0o777) -> None:
        if made:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        if Path(path).name != STAGING:
            made.append(Path(path).name)
        real(path, mode)

    monkeypatch.setattr(os, "mkdir", mkdir)
    with pytest.raises(MachineError, match="no space left on device"):
        bring(output, {**OLD, "x/1": "", "y/1": "", "index.html": "new"})
    assert made == ["x"]
    assert read_tree(output) == tree_of(OLD)
    assert "x" not in folders(output)


# Links and journals that somebody planted -----------------------------------------------------------------------------


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    write_files(folder, {"index.html": "precious", "gone/index.html": "precious", "bridge/index.html": "precious"})
    return folder


PRECIOUS = dict.fromkeys(("index.html", "gone/index.html", "bridge/index.html"), b"precious")


def plant(output: Path, path: str, target: Path) -> None:
    place = output / path
    if place.is_dir():
        place.rename(output.parent / "moved-away")
    else:
        place.unlink(missing_ok=True)
    place.symlink_to(target)


def test_a_page_that_became_a_link_is_replaced_and_its_target_stays(output: Path, outside: Path) -> None:
    plant(output, "index.html", outside / "index.html")
    bring(output, NEW)
    assert read_tree(output) == tree_of(NEW)
    assert not (output / "index.html").is_symlink()
    assert read_tree(outside) == PRECIOUS


def test_an_orphan_that_became_a_link_goes_and_its_target_stays(output: Path, outside: Path) -> None:
    plant(output, "world/gone/index.html", outside / "gone/index.html")
    bring(output, NEW)
    assert read_tree(output) == tree_of(NEW)
    assert read_tree(outside) == PRECIOUS


def test_nothing_is_deleted_behind_a_folder_that_became_a_link(output: Path, outside: Path) -> None:
    (output / "world/gone/index.html").rename(output / "world/gone/x")
    plant(output, "world/gone", outside / "gone")
    bring(output, {path: text for path, text in OLD.items() if path != "world/gone/index.html"})
    assert read_tree(outside) == PRECIOUS
    assert (output / "world/gone").is_symlink()


def test_nothing_is_written_behind_a_folder_that_became_a_link(output: Path, outside: Path) -> None:
    plant(output, "world", outside)
    with pytest.raises(MachineError, match=r"/world was not written by sitegen, and stands where a folder belongs"):
        bring(output, {**OLD, "world/bridge/index.html": "new bridge", "assets/a.css": "new"})
    assert read_tree(outside) == PRECIOUS
    (output / "world").unlink()
    bring(output, NEW)
    assert read_tree(output) == tree_of(NEW)


def test_an_orphan_that_became_a_link_to_a_folder_makes_way_for_one(output: Path, outside: Path) -> None:
    plant(output, "about", outside)
    bring(output, NEW)
    assert read_tree(output) == tree_of(NEW)
    assert read_tree(outside) == PRECIOUS


def write_journal(output: Path, renames: Sequence[tuple[str, str]], removed: Sequence[str] = ()) -> None:
    staging = output / STAGING
    write_files(staging, {"0000000": "evil", "0000001": "evil"})
    staging.joinpath("journal.json").write_bytes(
        encode(module._Journal(renames=tuple(renames), removed=tuple(removed)))
    )


@pytest.mark.parametrize(
    ("renames", "removed"),
    [
        ([("0000000", "../outside/index.html"), ("0000001", "manifest.sha256")], []),
        ([("0000000", "/tmp/x"), ("0000001", "manifest.sha256")], []),
        ([("../../outside/index.html", "stolen"), ("0000001", "manifest.sha256")], []),
        ([("site/../../../outside/index.html", "stolen"), ("0000001", "manifest.sha256")], []),
        ([("site/other", "stolen"), ("0000001", "manifest.sha256")], []),
        ([("0000001", "manifest.sha256")], ["../outside/index.html"]),
        ([("0000001", "manifest.sha256")], ["a/../../outside/index.html"]),
        ([("0000001", "index.html")], ["same.html"]),
        ([], ["same.html"]),
    ],
)
def test_a_journal_that_sitegen_cannot_have_written_is_thrown_away(
    output: Path, outside: Path, renames: Sequence[tuple[str, str]], removed: Sequence[str]
) -> None:
    write_journal(output, renames, removed)
    assert recover(output) is False
    assert read_tree(output) == tree_of(OLD)
    assert read_tree(outside) == PRECIOUS


@pytest.mark.parametrize("place", ["site", "site/world"])
def test_nothing_is_taken_from_behind_a_link_in_the_staging_folder(output: Path, outside: Path, place: str) -> None:
    write_journal(
        output,
        [("site/world/bridge/index.html", "world/bridge/index.html"), ("site/manifest.sha256", "manifest.sha256")],
    )
    link = output / STAGING / place
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(outside)
    assert recover(output) is False
    assert read_tree(output) == tree_of(OLD)
    assert read_tree(outside) == PRECIOUS


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"renames": 1}', b"\xff"])
def test_a_journal_that_is_none_is_thrown_away(output: Path, data: bytes) -> None:
    write_files(output / STAGING, {"journal.json": data, "0000000": "x"})
    assert recover(output) is False
    assert read_tree(output) == tree_of(OLD)


def test_a_staging_folder_that_is_a_link_is_refused(output: Path, outside: Path) -> None:
    (output / STAGING).symlink_to(outside)
    with pytest.raises(MachineError, match="is a symbolic link, and sitegen did not make it"):
        recover(output)
    assert read_tree(outside) == PRECIOUS


def test_there_is_nothing_to_recover_where_nothing_is(tmp_path: Path, output: Path) -> None:
    assert recover(output) is False
    assert recover(tmp_path / "missing") is False
    (tmp_path / "file").write_bytes(b"")
    assert recover(tmp_path / "file") is False


def test_on_a_disk_that_folds_case_a_page_that_changes_its_case_is_not_deleted(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if `Same.html` and `same.html` were one file: the one that comes is the orphan that goes.
    monkeypatch.setattr("sitegen.storage.output_tree.is_same_file", lambda one, _: one.name == "same.html")
    files = {path: text for path, text in OLD.items() if path != "same.html"}
    bring(output, {**files, "Same.html": "the same"})
    assert (output / "same.html").exists()
