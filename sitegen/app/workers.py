"""Work in several processes, or in this one."""

import gc
import multiprocessing
import os
import pickle
import signal
import socket
import threading
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, islice
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple, TypeVar, cast

from sitegen.app.forking import listen_to_signals, may_fork, signals_blocked
from sitegen.errors import MachineError

Item = TypeVar("Item")
Result = TypeVar("Result")
Worker = Callable[[Sequence[Item]], Result]
MakeWorker = Callable[..., Worker[Item, Result]]

_CHUNK = 40
_WAITING_PER_JOB = 4
_BUFFER = 1 << 19
"""Bytes that a pipe should take before anybody reads them: what comes of a chunk, mostly."""
_SAFELY = 4
"""What part of a pipe surely takes a message: Linux gives twice as much, and counts what it needs itself."""
_GRACE = 1.0
_BLINK = 0.5
"""Seconds of waiting before Python looks around: a signal that came just before does not end the waiting."""
_OFTEN = (2_000, 10, 10)


class Crew:
    """Processes that work for one build, stage after stage; see `open_crew`.

    Each has a pipe of its own: one that is ended cannot leave half a message to the others. While it works on a chunk,
    the next waits for it there if that surely fits: who waits until a worker reads it would not take the result that
    this worker waits to be rid of.
    """

    def __init__(self, jobs: int) -> None:
        """Let `jobs` processes work."""
        self._jobs = jobs
        self._processes: list[BaseProcess] = []
        self._pipes: list[Connection] = []
        self._ahead = 0

    def run(
        self,
        make_worker: MakeWorker[Item, Result],
        arguments: tuple[object, ...],
        items: Iterable[Item],
        load: Callable[[], object] = lambda: None,
        few: int = _CHUNK,
    ) -> Generator[Result, None, None]:
        """Yield the results of a worker over chunks of `items`, in order.

        Where processes are forked for it, `load` is called before: they share what that loads. No more than `few` items
        are worth none: they are worked on in this process, unless others are there already.

        `make_worker(*arguments)` is called once in every process; with one job, or little to do, in this one, and with
        nothing to do not at all, since making a worker loads what it works with. No more than a few chunks are under
        way at a time, so that results do not pile up, and items are taken only when somebody can have them soon. Raises
        what the worker raised, at the place of its chunk, and MachineError where a process could not be started or was
        ended from outside. Unless it is all done, nobody works any more in the end.
        """
        rest = _cut(items)
        alone = 1 if self._processes else max(1, few // _CHUNK)
        first = tuple(islice(rest, max(self._jobs, alone + 1)))
        chunks = chain(first, rest)
        if not first:
            return
        if self._jobs == 1 or len(first) <= alone:
            worker = make_worker(*arguments)
            yield from (worker(chunk) for chunk in chunks)
            return
        is_done = False
        try:
            self._start(min(self._jobs, len(first)), load)
            self._tell(_Stage(make_worker, arguments))
            yield from self._share_out(chunks)
            self._tell(_Stage(None, ()))
            is_done = True
        finally:
            if not is_done:
                self.end()

    def _start(self, count: int, load: Callable[[], object]) -> None:
        """Have at least `count` processes."""
        context: BaseContext = multiprocessing.get_context("fork" if may_fork() else "spawn")
        if len(self._processes) < count and context.get_start_method() == "fork":
            load()
        try:
            with signals_blocked():
                while len(self._processes) < count:
                    self._start_one(context)
        except OSError as failure:
            cause = (failure.strerror or str(failure)).lower()
            raise MachineError(f"no worker process can be started: {cause}", "try `--jobs 1`") from failure

    def _start_one(self, context: BaseContext) -> None:
        ours, theirs = context.Pipe()
        self._pipes.append(ours)
        self._ahead = min(_widen(ours), _widen(theirs)) // _SAFELY
        with theirs:
            process = context.Process(target=_work, args=(theirs,), daemon=True)  # type: ignore[attr-defined]
            process.start()
            self._processes.append(process)

    def _share_out(self, chunks: Iterator[Sequence[Item]]) -> Generator[Any, None, None]:
        waiting = len(self._pipes) * _WAITING_PER_JOB
        busy: dict[Connection, deque[int]] = {pipe: deque() for pipe in self._pipes}
        done: dict[int, _Done] = {}
        begun = wanted = 0
        message: bytes | None = None
        while True:
            # First, since whoever takes a result may take his time over it.
            while begun < wanted + waiting and (message := message or _pickle_next(chunks)):
                pipe = min(busy, key=lambda pipe: len(busy[pipe]))
                if len(busy[pipe]) > (1 if len(message) <= self._ahead else 0):
                    break
                _send(pipe, message)
                busy[pipe].append(begun)
                begun, message = begun + 1, None
            if wanted in done:
                yield done.pop(wanted).unwrap()
                wanted += 1
            elif working := [pipe for pipe, numbers in busy.items() if numbers]:
                for pipe in cast("list[Connection]", wait(working, _BLINK)):
                    done[busy[pipe].popleft()] = _receive(pipe)
            else:
                return

    def _tell(self, message: object) -> None:
        data = pickle.dumps(message)
        for pipe in self._pipes:
            _send(pipe, data)

    def dismiss(self) -> None:
        """Let the processes end by themselves; whoever has more work for the crew gets new ones.

        They are told so: a pipe that is closed here stays open in the processes that were forked after it was made.
        """
        with suppress(MachineError):
            self._tell(None)
        self._close()
        for process in self._processes:
            process.join(_GRACE)
        self.end()

    def end(self) -> None:
        """End the processes that are still there; they have nothing to put away."""
        self._close()
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.join()
            process.close()
        self._processes.clear()

    def _close(self) -> None:
        for pipe in self._pipes:
            pipe.close()
        self._pipes.clear()


@contextmanager
def open_crew(jobs: int) -> Iterator[Crew]:
    """Have processes that work, at most `jobs`, while the body of the `with` runs.

    They start with the first work that is enough for more than one. However this ends, no process stays behind, not
    even when this one is killed.
    """
    crew = Crew(jobs)
    try:
        yield crew
        crew.dismiss()
    finally:
        crew.end()


ALONE = Crew(1)
"""This process by itself."""


class _Stage(NamedTuple):
    """What is to be done next."""

    make_worker: MakeWorker[Any, Any] | None
    """Makes what works on the chunks; None: there are none, and what has worked so far is put away."""
    arguments: tuple[object, ...]
    """What it takes."""


class _Done(NamedTuple):
    """What came of a chunk."""

    result: object
    failure: BaseException | None

    def unwrap(self) -> Any:
        if self.failure is not None:
            raise self.failure
        return self.result


def _cut(items: Iterable[Item]) -> Iterator[Sequence[Item]]:
    rest = iter(items)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def _pickle_next(chunks: Iterator[Sequence[Item]]) -> bytes | None:
    chunk = next(chunks, None)
    return None if chunk is None else pickle.dumps(chunk)


def _widen(pipe: Connection) -> int:
    """Let a pipe take more, as far as the system allows; return how much it takes."""
    with socket.socket(fileno=os.dup(pipe.fileno())) as end:
        with suppress(OSError):  # some systems refuse what is too much, others give what they can
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)
        return end.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)


def _send(pipe: Connection, data: bytes) -> None:
    try:
        pipe.send_bytes(data)
    except OSError as failure:
        raise _ended() from failure


def _receive(pipe: Connection) -> _Done:
    try:
        return pickle.loads(pipe.recv_bytes())  # type: ignore[no-any-return]  # noqa: S301 -- of our own process
    except (EOFError, OSError) as failure:
        raise _ended() from failure


def _ended() -> MachineError:
    return MachineError("a worker process was ended from outside", "it may have run out of memory: try `--jobs 1`")


def _work(pipe: Connection) -> None:
    """Be a worker process: one result for every chunk, until told to go or the pipe is closed."""
    listen_to_signals(signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # Looking for garbage among what was inherited would write into it, and so copy it; what is left is looked through
    # quickly, and garbage that waits for long is memory that as many processes as work here do not share.
    gc.freeze()
    gc.set_threshold(*_OFTEN)
    stage, worker = _Stage(None, ()), None
    with suppress(EOFError, OSError):
        while (message := pickle.loads(pipe.recv_bytes())) is not None:  # noqa: S301 -- of our own parent
            if isinstance(message, _Stage):
                stage, worker = message, None
                continue
            try:
                if worker is None and stage.make_worker:
                    worker = stage.make_worker(*stage.arguments)
                done = _Done(worker(message) if worker else None, None)
            except Exception as failure:  # noqa: BLE001 -- told to whoever asked
                done = _Done(None, failure)
                failure.add_note(traceback.format_exc())
            pipe.send_bytes(_pack(done))


def _pack(done: _Done) -> bytes:
    try:
        return pickle.dumps(done)
    except Exception as failure:  # noqa: BLE001 -- what cannot be sent
        return pickle.dumps(_Done(None, RuntimeError(f"{failure}: {done.failure!r}")))


def _end_with_parent() -> None:
    """End at once when the parent is killed: until then this process keeps its lock."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
