"""Files from the network: only such as a news site shows, and only if they are what their names say.

Whatever is fetched will stand on the site's own origin. So nothing comes in that a browser would run there: no HTML,
and no SVG, which is a document with scripts as soon as it is opened by itself.
"""

import re
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import PurePosixPath

from sitegen.importers.web.failures import FetchError
from sitegen.importers.web.fetch import Answer, Limits
from sitegen.importers.web.visitor import Visitor

MEDIA_LIMITS = Limits(size=100_000_000, seconds=300)
"""How large a file may be, and how long it may take."""

_ZIP = rb"PK(\x03\x04|\x05\x06)"
_OLE = rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ISO_MEDIA = rb"....ftyp"
_OGG = rb"OggS"
_CONTENT: Mapping[str, bytes] = {
    **dict.fromkeys(("jpg", "jpeg", "jpe"), rb"\xff\xd8\xff"),
    "png": rb"\x89PNG\r\n\x1a\n",
    "gif": rb"GIF8[79]a",
    "webp": rb"RIFF....WEBP",
    **dict.fromkeys(("avif", "heic", "mp4", "m4v", "m4a", "mov"), _ISO_MEDIA),
    "ico": rb"\x00\x00\x01\x00",
    "bmp": rb"BM",
    **dict.fromkeys(("tif", "tiff"), rb"II\*\x00|MM\x00\*"),
    "mp3": rb"ID3|\xff[\xe0-\xff]",
    **dict.fromkeys(("ogg", "oga", "ogv", "opus"), _OGG),
    "wav": rb"RIFF....WAVE",
    "flac": rb"fLaC",
    **dict.fromkeys(("webm", "mkv"), rb"\x1a\x45\xdf\xa3"),
    "pdf": rb"[\s\S]{0,1024}?%PDF-",
    **dict.fromkeys(("zip", "epub", "docx", "xlsx", "pptx", "odt", "ods", "odp"), _ZIP),
    **dict.fromkeys(("doc", "xls", "ppt"), _OLE),
    "rtf": rb"\{\\rtf",
    "gz": rb"\x1f\x8b",
    **dict.fromkeys(("txt", "csv", "vtt", "srt"), rb"(?!\s*<)[^\x00]+\Z"),
}
_PATTERNS = {ending: re.compile(pattern, re.DOTALL) for ending, pattern in _CONTENT.items()}
_REFUSED: Mapping[str, str] = {
    **dict.fromkeys(("svg", "svgz"), "SVG can hold scripts: look at the file, and put it there yourself"),
    **dict.fromkeys(("html", "htm", "xhtml", "xml", "js", "css", "php"), "pages and programs are not fetched"),
}


def check_name(path: str) -> str | None:
    """Return why no file from the network may stand at `path`, or None where one may."""
    ending = _read_ending(path)
    if ending in _REFUSED:
        return _REFUSED[ending]
    if ending in _PATTERNS:
        return None
    return f"files that end in `.{ending}` are not fetched" if ending else "its name has no ending"


def check_content(path: str, data: bytes) -> str | None:
    """Return why `data` may not stand at `path`, or None where it may."""
    ending = _read_ending(path)
    if ending in _PATTERNS and not _PATTERNS[ending].match(data):
        return f"its content is not what `.{ending}` says" if data else "it is empty"
    return check_name(path)


def _read_ending(path: str) -> str:
    return PurePosixPath(path).suffix.lower().removeprefix(".")


def fetch_media(visitor: Visitor, address: str, path: str) -> bytes:
    """Return the file at `address`, which is to stand at `path`; raises FetchError."""

    def read(answer: Answer) -> bytes:
        if answer.status != HTTPStatus.OK:
            raise FetchError(f"{address} is not there (HTTP {answer.status})")
        reason = check_content(path, answer.body)
        if reason:
            raise FetchError(f"{address} is left out: {reason}")
        return answer.body

    reason = check_name(path)
    if reason:
        raise FetchError(f"{address} is left out: {reason}")
    return visitor.ask(address, MEDIA_LIMITS, read)
