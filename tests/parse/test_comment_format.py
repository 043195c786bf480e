"""The format `sitegen.comments/1`: what the JSON Schema says is what the parser does."""

import json
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_origin

import pytest
from pydantic import BaseModel

from sitegen.errors import ContentError
from sitegen.parse.comment_format import TALLIES, SnapshotFile, comment_json_schema, find_record, list_keys
from sitegen.parse.comments import parse_snapshot
from tests.json_schema import find_violations
from tests.snapshots import FULL, LEAST, change, write

REPOSITORY = Path(__file__).resolve().parents[2]
SCHEMA = comment_json_schema()
UNCOUNTED = change(change(FULL, ("snapshot", "declared_count"), None), ("snapshot", "captured_count"), None)
FIRST = ("comments", 0)


def is_read(document: object) -> bool:
    try:
        return parse_snapshot(json.dumps(document), "x.comments.json").warnings == ()
    except ContentError:
        return False


@pytest.mark.parametrize("document", [FULL, LEAST], ids=["full", "least"])
def test_documented_snapshots_are_read_without_a_word(document: dict[str, object]) -> None:
    assert parse_snapshot(write(document), "x.comments.json").warnings == ()
    assert find_violations(SCHEMA, document) == []


@pytest.mark.parametrize(
    "path", sorted((REPOSITORY / "content").rglob("*comments.json")), ids=lambda path: path.parent.name
)
def test_sample_snapshots_agree_with_the_schema(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert find_violations(SCHEMA, json.loads(text)) == []
    assert parse_snapshot(text, str(path)).warnings == ()


@pytest.mark.parametrize(
    ("place", "value", "accepted"),
    [
        (("schema",), "sitegen.comments/2", False),
        (("schema",), None, False),
        (("article",), None, False),
        (("article", "id"), None, True),
        (("snapshot",), [], False),
        (("snapshot", "platform"), 7, False),
        (("snapshot", "declared_count"), "2", False),
        (("snapshot", "declared_count"), -1, False),
        (("snapshot", "declared_count"), 2.5, False),
        (("snapshot", "declared_count"), True, False),
        (("snapshot", "declared_count"), None, True),
        (("snapshot", "withheld"), {"pending": "1"}, False),
        (("snapshot", "withheld"), [1], False),
        (("snapshot", "complete"), "yes", False),
        (("snapshot", "warnings"), "none", False),
        (("closed",), 1, False),
        (("closed",), None, False),
        (("ratings",), {}, False),
        (("ratings", 0, "value"), "4", False),
        (("ratings", 0, "value"), 4.2, True),
        (("ratings", 0, "value"), None, True),
        (("ratings", 0, "count"), 1.5, False),
        (("comments",), {}, False),
        (("comments",), [], True),
        ((*FIRST, "id"), 901, False),
        ((*FIRST, "id"), "", False),
        ((*FIRST, "id"), "wp 901", False),
        ((*FIRST, "id"), "x" * 200, True),
        ((*FIRST, "id"), "x" * 201, False),
        ((*FIRST, "parent"), 7, False),
        ((*FIRST, "author"), "Ana Ruiz", False),
        ((*FIRST, "author"), None, True),
        ((*FIRST, "author", "name"), 1900, False),
        ((*FIRST, "author", "name"), None, True),
        ((*FIRST, "published"), None, True),
        ((*FIRST, "published"), "2023-07-09", True),
        ((*FIRST, "published"), 1688915520, False),
        ((*FIRST, "published"), {}, True),
        ((*FIRST, "published", "precision"), "hour", False),
        ((*FIRST, "edited"), None, True),
        ((*FIRST, "edited"), {"at": "2023-08", "by": "Desk"}, True),
        ((*FIRST, "edited"), {"at": None, "raw": "2 months ago", "precision": "month", "by": "Desk"}, True),
        ((*FIRST, "edited"), "2023-08", False),
        ((*FIRST, "body"), "x", True),
        ((*FIRST, "body"), None, False),
        ((*FIRST, "body"), {"format": "html"}, False),
        ((*FIRST, "body", "format"), "markdown", False),
        ((*FIRST, "votes"), None, True),
        ((*FIRST, "votes"), 3, False),
        ((*FIRST, "votes", "score"), -3, True),
        ((*FIRST, "votes", "up"), -3, False),
        ((*FIRST, "votes", "up"), 10**13, False),
        ((*FIRST, "reactions"), {"heart": None}, False),
        ((*FIRST, "anchor"), {"prefix": "x"}, False),
        ((*FIRST, "status"), "pending", False),
        ((*FIRST, "status"), None, False),
        ((*FIRST, "pinned"), "true", False),
        (("mentions",), None, False),
        (("mentions", 0, "author"), None, True),
    ],
    ids=str,
)
def test_the_schema_and_the_parser_agree(place: tuple[str | int, ...], value: object, accepted: bool) -> None:
    document = change(UNCOUNTED, place, value)
    assert is_read(document) is accepted
    assert (find_violations(SCHEMA, document) == []) is accepted


@pytest.mark.parametrize("key", ["schema", "comments"])
def test_both_want_what_a_snapshot_cannot_do_without(key: str) -> None:
    document = {name: value for name, value in LEAST.items() if name != key}
    assert not is_read(document)
    assert find_violations(SCHEMA, document)


@pytest.mark.parametrize("key", ["id", "published", "body"])
def test_both_want_what_a_comment_cannot_do_without(key: str) -> None:
    comment = {name: value for name, value in {"id": "a", "published": None, "body": "x"}.items() if name != key}
    document = change(LEAST, ("comments",), [comment])
    assert not is_read(document)
    assert find_violations(SCHEMA, document)


def test_the_schema_is_of_2020_12_and_describes_every_key() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["title"] == "sitegen.comments/1"
    definitions = typing.cast("dict[str, dict[str, object]]", SCHEMA["$defs"])
    for table in (SCHEMA, *definitions.values()):
        assert table["description"]
        properties = typing.cast("dict[str, dict[str, object]]", table["properties"])
        assert [name for name, part in properties.items() if not {"description", "$ref"} & part.keys()] == []


def list_records(record: type[BaseModel], place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    """Every object inside of a record, by the keys that lead to it; the record, or dict where any key may stand."""
    yield place, record
    for name, field in record.model_fields.items():
        for kind in list_kinds(field.annotation):
            inner = (*place, field.alias or name)
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from list_records(kind, inner)
            elif get_origin(kind) is dict:
                yield inner, dict


def list_kinds(annotation: object) -> Iterator[object]:
    yield annotation
    if get_origin(annotation) in {list, typing.Union, types.UnionType, typing.Annotated}:
        for part in get_args(annotation):
            yield from list_kinds(part)


def test_every_object_of_the_format_is_known_to_the_search_for_keys() -> None:
    records = dict(list_records(SnapshotFile))
    assert {place for place, kind in records.items() if kind is dict} == TALLIES
    assert [place for place, kind in records.items() if kind is not dict and find_record(place) is not kind] == []
    assert find_record(("comments", "reactions")) is None
    assert list_keys(SnapshotFile)[:3] == ("$schema", "schema", "article")


def test_every_key_is_documented() -> None:
    text = (REPOSITORY / "docs/reference/comments.md").read_text(encoding="utf-8")
    records = {kind for _, kind in list_records(SnapshotFile) if isinstance(kind, type) and issubclass(kind, BaseModel)}
    assert [key for record in records for key in list_keys(record) if f"`{key}`" not in text] == []
