"""Parsing of files that are not remembered: what a worker process does with them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from sitegen.app.keys import Digests
from sitegen.app.limits import TIME_BUDGET, TooSlowError, limit_time
from sitegen.errors import ContentError, Problem, Severity, Span, error
from sitegen.model.codec import encode
from sitegen.model.comments import CommentThread
from sitegen.model.config import Config
from sitegen.model.digests import digest_bytes
from sitegen.model.facts import SnapshotFacts, ThreadPage
from sitegen.model.moderation import Moderation
from sitegen.model.names import Digest
from sitegen.model.source import SourceFile
from sitegen.parse.article import locate_document, parse_article
from sitegen.parse.fields import read_draft_flag
from sitegen.parse.front_matter import split_document
from sitegen.parse.markdown import build_engine
from sitegen.plan.moderation import apply_decisions
from sitegen.plan.thread_parts import split_thread
from sitegen.plan.threads import build_thread, list_recent
from sitegen.storage.files import read_bytes

if TYPE_CHECKING:
    from sitegen.parse.comments import Snapshot

Parts = tuple[tuple[Digest, bytes], ...]
"""Digests and bytes of what is remembered apart from the value of a task."""


class Task(NamedTuple):
    """A file to parse; a tuple, since thousands of them pass between processes."""

    kind: Literal["article", "snapshot"]
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


def load_libraries(config: Config) -> None:
    """Load all that documents and snapshots are parsed with, for processes that are forked then to share.

    Raises ContentError for an engine of Markdown that cannot be had.
    """
    from sitegen.parse import comments, moderation  # noqa: F401, PLC0415 -- see `_read_thread`

    build_engine(config.markdown)


def make_parser(root: str, config: Config) -> Callable[[Sequence[Task]], tuple[Parsed, ...]]:
    """Return the worker that parses the files of the site at `root`."""
    get_engine = cache(partial(build_engine, config.markdown))

    def parse(task: Task) -> Parsed:
        engine = get_engine() if task.kind == "article" else None
        data = read_bytes(Path(root) / task.path)
        decided = read_bytes(Path(root) / task.moderation.path) if task.moderation else None
        read = (digest_bytes(data),) if decided is None else (digest_bytes(data), digest_bytes(decided))
        text = ""
        try:
            with limit_time(TIME_BUDGET):
                if engine:
                    text = decode_text(data, task.path)
                    result = parse_article(text, locate_document(task.path), engine, config)
                    value = encode(result.article)
                    parts: Parts = ((result.article.body_digest, encode(result.body)),)
                else:
                    facts, parts = _read_thread(task, data, decided, config)
                    value = encode(facts)
        except ContentError as failure:
            problems = failure.problems
        except TooSlowError:
            problems = (_too_slow(task.path),)
        else:
            return Parsed(read=read, value=value, parts=parts, problems=())
        draft = task.kind == "article" and _is_draft(text, task.path)
        return Parsed(read=read, value=None, parts=(), problems=problems, draft=draft)

    return lambda tasks: tuple(parse(task) for task in tasks)


def _read_thread(task: Task, data: bytes, decided: bytes | None, config: Config) -> tuple[SnapshotFacts, Parts]:
    """Return the comments of a snapshot as editors want them shown; raises ContentError with all problems of both."""
    # After the edit of an article there is no snapshot to parse, and loading this takes longer than parsing that.
    from sitegen.parse.comments import parse_snapshot  # noqa: PLC0415
    from sitegen.parse.moderation import parse_moderation  # noqa: PLC0415

    problems: list[Problem] = []
    snapshot = moderation = None
    try:
        snapshot = parse_snapshot(decode_text(data, task.path), task.path)
    except ContentError as failure:
        problems += failure.problems
    if task.moderation and decided is not None:
        known = dict.fromkeys(comment.id for comment in snapshot.comments) if snapshot else None
        path = task.moderation.path
        try:
            moderation = parse_moderation(decode_text(decided, path), path, known)
        except ContentError as failure:
            problems += failure.problems
    if snapshot is None or problems:
        raise ContentError(problems)
    return _describe_thread(snapshot, moderation or Moderation(decisions=()), config)


def _describe_thread(snapshot: "Snapshot", moderation: Moderation, config: Config) -> tuple[SnapshotFacts, Parts]:
    comments = apply_decisions(snapshot.comments, moderation.decisions)
    thread = CommentThread(
        provenance=snapshot.provenance,
        comments=build_thread(comments, config.comments.max_depth, config.comments.order),
        closed=snapshot.closed,
        ratings=snapshot.ratings,
        mentions=snapshot.mentions,
    )
    pages = split_thread(thread, config.comments)
    if len(pages) == 1:
        (thread,) = pages
    parts = [_seal(page) for page in pages]
    whole = parts[0] if len(parts) == 1 else _seal(thread)
    instants = [
        moment.at
        for placed in thread.comments
        for moment in (placed.comment.published, placed.comment.edited.at if placed.comment.edited else None)
        if moment
    ]
    facts = SnapshotFacts(
        thread=whole[0],
        pages=tuple(
            ThreadPage(thread=digest, quotes=_quotes(page)) for (digest, _), page in zip(parts, pages, strict=True)
        ),
        count=thread.count,
        closed=thread.closed,
        rating=thread.ratings[0] if thread.ratings else None,
        updated=max(instants, default=None),
        warnings=(*snapshot.warnings, *moderation.warnings),
        recent=list_recent(thread.comments),
    )
    return facts, tuple(dict((whole, *parts)).items())


def _seal(thread: CommentThread) -> tuple[Digest, bytes]:
    """Return a thread as the memory keeps it, with its digest."""
    encoded = encode(thread)
    return digest_bytes(encoded), encoded


def _quotes(thread: CommentThread) -> bool:
    return any(placed.comment.passage for placed in thread.comments)


def decode_text(data: bytes, path: str) -> str:
    """Return the text of a file; raises ContentError with the place of the first byte that is no UTF-8."""
    try:
        return data.decode("utf-8-sig")
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


def _is_draft(text: str, path: str) -> bool:
    try:
        with limit_time(TIME_BUDGET):
            return read_draft_flag(split_document(text, path))
    except (ContentError, TooSlowError):
        return False


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
