"""From staged files to the output, all at once.

Changed files are staged on the output's own file system. A journal then says what is to happen; from that moment on the
publication is finished by this run or, after a crash, by the next. Every file is whole at any time, since all that
happens to it is one rename.
"""

import hashlib
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from sitegen.errors import MachineError
from sitegen.model.codec import UnreadableError, decode, encode
from sitegen.model.names import Digest, OutPath
from sitegen.model.page import Wave
from sitegen.model.trace import Trace
from sitegen.storage.files import FILE_MODE, explain_failures, make_folder, sync_folder, write_atomic
from sitegen.storage.manifest import MANIFEST, format_manifest

STAGING = ".sitegen-staging"

_JOURNAL = "journal.json"
_WAVES: tuple[Wave, ...] = ("asset", "page", "list", "sitemap")
_MANY = 64
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Journal:
    """What a publication does, in order."""

    renames: tuple[tuple[str, str], ...]
    """Name in the staging folder, and path in the output."""
    removed: tuple[str, ...]
    """Paths to delete."""


@dataclass(slots=True)
class Staging:
    """Files that wait to be published; see `open_staging`."""

    folder: Path
    """Where they wait."""
    files: list[tuple[Wave, str, OutPath]] = field(default_factory=list)
    """Wave, name in the folder, and path in the output."""
    is_published: bool = False
    """Whether the journal was written, so that the folder must stay until everything is done."""

    def add(self, path: OutPath, data: bytes, wave: Wave) -> None:
        """Stage a file."""
        target = self._place(path, wave)
        with explain_failures(target), target.open("wb") as stream:
            stream.write(data)
            os.fchmod(stream.fileno(), FILE_MODE)

    def add_copy(self, path: OutPath, source: Path, wave: Wave) -> tuple[str, int]:
        """Stage a copy of a file; return SHA-256 and length of what was copied."""
        target = self._place(path, wave)
        digest = hashlib.sha256()
        size = 0
        with explain_failures(source), source.open("rb") as reading, target.open("wb") as writing:
            while block := reading.read(_BLOCK):
                digest.update(block)
                size += len(block)
                writing.write(block)
            os.fchmod(writing.fileno(), FILE_MODE)
        return digest.hexdigest(), size

    def _place(self, path: OutPath, wave: Wave) -> Path:
        name = f"{len(self.files):07}"
        self.files.append((wave, name, path))
        return self.folder / name


def check_output(output: Path, *, remembered: bool) -> None:
    """Refuse an output folder that sitegen cannot or must not write to; makes nothing.

    A folder with files but without a manifest is somebody else's, unless it is `remembered` that a site was published
    there. Raises MachineError with the remedy.
    """
    with explain_failures(output):
        if not output.exists():
            return
        if not output.is_dir():
            raise MachineError(f"{output} is a file", "choose another --output, or move it away")
        names = {entry.name for entry in os.scandir(output)} - {".gitignore", STAGING}
        if not os.access(output, os.W_OK | os.X_OK):
            raise MachineError(f"{output}: permission denied", "look at the owner and the permissions of the folder")
    if names and MANIFEST not in names and not remembered:
        raise MachineError(
            f"{output} is not empty, and sitegen did not write it",
            "choose another --output, or empty the folder; files of your own go into `static/`",
        )


def recover(output: Path) -> bool:
    """Finish what a killed build had begun to publish, or discard what it had only staged.

    Returns whether a publication was finished.
    """
    staging = output / STAGING
    with explain_failures(staging):
        if not staging.is_dir():
            return False
        journal = _read_journal(staging)
        if journal is not None:
            _apply(staging, output, journal)
        shutil.rmtree(staging)
    return journal is not None


@contextmanager
def open_staging(output: Path) -> Iterator[Staging]:
    """Make a staging folder inside `output`, and take it away again; so goes a new `output` that stayed empty."""
    existed = output.exists()
    make_folder(output)
    folder = output / STAGING
    make_folder(folder)
    staging = Staging(folder=folder)
    try:
        yield staging
    finally:
        if not staging.is_published:
            shutil.rmtree(folder, ignore_errors=True)
            if not existed and not any(output.iterdir()):
                output.rmdir()


def publish(staging: Staging, output: Path, entries: Mapping[OutPath, str], removed: Sequence[OutPath]) -> None:
    """Bring `output` in line with `entries`, the whole new manifest; `removed` are files of the old one that go."""
    ordered = sorted(staging.files, key=lambda file: _WAVES.index(file[0]))
    manifest = f"{len(ordered):07}"
    with explain_failures(output):
        target = staging.folder / manifest
        target.write_bytes(format_manifest(entries))
        target.chmod(FILE_MODE)
        journal = _Journal(
            renames=(*((name, str(path)) for _, name, path in ordered), (manifest, MANIFEST)),
            removed=tuple(str(path) for path in removed),
        )
        _sync([staging.folder / name for name, _ in journal.renames])
        write_atomic(staging.folder / _JOURNAL, encode(journal))
        staging.is_published = True
        _apply(staging.folder, output, journal)
        shutil.rmtree(staging.folder)


def _read_journal(staging: Path) -> _Journal | None:
    path = staging / _JOURNAL
    if not path.is_file():
        return None
    try:
        return decode(path.read_bytes(), _Journal)
    except (UnreadableError, msgspec.MsgspecError):
        return None


def _apply(staging: Path, output: Path, journal: _Journal) -> None:
    """Do everything that a journal says and that is not done yet; the manifest comes last."""
    *renames, manifest = journal.renames
    _clear_the_way(output, [path for _, path in renames], journal.removed)
    folders: set[Path] = {output}
    for name, path in renames:
        _rename(staging / name, output / path, folders)
    for path in journal.removed:
        (output / path).unlink(missing_ok=True)
        _remove_empty_above(output / path, output)
    _rename(staging / manifest[0], output / manifest[1], folders)
    if len(folders) > _MANY:
        os.sync()
    else:
        for folder in folders:
            sync_folder(folder)


def _rename(source: Path, target: Path, folders: set[Path]) -> None:
    """Move a staged file to its place, unless a run before has done so."""
    if not source.exists():
        return
    if target.parent not in folders:
        make_folder(target.parent)
        folders.add(target.parent)
    source.replace(target)


def _clear_the_way(output: Path, wanted: Sequence[str], removed: Iterable[str]) -> None:
    """Delete orphans that stand, as a file or as what is left of a folder, where the other kind is wanted."""
    files = set(wanted)
    folders = {"/".join(path.split("/")[:depth]) for path in wanted for depth in range(1, path.count("/") + 1)}
    for path in removed:
        parts = path.split("/")
        inside = any("/".join(parts[:depth]) in files for depth in range(1, len(parts)))
        if (path in folders and not (output / path).is_dir()) or inside:
            if not any(parent.is_file() for parent in _parents(output / path, output)):
                (output / path).unlink(missing_ok=True)
            _remove_empty_above(output / path, output)


def _parents(path: Path, output: Path) -> Iterator[Path]:
    return (parent for parent in path.parents if parent.is_relative_to(output) and parent != output)


def _remove_empty_above(path: Path, output: Path) -> None:
    """Delete the folders above `path` that are empty now, up to the output folder."""
    for parent in _parents(path, output):
        try:
            parent.rmdir()
        except OSError:
            return


def _sync(files: Sequence[Path]) -> None:
    """Bring staged files to the disk before the journal promises them."""
    if len(files) > _MANY:
        os.sync()
        return
    for file in files:
        with file.open("rb") as stream:
            os.fsync(stream.fileno())


def find_strangers(output: Path, paths: Collection[OutPath], ours: Collection[OutPath]) -> tuple[OutPath, ...]:
    """Return those of `paths` where something stands that is not in `ours`: a file, or a folder with such a file."""
    strangers: list[OutPath] = []
    known_folders = {parent for path in ours for parent in _folders_of(path)}
    checked: dict[str, bool] = {}
    with explain_failures(output):
        if not output.is_dir():
            return ()
        for path in sorted(paths):
            if path in ours:
                continue
            if any(_is_foreign_file(output, folder, ours, checked) for folder in _folders_of(path)):
                strangers.append(path)
            elif (output / path).is_dir():
                if path not in known_folders or _holds_strangers(output, path, ours):
                    strangers.append(path)
            elif os.path.lexists(output / path):
                strangers.append(path)
    return tuple(strangers)


def _folders_of(path: str) -> Iterator[str]:
    parts = path.split("/")
    return ("/".join(parts[:depth]) for depth in range(1, len(parts)))


def _is_foreign_file(output: Path, folder: str, ours: Collection[OutPath], checked: dict[str, bool]) -> bool:
    if folder not in checked:
        checked[folder] = folder not in ours and os.path.lexists(output / folder) and not (output / folder).is_dir()
    return checked[folder]


def _holds_strangers(output: Path, folder: str, ours: Collection[OutPath]) -> bool:
    files = (file.relative_to(output).as_posix() for file in (output / folder).rglob("*") if not file.is_dir())
    return any(file not in ours for file in files)


def changed_outputs(output: Path, traces: Mapping[OutPath, Trace]) -> dict[OutPath, Trace | None]:
    """Return the published files whose stat differs from what is remembered.

    Where the bytes are still the same there is a trace with the new stat, otherwise None.
    """
    changed: dict[OutPath, Trace | None] = {}
    with explain_failures(output):
        for path, trace in traces.items():
            file = output / path
            try:
                status = os.stat(file, follow_symlinks=False)  # noqa: PTH116 -- half the time of Path.stat
            except (FileNotFoundError, NotADirectoryError):
                changed[path] = None
                continue
            if (status.st_size, status.st_mtime_ns) == (trace.size, trace.mtime_ns):
                continue
            if status.st_size != trace.size or not file.is_file() or hash_file(file) != trace.digest:
                changed[path] = None
            else:
                changed[path] = Trace(key=trace.key, digest=trace.digest, size=trace.size, mtime_ns=status.st_mtime_ns)
    return changed


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with explain_failures(path), path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def stat_trace(output: Path, path: OutPath, key: Digest, digest: str) -> Trace:
    """Return the trace of a file that was just published."""
    with explain_failures(output / path):
        status = (output / path).stat()
    return Trace(key=key, digest=digest, size=status.st_size, mtime_ns=status.st_mtime_ns)


def list_strays(output: Path, ours: Collection[OutPath]) -> tuple[str, ...]:
    """Return the files in the output that are not in `ours`, sorted."""
    with explain_failures(output):
        if not output.is_dir():
            return ()
        files = (file.relative_to(output).as_posix() for file in output.rglob("*") if not file.is_dir())
        return tuple(sorted(file for file in files if file not in ours and file not in {MANIFEST, ".gitignore"}))
