"""Places in a text: lines and columns of offsets, and the errors that every format has."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.errors import ContentError, Span
from sitegen.parse.places import Lines, Places, check_encodable, describe_twice, place_at, refuse_depth


@pytest.mark.parametrize(
    ("offset", "place"), [(0, (5, 1)), (2, (5, 3)), (3, (6, 1)), (4, (7, 1)), (5, (7, 2)), (8, (7, 5))]
)
def test_an_offset_is_a_line_and_a_column(offset: int, place: tuple[int, int]) -> None:
    text = "ab\n\n\tdé\r"
    assert place_at(text, offset, 5) == Span(line=place[0], column=place[1])


@given(st.text(alphabet="a\n\r\u2028\t", max_size=20), st.integers(1, 9))
@settings(max_examples=80, deadline=None)
def test_looking_up_many_places_gives_the_same(text: str, line: int) -> None:
    lines = Lines(text, line)
    for offset in range(len(text) + 1):
        assert lines.span(offset) == place_at(text, offset, line)
    assert lines.span(0, 7).length == 7


@given(st.text(alphabet="a\n\r\u2028\t", max_size=20), st.integers(1, 9))
@settings(max_examples=80, deadline=None)
def test_what_is_noted_by_offsets_is_a_place_when_asked_for(text: str, line: int) -> None:
    places = Places({(offset,): (offset, offset + 3) for offset in range(len(text))}, text, line)
    lines = Lines(text, line)
    assert dict(places) == {(offset,): lines.span(offset, 3) for offset in range(len(text))}
    assert len(places) == len(text)
    assert (len(text),) not in places
    assert places.get((len(text),)) is None


def test_half_of_a_character_is_refused_where_it_stands() -> None:
    check_encodable("yaml", "a: \U0001f600\n", "x.md", 2)
    with pytest.raises(ContentError) as caught:
        check_encodable("yaml", "a: 1\nb: \udc80\n", "x.md", 2)
    (problem,) = caught.value.problems
    assert (problem.code, problem.message, problem.span) == (
        "yaml",
        "contains half of a character",
        Span(line=3, column=4),
    )


def test_a_key_that_stands_twice_is_told_with_both_lines() -> None:
    first, second = Span(line=2), Span(line=4, column=3)
    problem = describe_twice("toml", "a", "x.md", first, second)
    assert (problem.message, problem.span) == ("`a` is written twice, on line 2 and on line 4", second)
    assert describe_twice("toml", "a", "x.md", first, first).message == "`a` is written twice, both times on line 2"


def test_nesting_is_refused_with_its_bound() -> None:
    (problem,) = refuse_depth("json", "x.md", Span(line=3)).problems
    assert problem.message == "is nested more than 40 levels deep"
    assert problem.span == Span(line=3)
