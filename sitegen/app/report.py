"""What a build did, and its problems in a number that people can read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sitegen.errors import PAGE_NAMED, Problem, Severity, place_of
from sitegen.model.values import replace

_ALIKE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """The result of a build."""

    published: bool
    """Whether the output now holds what was built."""
    articles: int
    """Articles in the output."""
    pages: int
    """Pages proper in the output."""
    drafts: int
    """Documents that are drafts."""
    scheduled: int
    """Documents that wait for their date."""
    expired: int
    """Documents whose time is over."""
    comments: int
    """Comments that can be read in the output."""
    rendered: int
    """Files that were rendered anew."""
    written: int
    """Files that were written, copies included."""
    unchanged: int
    """Files that stand as they were."""
    removed: int
    """Files that were deleted because nothing stands for them any more."""
    next_change: datetime | None
    """When the output must next be built; None if nothing is waiting."""
    seconds: float
    """How long it took."""
    problems: tuple[Problem, ...]
    """Everything that was found."""
    kept: tuple[str, ...] = ()
    """Files with errors whose last good version stands."""
    left_out: tuple[str, ...] = ()
    """Files with errors that had no good version to keep."""
    strays: tuple[str, ...] = ()
    """Files in the output that sitegen may have written but no longer knows: never deleted."""

    @classmethod
    def refusal(cls, problems: Sequence[Problem]) -> "BuildReport":
        """Return the report of a build that could not even begin."""
        return cls(
            published=False,
            articles=0,
            pages=0,
            drafts=0,
            scheduled=0,
            expired=0,
            comments=0,
            rendered=0,
            written=0,
            unchanged=0,
            removed=0,
            next_change=None,
            seconds=0.0,
            problems=sort_problems(problems),
        )

    @property
    def errors(self) -> int:
        """How many errors there are."""
        return count_errors(self.problems)


def count_errors(problems: Iterable[Problem]) -> int:
    """Return how many of `problems` are errors."""
    return sum(problem.severity is Severity.ERROR for problem in problems)


def make_strict(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return `problems` with every warning as an error."""
    return tuple(replace(problem, severity=Severity.ERROR) for problem in problems)


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return `problems` without repetition, by file and place, those without a file first."""

    def place(problem: Problem) -> tuple[str, int, int, str]:
        return problem.file or "", *place_of(problem), problem.message

    return tuple(sorted(dict.fromkeys(problems), key=place))


def summarise(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return `problems` with those that are alike told as one, at the place of the first.

    Warnings are alike if code and message are equal up to a colon, since what follows it is the single case; more than
    three of them are told as one, and of template tags and images any two. Errors are alike only where one line of a
    template fails on several pages, and where more than ten addresses are lost in one way.
    """
    groups: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        groups.setdefault(_kind(problem), []).append(problem)
    told: list[Problem] = []
    for problem in problems:
        group = groups[_kind(problem)]
        if len(group) <= _most_told(problem):
            told.append(problem)
        elif problem is group[0]:
            told.append(_tell_as_one(group))
    return tuple(told)


def _kind(problem: Problem) -> tuple[object, ...]:
    if problem.severity is Severity.WARNING or problem.code == _ADDRESSES:
        return problem.severity, problem.code, problem.message.split(": ", 1)[0]
    if problem.code == "template":
        return problem.severity, problem.file, problem.span, problem.message.split(PAGE_NAMED, 1)[0]
    return (problem,)


def _most_told(problem: Problem) -> int:
    """Return how many problems of the kind of `problem` are told one by one."""
    if problem.code == _ADDRESSES:
        return _MANY_ADDRESSES
    if problem.severity is Severity.ERROR:
        return 1
    return 1 if problem.code in _SUMMED else _ALIKE


_ADDRESSES = "permalink"
_MANY_ADDRESSES = 10
_SUMMED = frozenset({"template-tag", "image"})


def _tell_as_one(group: Sequence[Problem]) -> Problem:
    first = group[0]
    if first.severity is Severity.ERROR and first.code != _ADDRESSES:
        more = len(group) - 1
        return replace(first, message=f"{first.message} and {more} more page{'s' if more > 1 else ''}")
    files = len({problem.file for problem in group})
    places = f"{len(group)} times in {files} files" if files > 1 else f"{len(group)} times"
    return replace(first, message=f"{first.message} (and alike: {places})")
