"""From staged files to the output, all at once.

Changed files are staged on the output's own file system. A journal then says what is to happen; from that moment on the
publication is finished by this run or, after a crash, by the next. Every file is whole at any time, since all that
happens to it is one rename. Where nothing stands yet, files are staged in the folders that they go to, and most of them
are moved with their folder.
"""

import hashlib
import os
import re
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import starmap
from pathlib import Path

from sitegen.errors import MachineError
from sitegen.model.codec import UnreadableError, decode, encode
from sitegen.model.names import OutPath
from sitegen.model.page import Wave
from sitegen.model.trace import OutputStamp
from sitegen.plan.out_paths import MANIFEST, check_out_path, folders_above
from sitegen.storage.files import (
    FILE_MODE,
    FOLDER_MODE,
    explain_failures,
    make_folder,
    sync_file_system,
    sync_folder,
    write_atomic,
)
from sitegen.storage.manifest import format_manifest
from sitegen.storage.output import STAGING, is_bare, look_at, read_stamp
from sitegen.storage.output_tree import OutputTree

_JOURNAL = "journal.json"
_NAME = re.compile(r"\d{7,}")
_SITE = "site"
"""Folder in the staging folder that holds files as they will lie in an output that is still bare."""
_WAVES: tuple[Wave, ...] = ("asset", "page", "list", "sitemap")
_PRIVATE = 0o700
_MANY = 64
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Journal:
    """What a publication does, in order."""

    renames: tuple[tuple[str, str], ...]
    """Name in the staging folder, and path in the output; the manifest comes last."""
    removed: tuple[str, ...]
    """Paths to delete."""


@dataclass(slots=True)
class Staging:
    """Files that wait to be published; see `open_staging`."""

    folder: Path
    """Where they wait."""
    is_for_bare: bool = False
    """Whether nothing stands in the output yet."""
    files: list[tuple[Wave, str, OutPath]] = field(default_factory=list)
    """Wave, name in the folder, and path in the output."""
    reserved: int = 0
    """How many names are taken, whether or not a file came of them."""

    def reserve(self, path: OutPath) -> str:
        """Return a name in the folder that no other path has: any process may write that file, to be noted then."""
        if self.is_for_bare:
            return f"{_SITE}/{path}"
        self.reserved += 1
        return f"{self.reserved - 1:07}"

    def note(self, path: OutPath, name: str, wave: Wave) -> None:
        """Note a file that was written under a reserved name, see `write_staged`."""
        self.files.append((wave, name, path))

    def add_copy(self, path: OutPath, source: Path, wave: Wave) -> str:
        """Stage a copy of a file; return the SHA-256 of what was copied."""
        name = self.reserve(path)
        self.note(path, name, wave)
        target = self.folder / name
        digest = hashlib.sha256()
        with explain_failures(source):
            reading = source.open("rb")
        with reading, explain_failures(self.folder.parent / path):
            _make_folders(str(self.folder), name)
            with target.open("wb") as writing:
                while block := self._read(reading.fileno(), source):
                    digest.update(block)
                    writing.write(block)
                os.fchmod(writing.fileno(), FILE_MODE)
        return digest.hexdigest()

    def _read(self, descriptor: int, source: Path) -> bytes:
        with explain_failures(source):
            return os.read(descriptor, _BLOCK)


def write_staged(output: str, name: str, path: OutPath, data: bytes) -> OutputStamp:
    """Write a file that is to go to `path` below `output` into its staging folder, under a name reserved for it.

    Returns what it will be known again by if it is moved with its folder: being renamed itself changes that.
    """
    staging = f"{output}/{STAGING}"
    with explain_failures(f"{output}/{path}"):
        _make_folders(staging, name)
        with open(f"{staging}/{name}", "wb") as stream:  # noqa: PTH123 -- quicker, as all of these
            stream.write(data)
            stream.flush()
            os.fchmod(stream.fileno(), FILE_MODE)
            return read_stamp(os.fstat(stream.fileno()))


def _make_folders(staging: str, name: str) -> None:
    """Make the folders that a name in the staging folder lies in, readable by a web server whatever the umask."""
    folder = name.rpartition("/")[0]
    if not folder:
        return
    place = f"{staging}/{folder}"
    try:
        os.mkdir(place)  # noqa: PTH102
    except FileExistsError:
        return
    except FileNotFoundError:
        _make_folders(staging, folder)
        _make_folders(staging, name)
        return
    os.chmod(place, FOLDER_MODE)  # noqa: PTH101


def recover(output: Path) -> bool:
    """Finish what a killed build had begun to publish, or discard what it had only staged.

    Returns whether a publication was finished.
    """
    staging = output / STAGING
    with explain_failures(staging):
        if not _is_ours(staging):
            return False
        journal = _read_journal(staging)
        if journal is not None:
            _apply(staging, OutputTree(output), journal)
        # Where there is no journal, the order in which things go does not matter.
        shutil.rmtree(staging)
    return journal is not None


def _is_ours(staging: Path) -> bool:
    status = look_at(staging)
    if status is not None and stat.S_ISLNK(status.st_mode):
        raise MachineError(f"{staging} is a symbolic link, and sitegen did not make it", "remove it")
    return status is not None and stat.S_ISDIR(status.st_mode)


@contextmanager
def open_staging(output: Path) -> Iterator[Staging]:
    """Make a staging folder inside `output`, and take it away again; so goes a new `output` that stayed empty.

    Only when the journal stands does it stay, for the next run. Raises MachineError where another build has one.
    """
    missing = [folder for folder in (output, *output.parents) if not folder.exists()]
    folder = output / STAGING
    try:
        make_folder(output)
        is_for_bare = is_bare(output)
        with explain_failures(folder):
            try:
                folder.mkdir(mode=_PRIVATE)
            except FileExistsError as failure:
                raise MachineError(f"{output} is in use by another build", "wait until it is done") from failure
        try:
            sync_folder(output)
            yield Staging(folder=folder, is_for_bare=is_for_bare)
        except Exception:
            raise
        except BaseException:
            # Somebody wants an end. What the journal promises takes moments, and half of it is no site.
            recover(output)
            raise
        finally:
            if not (folder / _JOURNAL).exists():
                shutil.rmtree(folder, ignore_errors=True)
    finally:
        _remove_if_empty(missing)


def _remove_if_empty(folders: Iterable[Path]) -> None:
    with suppress(OSError):
        for folder in folders:
            folder.rmdir()


def publish(
    staging: Staging, output: Path, entries: Mapping[OutPath, str], removed: Sequence[OutPath]
) -> frozenset[str]:
    """Bring `output` in line with `entries`, the whole new manifest; `removed` are files of the old one that go.

    Returns the folders at the top of it that were moved there as a whole. Raises MachineError where the disk stands in
    the way. Then the old site stands as it was, unless the disk fails in the midst of it: then the next run will go on.
    """
    ordered = sorted(staging.files, key=lambda file: _WAVES.index(file[0]))
    manifest = staging.reserve(OutPath(MANIFEST))
    tree = OutputTree(output)
    with explain_failures(output):
        target = staging.folder / manifest
        _make_folders(str(staging.folder), manifest)
        target.write_bytes(format_manifest(entries))
        target.chmod(FILE_MODE)
        journal = _Journal(
            renames=(*((name, str(path)) for _, name, path in ordered), (manifest, MANIFEST)),
            removed=tuple(str(path) for path in removed),
        )
        if not staging.is_for_bare:
            tree.check_writable((*(path for _, path in journal.renames), *journal.removed))
        _sync(staging.folder, [name for name, _ in journal.renames])
        write_atomic(staging.folder / _JOURNAL, encode(journal))
        try:
            moved = _apply(staging.folder, tree, journal)
        except (OSError, MachineError):
            if not tree.is_changed:
                tree.remove_made_folders()
                (staging.folder / _JOURNAL).unlink()
            raise
        shutil.rmtree(staging.folder)
    return moved


def _read_journal(staging: Path) -> _Journal | None:
    """Return the journal; None where there is none, or one that sitegen cannot have written."""
    path = staging / _JOURNAL
    if not path.is_file():
        return None
    try:
        journal = decode(path.read_bytes(), _Journal)
    except UnreadableError:
        return None
    paths = (*(path for _, path in journal.renames), *journal.removed)
    if any(check_out_path(path) for path in paths) or not all(starmap(_is_name, journal.renames)):
        return None
    if _holds_links(staging):
        return None
    return journal if journal.renames and journal.renames[-1][1] == MANIFEST else None


def _holds_links(folder: Path) -> bool:
    """Whether the way to a file in a folder may lead out of it."""
    inside = (f"{base}/{name}" for base, folders, files in os.walk(folder) for name in (*folders, *files))
    return any(map(os.path.islink, inside))


def _is_name(name: str, path: str) -> bool:
    """Whether a file may be staged under `name` that goes to `path`."""
    return name == f"{_SITE}/{path}" or _NAME.fullmatch(name) is not None


def _apply(staging: Path, tree: OutputTree, journal: _Journal) -> frozenset[str]:
    """Do everything that a journal says and that is not done yet; the manifest comes last.

    Returns the folders that were moved as a whole.
    """
    *renames, manifest = journal.renames
    moved = frozenset(_move_folders(staging, tree, journal))
    if moved:
        renames = [(name, path) for name, path in renames if path.partition("/")[0] not in moved]
    wanted = [path for _, path in renames]
    # A full disk refuses a new folder sooner than anything else: then nothing has happened yet.
    tree.make_folders(wanted)
    _clear_the_way(tree, wanted, journal.removed)
    for name, path in renames:
        tree.move_in(f"{staging}/{name}", path)
    for path in journal.removed:
        tree.remove(path, wanted=wanted)
    tree.move_in(f"{staging}/{manifest[0]}", manifest[1])
    tree.sync()
    return moved


def _move_folders(staging: Path, tree: OutputTree, journal: _Journal) -> Iterator[str]:
    """Move whole folders that lie in the staging folder as they are to lie in the output; yield those that went.

    Where one stands in the way, or this was done before, its files are moved one by one.
    """
    staged = (path.partition("/") for name, path in journal.renames if name.startswith(f"{_SITE}/"))
    for folder in dict.fromkeys(top for top, slash, _ in staged if slash):
        if tree.move_folder_in(f"{staging}/{_SITE}/{folder}", folder):
            yield folder


def _clear_the_way(tree: OutputTree, wanted: Sequence[str], removed: Sequence[str]) -> None:
    """Delete orphans that stand, as a file or as what is left of a folder, where the other kind is wanted."""
    if not removed:
        return
    files = set(wanted)
    folders = {folder for path in wanted for folder in folders_above(path)}
    for path in removed:
        if path in folders or files.intersection(folders_above(path)):
            tree.remove(path, wanted=())


def _sync(staging: Path, names: Sequence[str]) -> None:
    """Bring staged files to the disk before the journal promises them."""
    if len(names) > _MANY:
        sync_file_system(staging)
        return
    for name in names:
        with (staging / name).open("rb") as stream:
            os.fsync(stream.fileno())
    for folder in {folder for name in names for folder in folders_above(name)}:
        sync_folder(staging / folder)
