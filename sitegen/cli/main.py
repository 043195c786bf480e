"""`sitegen`: the commands together, and how they end."""

import signal
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

from sitegen import __version__
from sitegen.cli.build import build
from sitegen.cli.clean import clean
from sitegen.cli.completion import completion
from sitegen.cli.console import EXIT_INTERRUPTED, EXIT_TERMINATED, Console, exit_code_of
from sitegen.cli.context import Call
from sitegen.cli.init import init
from sitegen.cli.listing import list_contents
from sitegen.cli.mv import mv
from sitegen.cli.new import new
from sitegen.cli.schema import schema
from sitegen.errors import ContentError, MachineError, SitegenError, UsageError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="sitegen")
@click.option(
    "-C",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Work as if started in this folder.",
)
@click.option(
    "--config", type=click.Path(dir_okay=False, path_type=Path), help="The configuration, instead of sitegen.toml."
)
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option("-v", "--verbose", is_flag=True, help="Print every single warning.")
@click.pass_context
def cli(context: click.Context, folder: Path, config: Path | None, *, quiet: bool, verbose: bool) -> None:
    """Turn a folder of Markdown news articles into a complete static news site."""
    context.obj = Call(folder=folder, config=config, console=Console(-1 if quiet else int(verbose)))


for command in (build, init, new, list_contents, mv, schema, clean, completion):
    cli.add_command(command)


class Terminated(BaseException):
    """SIGTERM arrived."""


def main() -> NoReturn:
    """Run the command line and exit with the code that fits."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        code = cli.main(standalone_mode=False, auto_envvar_prefix="SITEGEN")
    except SitegenError as failure:
        sys.exit(_explain(failure))
    except click.exceptions.Abort:
        sys.exit(EXIT_INTERRUPTED)
    except click.ClickException as failure:
        failure.show()
        sys.exit(failure.exit_code)
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)
    except Terminated:
        sys.exit(EXIT_TERMINATED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(EXIT_INTERRUPTED)
    sys.exit(code or 0)


def _explain(failure: SitegenError) -> int:
    call = click.get_current_context(silent=True)
    console = call.obj.console if call and isinstance(call.obj, Call) else Console(0)
    if isinstance(failure, ContentError):
        console.show_problems(failure.problems, Path())
    elif isinstance(failure, UsageError | MachineError):
        console.show_failure(failure)
    return exit_code_of(failure)


def _terminate(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise Terminated
