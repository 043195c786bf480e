"""Comments go out of a snapshot for good, and nothing else does."""

import json
from collections.abc import Callable

from sitegen.parse.snapshot_erase import erase_from_snapshot

PATH = "content/world/bridge.comments.json"


def comment(identity: str, parent: str | None = None, name: str = "Ada", **more: object) -> dict[str, object]:
    return {
        "id": identity,
        "parent": parent,
        "author": {"name": name},
        "published": {"at": "2024-03-09T10:12:00Z"},
        "body": {"format": "text", "text": f"Words of {identity}."},
        **more,
    }


def snapshot(*comments: dict[str, object], **more: object) -> str:
    return json.dumps({"schema": "sitegen.comments/1", "comments": comments, **more})


def nobody(_name: str) -> bool:
    return False


def erase(text: str, *ids: str, is_theirs: Callable[[str], bool] = nobody) -> dict[str, object]:
    return json.loads(erase_from_snapshot(text, PATH, frozenset(ids), is_theirs))  # type: ignore[no-any-return]


def states(document: dict[str, object]) -> list[tuple[str, str]]:
    comments: list[dict[str, object]] = document["comments"]  # type: ignore[assignment]
    return [(str(item["id"]), str(item.get("status", "published"))) for item in comments]


def test_a_comment_without_replies_leaves_nothing() -> None:
    assert states(erase(snapshot(comment("wp-1"), comment("wp-2")), "wp-1")) == [("wp-2", "published")]


def test_a_tombstone_stays_where_replies_hang_on_it() -> None:
    text = snapshot(comment("wp-1"), comment("wp-2", "wp-1"), comment("wp-3", "wp-2", "Bo"), comment("wp-4", "wp-1"))
    document = erase(text, "wp-1", "wp-2", "wp-4")
    assert states(document) == [("wp-1", "deleted"), ("wp-2", "deleted"), ("wp-3", "published")]
    assert "Words of wp-1" not in json.dumps(document)


def test_names_of_the_erased_go_from_what_others_wrote() -> None:
    reply = comment("wp-2", "wp-1", "Bo", reply_to_name="Ada", edited={"by": "Ada", "raw": "today"})
    mention = {"id": "wp-9", "kind": "pingback", "author": {"name": "Ada"}}
    text = snapshot(comment("wp-1"), reply, mentions=[mention])
    document = erase(text, "wp-1", is_theirs=lambda name: name == "Ada")
    assert "Ada" not in json.dumps(document)
    assert "mentions" not in document


def test_counts_and_hash_follow() -> None:
    source = {"declared_count": 2, "captured_count": 2, "withheld": {"spam": 1}}
    document = erase(snapshot(comment("wp-1"), comment("own-2"), snapshot=source), "wp-1")
    described: dict[str, object] = document["snapshot"]  # type: ignore[assignment]
    assert described["withheld"] == {"spam": 1, "erased": 1}
    assert (described["declared_count"], described["captured_count"]) == (1, 0)
    assert len(str(described["content_sha256"])) == 64


def test_a_snapshot_without_it_stays_as_it_is() -> None:
    text = snapshot(comment("wp-1"))
    assert erase_from_snapshot(text, PATH, {"wp-7"}, nobody) == text


def test_a_circle_of_erased_comments_ends() -> None:
    assert states(erase(snapshot(comment("wp-1", "wp-2"), comment("wp-2", "wp-1")), "wp-1", "wp-2")) == []
