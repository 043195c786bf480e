"""Work in several processes, or in this one."""

import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar, cast

from sitegen.errors import MachineError

Item = TypeVar("Item")
Result = TypeVar("Result")
Worker = Callable[[Sequence[Item]], Result]

_CHUNK = 40
_WAITING_PER_JOB = 3
_GRACE = 1.0
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def run_chunks(
    make_worker: Callable[..., Worker[Item, Result]], arguments: tuple[object, ...], items: Sequence[Item], jobs: int
) -> Generator[Result, None, None]:
    """Yield the results of a worker over chunks of `items`, in order.

    `make_worker(*arguments)` is called once in every process; with one job, or little to do, in this one, and with
    nothing to do not at all, since making a worker loads what it works with. No more than
    a few chunks are under way at a time, so that results do not pile up. However this ends, no process stays behind,
    not even when this one is killed. Raises what the worker raised, at the place of its chunk, and MachineError where a
    process could not be started or was ended from outside.
    """
    if not items:
        return
    chunks = [items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK)]
    count = min(jobs, len(chunks))
    if count <= 1:
        worker = make_worker(*arguments)
        yield from (worker(chunk) for chunk in chunks)
        return
    crew = _Crew(make_worker, arguments)
    try:
        crew.start(count)
        yield from crew.run(chunks)
        crew.dismiss()
    finally:
        crew.end()


@dataclass(frozen=True, slots=True)
class _Done(Generic[Result]):
    """What came of a chunk."""

    result: Result | None
    failure: BaseException | None

    def unwrap(self) -> Result:
        if self.failure is not None:
            raise self.failure
        return self.result  # type: ignore[return-value]


@dataclass(slots=True)
class _Crew(Generic[Item, Result]):
    """Worker processes, each with a pipe of its own: one that is ended cannot leave half a message to the others."""

    make_worker: Callable[..., Worker[Item, Result]]
    arguments: tuple[object, ...]
    processes: list[BaseProcess] = field(default_factory=list)
    pipes: list[Connection] = field(default_factory=list)

    def start(self, count: int) -> None:
        context: BaseContext = multiprocessing.get_context("fork" if _may_fork() else "spawn")
        try:
            with _signals_blocked():
                for _ in range(count):
                    self._start_one(context)
        except OSError as failure:
            cause = (failure.strerror or str(failure)).lower()
            raise MachineError(f"no worker process can be started: {cause}", "try `--jobs 1`") from failure

    def _start_one(self, context: BaseContext) -> None:
        ours, theirs = context.Pipe()
        self.pipes.append(ours)
        with theirs:
            process = context.Process(  # type: ignore[attr-defined]
                target=_work, args=(theirs, self.make_worker, self.arguments), daemon=True
            )
            process.start()
            self.processes.append(process)

    def run(self, chunks: Sequence[Sequence[Item]]) -> Generator[Result, None, None]:
        waiting = len(self.pipes) * _WAITING_PER_JOB
        idle = list(self.pipes)
        busy: dict[Connection, int] = {}
        done: dict[int, _Done[Result]] = {}
        begun = 0
        for wanted in range(len(chunks)):
            while wanted not in done:
                while idle and begun < min(len(chunks), wanted + waiting):
                    pipe = idle.pop()
                    busy[pipe] = begun
                    self._send(pipe, chunks[begun])
                    begun += 1
                for pipe in cast("list[Connection]", wait(list(busy))):
                    done[busy.pop(pipe)] = self._receive(pipe)
                    idle.append(pipe)
            yield done.pop(wanted).unwrap()

    def _send(self, pipe: Connection, chunk: Sequence[Item]) -> None:
        try:
            pipe.send(chunk)
        except OSError as failure:
            raise _ended() from failure

    def _receive(self, pipe: Connection) -> _Done[Result]:
        try:
            return pipe.recv()  # type: ignore[no-any-return]
        except (EOFError, OSError) as failure:
            raise _ended() from failure

    def dismiss(self) -> None:
        """Let the processes end by themselves.

        They are told so: a pipe that is closed here stays open in the processes that were forked after it was made.
        """
        for pipe in self.pipes:
            with suppress(OSError):
                pipe.send(None)
        self._close()
        for process in self.processes:
            process.join(_GRACE)

    def end(self) -> None:
        """End the processes that are still there; they have nothing to put away."""
        self._close()
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.join()
            process.close()
        self.processes.clear()

    def _close(self) -> None:
        for pipe in self.pipes:
            pipe.close()


def _ended() -> MachineError:
    return MachineError("a worker process was ended from outside", "it may have run out of memory: try `--jobs 1`")


def _may_fork() -> bool:
    """Whether a forked child is safe: no other thread may hold a lock at that moment."""
    return sys.platform == "linux" and threading.active_count() == 1


@contextmanager
def _signals_blocked() -> Iterator[None]:
    """Let no signal reach a new process before it knows what to do with it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(
    pipe: Connection,
    make_worker: Callable[..., Worker[Any, Any]],
    arguments: tuple[object, ...],
) -> None:
    """Be a worker process: one result for every chunk, until there is none or the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    worker: Worker[Any, Any] | None = None
    with suppress(EOFError, OSError):
        while True:
            chunk = pipe.recv()
            if chunk is None:
                break
            try:
                worker = worker or make_worker(*arguments)
                done: _Done[Any] = _Done(worker(chunk), None)
            except Exception as failure:  # noqa: BLE001 -- told to whoever asked
                done = _Done(None, failure)
                failure.add_note(traceback.format_exc())
            _answer(pipe, done)


def _answer(pipe: Connection, done: _Done[Any]) -> None:
    try:
        pipe.send(done)
    except OSError:
        raise
    except Exception as failure:  # noqa: BLE001 -- what cannot be sent
        pipe.send(_Done(None, RuntimeError(f"{failure}: {done.failure!r}")))


def _end_with_parent() -> None:
    """End at once when the parent is killed: until then this process keeps its lock."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
