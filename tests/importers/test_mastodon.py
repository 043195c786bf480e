"""What becomes of the replies to a post."""

import json
from pathlib import Path

import pytest

from sitegen.importers.mastodon import read_threads
from sitegen.importers.records import ImportRequest, Tally
from sitegen.model.config import Config
from sitegen.parse.comment_format import AuthorRecord, VotesRecord
from tests.importers.exports import CAPTURES, read_capture
from tests.samples import CLOCK

POST = {
    "id": "100",
    "created_at": "2023-07-09T17:00:00Z",
    "visibility": "public",
    "content": '<p>New: <a href="https://old.example/a/?x=1&amp;y=2">it</a></p>',
    "account": {"username": "gazette"},
    "url": "https://social.example/@gazette/100",
}


def test_replies_become_comments(tmp_path: Path) -> None:
    thread = read_capture("mastodon", tmp_path)
    first, second, third = thread.comments
    assert (thread.source_id, thread.complete) == ("100", False)
    assert first.author == AuthorRecord(name="Ana Ruiz", url="https://social.example/@ana", kind="fediverse")
    assert first.body.text.startswith("<p><strong>Bridges &amp; &lt;tolls></strong></p><p>Half an hour")
    assert (first.body.lang, first.votes, first.reactions) == ("en", VotesRecord(up=2), {"reblogs": 1})
    assert (first.parent, second.parent, third.parent) == (None, "mastodon-101", None)
    assert third.author
    assert third.author.name == "c"


@pytest.mark.parametrize(
    ("more", "addresses"),
    [
        ({}, ("https://old.example/a/?x=1&y=2",)),
        ({"card": {"url": "https://old.example/b/"}}, ("https://old.example/b/", "https://old.example/a/?x=1&y=2")),
    ],
)
def test_the_post_itself_tells_which_article_it_is(
    tmp_path: Path, more: dict[str, object], addresses: tuple[str, ...]
) -> None:
    (tmp_path / "post.json").write_text(json.dumps({**POST, **more}))
    files = (str(CAPTURES / "mastodon.json"), str(tmp_path / "post.json"))
    (thread,) = read_threads(ImportRequest(inputs=files, config=Config(), clock=CLOCK), Tally())
    assert (thread.addresses, thread.names) == (addresses, ())
    assert thread.snapshot.origin_url == "https://social.example/@gazette/100"


def test_without_anything_else_the_name_of_the_file_tells(tmp_path: Path) -> None:
    (tmp_path / "bridge.json").write_bytes((CAPTURES / "mastodon.json").read_bytes())
    (thread,) = read_threads(
        ImportRequest(inputs=(str(tmp_path / "bridge.json"),), config=Config(), clock=CLOCK), Tally()
    )
    assert (thread.addresses, thread.names) == ((), ("bridge",))
