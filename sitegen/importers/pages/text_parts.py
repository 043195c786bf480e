"""A page of a WordPress site with wpDiscuz 7, saved as plain text: its parts, in the order in which they stand.

Body, source credit, rating (`4 2 votes Article Rating`), neighbours with glued labels (`Previous articleUSA is …`), the
bar above the comments, comments. The words of the labels are those of wpDiscuz 7.6 and of the theme Newspaper, in
English.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from sitegen.parse.comment_format import RatingRecord

_BAR = re.compile(r"(?=\S)(?:Notify of)?\s*(?:Inline Feedbacks?)?\s*(?P<all>View all comments)?", re.IGNORECASE)
_ABOVE_BAR = re.compile(r"subscribe|login|be the first to comment!?|please login to comment", re.IGNORECASE)
"""What stands between the foot and the bar, for readers to click on."""
_BOTH = re.compile(r"(Previous article.*?)(Next article.*)")
_PREVIOUS = re.compile(r"Previous article:?(.*)")
_NEXT = re.compile(r"Next article:?(.*)")
_RATING = re.compile(r"(?P<value>\d{1,3}(?:[.,]\d+)?)\s+(?P<count>\d+)\s+votes?\b\s*(?P<label>.*)", re.IGNORECASE)
_AVERAGE = re.compile(r"\d{1,3}(?:[.,]\d{1,9})?")
_RATING_STARTS = re.compile(r"\d{1,3}(?:[.,]\d+)?(?:\s|$)")
_DECLARED = re.compile(r"(\d[\d.,]*) Comments?", re.IGNORECASE)
_CREDIT = re.compile(r"(?:.*\S\s*/\s*\S.*|(?:Source|Via|Copyright|©).*\S)[\s,]+(?:19|20)\d\d\.?", re.IGNORECASE)
_SHARE = re.compile(
    r"(?:share|share this|facebook|twitter|x|whatsapp|telegram|linkedin|pinterest|reddit|e-?mail|print|tumblr|viber"
    r"|copy (?:url|link)|like this)[:.]?",
    re.IGNORECASE,
)
_FARTHEST = 15
"""How many lines with words may stand between a label of the foot and the bar above the comments."""
_LONGEST_CREDIT = 160


@dataclass(slots=True, kw_only=True)
class TextParts:
    """What the lines of a page are. Line numbers count from 1."""

    body: list[str] = field(default_factory=list)
    """Lines of the article."""
    source: str | None = None
    """The credit below it."""
    rating: RatingRecord | None = None
    """The rating; None without votes."""
    previous: str | None = None
    """Title of the article before it."""
    next: str | None = None
    """Title of the article behind it."""
    declared: int | None = None
    """How many comments the page says that it has."""
    first_comment: int
    """Line on which comments may begin; behind the last line where there is no place for them."""
    ignored: list[int] = field(default_factory=list)
    """Lines between the parts that are none of them."""


def split_parts(lines: list[str], title: str | None, is_time: Callable[[str], bool]) -> TextParts:
    """Return the parts of a page. A first line that is the `title` is no part of the body."""
    bar, first = _find_bar(lines, is_time)
    foot = _Foot(lines, bar)
    start = 1 if title and lines and " ".join(lines[0].split()) == " ".join(title.split()) else 0
    if first is None:
        first = _find_time(lines, foot.start, is_time) if foot.start < bar else len(lines)
        bar = min(bar, first)
    parts = TextParts(
        rating=foot.rating,
        previous=foot.previous,
        next=foot.next,
        first_comment=first + 1,
        ignored=[number + 1 for number in range(foot.start, bar) if lines[number] and number not in foot.used],
    )
    for line in lines[foot.start : first]:
        declared = _DECLARED.fullmatch(line)
        if declared:
            parts.declared = int(re.sub(r"\D", "", declared[1]))
    parts.body = lines[start : foot.start]
    _take_credit(parts)
    return parts


def _find_bar(lines: list[str], is_time: Callable[[str], bool]) -> tuple[int, int | None]:
    """Return the line on which the bar above the comments begins, and the first one behind it; None without a bar."""
    begin = last = None
    for number, line in enumerate(lines):
        match = _BAR.fullmatch(line) if line else None
        if match:
            begin = number if begin is None else begin
            last = number
            if match["all"]:
                break
        elif begin is not None and is_time(line):
            break
    return (len(lines), None) if begin is None or last is None else (begin, last + 1)


def _find_time(lines: list[str], start: int, is_time: Callable[[str], bool]) -> int:
    """Return the line on which the first comment begins, with the name above its time."""
    for number in range(start, len(lines)):
        if is_time(lines[number]):
            names = [above for above in range(number - 1, max(start, number - 4), -1) if lines[above]]
            is_doubled = len(names) > 1 and lines[names[0]] == lines[names[1]]
            return names[1] if is_doubled else number
    return len(lines)


class _Foot:
    """What stands between the body and the bar: rating and neighbours."""

    def __init__(self, lines: list[str], bar: int) -> None:
        self.rating: RatingRecord | None = None
        self.previous: str | None = None
        self.next: str | None = None
        self.used: set[int] = set()
        self.start = bar
        words = 0
        for number in range(bar - 1, -1, -1):
            if not lines[number]:
                continue
            self._read(lines, number, bar)
            words += 1
            if words > _FARTHEST:
                break
        if self.used:
            self.start = min(self.used)

    def _read(self, lines: list[str], number: int, bar: int) -> None:
        if self.next is None and (match := _NEXT.fullmatch(lines[number])):
            self.next = self._take_title(match[1], lines, number, bar)
        elif self.previous is None and (match := _PREVIOUS.fullmatch(lines[number])):
            self.previous = self._take_title(match[1], lines, number, bar)
        elif _DECLARED.fullmatch(lines[number]) or _ABOVE_BAR.fullmatch(lines[number]):
            self.used.add(number)
        elif self.rating is None and _RATING_STARTS.match(lines[number]):
            self._take_rating(lines, number, bar)

    def _take_title(self, glued: str, lines: list[str], number: int, bar: int) -> str | None:
        self.used.add(number)
        if glued.strip():
            return glued.strip()
        below = next((line for line in range(number + 1, bar) if lines[line]), None)
        if below is None or below in self.used:
            return None
        self.used.add(below)
        return lines[below]

    def _take_rating(self, lines: list[str], number: int, bar: int) -> None:
        """Read a rating that stands on one line or, a word or two on each, on up to four."""
        taken: list[int] = []
        for below in range(number, min(bar, number + 8)):
            if lines[below]:
                taken.append(below)
                match = _RATING.fullmatch(" ".join(lines[line] for line in taken))
                if match and (match["label"] or len(taken) == 4):
                    break
            if len(taken) == 4:
                break
        match = _RATING.fullmatch(" ".join(lines[line] for line in taken))
        if match is None or self.used.intersection(taken):
            return
        self.used.update(taken)
        self.rating = make_rating(match["value"], match["count"], match["label"])


def make_rating(value: str, count: str, label: str) -> RatingRecord | None:
    """Return what wpDiscuz prints as value, number of votes and label; None without votes."""
    number = int(re.sub(r"\D", "", count)[:9] or 0)
    average = float(value.replace(",", ".")) if _AVERAGE.fullmatch(value) else 0.0
    if not number or not 1 <= average <= 5:
        return None
    return RatingRecord(key="post", label=label.strip() or None, value=average, count=number, best=5, worst=1)


def split_glued(lines: list[str]) -> list[str]:
    """Return `lines` with neighbours that stand on one line on two."""
    found: list[str] = []
    for line in lines:
        match = _BOTH.fullmatch(line)
        found += match.groups() if match else (line,)
    return found


def _take_credit(parts: TextParts) -> None:
    """Move the credit from the end of the body to its own place; words of a share bar behind it go."""
    body = parts.body
    while body and (not body[-1] or _SHARE.fullmatch(body[-1])):
        body.pop()
    if body and is_credit(body[-1]):
        parts.source = body.pop()


def is_credit(line: str) -> bool:
    """Tell whether a last line names the original publisher: `RT.com / ABC Flash Point News 2023.`."""
    return len(line) <= _LONGEST_CREDIT and bool(_CREDIT.fullmatch(line))
