"""Taking comments out of a snapshot for good."""

from collections.abc import Callable, Collection, Sequence
from typing import cast

from sitegen.parse.comments import parse_snapshot
from sitegen.parse.snapshot_edit import Record, count_captured, hash_comments, load_snapshot, write_snapshot
from sitegen.plan.threads import add_ancestors


def erase_from_snapshot(text: str, path: str, ids: Collection[str], is_theirs: Callable[[str], bool]) -> str:
    """Return the snapshot `text` without the comments `ids`, and without names of which `is_theirs` holds.

    Where replies hang on a comment a tombstone stays. The names go from other comments as well: whom they answer, who
    edited them, who mentions the article. Raises ContentError where the snapshot has mistakes.
    """
    parse_snapshot(text, path)
    document = load_snapshot(text, path)
    before = cast("Sequence[Record]", document["comments"])
    parents = {str(item["id"]): _read_parent(item) for item in before}
    needed = add_ancestors(parents.keys() - ids, parents)
    comments = [
        _clean(item, ids, is_theirs) if item["id"] not in ids else _bury(item)
        for item in before
        if item["id"] not in ids or item["id"] in needed
    ]
    mentions = [item for item in _list(document, "mentions") if not is_theirs(_name_of(item.get("author")))]
    if comments == list(before) and mentions == _list(document, "mentions"):
        return text
    changed = {**document, "comments": comments, "mentions": mentions}
    if not mentions:
        del changed["mentions"]
    erased = sum(item["id"] in ids and item.get("status") != "deleted" for item in before)
    changed["snapshot"] = _recount(document.get("snapshot"), comments, erased, is_theirs)
    written = write_snapshot(changed)
    parse_snapshot(written, path)
    return written


def _read_parent(item: Record) -> str | None:
    parent = item.get("parent")
    return None if parent is None else str(parent)


def _bury(item: Record) -> Record:
    kept: Record = {key: item[key] for key in ("id", "parent", "published") if key in item}
    return {**kept, "body": {"format": "text", "text": ""}, "status": "deleted"}


def _clean(item: Record, ids: Collection[str], is_theirs: Callable[[str], bool]) -> Record:
    """Return a comment that stays, without the names of what goes."""
    cleaned = dict(item)
    answered = cleaned.get("reply_to_name")
    if answered and (cleaned.get("parent") in ids or is_theirs(str(answered))):
        del cleaned["reply_to_name"]
    edited = cleaned.get("edited")
    if isinstance(edited, dict) and is_theirs(_name_of({"name": edited.get("by")})):
        cleaned["edited"] = {key: value for key, value in edited.items() if key != "by"}
    return cleaned


def _recount(source: object, comments: Sequence[Record], erased: int, is_theirs: Callable[[str], bool]) -> Record:
    """Return what the snapshot says of itself, in step with what it holds now."""
    described = dict(source) if isinstance(source, dict) else {}
    withheld = dict(described.get("withheld") or {})
    if erased:
        withheld["erased"] = int(withheld.get("erased", 0)) + erased
        described["withheld"] = withheld
    if described.get("captured_count") is not None:
        described["captured_count"] = count_captured(comments)
    if described.get("declared_count") is not None:
        described["declared_count"] = max(0, int(described["declared_count"]) - erased)
    warnings = described.get("warnings")
    if isinstance(warnings, list):
        described["warnings"] = [line for line in warnings if not is_theirs(str(line))]
    described["content_sha256"] = hash_comments(comments)
    return described


def _list(document: Record, key: str) -> list[Record]:
    return list(cast("Sequence[Record]", document.get(key) or ()))


def _name_of(author: object) -> str:
    name = author.get("name") if isinstance(author, dict) else author
    return str(name or "")
