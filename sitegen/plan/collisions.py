"""No two things may want one place in the output."""

import re
from collections.abc import Iterable

from sitegen.errors import Problem, error
from sitegen.plan.out_paths import MANIFEST, check_out_path, folding_key

ARCHIVE = "the archive"
TAGS = "the page with all tags"
AUTHORS = "the page with all authors"
CORRECTIONS = "the corrections page"

_SWITCHES = {ARCHIVE: "archive", TAGS: "tags", AUTHORS: "authors", CORRECTIONS: "corrections"}
"""Sources that can be switched off, or how they begin, with their key below `[pages]`."""


class Claims:
    """Who wants which output path; refuses second claims, and paths that a file system cannot hold."""

    def __init__(self) -> None:
        """Start with nothing claimed but the place of the manifest."""
        self._owners: dict[str, tuple[str, str]] = {}
        self._folders: dict[str, tuple[str, str, str]] = {}
        self._known: set[str] = set()
        self.problems: list[Problem] = []
        """What was refused."""
        self.claim(MANIFEST, "the manifest")

    def claim(self, path: str, source: str) -> None:
        """Give `path` to `source`, a file of the site or words such as "tag NATO"."""
        key = folding_key(path)
        folders = self._list_new_folders(path, key)
        known = folders[0][0].rpartition("/")[0] if folders else path.rpartition("/")[0]
        # What is known lies above a sound path, and needs no second look.
        if check_out_path(path[len(known) + 1 :] if known else path):
            reason = check_out_path(path)
            self._refuse(source, f"cannot be written as `{path}`: {reason}", "choose another `slug` or `url`")
            return
        if self._owners.get(key) == (path, source):
            return
        rival = self._find_rival(key, folders)
        if rival:
            self._refuse_double(path, source, *rival)
            return
        self._owners[key] = (path, source)
        for folder, folder_key in folders:
            self._folders.setdefault(folder_key, (folder, path, source))
            self._known.add(folder)

    def _list_new_folders(self, path: str, key: str) -> list[tuple[str, str]]:
        """Return the folders above `path` that no sound path lies in yet, with their keys, the outermost first."""
        found: list[tuple[str, str]] = []
        folder, folder_key = path.rpartition("/")[0], key.rpartition("/")[0]
        while folder and folder not in self._known:
            found.append((folder, folder_key))
            folder, folder_key = folder.rpartition("/")[0], folder_key.rpartition("/")[0]
        return found[::-1]

    def _find_rival(self, key: str, folders: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
        """Return path and source of what keeps a path from standing everywhere.

        `key` is its folding key, and `folders` are those above it that nothing lies in yet.
        """
        rival = self._owners.get(key)
        if rival is None and key in self._folders:
            rival = self._folders[key][1:]
        for folder, folder_key in folders:
            if rival is None:
                rival = self._owners.get(folder_key)
            if rival is None:
                # `Foo/a` and `foo/b` would lie in one folder here, and in two there.
                spelling, *other = self._folders.get(folder_key, (folder, "", ""))
                rival = (other[0], other[1]) if spelling != folder else None
        return rival

    def _refuse_double(self, path: str, source: str, other_path: str, other: str) -> None:
        if path == other_path:
            message = f"wants the same address as {other}: `/{path}`"
        else:
            message = f"`/{path}` cannot stand beside `/{other_path}` of {other} on every file system"
        hint = "give one of them another `slug` or `url`"
        key = next((key for words, key in _SWITCHES.items() if source.startswith(words) or other.startswith(words)), "")
        self._refuse(source, message, f"{hint}, or write `{key} = false` below `[pages]`" if key else hint)

    def _refuse(self, source: str, message: str, hint: str) -> None:
        found = _BLAMED.fullmatch(source)
        words, file = (found[1], found[2]) if found else (source, None)
        self.problems.append(error("url", f"{words} {message}" if words else message, file, hint=hint))


_BLAMED = re.compile(r"(?:(.*?) (?:in|on) )?((?:content|static|themes)/.*|sitegen\.toml|/.*)", re.DOTALL)
"""A file of the site or of a theme, with what of it is meant: `an alias in content/world/bridge.md`."""
