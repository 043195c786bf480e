"""Values are found when they are wanted, and once."""

import pytest

from sitegen.model.recalled import Recalled


def test_a_value_is_found_once() -> None:
    asked: list[str] = []

    def find(key: str) -> int | None:
        asked.append(key)
        return {"one": 1}.get(key)

    values = Recalled(find)
    assert asked == []
    assert (values["one"], values.get("one"), values.get("two"), "two" in values) == (1, 1, None, False)
    assert asked == ["one", "two"]
    with pytest.raises(KeyError):
        values["two"]


def test_it_goes_through_what_was_found() -> None:
    values = Recalled({"one": 1, "two": 2}.get)
    assert (list(values), len(values)) == ([], 0)
    assert values["two"] + values.get("three", 0) == 2
    assert (list(values), len(values)) == (["two"], 1)
