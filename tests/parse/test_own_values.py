"""`extra`: values for templates, without surprises and without bounds broken."""

from datetime import UTC, date, datetime

import pytest
from pydantic_core import PydanticCustomError

from sitegen.parse.own_values import read_extra
from sitegen.parse.places import Plain


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("False", False),
        ("no", "no"),
        ("12", 12),
        ("-7", -7),
        ("0123", "0123"),
        ("1:30", "1:30"),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("1e400", "1e400"),
        ("00.5", "00.5"),
        ("2023-7-9", "2023-7-9"),
        ("999999999999999999999", "999999999999999999999"),
        ("9" * 5000, "9" * 5000),
        ("null-ish", "null-ish"),
    ],
)
def test_plain_yaml(written: str, value: object) -> None:
    read = read_extra({"a": Plain(written)})["a"]
    assert read == value
    assert type(read) is type(value)


def test_typed_values() -> None:
    native = {
        "quoted": "12",
        "day": date(2023, 7, 9),
        "at": datetime(2023, 7, 9, 17, 22, tzinfo=UTC),
        "list": [1, [True, None]],
        "table": {"x": 1.5},
    }
    assert read_extra(native) == {
        "quoted": "12",
        "day": "2023-07-09",
        "at": "2023-07-09T17:22:00+00:00",
        "list": (1, (True, "")),
        "table": {"x": 1.5},
    }


def nest(depth: int) -> dict[str, object]:
    value: dict[str, object] = {}
    for _ in range(depth):
        value = {"a": value}
    return value


@pytest.mark.parametrize(
    ("value", "message", "place"),
    [
        ("text", "must be a mapping", ()),
        (nest(22), "is nested more than 20 levels deep", ("a",) * 21),
        ({"a": list(range(6000))}, "holds more than 5000 values", ("a", 4999)),
        ({"a": {"b": [1, "x\0"]}}, "contains a control character (U+0000)", ("a", "b", 1)),
        ({"a": 2**63}, "a number with too many digits", ("a",)),
        ({"a": float("nan")}, "must be a finite number", ("a",)),
    ],
)
def test_what_is_refused_is_placed(value: object, message: str, place: tuple[str | int, ...]) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        read_extra(value)
    assert str(caught.value) == message
    assert (caught.value.context or {})["at"] == place
