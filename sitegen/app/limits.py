"""A limit to the time that one document may take."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

TIME_BUDGET = 20.0
"""Seconds that one document may take; the longest real ones take some hundredths."""

_AGAIN = 0.5


class TooSlowError(Exception):
    """The time was up."""


@contextmanager
def limit_time(seconds: float) -> Iterator[None]:
    """Raise TooSlowError in the body of the `with` after `seconds`.

    Works where the system has interval timers and this is the main thread; elsewhere there is no limit.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGALRM, stop)
    try:
        # Again and again: what is interrupted may swallow the exception, and go on.
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    finally:
        # The signal may have come before the timer was stopped, and must not come twice.
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL if before is None else before)
