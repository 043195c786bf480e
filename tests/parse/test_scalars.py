"""Text, truth and numbers, written in any format."""

from datetime import date

import pytest
from pydantic_core import PydanticCustomError

from sitegen.parse.places import Plain
from sitegen.parse.scalars import check_characters, read_boolean, read_integer, read_line, read_number, read_weight


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Plain("  War \n and\tpeace "), "War and peace"),
        ("10\u00a0000", "10\u00a0000"),
        (1984, "1984"),
        (4.5, "4.5"),
        ("a\u2067b\u2069", "a\u2067b\u2069"),
        ("a\u202bb\u202c", "a\u202bb\u202c"),
    ],
)
def test_text_is_one_line(value: object, text: str) -> None:
    read = read_line(value)
    assert read == text
    assert type(read) is str


@pytest.mark.parametrize("value", [True, date(2023, 7, 9), ["a"], {"a": "b"}, None])
def test_what_is_no_text(value: object) -> None:
    with pytest.raises(PydanticCustomError, match="must be text"):
        read_line(value)


@pytest.mark.parametrize(
    "text", ["a\0b", "a\x1bb", "a\x0bb", "\ud800", "a\uffff", "a\u202eb", "a\u2066b", "a\u2069b\u202a"]
)
def test_characters_that_are_refused(text: str) -> None:
    with pytest.raises(PydanticCustomError):
        check_characters(text)


@pytest.mark.parametrize(
    ("value", "truth"), [(True, True), ("yes", True), ("On", True), ("TRUE", True), ("no", False), ("off", False)]
)
def test_truth(value: object, truth: bool) -> None:
    assert read_boolean(value) is truth


@pytest.mark.parametrize("value", ["maybe", "1", 1, None, ["true"]])
def test_what_is_no_truth(value: object) -> None:
    with pytest.raises(PydanticCustomError, match="must be true or false"):
        read_boolean(value)


def test_numbers() -> None:
    assert [read_integer(value) for value in ("10", "-5", "+3", "0123", 7, 8.0)] == [10, -5, 3, 123, 7, 8]
    assert [read_number(value) for value in ("4.5", 4, "4")] == [4.5, 4.0, 4.0]


@pytest.mark.parametrize("value", ["1e3", "ten", "", True, 1.5, "9" * 5000, 10**20, [], float("inf"), float("nan")])
def test_what_is_no_whole_number(value: object) -> None:
    with pytest.raises(PydanticCustomError, match="must be a whole number"):
        read_integer(value)


@pytest.mark.parametrize("value", ["4,5", "nan", float("nan"), True, "9" * 5000])
def test_what_is_no_number(value: object) -> None:
    with pytest.raises(PydanticCustomError, match="must be a number"):
        read_number(value)


def test_weights_have_bounds() -> None:
    with pytest.raises(PydanticCustomError, match="must lie between"):
        read_weight("1000001")
