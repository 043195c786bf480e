"""Which moderation file decides about which snapshot, and which snapshots cannot be shown because of theirs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sitegen.app.inventory import is_moderation, owner_of
from sitegen.errors import Problem, error
from sitegen.model.source import SourceFile

CODE = "moderation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Moderation files by what they decide about."""

    files: Mapping[str, SourceFile]
    """Moderation file by snapshot."""
    refused: Mapping[str, tuple[Problem, ...]]
    """Snapshots of which it is not known what is hidden in them, each with the reasons that were not told yet."""
    idle: Mapping[str, Problem]
    """Documents whose moderation file decides about nothing."""


def judge_snapshots(
    files: Iterable[SourceFile], owners: Mapping[str, str], sidecars: Mapping[str, str], unseen: Iterable[str]
) -> Judged:
    """Match moderation files with snapshots by the document of both.

    `owners` and `sidecars` are moderation file and snapshot by document; `unseen` are files that could not be looked
    at. A snapshot that several documents show is moderated for all of them.
    """
    by_path = {file.path: file for file in files}
    deciding: dict[str, list[str]] = {}
    idle: dict[str, Problem] = {}
    for path in by_path:
        for document in (document for document in owner_of(path) if document in owners):
            if document in sidecars:
                deciding.setdefault(sidecars[document], []).append(path)
            elif owners[document] == path:
                idle[document] = _refuse_idle(path)
    refused = {snapshot: problems for snapshot, paths in deciding.items() if (problems := _refuse(snapshot, paths))}
    refused |= {snapshot: () for snapshot in _find_unseen(sidecars, unseen) if snapshot not in refused}
    chosen = {snapshot: by_path[paths[0]] for snapshot, paths in deciding.items() if snapshot not in refused}
    return Judged(files=chosen, refused=refused, idle=idle)


def _find_unseen(sidecars: Mapping[str, str], unseen: Iterable[str]) -> Iterator[str]:
    """Yield the snapshots whose moderation file could not be looked at."""
    for path in unseen:
        if is_moderation(path):
            yield from (sidecars[document] for document in owner_of(path) if document in sidecars)


def _refuse(snapshot: str, paths: Sequence[str]) -> tuple[Problem, ...]:
    """Return why the moderation files `paths` of a snapshot cannot be applied."""
    misnamed = tuple(_refuse_name(path) for path in paths if path.endswith(".yml"))
    if misnamed or len(paths) == 1:
        return misnamed
    return tuple(_refuse_second(snapshot, paths[0], path) for path in paths[1:])


def _refuse_idle(path: str) -> Problem:
    return error(
        CODE,
        "decides about comments of which there is no snapshot",
        path,
        hint="put the snapshot back, or delete this file",
    )


def _refuse_name(path: str) -> Problem:
    return error(CODE, "is not read under this name", path, hint="let its name end in `.yaml`")


def _refuse_second(snapshot: str, first: str, second: str) -> Problem:
    return error(
        CODE,
        f"decides about {snapshot}, as {first} does",
        second,
        hint="put all decisions about one snapshot into one file",
    )
