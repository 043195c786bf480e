"""JSON in files and in script elements."""

import json

import pytest
from markupsafe import Markup

from sitegen.model.json_value import JsonObject, JsonValue, drop_empty
from sitegen.render.json_text import embed_json, write_json

HOSTILE = '</script><script>alert(1)</script><!-- \u2028\u2029 & \\ " \r\n\t {{ 7*7 }} ü 🌉'


def test_no_string_can_close_the_script_element() -> None:
    written = embed_json({"headline": HOSTILE})
    assert not set("<>&\u2028\u2029\n") & set(written)
    assert json.loads(written) == {"headline": HOSTILE}


def test_a_file_says_everything_as_it_was_written() -> None:
    written = write_json({"title": HOSTILE, "items": [{"n": 1}, {"n": None}]})
    assert json.loads(written) == {"title": HOSTILE, "items": [{"n": 1}, {"n": None}]}
    assert "ü" in written


@pytest.mark.parametrize("value", ["é 🌉", Markup("é 🌉"), 2**70, 4.5, 4.0, True, None, [], {}])
def test_a_line_is_what_python_writes(value: JsonValue) -> None:
    data: JsonObject = {"a": [value, {"b": value}], "c": "\t\\/"}
    assert embed_json(data) == json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def test_what_no_page_may_contain_is_left_out() -> None:
    value: JsonObject = {"a": ["Bell\x07", {"b": Markup("half \ud83d, none \ufdd0\uffff")}]}
    for write in (write_json, embed_json):
        assert json.loads(write(value)) == {"a": ["Bell", {"b": "half , none "}]}
        write(value).encode("utf-8")


def test_objects_lose_what_says_nothing_and_keep_nought() -> None:
    data = drop_empty({"none": None, "text": "", "list": [], "row": (), "object": {}, "nought": 0, "no": False})
    assert data == {"nought": 0, "no": False}
