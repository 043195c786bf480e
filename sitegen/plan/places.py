"""Whether documents keep their places with an edit, so that all that follows from it is that pages show it.

Documents keep them while nothing else is different than what stands on their own pages and on their cards. A new
article takes nobody's place if it is the newest of its language and brings nothing along that the site did not have: no
name, no file, no address but its own.
"""

import posixpath
from collections.abc import Collection, Iterable

from sitegen.model.article import Article
from sitegen.model.card import Card, Named
from sitegen.model.facts import SnapshotFacts
from sitegen.model.index import SiteIndex
from sitegen.model.names import NO_DIGEST, ArticleId, OutPath, Url
from sitegen.model.source import DOCUMENT_SUFFIXES
from sitegen.model.values import replace
from sitegen.plan.collisions import Claims
from sitegen.plan.documents import comment_feed_url
from sitegen.plan.last_plan import LastPlan, Version
from sitegen.plan.links import split_target
from sitegen.plan.out_paths import folding_key
from sitegen.plan.references import content_path
from sitegen.plan.schedule import classify
from sitegen.plan.texts import strip_text
from sitegen.plan.urls import comment_page_url, out_path


def keeps_its_place(version: Version, last: LastPlan) -> bool:
    """Whether a document keeps its place, or takes none if it is new: as far as can be told by itself."""
    before, after = version.before, version.after
    if not _leads_to_known(before, after, last.cards.keys()):
        return False
    if before is None:
        return _brings_nothing_along(after, last)
    if before.id not in last.cards or before.metadata.corrections or _strip(before) != _strip(after):
        return False
    is_renamed = before.metadata.title != after.metadata.title
    if is_renamed and (before.id in last.pages or last.outline.suggests or _is_named(before, after, last)):
        return False
    url = last.cards[before.id].link.url or Url("")
    return list_own_files(url, version.comments_before) <= list_own_files(url, version.comments)


def _strip(article: Article) -> Article:
    """Return a document without all that is nowhere but on its own pages and on its card."""
    metadata = replace(
        article.metadata, title="", description="", rating=None, updated=None, updates=(), weight=0, extra={}
    )
    return replace(strip_text(article), metadata=metadata, excerpt="", links=(), live=None, front=(0, NO_DIGEST))


def _is_named(before: Article, after: Article, last: LastPlan) -> bool:
    """Whether something looks for a document by its headline, or shows that without its card."""
    url = last.cards[before.id].link.url or ""
    return not last.outline.named.isdisjoint({before.metadata.title, after.metadata.title, url})


def list_own_files(url: Url, comments: SnapshotFacts | None) -> frozenset[OutPath]:
    """Return the files that a document at `url` has for itself: its page, further ones for comments, and their feed."""
    pages = range(1, len(comments.pages) + 1 if comments else 2)
    addresses = [comment_page_url(url, number) for number in pages]
    if comments and comments.count:
        addresses.append(comment_feed_url(url))
    return frozenset(map(out_path, addresses))


def _leads_to_known(before: Article | None, after: Article, known: Collection[ArticleId]) -> bool:
    """Whether the links of a document are the same as before, or all lead to places in it or, by path, to documents."""
    if before and list_targets(before) == list_targets(after):
        return True
    paths = [path for slot in after.links if (path := split_target(slot.target)[0])]
    # What begins at the root may also be a file in `static/`.
    return all(
        path.lower().endswith(DOCUMENT_SUFFIXES) and path[0] != "/" and content_path(path, after.id) in known
        for path in paths
    )


def _brings_nothing_along(article: Article, last: LastPlan) -> bool:
    """Whether a new article is public, and concerns nothing but its own pages and its card."""
    metadata = article.metadata
    return (
        article.kind == "article"
        and classify(metadata, last.clock) == "published"
        and metadata.section_title is None
        and not (article.images or metadata.image or article.bundle)
        and not (metadata.url or metadata.aliases or metadata.corrections or metadata.series)
        and not (metadata.translation_key or metadata.prev or metadata.next or metadata.comments_path)
    )


def list_targets(article: Article) -> tuple[tuple[str, str], ...]:
    """Return where the links of an article lead, as written, and the attributes that say so."""
    return tuple((slot.target, slot.attribute) for slot in article.links)


def joins_known(article: Article, card: Card, others: Iterable[Card]) -> bool:
    """Whether the section, the tags and the authors of a new article are those of `others`, spelled alike.

    `card` is its own.
    """
    missing: set[Named] = {*card.tags, *card.authors}
    folder = article.id.partition("/")[0] if article.metadata.section else None
    if card.section:
        missing.add(card.section)
    for other in others:
        if other.language == card.language:
            missing.difference_update((*other.tags, *other.authors))
            missing.discard(other.section) if other.section else None
            folder = None if other.id.partition("/")[0] == folder else folder
        if not (missing or folder):
            return True
    return not (missing or folder)


def is_looked_for(article: Article, url: str, names: Iterable[str]) -> bool:
    """Whether one of `names` may mean an article that is new: by headline, slug, path or address."""
    own = {article.metadata.title, article.metadata.slug, url, posixpath.basename(article.id)}
    return any(name in own or posixpath.basename(name) in own for name in names)


def are_newest(articles: Collection[ArticleId], index: SiteIndex) -> bool:
    """Whether `articles` are newer than all others of their languages, each of which has others."""
    for language in index.languages.values():
        places = [place for place, card in enumerate(language.cards) if card.id in articles]
        if places and (places[-1] != len(places) - 1 or len(places) == len(language.cards)):
            return False
    return True


def are_free(fresh: Collection[OutPath], last: LastPlan) -> bool:
    """Whether files can be added to the output: nobody wants their places, and no link is waiting for them."""
    if not fresh:
        return True
    awaited = last.outline.awaited
    # A link may lead to a page or to its folder.
    if not (
        last.outline.is_settled and awaited.isdisjoint(fresh) and awaited.isdisjoint(map(posixpath.dirname, fresh))
    ):
        return False
    # Where WordPress had its feeds, servers are told of others as long as no page is there.
    if any("feed" in path.split("/") for path in fresh):
        return False
    tops = {_find_top(path) for path in fresh}
    claims = Claims()
    reserved = last.outline.reserved.difference(last.paths)
    for owner, paths in (("what is there", last.paths), ("what waits", reserved), ("what is new", fresh)):
        for path in paths:
            if _find_top(path) in tops:  # nobody else can be in the way
                claims.claim(path, owner)
    return not claims.problems and len(set(fresh)) == len(fresh)


def _find_top(path: OutPath) -> str:
    """Return the file or folder at the top of the output that a path begins with, as `folding_key` has it."""
    return folding_key(path.partition("/")[0])
