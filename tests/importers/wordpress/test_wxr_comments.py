"""Comments of exports: which are public, and what wpDiscuz keeps of them."""

from pathlib import Path

import pytest

from sitegen.importers.wordpress.wxr_comments import read_ratings
from sitegen.parse.comment_format import AnchorRecord, VotesRecord
from tests.importers.wordpress.wxr_exports import (
    list_messages,
    read_export,
    read_thread,
    write_comment,
    write_export,
    write_item,
)


def test_a_comment(tmp_path: Path) -> None:
    text = "One <em>two</em>\nthree\n\n<pre>a\n\nb</pre>"
    thread, tally = read_thread(tmp_path, write_comment(5, text, author_url="https://ada.example/", author="A &amp; B"))
    (comment,) = thread.comments
    assert comment.model_dump(exclude_defaults=True) == {
        "id": "wp-5",
        "author": {"name": "A & B", "url": "https://ada.example/", "kind": "guest"},
        "published": {"at": "2024-03-09T11:00:00Z"},
        "body": {"format": "html", "text": "<p>One <em>two</em><br />\nthree</p>\n<pre>a\n\nb</pre>"},
        "url": "https://old.example/2024/03/bridge/#comment-5",
    }
    assert (thread.prefix, thread.source_id, thread.closed, thread.read) == ("wp-", "17", False, 1)
    assert thread.snapshot.model_dump(exclude_defaults=True) | {"source_sha256": ""} == {
        "platform": "wordpress",
        "method": "wxr",
        "origin_url": "https://old.example/2024/03/bridge/",
        "captured_at": "2024-06-01T12:00:00Z",
        "source_sha256": "",
    }
    assert list(list_messages(tally)) == []


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"approved": "1"}, None),
        ({"approved": "1", "type": ""}, None),
        ({"approved": "1", "type": "wpdiscuz_sticky"}, None),
        ({"approved": "0"}, "pending"),
        ({"approved": ""}, "pending"),
        ({"approved": "2"}, "pending"),
        ({"approved": "01"}, "pending"),
        ({"approved": "approved"}, "pending"),
        ({"approved": "spam"}, "spam"),
        ({"approved": "trash"}, "trash"),
        ({"approved": "post-trashed"}, "trash"),
        ({"type": "private"}, "private"),
        ({"type": "note"}, "note"),
        ({"type": "order_note"}, "note"),
        ({"type": "review"}, "not-public"),
        ({"type": "pingback", "approved": "0"}, "pending"),
        ({"id": ""}, "no-id"),
    ],
)
def test_only_what_wordpress_shows_is_public(tmp_path: Path, fields: dict[str, str], reason: str | None) -> None:
    thread, _ = read_thread(tmp_path, write_comment(5, "Secret.", **fields))  # type: ignore[arg-type]
    assert [item.reason for item in thread.withheld] == ([reason] if reason else [])
    assert len(thread.comments) == (reason is None)
    if reason:
        assert "Secret" not in repr(thread)


def test_pingbacks_and_trackbacks_are_mentions(tmp_path: Path) -> None:
    ping = write_comment(6, "[…] says […]", type="pingback", author="Other News", author_url="https://other.example/a/")
    thread, _ = read_thread(tmp_path, ping, write_comment(7, type="trackback", author=""))
    assert thread.comments == ()
    assert [mention.model_dump(exclude_none=True) for mention in thread.mentions] == [
        {
            "id": "wp-6",
            "kind": "pingback",
            "url": "https://other.example/a/",
            "author": {"name": "Other News"},
            "published": {"at": "2024-03-09T11:00:00Z"},
        },
        {"id": "wp-7", "kind": "trackback", "published": {"at": "2024-03-09T11:00:00Z"}},
    ]


def test_ids_that_are_no_numbers_become_sound_ones(tmp_path: Path) -> None:
    thread, _ = read_thread(tmp_path, write_comment("a b\n", type="pingback"), write_comment("c d"))
    ids = [thread.mentions[0].id, thread.comments[0].id]
    assert [len(identity) for identity in ids] == [len("wp-") + 16] * 2


def test_a_comment_that_stands_on_two_posts_counts_once(tmp_path: Path) -> None:
    items = (write_item(17, "A.", write_comment(5)), write_item(18, "B.", write_comment(5)))
    (first, second), _ = read_export(tmp_path, write_export(*items))
    assert first.thread
    assert second.thread
    assert (len(first.thread.comments), len(second.thread.comments)) == (1, 0)
    assert [item.reason for item in second.thread.withheld] == ["duplicate"]


def test_replies_to_what_is_not_public_stand_by_themselves(tmp_path: Path) -> None:
    comments = (
        write_comment(3, parent="2"),
        write_comment(2, approved="0"),
        write_comment(4, parent="3"),
        write_comment(7, parent="8"),
        write_comment(8, parent="7"),
        write_comment(9, parent="9"),
    )
    thread, tally = read_thread(tmp_path, *comments)
    assert {comment.id: comment.parent for comment in thread.comments} == {
        "wp-3": None,
        "wp-4": "wp-3",
        "wp-7": None,
        "wp-8": "wp-7",
        "wp-9": None,
    }
    assert len(list(list_messages(tally))) == 2


@pytest.mark.parametrize(
    ("meta", "votes"),
    [
        ({}, None),
        ({"wpdiscuz_votes": "0"}, VotesRecord(score=0)),
        ({"wpdiscuz_votes": "-2"}, VotesRecord(score=-2)),
        (
            {"wpdiscuz_votes": "2", "wpdiscuz_votes_seperate": 'a:2:{s:4:"like";i:3;s:7:"dislike";i:-1;}'},
            VotesRecord(up=3, down=1),
        ),
        ({"wpdiscuz_votes_seperate": 'a:1:{s:4:"like";s:1:"3";}'}, VotesRecord(up=3, down=0)),
        ({"wpdiscuz_votes": "many"}, None),
    ],
)
def test_votes(tmp_path: Path, meta: dict[str, str], votes: VotesRecord | None) -> None:
    thread, tally = read_thread(tmp_path, write_comment(5, meta=meta))
    assert thread.comments[0].votes == votes
    assert list(list_messages(tally)) == []


@pytest.mark.parametrize("written", ['O:8:"stdClass":0:{}', "nonsense", "a:0:{}", 's:1:"a";'])
def test_votes_that_cannot_be_read_are_a_warning(tmp_path: Path, written: str) -> None:
    meta = {"wpdiscuz_votes": "2", "wpdiscuz_votes_seperate": written}
    thread, tally = read_thread(tmp_path, write_comment(5, meta=meta))
    assert thread.comments[0].votes == VotesRecord(score=2)
    assert list(list_messages(tally)) == ["comments have votes that cannot be read (1)"]


@pytest.mark.parametrize(
    ("by", "name"),
    [("3", "Ana Ruiz"), ("ana@secret.example", "Ana Ruiz"), ("eva@secret.example", None), ("77", None), ("", None)],
)
def test_edits_have_the_displayed_name_of_who_made_them(tmp_path: Path, by: str, name: str | None) -> None:
    meta = {"wpdiscuz_last_edited_at": "2024-03-10 08:00:00", "wpdiscuz_last_edited_by": by}
    thread, _ = read_thread(tmp_path, write_comment(5, meta=meta))
    edited = thread.comments[0].edited
    assert edited
    assert edited.at
    assert (edited.at.at, edited.by) == ("2024-03-10T08:00:00Z", name)
    assert "secret" not in repr(thread)


def test_pinned_and_closed(tmp_path: Path) -> None:
    pinned = write_comment(5, type="wpdiscuz_sticky", meta={"wpdiscuz_closed": "1"}, user_id="3")
    thread, _ = read_thread(tmp_path, pinned, wp_comment_status="closed")
    (comment,) = thread.comments
    assert comment.author
    assert (comment.pinned, comment.closed, comment.author.kind, thread.closed) == (True, True, "author", True)
    assert thread.snapshot.platform == "wpdiscuz"


@pytest.mark.parametrize(("user", "kind"), [("0", "guest"), ("", "guest"), ("3", "author"), ("4", "member")])
def test_who_somebody_is(tmp_path: Path, user: str, kind: str) -> None:
    thread, _ = read_thread(tmp_path, write_comment(5, user_id=user))
    assert thread.comments[0].author
    assert thread.comments[0].author.kind == kind


def test_inline_feedback_is_resolved_where_the_text_has_one_passage(tmp_path: Path) -> None:
    body = 'Before it [wpdiscuz-feedback id="x" question="Really?"]the passage[/wpdiscuz-feedback] and after.'
    comment = write_comment(5, meta={"wpdiscuz_feedback_form_id": "31"})
    (document,), tally = read_export(tmp_path, write_export(write_item(17, body, comment, write_comment(6))))
    assert document.thread
    anchors = [comment.anchor for comment in document.thread.comments]
    expected = AnchorRecord(quote="the passage", prefix="Before it ", suffix=" and after.", question="Really?")
    assert anchors == [expected, None]
    assert "wpdiscuz" not in document.body
    assert list(list_messages(tally)) == []


def test_inline_feedback_is_not_guessed(tmp_path: Path) -> None:
    body = "[wpdiscuz-feedback id=a]one[/wpdiscuz-feedback] [wpdiscuz-feedback id=b]two[/wpdiscuz-feedback]"
    comment = write_comment(5, meta={"wpdiscuz_feedback_form_id": "31"})
    (document,), tally = read_export(tmp_path, write_export(write_item(17, body, comment)))
    assert document.thread
    assert document.thread.comments[0].anchor is None
    assert any("a passage that the export does not name" in message for message in list_messages(tally))


def test_ratings() -> None:
    meta = {
        "wpdiscuz_post_rating": "4",
        "wpdiscuz_post_rating_count": "2",
        "wpdiscuz_post_rating_sound-quality": "3.5",
        "wpdiscuz_post_rating_count_sound-quality": "8",
        "wpdiscuz_post_rating_unrated": "0",
        "wpdiscuz_post_rating_count_unrated": "0",
    }
    assert [(item.key, item.label, item.value, item.count) for item in read_ratings(meta)] == [
        ("post", "Article Rating", 4.0, 2),
        ("sound-quality", "Sound quality", 3.5, 8),
    ]


@pytest.mark.parametrize("value", ["", "nan", "inf", "-1", "900", "four"])
def test_what_is_no_rating(value: str) -> None:
    assert read_ratings({"wpdiscuz_post_rating": value, "wpdiscuz_post_rating_count": "2"}) == ()


def test_a_rating_without_comments_is_kept(tmp_path: Path) -> None:
    thread, _ = read_thread(tmp_path, meta={"wpdiscuz_post_rating": "4", "wpdiscuz_post_rating_count": "2"})
    assert (thread.read, len(thread.ratings)) == (0, 1)
