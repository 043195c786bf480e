"""Pages that show the text of a document, and what becomes of them when that alone is another."""

from collections.abc import Iterable, Mapping, Sequence

from sitegen.model.article import Article
from sitegen.model.comment_views import CommentPageView
from sitegen.model.machine_views import FeedView
from sitegen.model.names import NO_DIGEST, Digest, OutPath
from sitegen.model.page import PageSpec
from sitegen.model.values import replace
from sitegen.model.views import BodyRef, PageView, PlannedArticle

_WORDS_PER_MINUTE = 220


def estimate_reading(words: int) -> int:
    """Return how many minutes it takes to read so many words, at least one."""
    return max(1, round(words / _WORDS_PER_MINUTE))


def find_texts(specs: Iterable[PageSpec]) -> Mapping[Digest, tuple[OutPath, ...]]:
    """Return on which pages each text stands, by its digest."""
    found: dict[Digest, dict[OutPath, None]] = {}
    for spec in specs:
        for ref in list_texts(spec):
            found.setdefault(ref.digest, {})[spec.path] = None
    return {digest: tuple(paths) for digest, paths in found.items()}


def list_texts(spec: PageSpec) -> Sequence[BodyRef]:
    """Return the texts that stand on a page."""
    view = spec.view
    if isinstance(view, _WITH_ONE):
        return (view.body,) if view.body else ()
    if isinstance(view, FeedView):
        return [entry.body for entry in view.entries if entry.body]
    return ()


_WITH_ONE = PlannedArticle | PageView | CommentPageView


def is_other_text(before: Article, after: Article) -> bool:
    """Whether two versions of a document differ in their text alone: in nothing that a plan looks at.

    Neither does it matter where something stands in the file, nor what there is to tell of it.
    """
    return strip_text(before) == strip_text(after)


def strip_text(article: Article) -> Article:
    """Return an article without its text, places and warnings, and without an excerpt that is not the description."""
    return replace(
        article,
        links=tuple(replace(slot, span=None) for slot in article.links),
        images=tuple(replace(slot, span=None) for slot in article.images),
        excerpt="" if article.metadata.description else article.excerpt,
        spans={},
        warnings=(),
        body_digest=NO_DIGEST,
        words=0,
    )


def exchange_text(spec: PageSpec, before: Article, after: Article) -> PageSpec:
    """Return a page with the text of `after` wherever that of `before` stands; see `is_other_text`."""
    view = spec.view

    def exchange(ref: BodyRef) -> BodyRef:
        return replace(ref, digest=after.body_digest) if ref.digest == before.body_digest else ref

    if isinstance(view, PlannedArticle):
        return replace(
            spec, view=replace(view, body=exchange(view.body), reading_minutes=estimate_reading(after.words))
        )
    if isinstance(view, PageView | CommentPageView) and view.body:
        return replace(spec, view=replace(view, body=exchange(view.body)))
    if isinstance(view, FeedView):
        entries = tuple(replace(entry, body=exchange(entry.body)) if entry.body else entry for entry in view.entries)
        return replace(spec, view=replace(view, entries=entries))
    return spec
