"""What front matter keys are called here and elsewhere."""

from collections.abc import Mapping

FIELDS = (
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
    "expires",
    "slug",
    "url",
    "aliases",
    "lang",
    "translation_key",
    "label",
    "corrections",
    "comments",
    "weight",
    "template",
    "extra",
)
"""Every key that sitegen knows."""

FOREIGN: Mapping[str, str] = {
    "lastmod": "updated",
    "modified": "updated",
    "publishdate": "date",
    "pubdate": "date",
    "summary": "description",
    "excerpt": "description",
    "cover": "image",
    "featured_image": "image",
    "author": "authors",
    "byline": "authors",
    "category": "section",
    "categories": "section",
    "keywords": "tags",
    "permalink": "url",
    "redirect_from": "aliases",
    "expirydate": "expires",
    "language": "lang",
}
"""Habits of other generators, in lower case."""


def find_field(key: str, mapped: Mapping[str, str]) -> str | None:
    """Return the field that `key` means, without regard to case; `mapped` (`[front_matter.map]`) wins; None if unknown."""
    folded = key.lower()
    own = {name.lower(): field for name, field in mapped.items()}
    if folded in own:
        return own[folded]
    return folded if folded in FIELDS else FOREIGN.get(folded)
