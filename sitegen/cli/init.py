"""`sitegen init`."""

from pathlib import Path

import click

from sitegen.app.scaffold import create_site
from sitegen.cli.context import Call


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_obj
def init(call: Call, folder: Path) -> None:
    """Make a small working site in the new folder DIR."""
    files = create_site(call.folder / folder)
    for file in files:
        click.echo(file)
    call.console.say(f"\nYour site is in {folder}. Look at it:\n  sitegen -C {folder} serve")
