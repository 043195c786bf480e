"""Pages as bytes: what a plan says about a page comes back as it was."""

from typing import Any

import pytest

from sitegen.model.codec import UnreadableError
from sitegen.model.page import SpecWriter, decode_spec, encode_spec
from sitegen.model.values import name_fields, replace
from sitegen.model.views import ListView, PlannedArticle
from sitegen.plan.site import plan_site
from tests.samples import plain, snapshot, sources

ITEMS = (plain("bridge", "2026-10-01", extra={"z": 1, "a": [1, None]}), plain("tunnel", "2026-10-02"))
PLAN = plan_site(sources(*ITEMS, snapshots={ITEMS[0].id: snapshot(3)}))


def test_every_page_comes_back() -> None:
    kinds = {type(spec.view).__name__ for spec in PLAN.specs}
    assert kinds >= {"PlannedArticle", "HomeView", "ListView", "FeedView", "SitemapView", "CommentFeedView", "TextView"}
    for spec in PLAN.specs:
        assert decode_spec(encode_spec(spec)) == spec, spec.path


def test_pages_are_written_together_as_each_for_itself() -> None:
    writer = SpecWriter()
    for spec in PLAN.specs:
        assert writer.write(spec) == (encode_spec(spec), SpecWriter().digest(spec)), spec.path


def test_a_card_that_changed_is_written_anew() -> None:
    (front,) = (spec for spec in PLAN.specs if spec.path == "world/index.html")
    assert isinstance(front.view, ListView)
    (card,) = front.view.cards
    other = replace(front, view=replace(front.view, cards=(replace(card, comment_count=9),)))
    writer = SpecWriter()
    assert [writer.encode(front), writer.encode(other)] == [encode_spec(front), encode_spec(other)]
    assert encode_spec(front) != encode_spec(other)
    assert writer.digest(front) == SpecWriter().digest(front) != writer.digest(other)


def test_mappings_keep_their_order() -> None:
    (spec,) = (spec for spec in PLAN.specs if spec.source == "content/world/bridge.md")
    view = decode_spec(encode_spec(spec)).view
    assert isinstance(view, PlannedArticle)
    assert list(view.extra) == ["z", "a"]


def test_views_with_equal_fields_are_told_apart() -> None:
    spec = PLAN.specs[0]
    assert encode_spec(spec).count(b'"PlannedArticle"') == 1


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", encode_spec(PLAN.specs[0]).replace(b"PlannedArticle", b"NoView")])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        decode_spec(data)


def test_another_address_is_another_page() -> None:
    spec = PLAN.specs[0]
    other = replace(spec, path=PLAN.specs[1].path)
    assert encode_spec(other) != encode_spec(spec)
    assert SpecWriter().digest(other) != SpecWriter().digest(spec)


@pytest.mark.parametrize("name", name_fields(ListView))
def test_everything_in_a_list_counts_in_its_digest(name: str) -> None:
    (front,) = (spec for spec in PLAN.specs if spec.path == "world/index.html")
    assert isinstance(front.view, ListView)
    changes: Any = {name: () if name == "cards" else None}
    other = replace(front, view=replace(front.view, **changes))
    assert SpecWriter().digest(other) != SpecWriter().digest(front)
