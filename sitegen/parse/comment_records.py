"""What a comment snapshot says, in the shape of its file, and the quick way to read one that has no mistakes.

`comment_format` describes the same format for editors and for messages. Reading by these types tells only that
something is wrong, and neither what nor where, but takes a tenth of the time, and nearly every snapshot is sound.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, MsgspecError, Struct

from sitegen.model.moment import Precision
from sitegen.parse.json_source import may_repeat_key

Identity = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[^\s\x00-\x1f\x7f]+\Z")]
Count = Annotated[int, Meta(ge=0, le=10**12)]


class _Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class WrittenTime(_Part, frozen=True, kw_only=True):
    """When something happened."""

    at: str | None = None
    precision: Precision | None = None
    raw: str | None = None


class WrittenAuthor(_Part, frozen=True, kw_only=True):
    """Who wrote a comment, or a page that mentions the article."""

    name: str | None = None
    url: str | None = None
    kind: str | None = None
    avatar: str | None = None


class WrittenEdit(_Part, frozen=True, kw_only=True):
    """The last change of a comment."""

    at: str | WrittenTime | None = None
    precision: Precision | None = None
    raw: str | None = None
    by: str | None = None
    note: str | None = None


class WrittenBody(_Part, frozen=True, kw_only=True):
    """What a comment says."""

    text: str
    format: Literal["html", "text"] = "text"
    lang: str | None = None


class WrittenVotes(_Part, frozen=True, kw_only=True):
    """What readers thought of a comment."""

    up: Count | None = None
    down: Count | None = None
    score: Annotated[int, Meta(ge=-(10**12), le=10**12)] | None = None


class WrittenPassage(_Part, frozen=True, kw_only=True):
    """The passage of the article that a comment answers."""

    quote: str
    prefix: str | None = None
    suffix: str | None = None
    question: str | None = None


class WrittenComment(_Part, frozen=True, kw_only=True):
    """One comment."""

    id: Identity
    published: str | WrittenTime | None
    body: str | WrittenBody
    parent: Identity | None = None
    reply_to_name: str | None = None
    author: WrittenAuthor | None = None
    edited: WrittenEdit | None = None
    votes: WrittenVotes | None = None
    reactions: dict[str, Count] | None = None
    anchor: WrittenPassage | None = None
    status: Literal["published", "deleted"] = "published"
    pinned: bool = False
    closed: bool = False
    gone: bool = False
    url: str | None = None


class WrittenRating(_Part, frozen=True, kw_only=True):
    """A rating that the source showed."""

    key: str | None = None
    label: str | None = None
    value: float | None = None
    count: Count | None = None
    best: float = 5
    worst: float = 1


class WrittenSource(_Part, frozen=True, kw_only=True):
    """Where a snapshot comes from."""

    platform: str | None = None
    method: str | None = None
    origin_url: str | None = None
    captured_at: str | None = None
    tool: str | None = None
    source_sha256: str | None = None
    timezone_assumed: str | None = None
    declared_count: Count | None = None
    captured_count: Count | None = None
    withheld: dict[str, Count] | None = None
    complete: bool | None = None
    content_sha256: str | None = None
    warnings: list[str] | None = None


class WrittenArticle(_Part, frozen=True, kw_only=True):
    """What the comments are on."""

    id: str | None = None
    source_id: str | None = None


class WrittenMention(_Part, frozen=True, kw_only=True):
    """A page elsewhere that mentions the article."""

    id: Identity
    kind: str | None = None
    url: str | None = None
    author: str | WrittenAuthor | None = None
    published: str | WrittenTime | None = None


class WrittenSnapshot(_Part, frozen=True, kw_only=True, rename={"json_schema": "$schema"}):
    """A whole snapshot."""

    schema: Literal["sitegen.comments/1"]
    comments: list[WrittenComment]
    json_schema: str | None = None
    article: WrittenArticle = WrittenArticle()
    snapshot: WrittenSource = WrittenSource()
    closed: bool = True
    ratings: list[WrittenRating] = []
    mentions: list[WrittenMention] = []


def read_sound(text: str) -> WrittenSnapshot | None:
    """Return what the snapshot `text` says, if all of it is of the format; None where there may be more to say."""
    try:
        said = msgspec.json.decode(text)
        written = msgspec.convert(said, WrittenSnapshot)
    except (MsgspecError, UnicodeError, RecursionError):
        return None
    return None if may_repeat_key(text, said) else written
