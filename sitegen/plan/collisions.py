"""No two things may want one place in the output."""

from sitegen.errors import Problem
from sitegen.plan.out_paths import MANIFEST, check_out_path, folding_key

_FILES = ("content/", "static/", "/")


class Claims:
    """Who wants which output path; refuses second claims, and paths that a file system cannot hold."""

    def __init__(self) -> None:
        """Start with nothing claimed but the place of the manifest."""
        self._owners: dict[str, tuple[str, str]] = {}
        self._folders: dict[str, tuple[str, str, str]] = {}
        self.problems: list[Problem] = []
        """What was refused."""
        self.claim(MANIFEST, "the manifest")

    def claim(self, path: str, source: str) -> None:
        """Give `path` to `source`, a file of the site or words such as "tag NATO"."""
        reason = check_out_path(path)
        if reason:
            self._refuse(source, f"cannot be written as `{path}`: {reason}", "choose another `slug` or `url`")
            return
        key = folding_key(path)
        rival = self._owners.get(key)
        if rival == (path, source):
            return
        rival = rival or self._folders.get(key, (None, None, None))[1:]  # type: ignore[assignment]
