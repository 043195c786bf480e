"""Which pages show a document, and why: asked of the values that the pages are made from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sitegen.model.codec import encode
from sitegen.model.facts import SnapshotFacts
from sitegen.model.names import ArticleId, Digest, Url
from sitegen.model.page import PageSpec
from sitegen.plan.urls import absolute_url

OWN_PAGE = "is its page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Values by which a page is known to depend on something."""

    values: tuple[str, ...]
    """Texts that all stand in the view, each as a whole value."""
    why: str
    """What the page does with it: `lists it`."""


class Views:
    """The views of pages, searched for values."""

    def __init__(self, specs: Iterable[PageSpec]) -> None:
        """Search the views of `specs`; they are written out at the first question."""
        self._specs = tuple(specs)
        self._texts: list[bytes] = []

    def find(self, marks: Sequence[Mark], own: str = "") -> Iterator[tuple[PageSpec, str]]:
        """Yield every page that holds one of `marks`, with why: the first that it holds.

        The page whose source is `own` comes as such, whatever it holds.
        """
        wanted = [(tuple(encode(value) for value in mark.values), mark.why) for mark in marks]
        self._texts = self._texts or [encode(spec.view) for spec in self._specs]
        for spec, text in zip(self._specs, self._texts, strict=True):
            why = next((why for values, why in wanted if all(value in text for value in values)), None)
            if own and spec.source == own:
                yield spec, OWN_PAGE
            elif why:
                yield spec, why


def mark_document(
    article: ArticleId, url: Url, body: Digest, snapshot: SnapshotFacts | None, base_url: str
) -> tuple[Mark, ...]:
    """Return the marks of a document at `url`, the strongest first."""
    return (
        Mark(values=(article, body), why="holds its text"),  # another document may have the same text
        *mark_comments(snapshot),
        Mark(values=(article,), why="lists it"),
        *mark_address(url, base_url, "links to it"),
    )


def mark_comments(snapshot: SnapshotFacts | None) -> tuple[Mark, ...]:
    """Return the marks of the comments on a document, page by page: nothing shows them if there is no `snapshot`."""
    if snapshot is None:
        return ()
    threads = dict.fromkeys((snapshot.thread, *(page.thread for page in snapshot.pages)))
    return tuple(Mark(values=(thread,), why="shows its comments") for thread in threads)


def mark_address(url: Url, base_url: str, why: str) -> tuple[Mark, ...]:
    """Return the marks of an address of this site, which feeds and maps write in full."""
    return Mark(values=(url,), why=why), Mark(values=(absolute_url(url, base_url),), why=why)


def find_shown(spec: PageSpec, documents: Mapping[ArticleId, Url]) -> tuple[ArticleId, ...]:
    """Return those of `documents` that a page lists or links to, sorted."""
    text = encode(spec.view)
    return tuple(
        sorted(article for article, url in documents.items() if encode(article) in text or encode(url) in text)
    )
