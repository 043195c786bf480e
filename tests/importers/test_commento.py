"""What becomes of an export of Commento."""

import json
from pathlib import Path

import pytest

from sitegen.errors import ContentError
from sitegen.importers.commento import read_threads
from sitegen.importers.records import ImportRequest, Tally
from sitegen.model.config import Config
from sitegen.parse.comment_format import AuthorRecord, VotesRecord
from tests.importers.exports import prepare, read_capture
from tests.samples import CLOCK


def request_for(file: Path) -> ImportRequest:
    return ImportRequest(inputs=(str(file),), config=Config(), clock=CLOCK)


def test_comments_have_their_authors_and_markdown_is_html(tmp_path: Path) -> None:
    thread = read_capture("commento", tmp_path)
    assert thread.addresses == ("https://old.example/2023/bridge",)
    first, second, third, tombstone = thread.comments
    assert first.author == AuthorRecord(name="Ana Ruiz", url="https://ana.example/", kind="editor")
    assert "<em>less</em>" in first.body.text
    assert (first.votes, second.parent, third.author) == (VotesRecord(score=2), "commento-101", None)
    assert (third.parent, tombstone.status) == ("commento-104", "deleted")


def test_version_one_of_comentario_has_the_path_and_the_html_elsewhere(tmp_path: Path) -> None:
    comment = {"commentHex": "1", "path": "x/", "state": "approved", "markdown": "*M*", "html": "<p>H</p>"}
    file = tmp_path / "export.json"
    file.write_text(json.dumps({"version": 1, "comments": [{**comment, "creationDate": "2023-07-09T17:22:00Z"}]}))
    (thread,) = read_threads(request_for(file), Tally())
    assert (thread.addresses, thread.comments[0].body.text) == (("/x",), "<p>H</p>")


def test_another_version_is_refused_with_the_platform_that_reads_it(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="is version 3") as caught:
        list(read_threads(request_for(prepare("comentario", tmp_path)), Tally()))
    assert caught.value.problems[0].hint == "exports of Comentario, version 3, are read by `comentario`"
