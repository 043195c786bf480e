"""A question about the disk that another process answers while this one looks elsewhere."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Generic, TypeVar

from sitegen.app.forking import listen_to_signals, may_fork, signals_blocked
from sitegen.model.codec import UnreadableError, decode, encode

Answer = TypeVar("Answer")
Question = Callable[[], Answer]

_PIECE = 65_536


@contextmanager
def ask_aside(question: Question[Answer], kind: type[Answer], jobs: int) -> Iterator[Question[Answer]]:
    """Give what returns the answer of `question`, of type `kind`, and waits for it.

    Where two `jobs` may be done at once, a forked process finds the answer meanwhile: it has a copy of everything but
    must use no open database. If it fails or is ended from outside, the question is asked here, and raises what it
    raises. In the end it is gone, whether anybody wanted the answer or not.
    """
    if jobs == 1 or not _may_fork():
        yield question
        return
    other = _Other(question, kind)
    try:
        yield other.answer
    finally:
        other.end()


class _Other(Generic[Answer]):
    """The other process."""

    def __init__(self, question: Question[Answer], kind: type[Answer]) -> None:
        self._question = question
        self._kind = kind
        self._answers, writing = os.pipe()
        with signals_blocked():
            self._pid = os.fork()
            if not self._pid:
                os.close(self._answers)  # whoever writes to nobody is to notice
                _answer(question, writing)
        os.close(writing)

    def answer(self) -> Answer:
        pieces = iter(lambda: os.read(self._answers, _PIECE), b"")
        try:
            return decode(b"".join(pieces), self._kind)
        except UnreadableError:
            return self._question()

    def end(self) -> None:
        os.close(self._answers)
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        with suppress(ChildProcessError):  # whoever started this process may have it ignore how its children end
            os.waitpid(self._pid, 0)


def _answer(question: Question[Answer], writing: int) -> None:
    """Be the other process."""
    try:
        listen_to_signals(signal.SIG_DFL)
        with open(writing, "wb") as pipe:
            pipe.write(encode(question()))
    finally:
        os._exit(0)  # nothing that the first process has begun is to be ended here


def _may_fork() -> bool:
    """Whether a fork is safe, and of any use."""
    return may_fork() and len(os.sched_getaffinity(0)) > 1
