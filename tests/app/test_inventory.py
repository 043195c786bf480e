"""What a file is, by its path alone."""

import pytest

from sitegen.app.inventory import find_owners, owner_of, take_inventory
from sitegen.model.source import SourceFile
from tests.sites import describe_file


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("content/world/bridge.md", "documents"),
        ("content/world/Bridge.MD", "documents"),
        ("content/bridge.markdown", "documents"),
        ("content/world/bridge/index.md", "documents"),
        ("content/world/_index.md", "sections"),
        ("content/world/bridge.comments.json", "snapshots"),
        ("content/world/bridge/comments.json", "snapshots"),
        ("content/world/bridge.moderation.yaml", "moderations"),
        ("content/world/bridge/moderation.yaml", "moderations"),
        ("content/world/bridge.moderation.yml", "moderations"),
        ("content/world/bridge/map.png", "assets"),
        ("content/world/bridge/my.comments.json.txt", "assets"),
        ("static/readme.md", "assets"),
        ("static/comments.json", "assets"),
    ],
)
def test_what_a_file_is(path: str, kind: str) -> None:
    inventory = take_inventory([describe_file(path)])
    kinds = ("documents", "sections", "snapshots", "moderations", "assets")
    assert [name for name in kinds if getattr(inventory, name)] == [kind]


@pytest.mark.parametrize(
    ("path", "owners"),
    [
        ("content/a.comments.json", ("content/a.md", "content/a.markdown")),
        ("content/a.moderation.yaml", ("content/a.md", "content/a.markdown")),
        ("content/a/comments.json", ("content/a/index.md", "content/a/index.markdown")),
        ("content/a/moderation.yaml", ("content/a/index.md", "content/a/index.markdown")),
    ],
)
def test_whom_a_sidecar_may_belong_to(path: str, owners: tuple[str, ...]) -> None:
    assert owner_of(path) == owners


def files(*paths: str) -> list[SourceFile]:
    return [describe_file(path) for path in paths]


def test_sidecars_find_their_documents() -> None:
    documents = frozenset({"content/a.markdown", "content/b/index.md"})
    owners, problems = find_owners(files("content/a.comments.json", "content/b/comments.json"), documents)
    assert owners == {"content/a.markdown": "content/a.comments.json", "content/b/index.md": "content/b/comments.json"}
    assert problems == []


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("content/a.comments.json", "belongs to no article: there is no `a.md` beside it"),
        ("content/a/moderation.yaml", "belongs to no article: there is no `index.md` beside it"),
    ],
)
def test_a_sidecar_without_its_document_is_an_error(path: str, message: str) -> None:
    """Comments that editors have hidden would come back, or all of them would be lost."""
    owners, (problem,) = find_owners(files(path), frozenset({"content/b.md"}))
    assert (owners, problem.file, problem.message) == ({}, path, message)
    assert problem.hint == "articles are moved with all their files by `sitegen mv OLD NEW`"
