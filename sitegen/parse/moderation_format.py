"""The file format `sitegen.moderation/1`, as pydantic models: validation, and the JSON Schema for editors."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic import json_schema as pydantic_schema
from pydantic_core import PydanticCustomError

from sitegen.model.moderation import Action
from sitegen.parse.comment_format import Identity
from sitegen.parse.descriptions import describe_keys

SCHEMA = "sitegen.moderation/1"

Words = Annotated[str, StringConstraints(max_length=2_000)]


class _Part(BaseModel):
    # A mistyped key would be a decision that does not count: unlike those of a snapshot it is an error.
    model_config = ConfigDict(extra="forbid", strict=True)


class DecisionRecord(_Part):
    """One decision about one comment."""

    id: Identity
    """Id of the comment in the snapshot."""
    action: Action
    """What was decided."""
    by: Words | None = None
    """Who decided it; never published."""
    at: str | None = None
    """When, as ISO 8601 with a zone; never published."""
    reason: Words | None = None
    """Why; never published."""
    name: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    """The displayed name from now on; `rename` needs it, and nothing else has it."""
    text: Annotated[str, StringConstraints(min_length=1, max_length=10_000)] | None = None
    """What stands in the place of a redacted text; without it the theme says so in its own words."""


def _read_schema(value: object) -> object:
    if value != SCHEMA:
        raise PydanticCustomError("schema", "must be `{name}`", {"name": SCHEMA})
    return str(value)


class ModerationFile(_Part):
    """A whole moderation file."""

    schema_: Annotated[Literal["sitegen.moderation/1"], BeforeValidator(_read_schema)] = Field(alias="schema")
    """Name and version of this format."""
    decisions: list[DecisionRecord]
    """The decisions in the order in which they were made: of two that contradict each other the later counts."""


def moderation_json_schema() -> dict[str, object]:
    """Return the JSON Schema (2020-12) of a moderation file."""
    schema = describe_keys(ModerationFile.model_json_schema(mode="validation"), ModerationFile)
    return {"$schema": pydantic_schema.GenerateJsonSchema.schema_dialect, **schema, "title": SCHEMA}
