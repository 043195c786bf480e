"""Pythons on this machine, and the fastest of them: `python -m benchmarks.interpreters` prints its path.

Distributions compile Python with the optimisations that a profile allows; compiled with its defaults, it takes a tenth
longer for everything. None says of itself how it was made, so that each is tried.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

_NAMES = ("python3", "python3.14", "python3.13", "python3.12", "python3.11")
_USUAL_FOLDERS = ("/usr/local/bin", "/usr/bin")
_TRIAL = """
import sys, time
if sys.version_info < (3, 11):
    sys.exit("too old")
def work():
    words = {}
    for number in range(200_000):
        word = str(number)
        words[word] = word.upper() + word
        if len(words) > 1000:
            words.clear()
def measure():
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
print(min(measure() for _ in range(7)))
"""
_LIMIT = 30.0
"""Seconds that a trial may take."""


def find_interpreters(folders: Iterable[str]) -> Iterator[Path]:
    """Yield the Pythons in folders, each once whatever it is called."""
    seen = set()
    for name in _NAMES:
        for folder in folders:
            found = shutil.which(name, path=folder)
            if found and (real := Path(found).resolve()) not in seen:
                seen.add(real)
                yield Path(found)


def pick_fastest(interpreters: Iterable[Path]) -> Path | None:
    """Return the one that takes least for a piece of plain Python; None where none is new enough for sitegen."""
    times = {}
    for interpreter in interpreters:
        with suppress(OSError, subprocess.SubprocessError, ValueError):
            done = subprocess.run([interpreter, "-c", _TRIAL], capture_output=True, timeout=_LIMIT, check=True)
            times[interpreter] = float(done.stdout)
    return min(times, key=times.__getitem__, default=None)


if __name__ == "__main__":
    folders = [*os.environ.get("PATH", "").split(os.pathsep), *_USUAL_FOLDERS]
    print(pick_fastest(find_interpreters(folders)) or sys.executable)
