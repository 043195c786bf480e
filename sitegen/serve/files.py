"""From the target of a request to a file of the preview, and to nothing else."""

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f/\\]")
_QUERY_SAFE = "!$&'()*+,;=:@/?%-._~[]"

_MEDIA_TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".gif": "image/gif",
    ".htm": "text/html; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".md": "text/plain; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ogg": "audio/ogg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".rss": "application/rss+xml; charset=utf-8",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webm": "video/webm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
    ".zip": "application/zip",
}

HTML = _MEDIA_TYPES[".html"]
"""Media type of pages."""

TEXT = _MEDIA_TYPES[".txt"]
"""Media type of plain words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file to send."""

    path: Path
    """Where it is."""
    media_type: str
    """What it is (RFC 9110, section 8.3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A folder that was asked for without its closing slash."""

    location: str
    """Where to ask instead: an absolute path, with the query of the request."""


def find_file(folder: Path, target: str) -> Found | Moved | None:
    """Return what stands below `folder` at the request target `target` (origin form, RFC 9112, section 3.2.1).

    A folder is its `index.html`. None for everything else: no such file, a hidden one, a way out of `folder` in any
    encoding or by a symbolic link. `target` is text as `http.server` gives it, one character a byte.
    """
    raw, _, query = target.partition("?")
    segments = _split(raw)
    if segments is None:
        return None
    is_folder = not segments or raw.endswith("/")
    path = folder.joinpath(*segments)
    try:
        index = path / "index.html"
        if not is_folder and path.is_dir() and _is_inside(index, folder):
            return Moved(location=_write_location(segments, query))
        wanted = index if is_folder else path
        if not _is_inside(wanted, folder):
            return None
    except (OSError, ValueError):
        return None
    return Found(path=wanted, media_type=media_type_of(wanted.name))


def media_type_of(name: str) -> str:
    """Return the media type of a file by its name, the same on every machine."""
    return _MEDIA_TYPES.get(os.path.splitext(name)[1].lower(), "application/octet-stream")  # noqa: PTH122


def _split(raw: str) -> tuple[str, ...] | None:
    """Return the decoded segments of a path; None if any of them cannot be the name of a public file.

    Every segment is decoded once and by itself, so that an encoded slash or a doubly encoded dot stays a name.
    """
    if not raw.startswith("/"):
        return None
    parts = raw[1:].removesuffix("/")
    segments: list[str] = []
    for part in parts.split("/") if parts else ():
        try:
            name = unquote_to_bytes(part.encode("latin-1")).decode("utf-8")
        except UnicodeError:
            return None
        if not name or name.startswith(".") or _FORBIDDEN.search(name):
            return None
        segments.append(name)
    return tuple(segments)


def _is_inside(path: Path, folder: Path) -> bool:
    """Whether `path` is a regular file that is really below `folder`, links followed."""
    real = Path(os.path.realpath(path, strict=True))
    return real.is_relative_to(folder.resolve()) and stat.S_ISREG(real.stat().st_mode)


def _write_location(segments: tuple[str, ...], query: str) -> str:
    location = "/" + "".join(f"{quote(segment)}/" for segment in segments)
    return f"{location}?{quote(query.encode('latin-1', 'replace'), safe=_QUERY_SAFE)}" if query else location
