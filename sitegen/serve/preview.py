"""What the server shows: a folder that is built again and again, and what is wrong with the site."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sitegen.plan.out_paths import MANIFEST
from sitegen.serve.reload import Hub


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A preview of a site, shared by all threads of the server."""

    folder: Path
    """Where the pages are."""
    hub: Hub = field(default_factory=Hub)
    """What open pages are told."""
    miss: Callable[[], None] = lambda: None
    """Called when there is nothing to show, so that somebody may build it."""

    def is_built(self) -> bool:
        """Whether there is a build to show."""
        return (self.folder / MANIFEST).is_file()
