"""From what an author calls another document to the document: links, `prev` and `next`, menus."""

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from sitegen.model.article import Article
from sitegen.model.names import ArticleId, Url
from sitegen.plan.suggestions import Suggester


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Everything a reference may mean."""

    urls: Mapping[ArticleId, Url]
    """Address by document, of those that are shown."""
    hidden: frozenset[ArticleId]
    """Documents that exist but are not shown: drafts, scheduled, expired, or with errors."""
    by_url: Mapping[Url, ArticleId]
    """Document by address, aliases included."""
    by_slug: Mapping[str, Sequence[ArticleId]]
    """Documents by slug."""
    by_title: Mapping[str, Sequence[ArticleId]]
    """Documents by exact title."""
    suggester: Suggester
    """Finds names like a mistyped one."""
    base_url: str
    """Where the site stands, with a closing `/`."""

    def is_known(self, identity: ArticleId) -> bool:
        """Whether there is such a document, shown or not."""
        return identity in self.urls or identity in self.hidden


def build_directory(
    shown: Mapping[ArticleId, Url],
    hidden: Iterable[tuple[Article, Url]],
    unavailable: frozenset[ArticleId],
    articles: Iterable[Article],
    base_url: str,
) -> Directory:
    """Return the directory of `articles`; `shown` and `hidden` tell their addresses, `unavailable` ones have none."""
    by_url: dict[Url, ArticleId] = {}
    by_slug: dict[str, list[ArticleId]] = {}
    by_title: dict[str, list[ArticleId]] = {}
    hidden_urls = {article.id: url for article, url in hidden}
    for article in articles:
        metadata = article.metadata
        for alias in metadata.aliases:
            by_url.setdefault(alias, article.id)
        if article.kind == "article":
            by_slug.setdefault(metadata.slug, []).append(article.id)
            by_title.setdefault(metadata.title, []).append(article.id)
    for urls in (hidden_urls, shown):
        by_url |= {url: identity for identity, url in urls.items()}
    return Directory(
        urls=shown,
        hidden=frozenset(hidden_urls) | unavailable,
        by_url=by_url,
        by_slug=by_slug,
        by_title=by_title,
        suggester=Suggester((*by_title, *by_slug, *shown)),
        base_url=base_url,
    )


def content_path(target: str, origin: ArticleId) -> ArticleId:
    """Return the document that the path `target` names in `origin`: relative to its folder, or from `content/`."""
    if target.startswith("/"):
        return ArticleId(posixpath.normpath(target.lstrip("/")))
    return ArticleId(posixpath.normpath(posixpath.join(posixpath.dirname(origin), target)))


def find_document(reference: str, origin: ArticleId, directory: Directory) -> Sequence[ArticleId]:
    """Return the documents that `reference` may mean, by the first reading that fits any.

    Readings, in order: content path, address of this site (with or without the site's own scheme and host), slug,
    exact title.
    """
    for path in (content_path(reference, origin), ArticleId(reference)):
        if directory.is_known(path):
            return (path,)
    at_url = directory.by_url.get(site_url(reference, directory.base_url) or Url(""))
    if at_url:
        return (at_url,)
    return directory.by_slug.get(reference) or directory.by_title.get(reference) or ()


def site_url(reference: str, base_url: str) -> Url | None:
    """Return the address on this site that `reference` spells, or None where it is no such address."""
    if base_url and reference.startswith(base_url):
        reference = reference[len(base_url) - 1 :]
    if not reference.startswith("/") or reference.startswith("//"):
        return None
    path = unquote(urlsplit(reference).path)
    return Url(path if path.endswith("/") or "." in path.rsplit("/", 1)[-1] else f"{path}/")
