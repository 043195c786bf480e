"""`sitegen list`."""

import os
from collections.abc import Callable, Mapping

import click

from sitegen.app.listing import KINDS, ORDERS, Order, Row, list_site
from sitegen.app.report import count_errors
from sitegen.cli.console import EXIT_CONTENT, TerminalProgress, print_json
from sitegen.cli.context import Call
from sitegen.errors import Severity
from sitegen.storage.clock import read_clock


@click.command("list")
@click.argument("what", type=click.Choice(KINDS), default="articles")
@click.option("--sort", "order", type=click.Choice(ORDERS), default="date", help="What articles are sorted by.")
@click.option("--json", "as_json", envvar="SITEGEN_LIST_JSON", is_flag=True, help="Print a JSON list.")
@click.pass_obj
def list_contents(call: Call, what: str, *, order: Order, as_json: bool) -> int:
    """List what the site holds, newest first or as --sort says."""
    site = call.load_site()
    with TerminalProgress(call.console.verbosity) as progress:
        listing = list_site(site, what, read_clock(os.environ), progress, order)
    # Warnings belong to `build`; errors say why something is not in the list.
    verbose = call.console.verbosity > 0
    shown = [problem for problem in listing.problems if verbose or problem.severity is Severity.ERROR]
    call.console.show_problems(shown, site.root)
    if as_json:
        print_json(list(listing.rows))
    else:
        for row in listing.rows:
            click.echo(_line(row, order))
    return EXIT_CONTENT if count_errors(listing.problems) else 0


def _line(row: Row, order: Order) -> str:
    if "articles" in row:
        return f"{row['articles']:>6}  {row['title']}  {row['url']}"
    date = str(row["date"] or "")[:16].replace("T", " ")
    return f"{date:16}  {_COLUMNS[order](row)}{row['title']}  {row['path']}"


def _write_rating(row: Row) -> str:
    if row["rating"] is None:
        return f"{'-':>12}  "
    votes = "" if row["votes"] is None else f" ({row['votes']})"
    rating = f"{row['rating']:g}/{row['best']:g}{votes}"
    return f"{rating:>12}  "


_COLUMNS: Mapping[Order, Callable[[Row], str]] = {
    "date": lambda _: "",
    "rating": _write_rating,
    "comments": lambda row: f"{row['comments']:>6}  ",
}
"""What stands before the title, where articles are sorted by it."""
