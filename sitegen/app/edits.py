"""An edit of a site that was built, and what becomes of the publication with it."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sitegen.app.groundwork import SPEC
from sitegen.app.inventory import is_document, is_sidecar, name_sidecars, owner_of
from sitegen.app.keys import key_source
from sitegen.app.order import Order
from sitegen.app.parsing import Task
from sitegen.app.shelf import recall
from sitegen.app.standing import Receipt
from sitegen.errors import Problem
from sitegen.model.article import Article
from sitegen.model.codec import UnreadableError, decode
from sitegen.model.names import ArticleId, Digest, OutPath
from sitegen.model.outline import Known, MapLine, Outline
from sitegen.model.page import PageSpec, decode_spec
from sitegen.model.source import Scan, SourceFile, pick_file
from sitegen.plan.texts import find_texts
from sitegen.storage.output import name_output
from sitegen.storage.state import State
from sitegen.storage.tables import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Files of a site that are new or hold something else than at its last build, while all else is as it was."""

    order: Order
    """What somebody wants."""
    receipt: Receipt
    """What the last build left."""
    files: tuple[SourceFile, ...]
    """The files that hold something else, as they are now."""
    added: tuple[SourceFile, ...]
    """Files that were not there."""
    scan: Scan
    """All files as they are now."""
    last: Scan
    """All files as they were."""
    clock: datetime
    """Now."""
    jobs: int
    """How many processes may work."""

    @property
    def paths(self) -> frozenset[str]:
        """The files that are new or hold something else."""
        return frozenset(file.path for file in (*self.files, *self.added))

    @property
    def told(self) -> dict[str | None, set[Problem]]:
        """What the last build told of files."""
        told: dict[str | None, set[Problem]] = {}
        for problem in self.receipt.report.problems:
            told.setdefault(problem.file, set()).add(problem)
        return told

    @property
    def output(self) -> str:
        """What the memory calls the output."""
        return name_output(self.order.root, self.order.output)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What is different with an edit."""

    specs: tuple[PageSpec, ...]
    """All pages that can be others, and perhaps some that are not."""
    values: Mapping[str, Mapping[Digest, bytes]]
    """What is to be remembered of the edited files, by kind and key."""
    published: Mapping[str, tuple[Digest, ...]]
    """Under which keys."""
    texts: Texts
    """Where texts stand that stood elsewhere, or nowhere."""
    documents: Mapping[ArticleId, Known] = field(default_factory=dict)
    """Documents that look different in lists."""
    related: Mapping[ArticleId, tuple[ArticleId, ...]] = field(default_factory=dict)
    """Older articles that share tags, by article that is new."""
    lines: Mapping[OutPath, MapLine] = field(default_factory=dict)
    """Pages of which the sitemap says something else."""
    outline: Outline | None = None
    """The outline of the site now; None: as it was."""
    comments: int = 0
    """How many comments more can be read."""
    told: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    """All that there is to tell of files from now on."""
    added: tuple[Article, ...] = ()
    """Articles that are new."""


def list_tasks(edit: Edit) -> tuple[Task, ...] | None:
    """Return what has to be read of documents and comments; None where a file is neither, or belongs to no document.

    Comments that no snapshot by its name can be are left out.
    """
    stamps = edit.scan.stamps
    tasks: list[Task] = []
    for path in sorted(edit.paths):
        owner = find_owner(path, stamps)
        if owner is None:
            return None
        snapshot, moderation = name_sidecars(owner)
        if path == owner:
            tasks.append(Task(kind="article", path=path, digest=stamps[path][3]))
        elif snapshot in stamps:
            judge = pick_file(edit.scan, moderation) if moderation in stamps else None
            tasks.append(Task(kind="snapshot", path=snapshot, digest=stamps[snapshot][3], moderation=judge))
    return tuple(dict.fromkeys(tasks))


def find_owner(path: str, known: Container[str]) -> str | None:
    """Return the document that a file is or belongs to, by its name; None where there is none among `known`."""
    owners = (path,) if is_document(path) else owner_of(path) if is_sidecar(path) else ()
    return next((owner for owner in owners if owner in known), None)


def recall_article(edit: Edit, about: Digest, state: State, identity: ArticleId) -> Article:
    """Return a document as it was before the edit; raises UnreadableError where that is not remembered.

    `about` is the digest of all that decides about what documents say.
    """
    path = f"content/{identity}"
    return decode(recall(state, "article", key_source("article", path, (edit.last.stamps[path][3],), about)), Article)


def recall_spec(state: State, path: OutPath, keys: Mapping[OutPath, Digest]) -> PageSpec:
    """Return the page with a text at `path` as it was planned; raises UnreadableError where that is not remembered."""
    if path not in keys:
        raise UnreadableError(f"there is no {path}")
    return decode_spec(recall(state, SPEC, keys[path]))


def move_texts(
    pairs: Iterable[tuple[Digest | None, Digest]], specs: Iterable[PageSpec], state: State, texts: Texts
) -> Texts:
    """Return where texts stand that are others now, or stand elsewhere: before the new ones are remembered.

    `pairs` are each text before and after; None where there was none. `texts` are those of the last publication, and
    `specs` the pages that are others now.
    """
    moved: dict[Digest, tuple[OutPath, ...] | None] = {}
    for before, after in pairs:
        if before == after:
            continue
        if before and texts.get(before, ()) is not None:
            moved[before] = ()
        is_known = after in moved or after in texts or state.load("body", after) is not None
        # Another document may have a text that is known already.
        moved[after] = None if is_known else ()
    for digest, paths in find_texts(specs).items():
        known = moved.get(digest, texts.get(digest, ()))
        if known is not None:
            moved[digest] = tuple(dict.fromkeys((*known, *paths)))
    return moved
