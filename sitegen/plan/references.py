"""From what an author calls another document to the document: links, `prev` and `next`, menus."""

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from sitegen.model.article import Article
from sitegen.model.names import ArticleId, Url
from sitegen.plan.slugs import slugify
from sitegen.plan.suggestions import Suggester
from sitegen.plan.urls import close_url, encode_address, escape_path, is_absolute, old_address

_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Everything a reference may mean."""

    urls: Mapping[ArticleId, Url]
    """Address by document, of those that are shown."""
    hidden: frozenset[ArticleId]
    """Documents that exist but are not shown: drafts, scheduled, expired, or with errors."""
    gone: Mapping[ArticleId, Url]
    """Address by document, of those that were taken down."""
    by_url: Mapping[Url, ArticleId]
    """Document by address, aliases included."""
    by_slug: Mapping[str, Sequence[ArticleId]]
    """Articles by slug; those with errors by the slug that their file's name gives."""
    by_title: Mapping[str, Sequence[ArticleId]]
    """Articles by exact title."""
    languages: Mapping[ArticleId, str]
    """Language by document, shown or not."""
    drafts: frozenset[ArticleId]
    """Documents marked as drafts, shown or not."""
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
    known = tuple(articles)
    by_url: dict[Url, ArticleId] = {}
    by_slug: dict[str, list[ArticleId]] = {}
    by_title: dict[str, list[ArticleId]] = {}
    hidden_urls = {article.id: url for article, url in hidden}
    for article in known:
        metadata = article.metadata
        for alias in metadata.aliases:
            by_url.setdefault(old_address(alias), article.id)
        if article.kind == "article":
            by_slug.setdefault(metadata.slug, []).append(article.id)
            by_title.setdefault(metadata.title, []).append(article.id)
    for identity in sorted(unavailable):
        by_slug.setdefault(_guess_slug(identity), []).append(identity)
    for urls in (hidden_urls, shown):
        by_url |= {url: identity for identity, url in urls.items()}
    return Directory(
        urls=shown,
        hidden=frozenset(hidden_urls) | unavailable,
        gone={article.id: hidden_urls[article.id] for article in known if article.metadata.gone},
        by_url=by_url,
        by_slug=by_slug,
        by_title=by_title,
        languages={article.id: article.metadata.language for article in known},
        drafts=frozenset(article.id for article in known if article.metadata.draft),
        suggester=Suggester((*by_title, *by_slug, *shown)),
        base_url=base_url,
    )


def _guess_slug(identity: ArticleId) -> str:
    """Return the slug that a document with errors probably has, so that a reference to it is no second error."""
    folder, _, name = posixpath.splitext(identity)[0].rpartition("/")
    return slugify(_DATE.sub("", posixpath.basename(folder) if name == "index" else name))


def content_path(target: str, origin: ArticleId) -> ArticleId:
    """Return the document that the path `target` names in `origin`: relative to its folder, or from `content/`."""
    if target.startswith("/"):
        return ArticleId(posixpath.normpath(target.lstrip("/")))
    return ArticleId(posixpath.normpath(posixpath.join(posixpath.dirname(origin), target)))


def find_document(reference: str, origin: ArticleId, directory: Directory) -> Sequence[ArticleId]:
    """Return the documents that `reference` in `origin` may mean, by the first reading that fits any.

    Readings, in order: content path, address of this site (with or without the site's own scheme and host), slug,
    exact title. `origin` itself is among them only where nothing else is.
    """
    for path in (content_path(reference, origin), ArticleId(reference)):
        if directory.is_known(path):
            return (path,)
    at_url = directory.by_url.get(site_url(reference, directory.base_url) or Url(""))
    if at_url:
        return (at_url,)
    found = directory.by_slug.get(reference) or directory.by_title.get(reference) or ()
    return weigh_matches(found, origin, directory)


def weigh_matches(found: Sequence[ArticleId], origin: ArticleId, directory: Directory) -> Sequence[ArticleId]:
    """Return those of `found` that `origin` can mean: other articles, in its own language, and no drafts.

    A wish that nothing fulfils is dropped. The clock has no say in it: an article that waits for its day counts from
    the start, so that no name becomes ambiguous on the day itself.
    """
    language = directory.languages.get(origin)
    wishes: tuple[Callable[[ArticleId], bool], ...] = (
        lambda identity: identity != origin,
        lambda identity: directory.languages.get(identity) == language,
        lambda identity: identity not in directory.drafts,
    )
    for wish in wishes:
        found = [identity for identity in found if wish(identity)] or found
    return found


def site_url(reference: str, base_url: str) -> Url | None:
    """Return the address on this site that `reference` spells, or None where it is no such address.

    Sites move from http to https and their old addresses stay in their articles, so that either means this site.
    """
    if is_absolute(reference):
        here, there = _drop_scheme(base_url), _drop_scheme(encode_address(reference))
        if not there.startswith(here):
            return None
        reference = there[len(here) - 1 :]
    if not reference.startswith("/"):
        return None
    return close_url(escape_path(unquote(urlsplit(reference).path)))


def _drop_scheme(address: str) -> str:
    return address.removeprefix("https:").removeprefix("http:")
