"""What becomes of the columns of isso's database."""

from pathlib import Path

from sitegen.parse.comment_format import AuthorRecord, VotesRecord
from tests.importers.exports import read_capture


def test_a_row_becomes_a_comment(tmp_path: Path) -> None:
    thread = read_capture("isso", tmp_path)
    first, _, third, tombstone = thread.comments
    assert (thread.addresses, thread.source_id, thread.title) == (("/2023/bridge/",), "3", "The bridge reopens")
    assert (first.id, first.author) == ("isso-101", AuthorRecord(name="Ana Ruiz", url="https://ana.example/"))
    assert first.published
    assert first.published.at == "2023-07-09T17:22:00Z"
    assert first.edited
    assert first.edited.at
    assert first.edited.at.at == "2023-07-09T17:23:20Z"
    assert first.votes == VotesRecord(up=3, down=1)
    assert "<em>less</em>" in first.body.text
    assert (third.parent, tombstone.id, tombstone.status) == ("isso-104", "isso-104", "deleted")
    assert [item.reason for item in thread.withheld] == ["deleted", "pending"]
