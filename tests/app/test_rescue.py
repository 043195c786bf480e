"""What was last published of files with errors, as far as it is still remembered."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from sitegen.app.rescue import Keys, Rescue
from sitegen.model.article import SectionIndex
from sitegen.model.codec import encode
from sitegen.model.facts import SnapshotFacts, ThreadPage
from sitegen.model.names import Digest, Slug
from sitegen.storage.state import State, open_state
from tests.samples import plain

ARTICLE, BODY, OTHER = Digest("article"), Digest("body"), Digest("other")
PAGES = (ThreadPage(thread=BODY, quotes=False),)
FACTS = SnapshotFacts(thread=BODY, pages=PAGES, count=2, closed=False, rating=None, updated=None, warnings=())
SECTION = SectionIndex(slug=Slug("world"), title="World")


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    with open_state(tmp_path / "state.sqlite") as opened:
        opened.store("article", [(ARTICLE, encode(plain("a")))])
        opened.store("snapshot", [(ARTICLE, encode(FACTS))])
        opened.store("section", [(ARTICLE, encode(SECTION))])
        for part in ("body", "thread"):
            opened.store(part, [(BODY, b"whatever")])
        yield opened


def rescue(state: State, published: Mapping[str, Keys]) -> Rescue:
    return Rescue(state, published)


def test_the_last_version_of_every_kind_of_file(state: State) -> None:
    found = rescue(state, {"a.md": (ARTICLE, BODY), "a.comments.json": (ARTICLE, BODY), "_index.md": (ARTICLE,)})
    assert found.find_article("a.md") == (plain("a"), (ARTICLE, BODY))
    assert found.find_snapshot("a.comments.json") == (FACTS, (ARTICLE, BODY))
    assert found.find_section("_index.md") == (SECTION, (ARTICLE,))
    assert list(found.kept) == ["a.md", "a.comments.json", "_index.md"]
    assert (list(found.left_out), found.has_lost) == ([], False)


def test_a_file_that_was_never_published_is_left_out(state: State) -> None:
    found = rescue(state, {})
    assert found.find_article("a.md") is None
    assert (list(found.kept), list(found.left_out), found.has_lost) == ([], ["a.md"], False)


@pytest.mark.parametrize(
    "keys",
    [(OTHER, BODY), (ARTICLE, OTHER), (ARTICLE,)],
    ids=["the article is forgotten", "its body is forgotten", "it has no body"],
)
def test_a_version_that_is_not_remembered_whole_is_left_out_and_known_to_be_lost(state: State, keys: Keys) -> None:
    found = rescue(state, {"a.md": keys})
    assert found.find_article("a.md") is None
    assert (list(found.left_out), found.has_lost) == (["a.md"], True)


def test_a_value_of_another_kind_is_no_version(state: State) -> None:
    state.store("article", [(ARTICLE, encode(FACTS))])
    assert rescue(state, {"a.md": (ARTICLE, BODY)}).find_article("a.md") is None


def test_what_was_kept_can_be_left_out_after_all(state: State) -> None:
    found = rescue(state, {"a.md": (ARTICLE, BODY)})
    found.find_article("a.md")
    found.leave_out("a.md")
    assert (list(found.kept), list(found.left_out)) == ([], ["a.md"])
