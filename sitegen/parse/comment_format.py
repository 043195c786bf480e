"""The file format `sitegen.comments/1`, as pydantic models: validation, and the JSON Schema for editors."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic import json_schema as pydantic_schema
from pydantic_core import PydanticCustomError

SCHEMA = "sitegen.comments/1"

Precision = Literal["year", "month", "day", "minute", "second"]
Identity = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\s\x00-\x1f\x7f]+$")]
Count = Annotated[int, Field(ge=0, le=10**12)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", use_attribute_docstrings=True, strict=True)


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
    """What the platform calls them: `guest`, `member`, `editor`."""
    avatar: str | None = None
    """Path of a picture in the site; never an address elsewhere."""


class EditRecord(_Part):
    """The last change of a comment."""

    at: Annotated[TimeRecord | None, BeforeValidator(_read_time, json_schema_input_type=str | TimeRecord | None)] = None
    """When."""
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
    author: AuthorRecord = AuthorRecord()
    """Who wrote it."""
    published: Time | None
    """When it was written; null where that is not known."""
    edited: EditRecord | None = None
    """Its last change."""
    body: Annotated[BodyRecord, BeforeValidator(_read_body, json_schema_input_type=str | BodyRecord)]
    """What it says."""
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
    url: str | None = None
    """Its address at the source."""


class RatingRecord(_Part):
    """A rating that the source showed."""

    key: str | None = None
    """The platform's name of it."""
    label: str | None = None
    """The words above it."""
    value: float | None = None
    """The average."""
    count: Count | None = None
    """How many voted."""
    best: float = 5
    """The highest value."""
    worst: float = 1
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


def _read_schema(value: object) -> object:
    if value != SCHEMA:
        raise PydanticCustomError("schema", "must be `{name}`", {"name": SCHEMA})
    return value


class SnapshotFile(_Part):
    """A whole snapshot."""

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
    mentions: list[dict[str, object]] = []
    """Pages elsewhere that mention the article."""
    pingbacks: int | None = None
    """How many pingbacks the source counted."""
    likes: int | None = None
    """How many likes."""
    reposts: int | None = None
    """How many reposts."""


def comment_json_schema() -> dict[str, object]:
    """Return the JSON Schema (2020-12) of a snapshot."""
    schema = SnapshotFile.model_json_schema(mode="validation")
    return {"$schema": pydantic_schema.GenerateJsonSchema.schema_dialect, **schema, "title": SCHEMA}


def known_keys(place: tuple[str | int, ...]) -> frozenset[str] | None:
    """Return the keys that the format knows in the object at `place`; None where any key may stand."""
    names = tuple(part for part in place if isinstance(part, str))
    record = _RECORDS.get(names)
    if record is None:
        return None
    return frozenset(field.alias or name for name, field in record.model_fields.items())


_RECORDS: dict[tuple[str, ...], type[BaseModel]] = {
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
}
