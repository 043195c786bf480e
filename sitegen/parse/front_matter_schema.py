"""Front matter as a pydantic model: validation of every field at once, and the JSON Schema for editors."""

from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, WithJsonSchema
from pydantic import json_schema as pydantic_schema

from sitegen.model.article import Correction, Label, LeadImage, NeighbourChoice, Source
from sitegen.model.moment import Moment
from sitegen.parse import accepted
from sitegen.parse.raw import RawValue

Schema = dict[str, object]

_TEXT: Schema = {"type": ["string", "number", "boolean"]}
_NAMES: Schema = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": ["string", "object"]}}]}
_DATE: Schema = {"type": "string", "examples": ["2023-07-09", "2023-07-09 17:22", "2023-07-09T17:22:00+02:00"]}
_NEIGHBOUR: Schema = {
    "anyOf": [
        {"type": "string"},
        {"const": False},
        {"type": "null"},
        {
            "type": "object",
            "properties": {"title": {"type": "string"}, "url": {"type": "string"}},
            "additionalProperties": False,
        },
    ]
}
_RATING: Schema = {
    "anyOf": [
        {"type": "number"},
        {"type": "string", "examples": ["4/5", "4 (2 votes)"]},
        {
            "type": "object",
            "properties": {
                "value": {"type": "number"},
                "votes": {"type": "integer"},
                "best": {"type": "number"},
                "worst": {"type": "number"},
                "label": {"type": "string"},
            },
            "required": ["value"],
            "additionalProperties": False,
        },
    ]
}
_ONE_SOURCE: Schema = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "url": {"type": "string", "format": "uri"},
        "year": {"type": ["integer", "string"]},
        "licence": {"type": "string"},
        "policy": {"enum": ["credit", "canonical", "noindex"]},
    },
    "required": ["name"],
    "additionalProperties": False,
}
_SOURCE: Schema = {
    "anyOf": [
        {"type": "string"},
        _ONE_SOURCE,
        {"type": "array", "items": {"anyOf": [{"type": "string"}, _ONE_SOURCE]}},
    ]
}
_IMAGE: Schema = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {name: {"type": "string"} for name in ("src", "alt", "caption", "credit")},
            "required": ["src"],
        },
    ]
}
_CORRECTIONS: Schema = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"date": _DATE, "text": {"type": "string"}},
        "required": ["date", "text"],
        "additionalProperties": False,
    },
}
_COMMENTS: Schema = {"anyOf": [{"type": "boolean"}, {"const": "closed"}, {"type": "string", "pattern": r"\.json$"}]}
_URLS: Schema = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string", "pattern": "^/"}}]}


def _dated(read: Callable[[RawValue, str], object]) -> BeforeValidator:
    """Return a validator that knows the site's time zone."""

    def validate(value: RawValue, info: ValidationInfo) -> object:
        context: dict[str, str] = info.context or {}
        return read(value, context["timezone"])

    return BeforeValidator(validate)


Text = Annotated[str, BeforeValidator(accepted.read_text), WithJsonSchema(_TEXT)]
Instant = Annotated[Moment, _dated(accepted.read_instant), WithJsonSchema(_DATE)]
Names = Annotated[tuple[str, ...], BeforeValidator(accepted.read_names), WithJsonSchema(_NAMES)]
Neighbour = Annotated[NeighbourChoice, BeforeValidator(accepted.read_neighbour), WithJsonSchema(_NEIGHBOUR)]
CommentChoice = tuple[Literal["auto", "off", "closed"], str | None]


class FrontMatter(BaseModel):
    """The fields of front matter, each `None` where it is absent or empty.

    `rating` and `votes` stay as written: what they mean depends on each other and on the site.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, extra="forbid", use_attribute_docstrings=True)

    title: Text | None = None
    """The headline."""
    date: Instant | None = None
    """When it is published; without a zone in the site's. May come from the file's name instead."""
    updated: Instant | None = None
    """When it was last changed in a way that readers should know of."""
    expires: Instant | None = None
    """From when on it is no longer published."""
    source: Annotated[Source, BeforeValidator(accepted.read_source), WithJsonSchema(_SOURCE)] | None = None
    """The credit of the original publisher, shown as it stands."""
    rating: Annotated[object, WithJsonSchema(_RATING)] = None
    """What readers thought: `4`, `4/5`, `4 (2 votes)`, or a mapping."""
    votes: Annotated[object, WithJsonSchema({"type": "integer", "minimum": 0})] = None
    """How many voted, where `rating` does not say."""
    prev: Neighbour | None = None
    """The previous article instead of the computed one."""
    next: Neighbour | None = None
    """The next article instead of the computed one."""
    tags: Names | None = None
    """Tags, as a list or with commas between."""
    authors: Names | None = None
    """Bylines, as a list or with commas between."""
    section: Names | None = None
    """The section instead of the first folder."""
    description: Text | None = None
    """A sentence or two for lists, feeds and search engines."""
    image: Annotated[LeadImage | None, BeforeValidator(accepted.read_image), WithJsonSchema(_IMAGE)] | None = None
    """The picture: a file beside the article, or a mapping with alt, caption and credit."""
    draft: Annotated[bool, BeforeValidator(accepted.read_boolean)] | None = None
    """Not to be published yet."""
    slug: Annotated[str, BeforeValidator(accepted.read_slug), WithJsonSchema({"type": "string"})] | None = None
    """Last segment of the address."""
    url: Annotated[str, BeforeValidator(accepted.read_url), WithJsonSchema({"type": "string"})] | None = None
    """The whole address on this site, from the root."""
    aliases: Annotated[tuple[str, ...], BeforeValidator(accepted.read_urls), WithJsonSchema(_URLS)] | None = None
    """Old addresses on this site that lead here."""
    lang: Annotated[str, BeforeValidator(accepted.read_language)] | None = None
    """Language of the article (BCP 47)."""
    translation_key: Text | None = None
    """The same in every translation of one article."""
    label: (
        Annotated[Label, BeforeValidator(accepted.read_label), WithJsonSchema({"type": ["string", "object"]})] | None
    ) = None
    """A mark above the headline, such as Breaking."""
    corrections: (
        Annotated[tuple[Correction, ...], _dated(accepted.read_corrections), WithJsonSchema(_CORRECTIONS)] | None
    ) = None
    """Mistakes that were mended."""
    comments: Annotated[CommentChoice, BeforeValidator(accepted.read_comments), WithJsonSchema(_COMMENTS)] | None = None
    """true, false, closed, or the path of a snapshot."""
    weight: Annotated[int, BeforeValidator(accepted.read_integer)] | None = None
    """Heavier stands higher on the home page and in its section."""
    template: Annotated[str, BeforeValidator(accepted.read_template)] | None = None
    """Another template of the theme."""
    extra: Annotated[object, Field(json_schema_extra={"type": "object"})] = None
    """Your own keys, for your own templates."""


def front_matter_json_schema() -> dict[str, object]:
    """Return the JSON Schema (2020-12) of front matter, with every accepted form and a description of every key."""
    schema = FrontMatter.model_json_schema(mode="validation")
    return {"$schema": pydantic_schema.GenerateJsonSchema.schema_dialect, **schema, "title": "sitegen front matter"}
