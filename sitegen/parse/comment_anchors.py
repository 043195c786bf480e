"""The `id` attributes of comments: the platform's own numbers, so that old links keep working."""

import re
from collections.abc import Iterable
from hashlib import blake2b

_PLAIN = re.compile(r"(?:[A-Za-z][A-Za-z0-9]*-)?([A-Za-z0-9]+)")
"""How nearly every id is written: a number, and mostly a prefix."""
_PREFIX = re.compile(r"\A[A-Za-z][A-Za-z0-9]*-(?=.)")
_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]")


def choose_anchors(ids: Iterable[str]) -> tuple[str, ...]:
    """Return an anchor for every id, all different: `comment-901` for `wp-901`.

    Where two platforms have the same number, the second keeps its prefix: `comment-disqus-901`. An id with other
    characters than ASCII letters, digits and `-_.` gets hyphens for them and a digest, so that it stays its own.
    """
    taken: set[str] = set()
    anchors: list[str] = []
    for identity in ids:
        plain = _PLAIN.fullmatch(identity)
        anchor = f"comment-{plain[1]}" if plain else _write(identity, _PREFIX.sub("", identity))
        if anchor in taken:
            anchor = _write(identity, identity)
        while anchor in taken:
            anchor += "-x"
        taken.add(anchor)
        anchors.append(anchor)
    return tuple(anchors)


def _write(identity: str, words: str) -> str:
    """Return `words`, from the id `identity`, as an anchor."""
    safe = _UNSAFE.sub("-", words)
    if safe != words:
        safe += f"-{blake2b(identity.encode(), digest_size=4).hexdigest()}"
    return f"comment-{safe}"
