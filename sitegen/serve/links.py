"""Symbolic links within a site, whose targets must be watched in their own places."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTargets:
    """Where links lead; all paths are real ones."""

    folders: frozenset[Path]
    """Folders."""
    files: frozenset[Path]
    """Files."""


def find_link_targets(folders: Iterable[Path], root: Path) -> LinkTargets:
    """Return where links below `folders` lead, and links behind those links.

    Only what is below `root`, and no folder above its link: a build refuses all others. Paths given are real ones.
    """
    found: dict[Path, bool] = {}
    pending = list(folders)
    while pending:
        for link in _find_links(pending.pop()):
            target = Path(os.path.realpath(link))
            if target in found or not target.is_relative_to(root) or link.is_relative_to(target):
                continue
            found[target] = target.is_dir()
            if found[target]:
                pending.append(target)
    return LinkTargets(
        folders=frozenset(path for path, is_folder in found.items() if is_folder),
        files=frozenset(path for path, is_folder in found.items() if not is_folder),
    )


def _find_links(folder: Path) -> Iterator[Path]:
    """Yield the symbolic links below `folder`, without going through them."""
    pending = [folder]
    while pending:
        try:
            with os.scandir(pending.pop()) as entries:
                found = [entry for entry in entries if not entry.name.startswith(".")]
        except OSError:
            continue  # gone already, or not to be read: the build will say so
        for entry in found:
            if entry.is_symlink():
                yield Path(entry.path)
            elif entry.is_dir():
                pending.append(Path(entry.path))
