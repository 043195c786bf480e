"""Finding a site and reading its configuration."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.errors import Span, UsageError
from sitegen.model.digests import digest_bytes
from sitegen.model.names import Digest
from sitegen.storage.files import read_bytes

if TYPE_CHECKING:
    from sitegen.model.config import Config

CONFIG_NAME = "sitegen.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site on the disk."""

    root: Path
    """Its folder, absolute."""
    config: "Config"
    """Its configuration."""
    config_file: str
    """Name of the configuration's file in the folder."""
    config_digest: Digest
    """Digest of that file."""
    places: Mapping[str, Span] = field(default_factory=dict)
    """Where the old addresses of `[redirects]` and `[gone]` stand in it."""


def find_config(start: Path, named: Path | None) -> Path:
    """Return the configuration file: `named`, relative to `start`, or `sitegen.toml` in `start` or a folder above it.

    Raises UsageError where there is none.
    """
    if named is not None:
        path = (start / named).resolve()
        if not path.is_file():
            raise UsageError(f"there is no file {path}", "look at `--config`")
        return path
    folder = start.resolve()
    for candidate in (folder, *folder.parents):
        if (candidate / CONFIG_NAME).is_file():
            return candidate / CONFIG_NAME
    raise UsageError(
        f"there is no {CONFIG_NAME} in {folder} or above it",
        "go into a site's folder, or make one: sitegen init my-site",
    )


def load_site(start: Path, named: Path | None) -> Site:
    """Return the site that `start` belongs to. Raises UsageError, or ContentError for a configuration with mistakes."""
    # Validation takes a tenth of a second to load, and a build with nothing to do needs no more than the file's place.
    from sitegen.app.parsing import decode_text  # noqa: PLC0415
    from sitegen.parse.config import locate_old_addresses, parse_config  # noqa: PLC0415

    path = find_config(start, named)
    data = read_bytes(path)
    text = decode_text(data, path.name)
    return Site(
        root=path.parent,
        config=parse_config(text, path.name),
        config_file=path.name,
        config_digest=digest_bytes(data),
        places=locate_old_addresses(text, path.name),
    )
