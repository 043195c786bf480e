"""`sitegen completion`."""

import click
from click.shell_completion import get_completion_class

from sitegen.cli.commands import COMPLETE
from sitegen.errors import UsageError


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script of a shell.

    For bash, add to ~/.bashrc:  eval "$(sitegen completion bash)"
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise UsageError(f"there is no completion for {shell}")
    program = context.find_root().command
    click.echo(kind(program, {}, "sitegen", COMPLETE).source())
