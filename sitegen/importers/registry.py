"""Which sources there are. Each is imported when it is asked for, and not before."""

from collections.abc import Callable, Mapping

from sitegen.importers.records import Reader, ThreadReader

LIVE = frozenset({"rest"})
"""Sources and platforms whose inputs are addresses that are asked over the network."""


def list_sources() -> tuple[str, ...]:
    """Return what `sitegen import` reads: sources of whole articles."""
    return tuple(_READERS)


def list_platforms() -> tuple[str, ...]:
    """Return what `sitegen comments capture` reads."""
    return (*_THREAD_READERS,)


def find_reader(source: str) -> Reader:
    """Return the reader of a source of whole articles."""
    return _READERS[source]()


def find_thread_reader(platform: str) -> ThreadReader:
    """Return the reader of a source of comments."""
    return _THREAD_READERS[platform]()


_READERS: Mapping[str, Callable[[], Reader]] = {}
_THREAD_READERS: Mapping[str, Callable[[], ThreadReader]] = {}
