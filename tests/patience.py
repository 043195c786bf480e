"""A guard against work that does not end: not a measurement, so that a busy machine fails no test."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

CPU_SECONDS = 30
"""What takes a hundredth of this when it is linear, and minutes when it is quadratic."""


class EndlessError(AssertionError):
    """The patience is at its end."""


@contextmanager
def patience() -> Iterator[None]:
    """Raise EndlessError in the body of the `with` when it has used up `CPU_SECONDS` of processor time."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise EndlessError(f"more than {CPU_SECONDS} s of processor time")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
