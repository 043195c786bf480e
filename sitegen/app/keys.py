"""Under which keys the memory keeps what sources say."""

from typing import Literal

from sitegen.model.config import Config
from sitegen.model.digests import digest_value
from sitegen.model.names import Digest
from sitegen.model.values import replace

Digests = tuple[Digest, ...]
"""Digests of the files that a value is read from: its own, then that of its moderation file if it has one."""


def digest_reading(config: Config, engine: Digest) -> Digest:
    """Return the digest of all that decides about what documents say, besides their files."""
    return digest_value((config.markdown, config.front_matter, config.timezone, config.language, config.rating, engine))


def digest_commenting(config: Config, engine: Digest) -> Digest:
    """Return the digest of all that decides about what comments say, besides their files."""
    return digest_value((replace(config.comments, contact=""), config.feeds.comments, engine))


def key_source(
    kind: Literal["article", "snapshot"], path: str, digests: Digests, about: Digest, moderation: str = ""
) -> Digest:
    """Return the key of what the file at `path` says, with the moderation file at `moderation`, if there is one.

    `about` is the digest of all that decides about it besides these files.
    """
    return digest_value((kind, path, digests, moderation, about))
