"""Where code stands in a Markdown source, as python-Markdown sees it closely enough for hints and guards."""

import re
from bisect import bisect_right
from collections import defaultdict

_FENCE_OPEN = re.compile(
    r"""(`{3,}|~{3,})[ ]*+(?:\{[^{}]*\}|\.?[\w#.+-]*[ ]*+(?:hl_lines=(?:"[^"]*"|'[^']*')[ ]*+)?)$"""
)
"""What the fenced_code extension takes for an opening fence; anything else is a paragraph to it."""
_FENCE_CLOSE = re.compile(r"(`{3,}|~{3,})[ ]*+$")
_LIST_ITEM = re.compile(r" {0,3}(?:[-*+]|\d+\.)\s|:\s")
_TICKS = re.compile(r"(?<!\\)`+")

Region = tuple[int, int]
"""Offsets of the first character and of the one behind the last."""


def find_code(source: str) -> tuple[Region, ...]:
    """Return fenced blocks, indented blocks and code spans in order, none overlapping another."""
    if not _may_hold_code(source):
        return ()
    lines = _split_lines(source)
    regions: list[Region] = []
    paragraph_start: int | None = None
    fences = _find_fence_ends(lines)
    in_list = False
    number = 0
    while number < len(lines):
        start, line = lines[number]
        opening = _FENCE_OPEN.match(line)
        last = _find_end(fences, opening[1], number) if opening else None
        blank = not line.strip()
        indented = line.startswith(("    ", "\t")) and paragraph_start is None and not in_list
        if paragraph_start is not None and (blank or last is not None):
            regions += _find_spans(source, paragraph_start, start)
            paragraph_start = None
        if last is not None:
            regions.append((start, lines[last][0] + len(lines[last][1])))
            number = last
        elif indented and not blank:
            regions.append((start, start + len(line)))
        elif not blank:
            paragraph_start = start if paragraph_start is None else paragraph_start
            in_list = bool(_LIST_ITEM.match(line)) or (in_list and line[0] in " \t")
        number += 1
    if paragraph_start is not None:
        regions += _find_spans(source, paragraph_start, len(source))
    return tuple(regions)


def _may_hold_code(source: str) -> bool:
    return (
        "`" in source
        or "~~~" in source
        or "\r" in source
        or source.startswith(("    ", "\t"))
        or "\n    " in source
        or "\n\t" in source
    )


def blank_fences(source: str) -> str:
    """Return `source` with fenced blocks replaced by spaces, line for line and column for column."""
    if ("`" not in source or "```" not in source) and ("~" not in source or "~~~" not in source):
        return source
    lines = _split_lines(source)
    fences = _find_fence_ends(lines)
    blanked = [line for _, line in lines]
    number = 0
    while number < len(lines):
        opening = _FENCE_OPEN.match(blanked[number])
        last = _find_end(fences, opening[1], number) if opening else None
        if last is not None:
            blanked[number : last + 1] = [" " * len(line) for line in blanked[number : last + 1]]
            number = last
        number += 1
    return "\n".join(blanked)


def _split_lines(source: str) -> list[tuple[int, str]]:
    """Return each line with the offset it starts at, CRLF read as a space and a line end."""
    lines: list[tuple[int, str]] = []
    start = 0
    for line in source.replace("\r\n", " \n").replace("\r", "\n").split("\n"):
        lines.append((start, line))
        start += len(line) + 1
    return lines


def _find_fence_ends(lines: list[tuple[int, str]]) -> dict[str, list[int]]:
    """Return the numbers of the lines that could close a fence, by fence."""
    ends: dict[str, list[int]] = defaultdict(list)
    for number, (_, line) in enumerate(lines):
        if line[:3] in {"```", "~~~"} and (match := _FENCE_CLOSE.match(line)):
            ends[match[1]].append(number)
    return ends


def _find_end(ends: dict[str, list[int]], fence: str, number: int) -> int | None:
    candidates = ends.get(fence, [])
    index = bisect_right(candidates, number)
    return candidates[index] if index < len(candidates) else None


def _find_spans(source: str, start: int, end: int) -> list[Region]:
    """Return the code spans of a paragraph: a run of backticks up to the next run of equal length."""
    if source.find("`", start, end) < 0:
        return []
    runs = [(match.start(), match.end()) for match in _TICKS.finditer(source, start, end)]
    following: dict[int, list[int]] = defaultdict(list)
    for index, (first, last) in enumerate(runs):
        following[last - first].append(index)
    spans: list[Region] = []
    index = 0
    while index < len(runs):
        first, last = runs[index]
        same = following[last - first]
        place = bisect_right(same, index)
        if place < len(same):
            index = same[place]
            spans.append((first, runs[index][1]))
        index += 1
    return spans
