"""A limit to the time that one document may take."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import thread_time
from types import FrameType

TIME_BUDGET = 20.0
"""Seconds of processor time that one document may take; the longest real ones take some hundredths.

Not of the clock on the wall: on a machine that is busy with other things, sound documents would be found at fault.
"""

_OFTEN = 0.5
"""Seconds between two looks at the time, by the clock on the wall."""


class TooSlowError(Exception):
    """The time was up."""


class TimeLimit:
    """Raises TooSlowError in the body of a `with` that takes too long; one after the other may have its time."""

    def __init__(self, seconds: float) -> None:
        """Give each body `seconds` of the processor."""
        self._seconds = seconds
        self._is_on = False
        self._seen: float | None = None

    def __enter__(self) -> None:
        # Counted from when it is first looked at: of thousands of documents few ever are.
        self._is_on, self._seen = True, None

    def __exit__(self, *_: object) -> None:
        self._is_on = False

    def look(self, _signal: int, _frame: FrameType | None) -> None:
        """Stop what is under way if its time is up, counted from when it was first looked at."""
        if not self._is_on:
            return
        now = thread_time()
        if self._seen is None:
            self._seen = now
        if now - self._seen >= self._seconds:
            raise TooSlowError


@contextmanager
def watch_time(seconds: float) -> Iterator[TimeLimit]:
    """Have a limit of `seconds` of processor time that holds while the body of the `with` runs.

    One timer serves all documents that are read meanwhile, since setting one takes as long as reading a short comment.
    Works where the system has interval timers and this is the main thread; elsewhere there is no limit.
    """
    limit = TimeLimit(seconds)
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield limit
        return
    often = min(seconds, _OFTEN)
    before = signal.signal(signal.SIGALRM, limit.look)
    try:
        # Again and again: what is interrupted may swallow the exception, and go on.
        signal.setitimer(signal.ITIMER_REAL, often, often)
        yield limit
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL if before is None else before)


@contextmanager
def limit_time(seconds: float) -> Iterator[None]:
    """Raise TooSlowError in the body of the `with` after `seconds` of processor time, where `watch_time` can."""
    with watch_time(seconds) as limit, limit:
        yield
