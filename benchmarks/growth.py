"""How sitegen grows with a site: `make bench-growth`.

    python -m benchmarks.growth [ARTICLES …] [--runs 2] [--variant sitegen] [--folder /dev/shm]

Every size is built from nothing, without a change, and with a sentence added to one article; all sizes and cases go in
turn. What a cold build costs an article is compared with the site of 10,000, and an edit must render as many pages at
every size. Output is deleted before a cold build, which is as good as moving it aside on a RAM disk, and only there.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bars import judge_ratio
from benchmarks.run import Case, format_wall, measure_in_turn
from benchmarks.sites import BUILD, MADE, VARIANTS, Site, write_variant

_SIZES = (1_000, 10_000, 100_000)
_USUAL = 10_000
_MOST = 1.3
_SPACE = 60_000
"""Bytes that an article takes, generously: sources, output, what is remembered, and memory of the build."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A site of one size, and what is measured with it."""

    articles: int
    """How many articles it has."""
    cold: Case
    """Built from nothing."""
    unchanged: Case
    """Built again."""
    body: Case
    """Built after an edit of one article's text."""


def main() -> None:
    """Measure, and print a table and what it means for the bars."""
    parser = argparse.ArgumentParser(prog="benchmarks.growth")
    parser.add_argument("articles", type=int, nargs="*", default=list(_SIZES))
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--variant", choices=list(VARIANTS), default="sitegen")
    parser.add_argument("--folder", type=Path, default=Path("/dev/shm"))
    options = parser.parse_args()
    needed, free = _SPACE * sum(options.articles), measure_space(options.folder)
    if free < needed:
        sys.exit(
            f"{free / 1e9:.1f} GB are free, {needed / 1e9:.1f} are needed: name fewer articles, or another --folder"
        )
    with tempfile.TemporaryDirectory(prefix="sitegen-growth-", dir=options.folder) as folder:
        sizes = [make_size(Path(folder), articles, options.variant) for articles in options.articles]
        measure_in_turn([case for size in sizes for case in (size.cold, size.unchanged, size.body)], options.runs)
    print(format_growth(sizes, options.variant))
    print("", *judge_growth(sizes), sep="\n")


def measure_space(folder: Path) -> int:
    """Return how many bytes may be written to `folder`, which may be a RAM disk, and used by builds beside that."""
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    available = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    return min(available, shutil.disk_usage(folder).free)


def make_size(root: Path, articles: int, variant: str) -> Size:
    """Write a site, which every round builds from nothing before it edits it."""
    theme, engine = VARIANTS[variant]
    folder = write_variant(root / str(articles), theme, engine, articles)
    site = Site(folder, articles, theme)

    def make_case(name: str, prepare: Callable[[int], None]) -> Case:
        return Case(name=f"{articles:,}: {name}", folder=folder, command=(*BUILD, "--json"), prepare=prepare)

    return Size(
        articles=articles,
        cold=make_case("cold", lambda _: _delete_results(folder)),
        unchanged=make_case("no change", lambda _: None),
        body=make_case("one body", site.edit_body),
    )


def format_growth(sizes: Sequence[Size], variant: str) -> str:
    """Return the medians with their ranges, and what an article costs beside one of the usual site."""
    base = _pick_base(sizes)
    lines = [
        f"| {variant}, articles | wall s | CPU s | CPU ms an article | of {base.articles:,} | MB | rendered |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for size in sizes:
        for case, usual in zip(_list_cases(size), _list_cases(base), strict=True):
            cost = _cost(size, case)
            lines.append(
                f"| {case.name} | {format_wall(case)} | {case.cpu:.2f} | {1000 * cost:.3f} "
                f"| {cost / _cost(base, usual):.2f} | {case.memory or 0:.0f} | {max(count_rendered(case)):,} |"
            )
    return "\n".join(lines)


def judge_growth(sizes: Sequence[Size]) -> list[str]:
    """Return a line for each bar."""
    base = _pick_base(sizes)
    costs = [
        judge_ratio(
            f"CPU an article of `{size.cold.name}` to `{base.cold.name}`",
            _cost(size, size.cold) / _cost(base, base.cold),
            _MOST,
        )
        for size in sizes
        if size.articles > base.articles
    ]
    rendered = {size.articles: max(count_rendered(size.body)) for size in sizes}
    verdict = "met" if len(set(rendered.values())) == 1 else "missed"
    shown = ", ".join(f"{pages} at {articles:,}" for articles, pages in rendered.items())
    return [*costs, f"- {verdict}: an edit of a text renders as many pages at every size: {shown}"]


def count_rendered(case: Case) -> list[int]:
    """Return how many pages each run rendered."""
    return [json.loads(run.said)["rendered"] for run in case.runs]


def _list_cases(size: Size) -> tuple[Case, Case, Case]:
    return size.cold, size.unchanged, size.body


def _cost(size: Size, case: Case) -> float:
    """Return the seconds of processor time an article."""
    return case.cpu / size.articles


def _pick_base(sizes: Sequence[Size]) -> Size:
    return next((size for size in sizes if size.articles == _USUAL), sizes[0])


def _delete_results(folder: Path) -> None:
    for name in MADE:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
