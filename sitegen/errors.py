"""Problems found in somebody's files, and how they are shown.

A `Problem` is a value: the layers below the command line return or raise problems and never print. `ContentError`
carries them through code that cannot go on without a result.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import category, east_asian_width

PAGE_NAMED = ", while rendering "
"""What stands in a message between what went wrong in a template and the page on which it did."""


class Severity(StrEnum):
    """How much a problem matters to a build."""

    ERROR = "error"
    """The file cannot be published as it is; nothing is published, or this file's last good version is kept."""
    WARNING = "warning"
    """The site is sound, but somebody should look; `--strict` makes it an error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A place inside a text file."""

    line: int
    """Line number, from 1."""
    column: int = 1
    """Column in characters, from 1."""
    length: int = 1
    """How many characters the caret underlines; never beyond the end of the line when shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong in one place."""

    severity: Severity
    code: str
    """A stable short name to search for: the front matter field (`rating`) or a topic (`yaml`, `link`, `template`)."""
    message: str
    """What is wrong, in one line, without the place."""
    file: str | None = None
    """POSIX path relative to the site's root, or None where no file is to blame."""
    span: Span | None = None
    """The place inside `file`; None where the whole file is meant."""
    hint: str | None = None
    """The way out, in one line: what to write instead."""
    private: bool = False
    """Whether its line holds what belongs in no terminal and no log, such as an e-mail address: it is not shown."""


class SitegenError(Exception):
    """Anything sitegen tells its user in words instead of a traceback."""


class ContentError(SitegenError):
    """Content, configuration or theme cannot be used as they are. Exit code 1."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Carry `problems`, at least one."""
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = tuple(problems)

    def __reduce__(self) -> tuple[type["ContentError"], tuple[tuple[Problem, ...]]]:
        """Let it be pickled: it may come from another process."""
        return ContentError, (self.problems,)


class UsageError(SitegenError):
    """The command was called in a way that cannot work. Exit code 2."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        """Say what is wrong in `message` and what to call instead in `hint`."""
        super().__init__(message)
        self.hint = hint


class MachineError(SitegenError):
    """Disk, permission or a lock held by somebody else stands in the way. Exit code 4."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        """Name path and cause in `message`, the remedy in `hint`."""
        super().__init__(message)
        self.hint = hint


def error(
    code: str, message: str, file: str | None = None, span: Span | None = None, hint: str | None = None
) -> Problem:
    """Return an error; see `Problem` for the parts."""
    return Problem(severity=Severity.ERROR, code=code, message=message, file=file, span=span, hint=hint)


def warning(
    code: str, message: str, file: str | None = None, span: Span | None = None, hint: str | None = None
) -> Problem:
    """Return a warning; see `Problem` for the parts."""
    return Problem(severity=Severity.WARNING, code=code, message=message, file=file, span=span, hint=hint)


def place_of(problem: Problem) -> tuple[int, int]:
    """Return line and column, by which problems of a file are put in order; what has no place comes first."""
    return (problem.span.line, problem.span.column) if problem.span else (0, 0)


def format_problem(problem: Problem, read_line: Callable[[str, int], str | None]) -> str:
    """Return the problem as shown to people: `file:line:column: error[code]: message`, the line, a caret, a hint.

    `read_line(file, line)` gives the text of a line without its line end, or None where it cannot be had. What could
    move the cursor or turn text around is replaced, wherever it comes from.
    """
    place = problem.file or ""
    if problem.file and problem.span:
        place = f"{problem.file}:{problem.span.line}:{problem.span.column}"
    head = f"{problem.severity}[{problem.code}]: {problem.message}"
    shown = [_neutralise(f"{place}: {head}" if place else head)]
    if problem.file and problem.span and not problem.private:
        text = read_line(problem.file, problem.span.line)
        if text is not None:
            shown += _excerpt(text, problem.span)
    if problem.hint:
        shown.append(_neutralise(f"  hint: {problem.hint}"))
    return "\n".join(shown)


_WIDEST = 160
_STAND_INS = {"Zs": " ", "Zl": " ", "Zp": " "}


def _excerpt(text: str, span: Span) -> list[str]:
    """Return the line and the caret line below it; a long line is cut to a window around the caret."""
    column = min(max(span.column - 1, 0), len(text))
    before = max(0, min(column - _WIDEST // 2, len(text) - _WIDEST))
    window = _neutralise(text[before : before + _WIDEST])
    if before:
        window = "…" + window[1:]
    if before + _WIDEST < len(text):
        window = window[:-1] + "…"
    caret_at = column - before
    marked = window[caret_at : caret_at + max(1, span.length)]
    margin = f"  {span.line} | "
    carets = "^" * max(1, _measure(marked))
    return [f"{margin}{window}", " " * (len(margin) + _measure(window[:caret_at])) + carets]


def _neutralise(text: str) -> str:
    """Return `text` with a blank for every kind of space, and a mark for what a terminal might obey."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else _STAND_INS.get(category(character), "\N{REPLACEMENT CHARACTER}")
        for character in text.replace("\t", " ")
    )


def _measure(text: str) -> int:
    """Return how many columns of a terminal `text` takes."""
    if text.isascii():
        return len(text)
    return sum(
        2 if east_asian_width(character) in "WF" else 0 if category(character) in {"Mn", "Me"} else 1
        for character in text
    )
