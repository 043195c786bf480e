"""Which paths the output may hold, so that it can be copied to any file system."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

MANIFEST = "manifest.sha256"
"""Path of the list of everything that sitegen wrote, which marks the folder as its own."""

THEME_FILES = "assets"
"""Folder of the output that holds the theme's own files."""

_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\..*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
_LONGEST = 255
_DOTTED = frozenset({".well-known"})


def check_out_path(path: str) -> str | None:
    """Return why `path` (POSIX, below the output folder) cannot be written everywhere; None if it can.

    Windows counts too: reserved device names, closing dots and spaces, and the characters that it refuses.
    """
    if not path or path.startswith("/"):
        return "it is not a path below the output folder"
    for segment in path.split("/"):
        reason = _check_segment(segment)
        if reason:
            return reason
    return None


@lru_cache(maxsize=1 << 14)
def _check_segment(segment: str) -> str | None:
    if segment in {"", ".", ".."}:
        return "it has an empty segment, or leads out of the output folder"
    if _FORBIDDEN.search(segment):
        return f"`{segment!a}` has a character that some file systems refuse"
    if segment.startswith(".") and segment not in _DOTTED:
        return f"`{segment}` starts with a dot, and file servers hide such files"
    if segment[-1] in ". ":
        return f"`{segment}` ends with a dot or a space"
    if _RESERVED.fullmatch(segment):
        return f"`{segment}` is a reserved name on Windows"
    try:
        length = len(segment.encode("utf-8"))
    except UnicodeEncodeError:
        return f"`{segment!a}` is not valid Unicode"
    return f"`{segment[:20]}…` is longer than {_LONGEST} bytes" if length > _LONGEST else None


def folders_above(path: str) -> Iterator[str]:
    """Yield the folders that a path lies in, the outermost first: `a`, `a/b` for `a/b/c.html`."""
    end = path.find("/")
    while end >= 0:
        yield path[:end]
        end = path.find("/", end + 1)


def folding_key(path: str) -> str:
    """Return a key that is equal for paths which a case-folding or normalising file system holds to be one."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())
