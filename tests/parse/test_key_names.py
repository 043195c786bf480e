"""Names of keys: sitegen's, other generators', and near misses."""

import pytest

from sitegen.parse.key_names import find_field, hint_unknown_field


@pytest.mark.parametrize(
    ("key", "field"),
    [
        ("title", "title"),
        ("TITLE", "title"),
        ("translationKey", "translation_key"),
        ("lastmod", "updated"),
        ("Modified", "updated"),
        ("publishDate", "date"),
        ("PUBDATE", "date"),
        ("summary", "description"),
        ("excerpt", "description"),
        ("cover", "image"),
        ("featured_image", "image"),
        ("Featured-Image", "image"),
        ("author", "authors"),
        ("byline", "authors"),
        ("category", "categories"),
        ("keywords", "tags"),
        ("permalink", "url"),
        ("redirect_from", "aliases"),
        ("expirydate", "expires"),
        ("rubrik", None),
    ],
)
def test_names(key: str, field: str | None) -> None:
    assert find_field(key, {}) == field


def test_the_configuration_wins() -> None:
    own = {"Topics": "tags", "cover": "label", "rubrik": "Category", "x": "nonsense"}
    names = [find_field(key, own) for key in ("topics", "COVER", "rubrik", "x", "title")]
    assert names == ["tags", "label", "categories", None, "title"]


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("ratng", "did you mean `rating`? Keys of your own go under `extra`"),
        ("Titel", "did you mean `title`? Keys of your own go under `extra`"),
        ("summmary", "did you mean `summary`? Keys of your own go under `extra`"),
        ("kicker", "keys of your own go under `extra`"),
        ("published", "write `draft: true` for what is not to be published"),
    ],
)
def test_hints(key: str, hint: str) -> None:
    assert hint_unknown_field(key) == hint
