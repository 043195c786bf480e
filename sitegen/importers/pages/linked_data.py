"""What a page says of its article in JSON-LD (schema.org), as WordPress and its SEO plugins write it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sitegen.errors import ContentError
from sitegen.importers.pages.markup import Node
from sitegen.parse.html_tokens import resolve_references
from sitegen.parse.json_source import load_json

_ARTICLES = frozenset(
    {
        "AnalysisNewsArticle",
        "Article",
        "BackgroundNewsArticle",
        "BlogPosting",
        "NewsArticle",
        "OpinionNewsArticle",
        "Report",
        "ReportageNewsArticle",
        "ReviewNewsArticle",
    }
)
_MOST = 2_000
"""How many objects of a page are looked at."""
_LONGEST = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedArticle:
    """What JSON-LD says; empty where it says nothing."""

    headline: str = ""
    """The headline."""
    published: str = ""
    """`datePublished`, as it is written."""
    modified: str = ""
    """`dateModified`, as it is written."""
    authors: tuple[str, ...] = ()
    """Names of the authors."""
    section: str = ""
    """The first `articleSection`."""
    tags: tuple[str, ...] = ()
    """`keywords`."""
    description: str = ""
    """The description."""
    image: str = ""
    """Address of the first image."""
    body: str = ""
    """`articleBody`: the whole text without markup."""
    url: str = ""
    """Address of the article."""
    comment_count: int | None = None
    """How many comments it says that there are."""


def read_linked_article(root: Node) -> LinkedArticle:
    """Return what the page says of its article in JSON-LD; what cannot be read says nothing."""
    objects = list(_list_objects(root))
    by_id = {str(item["@id"]): item for item in objects if "@id" in item and len(item) > 1}
    for item in objects:
        if not _ARTICLES.isdisjoint(_list_texts(item.get("@type"))):
            return _Reader(by_id).read(item)
    return LinkedArticle()


def _list_objects(root: Node) -> Iterator[Mapping[str, object]]:
    count = 0
    for script in root.css('script[type="application/ld+json"]'):
        text = script.text()
        if len(text) > _LONGEST:
            continue
        try:
            waiting: list[object] = [load_json(text.strip(), "JSON-LD")]
        except ContentError:
            continue
        while waiting and count < _MOST:
            value = waiting.pop(0)
            count += 1
            if isinstance(value, list):
                waiting += value
            elif isinstance(value, Mapping):
                yield value
                waiting.append(value.get("@graph"))


class _Reader:
    """Reads values, following references to other objects of the page."""

    def __init__(self, by_id: Mapping[str, Mapping[str, object]]) -> None:
        self._by_id = by_id

    def read(self, item: Mapping[str, object]) -> LinkedArticle:
        count = item.get("commentCount")
        return LinkedArticle(
            headline=_first(item.get("headline")) or _first(item.get("name")),
            published=_first(item.get("datePublished")),
            modified=_first(item.get("dateModified")),
            authors=self._names(item.get("author")),
            section=_first(item.get("articleSection")),
            tags=tuple(
                tag.strip() for text in _list_texts(item.get("keywords")) for tag in text.split(",") if tag.strip()
            ),
            description=_first(item.get("description")),
            image=self._address(item.get("image")),
            body=_first(item.get("articleBody")),
            url=self._address(item.get("url")) or self._address(item.get("mainEntityOfPage")),
            comment_count=count if isinstance(count, int) and not isinstance(count, bool) and count >= 0 else None,
        )

    def _resolve(self, value: object) -> object:
        if isinstance(value, Mapping) and set(value) == {"@id"}:
            return self._by_id.get(str(value["@id"]), value)
        return value

    def _names(self, value: object) -> tuple[str, ...]:
        items = value if isinstance(value, list) else [value]
        resolved = [self._resolve(item) for item in items]
        names = [_first(item.get("name") if isinstance(item, Mapping) else item) for item in resolved]
        return tuple(dict.fromkeys(name for name in names if name and "://" not in name))

    def _address(self, value: object) -> str:
        item = self._resolve(value[0] if isinstance(value, list) and value else value)
        if isinstance(item, Mapping):
            return _first(item.get("url")) or _first(item.get("contentUrl")) or _first(item.get("@id"))
        return _first(item)


def _list_texts(value: object) -> Sequence[str]:
    values = value if isinstance(value, list) else [value]
    return [resolve_references(text).strip() for text in values if isinstance(text, str)]


def _first(value: object) -> str:
    return next(iter(_list_texts(value)), "")
