"""From a burst of file events to one reason to build again."""

import threading
import time

QUIET = 0.07
"""Seconds without an event after which a burst is over: one atomic save alone gives four events."""

LONGEST = 0.5
"""Seconds that a burst may hold a build back, so that an editor that saves all the time is followed."""


class Changes:
    """Paths that changed and that no build has looked at; any thread may mark, one waits."""

    def __init__(self, quiet: float = QUIET, longest: float = LONGEST) -> None:
        """Take events less than `quiet` seconds apart as one burst, cut off after `longest` seconds."""
        self._quiet = quiet
        self._longest = longest
        self._news = threading.Condition()
        self._paths: set[str] = set()
        self._first = 0.0
        self._last = 0.0

    def mark(self, path: str) -> None:
        """Say that something changed at `path`."""
        with self._news:
            self._last = time.monotonic()
            if not self._paths:
                self._first = self._last
            self._paths.add(path)
            self._news.notify_all()

    def wait(self, timeout: float | None) -> tuple[str, ...]:
        """Return what changed, sorted, when the burst is over; nothing if nothing begins within `timeout` seconds.

        What is marked while a build runs is kept for the next call: it returns at once, and so no edit is missed.
        """
        with self._news:
            if not self._news.wait_for(lambda: self._paths, timeout):
                return ()
            while (rest := self._rest()) > 0:
                self._news.wait(rest)
            changed = tuple(sorted(self._paths))
            self._paths.clear()
        return changed

    def _rest(self) -> float:
        """Return for how many seconds more the burst may go on."""
        return min(self._last + self._quiet, self._first + self._longest) - time.monotonic()
