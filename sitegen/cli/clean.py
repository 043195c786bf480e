"""`sitegen clean`."""

from pathlib import Path

import click

from sitegen.app.cleaning import clean_site
from sitegen.cli.context import Call


@click.command()
@click.option("--output", type=click.Path(path_type=Path), help="Where the site was built, instead of output/.")
@click.pass_obj
def clean(call: Call, output: Path | None) -> None:
    """Delete what sitegen wrote into output/, and what it remembers. Other files stay."""
    root = call.root()
    folder = (call.folder / output if output else root / "output").absolute()
    removed = clean_site(root, folder)
    call.console.say(f"{removed} files removed")
