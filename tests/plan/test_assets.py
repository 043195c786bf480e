"""Files that pages show: where they lie, and where they go."""

import pytest

from sitegen.model.article import Article
from sitegen.model.facts import AssetFacts
from sitegen.model.names import Digest, Url
from sitegen.plan.assets import AssetDesk, picture_of
from sitegen.plan.site import plan_site
from tests.samples import article, metadata, sources

FILES = (
    "content/world/map.pdf",
    "content/world/data/a.csv",
    "content/shared/logo.svg",
    "content/world/bridge/a.jpg",
    "static/robots/x.txt",
)
NOTE = article("world/note.md", metadata("note"))
BUNDLE = article("world/bridge/index.md", metadata("bridge"), bundle=True)


def desk() -> AssetDesk:
    return AssetDesk(assets={path: AssetFacts(path=path, digest=Digest(path)) for path in FILES})


@pytest.mark.parametrize(
    ("item", "target", "address"),
    [
        (NOTE, "map.pdf", "/n/map.pdf"),
        (NOTE, "./data/../map.pdf", "/n/map.pdf"),
        (NOTE, "data/a.csv", "/n/data/a.csv"),
        (NOTE, "../shared/logo.svg", "/n/shared/logo.svg"),
        (NOTE, "bridge/a.jpg", "/n/bridge/a.jpg"),
        (BUNDLE, "a.jpg", "/n/a.jpg"),
        (BUNDLE, "../map.pdf", "/n/map.pdf"),
        (NOTE, "/robots/x.txt", "/robots/x.txt"),
    ],
)
def test_what_a_document_finds(item: Article, target: str, address: str) -> None:
    found = desk().find(target, item, Url("/n/"))
    assert found is not None
    assert found[0] == address


@pytest.mark.parametrize(
    "target",
    ["", ".", "no.pdf", "../../static/robots/x.txt", "../../../etc/passwd", "/../content/world/map.pdf", "/map.pdf"],
)
def test_what_it_does_not_find(target: str) -> None:
    found = desk()
    assert found.find(target, NOTE, Url("/n/")) is None
    assert found.copies == {}


def test_what_was_found_below_content_is_copied_once() -> None:
    found = desk()
    for target in ("map.pdf", "map.pdf", "/robots/x.txt"):
        found.find(target, NOTE, Url("/n/"))
    assert [(copy.path, copy.source) for copy in found.copies] == [("n/map.pdf", "content/world/map.pdf")]


def test_a_page_that_is_a_file_has_a_folder_beside_it() -> None:
    found = desk().find("map.pdf", NOTE, Url("/2014/n.html"))
    assert found is not None
    assert found[0] == "/2014/n/map.pdf"


def test_files_of_a_bundle_go_into_its_folder_and_no_others() -> None:
    files = ("content/world/bridge/a.jpg", "content/world/bridge/data/b.csv", "content/world/stray.txt")
    plan = plan_site(sources(BUNDLE, assets=files))
    assert sorted(copy.path for copy in plan.copies) == [
        "world/2026/10/bridge/a.jpg",
        "world/2026/10/bridge/data/b.csv",
    ]


def test_a_bundle_in_a_bundle_keeps_its_own_files() -> None:
    inner = article("world/bridge/inner/index.md", metadata("inner"), bundle=True)
    plan = plan_site(sources(BUNDLE, inner, assets=("content/world/bridge/inner/x.jpg",)))
    assert [copy.path for copy in plan.copies] == ["world/2026/10/inner/x.jpg"]


def test_files_of_a_hidden_bundle_stay() -> None:
    hidden = article("world/bridge/index.md", metadata("bridge", draft=True), bundle=True)
    assert plan_site(sources(hidden, assets=("content/world/bridge/a.jpg",))).copies == ()


def test_static_files_keep_their_paths() -> None:
    plan = plan_site(sources(assets=("static/CNAME", "static/uploads/50% #1.jpg")))
    assert [copy.path for copy in plan.copies] == ["CNAME", "uploads/50% #1.jpg"]


def test_a_picture_has_the_size_of_its_file() -> None:
    facts = AssetFacts(path="x", digest=Digest("x"), width=3, height=2)
    assert (picture_of("/x", facts).width, picture_of("/x", None).width) == (3, None)
