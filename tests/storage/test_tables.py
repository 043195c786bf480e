"""Tables of which an edit asks for a few rows."""

import msgspec
import pytest

from sitegen.model.codec import UnreadableError, decode
from sitegen.model.names import OutPath
from sitegen.storage.tables import LazyTable

HOME, ABOUT, NEW = (OutPath(f"{name}.html") for name in ("index", "about", "new"))
ROWS = b'{"index.html": 1, "about.html": 2}'


def read_number(row: msgspec.Raw) -> int:
    return decode(row, int)


def test_a_table_is_what_was_published_with_what_was_changed_since() -> None:
    table = LazyTable((ROWS, b'{"about.html": 3, "new.html": 4}'), read_number)
    assert dict(table) == {HOME: 1, ABOUT: 3, NEW: 4}
    assert (len(table), NEW in table, OutPath("gone.html") in table) == (3, True, False)
    assert table.get(OutPath("gone.html")) is None
    assert not LazyTable((None, None), read_number)


def test_nothing_is_decoded_but_what_is_asked_for() -> None:
    table = LazyTable((b'{"index.html": 1, "about.html": "no number"}', None), read_number)
    assert table[HOME] == 1
    assert ABOUT in table
    with pytest.raises(UnreadableError):
        table[ABOUT]


def test_what_is_no_table_is_told_at_once() -> None:
    with pytest.raises(UnreadableError):
        LazyTable((b"[1, 2]", None), read_number)
