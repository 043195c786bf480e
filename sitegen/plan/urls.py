"""Addresses of pages, and where their files lie in the output."""

import re
from datetime import tzinfo

from sitegen.model.article import Article
from sitegen.model.config import Config
from sitegen.model.names import OutPath, Slug, Url

_FIELD = re.compile(r"\{(\w+)\}")

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
        return close_url(metadata.url)
    root = language_root(metadata.language, config)
    if article.kind == "page" or metadata.date is None:
        return Url(f"{root}{metadata.slug}/")
    date = metadata.date.at.astimezone(zone)
    values = {
        "section": metadata.section or "",
        "year": f"{date.year:04}",
        "month": f"{date.month:02}",
        "day": f"{date.day:02}",
        "slug": metadata.slug,
    }
    path = _FIELD.sub(lambda match: values[match[1]], config.permalink)
    return close_url(root + re.sub(r"/{2,}", "/", path).lstrip("/"))


def close_url(url: str) -> Url:
    """Return `url` with a closing slash, unless its last segment names a file (`/2014/x.html`)."""
    last = url.rsplit("/", 1)[-1]
    return Url(url if not last or "." in last else f"{url}/")


def out_path(url: Url) -> OutPath:
    """Return the file that answers for `url`: `index.html` in a folder, else the file itself."""
    path = url.lstrip("/")
    return OutPath(f"{path}index.html" if not path or path.endswith("/") else path)


def section_url(slug: Slug, language: str, config: Config) -> Url:
    """Return the address of a section in a language."""
    return Url(f"{language_root(language, config)}{slug}/")


def tag_url(slug: Slug, language: str, config: Config) -> Url:
    """Return the address of a tag in a language."""
    return Url(f"{language_root(language, config)}tags/{slug}/")


def author_url(slug: Slug, language: str, config: Config) -> Url:
    """Return the address of an author in a language."""
    return Url(f"{language_root(language, config)}authors/{slug}/")


def older_page_url(front: Url, number: int) -> Url:
    """Return the address of an older page of the list whose front is at `front`."""
    return Url(f"{front}page/{number}/")


def folder_of(url: Url) -> str:
    """Return the folder, with a closing slash, that holds the file of `url`: where files of a document are put."""
    return url[: url.rindex("/") + 1]
