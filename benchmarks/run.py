"""sitegen and its peers side by side: `make bench N=10000`.

    python -m benchmarks.run ARTICLES [--runs 5] [--only CASE,…] [--folder /dev/shm] [--tools build/bench]

Every case has a folder of its own, and all cases go in turn, so that a machine that slows down slows all of them: only
ratios within one run mean anything. Cold builds move the old output aside instead of deleting it, which would make the
next minutes slower on some file systems. Memory is weighed in a run of its own. Peers that `make bench-peers` has not
installed are left out, and named.
"""

import argparse
import json
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from benchmarks.bars import judge_session
from benchmarks.corpus import Post, make_post, make_posts
from benchmarks.layouts import write_eleventy, write_hugo, write_pelican
from benchmarks.measuring import Run, run_once
from benchmarks.sites import BUILD, MADE, SITEGEN, VARIANTS, Site, write_variant

_SETTLING = 3.0
"""Seconds after which no clock of a file system in use takes what was written for written just now."""

PELICAN_CACHE = ("-e", "CACHE_CONTENT=true", "LOAD_CONTENT_CACHE=true", 'CONTENT_CACHING_LAYER="generator"')
"""Options with which Pelican remembers articles: the layer that spares most."""


@dataclass(slots=True, kw_only=True)
class Case:
    """Something that is measured."""

    name: str
    """As the table calls it."""
    folder: Path
    """Where the command runs."""
    command: tuple[str, ...]
    """What is run."""
    prepare: Callable[[int], None]
    """Told the number of the run before each one, outside of the timing."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """What the command needs beyond the usual."""
    runs: list[Run] = field(default_factory=list)
    """What was measured."""
    memory: float | None = None
    """In MB."""

    @property
    def wall(self) -> float:
        """Seconds, the median."""
        return statistics.median(run.wall for run in self.runs)

    @property
    def cpu(self) -> float:
        """Seconds of processor time, the median."""
        return statistics.median(run.cpu for run in self.runs)


def main() -> None:
    """Measure, and print a table and what it means for the bars."""
    parser = argparse.ArgumentParser(prog="benchmarks.run")
    parser.add_argument("articles", type=int)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", default="")
    parser.add_argument("--folder", type=Path, default=Path("/dev/shm"))
    parser.add_argument("--tools", type=Path, default=Path("build/bench"))
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    wanted = tuple(filter(None, options.only.split(",")))
    with tempfile.TemporaryDirectory(prefix="sitegen-bench-", dir=options.folder) as folder:
        root = Path(folder)
        cases = list(list_cases(root, options.articles, options.tools.resolve(), wanted))
        measure_in_turn(cases, options.runs)
    print(f"sitegen ran with Python {platform.python_version()}.", "", format_table(cases, options.articles), sep="\n")
    walls = {case.name: case.wall for case in cases}
    print("", *judge_session(walls, {case.name: case.memory or 0 for case in cases}), sep="\n")
    if options.json:
        options.json.write_text(json.dumps({case.name: [run.wall for run in case.runs] for case in cases}, indent=1))


def measure_in_turn(cases: Sequence[Case], runs: int) -> None:
    """Time every case once a round, and weigh each in a round of its own."""
    for run in range(runs):
        for case in cases:
            case.prepare(run)
            case.runs.append(run_once(case.command, case.folder, case.environment, weigh=False))
            print(f"{run + 1}/{runs} {case.name}: {case.runs[-1].wall:.3f} s", file=sys.stderr, flush=True)
    for case in cases:
        case.prepare(runs)
        case.memory = run_once(case.command, case.folder, case.environment, weigh=True).memory


def list_cases(root: Path, count: int, tools: Path, wanted: tuple[str, ...]) -> Iterator[Case]:
    """Write the sites and yield what is measured; a case is wanted if it begins with one of `wanted`, or all are."""
    starts = {"python": (sys.executable, "-c", "pass"), "sitegen --help": (str(SITEGEN), "--help")}
    for name, command in starts.items():
        if not wanted or any(f"start: {name}".startswith(item) for item in wanted):
            yield Case(name=f"start: {name}", folder=root, command=command, prepare=_change_nothing)
    for name, (theme, engine) in VARIANTS.items():
        if any(name.startswith(item) or item.startswith(name) for item in wanted or (name,)):
            if engine == "commonmark" and not _has_commonmark():
                print("the extra sitegen[commonmark] is not installed: left out", file=sys.stderr)
                continue
            cases = _list_sitegen(root, name, theme, engine, count)
            yield from (case for case in cases if not wanted or any(case.name.startswith(item) for item in wanted))
    for name, peer in _list_peers(tools).items():
        if not wanted or any(name.startswith(item) or item.startswith(name) for item in wanted):
            if not Path(peer.command[0]).exists():
                print(f"{name} is not installed: `make bench-peers` does that", file=sys.stderr)
                continue
            cases = _measure_peer(root / name, name, peer, count)
            yield from (case for case in cases if not wanted or any(case.name.startswith(item) for item in wanted))


def _list_sitegen(root: Path, name: str, theme: str, engine: str, count: int) -> Iterator[Case]:
    cold = write_variant(root / f"{name} cold", theme, engine, count)
    yield Case(
        name=f"{name}: cold",
        folder=cold,
        command=BUILD,
        prepare=set_aside(cold, MADE),
    )
    warm = write_variant(root / f"{name} warm", theme, engine, count)
    # What was written a moment before a build is read again by the next one: no archive is that young.
    time.sleep(_SETTLING)
    run_once(BUILD, warm, {}, weigh=False)
    site = Site(warm, count, theme)
    edits: Mapping[str, Callable[[int], None]] = {
        "no change": _change_nothing,
        "one body": site.edit_body,
        "one title": site.edit_title,
        "one comment": site.add_comment,
        "newest article": site.add_article,
        "theme partial": site.edit_partial,
    }
    for edit, prepare in edits.items():
        yield Case(name=f"{name}: {edit}", folder=warm, command=BUILD, prepare=prepare)


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Another generator."""

    write: Callable[[Path, Iterator[Post]], None]
    """Writes its site into a folder."""
    command: tuple[str, ...]
    """Builds the site in the current folder."""
    options: tuple[str, ...] | None = None
    """Added to the command, they build after an edit; None where only a server does that sooner than from nothing."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """What the command needs beyond the usual."""


def _list_peers(tools: Path) -> Mapping[str, Peer]:
    eleventy = tools / "node_modules" / ".bin" / "eleventy"
    modules = {"NODE_PATH": str(tools / "node_modules")}
    pelican = tools / "venv" / "bin" / "pelican"
    return {
        "hugo": Peer(write=write_hugo, command=(str(tools / "hugo"), "--quiet"), options=()),
        "eleventy": Peer(write=write_eleventy, command=(str(eleventy), "--quiet"), environment=modules),
        "pelican": Peer(write=write_pelican, command=(str(pelican), "-q", "content"), options=PELICAN_CACHE),
    }


def _measure_peer(folder: Path, name: str, peer: Peer, count: int) -> Iterator[Case]:
    peer.write(folder, make_posts(count))
    yield Case(
        name=f"{name}: cold",
        folder=folder,
        command=peer.command,
        prepare=set_aside(folder, ("public", "resources")),
        environment=peer.environment,
    )
    if peer.options is None:
        return
    warm = folder.with_name(f"{name} warm")
    peer.write(warm, make_posts(count))
    command = (*peer.command, *peer.options)
    run_once(command, warm, peer.environment, weigh=False)
    post = make_post(count // 2)
    text = warm / "content" / post.section / f"{post.slug}.md"

    def edit_body(run: int) -> None:
        with text.open("a", encoding="utf-8") as stream:
            stream.write(f"\nA sentence of run {run}.\n")

    yield Case(name=f"{name}: one body", folder=warm, command=command, prepare=edit_body, environment=peer.environment)


def set_aside(folder: Path, made: tuple[str, ...]) -> Callable[[int], None]:
    """Return what moves the files `made` by the run before out of a folder: to delete them would disturb the next."""

    def prepare(run: int) -> None:
        for name in made:
            path = folder / name
            if path.exists():
                path.rename(folder.parent / f"trash {folder.name} {run} {name}")

    return prepare


def _change_nothing(run: int) -> None:
    """Leave everything as it is."""


def _has_commonmark() -> bool:
    return find_spec("pyromark") is not None


def format_table(cases: list[Case], count: int) -> str:
    """Return the medians with their ranges, and the ratio to Hugo's cold build."""
    hugo = next((case for case in cases if case.name == "hugo: cold"), None)
    base = hugo.wall if hugo else None
    lines = [
        f"| {count:,} articles | wall s | of Hugo's | CPU s | MB | of Hugo's |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for case in cases:
        ratio = f"{case.wall / base:.3f}" if base else ""
        heavy = f"{case.memory / hugo.memory:.2f}" if hugo and hugo.memory and case.memory else ""
        lines.append(
            f"| {case.name} | {format_wall(case)} | {ratio} | {case.cpu:.2f} | {case.memory or 0:.0f} | {heavy} |"
        )
    return "\n".join(lines)


def format_wall(case: Case) -> str:
    """Return the median and the range in seconds."""
    walls = [run.wall for run in case.runs]
    return f"{case.wall:.2f} ({min(walls):.2f}-{max(walls):.2f})"


if __name__ == "__main__":
    main()
