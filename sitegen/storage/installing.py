"""Many files into a site, all or none of them.

Files are staged on the site's own file system. A journal then says where each of them goes; from that moment on a run
that is killed is finished by the next one. Every file is whole at any time.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sitegen.errors import MachineError
from sitegen.model.codec import UnreadableError, decode, encode
from sitegen.plan.out_paths import check_out_path
from sitegen.storage.files import explain_failures, make_folder, read_bytes, remove_tree, write_atomic
from sitegen.storage.lock import hold_memory
from sitegen.storage.output_tree import OutputTree

_JOURNAL = "journal.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Journal:
    """What is to be moved, in order."""

    renames: tuple[tuple[str, str], ...]
    """Name in the staging folder, and path below the site."""


@dataclass(slots=True)
class Installation:
    """Files that wait to be installed; see `open_installation`."""

    root: Path
    """The site."""
    folder: Path
    """Where they wait."""
    names: dict[str, str] = field(default_factory=dict)
    """Name in the folder by path below the site, in the order in which they go."""

    def add(self, path: str, data: bytes) -> None:
        """Stage a file; of two for one path the later counts."""
        name = self.names.setdefault(path, f"{len(self.names):07}")
        with explain_failures(self.root / path):
            (self.folder / name).write_bytes(data)

    def read(self, path: str) -> bytes | None:
        """Return what will stand at `path`: what was staged for it, else what is there; None for nothing."""
        if path in self.names:
            return read_bytes(self.folder / self.names[path])
        file = self.root / path
        self._refuse_links(path)
        return read_bytes(file) if file.is_file() else None

    def apply(self) -> None:
        """Move every file to its place."""
        for path in self.names:
            self._refuse_links(path)
        tree = OutputTree(self.root)
        tree.check_writable(self.names)
        journal = _Journal(renames=tuple((name, path) for path, name in self.names.items()))
        write_atomic(self.folder / _JOURNAL, encode(journal))
        _finish(self.folder, tree, journal)

    def _refuse_links(self, path: str) -> None:
        """Refuse to write through a symbolic link."""
        place = self.root
        for part in path.split("/"):
            place /= part
            if place.is_symlink():
                raise MachineError(f"{place} is a symbolic link: nothing is written through it", "move it away")


@contextmanager
def open_installation(root: Path, folder: Path) -> Iterator[Installation]:
    """Begin an installation into the site at `root`, staged in `folder`, which is on the same file system.

    What a killed run had begun is finished first. The folder goes in the end, unless `apply` was interrupted: then the
    next run goes on there. Raises MachineError where another run is about the same.
    """
    with hold_memory(folder, "import", patience=0.0):
        _recover(root, folder)
        make_folder(folder)
        try:
            yield Installation(root=root, folder=folder)
        finally:
            if not (folder / _JOURNAL).exists():
                remove_tree(folder)


def _recover(root: Path, folder: Path) -> None:
    path = folder / _JOURNAL
    if path.is_file():
        try:
            journal = decode(read_bytes(path), _Journal)
        except UnreadableError:
            journal = _Journal(renames=())
        if any(check_out_path(target) for _, target in journal.renames):
            journal = _Journal(renames=())  # sitegen has not written it
        _finish(folder, OutputTree(root), journal)
    remove_tree(folder)


def _finish(folder: Path, tree: OutputTree, journal: _Journal) -> None:
    for name, path in journal.renames:
        tree.move_in(f"{folder}/{name}", path)
    tree.sync()
    with explain_failures(folder):
        shutil.rmtree(folder)
