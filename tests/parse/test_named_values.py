"""Values by sitegen's own names, and where they stand."""

from sitegen.errors import Span
from sitegen.parse.front_matter import split_document
from sitegen.parse.named_values import NamedValues, name_values


def name(*lines: str) -> NamedValues:
    return name_values(split_document("\n".join(("---", *lines, "---", "")), "content/world/bridge.md"), {})


def test_the_first_key_that_gives_a_value_stands_for_the_field() -> None:
    named = name("image:", "cover: a.jpg", "featured_image: b.jpg")
    assert named.values == {"image": "a.jpg"}
    assert named.keys == {"image": "cover"}
    assert [(other.key, other.value) for other in named.others["image"]] == [("featured_image", "b.jpg")]
    assert named.locate(("image", "src")) == Span(line=3, column=8, length=5)


def test_an_empty_value_is_none_but_has_a_place() -> None:
    named = name("title: T", "date:", "slug: ' '")
    assert named.values == {"title": "T"}
    assert not named.others
    assert named.locate(("date",)) == named.locate_key("date") == Span(line=3, column=1, length=4)
    assert named.locate_key("slug") == Span(line=4, column=7, length=3)
    assert named.locate_key("tags") is None


def test_keys_of_mappings_are_renamed_and_found_again() -> None:
    named = name("image: {url: a.jpg, alt: x}", "authors: [Ana]")
    assert named.values == {"image": {"src": "a.jpg", "alt": "x"}, "authors": ["Ana"]}
    assert named.locate(("image", "src")) == Span(line=2, column=14, length=5)
    assert named.locate(("authors", 0)) == Span(line=3, column=11, length=3)
