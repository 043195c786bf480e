"""Which pages have to be rendered, and why."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sitegen.model.digests import digest_bytes
from sitegen.model.names import Digest, OutPath
from sitegen.model.page import PageSpec, encode_spec

KEY_PARTS = ("view", "templates", "assets", "words", "site", "engine")
"""What a page is made from, in the order in which the digests stand in its key."""

_SHORT = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyDigests:
    """Digests of everything but the view that can change a page."""

    templates: Mapping[str, Digest]
    """Of every template with all that it extends, includes and imports."""
    assets: Digest
    """Of the theme's static files by name and content."""
    words: Mapping[str, Digest]
    """Of the theme's words by language."""
    sites: Mapping[str, Digest]
    """Of `site` by language."""
    engine: Digest
    """Of sitegen itself and the libraries it renders with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a page has to be rendered."""

    spec: PageSpec
    """The page."""
    reasons: tuple[str, ...]
    """`new`, `output`, or the parts of the key that changed; nothing if the page stands as it is."""


def build_key(spec: PageSpec, encoded: bytes, digests: KeyDigests) -> Digest:
    """Return the key of a page, of which `encoded` are the bytes: equal keys give equal bytes of output.

    It is the digests of `KEY_PARTS`, joined by `:`.
    """
    parts = (
        digest_bytes(encoded),
        digests.templates[spec.template],
        digests.assets,
        digests.words[spec.language],
        digests.sites[spec.language],
        digests.engine,
    )
    return Digest(":".join(part[:_SHORT] for part in parts))


def renew_key(key: Digest, encoded: bytes) -> Digest:
    """Return the key of a page that had `key`, of which nothing is another but its own bytes, `encoded`."""
    return Digest(":".join((digest_bytes(encoded)[:_SHORT], *key.split(":")[1:])))


def find_stale(
    specs: Iterable[PageSpec], keys: Mapping[OutPath, Digest], damaged: Collection[OutPath], digests: KeyDigests
) -> Iterator[Verdict]:
    """Yield a verdict for every page, in order.

    `keys` are those of the last publication; `damaged` are outputs that were changed or deleted since.
    """
    for spec in specs:
        before = keys.get(spec.path)
        if before is None:
            yield Verdict(spec=spec, reasons=("new",))
            continue
        key = build_key(spec, encode_spec(spec), digests)
        yield Verdict(spec=spec, reasons=_compare(key, before, damaged=spec.path in damaged))


def _compare(key: Digest, before: Digest, *, damaged: bool) -> tuple[str, ...]:
    reasons = ["output"] if damaged else []
    if key != before:
        pairs = zip(KEY_PARTS, key.split(":"), before.split(":"), strict=False)
        reasons += [name for name, now, then in pairs if now != then]
    return tuple(reasons) or (("engine",) if key != before else ())
