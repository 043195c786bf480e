"""Keys in a JSON Schema say what is written below the attributes."""

from collections.abc import Iterator, Mapping
from typing import Annotated

import pytest
from pydantic import BaseModel, Field

from sitegen.parse.comment_format import comment_json_schema
from sitegen.parse.config import config_json_schema
from sitegen.parse.descriptions import describe_keys
from sitegen.parse.front_matter_schema import front_matter_json_schema
from sitegen.parse.moderation_format import moderation_json_schema


class Inner(BaseModel):
    """A part."""

    word: str
    """One
    word."""


class Outer(BaseModel):
    """The whole."""

    bare: int = 0
    inner: Inner | None = None
    """What is
        in it."""
    schema_: Annotated[str, Field(max_length=9)] = Field(alias="schema")
    """Under another key."""


def test_every_key_is_described_by_the_docstring_below_it() -> None:
    schema = describe_keys(Outer.model_json_schema(), Outer)
    keys = schema["properties"]
    assert list(keys) == ["bare", "inner", "schema"]
    assert [part.get("description") for part in keys.values()] == [None, "What is\nin it.", "Under another key."]
    assert keys["schema"]["maxLength"] == 9
    assert schema["$defs"]["Inner"]["properties"]["word"]["description"] == "One\nword."
    assert (schema["description"], schema["$defs"]["Inner"]["description"]) == ("The whole.", "A part.")


@pytest.mark.parametrize(
    "schema",
    [config_json_schema(), front_matter_json_schema(), comment_json_schema(), moderation_json_schema()],
    ids=["config", "front-matter", "comments", "moderation"],
)
def test_nothing_that_is_read_is_left_undescribed(schema: Mapping[str, object]) -> None:
    assert [key for key, part in list_keys(schema) if "description" not in part] == []


def list_keys(schema: object) -> Iterator[tuple[str, Mapping[str, object]]]:
    if isinstance(schema, Mapping):
        tables = [schema, *schema.get("$defs", {}).values()]
        yield from ((key, part) for table in tables for key, part in table.get("properties", {}).items())
