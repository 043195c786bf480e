"""Forked processes: when they are safe, and how they begin."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def may_fork() -> bool:
    """Whether a forked child is safe: no other thread may hold a lock at that moment."""
    return sys.platform == "linux" and threading.active_count() == 1


@contextmanager
def signals_blocked() -> Iterator[None]:
    """Let no signal reach a new process before it knows what to do with it; see `listen_to_signals`."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def listen_to_signals(interrupt: signal.Handlers) -> None:
    """In a new process, let SIGTERM end it, and SIGINT do `interrupt`, whatever its parent does."""
    signal.signal(signal.SIGINT, interrupt)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
