"""What an author waits for: from saving a text to the page, each generator in the way that it has for that.

    python -m benchmarks.increments ARTICLES [--runs 5] [--folder /dev/shm] [--tools build/bench]

sitegen, Hugo and Eleventy watch and serve; it is measured when the saved sentence comes over HTTP from the loopback
interface. Pelican builds again with its cache. One generator after the other, since all of them watch; each serves for
a bounded time, and is ended by its process.
"""

import argparse
import socket
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from benchmarks.corpus import Post, make_post, make_posts
from benchmarks.layouts import (
    write_eleventy,
    write_eleventy_post,
    write_hugo,
    write_hugo_post,
    write_pelican,
    write_pelican_post,
    write_sitegen_post,
)
from benchmarks.measuring import inherit, run_once
from benchmarks.run import PELICAN_CACHE
from benchmarks.sites import SITEGEN, write_variant

_TICK = 0.01
_PATIENCE = 600.0
_SECOND_TRY = 60.0
_GRACE = 10.0

WritePost = Callable[[Path, Post], object]
"""Writes one article into a site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A generator that watches a site and serves it."""

    name: str
    """As the table calls it."""
    write_site: Callable[[Path], object]
    """Writes its site into a folder."""
    write_post: WritePost
    """Edits it."""
    command: tuple[str, ...]
    """Starts it; `{port}` is where it serves."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """What it needs beyond the usual."""


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(prog="benchmarks.increments")
    parser.add_argument("articles", type=int)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=Path("/dev/shm"))
    parser.add_argument("--tools", type=Path, default=Path("build/bench"))
    options = parser.parse_args()
    tools = options.tools.resolve()
    print(f"| {options.articles:,} articles | s from saving to the page |\n| --- | ---: |")
    with tempfile.TemporaryDirectory(prefix="sitegen-increments-", dir=options.folder) as folder:
        for server in list_servers(options.articles, tools):
            if Path(server.command[0]).exists():
                waits = list(
                    measure_waits(server, Path(folder) / server.name, articles=options.articles, runs=options.runs)
                )
                print(_format(server.name, waits), flush=True)
        pelican = tools / "venv" / "bin" / "pelican"
        if pelican.exists():
            waits = list(_build_with_cache(pelican, Path(folder) / "pelican", options.articles, options.runs))
            print(_format("pelican, with its cache", waits))


def list_servers(articles: int, tools: Path) -> Iterator[Server]:
    """Yield sitegen and the peers that can serve, with sites of so many articles; `tools` is where peers are."""

    def write_equal(root: Path) -> None:
        write_variant(root, "equal", "python-markdown", articles)

    yield Server(
        name="sitegen serve",
        write_site=write_equal,
        write_post=write_sitegen_post,
        command=(str(SITEGEN), "-q", "serve", "--port", "{port}"),
    )
    yield Server(
        name="hugo server",
        write_site=lambda root: write_hugo(root, make_posts(articles)),
        write_post=write_hugo_post,
        command=(str(tools / "hugo"), "server", "--quiet", "--port", "{port}", "--baseURL", "http://localhost/"),
    )
    yield Server(
        name="eleventy --serve --incremental",
        write_site=lambda root: write_eleventy(root, make_posts(articles)),
        write_post=write_eleventy_post,
        command=(
            str(tools / "node_modules" / ".bin" / "eleventy"),
            "--serve",
            "--incremental",
            "--quiet",
            "--port={port}",
        ),
        environment={"NODE_PATH": str(tools / "node_modules")},
    )


def measure_waits(server: Server, root: Path, *, articles: int, runs: int) -> Iterator[float]:
    """Yield how long it takes from saving a sentence until it is served, in seconds."""
    server.write_site(root)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    post = make_post(articles // 2)
    command = [part.replace("{port}", str(port)) for part in server.command]
    with (root / ".bench.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=root, env=inherit(server.environment), stdout=log, stderr=log)
        try:
            address = f"/{post.section}/{post.slug}/"
            _wait_for(process, port, address, post.slug)
            post = _await_first_edit(server, process, port, root, post)
            for run in range(runs):
                sentence = f"A sentence of run {run}."
                post = replace(post, body=f"{post.body}\n{sentence}\n")
                started = time.perf_counter()
                server.write_post(root, post)
                _wait_for(process, port, address, sentence)
                yield time.perf_counter() - started
        finally:
            process.terminate()
            try:
                process.wait(_GRACE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _await_first_edit(server: Server, process: "subprocess.Popen[bytes]", port: int, root: Path, post: Post) -> Post:
    """Return the article with an edit that is served: a server may answer before it watches, and miss the first."""
    for attempt in range(round(_PATIENCE / _SECOND_TRY)):
        sentence = f"A sentence of attempt {attempt}."
        edited = replace(post, body=f"{post.body}\n{sentence}\n")
        server.write_post(root, edited)
        if _comes(process, port, f"/{post.section}/{post.slug}/", sentence, _SECOND_TRY):
            return edited
    raise RuntimeError(f"{process.args!r} does not see that {post.slug} is edited")


def _build_with_cache(pelican: Path, root: Path, articles: int, runs: int) -> Iterator[float]:
    """Yield how long Pelican takes for a build after the edit of a text, in seconds."""
    write_pelican(root, make_posts(articles))
    command = (str(pelican), "-q", "content", *PELICAN_CACHE)
    run_once(command, root, {}, weigh=False)
    post = make_post(articles // 2)
    for run in range(runs):
        post = replace(post, body=f"{post.body}\nA sentence of run {run}.\n")
        write_pelican_post(root, post)
        yield run_once(command, root, {}, weigh=False).wall


def _wait_for(process: "subprocess.Popen[bytes]", port: int, address: str, text: str) -> None:
    """Return when `address` holds `text`; raises RuntimeError where the server has ended, or takes too long."""
    if not _comes(process, port, address, text, _PATIENCE):
        raise RuntimeError(f"{process.args!r} does not serve {text!r} at {address}")


def _comes(process: "subprocess.Popen[bytes]", port: int, address: str, text: str, seconds: float) -> bool:
    """Wait until `address` holds `text`; return whether it does before the server ends or the time is over."""
    wanted = text.encode()
    deadline = time.monotonic() + seconds
    while wanted not in _get(port, address):
        if process.poll() is not None or time.monotonic() > deadline:
            return False
        time.sleep(_TICK)
    return True


def _get(port: int, address: str) -> bytes:
    """Return what a server answers; nothing where there is none yet."""
    connection = HTTPConnection("localhost", port, timeout=_PATIENCE)
    try:
        connection.request("GET", address)
        return connection.getresponse().read()
    except (OSError, HTTPException):
        return b""
    finally:
        connection.close()


def _format(name: str, waits: list[float]) -> str:
    return f"| {name} | {statistics.median(waits):.2f} ({min(waits):.2f}-{max(waits):.2f}) |"


if __name__ == "__main__":
    main()
