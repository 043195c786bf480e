"""Moving files into the output and deleting them there, never through a symbolic link."""

import errno
import os
import stat
from collections.abc import Collection, Iterable
from contextlib import suppress
from itertools import takewhile
from pathlib import Path

from sitegen.errors import MachineError
from sitegen.plan.out_paths import folders_above, folding_key
from sitegen.storage.files import FOLDER_MODE, explain_failures, sync_file_system, sync_folder
from sitegen.storage.output import is_same_file, look_at

_MANY = 64
_OCCUPIED = frozenset({errno.ENOTEMPTY, errno.EEXIST, errno.EBUSY})
_NOT_FREE = _OCCUPIED | {errno.ENOTDIR, errno.ENOENT}


class OutputTree:
    """The output folder while it is written to; paths are POSIX paths below it.

    A site is moved in file by file, and joining strings takes a tenth of what joining a `Path` does.
    """

    def __init__(self, output: Path) -> None:
        """Write into `output`, which must exist."""
        self.is_changed = False
        """Whether any file has gone or come."""
        self._output = output
        self._root = str(output)
        self._real: set[str] = set()
        self._made: list[str] = []
        self._touched: set[str] = {""}
        self._twins: dict[str, str] | None = None

    def check_writable(self, paths: Iterable[str]) -> None:
        """Raise MachineError where one of `paths` lies in a folder that may not be written to."""
        for folder in sorted({path.rpartition("/")[0] for path in paths}):
            place = f"{self._root}/{folder}"
            status = look_at(place) if folder else None
            if status is not None and stat.S_ISDIR(status.st_mode) and not os.access(place, os.W_OK | os.X_OK):
                raise MachineError(f"{place}: permission denied", "look at the owner and the permissions")

    def make_folders(self, paths: Iterable[str]) -> None:
        """Make the folders that `paths` lie in, as far as nothing stands in the way yet."""
        for path in paths:
            if not self._is_in_place(path):
                for folder in folders_above(path):
                    if not self._make(folder):
                        break

    def remove_made_folders(self) -> None:
        """Take the folders away that `make_folders` made, if they are empty."""
        with suppress(OSError):
            for folder in reversed(self._made):
                os.rmdir(f"{self._root}/{folder}")  # noqa: PTH106 -- as all of these

    def move_in(self, source: str, path: str) -> None:
        """Move a staged file to its place, unless a run before has done so."""
        target = f"{self._root}/{path}"
        with explain_failures(target):
            if look_at(source) is None:
                return
            if not self._is_in_place(path):
                self._make_way(path)
            os.replace(source, target)  # noqa: PTH105
        self.is_changed = True
        self._touched.add(path.rpartition("/")[0])

    def move_folder_in(self, source: str, folder: str) -> bool:
        """Move a staged folder with all that is in it; return False where it is gone, or its place is taken."""
        target = f"{self._root}/{folder}"
        with explain_failures(target):
            try:
                os.rename(source, target)  # noqa: PTH104
            except OSError as failure:
                if failure.errno in _NOT_FREE:
                    return False
                raise
        self.is_changed = True
        return True

    def _make_way(self, path: str) -> None:
        for folder in folders_above(path):
            if not self._make(folder):
                raise MachineError(
                    f"{self._output / folder} was not written by sitegen, and stands where a folder belongs",
                    "move it away, and run it again",
                )

    def remove(self, path: str, *, wanted: Collection[str]) -> bool:
        """Delete a file and the folders that are empty without it; return whether there was one.

        What lies behind a symbolic link stays, and so does a file that is one of `wanted` under another name.
        """
        target = self._output / path
        folders = tuple(folders_above(path))
        real = tuple(takewhile(self._is_folder, folders))
        with explain_failures(target):
            status = look_at(target) if real == folders else None
            is_file = status is not None and not stat.S_ISDIR(status.st_mode) and not self._is_twin(path, wanted)
            if is_file:
                target.unlink(missing_ok=True)
                self.is_changed = True
        for folder in reversed(real):
            if not self._remove_empty(folder):
                break
        return is_file

    def sync(self) -> None:
        """Make all of it survive a loss of power."""
        if len(self._touched) > _MANY:
            sync_file_system(self._output)
            return
        for folder in self._touched:
            sync_folder(self._output / folder)

    def _is_in_place(self, path: str) -> bool:
        """Whether the folder that `path` lies in is known to be one, and so all of those above it."""
        folder = path.rpartition("/")[0]
        return not folder or folder in self._real

    def _make(self, folder: str) -> bool:
        """Make a folder if it is missing; return whether it is one now."""
        if folder in self._real:
            return True
        place = f"{self._root}/{folder}"
        with explain_failures(place):
            try:
                os.mkdir(place)  # noqa: PTH102
            except FileExistsError:
                return self._is_folder(folder)
            os.chmod(place, FOLDER_MODE)  # noqa: PTH101
        self._made.append(folder)
        self._touched.add(folder.rpartition("/")[0])
        self._real.add(folder)
        return True

    def _is_folder(self, folder: str) -> bool:
        if folder not in self._real:
            status = look_at(f"{self._root}/{folder}")
            if status is None or not stat.S_ISDIR(status.st_mode):
                return False
            self._real.add(folder)
        return True

    def _is_twin(self, path: str, wanted: Collection[str]) -> bool:
        """Whether a file system that folds case holds `path` to be one of `wanted`."""
        if self._twins is None and wanted:
            self._twins = {folding_key(name): name for name in wanted}
        twin = (self._twins or {}).get(folding_key(path))
        return twin is not None and is_same_file(self._output / path, self._output / twin)

    def _remove_empty(self, folder: str) -> bool:
        """Delete a folder if it is empty; return whether it is gone."""
        place = self._output / folder
        with explain_failures(place):
            try:
                place.rmdir()
            except FileNotFoundError:
                pass
            except OSError as failure:
                if failure.errno in _OCCUPIED:
                    return False
                raise
        self._real.discard(folder)
        self._touched.discard(folder)
        return True
