"""What the options before the command say."""

from dataclasses import dataclass
from pathlib import Path

from sitegen.app.site import Site, find_config, load_site
from sitegen.cli.console import Console


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """How sitegen was called."""

    folder: Path
    """Where it works: `-C`, else the current folder."""
    config: Path | None
    """The configuration that was named."""
    console: Console
    """How it speaks."""

    def load_site(self) -> Site:
        """Return the site of this call; raises UsageError, or ContentError with problems relative to `root`."""
        return load_site(self.folder, self.config)

    def root(self) -> Path:
        """Return the folder of the site, whether its configuration is sound or not."""
        return find_config(self.folder, self.config).parent
