"""What stands in the output folder, and whose it is.

Nothing here follows a symbolic link below the output folder: whoever can plant one must not make sitegen write or
delete elsewhere. The output folder itself may be a link.
"""

import hashlib
import os
import stat
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from sitegen.errors import MachineError, UsageError
from sitegen.model.names import Digest, OutPath
from sitegen.model.trace import OutputStamp, Trace
from sitegen.plan.out_paths import MANIFEST, folders_above, folding_key
from sitegen.storage.files import explain_failures

STAGING = ".sitegen-staging"
"""Folder inside the output where files wait to be published."""

_NO_SITE = frozenset({".gitignore", STAGING})
_SOURCES = ("content", "static", "themes")
_READABLE = 0o444
_ABSENT = (FileNotFoundError, NotADirectoryError)


def name_output(root: Path, output: Path) -> str:
    """Return what the memory of the site at `root` calls an output folder.

    One inside the site is called by its place there, so that it is known again when both are copied elsewhere.
    """
    real, real_root = Path(os.path.realpath(output)), Path(os.path.realpath(root))
    return real.relative_to(real_root).as_posix() if real.is_relative_to(real_root) else str(real)


def check_output(root: Path, output: Path, *, remembered: bool) -> None:
    """Refuse an output folder that sitegen cannot or must not write to; makes nothing.

    A folder with files but without a manifest is somebody else's, unless it is `remembered` that the site at `root` was
    published there. Raises MachineError with the remedy, and UsageError for a folder among the sources of the site.
    """
    _refuse_sources(Path(os.path.realpath(root)), Path(os.path.realpath(output)), output)
    with explain_failures(output):
        if not os.path.lexists(output):
            return
        if not output.exists():
            raise MachineError(f"{output} is a symbolic link to nothing", "remove it, or make the folder it leads to")
        if not output.is_dir():
            raise MachineError(f"{output} is a file", "choose another --output, or move it away")
        with os.scandir(output) as entries:
            names = {entry.name for entry in entries} - _NO_SITE
        if not os.access(output, os.W_OK | os.X_OK):
            raise MachineError(f"{output}: permission denied", "look at the owner and the permissions of the folder")
    if names and MANIFEST not in names and not remembered:
        raise MachineError(
            f"{output} is not empty, and sitegen did not write it",
            "choose another --output, or empty the folder; files of your own go into `static/`",
        )


def _refuse_sources(root: Path, output: Path, shown: Path) -> None:
    if root.is_relative_to(output) or any(output.is_relative_to(root / name) for name in _SOURCES):
        raise UsageError(
            f"{shown} holds sources of the site, and cannot be its output", "choose another --output, such as output/"
        )


def is_bare(output: Path) -> bool:
    """Whether nothing of a site stands in a folder, neither of this one nor of another."""
    with explain_failures(output), os.scandir(output) as entries:
        return {entry.name for entry in entries} <= _NO_SITE


def find_strangers(
    output: Path, paths: Collection[OutPath], ours: Collection[OutPath], standing: Collection[OutPath]
) -> tuple[str, ...]:
    """Return what stands where `paths` are to be written and is not in `ours`, sorted.

    That may be a file, a folder that holds such a file, or a symbolic link on the way. `standing` are those of `ours`
    that are known to be files, as they were published.
    """
    strangers: set[str] = set()
    ours_by_key: dict[str, str] = {}
    with explain_failures(output):
        if not output.is_dir():
            return ()
        obstacles = _find_obstacles(output, _list_folders(paths))
        strangers |= {place for place in obstacles if place not in ours}
        for path in paths:
            if path in standing or obstacles.intersection(folders_above(path)):
                continue
            status = look_at(output / path)
            if status is None:
                continue
            if stat.S_ISDIR(status.st_mode):
                strangers.update(_find_strangers_in(output, path, ours))
            elif path not in ours:
                ours_by_key = ours_by_key or {folding_key(known): known for known in ours}
                twin = ours_by_key.get(folding_key(path))
                if twin is None or not is_same_file(output / path, output / twin):
                    strangers.add(path)
    return tuple(sorted(strangers))


def _find_obstacles(output: Path, folders: Collection[str]) -> frozenset[str]:
    """Return those of `folders` where something else than a folder stands; looks into each folder above them once."""
    wanted: dict[str, set[str]] = {}
    for folder in folders:
        parent, _, name = folder.rpartition("/")
        wanted.setdefault(parent, set()).add(name)
    obstacles: set[str] = set()
    for parent in sorted(wanted):
        if obstacles.intersection((parent, *folders_above(parent))):
            continue
        try:
            with os.scandir(output / parent) as entries:
                obstacles |= {
                    f"{parent}/{entry.name}" if parent else entry.name
                    for entry in entries
                    if entry.name in wanted[parent] and not entry.is_dir(follow_symlinks=False)
                }
        except _ABSENT:
            continue
    return frozenset(obstacles)


def _find_strangers_in(output: Path, folder: str, ours: Collection[OutPath]) -> Iterator[str]:
    """Yield what a folder, in whose place a file is to be written, holds besides `ours`."""
    known = {above for path in ours for above in folders_above(path)}
    if folder not in known:
        yield folder
        return
    for base, folders, files in os.walk(output / folder):
        inside = Path(base).relative_to(output).as_posix()
        yield from (f"{inside}/{name}" for name in files if f"{inside}/{name}" not in ours)
        yield from (f"{inside}/{name}" for name in folders if f"{inside}/{name}" not in known)


def look_at(path: Path | str) -> os.stat_result | None:
    """Return the stat result of a file, folder or link itself; None where there is nothing."""
    try:
        return os.stat(path, follow_symlinks=False)  # noqa: PTH116 -- half the time of Path.stat
    except _ABSENT:
        return None


def is_same_file(path: Path, other: Path) -> bool:
    """Whether both are there and are one file, as on a file system that does not tell `Foo` from `foo`."""
    status, status_of_other = look_at(path), look_at(other)
    return bool(status and status_of_other and os.path.samestat(status, status_of_other))


def changed_outputs(
    output: Path, traces: Mapping[OutPath, Trace], manifest: Mapping[OutPath, str]
) -> dict[OutPath, Trace | None]:
    """Return the published files that are not as they were remembered, or not as the manifest says.

    Where the bytes are still the remembered ones there is a trace with the new stat, otherwise None.
    """
    changed: dict[OutPath, Trace | None] = {}
    folder = str(output)
    with explain_failures(output):
        for path, trace in traces.items():
            status = look_at(f"{folder}/{path}")
            if status is None or not _is_plain(status) or status.st_size != trace.size:
                changed[path] = None
            elif (
                status.st_mtime_ns != trace.mtime_ns
                or status.st_ctime_ns != trace.ctime_ns
                or manifest.get(path) != trace.digest
            ):
                same = hash_file(output / path) == trace.digest
                changed[path] = build_trace(read_stamp(status), trace.key, trace.digest) if same else None
    return changed


def stand_as_stamped(output: Path, stamps: Mapping[OutPath, OutputStamp]) -> bool:
    """Whether all published files are there, in folders and not behind links, with the stat that they had."""
    try:
        descriptor = os.open(output, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            for path, stamp in stamps.items():
                # From the descriptor on the way to each file is shorter.
                status = os.stat(path, dir_fd=descriptor, follow_symlinks=False)
                if (status.st_size, status.st_mtime_ns, status.st_ctime_ns) != stamp or not _is_plain(status):
                    return False
        finally:
            os.close(descriptor)
        return not _leads_through_links(output, stamps)
    except _ABSENT:
        return False


def _leads_through_links(output: Path, paths: Collection[OutPath]) -> bool:
    """Whether the way to one of `paths`, which are all there, leads through a symbolic link."""
    folders = _list_folders(paths)
    for parent in {folder.rpartition("/")[0] for folder in folders}:
        with explain_failures(output / parent), os.scandir(output / parent) as entries:
            links = [entry.name for entry in entries if entry.is_symlink()]
        if any((f"{parent}/{name}" if parent else name) in folders for name in links):
            return True
    return False


def _list_folders(paths: Collection[OutPath]) -> frozenset[str]:
    """Return all folders above `paths`; those above one that was seen before were seen with it."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return frozenset(folders)


def _is_plain(status: os.stat_result) -> bool:
    """Whether it is a file, and no link to one, that a web server may read."""
    return stat.S_ISREG(status.st_mode) and status.st_mode & _READABLE == _READABLE


def is_plain_file(path: Path) -> bool:
    """Whether there is a file, and no link to one, that a web server may read."""
    status = look_at(path)
    return status is not None and _is_plain(status)


def stands(output: Path, path: OutPath, digest: str) -> bool:
    """Whether `path` is a file with that SHA-256."""
    with explain_failures(output / path):
        return is_plain_file(output / path) and hash_file(output / path) == digest


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with explain_failures(path), path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def stat_trace(output: Path, path: OutPath, key: Digest, digest: str) -> Trace:
    """Return the trace of a file that was just published."""
    file = f"{output}/{path}"
    with explain_failures(file):
        return build_trace(read_stamp(os.stat(file, follow_symlinks=False)), key, digest)  # noqa: PTH116 -- as above


def build_trace(stamp: OutputStamp, key: Digest, digest: str) -> Trace:
    """Return the trace of a file with that stat."""
    size, mtime_ns, ctime_ns = stamp
    return Trace(key=key, digest=digest, size=size, mtime_ns=mtime_ns, ctime_ns=ctime_ns)


def read_stamp(status: os.stat_result) -> OutputStamp:
    """Return what of the stat of an output file is remembered."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def list_strays(output: Path, ours: Collection[OutPath]) -> tuple[str, ...]:
    """Return the files in the output that are not in `ours`, sorted."""
    found: list[str] = []
    with explain_failures(output):
        for base, _, files in os.walk(output):
            inside = Path(base).relative_to(output)
            found += [(inside / name).as_posix() for name in files]
    return tuple(sorted(path for path in found if path not in ours and path not in {MANIFEST, ".gitignore"}))
