"""The comments of a page saved as plain text: each begins with a line that holds nothing but its time.

Above it stand the name, twice where there was a picture (its alternative text, then the name itself), or nothing for an
anonymous comment; below it the text, and then who edited it last: wpDiscuz prints text, edit, votes, in that order.
"""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field

from sitegen.errors import ContentError, Problem, Span, error, warning
from sitegen.importers.pages.files import CODE
from sitegen.importers.pages.times import SourceTimes
from sitegen.parse.comment_format import AuthorRecord, BodyRecord, CommentRecord, EditRecord, TimeRecord, VotesRecord

PREFIX = "text-"
"""What ids of these comments begin with: the text of a page does not hold the numbers of its comments."""
_LABELS = re.compile(r"guest|member|author|admin|administrator|editor|contributor|subscriber|trusted member", re.I)
_REPLY_TO = re.compile(r"Reply to\s+(.{1,100})", re.IGNORECASE)
_BUTTONS = re.compile(r"Reply|Hide Replies|View Replies(?: ?\(\d+\))?|Load More Comments|Share|Comment Link", re.I)
_VOTES = re.compile(r"[+-]?\d{1,6}")
_END = re.compile(r"wpDisc?uz|Insert|Would love your thoughts, please comment\.?\s?x?|\(\)|x|\| ?Reply", re.IGNORECASE)
_LONGEST_NAME = 80
_LONGEST_HEAD = 120
_NAME_LINES = 4


@dataclass(slots=True, kw_only=True)
class TextComments:
    """What stands behind the bar."""

    comments: list[CommentRecord] = field(default_factory=list)
    """In the order of the page."""
    warnings: list[Problem] = field(default_factory=list)
    """What was taken for something that it need not be."""


@dataclass(slots=True, kw_only=True)
class _Head:
    """Where a comment begins."""

    written: str
    """Its time."""

    top: int
    """Its first line: the name or, without one, the time."""
    time: int
    """The line of its time."""
    name: str | None = None
    kind: str | None = None
    reply_to: str | None = None


def read_comments(lines: list[str], first: int, times: SourceTimes, name: str) -> TextComments:
    """Return the comments in `lines` from line `first` (from 1) on; `name` is the file, for messages.

    Raises ContentError where times cannot be read, and where words stand there but no comment.
    """
    start = first - 1
    at = {number: time for number in range(start, len(lines)) if (time := _find_time(lines[number], times))}
    behind = max(at) + 1 if at else start
    end = next((number for number in range(behind, len(lines)) if _END.fullmatch(lines[number])), len(lines))
    said = next((number for number in range(start, end) if lines[number]), None)
    if said is not None and not at:
        hint = "a comment begins with a line that holds only its time: say how it is written by --date-format"
        raise ContentError([error(CODE, "no comment is found here", name, Span(line=said + 1), hint)])
    reader = _HeadReader(lines, start, name)
    for number, time in at.items():
        reader.add(number, time)
    heads = reader.heads
    found = TextComments(warnings=reader.warnings)
    if heads and (lost := next((line for line in range(start, heads[0].top) if lines[line]), None)) is not None:
        hint = "delete it if it is no part of a comment"
        found.warnings.append(
            warning(CODE, "stands before the first comment, and is left out", name, Span(line=lost + 1), hint)
        )
    for number in range(start, end):
        if number not in at and len(lines[number]) <= _LONGEST_HEAD and times.holds_time(lines[number]):
            hint = "if a comment begins here, put its time on a line of its own"
            message = "holds a time and other words: it is taken for text"
            found.warnings.append(warning(CODE, message, name, Span(line=number + 1), hint))
    ids = _Ids()
    for index, head in enumerate(heads):
        below = heads[index + 1].top if index + 1 < len(heads) else end
        published = times.read(head.written, name, head.time + 1)
        found.comments.append(_make_comment(head, lines[head.time + 1 : below], published, times, ids, found))
    return found


class _Ids:
    """Ids that a comment gets again at the next capture of the same page."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def make(self, name: str | None, time: TimeRecord) -> str:
        digest = hashlib.sha256(f"{name or ''}\n{time.at or time.raw}".encode()).hexdigest()[:12]
        self._seen[digest] += 1
        return f"{PREFIX}{digest}" + (f"-{self._seen[digest]}" if self._seen[digest] > 1 else "")


def _find_time(line: str, times: SourceTimes) -> str | None:
    """Return the time that a line is, or that stands in it behind a name that stands there twice."""
    if not line or times.is_time(line):
        return line or None
    words = line.split(" ")
    for count in range(2, min(5, len(words) // 2 + 2)):
        time = " ".join(words[-count:])
        if times.is_time(time) and _halve(" ".join(words[:-count])):
            return time
    return None


class _HeadReader:
    """Finds out where comments begin, and who wrote them."""

    def __init__(self, lines: list[str], start: int, file: str) -> None:
        self._lines = lines
        self._start = start
        self._file = file
        self.heads: list[_Head] = []
        self.warnings: list[Problem] = []

    def add(self, time: int, written: str) -> None:
        """Add the comment whose time, `written`, stands on line `time`."""
        head = _Head(written=written, top=time, time=time)
        if written == self._lines[time]:
            self._read_above(head)
        else:
            head.name = _halve(self._lines[time].removesuffix(written).strip())
        self.heads.append(head)

    def _read_above(self, head: _Head) -> None:
        """Put in what stands above the time: the name, what the plugin calls such readers, and whom they answer."""
        lines, time = self._lines, head.time
        limit = self.heads[-1].time + 1 if self.heads else self._start
        above = [number for number in range(time - 1, limit - 1, -1) if lines[number]][:_NAME_LINES]
        if above and (reply := _REPLY_TO.fullmatch(lines[above[0]])):
            head.reply_to, head.top = reply[1].strip(), above.pop(0)
        labels = [number for number in above[:3] if _LABELS.fullmatch(lines[number])]
        names = [number for number in above if number not in labels]
        if len(names) > 1 and lines[names[0]] == lines[names[1]] and len(lines[names[0]]) <= _LONGEST_NAME:
            head.name, head.top = lines[names[0]], names[1]
        elif names and (half := _halve(lines[names[0]])):
            head.name, head.top = half, names[0]
        elif names and _is_name(lines, names[0], time, limit, is_first=not self.heads):
            head.name, head.top = lines[names[0]], names[0]
            if self.heads:
                message = f"`{head.name}` is taken for the name of who wrote the comment below"
                self.warnings.append(warning(CODE, message, self._file, Span(line=names[0] + 1)))
        taken = [number for number in labels if number > head.top or number == head.top - 1]
        if taken and (head.name or taken[0] == time - 1):
            head.kind = lines[taken[0]].lower()
            head.top = min(head.top, *taken)


def _halve(line: str) -> str | None:
    """Return the name in a line that holds it twice."""
    half = line[: len(line) // 2].strip()
    return half if len(half) > 1 and line in {f"{half} {half}", half + half} and len(half) <= _LONGEST_NAME else None


def _is_name(lines: list[str], number: int, time: int, limit: int, *, is_first: bool) -> bool:
    """Tell whether a single line above a time is a name: right above it, short, and apart from the text before."""
    line = lines[number]
    if number != time - 1 or len(line) > _LONGEST_NAME or _BUTTONS.fullmatch(line) or _tells_edit(line):
        return False
    if is_first:
        return True
    is_apart = not lines[number - 1] or _tells_edit(lines[number - 1])
    return is_apart and any(lines[above] for above in range(limit, number))


def _tells_edit(line: str) -> bool:
    """Tell whether a line says who edited the comment above it."""
    return line.lower().startswith("last edited ")


def _make_comment(
    head: _Head, below: list[str], published: TimeRecord, times: SourceTimes, ids: _Ids, found: TextComments
) -> CommentRecord:
    votes = _take_foot(below)
    edited = _take_edit(below, times)
    author = AuthorRecord(name=head.name, kind=head.kind)
    return CommentRecord(
        id=ids.make(head.name, published),
        parent=_find_parent(head.reply_to, found.comments),
        reply_to_name=head.reply_to,
        author=author if head.name else None,
        published=published,
        edited=edited,
        body=BodyRecord(format="text", text=re.sub(r"\n{3,}", "\n\n", "\n".join(below)).strip()),
        votes=votes,
    )


def _take_foot(below: list[str]) -> VotesRecord | None:
    """Remove the buttons below a comment; return its votes, which stand before the button `Reply`."""
    has_reply = False
    while below and (not below[-1] or _BUTTONS.fullmatch(below[-1])):
        has_reply = bool(below.pop()) or has_reply
    if has_reply and below and _VOTES.fullmatch(below[-1]):
        return VotesRecord(score=int(below.pop()))
    return None


def _take_edit(below: list[str], times: SourceTimes) -> EditRecord | None:
    while below and not below[-1]:
        below.pop()
    edited = times.read_edit(below[-1]) if below else None
    if edited:
        below.pop()
    return edited


def _find_parent(name: str | None, before: list[CommentRecord]) -> str | None:
    """Return the id of the only comment so far by `name`; None where there is none, or more than one."""
    if name is None:
        return None
    ids = [comment.id for comment in before if comment.author and comment.author.name == name]
    return ids[0] if len(ids) == 1 else None
