"""sitegen and its peers side by side: `make bench N=10000`.

    python -m benchmarks.run ARTICLES [--runs 5] [--only CASE,…] [--folder /dev/shm] [--tools build/bench]

Every case has a folder of its own, and all cases go in turn, so that a machine that slows down slows all of them: only
ratios within one run mean anything. Cold builds move the old output aside instead of deleting it, which would make the
next minutes slower on some file systems. Memory is weighed in a run of its own. Peers that `make bench-peers` has not
installed are left out, and named.
"""

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path

from benchmarks.corpus import Post, Remark, make_post, make_posts
from benchmarks.layouts import write_eleventy, write_hugo, write_pelican, write_sitegen, write_sitegen_post
from benchmarks.measuring import Run, run_once

SITEGEN = Path(sys.executable).with_name("sitegen")
BUILD = (str(SITEGEN), "-q", "build", "--clock", "2200-01-01T00:00:00Z")
"""Builds the site in the working directory, long after all its articles were published."""

_BROADSHEET = Path(__file__).parents[1] / "themes" / "broadsheet" / "templates"
_PARTIALS = {"equal": "themes/equal/templates/cards.html", "own": "themes/own/templates/partials/footer.html"}
_VARIANTS = {
    "sitegen": ("equal", "python-markdown"),
    "sitegen, commonmark": ("equal", "commonmark"),
    "sitegen, broadsheet": ("own", "python-markdown"),
}


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
    is_cold: bool = False
    """Whether it starts from nothing, so that its memory is weighed."""
    runs: list[Run] = field(default_factory=list)
    """What was measured."""
    memory: float | None = None
    """In MB."""


class Site:
    """A site of sitegen, and the edits that somebody makes in it."""

    def __init__(self, root: Path, count: int, theme: str) -> None:
        """Edit the site at `root`, which has `count` articles."""
        self.root = root
        self.count = count
        self.theme = theme
        self.post = make_post(count // 2)

    def edit_body(self, run: int) -> None:
        """Add a sentence to an article."""
        self.post = replace(self.post, body=f"{self.post.body}\nA sentence of run {run}.\n")
        write_sitegen_post(self.root, self.post)

    def edit_title(self, run: int) -> None:
        """Give an article another headline."""
        self.post = replace(self.post, title=f"{make_post(self.post.number).title}, run {run}")
        write_sitegen_post(self.root, self.post)

    def add_comment(self, run: int) -> None:
        """Add a comment to an article."""
        number = len(self.post.remarks) + 1
        remark = Remark(number=number, parent=None, author="Ada", at=self.post.at, text=f"A comment of run {run}.")
        self.post = replace(self.post, remarks=(*self.post.remarks, remark))
        write_sitegen_post(self.root, self.post)

    def add_article(self, run: int) -> None:
        """Add the newest article."""
        write_sitegen_post(self.root, make_post(self.count + run))

    def edit_partial(self, run: int) -> None:
        """Change a partial of the theme that many pages include."""
        path = self.root / _PARTIALS[self.theme]
        path.write_text(f"{path.read_text(encoding='utf-8')}{{# run {run} #}}\n<!-- run {run} -->\n", encoding="utf-8")


def main() -> None:
    """Measure, and print a table."""
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
        for run in range(options.runs):
            for case in cases:
                case.prepare(run)
                case.runs.append(run_once(case.command, case.folder, case.environment, weigh=False))
                print(f"{run + 1}/{options.runs} {case.name}: {case.runs[-1].wall:.3f} s", file=sys.stderr, flush=True)
        for case in cases:
            case.prepare(options.runs)
            case.memory = run_once(case.command, case.folder, case.environment, weigh=True).memory
    print(format_table(cases, options.articles))
    if options.json:
        options.json.write_text(json.dumps({case.name: [run.wall for run in case.runs] for case in cases}, indent=1))


def list_cases(root: Path, count: int, tools: Path, wanted: tuple[str, ...]) -> Iterator[Case]:
    """Write the sites and yield what is measured; a case is wanted if it begins with one of `wanted`, or all are."""
    for name, (theme, engine) in _VARIANTS.items():
        if any(name.startswith(item) or item.startswith(name) for item in wanted or (name,)):
            if engine == "commonmark" and not _has_commonmark():
                print("the extra sitegen[commonmark] is not installed: left out", file=sys.stderr)
                continue
            cases = _list_sitegen(root, name, theme, engine, count)
            yield from (case for case in cases if not wanted or any(case.name.startswith(item) for item in wanted))
    for name, (write, command, environment) in _peers(tools).items():
        if not wanted or any(name.startswith(item) for item in wanted):
            if not Path(command[0]).exists():
                print(f"{name} is not installed: `make bench-peers` does that", file=sys.stderr)
                continue
            folder = root / name
            write(folder, make_posts(count))
            cold = set_aside(folder, ("public", "resources"))
            yield Case(
                name=f"{name}: cold",
                folder=folder,
                command=command,
                prepare=cold,
                environment=environment,
                is_cold=True,
            )


def _list_sitegen(root: Path, name: str, theme: str, engine: str, count: int) -> Iterator[Case]:
    cold = write_variant(root / f"{name} cold", theme, engine, count)
    yield Case(
        name=f"{name}: cold",
        folder=cold,
        command=BUILD,
        prepare=set_aside(cold, ("output", ".sitegen", "permalinks.lock")),
        is_cold=True,
    )
    warm = write_variant(root / f"{name} warm", theme, engine, count)
    run_once(BUILD, warm, {}, weigh=False)
    site = Site(warm, count, theme)
    edits: Mapping[str, Callable[[int], None]] = {
        "no change": lambda _: None,
        "one body": site.edit_body,
        "one title": site.edit_title,
        "one comment": site.add_comment,
        "newest article": site.add_article,
        "theme partial": site.edit_partial,
    }
    for edit, prepare in edits.items():
        yield Case(name=f"{name}: {edit}", folder=warm, command=BUILD, prepare=prepare)


def write_variant(folder: Path, theme: str, engine: str, count: int) -> Path:
    """Write a site of sitegen with `count` articles, and return `folder`."""
    write_sitegen(folder, make_posts(count), theme=theme, engine=engine)
    if theme == "own":  # broadsheet with one file of one's own, which is edited
        own = folder / _PARTIALS["own"]
        own.parent.mkdir(parents=True)
        shutil.copy(_BROADSHEET / "partials" / "footer.html", own)
        config = folder / "sitegen.toml"
        config.write_text(config.read_text().replace('["own"]', '["own", "broadsheet"]'))
    return folder


Writer = Callable[[Path, Iterator[Post]], None]


def _peers(tools: Path) -> Mapping[str, tuple[Writer, tuple[str, ...], Mapping[str, str]]]:
    eleventy = tools / "node_modules" / ".bin" / "eleventy"
    modules = {"NODE_PATH": str(tools / "node_modules")}
    return {
        "hugo": (write_hugo, (str(tools / "hugo"), "--quiet"), {}),
        "eleventy": (write_eleventy, (str(eleventy), "--quiet"), modules),
        "pelican": (write_pelican, (str(tools / "venv" / "bin" / "pelican"), "-q", "content"), {}),
    }


def set_aside(folder: Path, made: tuple[str, ...]) -> Callable[[int], None]:
    """Return what moves the files `made` by the run before out of a folder: to delete them would disturb the next."""

    def prepare(run: int) -> None:
        for name in made:
            path = folder / name
            if path.exists():
                path.rename(folder.parent / f"trash {folder.name} {run} {name}")

    return prepare


def _has_commonmark() -> bool:
    return find_spec("pyromark") is not None


def format_table(cases: list[Case], count: int) -> str:
    """Return the medians with their ranges, and the ratio to Hugo's cold build."""
    hugo = next((case for case in cases if case.name == "hugo: cold"), None)
    base = statistics.median(run.wall for run in hugo.runs) if hugo else None
    lines = [
        f"| {count:,} articles | wall s | of Hugo's | CPU s | MB | of Hugo's |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for case in cases:
        walls = [run.wall for run in case.runs]
        wall, cpu = statistics.median(walls), statistics.median(run.cpu for run in case.runs)
        spread = f"{wall:.2f} ({min(walls):.2f}-{max(walls):.2f})"
        ratio = f"{wall / base:.3f}" if base else ""
        heavy = f"{case.memory / hugo.memory:.2f}" if hugo and hugo.memory and case.memory else ""
        lines.append(f"| {case.name} | {spread} | {ratio} | {cpu:.2f} | {case.memory or 0:.0f} | {heavy} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
