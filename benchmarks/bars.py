"""What sitegen sets itself as a bar, and whether a session met it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_HUGO = "hugo: cold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A ratio between two cases that must not be exceeded."""

    case: str
    """What is judged."""
    most: float
    """The highest ratio that meets the bar."""
    base: str = _HUGO
    """What it is judged by."""


_WALL = (
    Bar(case="sitegen: cold", most=1),
    Bar(case="sitegen, commonmark: cold", most=0.5),
    Bar(case="sitegen: no change", most=0.03),
    Bar(case="sitegen: one body", most=0.06),
    Bar(case="sitegen: one title", most=0.1),
    Bar(case="sitegen: one comment", most=0.1),
    Bar(case="sitegen: newest article", most=0.1),
    Bar(case="start: sitegen --help", most=6, base="start: python"),
)
_MEMORY = (Bar(case="sitegen: cold", most=0.25),)


def judge_session(walls: Mapping[str, float], memory: Mapping[str, float]) -> list[str]:
    """Return a line for each bar whose cases were measured, from seconds and MB by name."""
    return [*_judge("time", _WALL, walls), *_judge("memory", _MEMORY, memory)]


def judge_ratio(name: str, ratio: float, most: float) -> str:
    """Return the line that says whether a ratio meets its bar."""
    return f"- {'met' if ratio <= most else 'missed'}: {name} is {ratio:.3f}, at most {most:g}"


def _judge(what: str, bars: Sequence[Bar], measured: Mapping[str, float]) -> list[str]:
    return [
        judge_ratio(f"{what} of `{bar.case}` to `{bar.base}`", measured[bar.case] / measured[bar.base], bar.most)
        for bar in bars
        if measured.get(bar.case) and measured.get(bar.base)
    ]
