"""What converting Markdown takes, as a ratio to python-Markdown with `extra` and `toc`.

    python -m benchmarks.markdown [ARTICLES]

converts the bodies of the made-up newspaper (`benchmarks/corpus.py`) on one core: by python-Markdown as it comes, with
smart punctuation by its `smarty` and without; and by both engines of sitegen as a build does, smart punctuation, guard,
anchors, words, excerpt and slots included. All take turns in one process, since only what is measured in the same
minute can be compared. Medians of the turns are printed, with the fastest and the slowest.
"""

import statistics
import sys
import time
from collections.abc import Callable, Sequence

from markdown import Markdown

from benchmarks.corpus import make_posts
from sitegen.model.config import MarkdownConfig
from sitegen.parse.body import split_body
from sitegen.parse.markdown import MarkdownEngine, build_engine

_TURNS = 9
_ARTICLES = 200
_BASE = "python-Markdown, extra and toc"

Convert = Callable[[str], object]


def list_converters() -> dict[str, Convert]:
    """Return what is compared, by name."""
    stock = Markdown(output_format="html", extensions=["extra", "toc"])
    smarty = Markdown(output_format="html", extensions=["extra", "toc", "smarty"])
    default = build_engine(MarkdownConfig())
    quick = build_engine(MarkdownConfig(engine="commonmark"))
    return {
        _BASE: lambda body: stock.reset().convert(body),
        "the same with smarty": lambda body: smarty.reset().convert(body),
        "sitegen, python-markdown": lambda body: default.convert(body, "en"),
        "the same, cut into slots": lambda body: _split(default, body),
        "sitegen, commonmark": lambda body: quick.convert(body, "en"),
        "the same, cut into slots ": lambda body: _split(quick, body),
    }


def measure(converters: dict[str, Convert], bodies: Sequence[str], turns: int) -> dict[str, list[float]]:
    """Return, for each converter, the microseconds of processor time an article in each turn."""
    times: dict[str, list[float]] = {name: [] for name in converters}
    for _ in range(turns):
        for name, convert in converters.items():
            start = time.process_time()
            for body in bodies:
                convert(body)
            times[name].append((time.process_time() - start) / len(bodies) * 1e6)
    return times


def main(arguments: Sequence[str]) -> None:
    """Print a table."""
    bodies = [post.body for post in make_posts(int(arguments[0]) if arguments else _ARTICLES)]
    converters = list_converters()
    measure(converters, bodies[:10], 1)
    times = measure(converters, bodies, _TURNS)
    base = statistics.median(times[_BASE])
    print(f"{len(bodies)} articles of {sum(map(len, bodies)) // len(bodies):,} characters, {_TURNS} turns\n")
    print(f"{'':32}{'µs an article':>24}{'ratio':>8}")
    for name, turns in times.items():
        median = statistics.median(turns)
        print(f"{name:32}{median:8.0f} ({min(turns):.0f}-{max(turns):.0f}){'':4}{median / base:8.2f}")


def _split(engine: MarkdownEngine, body: str) -> object:
    converted = engine.convert(body, "en")
    return split_body(converted, body, 1)


if __name__ == "__main__":
    main(sys.argv[1:])
