"""The model of front matter: what each field may be, for validation and as JSON Schema for editors."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainValidator, WithJsonSchema
from pydantic.json_schema import SkipJsonSchema

from sitegen.model.article import Policy
from sitegen.model.moment import Moment
from sitegen.model.names import Slug, Url
from sitegen.parse import accepted
from sitegen.parse.addresses import (
    read_absolute,
    read_image_address,
    read_neighbour_address,
    read_neighbour_name,
    read_old_address,
    read_site_address,
    read_template_name,
)
from sitegen.parse.descriptions import describe_keys
from sitegen.parse.key_names import ALIASES, CATEGORIES
from sitegen.parse.own_values import read_extra
from sitegen.parse.scalars import read_boolean, read_count, read_line, read_number, read_weight

_SCALAR: dict[str, object] = {"type": ["string", "number"]}
_DAY = r"^\d{4}-\d{1,2}-\d{1,2}([Tt ].*)?$"

Line = Annotated[str, PlainValidator(read_line), WithJsonSchema(_SCALAR)]
Name = Annotated[str, PlainValidator(accepted.read_name), WithJsonSchema(_SCALAR)]
Date = Annotated[Moment, PlainValidator(accepted.read_date), WithJsonSchema({"type": "string", "pattern": _DAY})]
Number = Annotated[float, PlainValidator(read_number), WithJsonSchema({"type": ["number", "string"]})]
Count = Annotated[int, PlainValidator(read_count), WithJsonSchema({"type": ["integer", "string"]})]
Absolute = Annotated[str, PlainValidator(read_absolute), WithJsonSchema({"type": "string", "pattern": "^https?://"})]


SourcePolicy = Annotated[
    Policy, PlainValidator(accepted.read_policy), WithJsonSchema({"enum": list(accepted.POLICIES)})
]


class _Form(BaseModel):
    """A mapping of front matter; unknown keys were reported before."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=False)

    def is_blank(self) -> bool:
        """Tell whether nothing is given."""
        return not self.model_fields_set


class RatingForm(_Form):
    """A rating with everything that belongs to it."""

    value: Number | None = None
    """The average; 0 with 0 votes is unrated."""
    votes: Count | None = None
    """How many voted."""
    best: Number | None = None
    """The highest possible value, instead of the site's."""
    worst: Number | None = None
    """The lowest possible value, instead of 1."""
    label: Line | None = None
    """Words above the rating."""


class SourceForm(_Form):
    """Where the article was first published."""

    name: Line | None = None
    """The credit as it is to be read."""
    url: Absolute | None = None
    """Address of the original."""
    year: Line | None = None
    """Shown behind the name."""
    licence: Line | None = None
    """Licence under which the article is republished."""
    policy: SourcePolicy | None = None
    """What search engines are told."""


class ImageForm(_Form):
    """The picture of the article."""

    src: Annotated[str, PlainValidator(read_image_address), WithJsonSchema({"type": "string"})] | None = None
    """A path beside the article, `/uploads/x.jpg`, or an absolute address."""
    alt: Line | None = None
    """What is to be seen, for readers who cannot."""
    caption: Line | None = None
    """Text below the picture."""
    credit: Line | None = None
    """Who made it."""


class LabelForm(_Form):
    """A mark above the headline."""

    text: Line | None = None
    """The words."""
    until: Date | None = None
    """From when on it is no longer shown."""


class SeriesForm(_Form):
    """One part of several."""

    name: Name | None = None
    """The name of the whole."""
    part: Count | None = None
    """Its number, from 1; without it, parts are in order of date."""


class NeighbourForm(_Form):
    """Another article, or a page elsewhere."""

    title: Line | None = None
    """Its headline."""
    url: Annotated[str, PlainValidator(read_neighbour_address), WithJsonSchema({"type": "string"})] | None = None
    """Where it is; without it the title is linked if exactly one article has it."""
    reference: SkipJsonSchema[Annotated[str, PlainValidator(read_neighbour_name)] | None] = None
    """What was written without a mapping."""
    suppressed: SkipJsonSchema[bool] = False
    """Whether `false` was written."""


class CorrectionForm(_Form):
    """A mistake that was mended after publication."""

    date: Date | None = None
    """When it was mended."""
    text: Line | None = None
    """What was wrong and what is right."""


class GoneForm(_Form):
    """What stands at the address of something that was taken down."""

    reason: Line | None = None
    """What readers are told."""
    date: Date | None = None
    """When it was taken down."""
    show_title: Annotated[bool, PlainValidator(read_boolean), WithJsonSchema({"type": "boolean"})] | None = None
    """Whether the headline still stands there."""
    undone: SkipJsonSchema[bool] = False
    """Whether `false` was written."""


class UpdateForm(_Form):
    """An update of a live story."""

    at: Date | None = None
    """When it was written."""
    title: Line | None = None
    """Its headline."""
    text: Annotated[str, PlainValidator(accepted.read_text), WithJsonSchema({"type": "string"})] | None = None
    """What happened, as Markdown."""


class _AuthorForm(_Form):
    name: str
    """The byline."""


Author = Annotated[str, PlainValidator(accepted.read_author, json_schema_input_type=str | float | _AuthorForm)]
Authors = Annotated[
    tuple[Author, ...],
    BeforeValidator(accepted.shape_list, json_schema_input_type=str | list[str | _AuthorForm] | _AuthorForm | None),
]
Names = Annotated[
    tuple[Name, ...], BeforeValidator(accepted.shape_list, json_schema_input_type=str | list[str | float] | None)
]
Sources = Annotated[
    tuple[SourceForm, ...],
    BeforeValidator(accepted.shape_source, json_schema_input_type=str | SourceForm | list[str | SourceForm] | None),
]
Rating = Annotated[RatingForm, BeforeValidator(accepted.shape_rating, json_schema_input_type=float | str | RatingForm)]
Neighbour = Annotated[
    NeighbourForm,
    BeforeValidator(accepted.shape_neighbour, json_schema_input_type=str | float | Literal[False] | NeighbourForm),
]
Image = Annotated[ImageForm, BeforeValidator(accepted.shape_image, json_schema_input_type=str | ImageForm)]
Label = Annotated[LabelForm, BeforeValidator(accepted.shape_label, json_schema_input_type=str | LabelForm)]
Series = Annotated[SeriesForm, BeforeValidator(accepted.shape_series, json_schema_input_type=str | SeriesForm)]
Corrections = Annotated[
    tuple[CorrectionForm, ...],
    BeforeValidator(accepted.shape_corrections, json_schema_input_type=CorrectionForm | list[CorrectionForm] | None),
]
Gone = Annotated[GoneForm, BeforeValidator(accepted.shape_gone, json_schema_input_type=str | float | bool | GoneForm)]


Updates = Annotated[
    tuple[UpdateForm, ...],
    BeforeValidator(accepted.shape_updates, json_schema_input_type=UpdateForm | list[UpdateForm] | None),
]
Live = Annotated[
    Literal["open", "closed", "off"],
    PlainValidator(accepted.read_live, json_schema_input_type=bool | Literal["open", "closed"]),
]
Comments = Annotated[
    tuple[Literal["auto", "off", "closed"], str | None],
    PlainValidator(accepted.read_comments, json_schema_input_type=bool | str),
]
SiteAddress = Annotated[Url, PlainValidator(read_site_address), WithJsonSchema({"type": "string", "pattern": "^/"})]
OldAddress = Annotated[Url, PlainValidator(read_old_address), WithJsonSchema({"type": "string", "pattern": "^/"})]
OldAddresses = Annotated[
    tuple[OldAddress, ...],
    BeforeValidator(accepted.shape_addresses, json_schema_input_type=OldAddress | list[OldAddress] | None),
]
Language = Annotated[
    str, PlainValidator(accepted.read_language), WithJsonSchema({"type": "string", "pattern": "^[A-Za-z]{2,3}(-|$)"})
]
Template = Annotated[str, PlainValidator(read_template_name), WithJsonSchema({"type": "string", "pattern": "\\.html$"})]
Boolean = Annotated[
    bool,
    PlainValidator(read_boolean),
    WithJsonSchema({"enum": [True, False, "true", "false", "yes", "no", "on", "off"]}),
]
Weight = Annotated[int, PlainValidator(read_weight), WithJsonSchema({"type": ["integer", "string"]})]
Section = Annotated[str, PlainValidator(accepted.read_section), WithJsonSchema(_SCALAR)]
Segment = Annotated[Slug, PlainValidator(accepted.read_slug), WithJsonSchema(_SCALAR)]
Own = Annotated[Mapping[str, object], PlainValidator(read_extra), WithJsonSchema({"type": "object"})]


class FrontMatter(_Form):
    """Front matter of an article or page."""

    title: Line | None = None
    """The headline, as plain text."""
    date: Date | None = None
    """When it was, or will be, published: 2023-07-09, 2023-07-09 17:22, 2023-07-09T17:22:05+02:00."""
    updated: Date | None = None
    """When it was last changed in a way that readers should know of."""
    expires: Date | None = None
    """From when on it is no longer published."""
    embargo: Date | None = None
    """Until when nothing of it may be published: a build fails where a trace of it would."""
    description: Line | None = None
    """A sentence or two for lists, feeds and search engines, instead of the first paragraph."""
    section: Section | None = None
    """The section, instead of the first folder below content/."""
    categories: SkipJsonSchema[Names | None] = None
    """The section and tags in one, as other generators have it."""
    tags: Names | None = None
    """What it is about: a list, or text with commas."""
    authors: Authors | None = None
    """The bylines: a list, or text with commas."""
    source: Sources | None = None
    """The credit of the original publisher, verbatim."""
    rating: Rating | None = None
    """What readers thought of it: 4, 4/5, 4 (2 votes), or a mapping."""
    votes: Count | None = None
    """How many votes the rating comes from."""
    prev: Neighbour | None = None
    """The older neighbour: a content path, address, slug or exact title; false: none; empty: computed."""
    next: Neighbour | None = None
    """The newer neighbour: a content path, address, slug or exact title; false: none; empty: computed."""
    image: Image | None = None
    """The picture: a path or a mapping."""
    label: Label | None = None
    """A mark above the headline, such as Breaking."""
    corrections: Corrections | None = None
    """Mended mistakes, each with date and text."""
    series: Series | None = None
    """What it is a part of: a name, or a mapping with the number of the part."""
    live: Live | None = None
    """Whether it is a live story, newest update first: true while updates come, then closed."""
    updates: Updates | None = None
    """Updates of a live story, each with at, title and text, beside those in the body."""
    comments: Comments | None = None
    """Whether readers' comments are shown: true, false, closed, or the path of a snapshot."""
    draft: Boolean | None = None
    """Not to be published yet."""
    gone: Gone | None = None
    """Taken down: text is the reason that readers are told, or a mapping with reason, date and show_title."""
    slug: Segment | None = None
    """Last part of the address, instead of the file's name."""
    url: SiteAddress | None = None
    """The whole address, from the first slash on."""
    aliases: OldAddresses | None = None
    """Old addresses on this site that lead here, with a query where they had one."""
    lang: Language | None = None
    """Language of the document (BCP 47), instead of the site's."""
    translation_key: Line | None = None
    """Documents in different languages with the same key are translations of each other."""
    weight: Weight | None = None
    """Heavier stands higher on the home page and in its section's block."""
    template: Template | None = None
    """Another template of the theme."""
    extra: Own | None = None
    """Keys of your own, for your own templates."""


def front_matter_json_schema() -> dict[str, object]:
    """Return the JSON Schema (2020-12) of front matter: every accepted form, and a description of every key.

    Names of other generators are in it as deprecated, so that editors accept them and offer sitegen's own first.
    """
    schema = describe_keys(FrontMatter.model_json_schema(mode="validation"), FrontMatter)
    properties = dict(schema["properties"])
    for foreign, field in ALIASES.items():
        several = field == CATEGORIES
        properties[foreign] = {
            "$ref": f"#/properties/{'tags' if several else field}",
            "deprecated": True,
            "description": "Read as `section` and `tags`." if several else f"Read as `{field}`.",
        }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "sitegen front matter",
        "properties": properties,
    }
