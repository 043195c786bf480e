"""Where an address that was found in the HTML stands in the Markdown it was made from."""

from bisect import bisect_right

from sitegen.errors import Span

_BEFORE = frozenset("(<{\"'= \t\n:")
_BEHIND = frozenset(")>}\"' \t\n\r")
_EFFORT = 64
"""How many times the length of the source may be searched in all, so that thousands of links do not add up."""


class SourcePlaces:
    """Finds addresses in a source, one occurrence after the other."""

    def __init__(self, source: str, line: int) -> None:
        """Search `source`, which begins at `line` of its file."""
        self._source = source
        self._line = line
        self._starts: list[int] | None = None
        self._next: dict[str, int] = {}
        self._known: dict[str, Span] = {}
        self._effort = _EFFORT * (len(source) + 1)

    def find(self, address: str) -> Span | None:
        """Return the place of the next occurrence of `address`, of the last one where there is no other, or None."""
        if address in self._known and self._next[address] < 0:
            return self._known[address]
        start = self._search(address, self._next.get(address, 0))
        self._next[address] = start + 1 if start >= 0 else -1
        if start >= 0:
            self._known[address] = self._span_at(start, len(address))
        return self._known.get(address)

    def _search(self, address: str, position: int) -> int:
        while self._effort > 0 and position >= 0:
            start = self._source.find(address, position)
            self._effort -= (start if start >= 0 else len(self._source)) - position + 1
            if start < 0 or self._stands_alone(start, start + len(address)):
                return start
            position = start + 1
        return -1

    def _stands_alone(self, start: int, end: int) -> bool:
        before, behind = self._source[start - 1 : start], self._source[end : end + 1]
        return (not start or before in _BEFORE) and (not behind or behind in _BEHIND)

    def _span_at(self, start: int, length: int) -> Span:
        if self._starts is None:
            self._starts = [0]
            for line in self._source.split("\n"):
                self._starts.append(self._starts[-1] + len(line) + 1)
        index = bisect_right(self._starts, start) - 1
        return Span(line=self._line + index, column=start - self._starts[index] + 1, length=length)
