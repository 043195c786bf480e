"""Values that are only looked for when somebody wants them."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Recalled(Mapping[Key, Value]):
    """A mapping that finds its values one by one, each once; it goes through those alone that were wanted so far."""

    def __init__(self, find: Callable[[Key], Value | None]) -> None:
        """Find values by `find`, which returns None where there is none."""
        self._find = find
        self._found: dict[Key, Value | None] = {}

    def __getitem__(self, key: Key) -> Value:
        """Return a value; raises KeyError where there is none."""
        if key not in self._found:
            self._found[key] = self._find(key)
        value = self._found[key]
        if value is None:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[Key]:
        """Go through the keys of what was found."""
        return (key for key, value in self._found.items() if value is not None)

    def __len__(self) -> int:
        """Return how many values were found."""
        return sum(1 for _ in self)
