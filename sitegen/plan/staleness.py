"""Which pages have to be rendered, and why."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sitegen.model.digests import digest_bytes
from sitegen.model.names import Digest, OutPath
from sitegen.model.page import PageSpec, SpecWriter

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
    """Whether a page has to be rendered, and why."""

    spec: PageSpec
    """The page."""
    before: Digest | None
    """Its key when it was last published; None if it never was."""
    is_damaged: bool
    """Whether its file was changed or deleted since."""
    digests: KeyDigests
    """What it is made from now, besides its view."""
    writer: SpecWriter
    """Writes its view, and those of all others."""

    @property
    def is_stale(self) -> bool:
        """Whether there is a reason to render it.

        The view counts last: turning it into bytes takes longer than all the rest.
        """
        if self.before is None or self.is_damaged:
            return True
        view, _, others = self.before.partition(":")
        if others != _join_others(self.spec, self.digests):
            return True
        return view != _shorten(digest_bytes(self.writer.encode(self.spec)))

    @property
    def reasons(self) -> tuple[str, ...]:
        """All of them: `new`, or `output` and the parts of the key that changed; nothing if it stands as it is."""
        if self.before is None:
            return ("new",)
        reasons = ["output"] if self.is_damaged else []
        key = build_key(self.spec, self.writer.encode(self.spec), self.digests)
        if key != self.before:
            pairs = zip(KEY_PARTS, key.split(":"), self.before.split(":"), strict=False)
            reasons += [name for name, now, then in pairs if now != then]
        return tuple(reasons) or (("engine",) if key != self.before else ())


def build_key(spec: PageSpec, encoded: bytes, digests: KeyDigests) -> Digest:
    """Return the key of a page, of which `encoded` are the bytes: equal keys give equal bytes of output.

    It is the digests of `KEY_PARTS`, joined by `:`.
    """
    return Digest(f"{_shorten(digest_bytes(encoded))}:{_join_others(spec, digests)}")


def renew_key(key: Digest, encoded: bytes) -> Digest:
    """Return the key of a page that had `key`, of which nothing is another but its own bytes, `encoded`."""
    return Digest(f"{_shorten(digest_bytes(encoded))}:{key.partition(':')[2]}")


def _join_others(spec: PageSpec, digests: KeyDigests) -> str:
    """Return all of a key but its first part."""
    parts = (
        digests.templates[spec.template],
        digests.assets,
        digests.words[spec.language],
        digests.sites[spec.language],
        digests.engine,
    )
    return ":".join(map(_shorten, parts))


def _shorten(digest: Digest) -> str:
    return digest[:_SHORT]


def find_stale(
    specs: Iterable[PageSpec], keys: Mapping[OutPath, Digest], damaged: Collection[OutPath], digests: KeyDigests
) -> Iterator[Verdict]:
    """Yield a verdict for every page, in order.

    `keys` are those of the last publication; `damaged` are outputs that were changed or deleted since.
    """
    writer = SpecWriter()
    for spec in specs:
        yield Verdict(
            spec=spec,
            before=keys.get(spec.path),
            is_damaged=spec.path in damaged,
            digests=digests,
            writer=writer,
        )
