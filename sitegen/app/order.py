"""What somebody wants of a build, before anything of the site is read."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from sitegen.model.digests import digest_value
from sitegen.model.names import Digest
from sitegen.model.preview import Preview

AddressCare = Literal["keep", "check", "show"]
"""What a build does about addresses that were published once: lost ones are errors, and new ones are kept in mind; lost
ones are errors; or, in a preview, lost ones are warnings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What decides about a build besides the files of the site and the clock."""

    config_file: Path
    """The configuration; the site is the folder that it lies in."""
    output: Path
    """Where the site goes."""
    state_folder: Path
    """Where sitegen remembers what it did."""
    base_url: str | None = None
    """Where the site will stand, if not where the configuration says."""
    preview: Preview = field(default_factory=Preview)
    """What is shown although it is not published."""
    strict: bool = False
    """Warnings are errors."""
    keep_going: bool = False
    """Publish what is sound."""
    addresses: AddressCare = "keep"
    """What to do about addresses that were published once."""

    @property
    def root(self) -> Path:
        """The site's folder."""
        return self.config_file.parent


def mark_order(order: Order, config: Digest) -> Digest:
    """Return what tells whether two builds were ordered alike, with a configuration file of the digest `config`.

    Whether warnings are errors is no part of it: without warnings that makes no difference.
    """
    return digest_value(
        (config, order.config_file.name, order.base_url, order.preview, order.keep_going, order.addresses)
    )
