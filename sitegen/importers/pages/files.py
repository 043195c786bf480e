"""A saved page as it lies on the disk: bounded, decoded, and told apart as HTML or text."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from sitegen.errors import ContentError, Span, UsageError, error
from sitegen.storage.files import explain_failures

CODE = "import"
LARGEST = 32 << 20
"""How many bytes a page may have; those with all their pictures in them have some."""
_HTML = re.compile(r"<(?:!doctype|html|head|body|article|div|p|meta)\b", re.IGNORECASE)
_KINDS = {".htm": "html", ".html": "html", ".xhtml": "html", ".txt": "text"}
_CHARSET = re.compile(rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,30})", re.IGNORECASE)
_ENCODINGS = re.compile(
    r"utf-?8|(?:x-)?(?:windows|cp)-?125\d|(?:iso-?)?8859-\d{1,2}|iso-8859-\d{1,2}|latin-?1|us-ascii|koi8-[ru]"
    r"|shift[_-]?jis|euc-(?:jp|kr)|gb2312|gbk|gb18030|big5",
    re.IGNORECASE,
)
_AS_WINDOWS = re.compile(r"iso-8859-1|latin-?1|us-ascii", re.IGNORECASE)
"""What browsers read as windows-1252 (Encoding Standard, section 4.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """A file, read."""

    name: str
    """Its path as it was given, for messages."""
    file: Path
    """Where it lies."""
    text: str
    """Its text, with `\\n` line ends."""
    is_html: bool
    """Whether it is HTML; else it is text."""
    digest: str
    """SHA-256 of its bytes."""


def read_page(name: str) -> SavedPage:
    """Return the page in the file `name`.

    Raises UsageError where there is none, ContentError where it is empty, too long or in no known encoding.
    """
    file = Path(name)
    if file.is_dir():
        raise UsageError(f"`{name}` is a folder", "name the saved pages in it: page *.html")
    if not file.is_file():
        raise UsageError(f"there is no file `{name}`", "paths count from the current folder")
    with explain_failures(file), file.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ContentError(
            [error(CODE, f"is longer than {LARGEST >> 20} MB", name, hint="save the page without media")]
        )
    text = _decode(data, name).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\N{REPLACEMENT CHARACTER}")
    if not text.strip():
        raise ContentError([error(CODE, "is empty", name, hint="save the page again")])
    kind = _KINDS.get(file.suffix.lower())
    is_html = bool(_HTML.search(text, 0, 4096)) if kind is None else kind == "html"
    digest = hashlib.sha256(data).hexdigest()
    return SavedPage(name=name, file=file, text=text, is_html=is_html, digest=digest)


def _decode(data: bytes, name: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        declared = _CHARSET.search(data, 0, 4096)
        encoding = declared[1].decode("ascii") if declared else ""
        if _AS_WINDOWS.fullmatch(encoding):
            encoding = "windows-1252"
        if _ENCODINGS.fullmatch(encoding) and not encoding.lower().startswith("utf"):
            return data.decode(encoding, "replace")
        span = Span(line=data.count(b"\n", 0, failure.start) + 1)
        problem = error(CODE, "is not UTF-8, and names no other encoding", name, span, "save it as UTF-8")
        raise ContentError([problem]) from failure
