"""A question about the disk that another process answers while this one looks elsewhere."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from sitegen.app.forking import listen_to_signals, may_fork, signals_blocked

Question = Callable[[], bool]

_YES, _NO, _UNKNOWN = 0, 1, 2


@contextmanager
def ask_aside(question: Question, jobs: int) -> Iterator[Question]:
    """Give what returns the answer of `question`, and waits for it.

    Where two `jobs` may be done at once, a forked process finds the answer meanwhile: it has a copy of everything but
    must use no open database. If it fails or is ended from outside, the question is asked here, and raises what it
    raises. In the end it is gone, whether anybody wanted the answer or not.
    """
    if jobs == 1 or not _may_fork():
        yield question
        return
    other = _Other(question)
    try:
        yield other.answer
    finally:
        other.end()


class _Other:
    """The other process."""

    def __init__(self, question: Question) -> None:
        self._question = question
        with signals_blocked():
            self._pid = os.fork()
            if not self._pid:
                _answer(question)
        self._is_there = True

    def answer(self) -> bool:
        code = self._wait()
        return self._question() if code not in {_YES, _NO} else code == _YES

    def end(self) -> None:
        if self._is_there:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            self._wait()

    def _wait(self) -> int:
        code = _UNKNOWN
        with suppress(ChildProcessError):  # whoever started this process may have it ignore how its children end
            code = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        self._is_there = False
        return code


def _answer(question: Question) -> None:
    """Be the other process."""
    code = _UNKNOWN
    try:
        listen_to_signals(signal.SIG_DFL)
        code = _YES if question() else _NO
    finally:
        os._exit(code)  # nothing that the first process has begun is to be ended here


def _may_fork() -> bool:
    """Whether a fork is safe, and of any use."""
    return may_fork() and len(os.sched_getaffinity(0)) > 1
