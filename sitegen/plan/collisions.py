"""No two things may want one place in the output."""

from collections.abc import Iterable

from sitegen.errors import Problem, error
from sitegen.plan.out_paths import check_out_path, folding_key


class Claims:
    """Who wants which output path; refuses second claims, and paths that a file system cannot hold."""

    def __init__(self) -> None:
        """Start with nothing claimed."""
        self._owners: dict[str, tuple[str, str]] = {}
        self._folders: dict[str, tuple[str, str]] = {}
        self.problems: list[Problem] = []
        """What was refused."""

    def claim(self, path: str, source: str) -> None:
        """Give `path` to `source`, a file of the site or words such as "tag NATO"."""
        reason = check_out_path(path)
        if reason:
            self._refuse(source, f"cannot be written as `{path}`: {reason}", "choose another `slug` or `url`")
            return
        key = folding_key(path)
        taken = self._owners.get(key) or self._folders.get(key)
        if taken and taken != (path, source):
            self._refuse_double(path, source, *taken)
            return
        self._owners[key] = (path, source)
        for folder in _folders_above(key):
            owner = self._owners.get(folder)
            if owner:
                self._refuse_double(path, source, *owner)
                return
            self._folders.setdefault(folder, (path, source))

    def _refuse_double(self, path: str, source: str, other_path: str, other: str) -> None:
        if path == other_path:
            message = f"wants the same address as {other}: `/{path}`"
        else:
            message = f"`/{path}` cannot stand beside `/{other_path}` of {other} on every file system"
        self._refuse(source, message, "give one of them another `slug` or `url`")

    def _refuse(self, source: str, message: str, hint: str) -> None:
        file = source if "/" in source and " " not in source else None
        self.problems.append(error("url", message if file else f"{source} {message}", file, hint=hint))


def _folders_above(key: str) -> Iterable[str]:
    parts = key.split("/")[:-1]
    for length in range(len(parts), 0, -1):
        yield "/".join(parts[:length])
