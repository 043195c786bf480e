"""A disk that fails, or a process that dies, at the n-th call that changes something."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

CHANGES = ("replace", "rename", "unlink", "mkdir", "rmdir", "fchmod", "chmod", "fsync", "write", "truncate", "link")
"""The functions of `os` that change files or bring changes to the disk; `open` for writing counts too."""

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Calls:
    """Counts calls, and does something before the n-th."""

    def __init__(self, at: int, act: Callable[[str], None]) -> None:
        self.count = 0
        self._at = at
        self._act = act

    def note(self, name: str) -> None:
        self.count += 1
        if self.count == self._at:
            self._act(name)


@contextmanager
def watch_disk(at: int, act: Callable[[str], None]) -> Iterator[Calls]:
    """Call `act` with the name of the function before the `at`-th call (from 1) that changes something."""
    calls = Calls(at, act)

    def wrap(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **options: object) -> object:
            if name != "open" or (isinstance(arguments[1], int) and arguments[1] & _WRITING):
                calls.note(name)
            return real(*arguments, **options)

        return call

    with ExitStack() as patches:
        for name in (*CHANGES, "open"):
            patches.enter_context(patch.object(os, name, wrap(name, getattr(os, name))))
        yield calls


def die(_: str) -> None:
    """End this process as SIGKILL would: without a word, nothing flushed, nothing cleaned up."""
    os._exit(9)


def run_until_death(at: int, work: Callable[[], object]) -> bool:
    """Do `work` in a child that dies before its `at`-th change to the disk; return whether it came to its end."""
    child = os.fork()
    if child == 0:
        try:
            with watch_disk(at, die):
                work()
            os._exit(0)
        finally:
            os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code not in (0, 9):
        raise AssertionError(f"the work failed by itself at change {at}")
    return code == 0
