"""Where front matter ends and the body begins, in every format, and that nothing is lost or guessed on the way."""

import pytest
from frontmatter.default_handlers import BaseHandler

from sitegen.errors import ContentError, Problem
from sitegen.parse import front_matter
from sitegen.parse.front_matter import RawDocument, split_document

PATH = "content/world/bridge.md"


def split(text: str) -> RawDocument:
    return split_document(text, PATH)


def refuse(text: str) -> Problem:
    with pytest.raises(ContentError) as caught:
        split(text)
    problem = caught.value.problems[0]
    assert problem.file == PATH
    assert problem.span is not None
    assert problem.hint
    return problem


@pytest.mark.parametrize(
    ("text", "format_", "values"),
    [
        ("---\ntitle: Bridge\n---\nBody\n", "yaml", {"title": "Bridge"}),
        ('+++\ntitle = "Bridge"\n+++\nBody\n', "toml", {"title": "Bridge"}),
        ('{\n"title": "Bridge"\n}\nBody\n', "json", {"title": "Bridge"}),
        ("-----  \ntitle: Bridge\n---\t\nBody\n", "yaml", {"title": "Bridge"}),
        ("---\n\ntitle: Bridge\n---\nBody\n", "yaml", {"title": "Bridge"}),
        ("---\n\n# a comment\ntitle: Bridge\n---\nBody\n", "yaml", {"title": "Bridge"}),
        ("---\n---\nBody\n", "yaml", {}),
        ("Body\n", None, {}),
        ("", None, {}),
    ],
)
def test_the_format_is_told_from_the_first_line(text: str, format_: str | None, values: dict[str, str]) -> None:
    raw = split(text)
    assert (raw.format, raw.values) == (format_, values)
    assert raw.body == ("Body\n" if text else "")
    assert raw.warnings == ()


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: x\n---\n    code\n\ntext  \n\n",
        "---\ntitle: x\n---\n\n\n    code\n",
        "+++\ntitle = 'x'\n+++\n\ttab\n",
        '{\n"title": "x"\n}\n\n  text',
        "---\ntitle: x\n---",
        "---\ntitle: x\n---\n",
        "---\ntitle: x\n---\n---\nrule\n---\n",
        "no front matter\n---\nrule\n",
    ],
)
def test_the_body_is_the_rest_of_the_file_line_by_line(text: str) -> None:
    raw = split(text)
    lines = text.split("\n")
    assert raw.body.split("\n") == (lines[raw.body_line - 1 :] or [""])


def test_a_byte_order_mark_and_foreign_line_ends_change_nothing() -> None:
    plain = split("---\ntitle: x\nrating: 7\n---\n\n    code\n")
    assert split("\ufeff---\r\ntitle: x\r\nrating: 7\r\n---\r\n\r\n    code\r\n") == plain
    assert split("---\rtitle: x\rrating: 7\r---\r\r    code\r") == plain


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nSome text.\n\n---\n\nMore.\n",
        "---\n\nSome text: with a colon.\nAnd *more*\n\n---\n",
        "---\n\n***\n",
        "---\n\nA rule and nothing else.\n",
        "\n\n---\n\nSome text.\n",
        "\n\n---\nSome text.\n---\n",
        "\n\n---\nSome text.\n",
    ],
)
def test_a_thematic_break_at_the_top_is_part_of_the_body(text: str) -> None:
    raw = split(text)
    assert (raw.format, raw.body, raw.body_line) == (None, text, 1)


def test_front_matter_below_blank_lines_is_read_with_a_warning() -> None:
    raw = split("\n  \n---\ntitle: x\nrating: 7\n---\nBody\n")
    assert (raw.values, raw.body, raw.body_line) == ({"title": "x", "rating": "7"}, "Body\n", 7)
    assert raw.spans[("rating",)].line == 5
    assert [(problem.code, problem.hint) for problem in raw.warnings] == [
        ("front-matter", "delete them, so that the file starts with `---`")
    ]


def test_broken_front_matter_below_blank_lines_is_still_an_error() -> None:
    assert refuse("\n---\ntitle: Macron: no\n---\n").code == "yaml"
    assert refuse("\n---\ntitle: x\n").message == "front matter is not closed"


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("---", "front-matter", "front matter is not closed"),
        ("---\n", "front-matter", "front matter is not closed"),
        ("---\ntitle: x\n\nBody\n", "front-matter", "front matter is not closed"),
        ("+++\ntitle = 'x'\n", "front-matter", "front matter is not closed"),
        ('{\n"title": "x"\n', "front-matter", "front matter is not closed"),
        ("---\n- a\n- b\n---\n", "front-matter", "front matter must be a mapping"),
        ("---\njust text\n---\n", "front-matter", "front matter must be a mapping"),
        ('{ "title": "x" }\nBody\n', "json", "JSON front matter starts with a line `{`"),
    ],
)
def test_front_matter_that_is_none_is_refused(text: str, code: str, message: str) -> None:
    problem = refuse(text)
    assert (problem.code, problem.message) == (code, message)


@pytest.mark.parametrize(
    "text",
    [
        "---\na: 1\n---\nBody",
        "----- \na: 1\n----\t\nBody\n---\n",
        "---\n---",
        "---\n--- a\n----b\n ---\n---\n",
        "---\n\n---a\n---\n",
        "---\na: 1\n--\n---a",
        "---",
        "---\n",
    ],
)
def test_fences_of_yaml_are_those_that_its_handler_would_find(text: str) -> None:
    handler = front_matter._YamlHandler()
    try:
        expected = BaseHandler.split(handler, text)
    except ValueError:
        with pytest.raises(ValueError, match="not closed"):
            handler.split(text)
    else:
        assert handler.split(text) == expected


def test_a_fence_inside_of_the_body_does_not_close_front_matter_again() -> None:
    assert split("---\ntitle: x\n---\na\n---\nb\n").body == "a\n---\nb\n"


PLACES = {
    "yaml": "---\ntitle: Bridge\nsource:\n  name: ABC\ntags:\n  - a\n  - b\nrating: 7\n---\n",
    "toml": '+++\ntitle = "Bridge"\nrating = 7\ntags = ["a", "b"]\n[source]\nname = "ABC"\n+++\n',
    "json": '{\n"title": "Bridge",\n"rating": 7,\n"tags": ["a", "b"],\n"source": {"name": "ABC"}\n}\n',
}


@pytest.mark.parametrize(
    ("format_", "rating", "second_tag", "name", "name_key"),
    [
        ("yaml", (8, 9), (7, 5), (4, 9), (4, 3)),
        ("toml", (3, 10), (4, 14), (6, 8), (6, 1)),
        ("json", (3, 11), (4, 15), (5, 20), (5, 12)),
    ],
)
def test_values_and_keys_know_their_places(
    format_: str, rating: object, second_tag: object, name: object, name_key: object
) -> None:
    raw = split(PLACES[format_])
    assert raw.format == format_
    found = [raw.spans[("rating",)], raw.spans[("tags", 1)], raw.spans[("source", "name")]]
    assert [(span.line, span.column) for span in found] == [rating, second_tag, name]
    key = raw.key_spans[("source", "name")]
    assert (key.line, key.column, key.length) == (*name_key, 4 if format_ != "json" else 6)  # type: ignore[misc]
