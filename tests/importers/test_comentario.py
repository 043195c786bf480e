"""What becomes of an export of Comentario."""

from pathlib import Path

from sitegen.parse.comment_format import AuthorRecord, EditRecord, TimeRecord
from tests.importers.exports import read_capture


def test_pages_comments_and_commenters_find_each_other(tmp_path: Path) -> None:
    thread = read_capture("comentario", tmp_path)
    assert (thread.addresses, thread.title, thread.closed) == (("/2023/bridge/",), "The bridge reopens", True)
    first, second, third, tombstone = thread.comments
    assert first.author == AuthorRecord(name="Ana Ruiz", url="https://ana.example/", kind="editor")
    assert (first.pinned, first.edited) == (True, EditRecord(at=TimeRecord(at="2023-07-09T17:24:00Z")))
    assert (second.parent, second.body.text) == ("comentario-101", "<p>And the view is <em>back</em>.</p>")
    assert third.author == AuthorRecord(name="1900", kind="guest")
    assert (third.parent, tombstone.status) == ("comentario-104", "deleted")
    assert [item.reason for item in thread.withheld] == ["deleted", "pending", "not-public"]
