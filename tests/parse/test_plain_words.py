"""What pydantic finds, in words for people who edit files."""

from typing import Annotated, Literal

import pytest
from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import BaseModel, ConfigDict, FiniteFloat, ValidationError

from sitegen.parse.plain_words import describe_finding


class Inner(BaseModel):
    """An object."""


class Form(BaseModel):
    """A value of every kind."""

    model_config = ConfigDict(strict=True, extra="forbid")

    text: Annotated[str, MinLen(1), MaxLen(3)] = "x"
    whole: Annotated[int, Ge(1), Le(9)] = 1
    number: FiniteFloat = 1.0
    truth: bool = True
    items: list[int] = []
    table: dict[str, int] = {}
    inner: Inner = Inner()
    choice: Literal["a", "b"] = "a"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"text": 7}, "must be text"),
        ({"text": ""}, "must not be empty"),
        ({"text": "long"}, "must not be longer than 3 characters"),
        ({"whole": "1"}, "must be a whole number"),
        ({"whole": 1.0}, "must be a whole number"),
        ({"whole": 0}, "must be at least 1"),
        ({"whole": 10}, "must be at most 9"),
        ({"number": "1"}, "must be a number"),
        ({"number": float("inf")}, "must be a number"),
        ({"truth": 1}, "must be true or false"),
        ({"items": {}}, "must be a list"),
        ({"table": []}, "must be an object"),
        ({"inner": []}, "must be an object"),
        ({"choice": "c"}, "must be 'a' or 'b'"),
        ({"other": 1}, "extra inputs are not permitted"),
    ],
)
def test_findings(values: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Form.model_validate(values)
    (details,) = caught.value.errors()
    assert describe_finding(details, {}) == words
    assert describe_finding(details, {details["type"]: "own words"}) in {words, "own words"}


def test_a_format_has_its_own_words() -> None:
    with pytest.raises(ValidationError) as caught:
        Form.model_validate({"text": 7})
    assert describe_finding(caught.value.errors()[0], {"string_type": "must be text in quotes"}) == (
        "must be text in quotes"
    )
