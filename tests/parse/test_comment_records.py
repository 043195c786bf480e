"""The quick way to read a snapshot: it says what the careful one says, or nothing."""

import json
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import NODEFAULT, Struct
from pydantic import BaseModel, TypeAdapter, ValidationError

from sitegen.errors import ContentError, Problem
from sitegen.model.codec import encode
from sitegen.parse import comment_format as format_
from sitegen.parse import comment_records as records
from sitegen.parse import comments
from sitegen.parse.comment_records import read_sound
from sitegen.parse.comments import parse_snapshot
from tests.snapshots import FULL, LEAST, change_where_possible, list_places, write, write_comments

REPOSITORY = Path(__file__).resolve().parents[2]
SAMPLES = sorted((REPOSITORY / "content").rglob("*comments.json"))


def read(text: str) -> bytes | tuple[Problem, ...]:
    """What is made of a snapshot, down to the sign of a zero, or what is said about it."""
    try:
        return encode(parse_snapshot(text, "x.comments.json"))
    except ContentError as failure:
        return failure.problems


def read_carefully(text: str) -> bytes | tuple[Problem, ...]:
    """What the careful reader by itself makes of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comments, "read_sound", lambda _: None)
        return read(text)


@pytest.mark.parametrize(
    "text",
    [
        write(FULL),
        write(LEAST),
        json.dumps(FULL),
        json.dumps(FULL, separators=(",", ":")),
        write_comments({"body": '1: “x” \\ "y": z\n\t\u2028\U0001f600', "id": "é-\U0001f600"}),
    ],
    ids=["full", "least", "one line", "no space", "signs"],
)
def test_a_sound_snapshot_is_read_quickly(text: str) -> None:
    assert read_sound(text) is not None
    assert read(text) == read_carefully(text)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_the_sample_snapshots_are_read_quickly(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert read_sound(text) is not None
    assert read(text) == read_carefully(text)


@pytest.mark.parametrize(
    ("written", "described"),
    [
        (records.WrittenSnapshot, format_.SnapshotFile),
        (records.WrittenArticle, format_.ArticleRecord),
        (records.WrittenSource, format_.SnapshotRecord),
        (records.WrittenRating, format_.RatingRecord),
        (records.WrittenComment, format_.CommentRecord),
        (records.WrittenTime, format_.TimeRecord),
        (records.WrittenAuthor, format_.AuthorRecord),
        (records.WrittenEdit, format_.EditRecord),
        (records.WrittenBody, format_.BodyRecord),
        (records.WrittenVotes, format_.VotesRecord),
        (records.WrittenPassage, format_.AnchorRecord),
        (records.WrittenMention, format_.MentionRecord),
    ],
    ids=lambda kind: kind.__name__,
)
def test_both_readers_know_the_same_keys_and_defaults(written: type[Struct], described: type[BaseModel]) -> None:
    fields = msgspec.structs.fields(written)
    assert {field.encode_name for field in fields} == set(format_.list_keys(described))
    for field in fields:
        known = described.model_fields["schema_" if field.name == "schema" else field.name]
        assert known.is_required() == (field.default is NODEFAULT and field.default_factory is NODEFAULT)
        if field.default is not NODEFAULT and not isinstance(field.default, Struct):
            assert (known.default, type(known.default)) == (field.default, type(field.default))


@pytest.mark.parametrize(
    "line",
    [
        *(number for number, line in enumerate(write(FULL).splitlines()) if re.match(r'\s*"[^"]+": .*[^\[{]$', line)),
    ],
    ids=lambda number: write(FULL).splitlines()[number].strip(),
)
def test_a_key_that_stands_twice_is_left_to_the_careful_reader(line: int) -> None:
    lines = write(FULL).splitlines()
    lines.insert(line, lines[line].rstrip(",") + ",")
    assert read_sound("\n".join(lines)) is None


def test_a_key_that_stands_twice_is_not_hidden_by_a_colon_written_as_an_escape() -> None:
    text = write_comments({"id": "a", "body": "x: y"})
    twice = text.replace('"id"', '"id": "b", "id"')
    assert read_sound(text) is not None
    assert read_sound(twice.replace("x: y", r"x\u003a y")) is None
    assert read_sound(twice.replace("x: y", r"x\u003A y")) is None


def test_ids_hold_the_same_characters() -> None:
    described = TypeAdapter(format_.Identity)
    written = msgspec.json.Decoder(records.Identity)

    def is_read(text: str) -> bool:
        try:
            return bool(written.decode(encode(text)))
        except msgspec.ValidationError:
            return False

    def is_described(text: str) -> bool:
        try:
            return bool(described.validate_python(text))
        except ValidationError:
            return False

    for character in map(chr, (*range(0xD800), *range(0xE000, 0x10000), 0x1F600, 0xE0001, 0x10FFFF)):
        assert is_read(f"a{character}") == is_described(f"a{character}"), ascii(character)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.integers(-3, 3)
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(
        ["x" * 200, "x" * 201, "\U0001f600" * 200, "html", "deleted", "2023-07-09T17:22:00Z", "a b", "a\n"]
    ),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["at", "name", "text", "raw", "email", "id", "x"]), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(st.lists(st.tuples(st.sampled_from(list_places(FULL)), VALUES), min_size=1, max_size=3), st.booleans())
@settings(max_examples=400, deadline=None)
def test_both_readers_agree_about_any_values(
    changes: list[tuple[tuple[str | int, ...], object]], in_ascii: bool
) -> None:
    text = json.dumps(change_where_possible(FULL, changes), ensure_ascii=in_ascii)
    assert read(text) == read_carefully(text)


SNIPPETS = [
    *('"', "\\", ":", ",", "{", "}", "[", "]", "\n", "\r", "\t", "\x0c", "\xa0", "\x00", "\x7f", "\ufeff", "\ud800"),
    *("0", "-", "-0", "1e999", "-0.0", "1.", "NaN", "Infinity", "null", "true", "9" * 400, "[" * 50, '{"a":' * 2_000),
    *(r"\u003a", r"\u0022", r"\ud83d", r"\ude00", r"\ud83d\ude00", r"\/", r"\x", r"\u00e9", "//", "/**/", "é"),
    *('"id": "x",', '"closed": true,', '"text": "a: b",', '"email": null,', '"": 1,', '"mail": 1,'),
]


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 3), st.sampled_from(SNIPPETS)), min_size=1, max_size=3))
@settings(max_examples=400, deadline=None)
def test_both_readers_agree_about_any_text(edits: list[tuple[float, int, str]]) -> None:
    text = write(FULL)
    for share, length, snippet in edits:
        at = int(share * len(text))
        text = text[:at] + snippet + text[at + length :]
    assert read(text) == read_carefully(text)
