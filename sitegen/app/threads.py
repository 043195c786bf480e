"""Comments: from the bytes of a snapshot and its moderation file to a thread, as it is remembered."""

from collections.abc import Collection

from sitegen.app.parsing import Parts, Task, decode_text
from sitegen.errors import ContentError, Problem
from sitegen.model.codec import encode
from sitegen.model.comments import CommentThread
from sitegen.model.config import Config
from sitegen.model.digests import digest_bytes
from sitegen.model.facts import SnapshotFacts, ThreadPage
from sitegen.model.moderation import Moderation
from sitegen.model.names import Digest
from sitegen.parse.comments import Snapshot, parse_snapshot
from sitegen.plan.moderation import apply_decisions
from sitegen.plan.thread_parts import split_thread
from sitegen.plan.threads import build_thread, list_recent


class ThreadReader:
    """Reads snapshots, and shows their comments as editors want them shown."""

    def __init__(self, config: Config) -> None:
        """Order, fold and part threads as `config` says, and tell the newest comments if it wants a feed of them."""
        self._config = config

    def read(self, task: Task, data: bytes, decided: bytes | None) -> tuple[bytes, Parts]:
        """Return the encoded `SnapshotFacts`, and digest and bytes of the `CommentThread` and of each of its pages.

        Raises ContentError with all problems of snapshot and moderation file.
        """
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
                moderation = _decide(decided, path, known)
            except ContentError as failure:
                problems += failure.problems
        if snapshot is None or problems:
            raise ContentError(problems)
        facts, parts = _describe_thread(snapshot, moderation or Moderation(decisions=()), self._config)
        return encode(facts), parts

    def is_draft(self, task: Task, data: bytes) -> bool:  # noqa: ARG002 -- a Reader
        """Return False: a snapshot belongs to its document."""
        return False


def _decide(data: bytes, path: str, known: Collection[str] | None) -> Moderation:
    # Hardly any article has one, and this loads YAML.
    from sitegen.parse.moderation import parse_moderation  # noqa: PLC0415

    return parse_moderation(decode_text(data, path), path, known)


def _describe_thread(snapshot: Snapshot, moderation: Moderation, config: Config) -> tuple[SnapshotFacts, Parts]:
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
        recent=list_recent(thread.comments) if config.feeds.comments else (),
    )
    return facts, tuple(dict((whole, *parts)).items())


def _seal(thread: CommentThread) -> tuple[Digest, bytes]:
    """Return a thread as the memory keeps it, with its digest."""
    encoded = encode(thread)
    return digest_bytes(encoded), encoded


def _quotes(thread: CommentThread) -> bool:
    return any(placed.comment.passage for placed in thread.comments)
