"""What is made of one snapshot, and of what editors decided about it."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from sitegen.app.parsing import Task
from sitegen.app.threads import ThreadReader
from sitegen.errors import ContentError
from sitegen.model.codec import decode
from sitegen.model.comments import CommentThread
from sitegen.model.config import CommentsConfig, Config, FeedsConfig
from sitegen.model.facts import SnapshotFacts, ThreadPage
from sitegen.model.names import Digest
from sitegen.model.source import SourceFile
from tests.sites import write_moderation, write_snapshot

PATH = "content/world/a.comments.json"
DECISIONS = SourceFile(path="content/world/a.moderation.yaml", size=1, mtime_ns=1, ctime_ns=1, digest=Digest("y"))
TASK = Task(kind="snapshot", path=PATH, digest=Digest("x"))


READER = ThreadReader(Config(comments=CommentsConfig(page_size=2)))


def read(task: Task, snapshot: str, decided: str | None = None) -> tuple[SnapshotFacts, list[CommentThread]]:
    """The facts, and the threads under the digests that they name."""
    value, parts = READER.read(task, snapshot.encode(), decided.encode() if decided else None)
    facts, threads = decode(value, SnapshotFacts), dict(parts)
    assert threads.keys() == {facts.thread, *(page.thread for page in facts.pages)}
    return facts, [decode(data, CommentThread) for data in threads.values()]


def test_a_thread_on_one_page() -> None:
    facts, (thread,) = read(TASK, write_snapshot("One.", "Two."))
    assert (facts.count, facts.pages) == (2, (ThreadPage(thread=facts.thread, quotes=False),))
    assert facts.updated == datetime(2026, 10, 2, 10, 0, tzinfo=UTC)
    assert [placed.comment.body for placed in thread.comments] == ["<p>One.</p>", "<p>Two.</p>"]


def test_a_thread_on_several_pages() -> None:
    facts, (whole, *pages) = read(TASK, write_snapshot("One.", "Two.", "Three."))
    assert (facts.count, len(facts.pages)) == (3, 2)
    assert [len(thread.comments) for thread in (whole, *pages)] == [3, 2, 1]


def test_the_newest_comments_are_told_only_for_a_feed_of_them() -> None:
    facts, _ = read(TASK, write_snapshot("One.", "Two."))
    assert [comment.anchor for comment in facts.recent] == ["comment-1", "comment-0"]
    value, _ = ThreadReader(Config(feeds=FeedsConfig(comments=False))).read(TASK, write_snapshot("One.").encode(), None)
    assert decode(value, SnapshotFacts).recent == ()


def test_what_editors_hide_is_not_in_the_thread() -> None:
    decided = write_moderation("id: c-0, action: hide")
    facts, (thread,) = read(TASK._replace(moderation=DECISIONS), write_snapshot("One.", "Two."), decided)
    assert facts.count == 1
    assert [placed.comment.body for placed in thread.comments] == ["<p>Two.</p>"]


def test_the_problems_of_both_files_are_told_together() -> None:
    with pytest.raises(ContentError) as caught:
        read(TASK._replace(moderation=DECISIONS), "{", "decisions: []\n")
    assert [problem.file for problem in caught.value.problems] == [PATH, DECISIONS.path]


_READ = """
import sys
from sitegen.app.parsing import Task
from sitegen.app.threads import ThreadReader
from sitegen.model.config import Config
task = Task(kind="snapshot", path="x.comments.json", digest="x")
ThreadReader(Config()).read(task, sys.argv[1].encode(), None)
print(*sorted({"pydantic", "pydantic_core", "yaml", "markdown"} & set(sys.modules)))
"""


def test_a_sound_snapshot_is_read_without_what_describes_mistakes_and_reads_documents() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _READ, write_snapshot("One.")], capture_output=True, text=True, check=True
    )
    assert done.stdout == "\n"
