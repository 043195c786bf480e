"""How commands speak: results on stdout, everything else on stderr."""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Self

import click

from sitegen.errors import ContentError, MachineError, Problem, Severity, UsageError, format_problem
from sitegen.storage.lines import LineReader

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

EXIT_CONTENT = 1
EXIT_USAGE = 2
EXIT_FINDINGS = 3
EXIT_MACHINE = 4
EXIT_INTERRUPTED = 130
EXIT_CLOSED_PIPE = 141
EXIT_TERMINATED = 143

_LONG_WORK = 200


class TerminatedError(BaseException):
    """SIGTERM arrived. Not an Exception, so that nothing on the way takes it for a failure that it can handle."""


class Console:
    """What a command prints."""

    def __init__(self, verbosity: int) -> None:
        """Print errors only at -1, results and warnings at 0, and every single warning at 1."""
        self.verbosity = verbosity

    def say(self, text: str) -> None:
        """Print a line for people, unless `-q` was given."""
        if self.verbosity >= 0:
            click.echo(text, err=True)

    def say_withheld(self, withheld: Mapping[str, int]) -> None:
        """Print how many comments are not published, and why."""
        if withheld:
            reasons = ", ".join(f"{number} {reason}" for reason, number in sorted(withheld.items()))
            self.say(f"Not published: {reasons}.")

    def show_problems(self, problems: Iterable[Problem], root: Path) -> None:
        """Print problems with their lines; with `-q` errors alone."""
        read_line = LineReader(root)
        for problem in problems:
            if problem.severity is Severity.ERROR or self.verbosity >= 0:
                text = format_problem(problem, read_line)
                head, _, rest = text.partition("\n")
                colour = "red" if problem.severity is Severity.ERROR else "yellow"
                click.echo(click.style(head, fg=colour, bold=True) + (f"\n{rest}" if rest else ""), err=True)

    def show_failure(self, failure: UsageError | MachineError) -> None:
        """Print what stands in the way, in one line, and the way out below it."""
        click.echo(click.style(f"error: {failure}", fg="red", bold=True), err=True)
        if failure.hint:
            click.echo(f"  hint: {failure.hint}", err=True)


def count(number: int, noun: str) -> str:
    """Return a number with its noun: `1 page`, `2 pages`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def print_json(value: object) -> None:
    """Print `value` as one JSON object on stdout, in UTF-8 whatever names of files are made of."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    click.echo(text if _is_encodable(text) else json.dumps(value, indent=2))


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def problem_record(problem: Problem) -> Mapping[str, object]:
    """Return a problem as `--json` shows it."""
    return {
        "severity": str(problem.severity),
        "code": problem.code,
        "file": problem.file,
        "line": problem.span.line if problem.span else None,
        "column": problem.span.column if problem.span else None,
        "message": problem.message,
        "hint": problem.hint,
    }


def notes_record(warnings: Iterable[Problem], problems: Iterable[Problem]) -> Mapping[str, object]:
    """Return what somebody should look at after a run, as `--json` shows it."""
    return {"warnings": list(map(problem_record, warnings)), "problems": list(map(problem_record, problems))}


def refusal_record(failure: ContentError) -> Mapping[str, object]:
    """Return what `--json` says of a run that did nothing: why."""
    return notes_record((), failure.problems)


class TerminalProgress:
    """A bar on stderr for long work on a terminal; nothing elsewhere."""

    def __init__(self, verbosity: int) -> None:
        """Show nothing with `-q`."""
        self._wanted = verbosity >= 0 and sys.stderr.isatty()
        self._bar: RichProgress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        """Begin to show."""
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away, however the work ended: a bar that stays hides the cursor."""
        self.finish()

    def start(self, stage: str, total: int) -> None:
        """Begin a stage; short ones are not worth a bar."""
        if not self._wanted or total < _LONG_WORK:
            return
        from rich.console import Console as RichConsole  # noqa: PLC0415 -- costs 50 ms, and most builds need no bar
        from rich.progress import Progress  # noqa: PLC0415

        # No refresh thread: worker processes are forked while the bar stands.
        self._bar = Progress(console=RichConsole(stderr=True), auto_refresh=False, transient=True)
        self._task = self._bar.add_task(stage, total=total)
        self._bar.start()

    def advance(self, steps: int) -> None:
        """Move the bar."""
        if self._bar and self._task is not None:
            self._bar.advance(self._task, steps)
            self._bar.refresh()

    def finish(self) -> None:
        """Take the bar away."""
        if self._bar:
            self._bar.stop()
            self._bar = None


def exit_code_of(failure: BaseException) -> int:
    """Return the exit code that stands for `failure`."""
    if isinstance(failure, ContentError):
        return EXIT_CONTENT
    return EXIT_USAGE if isinstance(failure, UsageError) else EXIT_MACHINE
