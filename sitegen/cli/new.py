"""`sitegen new`."""

import os

import click

from sitegen.app.scaffold import create_article
from sitegen.cli.context import Call
from sitegen.storage.clock import read_clock


@click.command()
@click.argument("name", metavar="SECTION/SLUG")
@click.option("--title", help="The headline.  [default: made from SLUG]")
@click.pass_obj
def new(call: Call, name: str, title: str | None) -> None:
    """Begin a draft in a section: sitegen new world/bridge-reopens."""
    site = call.load_site()
    path = create_article(site.root, name, title, read_clock(os.environ), site.config.timezone)
    click.echo(path.relative_to(site.root).as_posix())
