"""Which pages have to be rendered, and why."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

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


class KeyWriter:
    """Writes the keys of many pages that are made from the same parts."""

    def __init__(self, digests: KeyDigests) -> None:
        """Write keys of pages that are made from `digests`, besides their views."""
        self._digests = digests
        self._pages = SpecWriter()
        self._others: dict[tuple[str, str], str] = {}

    def write(self, spec: PageSpec) -> tuple[bytes, Digest]:
        """Return a page as `encode_spec` does, and its key: equal keys give equal bytes of output.

        A key is the digests of `KEY_PARTS`, joined by `:`.
        """
        page, view = self._pages.write(spec)
        return page, self._join(view, spec)

    def build(self, spec: PageSpec) -> Digest:
        """Return the key of a page."""
        return self._join(self._pages.digest(spec), spec)

    def is_key(self, key: Digest, spec: PageSpec) -> bool:
        """Whether a page has `key`.

        The view counts last: looking into it takes longer than all the rest.
        """
        view, _, others = key.partition(":")
        return others == self._join_others(spec) and view == _shorten(self._pages.digest(spec))

    def _join(self, view: Digest, spec: PageSpec) -> Digest:
        return Digest(f"{_shorten(view)}:{self._join_others(spec)}")

    def _join_others(self, spec: PageSpec) -> str:
        """Return all of a key but its first part."""
        kind = (spec.template, spec.language)
        others = self._others.get(kind)
        if others is None:
            digests = self._digests
            parts = (
                digests.templates[spec.template],
                digests.assets,
                digests.words[spec.language],
                digests.sites[spec.language],
                digests.engine,
            )
            others = self._others[kind] = ":".join(map(_shorten, parts))
        return others


def renew_key(key: Digest, view: Digest) -> Digest:
    """Return the key of a page that had `key`, of which nothing is another but itself: `view` is its digest."""
    return Digest(f"{_shorten(view)}:{key.partition(':')[2]}")


def is_alike(key: Digest, other: Digest) -> bool:
    """Whether the pages of two keys are made from the same but for themselves: by one template, in one language."""
    return key.partition(":")[2] == other.partition(":")[2]


def _shorten(digest: Digest) -> str:
    return digest[:_SHORT]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a page has to be rendered, and why."""

    spec: PageSpec
    """The page."""
    before: Digest | None
    """Its key when it was last published; None if it never was."""
    is_damaged: bool
    """Whether its file was changed or deleted since."""
    keys: KeyWriter
    """Writes the key that it has now."""

    @property
    def is_stale(self) -> bool:
        """Whether there is a reason to render it."""
        return self.before is None or self.is_damaged or not self.keys.is_key(self.before, self.spec)

    @property
    def reasons(self) -> tuple[str, ...]:
        """All of them: `new`, or `output` and the parts of the key that changed; nothing if it stands as it is."""
        if self.before is None:
            return ("new",)
        reasons = ["output"] if self.is_damaged else []
        key = self.keys.build(self.spec)
        if key != self.before:
            pairs = zip(KEY_PARTS, key.split(":"), self.before.split(":"), strict=False)
            reasons += [name for name, now, then in pairs if now != then]
        return tuple(reasons) or (("engine",) if key != self.before else ())


def find_stale(
    specs: Iterable[PageSpec], known: Mapping[OutPath, Digest], damaged: Collection[OutPath], digests: KeyDigests
) -> Iterator[Verdict]:
    """Yield a verdict for every page, in order.

    `known` are the keys of the last publication; `damaged` are outputs that were changed or deleted since.
    """
    keys = KeyWriter(digests)
    for spec in specs:
        yield Verdict(spec=spec, before=known.get(spec.path), is_damaged=spec.path in damaged, keys=keys)
