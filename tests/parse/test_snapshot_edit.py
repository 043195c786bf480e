"""Comments that are written into a snapshot."""

import json

import pytest

from sitegen.errors import ContentError
from sitegen.parse.comments import parse_snapshot
from sitegen.parse.snapshot_edit import append_comment, hash_comments

PATH = "x.comments.json"
COMMENT = {"author": {"name": "Bo"}, "published": {"at": "2024-03-09"}, "body": {"format": "text", "text": "Grüße"}}


def test_the_first_comment_makes_a_snapshot() -> None:
    text, identity = append_comment(None, PATH, COMMENT)
    assert identity == "own-1"
    assert (
        text
        == """\
{
 "schema": "sitegen.comments/1",
 "comments": [
  {
   "id": "own-1",
   "author": {
    "name": "Bo"
   },
   "published": {
    "at": "2024-03-09"
   },
   "body": {
    "format": "text",
    "text": "Grüße"
   }
  }
 ]
}
"""
    )


def test_keys_get_their_order_and_none_is_lost() -> None:
    before = {
        "comments": [{"body": "x", "published": None, "mine": 1, "id": "own-7"}, {**COMMENT, "id": "wp-9"}],
        "extra": [1.5],
        "snapshot": {"captured_count": 1, "platform": "x", "content_sha256": "0"},
        "schema": "sitegen.comments/1",
    }
    text, identity = append_comment(json.dumps(before), PATH, COMMENT)
    after = json.loads(text)
    assert identity == "own-8"
    assert list(after) == ["schema", "snapshot", "comments", "extra"]
    assert list(after["comments"][0]) == ["id", "published", "body", "mine"]
    assert after["comments"][1]["id"] == "wp-9"
    assert after["snapshot"]["content_sha256"] == hash_comments(after["comments"])
    # what was written here was not captured, so that the counts of the capture stay right
    assert [warning.message for warning in parse_snapshot(text, PATH).warnings] == [
        "unknown key `mine`",
        "unknown key `extra`",
    ]


def test_nothing_is_added_to_a_broken_snapshot_and_nothing_that_would_break_it() -> None:
    with pytest.raises(ContentError):
        append_comment("{", PATH, COMMENT)
    with pytest.raises(ContentError):
        append_comment(None, PATH, {**COMMENT, "author": {"name": "bo@news.example"}})
