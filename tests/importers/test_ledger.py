"""`imports.lock`: which file came from where."""

import pytest

from sitegen.errors import ContentError
from sitegen.importers.ledger import Entry, Ledger, read_ledger, rename_in_ledger, write_ledger

DIGEST = "0" * 64
LEDGER = Ledger(
    entries={
        "https://old.example/?p=17": Entry(path="content/world/bridge.md", digest=DIGEST),
        "https://old.example/?p=2": Entry(path="content/pages/über uns.md", digest=DIGEST),
    }
)


def test_what_is_written_is_read_again() -> None:
    assert read_ledger(write_ledger(LEDGER)) == LEDGER


def test_a_moved_document_keeps_its_origin() -> None:
    moved = rename_in_ledger(LEDGER, "content/world/bridge.md", "content/local/bridge.md")
    assert moved.entries["https://old.example/?p=17"].path == "content/local/bridge.md"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("<<<<<<< HEAD", "is no line of this file"),
        ("content/a.md = k sha256:12", "is no line of this file"),
        (f"content/b.md = https://old.example/?p=17 sha256:{DIGEST}", "stands in two lines"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str, message: str) -> None:
    with pytest.raises(ContentError, match=message) as caught:
        read_ledger(write_ledger(LEDGER) + line + "\n")
    span = caught.value.problems[0].span
    assert span
    assert span.line == 4
