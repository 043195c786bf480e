"""Refuses Markdown that python-Markdown would take forever over, before it begins.

python-Markdown looks for the end of many constructs from each of their beginnings, which is quadratic where ends are
missing, and recurses where constructs nest. Every check estimates in one pass how many steps a kind of markup takes;
the limits lie near a second of work and some hundred times above what real articles need. They were found by experiment
with python-Markdown 3.11; `tests/parse/test_markdown_guard.py` has the inputs.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from sitegen.errors import ContentError, Problem, Span, error
from sitegen.parse.code_regions import blank_fences

DEEPEST = 100
"""How many levels lists and quotations may nest."""
_TAG_EFFORT = 30_000
"""What it costs to compile the pattern of a tag's end, in characters."""
_SMALL = 400
"""Below so many characters nothing takes long, however it is written."""

_PARAGRAPH = r"\n[ \t]*\n|\n[ \t]*(?:[-*+]|\d+\.)[ \t]"
_BRACKET = re.compile(rf"\\[^\n]|\]\(|[\[\]()\"']|{_PARAGRAPH}")
_QUOTES = frozenset("\"'")
_ANGLE = re.compile(r"<[a-zA-Z/!?]|>")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]*+>")
_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_BREAKING_LINE = re.compile(r"^(?:#|[=-]+[ ]*$|[ ]{0,3}(?:[-*_][ ]*){3,}$|:[ ]|\[[^\]\n]*\]:[ ]*$)", re.MULTILINE)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_NESTED_LINE = re.compile(
    rf"[ \t]*+(?:(?:>|[-*+][ \t]|\d+\.[ \t]|:[ \t])[ \t]*+){{{DEEPEST + 1},}}(?P<rest>.*)$"
    rf"|(?=(?:[ ]{{4}}|\t){{{DEEPEST}}})[ \t]*+(?:[-*+]|\d+\.)[ \t]"
)
_MARKED_LINE = re.compile(rf"\n[ \t>*+:\d.-]{{{DEEPEST + 1}}}")
"""What every line that nests too deeply begins with."""
_WIDE = 300
"""From so many spaces in a row on they take time."""
_FOOTNOTE = re.compile(r"\[\^([^\[\]\n]*)\](:?)")
_GAP = re.compile(rf"[ \t]{{{_WIDE},}}+")
_HIGHLIGHTED_FENCE = re.compile(r"^(?:```|~~~).*?hl_lines=", re.MULTILINE)
_ABBREVIATION = re.compile(r"^[ ]{0,3}\*\[", re.MULTILINE)
_MARKDOWN_IN_HTML = re.compile(r"\smarkdown\b")

Estimate = tuple[int, int]
"""Steps, and the offset of what takes most of them."""


def guard_source(source: str) -> None:
    """Raise ContentError where `source` would take too long or nest too deeply; its lines are counted from 1."""
    if len(source) < _SMALL:
        return
    text = blank_fences(source)
    problems = [problem for check in _CHECKS if (problem := check(text))]
    if _is_indented(source, _WIDE) and (problem := _check_gaps(source)):
        problems.insert(0, problem)
    if problems:
        raise ContentError(problems)


def guard_nesting(source: str) -> None:
    """Raise ContentError where lists or quotations of `source` nest too deeply; its lines are counted from 1."""
    if problem := _check_nesting(blank_fences(source)):
        raise ContentError((problem,))


def _check_nesting(text: str) -> Problem | None:
    if not _MARKED_LINE.search("\n" + text):
        return None
    start = 0
    for line in text.split("\n"):
        match = _NESTED_LINE.match(line) if len(line) > DEEPEST else None
        if match and (match["rest"] is None or match["rest"].strip()):
            hint = f"nest lists and quotations at most {DEEPEST} levels deep"
            return _complain(text, start, "is nested too deeply to be read", hint)
        start += len(line) + 1
    return None


def _limit(
    marks: tuple[str, ...], weight: int, estimate: Callable[[str], Estimate], steps: int, what: str, hint: str
) -> Callable[[str], Problem | None]:
    """Return a check that complains about `what` where there are more than `steps`.

    An estimate is at most `weight` times the number of `marks` times the length of the text, which is looked at first.
    No two of the `marks` stand in one place, so that there are never more of them than characters.
    """

    def check(text: str) -> Problem | None:
        effort = len(text) * weight
        if effort * len(text) <= steps:
            return None
        # Whether there is a character is found out in a tenth of the time that looking for several takes.
        if effort * sum(text.count(mark) for mark in marks if mark[0] in text and mark[-1] in text) <= steps:
            return None
        estimated, offset = estimate(text)
        if estimated <= steps:
            return None
        return _complain(text, offset, f"would take too long to read: too many {what}", hint)

    return check


def _complain(text: str, offset: int, message: str, hint: str) -> Problem:
    span = Span(line=text.count("\n", 0, offset) + 1, column=offset - text.rfind("\n", 0, offset))
    return error("markdown", message, span=span, hint=hint)


def _estimate_brackets(text: str) -> Estimate:
    """Return the way from each `[` and `](` to its end, or to the end of its paragraph."""
    total, worst, place = 0, 0, 0
    paragraph = _Brackets()
    for match in _BRACKET.finditer(text + "\n\n"):
        if match[0][0] == "\n":
            cost = paragraph.cost + sum(match.start() - start for start in paragraph.open_ends())
            if cost > worst:
                worst, place = cost, min(paragraph.open_ends(), default=match.start())
            total += cost
            paragraph = _Brackets()
        elif match[0][-1] in _QUOTES:
            paragraph.last_quote = match.end() - 1
        elif match[0][0] != "\\":
            paragraph.add(text, match[0], match.start())
    return total, place


class _Brackets:
    """The brackets of a paragraph that wait for their ends."""

    def __init__(self) -> None:
        self.cost = 0
        self.last_quote = -1
        self._squares: list[int] = []
        self._rounds: list[tuple[int, bool]] = []
        self._misquoted: list[int] = []

    def add(self, text: str, mark: str, at: int) -> None:
        """Add the bracket `mark` at offset `at` of `text`."""
        if mark in {"]", "]("} and self._squares:
            self.cost += at - self._squares.pop()
        if mark == "[":
            self._squares.append(at)
        elif mark in {"(", "]("}:
            self._rounds.append((at, mark == "]("))
        elif mark == ")" and self._rounds:
            start, is_target = self._rounds.pop()
            if is_target:
                self.cost += at - start
                if self.last_quote > start and _ends_in_word(text, self.last_quote, at):
                    self._misquoted.append(start)

    def open_ends(self) -> list[int]:
        """Return the offsets of those whose end is looked for up to the end of the paragraph."""
        return [*self._squares, *self._misquoted, *(start for start, is_target in self._rounds if is_target)]


def _ends_in_word(text: str, quote: int, end: int) -> bool:
    """Whether what stands before `end` is no quote and no space: a title is then looked for behind `end`."""
    last = end - 1
    while last > quote and text[last] == " ":
        last -= 1
    return last > quote and not text[last].isspace()


def _estimate_angles(text: str) -> Estimate:
    """Return the way from each `<` that may begin a tag to the next `>`; declarations weigh more."""
    total, worst, place = 0, 0, 0
    weight, moment, first = 0, 0, 0
    for match in _ANGLE.finditer(text + ">"):
        at = match.start()
        if match[0] == ">":
            cost = weight * at - moment
            if cost > worst:
                worst, place = cost, first
            total += cost
            weight, moment = 0, 0
            continue
        first = first if weight else at
        own = 10 if match[0][1] in "!?" else 1
        weight += own
        moment += own * at
    return total, place


def _estimate_comments(text: str) -> Estimate:
    """Return comments times unclosed inline tags times the longest paragraph: each looks for each of those ends."""
    comments = text.count("<!--")
    if comments < 2:
        return 0, 0
    tags: Counter[str] = Counter()
    for match in _TAG.finditer(text):
        name = match[2].lower()
        tags[name] += 0 if name in _VOID else (-1 if match[1] else 1)
    unclosed = sum(count for count in tags.values() if count > 0)
    longest = max(len(paragraph) for paragraph in _BLANK_LINE.split(text))
    return comments * unclosed * (longest + _TAG_EFFORT), text.index("<!--")


def _estimate_lines(text: str) -> Estimate:
    """Return, for each paragraph, its length times its lines that begin a block of their own."""
    total, worst, place = 0, 0, 0
    for start, paragraph in _split_paragraphs(text):
        cost = len(paragraph) * sum(1 for _ in _BREAKING_LINE.finditer(paragraph))
        total += cost
        if cost > worst:
            worst, place = cost, start
    return total, place


def _estimate_footnotes(text: str) -> Estimate:
    """Return references times definitions, and references times others to the same note."""
    references: Counter[str] = Counter()
    definitions = 0
    last = 0
    for match in _FOOTNOTE.finditer(text):
        definitions += bool(match[2])
        references[match[1]] += 1  # also what looks like a definition: in the middle of a line it is none
        last = match.start()
    if not definitions:
        return 0, 0
    return 20 * sum(count * count for count in references.values()) + definitions * references.total(), last


def _estimate_abbreviations(text: str) -> Estimate:
    """Return definitions times the length of the text: each word is compared with all of them."""
    places = [match.start() for match in _ABBREVIATION.finditer(text)]
    return len(places) * len(text), places[0] if places else 0


def _estimate_rows(text: str) -> Estimate:
    """Return backticks times bars in lines that may be rows of a table, and braces times the length of a line."""
    total, worst, place, start = 0, 0, 0, 0
    for line in text.split("\n"):
        cost = line.count("`") * line.count("|") + line.count("{") * len(line) // 4
        total += cost
        if cost > worst:
            worst, place = cost, start
        start += len(line) + 1
    return total, place


def _estimate_markdown_in_html(text: str) -> Estimate:
    places = [match.start() for match in _MARKDOWN_IN_HTML.finditer(text)]
    return len(places) ** 2, places[0] if places else 0


def _estimate_fences(text: str) -> Estimate:
    """Return how many fences with `hl_lines` are not closed: each looks for a quote, and from each quote for an end."""
    places = [match.start() for match in _HIGHLIGHTED_FENCE.finditer(text)]
    return len(places), places[0] if places else 0


def _estimate_gaps(text: str) -> Estimate:
    """Return the squares of long runs of space: from each of them an end is looked for behind a fence or a heading."""
    total, worst, place = 0, 0, 0
    for match in _GAP.finditer(text):
        width = len(match[0]) + 3 * match[0].count("\t")
        total += width * width
        if width > worst:
            worst, place = width, match.start()
    return total, place


def _is_indented(text: str, width: int) -> bool:
    """Tell whether there may be a run of `width` spaces and tabs in `text`."""
    return "\t" in text or " " * width in text


def _split_paragraphs(text: str) -> Iterator[tuple[int, str]]:
    position = 0
    for match in _BLANK_LINE.finditer(text):
        yield position, text[position : match.start()]
        position = match.end()
    yield position, text[position:]


_check_gaps = _limit((" ", "\t"), 16, _estimate_gaps, 15_000_000, "spaces in a row", "delete them")
_CHECKS: tuple[Callable[[str], Problem | None], ...] = (
    _check_nesting,
    _limit(
        ("[", "]"),
        2,
        _estimate_brackets,
        4_000_000,
        "brackets that are not closed",
        "close them, or write `\\[` and `\\(`",
    ),
    _limit(
        ("<",),
        10,
        _estimate_angles,
        20_000_000,
        "tags that are not closed",
        "close them with `>`, or write `&lt;` for `<`",
    ),
    _limit(
        ("<!--",),
        1_000_000,
        _estimate_comments,
        1_500_000_000,
        "comments between tags that are not closed",
        "close the tags",
    ),
    _limit(
        ("#", "=", "-", "*", "_", ":", "]"),
        1,
        _estimate_lines,
        30_000_000,
        "headings, rules or definitions in one paragraph",
        "put blank lines between them",
    ),
    _limit(
        ("[^",),
        100,
        _estimate_footnotes,
        20_000_000,
        "footnotes",
        "split the article, or refer to a note less often",
    ),
    _limit(("*[",), 1, _estimate_abbreviations, 20_000_000, "abbreviations", "define fewer, or split the article"),
    _limit(
        ("`", "{"),
        1,
        _estimate_rows,
        25_000_000,
        "bars, backticks or braces in one line",
        "put them into a code block",
    ),
    _limit(
        ("hl_lines=",), 1, _estimate_fences, 10, "code blocks that are not closed", "close them with the same fence"
    ),
    _limit(
        ("markdown",), 1, _estimate_markdown_in_html, 20_000_000, 'elements with `markdown="1"`', "split the article"
    ),
)
