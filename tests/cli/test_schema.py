"""`sitegen schema`."""

import json
from pathlib import Path

import pytest

from tests.sites import call_sitegen


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        ((), "base_url"),
        (("config",), "base_url"),
        (("front-matter",), "rating"),
        (("comments",), "comments"),
        (("moderation",), "decisions"),
    ],
)
def test_a_schema_is_one_object_on_stdout(arguments: tuple[str, ...], key: str, tmp_path: Path) -> None:
    done = call_sitegen("schema", *arguments, cwd=tmp_path)  # needs no site
    assert (done.code, done.err) == (0, "")
    schema = json.loads(done.out)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert key in schema["properties"]
    assert schema["properties"][key].get("description") or "$ref" in json.dumps(schema["properties"][key])


def test_an_unknown_schema(tmp_path: Path) -> None:
    done = call_sitegen("schema", "theme", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "'theme' is not one of 'config', 'front-matter', 'comments', 'moderation'." in done.err
