"""Remembered values: the same bytes for the same value, the same value from its bytes, and never more than that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.errors import Severity, Span, error
from sitegen.model.article import Article
from sitegen.model.codec import UnreadableError, decode, encode
from sitegen.model.comments import CommentThread, Provenance
from sitegen.model.config import Config
from sitegen.model.facts import SnapshotFacts, ThreadPage
from sitegen.model.moment import Moment
from sitegen.model.names import Digest
from sitegen.parse.comments import parse_snapshot
from sitegen.plan.threads import build_thread
from tests.samples import plain
from tests.snapshots import FULL, write


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a remembered value."""

    at: datetime
    kind: Literal["one", "two"] = "one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A remembered value with a field of every kind."""

    name: str
    parts: tuple[Part, ...] = ()
    table: Mapping[str, object] | None = None
    number: float | None = None


WHOLE = Whole(
    name="é\u2028\x00",
    parts=(Part(at=datetime(2023, 7, 9, 17, 22, tzinfo=timezone(timedelta(hours=-4))), kind="two"),),
    table={"b": [1, None], "a": {"d": True, "c": "x"}},
    number=4.5,
)


def test_fields_stand_in_order_and_keys_sorted() -> None:
    assert encode(WHOLE).decode() == (
        '{"name":"é\u2028\\u0000","parts":[{"at":"2023-07-09T17:22:00-04:00","kind":"two"}],'
        '"table":{"a":{"c":"x","d":true},"b":[1,null]},"number":4.5}'
    )


def test_a_value_comes_back() -> None:
    assert decode(encode(WHOLE), Whole) == WHOLE
    assert decode(encode((WHOLE, WHOLE)), tuple[Whole, ...]) == (WHOLE, WHOLE)
    again = decode(encode(WHOLE), Whole)
    assert again.parts[0].at.utcoffset() == timedelta(hours=-4)


def make_facts() -> SnapshotFacts:
    problem = error("comments", "m", "a.json", Span(line=1, column=2, length=3), "h")
    moment = datetime(2023, 7, 9, tzinfo=UTC)
    pages = (ThreadPage(thread=Digest("d"), quotes=True),)
    return SnapshotFacts(
        thread=Digest("d"), pages=pages, count=2, closed=True, rating=None, updated=moment, warnings=(problem,)
    )


def make_thread() -> CommentThread:
    snapshot = parse_snapshot(write(FULL), "x.comments.json")
    provenance = Provenance(captured_at=Moment(at=datetime(2023, 7, 9, tzinfo=UTC), precision="day"))
    return CommentThread(provenance=provenance, comments=build_thread(snapshot.comments, 4), ratings=snapshot.ratings)


@pytest.mark.parametrize(
    "value", [plain("bridge"), make_facts(), make_thread(), Config()], ids=["article", "facts", "thread", "config"]
)
def test_what_builds_remember_comes_back(value: object) -> None:
    again = decode(encode(value), type(value))
    assert again == value
    assert encode(again) == encode(value)


def test_a_severity_comes_back_as_one() -> None:
    assert decode(encode(make_facts()), SnapshotFacts).warnings[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"7",
        b'{"nam":"x"}',
        b'{"name":7}',
        b'{"name":null}',
        b'{"name":"\xff"}',
        b'{"name":"\\ud800"}',
        b'{"name":"x","parts":[{"at":"yesterday"}]}',
        b'{"name":"x","parts":[{"at":"2023-07-09T00:00:00Z","kind":"three"}]}',
        b'{"name":"x","number":1e999}',
        b'{"name":"x"} {"name":"y"}',
        b"\x80\x04\x95",
        b"[" * 100_000,
        b'{"name":"x","table":{"a":' + b"[" * 100_000,
        b'{"name":"x","table":{"a":' + b'{"a":' * 100_000,
    ],
    ids=lambda data: repr(data[:40]),
)
def test_damage_is_told_and_nothing_else_escapes(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        decode(data, Whole)


WHOLES = encode(WHOLE)


@given(
    st.binary(max_size=40)
    | st.integers(0, len(WHOLES)).map(lambda end: WHOLES[:end])
    | st.builds(
        lambda at, byte: WHOLES[:at] + bytes([byte]) + WHOLES[at + 1 :], st.integers(0, 200), st.integers(0, 255)
    )
)
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_a_value_or_unreadable(data: bytes) -> None:
    try:
        value = decode(data, Whole)
    except UnreadableError:
        return
    assert isinstance(value, Whole)
    assert decode(encode(value), Whole) == value


def test_no_remembered_value_can_name_a_class_to_make() -> None:
    """JSON decodes into the type that was asked for; what is in the bytes cannot choose one."""
    tagged = msgspec.json.encode({"name": "x", "__class__": "os.system", "type": "Part"})
    assert decode(tagged, Whole) == Whole(name="x")


def test_an_article_is_no_thread() -> None:
    with pytest.raises(UnreadableError):
        decode(encode(plain("bridge")), CommentThread)
    with pytest.raises(UnreadableError):
        decode(encode(make_thread()), Article)
