"""`sitegen due`."""

import click

from sitegen.app.due import list_due
from sitegen.app.listing import Row
from sitegen.app.report import count_errors
from sitegen.cli.build import choose_clock
from sitegen.cli.console import EXIT_CONTENT, TerminalProgress, print_json
from sitegen.cli.context import Call
from sitegen.errors import Severity

_WORDS = {"publish": "appears", "expire": "expires", "label": "loses its label", "news": "is news no more"}


@click.command()
@click.option("--clock", metavar="INSTANT", help="List what happens after this instant instead of now.")
@click.option("--json", "as_json", envvar="SITEGEN_DUE_JSON", is_flag=True, help="Print a JSON list.")
@click.pass_obj
def due(call: Call, *, clock: str | None, as_json: bool) -> int:
    """List what changes without an edit, and when: the next first."""
    site = call.load_site()
    with TerminalProgress(call.console.verbosity) as progress:
        listing = list_due(site, choose_clock(clock, site.config.timezone), progress)
    errors = [problem for problem in listing.problems if problem.severity is Severity.ERROR]
    call.console.show_problems(errors, site.root)
    if as_json:
        print_json(list(listing.rows))
    else:
        for row in listing.rows:
            click.echo(_line(row))
        if not listing.rows:
            call.console.say("Nothing is waiting: the site changes only when it is edited.")
    return EXIT_CONTENT if count_errors(listing.problems) else 0


def _line(row: Row) -> str:
    return f"{str(row['at'])[:16].replace('T', ' ')}  {_WORDS[str(row['event'])]:15}  {row['title']}  {row['path']}"
