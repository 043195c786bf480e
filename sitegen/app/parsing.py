"""Parsing of files that are not remembered: what a worker process does with them."""

from codecs import BOM_UTF8
from collections.abc import Callable, Sequence
from functools import cache
from typing import Literal, NamedTuple, Protocol

from sitegen.app.keys import Digests
from sitegen.app.limits import TIME_BUDGET, TimeLimit, TooSlowError, watch_time
from sitegen.errors import ContentError, Problem, Severity, Span, error
from sitegen.model.config import Config
from sitegen.model.digests import digest_bytes
from sitegen.model.names import Digest
from sitegen.model.source import SourceFile
from sitegen.model.values import replace
from sitegen.storage.files import read_bytes

Kind = Literal["article", "snapshot"]
"""What a file is."""

Parts = tuple[tuple[Digest, bytes], ...]
"""Digests and bytes of what is remembered apart from the value of a task."""


class Task(NamedTuple):
    """A file to parse; a tuple, since thousands of them pass between processes."""

    kind: Kind
    """What it is."""
    path: str
    """POSIX path relative to the site's root."""
    digest: Digest
    """Digest of its bytes as they were scanned."""
    moderation: SourceFile | None = None
    """The moderation file that decides about the comments of a snapshot."""

    @property
    def digests(self) -> Digests:
        """Digests of everything that is read."""
        return (self.digest, self.moderation.digest) if self.moderation else (self.digest,)


class Parsed(NamedTuple):
    """What came of a task."""

    read: Digests
    """Digests of the bytes that were read; they differ from the task's where a file changed in between."""
    value: bytes | None
    """The encoded `Article` or `SnapshotFacts`; None if there are problems."""
    parts: Parts
    """Digest and bytes of the encoded `Body`, or of the `CommentThread` and its pages."""
    problems: tuple[Problem, ...]
    """Why there is no value."""
    draft: bool = False
    """Whether a document with problems calls itself a draft."""


class Reader(Protocol):
    """Makes values of files of one kind."""

    def read(self, task: Task, data: bytes, decided: bytes | None) -> tuple[bytes, Parts]:
        """Return value and parts of a task; `decided` is what its moderation file holds. Raises ContentError."""

    def is_draft(self, task: Task, data: bytes) -> bool:
        """Tell whether a file that has problems says that it is not to be published anyway."""


def load_libraries(config: Config) -> None:
    """Load all that documents and snapshots are parsed with, for processes that are forked then to share.

    Raises ContentError for an engine of Markdown that cannot be had.
    """
    _make_reader("article", config)
    _make_reader("snapshot", config)


def make_parser(root: str, config: Config) -> Callable[[Sequence[Task]], tuple[Parsed, ...]]:
    """Return the worker that parses the files of the site at `root`."""

    @cache
    def get_reader(kind: Kind) -> Reader:
        return _make_reader(kind, config)

    def parse(task: Task, limit: TimeLimit) -> Parsed:
        reader = get_reader(task.kind)
        data = read_bytes(f"{root}/{task.path}")
        decided = read_bytes(f"{root}/{task.moderation.path}") if task.moderation else None
        read = (digest_bytes(data),) if decided is None else (digest_bytes(data), digest_bytes(decided))
        try:
            with limit:
                value, parts = reader.read(task, data, decided)
        except ContentError as failure:
            problems = failure.problems
        except TooSlowError:
            problems = (_too_slow(task.path),)
        else:
            return Parsed(read=read, value=value, parts=parts, problems=())
        draft = _is_draft(reader, task, data, limit)
        return Parsed(read=read, value=None, parts=(), problems=problems, draft=draft)

    def parse_all(tasks: Sequence[Task]) -> tuple[Parsed, ...]:
        with watch_time(TIME_BUDGET) as limit:
            return tuple([parse(task, limit) for task in tasks])

    return parse_all


def read_tasks(root: str, config: Config, tasks: Sequence[Task]) -> tuple[Parsed, ...]:
    """Return what comes of each task of the site at `root`."""
    return make_parser(root, config)(tasks)


def _make_reader(kind: Kind, config: Config) -> Reader:
    """Return the reader of files of a kind; raises ContentError for an engine of Markdown that cannot be had."""
    # To load what either needs takes longer than to read one file, and after an edit there is only one.
    if kind == "article":
        from sitegen.app.documents import DocumentReader  # noqa: PLC0415

        return DocumentReader(config)
    from sitegen.app.threads import ThreadReader  # noqa: PLC0415

    return ThreadReader(config)


def _is_draft(reader: Reader, task: Task, data: bytes, limit: TimeLimit) -> bool:
    try:
        with limit:
            return reader.is_draft(task, data)
    except (ContentError, TooSlowError):
        return False


def decode_text(data: bytes, path: str) -> str:
    """Return the text of a file; raises ContentError with the place of the first byte that is no UTF-8."""
    try:
        return data.removeprefix(BOM_UTF8).decode()  # in half the time of the codec `utf-8-sig`
    except UnicodeDecodeError as failure:
        data = failure.object  # without the byte order mark, which is no part of the first line
        before = data[: failure.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise ContentError(
            [
                error(
                    "encoding",
                    f"is not UTF-8 text: the byte 0x{data[failure.start]:02x} cannot stand here",
                    path,
                    Span(line=line, column=column),
                    hint="save the file as UTF-8",
                )
            ]
        ) from failure


def _too_slow(path: str) -> Problem:
    return error(
        "markdown",
        f"takes longer than {TIME_BUDGET:g} seconds to read",
        path,
        hint="look for very long runs of brackets, stars or nested lists, or split it",
    )


def downgrade(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return `problems` as warnings: those of a draft that is not published anyway."""
    return tuple(replace(problem, severity=Severity.WARNING) for problem in problems)
