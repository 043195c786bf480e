"""Finding the files of a site and telling which of them changed."""

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sitegen.errors import ContentError, Problem, error
from sitegen.model.digests import digest_bytes
from sitegen.model.source import SourceFile
from sitegen.storage.files import explain_failures, read_bytes

_DROPPINGS = (".swp", ".swo", ".tmp", "~")
_VIM_PROBE = "4913"


def scan(
    root: Path, folders: Sequence[str], known: Mapping[str, SourceFile], distrust_from_ns: int
) -> tuple[SourceFile, ...]:
    """Return all files below `folders` of the site at `root`, sorted by path.

    A file whose size and time of change are those in `known` keeps its digest, unless that time is not older than
    `distrust_from_ns`, when the last scan began: within one tick of the clock a second save would go unnoticed. Hidden
    files and what editors leave behind are passed over. Symbolic links are followed within the site; one that leads out
    or in a circle is an error, as is a name that is not UTF-8. Raises ContentError, or MachineError for what cannot be
    read.
    """
    problems: list[Problem] = []
    found: list[SourceFile] = []
    real_root = root.resolve()
    for folder in folders:
        for path, entry in _walk(root, real_root, folder, problems):
            file = _look_at(root, path, entry, known, distrust_from_ns)
            if file:
                found.append(file)
    if problems:
        raise ContentError(problems)
    return tuple(sorted(found, key=lambda file: file.path))


def _walk(root: Path, real_root: Path, folder: str, problems: list[Problem]) -> Iterator[tuple[str, os.stat_result]]:
    """Yield every file below `folder` with its stat result."""
    pending: list[tuple[str, tuple[Path, ...]]] = [(folder, ())]
    while pending:
        current, links = pending.pop()
        if not (root / current).is_dir():
            continue
        with explain_failures(root / current), os.scandir(root / current) as entries:
            names = [(entry.name, entry.is_symlink()) for entry in entries if not _is_passed_over(entry.name)]
        for name, is_link in names:
            path = f"{current}/{name}"
            if not _is_utf8(name):
                shown = os.fsencode(path).decode("utf-8", "backslashreplace")
                problems.append(error("file-name", "the name is not UTF-8", shown, hint="rename the file"))
                continue
            target = (root / path).resolve() if is_link else None
            if target is not None and not _may_follow(target, real_root, links, path, problems):
                continue
            try:
                status = (root / path).stat()
            except FileNotFoundError:
                continue
            if stat.S_ISDIR(status.st_mode):
                pending.append((path, (*links, target) if target is not None else links))
            elif stat.S_ISREG(status.st_mode):
                yield path, status


def _is_passed_over(name: str) -> bool:
    return name.startswith((".", "#")) or name.endswith(_DROPPINGS) or name in {_VIM_PROBE, "__pycache__"}


def _is_utf8(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _may_follow(target: Path, real_root: Path, links: tuple[Path, ...], path: str, problems: list[Problem]) -> bool:
    """Whether a symbolic link leads to somewhere in the site that is not above it."""
    if not target.is_relative_to(real_root):
        problems.append(
            error("symlink", "leads out of the site", path, hint="copy the file into the site instead of linking to it")
        )
        return False
    holder = real_root / os.path.dirname(path)  # noqa: PTH120 -- a POSIX path of the site, not of this machine
    if target in links or holder.is_relative_to(target) or not target.exists():
        problems.append(error("symlink", "leads in a circle, or to nothing", path, hint="remove the link"))
        return False
    return True


def _look_at(
    root: Path, path: str, status: os.stat_result, known: Mapping[str, SourceFile], distrust_from_ns: int
) -> SourceFile | None:
    before = known.get(path)
    if (
        before
        and before.size == status.st_size
        and before.mtime_ns == status.st_mtime_ns
        and status.st_mtime_ns < distrust_from_ns
    ):
        return before
    try:
        data = read_bytes(root / path)
    except Exception as failure:
        if isinstance(failure.__cause__, FileNotFoundError):
            return None
        raise
    return SourceFile(path=path, size=len(data), mtime_ns=status.st_mtime_ns, digest=digest_bytes(data))
