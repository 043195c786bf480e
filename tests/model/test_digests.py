import pytest

from sitegen.model.article import Body, TocEntry
from sitegen.model.digests import digest_bytes, digest_value
from sitegen.model.names import Html


def test_digest_bytes_is_blake2b_of_16_bytes() -> None:
    assert digest_bytes(b"") == "cae66941d9efbd404e4d88758ea67670"
    assert len(digest_bytes(b"x" * 100_000)) == 32


def test_equal_values_have_equal_digests() -> None:
    one = Body(parts=(Html("<p>a</p>"),), slots=(), toc=(TocEntry(level=2, id="a", title="A"),))
    same = Body(parts=(Html("<p>a</p>"),), slots=(), toc=(TocEntry(level=2, id="a", title="A"),))
    other = Body(parts=(Html("<p>b</p>"),), slots=(), toc=(TocEntry(level=2, id="a", title="A"),))
    assert digest_value(one) == digest_value(same)
    assert digest_value(one) != digest_value(other)


def test_the_order_of_keys_does_not_count() -> None:
    assert digest_value({"a": 1, "b": {"x": 1, "y": 2}}) == digest_value({"b": {"y": 2, "x": 1}, "a": 1})


def test_what_json_cannot_hold_is_refused() -> None:
    with pytest.raises(TypeError):
        digest_value(object())
