"""Finding the files of a site and telling which of them changed."""

import errno
import os
import stat
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path

from sitegen.errors import ContentError, Problem, error
from sitegen.model.digests import digest_bytes
from sitegen.model.names import Digest
from sitegen.model.source import UNREAD, FileStamp, Scan, SourceFile, build_stamps, stamp_scan
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


def scan(
    root: Path, folders: Sequence[str], last: Scan, leave: Callable[[str], bool] = lambda _: False
) -> tuple[SourceFile, ...]:
    """Return all files below `folders` of the site at `root`, sorted by path.

    A file whose size and times are those of the `last` scan keeps its digest, unless it changed at about the time when
    that scan began, or later: within one tick of the clock a second save would go unnoticed. Hidden files and what
    editors leave behind are passed over, and so is what vanishes meanwhile. Symbolic links are followed within the
    site; one that leads out, in a circle or to something hidden is an error, as is a name that is not UTF-8. Files that
    would have to be read and that `leave` is true of are left to others: they are `UNREAD`. Raises ScanError, or
    MachineError for what cannot be read.
    """
    walk = _Walk(root=root, real_root=Path(os.path.realpath(root)))
    trusted_ns = last.began_ns - TICK_NS
    found: list[SourceFile] = []
    for path, status in walk.find_files(folders):
        stamp = last.stamps.get(path)
        if stamp and _is_same(stamp, status, trusted_ns):
            found.append(_recall(path, stamp))
        elif leave(path):
            found.append(_build_file(path, status, status.st_size, UNREAD))
        elif file := _look_into(root, path, status):
            found.append(file)
    files = tuple(sorted(found, key=lambda file: file.path))
    if walk.problems:
        raise ScanError(walk.problems, files)
    return files


def complete_scan(found: Scan, root: Path, digests: Mapping[str, Digest]) -> Scan:
    """Return a scan with the digests of files that were `UNREAD`.

    They are in `digests`, by path, as far as somebody has read the files since; others are read now, and what has
    vanished is passed over. What changed in between is found by its times at the next scan. Raises MachineError.
    """
    if all(stamp[3] != UNREAD for stamp in found.stamps.values()):
        return found
    stamps: dict[str, FileStamp] = {}
    for path, (size, mtime_ns, ctime_ns, digest) in found.stamps.items():
        known = digests.get(path) if digest == UNREAD else digest
        if known is None and (data := _read(root, path)) is not None:
            known = digest_bytes(data)
        if known is not None:
            stamps[path] = (size, mtime_ns, ctime_ns, known)
    return stamp_scan(stamps, found.began_ns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is different from the last scan."""

    added: tuple[SourceFile, ...] = ()
    """Files that were not there."""
    edited: tuple[SourceFile, ...] = ()
    """Files that hold something else."""
    touched: tuple[SourceFile, ...] = ()
    """Files that had to be read, and hold what they held."""
    deleted: tuple[str, ...] = ()
    """Paths of files that are no longer there."""


def find_changes(root: Path, folders: Sequence[str], last: Scan) -> Changes:
    """Return how the files below `folders` differ from those of the `last` scan; finds and raises what `scan` does.

    What the `last` scan found is not judged by its name again: it must have been found by the same rules.
    """
    walk = _Walk(root=root, real_root=Path(os.path.realpath(root)), known=last.stamps)
    trusted_ns = last.began_ns - TICK_NS
    left = dict(last.stamps)
    added: list[SourceFile] = []
    edited: list[SourceFile] = []
    touched: list[SourceFile] = []
    for path, status in walk.find_files(folders):
        stamp = left.pop(path, None)
        if stamp and _is_same(stamp, status, trusted_ns):
            continue
        file = _look_into(root, path, status)
        if file:
            (added if stamp is None else touched if file.digest == stamp[3] else edited).append(file)
        elif stamp:
            left[path] = stamp
    if walk.problems:
        raise ScanError(walk.problems, ())
    return Changes(added=tuple(added), edited=tuple(edited), touched=tuple(touched), deleted=tuple(left))


def is_unchanged(changes: Changes) -> bool:
    """Whether nothing is different, and nothing had to be read to find that out."""
    return not (changes.added or changes.edited or changes.touched or changes.deleted)


def update_scan(last: Scan, changes: Changes, began_ns: int) -> Scan:
    """Return the scan, begun at `began_ns`, that finds `last` with its `changes`; `last` itself without any."""
    if is_unchanged(changes):
        return last
    fresh = build_stamps((*changes.added, *changes.edited, *changes.touched))
    stamps = {**last.stamps, **fresh}
    for path in changes.deleted:
        del stamps[path]
    return stamp_scan(stamps, began_ns)


@dataclass(slots=True, kw_only=True)
class _Walk:
    root: Path
    real_root: Path
    known: Container[str] = frozenset()
    """Files whose names are known to be good."""
    problems: list[Problem] = field(default_factory=list)

    def find_files(self, folders: Iterable[str]) -> Iterator[tuple[str, os.stat_result]]:
        """Yield every file below `folders` with its stat result."""
        pending: list[tuple[str, tuple[Path, ...]]] = [(folder, ()) for folder in reversed(tuple(folders))]
        while pending:
            current, links = pending.pop()
            for path, entry in self._list(current):
                target = self._resolve(path) if entry.is_symlink() else None
                if target is not None and not self._may_follow(target, links, path):
                    continue
                try:
                    status = entry.stat()
                except OSError as failure:
                    self._pass_over_vanished(failure, path)
                    continue
                if stat.S_ISREG(status.st_mode):
                    yield path, status
                elif stat.S_ISDIR(status.st_mode):
                    pending.append((path, (*links, target) if target is not None else links))

    def _list(self, folder: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
        """Yield what is in a folder and not passed over, with its path; it can be looked at until the next."""
        try:
            descriptor = os.open(self.root / folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as failure:
            self._pass_over_vanished(failure, folder)
            return
        try:
            # By the descriptor, so that the system need not find the way to each file anew.
            with os.scandir(descriptor) as entries:
                for entry in entries:
                    path = f"{folder}/{entry.name}"
                    if path in self.known or self._is_wanted(entry.name, path):
                        yield path, entry
        finally:
            os.close(descriptor)

    def _pass_over_vanished(self, failure: OSError, path: str) -> None:
        if failure.errno not in _VANISHED:
            raise describe_failure(failure, self.root / path) from failure

    def _is_wanted(self, name: str, path: str) -> bool:
        return not is_passed_over(name) and (name.isascii() or self._is_utf8(path))

    def _resolve(self, path: str) -> Path:
        return Path(os.path.realpath(self.root / path))

    def _is_utf8(self, path: str) -> bool:
        try:
            path.encode("utf-8")
        except UnicodeEncodeError:
            shown = os.fsencode(path).decode("utf-8", "backslashreplace")
            self.problems.append(error("file-name", "the name is not UTF-8", shown, hint="rename the file"))
            return False
        return True

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


def _is_same(stamp: FileStamp, status: os.stat_result, trusted_ns: int) -> bool:
    """Whether a file can be trusted to hold what it held at the last scan: it last changed before `trusted_ns`."""
    return (
        stamp[0] == status.st_size
        and stamp[1] == status.st_mtime_ns
        and stamp[2] == status.st_ctime_ns
        and stamp[2] < trusted_ns
    )


def _recall(path: str, stamp: FileStamp) -> SourceFile:
    size, mtime_ns, ctime_ns, digest = stamp
    return SourceFile(path=path, size=size, mtime_ns=mtime_ns, ctime_ns=ctime_ns, digest=digest)


def _look_into(root: Path, path: str, status: os.stat_result) -> SourceFile | None:
    """Return a file by what it holds now; None where it has vanished."""
    data = _read(root, path)
    return None if data is None else _build_file(path, status, len(data), digest_bytes(data))


def _read(root: Path, path: str) -> bytes | None:
    try:
        with FileIO(f"{root}/{path}") as stream:  # half as long under way as `Path.read_bytes`
            return stream.read()
    except OSError as failure:
        if failure.errno in _VANISHED:
            return None
        raise describe_failure(failure, root / path) from failure


def _build_file(path: str, status: os.stat_result, size: int, digest: Digest) -> SourceFile:
    return SourceFile(path=path, size=size, mtime_ns=status.st_mtime_ns, ctime_ns=status.st_ctime_ns, digest=digest)
