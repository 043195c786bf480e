"""Finding the files of a site and telling which of them changed."""

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sitegen.errors import ContentError, Problem, error
from sitegen.model.digests import digest_bytes
from sitegen.model.source import FileStamp, Scan, SourceFile
from sitegen.storage.clock import TICK_NS
from sitegen.storage.files import describe_failure

SOURCE_FOLDERS = ("content", "static")
"""Folders of a site whose files make its pages."""

_DROPPINGS = (".swp", ".swo", ".tmp", "~")
_VIM_PROBE = "4913"
_VANISHED = frozenset({errno.ENOENT, errno.ENOTDIR})


class ScanError(ContentError):
    """Some files of a site cannot be used; the others can still be looked at, for what else is wrong."""

    def __init__(self, problems: Sequence[Problem], files: tuple[SourceFile, ...]) -> None:
        """Carry `problems` and the `files` without any."""
        super().__init__(problems)
        self.files = files


def scan(root: Path, folders: Sequence[str], last: Scan) -> tuple[SourceFile, ...]:
    """Return all files below `folders` of the site at `root`, sorted by path.

    A file whose size and times are those of the `last` scan keeps its digest, unless it changed at about the time when
    that scan began, or later: within one tick of the clock a second save would go unnoticed. Hidden files and what
    editors leave behind are passed over, and so is what vanishes meanwhile. Symbolic links are followed within the
    site; one that leads out, in a circle or to something hidden is an error, as is a name that is not UTF-8. Raises
    ScanError, or MachineError for what cannot be read.
    """
    walk = _Walk(root=root, real_root=Path(os.path.realpath(root)))
    found: list[SourceFile] = []
    for path, status in walk.find_files(folders):
        stamp = last.stamps.get(path)
        file = _recall(path, stamp) if stamp and _is_same(stamp, status, last) else _read(root, path, status)
        if file:
            found.append(file)
    files = tuple(sorted(found, key=lambda file: file.path))
    if walk.problems:
        raise ScanError(walk.problems, files)
    return files


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is different from the last scan."""

    edited: tuple[SourceFile, ...]
    """Files that hold something else."""
    touched: tuple[SourceFile, ...]
    """Files that had to be read, and hold what they held."""
    is_more: bool
    """Whether a file came or went."""


def find_changes(root: Path, folders: Sequence[str], last: Scan) -> Changes:
    """Return how the files below `folders` differ from those of the `last` scan; finds and raises what `scan` does."""
    walk = _Walk(root=root, real_root=Path(os.path.realpath(root)))
    edited: list[SourceFile] = []
    touched: list[SourceFile] = []
    stamps = last.stamps
    found = came = 0
    for path, status in walk.find_files(folders):
        stamp = stamps.get(path)
        if stamp is None:
            came += 1
            continue
        found += 1
        if _is_same(stamp, status, last):
            continue
        file = _read(root, path, status)
        if file is None:
            found -= 1
        else:
            (touched if file.digest == stamp[3] else edited).append(file)
    if walk.problems:
        raise ScanError(walk.problems, ())
    return Changes(edited=tuple(edited), touched=tuple(touched), is_more=came > 0 or found < len(stamps))


@dataclass(slots=True, kw_only=True)
class _Walk:
    root: Path
    real_root: Path
    problems: list[Problem] = field(default_factory=list)

    def find_files(self, folders: Iterable[str]) -> Iterator[tuple[str, os.stat_result]]:
        """Yield every file below `folders` with its stat result."""
        pending: list[tuple[str, tuple[Path, ...]]] = [(folder, ()) for folder in reversed(tuple(folders))]
        while pending:
            current, links = pending.pop()
            for entry in self._list(current):
                path = f"{current}/{entry.name}"
                target = Path(os.path.realpath(entry.path)) if entry.is_symlink() else None
                if target is not None and not self._may_follow(target, links, path):
                    continue
                status = self._stat(entry)
                if status is None:
                    continue
                if stat.S_ISDIR(status.st_mode):
                    pending.append((path, (*links, target) if target is not None else links))
                elif stat.S_ISREG(status.st_mode):
                    yield path, status

    def _list(self, folder: str) -> list[os.DirEntry[str]]:
        """Return what is in a folder and not passed over."""
        try:
            with os.scandir(self.root / folder) as entries:
                found = [entry for entry in entries if not is_passed_over(entry.name)]
        except OSError as failure:
            if failure.errno in _VANISHED:
                return []
            raise describe_failure(failure, self.root / folder) from failure
        return [entry for entry in found if entry.name.isascii() or self._is_utf8(f"{folder}/{entry.name}")]

    def _is_utf8(self, path: str) -> bool:
        try:
            path.encode("utf-8")
        except UnicodeEncodeError:
            shown = os.fsencode(path).decode("utf-8", "backslashreplace")
            self.problems.append(error("file-name", "the name is not UTF-8", shown, hint="rename the file"))
            return False
        return True

    def _stat(self, entry: os.DirEntry[str]) -> os.stat_result | None:
        try:
            return entry.stat()
        except OSError as failure:
            if failure.errno in _VANISHED:
                return None
            raise describe_failure(failure, entry.path) from failure

    def _may_follow(self, target: Path, links: tuple[Path, ...], path: str) -> bool:
        """Whether a symbolic link leads to somewhere in the site that may be published and is not above it."""
        if not target.is_relative_to(self.real_root):
            self._refuse(path, "leads out of the site", "copy the file into the site instead of linking to it")
            return False
        holder = self.real_root / os.path.dirname(path)  # noqa: PTH120 -- a POSIX path of the site, not of this machine
        # realpath leaves a circle unresolved, and that does not exist.
        if target in links or holder.is_relative_to(target) or not os.path.exists(target):  # noqa: PTH110 -- unlike Path.exists, never raises
            self._refuse(path, "leads in a circle, or to nothing", "remove the link")
            return False
        if any(part.startswith(".") for part in target.relative_to(self.real_root).parts):
            self._refuse(path, "leads to something hidden, which must not be published", "remove the link")
            return False
        return True

    def _refuse(self, path: str, message: str, hint: str) -> None:
        self.problems.append(error("symlink", message, path, hint=hint))


def is_passed_over(name: str) -> bool:
    """Whether a file or folder of that name is no part of a site: hidden, or left behind by an editor."""
    return name.startswith((".", "#")) or name.endswith(_DROPPINGS) or name in {_VIM_PROBE, "__pycache__"}


def _is_same(stamp: FileStamp, status: os.stat_result, last: Scan) -> bool:
    """Whether a file can be trusted to hold what it held at the last scan."""
    return (
        stamp[0] == status.st_size
        and stamp[1] == status.st_mtime_ns
        and stamp[2] == status.st_ctime_ns < last.began_ns - TICK_NS
    )


def _recall(path: str, stamp: FileStamp) -> SourceFile:
    size, mtime_ns, ctime_ns, digest = stamp
    return SourceFile(path=path, size=size, mtime_ns=mtime_ns, ctime_ns=ctime_ns, digest=digest)


def _read(root: Path, path: str, status: os.stat_result) -> SourceFile | None:
    """Return what a file holds now; None where it has vanished."""
    try:
        data = (root / path).read_bytes()
    except OSError as failure:
        if failure.errno in _VANISHED:
            return None
        raise describe_failure(failure, root / path) from failure
    return SourceFile(
        path=path,
        size=len(data),
        mtime_ns=status.st_mtime_ns,
        ctime_ns=status.st_ctime_ns,
        digest=digest_bytes(data),
    )
