"""Which sources there are. Each is imported when it is asked for, and not before."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib import import_module

from sitegen.importers.inputs import CODE
from sitegen.importers.records import CapturedThread, ImportRequest, Reader, Tally, ThreadReader
from sitegen.model.values import replace

LIVE = frozenset({"rest"})
"""Sources and platforms whose inputs are addresses that are asked over the network."""


def list_sources() -> tuple[str, ...]:
    """Return what `sitegen import` reads: sources of whole articles."""
    return tuple(_READERS)


def list_platforms() -> tuple[str, ...]:
    """Return what `sitegen comments capture` reads."""
    return (*_THREAD_READERS, *(source for source in _READERS if source not in _GENERATORS))


def find_reader(source: str) -> Reader:
    """Return the reader of a source of whole articles."""
    return _READERS[source]()


def find_thread_reader(platform: str) -> ThreadReader:
    """Return the reader of a source of comments; of a source of whole articles their comments are taken alone."""
    if platform in _THREAD_READERS:
        return _THREAD_READERS[platform]()
    reader = find_reader(platform)
    told = (CODE,) if platform == "wxr" else (CODE, "import")  # most of what is told of an export is on its bodies

    def read_threads(request: ImportRequest, tally: Tally) -> Iterator[CapturedThread]:
        whole = Tally()
        documents = reader(_leave_article(request), whole)
        yield from (document.thread for document in documents if document.thread)
        tally.read["comments"] += whole.read["comments"]
        tally.problems += whole.problems
        tally.warnings += (warning for warning in whole.warnings if warning.code in told)

    return read_threads


def _leave_article(request: ImportRequest) -> ImportRequest:
    """Return a request that tells what an article would need and its comments do not: nobody is to be asked for it."""
    if len(request.inputs) > 1:
        return request
    return replace(request, section=request.section or "", date=request.date or request.clock.isoformat())


def _load_threads(name: str) -> ThreadReader:
    """Return the reader in the module that has the name of its platform."""
    reader: ThreadReader = import_module(f"sitegen.importers.{name}").read_threads
    return reader


def _load_pages() -> Reader:
    from sitegen.importers.pages.reader import read_pages  # noqa: PLC0415 -- see above

    return read_pages


def _load_wxr() -> Reader:
    from sitegen.importers.wordpress.wxr import read_wxr  # noqa: PLC0415 -- see above

    return read_wxr


def _load_rest() -> Reader:
    from sitegen.importers.wordpress.rest import read_rest  # noqa: PLC0415 -- see above

    return read_rest


def _load_generator(name: str) -> Reader:
    """Return the reader in the module that has the name of its generator."""
    reader: Reader = import_module(f"sitegen.importers.generators.{name}").read_documents
    return reader


_GENERATORS = ("hugo", "jekyll", "pelican")
"""Sources that know no comments."""
_READERS: Mapping[str, Callable[[], Reader]] = {
    "page": _load_pages,
    "wxr": _load_wxr,
    "rest": _load_rest,
    **{name: partial(_load_generator, name) for name in _GENERATORS},
}
_PLATFORMS = "disqus isso remark42 commento comentario staticman discussions mastodon webmention"
_THREAD_READERS: Mapping[str, Callable[[], ThreadReader]] = {
    name: partial(_load_threads, name) for name in _PLATFORMS.split()
}
