"""`sitegen comments erase`: a comment, or all of somebody's, gone from everything that the site holds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sitegen.app.erased import load_register, open_register
from sitegen.app.importing import STAGING
from sitegen.app.inventory import is_sidecar
from sitegen.app.parsing import decode_text
from sitegen.app.site import Site
from sitegen.app.sources import Gathered
from sitegen.check.erasure import (
    CODE,
    KEY_FILE,
    REGISTER_FILE,
    Register,
    find_remains,
    fold_name,
    holds_name,
    mark_author,
    mark_comment,
    write_register,
)
from sitegen.errors import ContentError, Problem, UsageError, error, warning
from sitegen.model.moderation import Decision
from sitegen.parse.comment_format import SnapshotFile
from sitegen.parse.comments import parse_snapshot
from sitegen.parse.moderation import parse_moderation
from sitegen.parse.moderation_edit import remove_decisions
from sitegen.parse.snapshot_edit import load_snapshot
from sitegen.parse.snapshot_erase import erase_from_snapshot
from sitegen.plan.moderation import sum_up
from sitegen.storage.files import read_bytes, remove_tree
from sitegen.storage.installing import Installation, open_installation
from sitegen.storage.lock import hold_memory, refuse_other_holders
from sitegen.storage.state import STATE_FILE, STATE_FOLDER

UNREACHED = (
    "the history of the repository: git filter-repo rewrites it, and whoever has a copy keeps theirs",
    "backups, and copies of the site that are published elsewhere",
    "the system that the comments come from",
    "what other texts say: look with --verify",
)
"""What this cannot reach."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be erased: everything of an author, or one comment."""

    author: str | None = None
    """A displayed name, whatever its case."""
    id: str | None = None
    """An id."""
    article: str | None = None
    """The document, where only its comments are meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What was erased."""

    comments: tuple[tuple[str, str], ...]
    """Snapshot and id of each comment."""
    changed: tuple[str, ...]
    """Files that are not what they were."""


def erase_comments(site: Site, gathered: Gathered, wanted: Wanted, *, dry_run: bool) -> Erasure:
    """Take comments out of snapshots, moderation files and memory, and keep later captures from bringing them back.

    Pages, feeds and lists follow with the next build. Raises UsageError where there is no such comment, ContentError
    where a file is broken: then nothing is written.
    """
    with open_installation(site.root, site.root / STAGING) as installation:
        register = open_register(installation)
        erased: list[tuple[str, str]] = []
        for snapshot, documents in sorted(_list_snapshots(gathered, wanted.article).items()):
            ids = _Desk(installation, gathered, snapshot, documents).erase(wanted, register)
            erased += [(snapshot, identity) for identity in ids.found]
            register = Register(key=register.key, marks=register.marks | ids.marks)
        if not erased:
            what = f"by `{wanted.author}`" if wanted.author else f"`{wanted.id}`"
            raise UsageError(f"there is no comment {what}", "sitegen comments list ARTICLE prints names and ids")
        if wanted.author:
            register = Register(key=register.key, marks=register.marks | {mark_author(register.key, wanted.author)})
        installation.add(KEY_FILE, f"{register.key.hex()}\n".encode())
        installation.add(REGISTER_FILE, write_register(register).encode())
        changed = tuple(sorted(installation.names))
        if not dry_run:
            installation.apply()
    if not dry_run:
        _forget(site.root)
    return Erasure(comments=tuple(erased), changed=changed)


def find_traces(site: Site, output: Path, author: str | None) -> Iterator[Problem]:
    """Yield a finding for every file of the site and of `output` that holds text which was erased, or the name."""
    register = load_register(site.root)
    for file in (*_list_files(site.root / "content"), *_list_files(output)):
        data = read_bytes(file)
        path = file.relative_to(site.root).as_posix() if file.is_relative_to(site.root) else str(file)
        if register and find_remains(register, path, data):
            hint = "build again, then look at what it is made from"
            yield error(CODE, "holds text of a comment that was erased", path, hint=hint)
        elif author and holds_name(path, data, author):
            yield warning(CODE, "holds the name", path, hint="look whether it is meant to stay")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What one snapshot held of it."""

    found: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()


class _Desk:
    """The files around one snapshot."""

    def __init__(self, installation: Installation, gathered: Gathered, snapshot: str, documents: Sequence[str]) -> None:
        self._installation = installation
        self._snapshot = snapshot
        self._moderations = tuple(gathered.moderations[path] for path in documents if path in gathered.moderations)

    def erase(self, wanted: Wanted, register: Register) -> _Found:
        """Stage the files without what is wanted, and return what that was."""
        text = self._read(self._snapshot)
        if text is None:
            return _Found()
        parse_snapshot(text, self._snapshot)
        record = SnapshotFile.model_validate(load_snapshot(text, self._snapshot))
        name = fold_name(wanted.author) if wanted.author else None
        shown = sum_up(self._list_decisions())

        def is_theirs(other: str) -> bool:
            return name is not None and fold_name(other) == name

        found = [
            comment
            for comment in record.comments
            if comment.id == wanted.id
            or (comment.author and comment.author.name and is_theirs(comment.author.name))
            or (comment.id in shown and is_theirs(shown[comment.id].name or ""))
        ]
        ids = frozenset(comment.id for comment in found)
        if not ids and name is None:
            return _Found()
        self._stage(self._snapshot, text, erase_from_snapshot(text, self._snapshot, ids, is_theirs))
        for path in self._moderations if ids else ():
            decisions = self._read(path) or ""
            self._stage(path, decisions, remove_decisions(decisions, path, ids))
        marks = frozenset(mark for comment in found for mark in mark_comment(register.key, comment))
        return _Found(found=tuple(comment.id for comment in found), marks=marks)

    def _list_decisions(self) -> tuple[Decision, ...]:
        texts = ((path, self._read(path)) for path in self._moderations)
        return tuple(
            decision for path, text in texts if text for decision in parse_moderation(text, path, None).decisions
        )

    def _read(self, path: str) -> str | None:
        data = self._installation.read(path)
        return decode_text(data, path) if data is not None else None

    def _stage(self, path: str, before: str, after: str) -> None:
        if before != after:
            self._installation.add(path, after.encode())


def _list_snapshots(gathered: Gathered, document: str | None) -> Mapping[str, list[str]]:
    """Return every snapshot with the documents that it belongs to. Raises ContentError where one cannot be read."""
    broken = [problem for problem in gathered.problems if problem.file and is_sidecar(problem.file)]
    errors = [problem for problem in broken if problem.severity == "error"]
    if errors:
        raise ContentError(errors)
    found: dict[str, list[str]] = {}
    for path, snapshot in gathered.sidecars.items():
        if document is None or path == document:
            found.setdefault(snapshot, []).append(path)
    return found


def _forget(root: Path) -> None:
    """Delete what is remembered of the site: parsed threads and last published versions."""
    folder = root / STATE_FOLDER
    refuse_other_holders(folder)
    with hold_memory(folder / STATE_FILE, "comments erase"):
        remove_tree(folder)


def _list_files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
