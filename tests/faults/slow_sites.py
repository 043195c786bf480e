"""Sites whose building never ends, and processes that build them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.sites import write_article, write_site

COMMAND = Path(sys.executable).with_name("sitegen")
MANY = 130
"""Articles enough to keep more than one process busy."""

_SLOW_EXTENSION = """
import os, time
from pathlib import Path
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

class Wait(Preprocessor):
    def run(self, lines):
        Path(os.environ["BUSY"], f"{os.getpid()}").touch()
        for _ in range(600):  # a signal that comes just before a sleep does not end it
            time.sleep(0.1)
        return lines

def makeExtension(**_):
    class Waiting(Extension):
        def extendMarkdown(self, md):
            md.preprocessors.register(Wait(md), "wait", 1)
    return Waiting()
"""

_SLOW_CONFIG = """\
title = "Slow"
base_url = "https://news.example/"
theme = ["tiny"]
[markdown]
extensions = ["slow_extension"]
"""

_ENDLESS = "{% for i in range(10 ** 12) %}{% endfor %}"


def write_articles(count: int = MANY) -> dict[str, str]:
    """Articles by their paths."""
    return {f"content/world/{number}.md": write_article(f"Title {number}") for number in range(count)}


def slow_to_read(folder: Path) -> Path:
    """A site at each article of which reading stops for a minute."""
    files = {**write_articles(), "sitegen.toml": _SLOW_CONFIG, "slow_extension.py": _SLOW_EXTENSION}
    return write_site(folder, files)


def slow_to_render(folder: Path) -> Path:
    """A site at each article of which rendering does not end."""
    return write_site(folder, {**write_articles(), "themes/tiny/templates/article.html": _ENDLESS})


@contextmanager
def building(root: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """A process that builds `root`, in a process group of its own, which is ended in the end."""
    busy = root / "busy"
    busy.mkdir(exist_ok=True)
    path = os.pathsep.join(filter(None, (str(root), os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "PYTHONPATH": path, "BUSY": str(busy)}
    with subprocess.Popen(
        [COMMAND, "-C", root, "build", *options],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def wait_until(condition: Callable[[], bool], process: subprocess.Popen[str], what: str) -> None:
    """Return when `condition` holds; fails when the process has ended or too much time has passed."""
    deadline = time.monotonic() + 30
    while not condition():
        if process.poll() is not None:
            pytest.fail(f"ended before {what}: {process.communicate()}")
        if time.monotonic() > deadline:
            pytest.fail(f"waited in vain for {what}")
        time.sleep(0.01)


def is_reading(root: Path, processes: int) -> Callable[[], bool]:
    """Whether so many processes are in the midst of reading."""
    return lambda: len(list((root / "busy").iterdir())) >= processes


def is_rendering(root: Path) -> Callable[[], bool]:
    """Whether pages are being staged, and some are there already."""
    return (root / "output" / ".sitegen-staging").is_dir


def members_of(group: int) -> list[int]:
    """The processes of a group that are alive."""
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            state, _, own_group = (entry / "stat").read_text().rpartition(") ")[2].split()[:3]
            if int(own_group) == group and state != "Z":
                found.append(int(entry.name))
    return found
