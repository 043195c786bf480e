"""Timing whole processes, and the memory of all their children together (Linux)."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_TICK = 0.02
_LIMIT = 1200.0
"""Seconds after which a command is ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One process from start to end."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds of processor time of it and its children."""
    memory: float | None
    """The highest sum of the proportional set sizes of it and its children, in MB; None where it was not looked for."""
    said: str
    """The end of what it printed."""


def run_once(command: Sequence[str], folder: Path, environment: Mapping[str, str], *, weigh: bool) -> Run:
    """Run a command; raises RuntimeError with the end of what it said where it fails, or takes more than 20 minutes.

    Looking for memory costs time, so that a run is either timed or weighed.
    """
    log = folder / ".bench.log"
    with log.open("wb") as stream:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=inherit(environment), stdout=stream, stderr=stream, start_new_session=True
        )
        scale = _Scale(process.pid) if weigh else None
        clock = threading.Timer(_LIMIT, _end_group, (process.pid,))
        clock.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
        except BaseException:
            _end_group(process.pid)
            raise
        finally:
            clock.cancel()
            memory = scale.stop() if scale else None
    process.returncode = os.waitstatus_to_exitcode(status)
    said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode} after {wall:.0f} s:\n{said}")
    return Run(wall=wall, cpu=usage.ru_utime + usage.ru_stime, memory=memory, said=said)


def _end_group(pid: int) -> None:
    """End a process that leads a group, and everything in it."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def inherit(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of this process with `environment`.

    Without its compiled modules on the disk, Python would compile them all at every start.
    """
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | dict(environment)


class _Scale:
    """Weighs a process and its children until they end."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._most = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        """Return the highest sum, in MB."""
        self._done.set()
        self._thread.join()
        return self._most / 1024

    def _watch(self) -> None:
        while not self._done.wait(_TICK):
            self._most = max(self._most, sum(_read_pss(pid) for pid in _family(self._pid)))


def _family(pid: int) -> list[int]:
    """Return a process and everything below it."""
    found, pending = [], [pid]
    while pending:
        current = pending.pop()
        found.append(current)
        for children in Path(f"/proc/{current}/task").glob("*/children"):
            try:
                pending += map(int, children.read_text().split())
            except OSError:
                continue
    return found


def _read_pss(pid: int) -> int:
    """Return the proportional set size of a process in kB; 0 where it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
