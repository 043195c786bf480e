"""The file format `sitegen.comments/1`, as pydantic models: validation, and the JSON Schema for editors."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, FiniteFloat, StringConstraints
from pydantic import json_schema as pydantic_schema
from pydantic_core import PydanticCustomError

from sitegen.parse.descriptions import describe_keys

SCHEMA = "sitegen.comments/1"

Precision = Literal["year", "month", "day", "minute", "second"]
Identity = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\s\x00-\x1f\x7f]+$")]
Count = Annotated[int, Field(ge=0, le=10**12)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)


class TimeRecord(_Part):
    """When something happened."""

    at: str | None = None
    """ISO 8601 with a zone: `2023-07-09T17:22:00+02:00`; at lower precision the first instant of the day or month."""
    precision: Precision | None = None
    """How precisely it is known; without it, as `at` is written."""
    raw: str | None = None
    """The words of the original page."""


def _read_time(value: object) -> object:
    return {"at": value} if isinstance(value, str) else value


Time = Annotated[TimeRecord, BeforeValidator(_read_time, json_schema_input_type=str | TimeRecord)]


class AuthorRecord(_Part):
    """Who wrote a comment."""

    name: str | None = None
    """Displayed name; null for an anonymous comment."""
    url: str | None = None
    """Their own site."""
    kind: str | None = None
    """What the platform calls them: `guest`, `member`, `author` (of the article), `editor`."""
    avatar: str | None = None
    """Path of a picture in the site; never an address elsewhere."""


def _read_author(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


class EditRecord(_Part):
    """The last change of a comment."""

    at: Annotated[TimeRecord | None, BeforeValidator(_read_time, json_schema_input_type=str | TimeRecord | None)] = None
    """When."""
    precision: Precision | None = None
    """How precisely it is known, where `at` is text or null."""
    raw: str | None = None
    """The words of the original page, where `at` is text or null."""
    by: str | None = None
    """Displayed name of the one who changed it."""
    note: str | None = None
    """The reason that was given."""


class BodyRecord(_Part):
    """What a comment says."""

    format: Literal["html", "text"] = "text"
    """How `text` is written."""
    text: str
    """The text."""
    lang: str | None = None
    """Language (BCP 47), where it differs from the article's."""


def _read_body(value: object) -> object:
    return {"format": "text", "text": value} if isinstance(value, str) else value


class VotesRecord(_Part):
    """What readers thought; null is unknown, not zero."""

    up: Count | None = None
    """Votes for it."""
    down: Count | None = None
    """Votes against it."""
    score: Annotated[int, Field(ge=-(10**12), le=10**12)] | None = None
    """The net result, where only that is known."""


class AnchorRecord(_Part):
    """The passage of the article that a comment answers (W3C text quote selector)."""

    quote: str
    """The passage."""
    prefix: str | None = None
    """What stands before it."""
    suffix: str | None = None
    """What stands after it."""
    question: str | None = None
    """What the author of the article asked there."""


class CommentRecord(_Part):
    """One comment."""

    id: Identity
    """Unique in the snapshot, with the platform's prefix: `wp-901`."""
    parent: Identity | None = None
    """Id of the comment it answers."""
    reply_to_name: str | None = None
    """Displayed name of whom it answers."""
    author: AuthorRecord | None = None
    """Who wrote it; null for an anonymous comment."""
    published: Time | None
    """When it was written; null where that is not known."""
    edited: EditRecord | None = None
    """Its last change."""
    body: Annotated[BodyRecord, BeforeValidator(_read_body, json_schema_input_type=str | BodyRecord)]
    """What it says; empty text for a deleted comment."""
    votes: VotesRecord | None = None
    """Its votes."""
    reactions: dict[str, Count] | None = None
    """The platform's own counts by name."""
    anchor: AnchorRecord | None = None
    """The passage that it answers."""
    status: Literal["published", "deleted"] = "published"
    """A deleted comment keeps its place where replies hang on it, without text and name."""
    pinned: bool = False
    """Held at the top by an editor of the source."""
    closed: bool = False
    """Replies to it were closed."""
    gone: bool = False
    """No longer at the source when it was last captured; shown all the same."""
    url: str | None = None
    """Its address at the source."""


class RatingRecord(_Part):
    """A rating that the source showed."""

    key: str | None = None
    """The platform's name of it."""
    label: str | None = None
    """The words above it."""
    value: FiniteFloat | None = None
    """The average."""
    count: Count | None = None
    """How many voted."""
    best: FiniteFloat = 5
    """The highest value."""
    worst: FiniteFloat = 1
    """The lowest value."""


class SnapshotRecord(_Part):
    """Where a snapshot comes from."""

    platform: str | None = None
    """`wpdiscuz`, `disqus`, …"""
    method: str | None = None
    """How it was taken: `wxr`, `page`, `rest`."""
    origin_url: str | None = None
    """Address of the page."""
    captured_at: str | None = None
    """When, as ISO 8601 with a zone."""
    tool: str | None = None
    """What took it."""
    source_sha256: str | None = None
    """SHA-256 of the input."""
    timezone_assumed: str | None = None
    """Zone of times that had none."""
    declared_count: Count | None = None
    """How many comments the source said it had."""
    captured_count: Count | None = None
    """How many were taken."""
    withheld: dict[str, Count] | None = None
    """How many were not taken, by reason."""
    complete: bool | None = None
    """Whether everything was taken."""
    content_sha256: str | None = None
    """SHA-256 of the canonical JSON of `comments`."""
    warnings: list[str] | None = None
    """What taking it found worth saying."""


class ArticleRecord(_Part):
    """What the comments are on."""

    id: str | None = None
    """Path below `content/`."""
    source_id: str | None = None
    """The source's id of the article."""


class MentionRecord(_Part):
    """A page elsewhere that mentions the article: a pingback, a like, a repost."""

    id: Identity
    """Unique among the mentions."""
    kind: str | None = None
    """`pingback`, `like`, `repost`, `mention`."""
    url: str | None = None
    """Its address."""
    author: Annotated[
        AuthorRecord | None, BeforeValidator(_read_author, json_schema_input_type=str | AuthorRecord | None)
    ] = None
    """Who it is by."""
    published: Time | None = None
    """When."""


def _read_schema(value: object) -> object:
    if value != SCHEMA:
        raise PydanticCustomError("schema", "must be `{name}`", {"name": SCHEMA})
    return value


class SnapshotFile(_Part):
    """A whole snapshot."""

    json_schema: str | None = Field(default=None, alias="$schema")
    """Where an editor finds the JSON Schema of this file."""
    schema_: Annotated[Literal["sitegen.comments/1"], BeforeValidator(_read_schema)] = Field(alias="schema")
    """Name and version of this format."""
    article: ArticleRecord = ArticleRecord()
    """What the comments are on."""
    snapshot: SnapshotRecord = SnapshotRecord()
    """Where they come from."""
    closed: bool = True
    """Whether the source had closed its comments."""
    ratings: list[RatingRecord] = []
    """Ratings that the source showed; the first is the article's own."""
    comments: list[CommentRecord]
    """The comments, in any order."""
    mentions: list[MentionRecord] = []
    """Pages elsewhere that mention the article."""


def comment_json_schema() -> dict[str, object]:
    """Return the JSON Schema (2020-12) of a snapshot."""
    schema = describe_keys(SnapshotFile.model_json_schema(mode="validation"), SnapshotFile)
    return {"$schema": pydantic_schema.GenerateJsonSchema.schema_dialect, **schema, "title": SCHEMA}


def find_record(names: tuple[str, ...]) -> type[BaseModel] | None:
    """Return what describes the object behind the keys `names`; None where any key may stand."""
    return _RECORDS.get(names)


@cache
def list_keys(record: type[BaseModel]) -> tuple[str, ...]:
    """Return the keys of an object, as they are written."""
    return tuple(field.alias or name for name, field in record.model_fields.items())


_RECORDS: Mapping[tuple[str, ...], type[BaseModel]] = {
    (): SnapshotFile,
    ("article",): ArticleRecord,
    ("snapshot",): SnapshotRecord,
    ("ratings",): RatingRecord,
    ("comments",): CommentRecord,
    ("comments", "author"): AuthorRecord,
    ("comments", "published"): TimeRecord,
    ("comments", "edited"): EditRecord,
    ("comments", "edited", "at"): TimeRecord,
    ("comments", "body"): BodyRecord,
    ("comments", "votes"): VotesRecord,
    ("comments", "anchor"): AnchorRecord,
    ("mentions",): MentionRecord,
    ("mentions", "author"): AuthorRecord,
    ("mentions", "published"): TimeRecord,
}
TALLIES = frozenset({("snapshot", "withheld"), ("comments", "reactions")})
"""Objects that map names of somebody's own to numbers."""
