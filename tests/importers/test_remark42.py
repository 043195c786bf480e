"""What becomes of the lines of a remark42 backup."""

from pathlib import Path

import pytest

from sitegen.errors import ContentError
from sitegen.importers.records import ImportRequest, Tally
from sitegen.importers.remark42 import read_threads
from sitegen.model.config import Config
from sitegen.parse.comment_format import VotesRecord
from tests.importers.exports import CAPTURES, read_capture
from tests.samples import CLOCK


def test_a_line_becomes_a_comment(tmp_path: Path) -> None:
    thread = read_capture("remark42", tmp_path)
    first, second, third, tombstone = thread.comments
    assert (thread.addresses, thread.closed) == (("https://old.example/2023/bridge/",), False)
    assert first.author
    assert (first.id, first.author.name, first.author.kind) == ("remark42-101", "Ana & Co", "editor")
    assert first.published
    assert first.published.at == "2023-07-09T17:22:00Z"
    assert first.edited
    assert (first.edited.at and first.edited.at.at, first.edited.note) == ("2023-07-09T17:24:00Z", "a typo")
    assert (first.votes, second.votes) == (VotesRecord(up=2, down=1), VotesRecord(score=0))
    assert (first.pinned, first.body.format) == (True, "html")
    assert (third.parent, tombstone.status) == ("remark42-104", "deleted")


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        ('{"id": "1"}', 1, "no version"),
        ('{"version": 9}', 1, "version 9"),
        ('{"version": 1}\n{"id": "1"}', 2, "`user` is missing"),
        ('{"version": 1}\n\n{"id": 5}', 3, "`id` must be text"),
        ('{"version": 1}\n{"id": "1", "id": "2"}', 2, "written twice"),
    ],
)
def test_a_line_that_is_not_as_remark42_writes_it_is_refused(
    tmp_path: Path, lines: str, line: int, message: str
) -> None:
    (tmp_path / "backup.json").write_text(lines)
    request = ImportRequest(inputs=(str(tmp_path / "backup.json"),), config=Config(), clock=CLOCK)
    with pytest.raises(ContentError) as caught:
        list(read_threads(request, Tally()))
    found = [problem for problem in caught.value.problems if message in problem.message]
    assert [problem.span.line for problem in found if problem.span] == [line]


def test_two_backups_are_read_one_after_the_other(tmp_path: Path) -> None:
    file = str(CAPTURES / "remark42.json")
    (thread,) = read_threads(ImportRequest(inputs=(file, file), config=Config(), clock=CLOCK), Tally())
    assert [item.reason for item in thread.withheld].count("duplicate") == 5
