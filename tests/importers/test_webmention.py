"""What becomes of a feed of webmentions."""

import json
from pathlib import Path

from sitegen.importers.records import CapturedThread, ImportRequest, Tally
from sitegen.importers.threads import join_threads
from sitegen.importers.webmention import read_threads
from sitegen.model.config import Config
from sitegen.parse.comment_format import AuthorRecord
from tests.importers.exports import prepare
from tests.samples import CLOCK


def read(file: Path, url: str | None = None) -> CapturedThread:
    request = ImportRequest(inputs=(str(file),), config=Config(), clock=CLOCK, url=url)
    return join_threads(list(read_threads(request, Tally())))


def test_replies_become_comments_and_the_rest_mentions(tmp_path: Path) -> None:
    thread = read(prepare("webmention", tmp_path))
    first, second = thread.comments
    assert thread.addresses == ("https://old.example/2023/bridge/",)
    assert first.author == AuthorRecord(name="Ana Ruiz", url="https://ana.example/")
    assert (first.id, first.url) == ("webmention-101", "https://ana.example/replies/1")
    assert first.published
    assert first.published.at == "2023-07-09T17:22:00Z"
    assert (second.published, second.body.format) == (None, "text")
    assert [(item.id, item.kind) for item in thread.mentions] == [
        ("webmention-103", "like"),
        ("webmention-106", "repost"),
    ]
    assert [item.reason for item in thread.withheld] == ["private"]


def test_another_receiver_may_have_no_numbers_and_no_target(tmp_path: Path) -> None:
    file = tmp_path / "feed.json"
    entry = {"type": "entry", "url": "https://ana.example/1", "wm-property": "in-reply-to", "content": "Fine."}
    file.write_text(json.dumps({"type": "feed", "children": [entry, entry]}))
    thread = read(file, "https://old.example/x/")
    assert thread.addresses == ("https://old.example/x/",)
    assert [comment.body.text for comment in thread.comments] == ["Fine."]
    assert [item.reason for item in thread.withheld] == ["duplicate"]
