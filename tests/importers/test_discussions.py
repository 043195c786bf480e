"""What becomes of GitHub Discussions."""

import json
from pathlib import Path

import pytest

from sitegen.errors import ContentError
from sitegen.importers.discussions import read_threads
from sitegen.importers.records import CapturedThread, ImportRequest, Tally
from sitegen.model.config import Config
from sitegen.parse.comment_format import AuthorRecord, VotesRecord
from tests.importers.exports import CAPTURES, read_capture
from tests.samples import CLOCK


def test_comments_and_replies_become_a_thread(tmp_path: Path) -> None:
    thread = read_capture("discussions", tmp_path)
    assert thread.addresses == ("https://old.example/2023/bridge/",)
    assert (thread.names, thread.complete, thread.closed) == (("2023/bridge/",), True, False)
    first, second, tombstone, last = thread.comments
    assert first.author == AuthorRecord(name="ana-ruiz", url="https://github.com/ana-ruiz", kind="editor")
    assert (first.votes, first.reactions) == (VotesRecord(up=2), {"thumbs_up": 3})
    assert (second.parent, second.author, second.body.text) == (
        "github-101",
        None,
        "<p>And the view is <em>back</em>.</p>",
    )
    assert (tombstone.status, last.parent) == ("deleted", "github-104")


def read_changed(tmp_path: Path, old: str, new: str) -> CapturedThread:
    text = (CAPTURES / "discussions.json").read_text()
    assert old in text
    file = tmp_path / "answer.json"
    file.write_text(text.replace(old, new, 1))
    (thread,) = read_threads(ImportRequest(inputs=(str(file),), config=Config(), clock=CLOCK), Tally())
    return thread


@pytest.mark.parametrize(
    ("title", "addresses", "names"),
    [
        ("https://a.example/x/", ("https://a.example/x/", "https://old.example/2023/bridge/"), ()),
        ("The bridge | The Gazette", ("https://old.example/2023/bridge/",), ("The bridge | The Gazette",)),
    ],
)
def test_the_title_is_what_giscus_maps_by(
    tmp_path: Path, title: str, addresses: tuple[str, ...], names: tuple[str, ...]
) -> None:
    thread = read_changed(tmp_path, '"title": "2023/bridge/"', f'"title": {json.dumps(title)}')
    assert (thread.addresses, thread.names) == (addresses, names)


def test_an_answer_that_was_cut_short_is_not_complete(tmp_path: Path) -> None:
    old = '"totalCount": 1, "pageInfo": {"hasNextPage": false}'
    assert not read_changed(tmp_path, old, old.replace("false", "true")).complete


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("null", ":1:1: must be an object"),
        ('{"data": {"repository": []}}', ":1:25: `repository` must be an object"),
        ('[\n {"data": {"repository": []}}]', ":2:26: `repository` must be an object"),
    ],
)
def test_what_is_no_answer_is_refused_in_the_words_of_the_file(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "answer.json"
    file.write_text(text)
    with pytest.raises(ContentError) as refused:
        list(read_threads(ImportRequest(inputs=(str(file),), config=Config(), clock=CLOCK), Tally()))
    (problem,) = refused.value.problems
    assert problem.span is not None
    assert f":{problem.span.line}:{problem.span.column}: {problem.message}" == said
