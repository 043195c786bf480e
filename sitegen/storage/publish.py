"""From staged files to the output, all at once.

Changed files are staged on the output's own file system. A journal then says what is to happen; from that moment on the
publication is finished by this run or, after a crash, by the next. Every file is whole at any time, since all that
happens to it is one rename.
"""

import hashlib
import os
import re
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from sitegen.errors import MachineError
from sitegen.model.codec import UnreadableError, decode, encode
from sitegen.model.names import OutPath
from sitegen.model.page import Wave
from sitegen.plan.out_paths import MANIFEST, check_out_path, folders_above
from sitegen.storage.files import FILE_MODE, explain_failures, make_folder, sync_file_system, sync_folder, write_atomic
from sitegen.storage.manifest import format_manifest
from sitegen.storage.output import STAGING, look_at
from sitegen.storage.output_tree import OutputTree

_JOURNAL = "journal.json"
_NAME = re.compile(r"\d{7,}")
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
    files: list[tuple[Wave, str, OutPath]] = field(default_factory=list)
    """Wave, name in the folder, and path in the output."""
    reserved: int = 0
    """How many names are taken, whether or not a file came of them."""

    def reserve(self) -> str:
        """Return a name in the folder that nobody else has: any process may write that file, to be noted then."""
        self.reserved += 1
        return f"{self.reserved - 1:07}"

    def note(self, path: OutPath, name: str, wave: Wave) -> None:
        """Note a file that was written under a reserved name, see `write_staged`."""
        self.files.append((wave, name, path))

    def add_copy(self, path: OutPath, source: Path, wave: Wave) -> str:
        """Stage a copy of a file; return the SHA-256 of what was copied."""
        name = self.reserve()
        self.note(path, name, wave)
        target = self.folder / name
        digest = hashlib.sha256()
        with explain_failures(source):
            reading = source.open("rb")
        with reading, explain_failures(self.folder.parent / path), target.open("wb") as writing:
            while block := self._read(reading.fileno(), source):
                digest.update(block)
                writing.write(block)
            os.fchmod(writing.fileno(), FILE_MODE)
        return digest.hexdigest()

    def _read(self, descriptor: int, source: Path) -> bytes:
        with explain_failures(source):
            return os.read(descriptor, _BLOCK)


def write_staged(output: str, name: str, path: OutPath, data: bytes) -> None:
    """Write a file that is to go to `path` below `output` into its staging folder, under a name reserved for it."""
    with explain_failures(f"{output}/{path}"), open(f"{output}/{STAGING}/{name}", "wb") as stream:  # noqa: PTH123 -- quicker
        stream.write(data)
        os.fchmod(stream.fileno(), FILE_MODE)


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
        with explain_failures(folder):
            try:
                folder.mkdir(mode=_PRIVATE)
            except FileExistsError as failure:
                raise MachineError(f"{output} is in use by another build", "wait until it is done") from failure
        try:
            sync_folder(output)
            yield Staging(folder=folder)
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


def publish(staging: Staging, output: Path, entries: Mapping[OutPath, str], removed: Sequence[OutPath]) -> None:
    """Bring `output` in line with `entries`, the whole new manifest; `removed` are files of the old one that go.

    Raises MachineError where the disk stands in the way. Then the old site stands as it was, unless the disk fails in
    the midst of it: then the next run will go on.
    """
    ordered = sorted(staging.files, key=lambda file: _WAVES.index(file[0]))
    manifest = staging.reserve()
    tree = OutputTree(output)
    with explain_failures(output):
        target = staging.folder / manifest
        target.write_bytes(format_manifest(entries))
        target.chmod(FILE_MODE)
        journal = _Journal(
            renames=(*((name, str(path)) for _, name, path in ordered), (manifest, MANIFEST)),
            removed=tuple(str(path) for path in removed),
        )
        tree.check_writable((*(path for _, path in journal.renames), *journal.removed))
        _sync(staging.folder, [name for name, _ in journal.renames])
        write_atomic(staging.folder / _JOURNAL, encode(journal))
        try:
            _apply(staging.folder, tree, journal)
        except (OSError, MachineError):
            if not tree.is_changed:
                tree.remove_made_folders()
                (staging.folder / _JOURNAL).unlink()
            raise
        shutil.rmtree(staging.folder)


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
    names = (name for name, _ in journal.renames)
    if any(check_out_path(path) for path in paths) or not all(_NAME.fullmatch(name) for name in names):
        return None
    return journal if journal.renames and journal.renames[-1][1] == MANIFEST else None


def _apply(staging: Path, tree: OutputTree, journal: _Journal) -> None:
    """Do everything that a journal says and that is not done yet; the manifest comes last."""
    *renames, manifest = journal.renames
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
