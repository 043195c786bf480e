"""Names of front matter keys: sitegen's own, the habits of other generators, and the nearest to a mistyped one."""

import difflib
from collections.abc import Iterable, Mapping
from functools import lru_cache

FIELDS: tuple[str, ...] = (
    "title",
    "date",
    "updated",
    "source",
    "rating",
    "votes",
    "prev",
    "next",
    "tags",
    "authors",
    "section",
    "description",
    "image",
    "draft",
    "gone",
    "expires",
    "embargo",
    "slug",
    "url",
    "aliases",
    "lang",
    "translation_key",
    "label",
    "corrections",
    "series",
    "live",
    "updates",
    "comments",
    "weight",
    "template",
    "extra",
)
"""Every key, in the order of the reference."""

CATEGORIES = "categories"
"""What `category` and `categories` are read as first: a section and tags in one."""

ALIASES: Mapping[str, str] = {
    "lastmod": "updated",
    "modified": "updated",
    "publishDate": "date",
    "pubdate": "date",
    "summary": "description",
    "excerpt": "description",
    "cover": "image",
    "featured_image": "image",
    "author": "authors",
    "byline": "authors",
    "category": CATEGORIES,
    "categories": CATEGORIES,
    "keywords": "tags",
    "permalink": "url",
    "redirect_from": "aliases",
    "expiryDate": "expires",
    "language": "lang",
}
"""Other generators' names, and what they are read as."""

NESTED: Mapping[str, Mapping[str, str]] = {
    "rating": {name: name for name in ("value", "votes", "best", "worst", "label")},
    "source": {"license": "licence"} | {name: name for name in ("name", "url", "year", "licence", "policy")},
    "prev": {name: name for name in ("title", "url")},
    "next": {name: name for name in ("title", "url")},
    "image": {"url": "src", "path": "src", "file": "src"}
    | {name: name for name in ("src", "alt", "caption", "credit")},
    "authors": {"name": "name"},
    "label": {name: name for name in ("text", "until")},
    "series": {name: name for name in ("name", "part")},
    "updates": {"date": "at"} | {name: name for name in ("at", "title", "text")},
    "corrections": {name: name for name in ("date", "text")},
    "gone": {name: name for name in ("reason", "date", "show_title")},
}
"""Keys of mappings, by field: as written, and as read."""

OPEN_MAPPINGS = frozenset({"authors"})
"""Fields whose mappings may hold more than sitegen reads, without a warning."""

TEXT_KEYS = frozenset({"title", "description", "summary", "excerpt", "source", "label", "gone"})
"""Keys, in lower case, whose value is prose, so that ` #` in it is hardly meant as a comment."""

_FOREIGN_HINTS: Mapping[str, str] = {
    "published": "write `draft: true` for what is not to be published",
    "layout": "`template` chooses another template",
}


@lru_cache(maxsize=1024)
def fold_key(key: str) -> str:
    """Return `key` as it is compared: `Publish-Date`, `publish_date` and `publishDate` are one name."""
    return key.lower().replace("_", "").replace("-", "")


NESTED_BY_FOLDED: Mapping[str, Mapping[str, str]] = {
    name: {fold_key(foreign): inner for foreign, inner in keys.items()} for name, keys in NESTED.items()
}
"""Keys of mappings, by field: as compared, and as read."""
_BY_FOLDED: Mapping[str, str] = {fold_key(name): name for name in FIELDS} | {
    fold_key(foreign): field for foreign, field in ALIASES.items()
}


def find_field(key: str, own: Mapping[str, str]) -> str | None:
    """Return the field that `key` means, or None. `own` (foreign key to field) wins over every other name."""
    folded = fold_key(key)
    if own:
        for foreign, field in own.items():
            if fold_key(foreign) == folded:
                return _BY_FOLDED.get(fold_key(field))
    return _BY_FOLDED.get(folded)


@lru_cache(maxsize=1024)
def hint_unknown_field(key: str) -> str:
    """Return what to write instead of the unknown key `key`."""
    if key.lower() in _FOREIGN_HINTS:
        return _FOREIGN_HINTS[key.lower()]
    near = find_near(key, (*FIELDS, *ALIASES))
    return f"did you mean `{near}`? Keys of your own go under `extra`" if near else "keys of your own go under `extra`"


def find_near(key: str, names: Iterable[str]) -> str | None:
    """Return the name that `key` is probably meant to be, or None."""
    near = difflib.get_close_matches(key.lower()[:60], list(names), n=1, cutoff=0.66)
    return near[0] if near else None
