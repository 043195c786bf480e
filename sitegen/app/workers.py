"""Work in several processes, or in this one."""

import multiprocessing
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from sitegen.errors import MachineError

Item = TypeVar("Item")
Result = TypeVar("Result")
Worker = Callable[[Sequence[Item]], Result]

_CHUNK = 40
_WAITING_PER_JOB = 3


def run_chunks(
    make_worker: Callable[..., Worker[Item, Result]], arguments: tuple[object, ...], items: Sequence[Item], jobs: int
) -> Iterator[Result]:
    """Yield the results of a worker over chunks of `items`, in order.

    `make_worker(*arguments)` is called once in every process; with one job, or little to do, in this one. No more than
    a few chunks are under way at a time, so that results do not pile up. However this ends, no process stays behind.
    """
    chunks = (items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK))
    if jobs <= 1 or len(items) <= _CHUNK:
        worker = make_worker(*arguments)
        yield from (worker(chunk) for chunk in chunks)
        return
    context = multiprocessing.get_context("fork" if _may_fork() else "spawn")
    pool = ProcessPoolExecutor(
        jobs, mp_context=context, initializer=partial(_prepare, make_worker, arguments), initargs=()
    )
    try:
        yield from _stream(pool, chunks, jobs * _WAITING_PER_JOB)
    except BrokenProcessPool as failure:
        raise MachineError(
            "a worker process was ended from outside", "it may have run out of memory: try `--jobs 1`"
        ) from failure
    except BaseException:
        for child in multiprocessing.active_children():
            child.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _stream(pool: ProcessPoolExecutor, chunks: Iterable[Sequence[Item]], waiting: int) -> Iterator[Result]:
    remaining = iter(chunks)
    pending: deque[Future[Result]] = deque(pool.submit(_call, chunk) for chunk in islice(remaining, waiting))
    while pending:
        yield pending.popleft().result()
        pending.extend(pool.submit(_call, chunk) for chunk in islice(remaining, 1))


def _may_fork() -> bool:
    """Whether a forked child is safe: no other thread may hold a lock at that moment."""
    return sys.platform == "linux" and threading.active_count() == 1


_worker: Worker[Any, Any] | None = None


def _prepare(make_worker: Callable[..., Worker[Any, Any]], arguments: tuple[object, ...]) -> None:
    global _worker  # noqa: PLW0603 -- the one thing a worker process keeps between chunks
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _worker = make_worker(*arguments)


def _call(chunk: Sequence[Any]) -> Any:
    if _worker is None:
        raise RuntimeError("the worker process was not prepared")
    return _worker(chunk)
