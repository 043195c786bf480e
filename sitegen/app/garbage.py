"""When Python looks for garbage while a site is built."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collect_rarely() -> Iterator[None]:
    """Look for garbage less often: values of a plan refer to no other in circles, and there are millions of them.

    Those that are frozen meanwhile are not looked through at all until the end.
    """
    before = gc.get_threshold()
    gc.set_threshold(*_RARELY)
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()  # whatever is left counts as old now: to look for garbage in it can wait
        gc.set_threshold(*before)


_RARELY = (1_000_000, 50, 100)
"""After how many new values the youngest are looked through, and after how many such looks older ones are."""
