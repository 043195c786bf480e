"""Comment snapshots as files: what tests of their format, their reading and their pages start from."""

import copy
import json
from collections.abc import Mapping, Sequence

FULL: Mapping[str, object] = {
    "$schema": "https://news.example/comments.schema.json",
    "schema": "sitegen.comments/1",
    "article": {"id": "world/2023-07-08-nato-office.md", "source_id": "48211"},
    "snapshot": {
        "platform": "wpdiscuz",
        "method": "page",
        "origin_url": "https://old.example/2023/07/nato-office/",
        "captured_at": "2023-09-12T10:05:00Z",
        "tool": "sitegen import",
        "source_sha256": "e3b0c442",
        "timezone_assumed": "America/Curacao",
        "declared_count": 2,
        "captured_count": 2,
        "withheld": {"pending": 1, "trash": 2, "password": 1},
        "complete": True,
        "content_sha256": "98fc1c14",
        "warnings": ["one date had no zone"],
    },
    "closed": True,
    "ratings": [{"key": "post", "label": "Article Rating", "value": 4, "count": 2, "best": 5, "worst": 1}],
    "comments": [
        {
            "id": "wp-901",
            "parent": None,
            "reply_to_name": None,
            "author": {"name": "Ana Ruiz", "url": "https://ana.example/", "kind": "guest", "avatar": "avatars/ana.png"},
            "published": {"at": "2023-07-09T17:22:00-04:00", "precision": "minute", "raw": "09-07-23 17:22"},
            "edited": {
                "at": {"at": "2023-07-01T00:00:00Z", "precision": "month", "raw": "2 months ago"},
                "by": "Desk",
                "note": "a name was spelt wrong",
            },
            "body": {"format": "html", "text": "<p>Half an hour less <em>each way</em>.</p>", "lang": "en"},
            "votes": {"up": 3, "down": 0, "score": None},
            "reactions": {"heart": 2, "mail": 1},
            "anchor": {"quote": "half an hour", "prefix": "by ", "suffix": ".", "question": "Will you use it?"},
            "status": "published",
            "pinned": True,
            "closed": False,
            "url": "https://old.example/2023/07/nato-office/#comment-901",
        },
        {
            "id": "wp-902",
            "parent": "wp-901",
            "reply_to_name": "Ana Ruiz",
            "author": None,
            "published": "2023-07-09T17:25:00-04:00",
            "body": "And the view is back.",
        },
    ],
    "mentions": [
        {
            "id": "wp-17",
            "kind": "pingback",
            "url": "https://blog.example/x",
            "author": "Blog",
            "published": {"at": "2023-07-10", "precision": "day"},
        },
        {"id": "m-1", "kind": "like", "url": None, "author": {"name": "Bo", "url": "https://bo.example/"}},
    ],
}
"""Every key of the format."""

LEAST: Mapping[str, object] = {
    "schema": "sitegen.comments/1",
    "comments": [{"id": "a-1", "published": "2024-03-09T10:12:00Z", "body": {"text": "Thank you."}}],
}
"""What a snapshot cannot do without."""


def change(document: Mapping[str, object], place: Sequence[str | int], value: object) -> dict[str, object]:
    """`document` with another value at `place`."""
    changed = copy.deepcopy(dict(document))
    at: object = changed
    for step in place[:-1]:
        at = at[step]  # type: ignore[index]
    at[place[-1]] = value  # type: ignore[index]
    return changed


def write(document: Mapping[str, object]) -> str:
    """The file, as sitegen writes it: fixed order, indented by one."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def write_comments(*comments: Mapping[str, object], **more: object) -> str:
    """A file with `comments`, each with what it needs."""
    needed = {"published": "2024-03-09T10:12:00Z", "body": "x"}
    return write({"schema": "sitegen.comments/1", **more, "comments": [{**needed, **comment} for comment in comments]})


def list_places(value: object, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in a document, by the keys and indices on the way to it."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for name, part in parts for found in ((*place, name), *list_places(part, (*place, name)))]


def change_where_possible(
    document: Mapping[str, object], changes: Sequence[tuple[Sequence[str | int], object]]
) -> dict[str, object]:
    """`document` with other values at places, but for places that an earlier change took away."""
    changed = dict(document)
    for place, value in changes:
        try:
            changed = change(changed, place, value)
        except (TypeError, KeyError, IndexError):
            continue
    return changed
