"""`sitegen`: the commands together, and how they end."""

import atexit
import gc
import io
import os
import signal
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

from sitegen import __version__
from sitegen.cli.commands import COMPLETE, LazyCommands
from sitegen.cli.console import (
    EXIT_CLOSED_PIPE,
    EXIT_INTERRUPTED,
    EXIT_MACHINE,
    EXIT_TERMINATED,
    Console,
    TerminatedError,
    exit_code_of,
)
from sitegen.cli.context import Call
from sitegen.errors import ContentError, MachineError, SitegenError, UsageError


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="sitegen")
@click.option(
    "-C",
    "--directory",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Work as if started in this folder.",
)
@click.option(
    "--config",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The configuration, instead of sitegen.toml; its folder is the site.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option("-v", "--verbose", is_flag=True, help="Print every single warning.")
@click.pass_context
def cli(context: click.Context, directory: Path, config: Path | None, *, quiet: bool, verbose: bool) -> None:
    """Turn a folder of Markdown news articles into a complete static news site."""
    if quiet and verbose:
        raise click.UsageError("-q and -v contradict each other.", context)
    if os.environ.get("NO_COLOR"):  # https://no-color.org
        context.color = False
    context.obj = Call(folder=directory, config=config, console=Console(-1 if quiet else int(verbose)))


def main() -> NoReturn:
    """Run the command line and exit with the code that fits."""
    _insist_on_utf8()
    # Loading code and what is remembered leaves no garbage, and to look for it again and again takes long.
    gc.set_threshold(_MANY)
    signal.signal(signal.SIGTERM, _terminate)
    sys.unraisablehook = _send_again
    _leave(run(sys.argv[1:]))


_MANY = 200_000
"""After how many new values the youngest are looked through for garbage; the files of a large site are as many."""


def _leave(code: int) -> NoReturn:
    """End the process with the exit code `code`, without taking apart what it holds: of a large site, that takes long.

    What libraries have to do in the end is done, and other threads, which may be at work, are waited for.
    """
    if threading.active_count() > 1:
        sys.exit(code)
    atexit._run_exitfuncs()  # noqa: SLF001 -- as the interpreter would
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def _insist_on_utf8() -> None:
    """Start again in Python's UTF-8 mode where the locale has another encoding: names of files are UTF-8 everywhere."""
    if sys.getfilesystemencoding() != "utf-8":
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 -- itself


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code; whatever stands in the way is told on stderr."""
    instruction = os.environ.get(COMPLETE)
    if instruction:
        from click.shell_completion import shell_complete  # noqa: PLC0415 -- only for a shell that asks

        return shell_complete(cli, {}, "sitegen", COMPLETE, instruction)
    try:
        with cli.make_context("sitegen", list(arguments), auto_envvar_prefix="SITEGEN") as context:
            code = _invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as failure:
        failure.show()
        return failure.exit_code
    except (KeyboardInterrupt, click.exceptions.Abort):
        _silence_stdout()
        return EXIT_INTERRUPTED
    except TerminatedError:
        _silence_stdout()
        return EXIT_TERMINATED
    except BrokenPipeError:
        _silence_stdout()
        return EXIT_CLOSED_PIPE
    except OSError as failure:
        named = f"{failure.filename}: " if failure.filename else ""
        Console(0).show_failure(MachineError(f"{named}{(failure.strerror or str(failure)).lower()}"))
        _silence_stdout()
        return EXIT_MACHINE
    return code


def _invoke(context: click.Context) -> int:
    """Run the command that `context` names, and explain what it raises."""
    try:
        return int(cli.invoke(context) or 0)
    except ContentError as failure:
        call: Call = context.obj
        call.console.show_problems(failure.problems, _find_root(call))
        return exit_code_of(failure)
    except (UsageError, MachineError) as failure:
        context.obj.console.show_failure(failure)
        return exit_code_of(failure)


def _find_root(call: Call) -> Path:
    """Return the folder that the paths of problems start from."""
    try:
        return call.root()
    except SitegenError:
        return call.folder


def _silence_stdout() -> None:
    """Send what is still to be flushed nowhere, so that the interpreter neither waits nor complains at its end."""
    with suppress(io.UnsupportedOperation), open(os.devnull, "wb") as nowhere:  # noqa: PTH123 -- for its descriptor
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def _terminate(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise TerminatedError


_SIGNALS: Mapping[type[BaseException], signal.Signals] = {
    KeyboardInterrupt: signal.SIGINT,
    TerminatedError: signal.SIGTERM,
}
_SOON = 0.01
"""Seconds until a signal that was lost is sent again: what lost it has ended by then, mostly."""


def _send_again(lost: "sys.UnraisableHookArgs") -> None:
    """Send a signal again that came where Python can raise nothing, as in a finaliser: it would be told and forgotten.

    By a thread, since this is no place where it can be raised either, and to the process, so that waiting ends.
    """
    number = _SIGNALS.get(lost.exc_type)
    if number is None:
        sys.__unraisablehook__(lost)
        return
    timer = threading.Timer(_SOON, os.kill, (os.getpid(), number))
    timer.daemon = True
    timer.start()
