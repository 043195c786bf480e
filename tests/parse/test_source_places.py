from sitegen.errors import Span
from sitegen.parse.source_places import SourcePlaces
from tests.patience import patience


def test_occurrences_are_found_in_turn() -> None:
    places = SourcePlaces("[a](x.md) not x.md.bak\n<x.md>\r\n\n[b]: x.md\n", 5)
    assert places.find("x.md") == Span(line=5, column=5, length=4)
    assert places.find("x.md") == Span(line=6, column=2, length=4)
    assert places.find("x.md") == Span(line=8, column=6, length=4)
    assert places.find("x.md") == Span(line=8, column=6, length=4), "a reference used twice has one place"


def test_what_is_not_there_has_no_place() -> None:
    places = SourcePlaces("[a](x%20y.md)", 1)
    assert places.find("x y.md") is None
    assert places.find("x y.md") is None


def test_thousands_of_links_are_not_looked_for_for_ever() -> None:
    places = SourcePlaces("word " * 50_000, 1)
    with patience():
        found = [places.find(f"none-{number}.md") for number in range(20_000)]
    assert set(found) == {None}
