"""`sitegen serve` as a process: what it says, what it notices, how it ends."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from queue import Queue
from urllib.parse import urlsplit

import pytest

from tests.serve.clients import SECONDS, get, listen, wait_for
from tests.sites import call_sitegen, read_tree, write_article, write_files, write_site

SITEGEN = Path(sys.executable).with_name("sitegen")
PROMPT = 4.0
"""Two seconds, in which it must end, and as many more for a machine that is busy with other tests."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that was built once."""
    root = write_site(tmp_path / "site", {"content/world/a.md": write_article("A"), "content/world/b.md": "---\n---\n"})
    (root / "content/world/b.md").write_text(write_article("B", draft="true"))
    assert call_sitegen("-C", root, "build").code == 0
    return root


class Served:
    """A preview in a process of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self.process = process
        self.said: list[str] = []
        self._news: Queue[str] = Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self.url = process.stdout.readline().removeprefix("Serving at ").strip()
        self.port = urlsplit(self.url).port or 0

    def wait_for_line(self, end: str) -> None:
        """Wait until it says a line with this end on stderr, which is kept in `said`."""
        while not (self.said and self.said[-1].endswith(end)):
            self.said.append(self._news.get(timeout=SECONDS))

    def close(self) -> None:
        """End it, if it has not ended."""
        self.process.kill()
        self.process.wait()
        self._listener.join()
        for stream in (self.process.stdout, self.process.stderr):
            if stream:
                stream.close()

    def _listen(self) -> None:
        for line in self.process.stderr or ():
            self._news.put(line.rstrip("\n"))
        self._news.put("(end)")

    def end(self, number: signal.Signals) -> tuple[int, float]:
        """Send a signal; return the exit code and how many seconds it took."""
        started = time.monotonic()
        self.process.send_signal(number)
        return self.process.wait(SECONDS), time.monotonic() - started


@contextmanager
def heed_interrupts() -> Iterator[None]:
    """Let processes that are started now end at Ctrl-C, although the tests may run in the background of a shell."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def serve(site: Path, *options: str, **environment: str) -> Iterator[Served]:
    """Start the preview of a site; it has ended when the body of the `with` has."""
    with heed_interrupts():
        process = subprocess.Popen(
            [SITEGEN, "-C", site, "serve", "--port", "0", *options],
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    with closing(Served(process)) as served:
        yield served


def save_in_place(file: Path, text: str) -> None:
    file.write_text(text)


def save_by_rename(file: Path, text: str) -> None:
    temporary = file.with_name(f".{file.name}.tmp")
    temporary.write_text(text)
    temporary.replace(file)


def save_like_vim(file: Path, text: str) -> None:
    file.rename(f"{file}~")
    file.write_text(text)
    Path(f"{file}~").unlink()


def delete_and_create(file: Path, text: str) -> None:
    file.unlink()
    file.write_text(text)


def rename_the_folder(file: Path, text: str) -> None:
    folder = file.parent
    (folder.parent / "new" / file.name).parent.mkdir()
    (folder.parent / "new" / file.name).write_text(text)
    folder.rename(folder.parent / "old")
    (folder.parent / "new").rename(folder)


SAVES: tuple[Callable[[Path, str], None], ...] = (
    save_in_place,
    save_by_rename,
    save_like_vim,
    delete_and_create,
    rename_the_folder,
)


def test_a_day_at_the_desk(site: Path) -> None:
    output = {path: (site / "output" / path).stat().st_mtime_ns for path in read_tree(site / "output")}
    with serve(site) as served:
        assert served.url == f"http://localhost:{served.port}/"
        assert get(served.port, "/world/2026/10/b/").status == 200
        with listen(served.port) as news:
            shown = next(news)
            for number, save in enumerate(SAVES):
                save(site / "content/world/a.md", write_article("A", body=f"Edition {number}."))
                while f"Edition {number}.".encode() not in get(served.port, "/world/2026/10/a/").body:
                    before = shown.generation
                    shown = wait_for(news, lambda one, before=before: one.generation > before)  # type: ignore[misc]
            shutil.rmtree(site / "content/old")
            (site / "content/world/a.md").write_text(write_article("A", rating="9"))
            shown = wait_for(news, lambda one: bool(one.problems))
            assert shown.problems[0][1].startswith("content/world/a.md:4:9: error[rating]: must be at most 5\n")
            (site / "content/world/a.md").write_text(write_article("A", rating="5"))
            wait_for(news, lambda one: not one.problems)
        served.wait_for_line("; nothing is wrong any more")
        code, seconds = served.end(signal.SIGINT)
        assert (code, seconds < PROMPT) == (130, True)
        served.wait_for_line("(end)")
        said = served.said
    assert {path: (site / "output" / path).stat().st_mtime_ns for path in read_tree(site / "output")} == output
    assert said[0].startswith("preview: ")
    assert "Edit and save: the pages reload by themselves. Ctrl-C ends it." in said
    assert any(line.startswith("content/world/a.md changed: ") and " written in " in line for line in said)
    assert "content/world/a.md:4:9: error[rating]: must be at most 5" in said
    assert not any("Traceback" in line for line in said)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals_end_it_although_pages_are_open(site: Path, number: signal.Signals, code: int) -> None:
    with serve(site) as served, listen(served.port) as news:
        next(news)
        ended, seconds = served.end(number)
        assert (ended, seconds < PROMPT) == (code, True)
        assert list(news) == []
        served.wait_for_line("(end)")
        assert "Traceback" not in "".join(served.said)


def test_a_port_that_is_taken(site: Path, tmp_path: Path) -> None:
    other = write_site(tmp_path / "other")
    with serve(site) as served:
        done = call_sitegen("-C", other, "serve", "--port", str(served.port))
        assert (done.code, done.out) == (4, "")
        assert done.err.splitlines()[-2:] == [
            f"error: port {served.port} is in use",
            "  hint: choose another with `--port`; `--port 0` takes any that is free",
        ]
        done = call_sitegen("-C", site, "serve", "--port", "0")
        assert (done.code, "is in use by `sitegen serve`, process" in done.err) == (4, True)


def test_a_browser_is_opened_when_there_is_something_to_see(site: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "opened")
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n')
    browser.chmod(0o755)
    with serve(site, "--open", BROWSER=f"{browser} %s") as served:
        with (tmp_path / "opened").open() as opened:
            assert opened.readline().strip() == served.url
        assert get(served.port, "/").status == 200


def test_other_commands_load_no_server_and_no_watcher() -> None:
    script = (
        "import sys, sitegen.cli.main, sitegen.app.build;"
        "print([name for name in ('http.server', 'socketserver', 'watchdog', 'webbrowser') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_hundreds_of_files_at_once(site: Path) -> None:
    with serve(site) as served, listen(served.port) as news:
        next(news)
        articles = {f"content/sport/{number}.md": write_article(f"Match {number}") for number in range(300)}
        write_files(site, articles)
        while get(served.port, "/sport/2026/10/299/").status != 200:
            next(news)
