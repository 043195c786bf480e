"""What PHP's `serialize()` writes, read as data: numbers, texts and arrays; never an object.

Source: `var_serializer.c` of PHP 8. Lengths of texts count bytes, so that is how it is read.
"""

from collections.abc import Mapping

PhpValue = None | bool | int | float | str | Mapping[int | str, "PhpValue"]
"""What may stand in serialised data."""

_DEEPEST = 20
_MOST_ITEMS = 10_000


class PhpError(ValueError):
    """The text is no serialised data, or holds what is not read."""


def parse_php(text: str) -> PhpValue:
    """Return the value that `text` holds; raises PhpError.

    Exports end lines with LF where PHP may have counted CRLF; both are tried.
    """
    data = text.strip().encode("utf-8", "surrogatepass")
    try:
        return _parse_whole(data)
    except PhpError:
        if b"\n" not in data:
            raise
        return _parse_whole(data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


def _parse_whole(data: bytes) -> PhpValue:
    reader = _Reader(data)
    value = reader.read_value(0)
    reader.expect_end()
    return value


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self._items = 0

    def expect_end(self) -> None:
        """Raise PhpError where something stands behind the value."""
        if self._at != len(self._data):
            raise PhpError(f"something stands behind the value, at byte {self._at}")

    def read_value(self, depth: int) -> PhpValue:
        """Read the next value."""
        self._items += 1
        if depth > _DEEPEST or self._items > _MOST_ITEMS:
            raise PhpError("holds too much")
        kind = self._data[self._at : self._at + 2]
        self._at += 2
        if kind == b"N;":
            return None
        if kind == b"b:":
            return self._read_number(b";") != 0
        if kind == b"i:":
            return self._read_number(b";")
        if kind == b"d:":
            return self._read_float()
        if kind == b"s:":
            text = self._read_text()
            self._expect(b";")
            return text
        if kind == b"a:":
            return self._read_array(depth)
        raise PhpError(f"`{kind.decode('latin-1')}` at byte {self._at - 2} is not read")

    def _read_array(self, depth: int) -> Mapping[int | str, PhpValue]:
        count = self._read_number(b":")
        self._expect(b"{")
        if not 0 <= count <= _MOST_ITEMS:
            raise PhpError("holds too much")
        items: dict[int | str, PhpValue] = {}
        for _ in range(count):
            key = self.read_value(depth + 1)
            if not isinstance(key, int | str):
                raise PhpError(f"a key at byte {self._at} is neither number nor text")
            items[key] = self.read_value(depth + 1)
        self._expect(b"}")
        return items

    def _read_text(self) -> str:
        length = self._read_number(b":")
        self._expect(b'"')
        if not 0 <= length <= len(self._data) - self._at:
            raise PhpError(f"the text at byte {self._at} has another length")
        text = self._data[self._at : self._at + length]
        self._at += length
        self._expect(b'"')
        return text.decode("utf-8", "replace")

    def _read_float(self) -> float:
        written = self._read_until(b";")
        try:
            return float(written)
        except ValueError as failure:
            raise PhpError(f"`{written.decode('latin-1')}` is no number") from failure

    def _read_number(self, end: bytes) -> int:
        written = self._read_until(end)
        if not written.lstrip(b"+-").isdigit() or len(written) > 20:
            raise PhpError(f"`{written[:20].decode('latin-1')}` is no number")
        return int(written)

    def _read_until(self, end: bytes) -> bytes:
        place = self._data.find(end, self._at, self._at + 40)
        if place < 0:
            raise PhpError(f"`{end.decode()}` is missing behind byte {self._at}")
        found = self._data[self._at : place]
        self._at = place + len(end)
        return found

    def _expect(self, mark: bytes) -> None:
        if self._data[self._at : self._at + len(mark)] != mark:
            raise PhpError(f"`{mark.decode()}` is missing at byte {self._at}")
        self._at += len(mark)
