"""Finding the files of a site and telling which of them changed."""

import errno
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sitegen.errors import ContentError, Problem, error
from sitegen.model.digests import digest_bytes
from sitegen.model.source import SourceFile
from sitegen.storage.files import describe_failure

_DROPPINGS = (".swp", ".swo", ".tmp", "~")
_VIM_PROBE = "4913"
_VANISHED = frozenset({errno.ENOENT, errno.ENOTDIR})
_TICK_NS = 2_000_000_000
"""The coarsest clock of a file system in use: FAT counts time by two seconds."""


class ScanError(ContentError):
    """Some files of a site cannot be used; the others can still be looked at, for what else is wrong."""

    def __init__(self, problems: Sequence[Problem], files: tuple[SourceFile, ...]) -> None:
        """Carry `problems` and the `files` without any."""
        super().__init__(problems)
        self.files = files


def scan(
    root: Path, folders: Sequence[str], known: Mapping[str, SourceFile], distrust_from_ns: int
) -> tuple[SourceFile, ...]:
    """Return all files below `folders` of the site at `root`, sorted by path.

    A file whose size and times are those in `known` keeps its digest, unless it changed at about `distrust_from_ns`,
    when the last scan began, or later: within one tick of the clock a second save would go unnoticed. Hidden files and
    what editors leave behind are passed over, and so is what vanishes meanwhile. Symbolic links are followed within the
    site; one that leads out, in a circle or to something hidden is an error, as is a name that is not UTF-8. Raises
    ScanError, or MachineError for what cannot be read.
    """
    walk = _Walk(root=root, real_root=Path(os.path.realpath(root)))
    found: list[SourceFile] = []
    for folder in folders:
        for path, status in walk.find_files(folder):
            file = _look_at(root, path, status, known, distrust_from_ns - _TICK_NS)
            if file:
                found.append(file)
    files = tuple(sorted(found, key=lambda file: file.path))
    if walk.problems:
        raise ScanError(walk.problems, files)
    return files


@dataclass(slots=True, kw_only=True)
class _Walk:
    root: Path
    real_root: Path
    problems: list[Problem] = field(default_factory=list)

    def find_files(self, folder: str) -> Iterator[tuple[str, os.stat_result]]:
        """Yield every file below `folder` with its stat result."""
        pending: list[tuple[str, tuple[Path, ...]]] = [(folder, ())]
        while pending:
            current, links = pending.pop()
            for name, is_link in self._list(current):
                path = f"{current}/{name}"
                target = Path(os.path.realpath(self.root / path)) if is_link else None
                if target is not None and not self._may_follow(target, links, path):
                    continue
                status = self._stat(path)
                if status is None:
                    continue
                if stat.S_ISDIR(status.st_mode):
                    pending.append((path, (*links, target) if target is not None else links))
                elif stat.S_ISREG(status.st_mode):
                    yield path, status

    def _list(self, folder: str) -> list[tuple[str, bool]]:
        """Return the names in a folder that are not passed over, and whether each is a symbolic link."""
        try:
            with os.scandir(self.root / folder) as entries:
                found = [(entry.name, entry.is_symlink()) for entry in entries if not is_passed_over(entry.name)]
        except OSError as failure:
            if failure.errno in _VANISHED:
                return []
            raise describe_failure(failure, self.root / folder) from failure
        return [(name, is_link) for name, is_link in found if self._is_utf8(f"{folder}/{name}")]

    def _is_utf8(self, path: str) -> bool:
        try:
            path.encode("utf-8")
        except UnicodeEncodeError:
            shown = os.fsencode(path).decode("utf-8", "backslashreplace")
            self.problems.append(error("file-name", "the name is not UTF-8", shown, hint="rename the file"))
            return False
        return True

    def _stat(self, path: str) -> os.stat_result | None:
        try:
            return os.stat(self.root / path)  # noqa: PTH116 -- half the time of Path.stat
        except OSError as failure:
            if failure.errno in _VANISHED:
                return None
            raise describe_failure(failure, self.root / path) from failure

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


def _look_at(
    root: Path, path: str, status: os.stat_result, known: Mapping[str, SourceFile], distrust_from_ns: int
) -> SourceFile | None:
    before = known.get(path)
    if (
        before
        and before.size == status.st_size
        and before.mtime_ns == status.st_mtime_ns
        and before.ctime_ns == status.st_ctime_ns < distrust_from_ns
    ):
        return before
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
