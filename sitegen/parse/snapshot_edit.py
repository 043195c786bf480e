"""Writing snapshots: a comment that the desk adds, in the order of keys that every snapshot has."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import cast

from sitegen.parse.comment_format import SCHEMA, find_record, list_keys
from sitegen.parse.comments import OWN, parse_snapshot
from sitegen.parse.json_source import load_json

Record = dict[str, object]
"""An object of a snapshot, as JSON has it."""

_NUMBER = re.compile(rf"{OWN}(\d+)")


def append_comment(text: str | None, path: str, comment: Mapping[str, object]) -> tuple[str, str]:
    """Return the snapshot `text` with one more comment, and its id; None: a new snapshot.

    Raises ContentError where the snapshot has mistakes, before or after.
    """
    document: Record = {"schema": SCHEMA, "comments": []}
    if text is not None:
        parse_snapshot(text, path)
        document = load_snapshot(text, path)
    comments = cast("list[Record]", document["comments"])
    numbers = [int(found[1]) for item in comments if (found := _NUMBER.fullmatch(str(item["id"])))]
    identity = f"{OWN}{max(numbers, default=0) + 1}"
    comments.append({"id": identity, **comment})
    source = document.get("snapshot")
    if isinstance(source, dict) and source.get("content_sha256"):
        source["content_sha256"] = hash_comments(comments)
    written = write_snapshot(document)
    parse_snapshot(written, path)
    return written, identity


def load_snapshot(text: str, path: str) -> Record:
    """Return a sound snapshot as the object that it is on the disk."""
    return cast("Record", load_json(text.removeprefix("\ufeff"), path))


def count_captured(comments: Sequence[Record]) -> int:
    """Return how many of `comments` were captured, and not written here."""
    return sum(not str(item["id"]).startswith(OWN) for item in comments)


def hash_comments(comments: object) -> str:
    """Return the SHA-256 of the canonical JSON of `comments`: UTF-8, sorted keys, no space between."""
    canonical = json.dumps(comments, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def write_snapshot(document: Mapping[str, object]) -> str:
    """Return a snapshot as it stands on the disk: keys in the order of the format, indented by one, one line end."""
    return json.dumps(_order(document, ()), ensure_ascii=False, indent=1) + "\n"


def _order(value: object, names: tuple[str, ...]) -> object:
    """Return `value`, which stands behind the keys `names`, with known keys in their order and others behind them."""
    if isinstance(value, list):
        return [_order(item, names) for item in value]
    if not isinstance(value, dict):
        return value
    record = find_record(names)
    known = [key for key in (list_keys(record) if record else ()) if key in value]
    return {key: _order(value[key], (*names, key)) for key in dict.fromkeys((*known, *value))}


def read_seal(text: str, path: str) -> tuple[str | None, str]:
    """Return the hash that a sound snapshot has, None for none, and the one that it should have."""
    document = load_snapshot(text, path)
    source = document.get("snapshot")
    given = source.get("content_sha256") if isinstance(source, dict) else None
    return str(given) if given else None, hash_comments(document["comments"])


def seal_snapshot(text: str, path: str) -> str:
    """Return a snapshot with the hash of its comments; as it is where it has the right one. Raises ContentError."""
    parse_snapshot(text, path)
    given, right = read_seal(text, path)
    if given == right:
        return text
    document = load_snapshot(text, path)
    source = cast("Record", document.get("snapshot") or {})
    return write_snapshot({**document, "snapshot": {**source, "content_sha256": right}})
