"""Reading and writing single files; every failure is told in one line with path and cause."""

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

from sitegen.errors import MachineError
from sitegen.model.digests import digest_bytes
from sitegen.model.names import Digest

FILE_MODE = 0o644
FOLDER_MODE = 0o755

_REMEDIES = {
    errno.ENOSPC: "free some space and run it again; nothing was lost",
    errno.EDQUOT: "the quota is used up: free some space and run it again; nothing was lost",
    errno.EACCES: "look at the owner and the permissions",
    errno.EPERM: "look at the owner and the permissions",
    errno.EROFS: "the file system is read-only",
    errno.EMFILE: "too many files are open: raise the limit with `ulimit -n`",
}


@contextmanager
def explain_failures(path: Path | str) -> Iterator[None]:
    """Turn an OSError in the body of the `with` into a MachineError that names `path` and the cause.

    Where the error itself names a file that one is named, and of a renaming the target: it is the one that people know.
    """
    try:
        yield
    except OSError as failure:
        raise describe_failure(failure, path) from failure


def describe_failure(failure: OSError, path: Path | str) -> MachineError:
    """Return what `explain_failures` raises."""
    named = next((name for name in (failure.filename2, failure.filename) if isinstance(name, str)), path)
    shown = os.fsencode(named).decode("utf-8", "backslashreplace")
    cause = (failure.strerror or str(failure)).lower()
    return MachineError(f"{shown}: {cause}", _REMEDIES.get(failure.errno or 0))


def read_bytes(path: Path | str) -> bytes:
    """Return the content of a file."""
    try:
        # Thousands of files are read in a row: without a buffer each takes half as long.
        with FileIO(path) as stream:
            return stream.read()
    except OSError as failure:
        raise describe_failure(failure, path) from failure


def digest_file(path: Path) -> Digest | None:
    """Return the digest of a file, None where there is none."""
    return digest_bytes(read_bytes(path)) if path.exists() else None


def make_folder(path: Path) -> None:
    """Make a folder and those above it, readable by a web server whatever the umask."""
    with explain_failures(path):
        missing = [folder for folder in (path, *path.parents) if not folder.exists()]
        for folder in reversed(missing):
            folder.mkdir(exist_ok=True)
            folder.chmod(FOLDER_MODE)
        if not path.is_dir():
            raise MachineError(f"{path}: is a file where a folder must be", "move it away")


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all, and survives a loss of power.

    What a killed process leaves beside it has a name that the next attempt uses again.
    """
    make_folder(path.parent)
    temporary = path.with_name(f".sitegen-{hashlib.sha256(os.fsencode(path.name)).hexdigest()[:16]}.tmp")
    with explain_failures(path):
        try:
            with open(temporary, "wb", opener=_open_no_link) as stream:
                stream.write(data)
                stream.flush()
                os.fchmod(stream.fileno(), FILE_MODE)
                os.fsync(stream.fileno())
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def _open_no_link(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC, FILE_MODE)


def sync_folder(path: Path) -> None:
    """Make renames within a folder survive a loss of power, where the system can."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass  # some network file systems cannot sync a folder, and need no syncing
    finally:
        os.close(descriptor)


def sync_file_system(folder: Path) -> None:
    """Make all that was written to the file system of `folder` survive a loss of power.

    syncfs(2) where the system has it: sync(2) would wait for what others write to other disks as well.
    """
    import ctypes  # noqa: PLC0415 -- a build with nothing to do syncs nothing

    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    with explain_failures(folder):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            if syncfs is None:
                os.sync()
            elif syncfs(descriptor):
                raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        finally:
            os.close(descriptor)


def remove_file(path: Path) -> None:
    """Delete a file; one that is not there is no failure."""
    with explain_failures(path):
        path.unlink(missing_ok=True)


def remove_tree(path: Path) -> None:
    """Delete a folder with everything in it; one that is not there is no failure."""
    import shutil  # noqa: PLC0415 -- as above

    with explain_failures(path):
        if path.is_dir():
            shutil.rmtree(path)


def remove_empty_folders(folder: Path) -> None:
    """Delete every folder below `folder` that holds nothing, but not `folder` itself."""
    with explain_failures(folder):
        for base, _, _ in os.walk(folder, topdown=False):
            path = Path(base)
            if path != folder and not any(path.iterdir()):
                path.rmdir()
