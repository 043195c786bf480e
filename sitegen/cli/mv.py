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
    clock = read_clock(os.environ)
    with TerminalProgress(call.console.verbosity) as progress:
        gathered, _ = look_at_site(site, clock, progress)
    move = move_article(site, gathered, old, new, clock)
    for here, there in move.files:
        click.echo(f"{here} -> {there}")
    for path in move.relinked:
        click.echo(f"{path}: links mended")
    if move.alias:
        call.console.say(f"{move.alias} now leads to the new address.")
    for path, span in move.missed:
        place = f"{path}:{span.line}" if span else path
        click.echo(f"{place}: names the old place in a way that could not be mended", err=True)
    for path in sorted(gathered.unavailable):
        click.echo(f"{path}: has errors, so it was not looked at for links to the article", err=True)
