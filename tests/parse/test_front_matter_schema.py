"""The JSON Schema that editors get."""

import json

from docs.front_matter_forms import FORMS
from sitegen.parse.front_matter_schema import FrontMatter, front_matter_json_schema
from sitegen.parse.key_names import ALIASES, FIELDS


def properties() -> dict[str, dict[str, object]]:
    schema = front_matter_json_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    json.dumps(schema)
    found = schema["properties"]
    assert isinstance(found, dict)
    return found


def test_every_key_and_every_foreign_name_is_described() -> None:
    assert set(properties()) == {*FIELDS, *ALIASES}
    assert [name for name, part in properties().items() if not part.get("description")] == []
    assert set(FORMS) | {"votes"} == set(FIELDS)
    assert set(FrontMatter.model_fields) == {*FIELDS, "categories"}


def test_foreign_names_lead_to_ours() -> None:
    assert properties()["lastmod"] == {
        "$ref": "#/properties/updated",
        "deprecated": True,
        "description": "Read as `updated`.",
    }


def test_short_and_long_forms_are_accepted() -> None:
    kinds = {part.get("type") or part.get("$ref") for part in properties()["rating"]["anyOf"]}  # type: ignore[attr-defined]
    assert kinds == {"number", "string", "#/$defs/RatingForm", "null"}
