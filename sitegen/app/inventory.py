"""Sorting the files of a site by what they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from sitegen.errors import Problem, error
from sitegen.model.source import DOCUMENT_SUFFIXES, SourceFile

_MODERATIONS = ("moderation.yaml", "moderation.yml")
_PARSED = frozenset({"documents", "snapshots"})
_SECTION = frozenset({"_index.md", "_index.markdown"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """Files by what they are; every path is relative to the site's root."""

    documents: tuple[SourceFile, ...]
    """Articles and pages."""
    sections: tuple[SourceFile, ...]
    """`_index.md` files."""
    snapshots: tuple[SourceFile, ...]
    """Comment snapshots, by their names."""
    moderations: tuple[SourceFile, ...]
    """Moderation files, by their names."""
    assets: tuple[SourceFile, ...]
    """Everything else below `content/` and `static/`."""


def take_inventory(files: Iterable[SourceFile]) -> Inventory:
    """Return `files`, all below `content/` or `static/`, sorted by what they are."""
    kinds: dict[str, list[SourceFile]] = {
        "documents": [],
        "sections": [],
        "snapshots": [],
        "moderations": [],
        "assets": [],
    }
    for file in files:
        kinds[_kind_of(file.path)].append(file)
    return Inventory(**{kind: tuple(members) for kind, members in kinds.items()})


def is_document(path: str) -> bool:
    """Whether the file at `path` is an article or a page, by its name."""
    return _kind_of(path) == "documents"


def is_parsed(path: str) -> bool:
    """Whether the file at `path` is a document or a comment snapshot, by its name."""
    return _kind_of(path) in _PARSED


def is_moderation(path: str) -> bool:
    """Whether the file at `path` is a moderation file, by its name."""
    return _kind_of(path) == "moderations"


def is_sidecar(path: str) -> bool:
    """Whether the file at `path` is a moderation file, or may be a snapshot, by its name."""
    return is_moderation(path) or path.endswith("comments.json")


def _kind_of(path: str) -> str:
    if not path.startswith("content/"):
        return "assets"
    name = path.rpartition("/")[2]
    if name in _SECTION:
        return "sections"
    if name.lower().endswith(DOCUMENT_SUFFIXES):
        return "documents"
    if name == "comments.json" or name.endswith(".comments.json"):
        return "snapshots"
    if name in _MODERATIONS or name.endswith((".moderation.yaml", ".moderation.yml")):
        return "moderations"
    return "assets"


def name_sidecars(document: str) -> tuple[str, str]:
    """Return the paths that the snapshot and the moderation file of the document at `document` have by default."""
    pure = PurePosixPath(document)
    prefix = "" if pure.stem == "index" else f"{pure.stem}."
    return str(pure.with_name(f"{prefix}comments.json")), str(pure.with_name(f"{prefix}moderation.yaml"))


def owner_of(path: str) -> tuple[str, ...]:
    """Return the paths that the document of a snapshot or moderation file may have."""
    for ending in (".comments.json", ".moderation.yaml", ".moderation.yml"):
        if path.endswith(ending):
            return tuple(map(path.removesuffix(ending).__add__, DOCUMENT_SUFFIXES))
    return tuple(f"{path.rpartition('/')[0]}/index{suffix}" for suffix in DOCUMENT_SUFFIXES)


def find_owners(files: Iterable[SourceFile], documents: frozenset[str]) -> tuple[dict[str, str], list[Problem]]:
    """Return sidecar path by document path, and an error for every sidecar without a document.

    Hidden comments would come back if a moderation file silently lost its article, and comments would be lost if a
    snapshot did.
    """
    owners: dict[str, str] = {}
    problems: list[Problem] = []
    for file in files:
        owner = next(filter(documents.__contains__, owner_of(file.path)), None)
        if owner:
            owners[owner] = file.path
        else:
            problems.append(
                error(
                    "comments",
                    f"belongs to no article: there is no `{PurePosixPath(owner_of(file.path)[0]).name}` beside it",
                    file.path,
                    hint="articles are moved with all their files by `sitegen mv OLD NEW`",
                )
            )
    return owners, problems
