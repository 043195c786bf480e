"""`staticman`: the data files that Staticman commits to a repository, one a comment.

Source: `lib/Staticman.js` and `staticman.sample.yml` of Staticman 3. A folder holds one folder for each article, named
by its slug, with files in YAML or JSON. Fields are those of the site's own form; several names are known for each. The
`_id` is Staticman's; `_parent` and the fields for replies count where they name the `_id` of another comment. How
`date` is written is up to the site: numbers are seconds or milliseconds since 1970, ISO 8601 with a zone is read as it
is, and for anything else `--date-format` and `--timezone` have to say how. What stands in the repository was approved.
Not read: `email`, which is a hash as a rule, and every field that is not known.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from sitegen.errors import ContentError, MachineError, UsageError
from sitegen.importers.inputs import hide_line, read_text, refuse_input
from sitegen.importers.pages.times import SourceTimes
from sitegen.importers.records import CapturedThread, ImportRequest, Tally
from sitegen.importers.threads import Found, ThreadSource, build_thread
from sitegen.importers.times import read_captured, read_epoch
from sitegen.parse.comment_format import SnapshotRecord
from sitegen.parse.json_source import load_json_mapping
from sitegen.parse.places import Placed
from sitegen.parse.yaml_source import load_yaml

_JSON = frozenset({".json"})
_YAML = frozenset({".yml", ".yaml"})
_EPOCH = re.compile(r"\d{9,13}(?:\.\d+)?")
_MILLISECONDS = 1e11
_NAMES: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "author", "username", "nickname"),
    "site": ("url", "website", "site", "homepage"),
    "text": ("message", "comment", "body", "content", "text"),
    "date": ("date", "timestamp", "created", "published"),
    "reply": ("replying_to", "reply_to", "replyID", "reply_id", "parent", "parent_id"),
}
"""Names of fields in the forms of themes, by what they mean."""


def read_threads(request: ImportRequest, tally: Tally) -> Iterator[CapturedThread]:
    """Yield the threads in folders of Staticman, one for each folder that holds comments."""
    times = SourceTimes(request)
    snapshot = SnapshotRecord(
        platform="staticman",
        method="files",
        captured_at=read_captured(request),
        timezone_assumed=request.timezone,
    )
    for name in request.inputs:
        for folder, files in _list_folders(name):
            rows = [(file, _read_file(file, request)) for file in files]
            known = {identity for _, row in rows if (identity := _tell(row, ("_id",)))}
            found = [_read_comment(file, row, known, times) for file, row in rows]
            source = ThreadSource(
                prefix="staticman-",
                names=tuple(dict.fromkeys((folder, PurePosixPath(folder).name))),
                source_id=folder,
                snapshot=snapshot,
            )
            yield build_thread(source, found, tally)


def _list_folders(name: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the folders with data files in them, as paths below the input, or its own name; links are not followed."""
    root = Path(name)
    if not root.is_dir():
        raise UsageError(f"there is no folder `{name}`", "name the folder that holds a folder for each article")
    for folder, folders, files in os.walk(root, onerror=_fail):
        folders.sort()
        paths = [Path(folder, file) for file in sorted(files)]
        kept = [str(path) for path in paths if path.suffix.lower() in _JSON | _YAML and not path.is_symlink()]
        if kept:
            below = Path(folder).relative_to(root).as_posix()
            yield (below if below != "." else root.resolve().name), kept


def _fail(failure: OSError) -> None:
    raise MachineError(f"{failure.filename}: {(failure.strerror or str(failure)).lower()}") from failure


def _read_file(file: str, request: ImportRequest) -> Placed:
    text = read_text(file, request.advance)
    try:
        if Path(file).suffix.lower() in _JSON:
            return load_json_mapping(text, file, 1)
        placed = load_yaml(text.removeprefix("---\n"), file, 2 if text.startswith("---\n") else 1)
    except ContentError as failure:
        raise ContentError([hide_line(problem) for problem in failure.problems]) from failure
    if placed is None:
        raise refuse_input(file, "holds no fields", "write one `name: value` a line")
    return placed


def _read_comment(file: str, row: Placed, known: set[str], times: SourceTimes) -> Found:
    text = _tell(row, _NAMES["text"])
    if text is None:
        names = "`, `".join(_NAMES["text"])
        raise refuse_input(file, f"has none of the fields `{names}`", "take files that are no comments away")
    identity = _tell(row, ("_id",)) or Path(file).stem
    found = Found(
        id=identity,
        parent=_find_parent(row, known),
        name=_tell(row, _NAMES["name"]),
        site=_tell(row, _NAMES["site"]),
        format="markdown",
        text=text,
    )
    key, written = _find_field(row, _NAMES["date"])
    if not written:
        return found
    if _EPOCH.fullmatch(written):
        number = float(written)
        found.at = read_epoch(number / 1_000 if number > _MILLISECONDS else number)
    elif "@" not in written:
        span = row.spans.get((key,))
        found.time = times.read(written, file, span.line if span else 1)
        found.at = found.time.at
    return found


def _find_parent(row: Placed, known: set[str]) -> str | None:
    """Return what a comment answers: a field may also name the article, or the number of a comment on the page."""
    written = [*_list_values(row, ("_parent",)), *_list_values(row, _NAMES["reply"])]
    named = next((value for value in written if value in known), None)
    return named or _tell(row, _NAMES["reply"])


def _tell(row: Placed, names: Sequence[str]) -> str | None:
    return _find_field(row, names)[1]


def _find_field(row: Placed, names: Sequence[str]) -> tuple[str, str | None]:
    """Return the first of the fields `names` that says something, and what it says."""
    for name in names:
        value = next(_list_values(row, (name,)), None)
        if value:
            return name, value
    return names[0], None


def _list_values(row: Placed, names: Sequence[str]) -> Iterator[str]:
    for name in names:
        value = row.values.get(name)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            yield str(value).strip()
