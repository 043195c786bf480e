"""`sitegen comments verify`: whether snapshots and moderation files are whole, and what in them needs a look."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sitegen.app.inventory import is_sidecar
from sitegen.app.lost_passages import find_lost_passages
from sitegen.app.parsing import decode_text
from sitegen.app.report import sort_problems
from sitegen.app.site import Site
from sitegen.app.sources import Gathered
from sitegen.errors import ContentError, Problem, error, warning
from sitegen.parse.comments import Snapshot, parse_snapshot
from sitegen.parse.json_source import find_json_places
from sitegen.parse.snapshot_edit import read_seal, seal_snapshot
from sitegen.storage.files import read_bytes, write_atomic

CODE = "comments"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was looked at, and what was found."""

    snapshots: tuple[str, ...]
    """Snapshots that were looked at."""
    findings: tuple[Problem, ...]
    """What is wrong or needs a look, sorted by place."""


def verify_comments(site: Site, gathered: Gathered, documents: Iterable[str] | None) -> Verified:
    """Look at the comments of `documents`, or of the whole site.

    Format, ids, personal data, decisions, hash, orphans and lost passages are looked at. `gathered` is the site as it
    was read.
    """
    chosen = gathered.sidecars.keys() if documents is None else tuple(documents)
    snapshots = tuple(sorted({gathered.sidecars[path] for path in chosen if path in gathered.sidecars}))
    files = {*snapshots, *(gathered.moderations[path] for path in chosen if path in gathered.moderations)}
    told = [problem for problem in gathered.problems if problem.file in files]
    if documents is None:
        told += [
            problem
            for problem in gathered.problems
            if problem.file and problem.file not in files and is_sidecar(problem.file)
        ]
    for path in snapshots:
        told += _look_at(site, path)
    told += find_lost_passages(site, gathered, chosen)
    return Verified(snapshots=snapshots, findings=sort_problems(tuple(dict.fromkeys(told))))


def seal_comments(site: Site, snapshots: Iterable[str]) -> tuple[str, ...]:
    """Write the hash of its comments into every sound snapshot that has none or another, and return their paths."""
    written = []
    for path in snapshots:
        text = _read(site, path)
        try:
            sealed = seal_snapshot(text, path)
        except ContentError:
            continue
        if sealed != text:
            write_atomic(site.root / path, sealed.encode())
            written.append(path)
    return tuple(written)


def _look_at(site: Site, path: str) -> Iterator[Problem]:
    """Yield what a build does not say about a snapshot that it can read."""
    try:
        text = _read(site, path)
        snapshot = parse_snapshot(text, path)
    except ContentError:
        return  # told when the site was read
    places = find_json_places(text.removeprefix("\ufeff")).spans
    given, right = read_seal(text, path)
    if given not in {None, right}:
        place = places.get(("snapshot", "content_sha256"))
        hint = "look at what was changed; `--write` takes the comments as they are now"
        yield error(CODE, "the comments are not those that `content_sha256` was made of", path, place, hint)
    yield from (
        warning(CODE, f"there is no comment `{parent}`, which this one answers", path, places.get(place))
        for place, parent in _find_orphans(snapshot)
    )


def _find_orphans(snapshot: Snapshot) -> Iterator[tuple[tuple[str | int, ...], str]]:
    known = {comment.id for comment in snapshot.comments}
    for index, comment in enumerate(snapshot.comments):
        if comment.parent and comment.parent not in known:
            yield ("comments", index, "parent"), comment.parent


def _read(site: Site, path: str) -> str:
    return decode_text(read_bytes(site.root / path), path)
