"""`--keep-going`: the last good version of what is not sound, where one was published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from sitegen.app.sources import Gathered
from sitegen.model.article import Article
from sitegen.model.codec import UnreadableError, decode
from sitegen.model.facts import SnapshotFacts
from sitegen.model.names import Digest
from sitegen.storage.state import State

_OWN_KEY, _PART = 0, 1


@dataclass(slots=True)
class Rescue:
    """What was done about documents with errors."""

    kept: dict[str, None] = field(default_factory=dict)
    """Documents that stand as they were last published."""
    left_out: dict[str, None] = field(default_factory=dict)
    """Documents that were never published, and are not now."""


def rescue_documents(
    paths: Iterable[str],
    gathered: Gathered,
    published: Mapping[str, tuple[Digest, ...]],
    state: State,
    rescue: Rescue,
) -> None:
    """Replace the documents at `paths` in `gathered` by their last published versions, or leave them out."""
    for path in paths:
        last = None if path in rescue.kept else _load_last(path, gathered, published, state)
        if last is None:
            gathered.articles.pop(path, None)
            gathered.snapshots.pop(path, None)
            rescue.kept.pop(path, None)
            rescue.left_out[path] = None
            continue
        article, snapshot = last
        gathered.articles[path] = article
        gathered.memory[path] = published[path]
        gathered.snapshots.pop(path, None)
        if snapshot:
            sidecar = gathered.sidecars[path]
            gathered.snapshots[path] = snapshot
            gathered.memory[sidecar] = published[sidecar]
        rescue.kept[path] = None


def _load_last(
    path: str, gathered: Gathered, published: Mapping[str, tuple[Digest, ...]], state: State
) -> tuple[Article, SnapshotFacts | None] | None:
    """Return the last published version of a document with its comments; None where any part of it is lost."""
    keys = published.get(path, ())
    sidecar = gathered.sidecars.get(path, "")
    comment_keys = published.get(sidecar, ())
    article = _load(state, "article", "body", keys, Article)
    if article is None:
        return None
    snapshot = _load(state, "snapshot", "thread", comment_keys, SnapshotFacts) if comment_keys else None
    return None if comment_keys and snapshot is None else (article, snapshot)


Kept = TypeVar("Kept", Article, SnapshotFacts)


def _load(state: State, kind: str, part: str, keys: tuple[Digest, ...], wanted: type[Kept]) -> Kept | None:
    if len(keys) <= _PART:
        return None
    value = state.load(kind, keys[_OWN_KEY])
    if value is None or state.load(part, keys[_PART]) is None:
        return None
    try:
        return decode(value, wanted)
    except UnreadableError:
        return None
