"""How sitegen grows with its archive: `make bench-growth`.

    python -m benchmarks.growth 1000 10000 100000 [--runs 3] [--folder /dev/shm]

One size after the other, with the theme that does what peers do: a build from nothing, one without a change, and one
after the edit of one text. What counts is the processor time of an article against the
other sizes, and that as many pages are rendered after an edit in an archive of any size.
"""

import argparse
import json
import shutil
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import Run, run_once
from benchmarks.run import BUILD, Site, set_aside, write_variant


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """What was measured of an archive."""

    articles: int
    """How many articles it has."""
    cold: Run
    """A build from nothing: medians, and its memory."""
    standing: float
    """Seconds of a build without a change."""
    edited: float
    """Seconds of a build after the edit of one text."""
    rendered: int
    """Pages that it renders."""

    @property
    def cost(self) -> float:
        """Processor time of an article in a build from nothing, in milliseconds."""
        return self.cold.cpu / self.articles * 1000


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(prog="benchmarks.growth")
    parser.add_argument("sizes", type=int, nargs="+")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=Path("/dev/shm"))
    options = parser.parse_args()
    print(format_sizes(list(measure_sizes(options.sizes, options.runs, options.folder))))


def measure_sizes(sizes: Sequence[int], runs: int, folder: Path) -> Iterator[Size]:
    """Yield what is measured of each of `sizes`; its files are gone before the next."""
    for articles in sizes:
        with tempfile.TemporaryDirectory(prefix="sitegen-growth-", dir=folder) as place:
            yield _measure(write_variant(Path(place) / "site", "equal", "python-markdown", articles), articles, runs)


def _measure(root: Path, articles: int, runs: int) -> Size:
    clear = set_aside(root, ("output", ".sitegen", "permalinks.lock"))
    cold: list[Run] = []
    for run in range(runs):
        clear(run)
        cold.append(run_once(BUILD, root, {}, weigh=False))
        for trash in root.parent.glob("trash *"):
            shutil.rmtree(trash) if trash.is_dir() else trash.unlink()
    clear(runs)
    memory = run_once(BUILD, root, {}, weigh=True).memory
    standing = [run_once(BUILD, root, {}, weigh=False).wall for _ in range(runs)]
    site = Site(root, articles, "equal")
    edited: list[float] = []
    for run in range(runs):
        site.edit_body(run)
        edited.append(run_once((*BUILD, "--json"), root, {}, weigh=False).wall)
    report = json.loads((root / ".bench.log").read_text(encoding="utf-8"))
    return Size(
        articles=articles,
        cold=Run(
            wall=statistics.median(run.wall for run in cold),
            cpu=statistics.median(run.cpu for run in cold),
            memory=memory,
        ),
        standing=statistics.median(standing),
        edited=statistics.median(edited),
        rendered=report["rendered"],
    )


def format_sizes(sizes: Sequence[Size]) -> str:
    """Return the table, with the cost of an article against that of the first size."""
    lines = [
        "| articles | cold s | CPU ms an article | of the first | MB | no change s | one body s | pages rendered |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for size in sizes:
        ratio = size.cost / sizes[0].cost
        lines.append(
            f"| {size.articles:,} | {size.cold.wall:.2f} | {size.cost:.2f} | {ratio:.2f} | {size.cold.memory or 0:.0f} "
            f"| {size.standing:.2f} | {size.edited:.2f} | {size.rendered} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
