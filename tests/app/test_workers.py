"""Work in several processes: the same results, in order, and nobody left behind."""

import _thread
import errno
import gc
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from multiprocessing import active_children
from multiprocessing.util import Finalize
from pathlib import Path
from types import FrameType
from typing import NoReturn, TypeVar

import pytest

from sitegen.app import workers
from sitegen.app.workers import ALONE, open_crew
from sitegen.errors import ContentError, MachineError, error

Result = TypeVar("Result")

NUMBERS = list(range(1000))


@pytest.fixture(autouse=True)
def _nobody_is_left_behind() -> Iterator[None]:
    yield
    assert active_children() == []


def run_chunks(
    make_worker: Callable[..., Callable[[Sequence[int]], Result]],
    arguments: tuple[object, ...],
    items: Iterable[int],
    jobs: int,
) -> Generator[Result, None, None]:
    """The results of a crew that has one stage to work on."""
    with open_crew(jobs) as crew, closing(crew.run(make_worker, arguments, items)) as results:
        yield from results


def make_squarer(power: int) -> Callable[[Sequence[int]], list[int]]:
    """A worker that raises numbers to a power."""
    return lambda numbers: [number**power for number in numbers]


def flatten(chunks: Iterator[list[int]]) -> list[int]:
    return [number for chunk in chunks for number in chunk]


@pytest.mark.parametrize("jobs", [1, 2, 5])
@pytest.mark.parametrize("count", [0, 1, 40, 41, 1000])
def test_results_come_in_order_whatever_the_jobs(jobs: int, count: int) -> None:
    expected = [number**2 for number in NUMBERS[:count]]
    assert flatten(run_chunks(make_squarer, (2,), NUMBERS[:count], jobs)) == expected


def test_spawned_processes_do_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "may_fork", lambda: False)
    assert flatten(run_chunks(make_squarer, (2,), NUMBERS[:90], 2)) == [number**2 for number in NUMBERS[:90]]


def make_teller() -> Callable[[Sequence[int]], tuple[int, int]]:
    made_in = os.getpid()
    return lambda _: (made_in, os.getpid())


def test_little_to_do_is_done_here() -> None:
    assert set(run_chunks(make_teller, (), NUMBERS[:40], 8)) == {(os.getpid(), os.getpid())}


def test_what_is_few_is_done_here_unless_others_are_there_already() -> None:
    here = {(os.getpid(), os.getpid())}
    with open_crew(2) as crew:
        assert set(crew.run(make_teller, (), NUMBERS[:120], few=120)) == here
        assert here.isdisjoint(crew.run(make_teller, (), NUMBERS[:121], few=120))
        assert here.isdisjoint(crew.run(make_teller, (), NUMBERS[:120], few=120))


def test_a_worker_is_made_once_in_each_process_and_no_more_than_there_are_chunks() -> None:
    seen = set(run_chunks(make_teller, (), NUMBERS[:90], 8))
    assert all(made_in == pid != os.getpid() for made_in, pid in seen)
    assert 1 <= len(seen) <= 3


def test_the_same_processes_work_stage_after_stage_and_more_of_them_when_there_is_more_to_do() -> None:
    with open_crew(3) as crew:
        seen = {pid for _, pid in crew.run(make_teller, (), NUMBERS[:80])}
        assert {child.pid for child in active_children()} >= seen
        assert len(active_children()) == 2
        seen |= {pid for _, pid in crew.run(make_teller, (), NUMBERS)}
        assert {child.pid for child in active_children()} >= seen
        assert len(active_children()) == 3


def test_what_worked_in_a_stage_is_put_away_after_it(tmp_path: Path) -> None:
    with open_crew(2) as crew:
        list(crew.run(make_leaver, (str(tmp_path),), NUMBERS))
        list(crew.run(make_squarer, (2,), NUMBERS))
        assert len(list(tmp_path.iterdir())) == 2


class Leaver:
    """A worker that leaves a file behind when nobody has it any more."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def __call__(self, numbers: Sequence[int]) -> int:
        return len(numbers)

    def __del__(self) -> None:
        Path(self.folder, str(os.getpid())).touch()


def make_leaver(folder: str) -> Leaver:
    return Leaver(folder)


def test_what_is_loaded_before_is_shared_by_forked_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[int] = []

    def load() -> None:
        loaded.append(os.getpid())

    monkeypatch.setattr(workers, "may_fork", lambda: True)  # whatever another test has left behind
    with open_crew(2) as crew:
        list(crew.run(make_teller, (), NUMBERS[:40], load))
        assert loaded == []  # little to do is done here, and loads what it needs by itself
        for _ in range(2):
            list(crew.run(make_teller, (), NUMBERS, load))
        assert loaded == [os.getpid()]
    monkeypatch.setattr(workers, "may_fork", lambda: False)
    with open_crew(2) as crew:
        list(crew.run(make_squarer, (2,), NUMBERS, lambda: pytest.fail("spawned processes share nothing")))


def test_a_crew_goes_on_after_a_failure() -> None:
    with open_crew(2) as crew:
        with pytest.raises(ValueError, match="bad number"):
            list(crew.run(make_failing, (ValueError("bad number"), 100), NUMBERS))
        assert active_children() == []
        assert flatten(crew.run(make_squarer, (2,), NUMBERS)) == [number**2 for number in NUMBERS]


def test_a_crew_that_was_dismissed_can_be_called_again() -> None:
    with open_crew(2) as crew:
        list(crew.run(make_squarer, (2,), NUMBERS))
        crew.dismiss()
        assert active_children() == []
        assert flatten(crew.run(make_squarer, (2,), NUMBERS)) == [number**2 for number in NUMBERS]


def make_collector() -> Callable[[Sequence[int]], tuple[int, int]]:
    return lambda _: (gc.get_freeze_count(), gc.get_threshold()[0])


def test_processes_look_for_garbage_often_but_not_among_what_they_inherited() -> None:
    rarely = gc.get_threshold()
    gc.set_threshold(100_000)
    try:
        ((frozen, threshold), *_) = run_chunks(make_collector, (), NUMBERS, 2)
    finally:
        gc.set_threshold(*rarely)
    assert frozen > 10_000
    assert threshold == 2_000


def test_alone_there_is_no_other_process() -> None:
    assert set(ALONE.run(make_teller, (), NUMBERS)) == {(os.getpid(), os.getpid())}


@pytest.mark.parametrize("jobs", [1, 2])
def test_items_are_taken_only_when_somebody_is_free(jobs: int) -> None:
    taken: list[int] = []

    def take() -> Iterator[int]:
        for number in NUMBERS:
            taken.append(number)
            yield number

    with open_crew(jobs) as crew, closing(crew.run(make_squarer, (2,), take())) as results:
        next(results)
        assert len(taken) <= 40 * 9


def make_giant(size: int) -> Callable[[Sequence[int]], bytes]:
    return lambda numbers: bytes(size) + bytes([numbers[0] % 256])


def test_results_larger_than_a_pipe() -> None:
    sizes = [len(result) for result in run_chunks(make_giant, (2_000_000,), NUMBERS[:400], 3)]
    assert sizes == [2_000_001] * 10


def make_swapper(size: int) -> Callable[[Sequence[bytes]], tuple[bytes, bytes]]:
    return lambda items: (items[0][:2], bytes(size))


@pytest.mark.parametrize("result", [10, 3_000_000])
@pytest.mark.parametrize("item", [10, 1_000, 3_000, 20_000, 200_000])
def test_nobody_waits_for_ever_whatever_the_size_of_items_and_results(item: int, result: int) -> None:
    items = [number.to_bytes(2, "big") + bytes(item) for number in range(40 * 9)]

    def give_up(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(30)
    try:
        with open_crew(2) as crew, closing(crew.run(make_swapper, (result,), items)) as results:
            assert [int.from_bytes(first, "big") for first, _ in results] == list(range(0, 40 * 9, 40))
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def test_where_pipes_take_little_nothing_is_sent_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOBUFS, os.strerror(errno.ENOBUFS))

    monkeypatch.setattr(socket.socket, "setsockopt", refuse)
    monkeypatch.setattr(socket.socket, "getsockopt", lambda *_: 64)
    assert flatten(run_chunks(make_squarer, (2,), NUMBERS, 2)) == [number**2 for number in NUMBERS]


def make_waiter(folder: str) -> Callable[[Sequence[int]], int]:
    """A worker that ends its first chunk when it is allowed to."""

    def work(numbers: Sequence[int]) -> int:
        deadline = time.monotonic() + 20
        while not Path(folder, "go").exists():
            if time.monotonic() > deadline:
                raise TimeoutError
        return os.getpid()

    return work


def test_a_worker_has_its_next_chunk_before_anybody_takes_the_result_of_the_first(tmp_path: Path) -> None:
    taken: list[int] = []

    def take() -> Iterator[int]:
        for number in range(40 * 20):
            taken.append(number)
            if number == 40 * 4 - 1:  # two for each of the two
                (tmp_path / "go").touch()
            yield number

    with open_crew(2) as crew:
        assert len(set(crew.run(make_waiter, (str(tmp_path),), take()))) == 2


def make_counter(folder: str) -> Callable[[Sequence[int]], int]:
    def work(numbers: Sequence[int]) -> int:
        Path(folder, str(numbers[0])).touch()
        return numbers[0]

    return work


def test_results_do_not_pile_up(tmp_path: Path) -> None:
    with closing(run_chunks(make_counter, (str(tmp_path),), list(range(40 * 50)), 2)) as results:
        next(results)
        # Two processes are four chunks ahead each, at most.
        deadline = time.monotonic() + 0.3
        while time.monotonic() < deadline and len(list(tmp_path.iterdir())) <= 9:
            pass
        assert len(list(tmp_path.iterdir())) <= 9


class SignalledError(BaseException):
    """A signal came."""


def test_a_signal_that_does_not_end_the_waiting_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise SignalledError

    def take() -> Iterator[int]:
        for number in range(40 * 3):
            if number == 40 * 2:  # now both work, and the next thing is to wait for them
                # What comes of a signal that was there before: Python knows of it, and no call of the system ends.
                threading.Timer(0.2, _thread.interrupt_main, (signal.SIGTERM,)).start()
            yield number

    before = signal.signal(signal.SIGTERM, refuse)
    try:
        with pytest.raises(SignalledError), open_crew(2) as crew:
            list(crew.run(make_sleeper, (), take()))
    finally:
        signal.signal(signal.SIGTERM, before)


# Failures -------------------------------------------------------------------------------------------------------------


def make_failing(failure: Exception, at: int) -> Callable[[Sequence[int]], int]:
    def work(numbers: Sequence[int]) -> int:
        if at in numbers:
            raise failure
        return numbers[0]

    return work


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_a_worker_raises_is_raised_at_the_place_of_its_chunk(jobs: int) -> None:
    done: list[int] = []
    with pytest.raises(ValueError, match="bad number"):
        done.extend(run_chunks(make_failing, (ValueError("bad number"), 100), NUMBERS, jobs))
    assert done == [0, 40]


@pytest.mark.parametrize("jobs", [1, 2])
def test_problems_and_hints_come_through(jobs: int) -> None:
    problem = error("x", "is wrong", "content/a.md", hint="mend it")
    with pytest.raises(ContentError) as content:
        list(run_chunks(make_failing, (ContentError([problem]), 50), NUMBERS, jobs))
    assert content.value.problems == (problem,)
    with pytest.raises(MachineError) as machine:
        list(run_chunks(make_failing, (MachineError("broken", "mend it"), 50), NUMBERS, jobs))
    assert (str(machine.value), machine.value.hint) == ("broken", "mend it")


def make_unmakeable(failure: Exception) -> Callable[[Sequence[int]], int]:
    raise failure


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_worker_that_cannot_be_made(jobs: int) -> None:
    with pytest.raises(ContentError):
        list(run_chunks(make_unmakeable, (ContentError([error("x", "y")]),), NUMBERS, jobs))


class UnsendableError(Exception):
    """An exception that cannot be pickled."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(one + other)
        self.lock = threading.Lock()


def make_unsendable() -> Callable[[Sequence[int]], int]:
    def work(_: Sequence[int]) -> int:
        raise UnsendableError("some", "thing")

    return work


def test_a_failure_that_cannot_be_sent_is_told_in_words() -> None:
    with pytest.raises(RuntimeError, match="something"):
        list(run_chunks(make_unsendable, (), NUMBERS, 2))


def make_suicide(at: int) -> Callable[[Sequence[int]], int]:
    def work(numbers: Sequence[int]) -> int:
        if at in numbers:
            os.kill(os.getpid(), signal.SIGKILL)
        return numbers[0]

    return work


def test_a_process_that_is_killed_is_a_failure_of_the_machine() -> None:
    with pytest.raises(MachineError, match="a worker process was ended from outside") as failure:
        list(run_chunks(make_suicide, (500,), NUMBERS, 2))
    assert failure.value.hint == "it may have run out of memory: try `--jobs 1`"


def test_processes_that_cannot_be_started_are_a_failure_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    real, forked = os.fork, 0

    def fork() -> int:
        nonlocal forked
        forked += 1
        if forked == 2:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        return real()

    monkeypatch.setattr(os, "fork", fork)
    with pytest.raises(MachineError, match="no worker process can be started: resource temporarily unavailable"):
        list(run_chunks(make_squarer, (2,), NUMBERS, 3))


# Ends -----------------------------------------------------------------------------------------------------------------


def make_sleeper() -> Callable[[Sequence[int]], bytes]:
    def work(_: Sequence[int]) -> bytes:
        threading.Event().wait(60)
        return b""

    return work


def test_whoever_wants_no_more_results_waits_for_nobody() -> None:
    started = time.monotonic()
    with closing(run_chunks(make_giant, (5_000_000,), NUMBERS, 2)) as results:
        next(results)
    assert time.monotonic() - started < 10


def test_an_interruption_ends_processes_in_the_midst_of_their_work() -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    started = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):
            list(run_chunks(make_sleeper, (), NUMBERS, 2))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert time.monotonic() - started < 5


def test_signals_are_blocked_only_while_processes_start() -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    list(run_chunks(make_squarer, (2,), NUMBERS, 2))
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before


_PARENT = """
import sys, os, time
from tests.app.test_workers import NUMBERS, make_pid_writer, run_chunks
for _ in run_chunks(make_pid_writer, (sys.argv[1],), NUMBERS, 3):
    pass
"""


def make_pid_writer(folder: str) -> Callable[[Sequence[int]], bytes]:
    """A worker that says who it is, and then works for long."""
    Path(folder, str(os.getpid())).touch()
    return make_sleeper()


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that is dead, but not yet buried by init, does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def wait_until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 15
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"waited in vain: {what}")
        time.sleep(0.01)


def test_when_this_process_is_killed_its_workers_end_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _PARENT, str(tmp_path)]
    with subprocess.Popen(command, cwd=Path(__file__).parents[2]) as parent:
        wait_until(lambda: len(list(tmp_path.iterdir())) == 3, "three workers")
        pids = [int(path.name) for path in tmp_path.iterdir()]
        assert all(is_alive(pid) for pid in pids)
        parent.kill()
    wait_until(lambda: not any(is_alive(pid) for pid in pids), "their end")


def make_witness(folder: str) -> Callable[[Sequence[int]], bytes]:
    """A worker that leaves a file behind if its process ends by itself."""
    Finalize(None, lambda: Path(folder, str(os.getpid())).touch(), exitpriority=1)
    return lambda chunk: bytes(len(chunk))


def test_workers_end_by_themselves_when_there_is_no_more_work(tmp_path: Path) -> None:
    list(run_chunks(make_witness, (str(tmp_path),), NUMBERS, 3))
    assert len(list(tmp_path.iterdir())) == 3
