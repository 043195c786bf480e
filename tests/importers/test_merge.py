"""A capture over what is there: what comes, what stays, what goes."""

import json

import pytest

from sitegen.errors import ContentError
from sitegen.importers.merge import leave_out_erased, merge_snapshot
from sitegen.importers.records import CapturedThread, Withheld
from sitegen.model.values import replace
from sitegen.parse.comment_format import (
    AuthorRecord,
    BodyRecord,
    CommentRecord,
    MentionRecord,
    RatingRecord,
    SnapshotRecord,
    TimeRecord,
    VotesRecord,
)
from sitegen.parse.comments import parse_snapshot

PATH = "content/world/bridge.comments.json"


def comment(number: int, text: str = "Words.", parent: int | None = None, **fields: object) -> CommentRecord:
    made = CommentRecord(
        id=f"wp-{number}",
        parent=f"wp-{parent}" if parent else None,
        author=AuthorRecord(name="Ada"),
        published=TimeRecord(at="2024-03-09T10:12:00Z"),
        body=BodyRecord(format="html", text=text),
    )
    return made.model_copy(update=fields)


def thread(*comments: CommentRecord, withheld: tuple[Withheld, ...] = ()) -> CapturedThread:
    return CapturedThread(
        prefix="wp-",
        addresses=("https://old.example/bridge/",),
        source_id="17",
        snapshot=SnapshotRecord(platform="wpdiscuz", method="wxr", captured_at="2024-05-01T12:00:00Z"),
        read=len(comments) + len(withheld),
        comments=comments,
        withheld=withheld,
    )


def lay(old: str | None, new: CapturedThread, *, prune: bool = False) -> str:
    merged = merge_snapshot(old, PATH, new, article="world/bridge.md", prune=prune)
    assert merged.text is not None
    return merged.text


def ids(text: str) -> list[str]:
    return [item["id"] for item in json.loads(text)["comments"]]


def state(text: str) -> dict[str, tuple[str, bool]]:
    comments = json.loads(text)["comments"]
    return {item["id"]: (item.get("status", "published"), item.get("gone", False)) for item in comments}


def test_a_first_capture_is_a_sound_snapshot_that_says_where_it_comes_from() -> None:
    withheld = (Withheld(id="wp-3", reason="pending"), Withheld(id="wp-4", reason="spam"))
    text = lay(None, thread(comment(1), comment(2, parent=1), withheld=withheld))
    snapshot = json.loads(text)
    assert snapshot["schema"] == "sitegen.comments/1"
    assert snapshot["article"] == {"id": "world/bridge.md", "source_id": "17"}
    assert snapshot["snapshot"]["withheld"] == {"pending": 1, "spam": 1}
    assert snapshot["snapshot"]["captured_count"] == 2
    assert len(parse_snapshot(text, PATH).comments) == 2


def test_the_same_capture_again_changes_nothing_even_on_another_day() -> None:
    first = thread(comment(1), comment(2, parent=1))
    text = lay(None, first)
    later = replace(first, snapshot=first.snapshot.model_copy(update={"captured_at": "2025-01-01T00:00:00Z"}))
    assert merge_snapshot(text, PATH, later, article="world/bridge.md", prune=False).text is None


def test_new_comments_come_behind_those_that_are_there() -> None:
    text = lay(lay(None, thread(comment(5), comment(2))), thread(comment(1), comment(2), comment(5)))
    assert ids(text) == ["wp-5", "wp-2", "wp-1"]


def test_an_edit_is_taken_and_what_only_the_older_capture_knew_stays() -> None:
    old = lay(None, thread(comment(1, votes=VotesRecord(up=3))))
    merged = merge_snapshot(old, PATH, thread(comment(1, "Other words.")), article="world/bridge.md", prune=False)
    assert merged.changed == ("wp-1",)
    (item,) = json.loads(merged.text or "")["comments"]
    assert (item["body"]["text"], item["votes"]) == ("<p>Other words.</p>", {"up": 3})


def test_the_same_instant_in_another_zone_is_no_edit() -> None:
    old = lay(None, thread(comment(1)))
    elsewhere = comment(1, published=TimeRecord(at="2024-03-09T12:12:00+02:00"))
    assert merge_snapshot(old, PATH, thread(elsewhere), article="world/bridge.md", prune=False).text is None
    later = comment(1, published=TimeRecord(at="2024-03-09T12:12:00Z"))
    assert merge_snapshot(old, PATH, thread(later), article="world/bridge.md", prune=False).changed == ("wp-1",)


def test_what_the_source_no_longer_has_is_kept_and_marked() -> None:
    old = lay(None, thread(comment(1), comment(2)))
    text = lay(old, thread(comment(2)))
    assert state(text) == {"wp-1": ("published", True), "wp-2": ("published", False)}
    assert merge_snapshot(text, PATH, thread(comment(2)), article="world/bridge.md", prune=False).text is None
    assert state(lay(text, thread(comment(1), comment(2))))["wp-1"] == ("published", False)


def test_prune_removes_it_and_leaves_a_tombstone_where_replies_hang_on_it() -> None:
    old = lay(None, thread(comment(1), comment(2), comment(3, parent=2)))
    text = lay(old, thread(comment(3, parent=2)), prune=True)
    assert state(text) == {"wp-2": ("deleted", False), "wp-3": ("published", False)}


def test_what_the_source_withholds_now_goes() -> None:
    old = lay(None, thread(comment(1, "Cruel words."), comment(2, parent=1)))
    text = lay(old, thread(comment(2, parent=1), withheld=(Withheld(id="wp-1", reason="trash"),)))
    assert state(text) == {"wp-1": ("deleted", False), "wp-2": ("published", False)}
    assert "Cruel" not in text


def test_a_capture_that_was_cut_short_marks_nothing() -> None:
    old = lay(None, thread(comment(1), comment(2)))
    short = replace(thread(comment(2)), complete=False)
    assert merge_snapshot(old, PATH, short, article="world/bridge.md", prune=False).text is None


def test_comments_of_the_desk_and_of_other_platforms_are_left_alone() -> None:
    mine = '{"id": "own-1", "published": null, "body": {"format": "text", "text": "From a letter."}}'
    other = mine.replace("own-1", "disqus-7")
    old = f'{{"schema": "sitegen.comments/1", "comments": [{mine}, {other}]}}'
    text = lay(old, thread(comment(1)))
    assert state(text) == dict.fromkeys(("own-1", "disqus-7", "wp-1"), ("published", False))


def test_nothing_personal_and_nothing_harmful_is_written() -> None:
    hostile = comment(
        1,
        '<img src="https://secure.gravatar.com/avatar/0123456789abcdef0123456789abcdef"><script>x()</script>Fine.',
        author=AuthorRecord(name="ada@mail.example", url="javascript:x()", avatar="https://a.example/1.png"),
    )
    text = lay(None, thread(hostile))
    assert "mail.example" not in text
    assert "gravatar" not in text
    assert "1.png" not in text
    assert "javascript" not in text
    assert "script" not in text
    assert "Fine." in text


def test_mentions_and_ratings_of_the_source_take_the_place_of_older_ones() -> None:
    mention = MentionRecord(id="wp-9", kind="pingback", url="https://blog.example/")
    full = replace(thread(comment(1)), mentions=(mention,), ratings=(RatingRecord(value=4, count=2),), read=2)
    old = lay(None, full)
    text = lay(old, replace(full, mentions=(), ratings=(), read=1))
    assert "pingback" not in text
    assert json.loads(text)["ratings"] == [{"value": 4.0, "count": 2}]


def test_a_broken_snapshot_is_not_written_over() -> None:
    with pytest.raises(ContentError):
        lay('{"schema": "sitegen.comments/1"}', thread(comment(1)))


def test_every_erased_comment_above_a_reply_leaves_a_tombstone() -> None:
    chain = thread(comment(1), comment(2, parent=1), comment(3, parent=2))
    left = leave_out_erased(chain, lambda item: item.id in {"wp-1", "wp-2"})
    assert [(item.id, item.parent, item.status) for item in left.comments] == [
        ("wp-1", None, "deleted"),
        ("wp-2", "wp-1", "deleted"),
        ("wp-3", "wp-2", "published"),
    ]


def test_what_was_erased_does_not_come_back() -> None:
    left = leave_out_erased(
        thread(comment(1), comment(2, parent=1), comment(3)), lambda item: item.id in {"wp-1", "wp-3"}
    )
    assert [(item.id, item.status, item.body.text) for item in left.comments] == [
        ("wp-1", "deleted", ""),
        ("wp-2", "published", "Words."),
    ]
    assert [(item.id, item.reason) for item in left.withheld] == [("wp-1", "erased"), ("wp-3", "erased")]
