"""Live stories: a body cut at its headings with times, and put together again with the newest update first.

The instants of updates stay open in the HTML, as numbers between two noncharacters that no source can hold: how a time
is shown depends on the language and the zone of the page.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sitegen.model.article import LiveUpdate, TocEntry, UpdateNote
from sitegen.model.moment import Moment
from sitegen.model.names import Html
from sitegen.parse.html_tokens import BLOCKS, HEADINGS, Token, join_tokens, read_id, scan_html
from sitegen.parse.text import read_plain

MOMENT = re.compile("\ufddc([0-9]+)\ufddd")
"""Stands for the instant of an update, by its number."""

_TIME = re.compile(
    r"\s*(?:(\d{4})-(\d{1,2})-(\d{1,2})[\sT,]*)?(\d{1,2}):(\d{2})(?!\d|:\d)\s*(?:[:,.|\N{EN DASH}\N{EM DASH}-]\s*)?"
)
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+.!<>|~:\"'-])")
_VOID = frozenset({"hr"})
_LONGEST_TEXT = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveBody:
    """A body with its updates in order."""

    html: Html
    """What stood before the first update, the updates with the newest first, and the footnotes."""
    toc: tuple[TocEntry, ...]
    """Its headings in order."""
    updates: tuple[LiveUpdate, ...]
    """The updates, the newest first; `MOMENT` counts in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    at: datetime
    title: str
    tokens: tuple[Token, ...]
    """All of the update, its heading without the time."""


def write_updates(updates: Iterable[UpdateNote], zone: tzinfo) -> str:
    """Return updates of the front matter as Markdown, to be put behind the body."""
    return "".join(_write_update(note, zone) for note in updates)


def _write_update(note: UpdateNote, zone: tzinfo) -> str:
    title = _SPECIAL.sub(r"\\\1", note.title)
    return f"\n\n## {note.at.at.astimezone(zone):%Y-%m-%d %H:%M} {title}\n\n{note.text}\n"


def arrange_updates(html: Html, toc: Sequence[TocEntry], day: date, zone: tzinfo) -> LiveBody:
    """Return `html` with its updates in order, each in a section of its own.

    An update begins at a heading that starts with a time, with or without a date before it (`14:05`,
    `2026-10-03 14:05`), and ends at the next one. A time alone is one on the last date that was written above it, or
    on `day`. All are in `zone`.
    """
    tokens = scan_html(html)
    starts = _find_starts(tokens)
    if not starts:
        return LiveBody(html=html, toc=tuple(toc), updates=())
    notes = _find_footnotes(tokens, starts[-1])
    parts: list[_Part] = []
    for start, end in zip(starts, [*starts[1:], notes], strict=True):
        part, day = _read_part(tokens[start:end], day, zone)
        parts.append(part)
    parts.sort(key=lambda part: part.at)
    parts.reverse()
    intro, tail = tokens[: starts[0]], tokens[notes:]
    sections = "".join(
        f'<section class="live-update">\n{_open(part, number)}</section>\n' for number, part in enumerate(parts)
    )
    return LiveBody(
        html=Html(f"{join_tokens(intro)}{sections}{join_tokens(tail)}"),
        toc=_sort_toc((*toc, *_name_parts(parts, toc)), [intro, *(part.tokens for part in parts), tail]),
        updates=tuple(_describe(part) for part in parts),
    )


def _find_starts(tokens: Sequence[Token]) -> list[int]:
    """Return where updates begin: at headings that stand in no other element."""
    starts: list[int] = []
    depth = 0
    for index, token in enumerate(tokens):
        if token.name not in BLOCKS or token.name in _VOID:
            continue
        if token.kind == "open":
            if depth == 0 and token.name in HEADINGS and _read_time(tokens, index):
                starts.append(index)
            depth += not token.text.endswith("/>")
        elif token.kind == "close":
            depth = max(0, depth - 1)
    return starts


def _read_time(tokens: Sequence[Token], index: int) -> re.Match[str] | None:
    """Return the time that the heading at `index` starts with."""
    if index + 1 == len(tokens) or tokens[index + 1].kind != "text":
        return None
    found = _TIME.match(tokens[index + 1].text)
    return found if found and int(found[4]) < 24 and int(found[5]) < 60 else None


def _find_footnotes(tokens: Sequence[Token], start: int) -> int:
    """Return where the footnotes begin, which belong to no update; the end where there are none."""
    places = [
        index
        for index, token in enumerate(tokens)
        if index > start and token.name == "div" and token.kind == "open" and 'class="footnote"' in token.text
    ]
    return places[-1] if places else len(tokens)


def _read_part(tokens: Sequence[Token], day: date, zone: tzinfo) -> tuple[_Part, date]:
    """Return an update and its day."""
    found = _read_time(tokens, 0)
    if found is None:
        raise ValueError("no update")
    if found[1]:
        with suppress(ValueError):  # no day of any month: the one before goes on
            day = date(int(found[1]), int(found[2]), int(found[3]))
    at = datetime(day.year, day.month, day.day, int(found[4]), int(found[5]), tzinfo=zone)
    rest = tokens[1]._replace(text=tokens[1].text[found.end() :])
    end = next((index for index, token in enumerate(tokens) if token.name in HEADINGS and token.kind == "close"), 1)
    title = read_plain([rest, *tokens[2:end]])
    return _Part(at=at, title=title, tokens=(tokens[0], rest, *tokens[2:])), day


def _open(part: _Part, number: int) -> str:
    """Return the HTML of an update with its instant open."""
    heading, text, *rest = part.tokens
    gap = " " if part.title else ""
    return f"{heading.text}\ufddc{number}\ufddd{gap}{text.text}{join_tokens(rest)}"


def _describe(part: _Part) -> LiveUpdate:
    end = next(
        (index for index, token in enumerate(part.tokens) if token.name in HEADINGS and token.kind == "close"), 0
    )
    return LiveUpdate(
        at=Moment(at=part.at, precision="minute"),
        id=read_id(part.tokens[0]),
        title=part.title,
        text=read_plain(part.tokens[end:])[:_LONGEST_TEXT],
    )


def _name_parts(parts: Sequence[_Part], toc: Iterable[TocEntry]) -> Iterator[TocEntry]:
    """Yield the headings of updates with their times alone, but for the dates where a list of them needs one."""
    levels = {entry.id: entry.level for entry in toc}
    day = parts[-1].at.date()
    for part in parts:
        identity = read_id(part.tokens[0])
        shape = "%H:%M" if part.at.date() == day else "%Y-%m-%d %H:%M"
        day = part.at.date()
        yield TocEntry(level=levels[identity], id=identity, title=f"{part.at:{shape}} {part.title}".rstrip())


def _sort_toc(toc: Iterable[TocEntry], segments: Iterable[Sequence[Token]]) -> tuple[TocEntry, ...]:
    """Return the headings in the order in which `segments` have them."""
    entries: Mapping[str, TocEntry] = {entry.id: entry for entry in toc}
    ids = (read_id(token) for tokens in segments for token in tokens if token.kind == "open" and token.name in HEADINGS)
    return tuple(entries[identity] for identity in ids if identity in entries)
