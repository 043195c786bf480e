"""Addresses of pages, and where their files lie in the output."""

import re
from datetime import tzinfo
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from sitegen.model.article import Article
from sitegen.model.config import Config
from sitegen.model.names import OutPath, Slug, Url

_FIELD = re.compile(r"\{(\w+)\}")
_MANY_SLASHES = re.compile(r"/{2,}")
_MISREAD = str.maketrans({"%": "%25", "#": "%23", "?": "%3F"})
_ENCODED = re.compile(r"%(?:25|23|3F)")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PLAIN = re.compile(r"(?:https?://[A-Za-z0-9.-]+/)?[A-Za-z0-9/._~-]*|#[A-Za-z0-9/._~-]+")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_IN_PATH = "/:@!$&'()*+,;=%~-._"
_PAGE_FILE = re.compile(r"\.(?:html?|xhtml|php|aspx?)$", re.IGNORECASE)

PERMALINK_FIELDS = frozenset({"section", "year", "month", "day", "slug"})
"""What a `permalink` pattern may name."""


def language_root(language: str, config: Config) -> Url:
    """Return the front page of a language: `/` for the site's own, else `/nl/`."""
    return Url("/" if language == config.language else f"/{language.lower()}/")


def document_url(article: Article, config: Config, zone: tzinfo) -> Url:
    """Return the address of a document: its own `url`, else the permalink pattern, else `/{slug}/` for a page.

    Dates count in `zone`, the site's. Parts of the pattern that have no value are left out with their slash.
    """
    metadata = article.metadata
    if metadata.url:
        return close_url(escape_path(metadata.url))
    root = language_root(metadata.language, config)
    if article.kind == "page" or metadata.date is None:
        return Url(f"{root}{metadata.slug}/")
    values = {"section": metadata.section or "", "slug": metadata.slug}
    if _names_day(config.permalink):
        date = metadata.date.at.astimezone(zone)
        values |= {"year": f"{date.year:04}", "month": f"{date.month:02}", "day": f"{date.day:02}"}
    path = _open_pattern(config.permalink) % values
    if "//" in path:
        path = _MANY_SLASHES.sub("/", path)
    return close_url(escape_path(root + path.lstrip("/")))


@lru_cache(maxsize=16)
def _open_pattern(pattern: str) -> str:
    """Return a pattern in the form that `%` fills, which thousands of addresses are made by."""
    return _FIELD.sub(r"%(\1)s", pattern.replace("%", "%%"))


@lru_cache(maxsize=16)
def _names_day(pattern: str) -> bool:
    """Whether a pattern names a part of the date."""
    return not {"year", "month", "day"}.isdisjoint(_FIELD.findall(pattern))


def close_url(url: str) -> Url:
    """Return `url` with a closing slash, unless its last segment names a file (`/2014/x.html`)."""
    last = url.rsplit("/", 1)[-1]
    return Url(url if not last or "." in last else f"{url}/")


def old_address(written: str) -> Url:
    """Return the address that an alias or a key of `[redirects]` means.

    Without a query it is that of a page, with one that of a program: `/article?id=5` has no closing slash.
    """
    path, mark, query = written.partition("?")
    return Url(f"{escape_path(path)}?{query}") if mark else close_url(escape_path(path))


def escape_path(path: str) -> Url:
    """Return the address of the file or folder at `path`, which starts with `/` and may hold any character."""
    is_plain = "%" not in path and "#" not in path and "?" not in path  # nearly always, and found out at once
    return Url(path if is_plain else path.translate(_MISREAD))


def out_path(url: Url) -> OutPath:
    """Return the file that answers for `url`: `index.html` in a folder, else the file itself."""
    path = plain_path(url).lstrip("/")
    return OutPath(f"{path}index.html" if not path or path.endswith("/") else path)


def plain_path(url: Url) -> str:
    """Return the path that `escape_path` made `url` of: what servers see once they have decoded a request."""
    return _ENCODED.sub(lambda match: unquote(match[0]), url) if "%" in url else url


def section_url(slug: Slug, language: str, config: Config) -> Url:
    """Return the address of a section in a language."""
    return Url(f"{language_root(language, config)}{slug}/")


def tag_url(slug: Slug, language: str, config: Config) -> Url:
    """Return the address of a tag in a language."""
    return Url(f"{tags_url(language, config)}{slug}/")


def author_url(slug: Slug, language: str, config: Config) -> Url:
    """Return the address of an author in a language."""
    return Url(f"{authors_url(language, config)}{slug}/")


def archive_url(language: str, config: Config, year: int | None = None, month: int | None = None) -> Url:
    """Return the address of the archive in a language, of a year in it, or of a month of that year."""
    parts = [f"{year:04}/"] if year is not None else []
    parts += [f"{month:02}/"] if month is not None else []
    return Url(f"{language_root(language, config)}archive/{''.join(parts)}")


def tags_url(language: str, config: Config) -> Url:
    """Return the address of the page with all tags in a language."""
    return Url(f"{language_root(language, config)}tags/")


def authors_url(language: str, config: Config) -> Url:
    """Return the address of the page with all authors in a language."""
    return Url(f"{language_root(language, config)}authors/")


def corrections_url(language: str, config: Config) -> Url:
    """Return the address of the page with all corrections in a language."""
    return Url(f"{language_root(language, config)}corrections/")


def series_url(slug: Slug, language: str, config: Config) -> Url:
    """Return the address of a series in a language."""
    return Url(f"{language_root(language, config)}series/{slug}/")


def older_page_url(front: Url, number: int) -> Url:
    """Return the address of an older page of the list whose front is at `front`."""
    return Url(f"{front}page/{number}/")


def folder_of(url: Url) -> Url:
    """Return the folder, with a closing slash, where files of the document at `url` are put.

    A document that is a file has a folder of its own beside it, so that two of them can each have a `bridge.jpg`:
    `/2014/x/` for `/2014/x.html`.
    """
    if url.endswith("/"):
        return url
    folder, _, name = url.rpartition("/")
    return Url(f"{folder}/{_PAGE_FILE.sub('', name).replace('.', '-')}/")


def comment_page_url(url: Url, number: int) -> Url:
    """Return the address of a page of comments on the document at `url`; the first is the document's own."""
    return Url(f"{folder_of(url)}comments/{number}/") if number > 1 else url


def absolute_url(address: str, base_url: str) -> str:
    """Return `address`, of this site or elsewhere, with scheme and host, as RFC 3986 wants it written.

    `base_url` ends with `/`; an address of this site continues it.
    """
    if address.startswith("//"):
        return encode_address(base_url.split("//", 1)[0] + address)
    if address.startswith("/"):
        return encode_address(base_url + address[1:])
    if is_absolute(address):
        return encode_address(address)
    return encode_address(base_url + address)


def is_absolute(address: str) -> bool:
    """Whether `address` is one elsewhere: it has a scheme or starts with `//`."""
    return address.startswith("//") or _SCHEME.match(address) is not None


def encode_address(address: str) -> str:
    """Return `address` with everything encoded that RFC 3986 does not allow: hosts by IDNA, the rest by percent.

    What is already percent-encoded stays as it is.
    """
    if _PLAIN.fullmatch(address):
        return address
    try:
        parts = urlsplit(address)
    except ValueError:
        return quote(address, safe=_IN_PATH)
    path, query, fragment = (
        quote(_LONE_PERCENT.sub("%25", part), safe=safe)
        for part, safe in ((parts.path, _IN_PATH), (parts.query, _IN_PATH + "?"), (parts.fragment, _IN_PATH + "?"))
    )
    return parts._replace(netloc=_encode_host(parts.netloc), path=path, query=query, fragment=fragment).geturl()


def _encode_host(netloc: str) -> str:
    if netloc.isascii():
        return netloc
    try:
        return netloc.encode("idna").decode("ascii")
    except UnicodeError:
        return quote(netloc, safe=_IN_PATH)
