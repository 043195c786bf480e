"""What the options before the command say."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.cli.console import Console

if TYPE_CHECKING:
    from sitegen.app.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """How sitegen was called."""

    folder: Path
    """Where it works: `-C`, else the current folder."""
    config: Path | None
    """The configuration that was named."""
    console: Console
    """How it speaks."""

    def load_site(self) -> "Site":
        """Return the site of this call; raises UsageError, or ContentError with problems relative to `root`."""
        from sitegen.app.site import load_site  # noqa: PLC0415 -- `--help` needs no site

        return load_site(self.folder, self.config)

    def root(self) -> Path:
        """Return the folder of the site, whether its configuration is sound or not."""
        from sitegen.app.site import find_config  # noqa: PLC0415 -- as above

        return find_config(self.folder, self.config).parent
