"""`sitegen mv`."""

import os

import click

from sitegen.app.listing import look_at_site
from sitegen.app.moving import move_article
from sitegen.cli.console import TerminalProgress
from sitegen.cli.context import Call
from sitegen.storage.clock import read_clock


@click.command()
@click.argument("old")
@click.argument("new")
@click.pass_obj
def mv(call: Call, old: str, new: str) -> None:
    """Move the article OLD to NEW (paths below content/) with its comments and images.

    Its old address leads to the new one, and links to it are mended.
    """
    site = call.load_site()
    gathered, _ = look_at_site(site, read_clock(os.environ), TerminalProgress(call.console.verbosity))
    move = move_article(site, gathered, old, new)
    for here, there in move.files:
        click.echo(f"{here} -> {there}")
    for path in move.relinked:
        click.echo(f"{path}: links mended")
    if move.alias:
        call.console.say(f"{move.alias} now leads to the new address.")
