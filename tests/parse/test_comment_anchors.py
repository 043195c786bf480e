"""Anchors of comments: the platform's numbers where they can be kept, and never two alike."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.parse.comment_anchors import choose_anchors


@pytest.mark.parametrize(
    ("ids", "anchors"),
    [
        (["wp-901"], ["comment-901"]),
        (["901"], ["comment-901"]),
        (["disqus-5c2e"], ["comment-5c2e"]),
        (["remark42-a-b"], ["comment-a-b"]),
        (["wp-"], ["comment-wp-"]),
        (["9a-1"], ["comment-9a-1"]),
        (["Isso_1.2"], ["comment-Isso_1.2"]),
        (["wp-1", "disqus-1", "isso-1"], ["comment-1", "comment-disqus-1", "comment-isso-1"]),
        (["x-disqus-1", "wp-1", "disqus-1"], ["comment-disqus-1", "comment-1", "comment-disqus-1-x"]),
        (["a-1", "A-1"], ["comment-1", "comment-A-1"]),
        (['wp-"><script>'], ["comment----script--DIGEST"]),
        (["wp-é", "wp-ö", "wp-😀"], ["comment---DIGEST"] * 3),
        (["wp-a b", "a b"], ["comment-a-b-DIGEST"] * 2),
    ],
)
def test_anchors(ids: list[str], anchors: list[str]) -> None:
    chosen = choose_anchors(ids)
    assert [re.sub(r"(?<=-)[0-9a-f]{8}$", "DIGEST", anchor) for anchor in chosen] == anchors
    assert len(set(chosen)) == len(ids)


def test_an_anchor_depends_on_its_own_id_alone_where_nothing_collides() -> None:
    odd = "wp-Jos\u00e9 'x'"
    assert choose_anchors(["wp-1", odd])[1] == choose_anchors([odd])[0]


IDS = st.lists(
    st.text(min_size=1, max_size=200) | st.text(alphabet="ab1-x\u00e9\u00f6", min_size=1, max_size=4), max_size=30
)


@given(IDS)
@settings(max_examples=150, deadline=None)
def test_any_ids_give_valid_anchors_that_differ(ids: list[str]) -> None:
    anchors = choose_anchors(ids)
    assert len(set(anchors)) == len(ids)
    for anchor in anchors:
        assert re.fullmatch(r"comment-[A-Za-z0-9_.-]+", anchor)
        assert len(anchor) < 300
