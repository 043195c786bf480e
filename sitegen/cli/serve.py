"""`sitegen serve`."""

import threading
from typing import TYPE_CHECKING

import click

from sitegen.app.report import summarise
from sitegen.cli.console import Console, TerminalProgress, count
from sitegen.cli.context import Call
from sitegen.errors import MachineError, Problem, UsageError

if TYPE_CHECKING:
    from sitegen.app.serve import Outcome

_PORTS = range(8000, 8020)


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    help="Listen on port N; 0 takes any that is free.  [default: 8000, or the next that is free]",
)
@click.option("--open", "in_browser", envvar="SITEGEN_SERVE_OPEN", is_flag=True, help="Open the preview in a browser.")
@click.pass_obj
def serve(call: Call, *, port: int | None, in_browser: bool) -> None:
    """Show the site in a browser while you write: drafts and mistakes too.

    Builds into a folder of its own, so that output/ stays as it is, and again after every change. Ctrl-C ends it.
    """
    # No other command needs a server or a watcher.
    from sitegen.app.serve import ServeRequest, serve_site  # noqa: PLC0415

    request = ServeRequest(folder=call.folder, config=call.config, ports=_PORTS if port is None else (port,))
    terminal = _Terminal(call.console, in_browser=in_browser)
    with TerminalProgress(call.console.verbosity) as progress:
        serve_site(request, terminal, progress)


class _Terminal:
    """Says in one line what was built, and shows problems when they change."""

    def __init__(self, console: Console, *, in_browser: bool) -> None:
        self._console = console
        self._in_browser = in_browser
        self._problems: tuple[Problem, ...] = ()
        self._failure = ""

    def open(self, url: str) -> None:
        click.echo(f"Serving at {url}")
        self.say("Edit and save: the pages reload by themselves. Ctrl-C ends it.")
        if self._in_browser:
            # A browser on the terminal takes as long as its reader.
            threading.Thread(target=self._open_browser, args=(url,), daemon=True).start()

    def show(self, outcome: "Outcome") -> None:
        if self._show_failure(outcome.failure):
            return
        report = outcome.report
        is_news, was_wrong = report.problems != self._problems, bool(self._problems)
        self._problems = report.problems
        if is_news:
            shown = report.problems if self._console.verbosity > 0 else summarise(report.problems)
            self._console.show_problems(shown, outcome.root)
        if report.written or report.removed or is_news:
            self.say(_describe(outcome, was_wrong=was_wrong))

    def say(self, text: str) -> None:
        self._console.say(text)

    def _show_failure(self, failure: MachineError | UsageError | None) -> bool:
        """Show what stands in the way, once; return whether something does."""
        text = str(failure) if failure else ""
        if failure and text != self._failure:
            self._console.show_failure(failure)
        self._failure = text
        return failure is not None

    def _open_browser(self, url: str) -> None:
        import webbrowser  # noqa: PLC0415 -- only for `--open`

        if not webbrowser.open(url):
            self.say(f"No browser could be started: open {url} yourself.")


def _describe(outcome: "Outcome", *, was_wrong: bool) -> str:
    """Return one line: what changed, what was written, how long it took, and what is wrong."""
    report = outcome.report
    if not report.published:
        return f"{_reason(outcome.changed)}: nothing could be built, {count(report.errors, 'error')}"
    parts = [f"{count(report.written, 'file')} written"]
    if report.removed:
        parts.append(f"{report.removed} removed")
    line = f"{_reason(outcome.changed)}: {', '.join(parts)} in {report.seconds:.2f} s"
    if report.errors:
        return f"{line}; {count(report.errors, 'error')}"
    return f"{line}; nothing is wrong any more" if was_wrong and not report.problems else line


def _reason(changed: tuple[str, ...]) -> str:
    if not changed:
        return "preview"
    return f"{changed[0]} changed" if len(changed) == 1 else f"{len(changed)} files changed"
