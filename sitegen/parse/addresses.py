"""Addresses in front matter: on this site, elsewhere, and paths of files. None can lead out of the site's folders."""

import re
from urllib.parse import quote, unquote, urlsplit

from sitegen.model.names import Url
from sitegen.parse.scalars import read_line, read_text, reject

LONGEST_NAME = 200
"""Longest address segment in bytes of UTF-8: file systems take 255, and endings and temporary names need room."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_HEX_TRAP = re.compile(r"%(?:2e|2f|5c|0[0-9a-f]|1[0-9a-f]|7f)", re.IGNORECASE)
_PATTERN = re.compile(r"/:[a-z]|\{[a-z]")
_MAIL = re.compile(r"(?:mailto:)?[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+", re.IGNORECASE)
_IN_QUERY = "/:@!$&'()*+,;=%~-._?"
_TEMPLATE = re.compile(r"[\w-][\w.-]*(?:/[\w-][\w.-]*)*\.html")


def read_site_address(value: object) -> Url:
    """Return an address on this site: `/2023/bridge.html`, not percent-encoded."""
    text = read_text(value)
    problem = _check_site_address(text)
    if problem is None and "%" in text:
        text = _decode(text)
        problem = _check_site_address(text)
    if problem:
        raise reject(*problem)
    if any(len(part.encode()) > LONGEST_NAME for part in text.split("/")):
        raise reject(f"a part of the address is longer than {LONGEST_NAME} bytes", "shorten it")
    return Url(text)


def read_old_address(value: object) -> Url:
    """Return an address that once was on this site: as `read_site_address`, or with a query: `/?p=123`.

    The query is percent-encoded. No address without one holds a `?`.
    """
    path, mark, query = read_text(value).partition("?")
    return Url(read_site_address(path) + _read_query(mark + query))


def read_redirect_target(value: object) -> str:
    """Return where an old address leads: an address on this site, the path of a document, or an absolute address."""
    text = read_text(value)
    if _SCHEME.match(text):
        if "\\" in text:
            raise reject("must not contain a backslash", "write `/`")
        return read_absolute(text)
    if text.lower().endswith((".md", ".markdown")):
        return read_site_address(f"/{text.removeprefix('/').removeprefix('content/')}").removeprefix("/")
    end = min((place for mark in "?#" if (place := text.find(mark)) >= 0), default=len(text))
    query, mark, fragment = text[end:].partition("#")
    return read_site_address(text[:end]) + _read_query(query) + mark + quote(fragment, safe=_IN_QUERY)


def _read_query(text: str) -> str:
    """Return a query with its `?`, percent-encoded; or nothing."""
    if text == "?":
        raise reject("must not end with `?`", "leave it out")
    if "#" in text:
        raise reject("must not have a fragment", "leave out everything from `#` on: servers never see it")
    return quote(text, safe=_IN_QUERY)


def _decode(text: str) -> str:
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        raise reject("is percent-encoded, but not as UTF-8", "write the characters themselves") from None


def _check_site_address(text: str) -> tuple[str, str] | None:
    """Return message and hint, or None where all is well."""
    if not text.startswith("/"):
        return "must start with `/`", _hint_path(text)
    if text.startswith("//") or "//" in text:
        return "must not contain `//`", "write each `/` once"
    if "\\" in text:
        return "must not contain a backslash", "write `/`"
    if "?" in text or "#" in text:
        return "must not have a query or a fragment", "leave out everything from `?` or `#` on"
    if _HEX_TRAP.search(text) or any(part in {".", ".."} for part in text.split("/")):
        return "must not contain `.`, `..` or their encoded forms as a part", "write the address out"
    if _PATTERN.search(text):
        return (
            "is a pattern, not an address",
            "write the address itself; patterns belong to `permalink` in sitegen.toml",
        )
    if any(character < " " or character == "\x7f" for character in text):
        return "contains a control character", "delete it"
    return None


def _hint_path(text: str) -> str:
    if _SCHEME.match(text) or text.startswith("\\"):
        try:
            path = urlsplit(text).path
        except ValueError:
            path = ""
        return f"write only the path: `{path if path.startswith('/') else '/path/'}`"
    return f"write `/{text.lstrip('./')}`"


def read_absolute(value: object) -> str:
    """Return an address elsewhere, with scheme `http` or `https`."""
    text = read_text(value)
    try:
        parts = urlsplit(text)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        sound = False
    if not sound or any(character.isspace() for character in text):
        raise reject("must be an absolute http or https address", "write it whole, as `https://news.example/bridge`")
    return text


def read_neighbour_name(value: object) -> str:
    """Return what names another article: an absolute URL, content path, address of this site, slug or title."""
    text = read_line(value)
    return read_absolute(text) if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", text) else text


def read_neighbour_address(value: object) -> str:
    """Return where a neighbour with a title of its own leads: an absolute URL, or an address or path of this site."""
    text = read_text(value)
    return read_absolute(text) if _SCHEME.match(text) or text.startswith("//") else text


def read_image_address(value: object) -> str:
    """Return where an image is: a path beside the article, `/uploads/x.jpg`, or an absolute address."""
    text = read_text(value)
    if _SCHEME.match(text) or text.startswith("//"):
        return read_absolute(text)
    if "\\" in text:
        raise reject("must not contain a backslash", "write `/`")
    return text


def read_template_name(value: object) -> str:
    """Return the name of a template: `special.html`."""
    text = read_text(value)
    if not _TEMPLATE.fullmatch(text) or ".." in text:
        raise reject("must be the name of a template of the theme", "write it as `special.html`")
    return text


def read_snapshot_path(text: str) -> str:
    """Return the path of a snapshot below the document's folder."""
    parts = text.split("/")
    if "\\" in text or ":" in text or any(part in {"", ".", ".."} for part in parts):
        raise reject("must be a path below the document's folder", "write it as `bridge-archive.json`")
    return text


def is_mail_address(text: str) -> bool:
    """Whether `text` is an e-mail address and nothing else."""
    return "@" in text and _MAIL.fullmatch(text.strip()) is not None
