"""`sitegen import`."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.console import EXIT_CONTENT, TerminalProgress, count, notes_record, print_json, refusal_record
from sitegen.cli.context import Call
from sitegen.errors import ContentError
from sitegen.importers.registry import LIVE, find_reader, list_sources
from sitegen.storage.clock import read_clock

if TYPE_CHECKING:
    from sitegen.importers.web.visitor import Visitor


@click.command("import")
@click.argument("source", type=click.Choice(list_sources()))
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--timezone", metavar="ZONE", help="Zone of times without one, such as Europe/Amsterdam.")
@click.option("--date-format", metavar="FORMAT", help="How the source writes times, such as '%d-%m-%y %H:%M'.")
@click.option(
    "--media-dir",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with the files of the source, such as wp-content/uploads.",
)
@click.option("--fetch-media", is_flag=True, help="Fetch images and files from their addresses.")
@click.option("--title", metavar="TITLE", help="The title, where the source cannot tell it.")
@click.option("--date", metavar="INSTANT", help="The date, where the source cannot tell it.")
@click.option("--url", metavar="ADDRESS", help="The address of the article, where the source cannot tell it.")
@click.option("--section", metavar="SECTION", help="The section, where the source cannot tell it.")
@click.option("--captured-at", metavar="INSTANT", help="When the input was taken, where it cannot tell.")
@click.option("--dry-run", is_flag=True, help="Read and count, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def import_(
    call: Call,
    source: str,
    inputs: tuple[str, ...],
    *,
    timezone: str | None,
    date_format: str | None,
    media_dir: Path | None,
    fetch_media: bool,
    title: str | None,
    date: str | None,
    url: str | None,
    section: str | None,
    captured_at: str | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Bring the articles of another system into the site, with their comments and ratings.

    INPUT is what SOURCE needs: export files, a saved page, a folder, an address. Importing again changes only what has
    changed at the source; what was edited here is left alone.
    """
    from sitegen.app.importing import MEMORY, ImportReport, import_source, list_notes, prepare_tools  # noqa: PLC0415
    from sitegen.importers.records import ImportRequest, Tally  # noqa: PLC0415

    site = call.load_site()
    visitor = open_visitor(inputs if source in LIVE else ()) if fetch_media or source in LIVE else None
    with TerminalProgress(call.console.verbosity) as progress:
        request = ImportRequest(
            inputs=inputs,
            config=site.config,
            clock=read_clock(os.environ),
            timezone=timezone,
            date_format=date_format,
            media_dir=media_dir,
            visitor=visitor,
            memory=site.root / MEMORY,
            title=title,
            date=date,
            url=url,
            section=section,
            captured_at=captured_at,
            expect=progress.start,
            advance=progress.advance,
        )
        progress.start(f"Reading {source}", measure_inputs(inputs))
        tools = prepare_tools(site, visitor if fetch_media else None)
        try:
            report = import_source(site, find_reader(source), request, tools, dry_run=dry_run)
        except ContentError as failure:
            if as_json:
                print_json({**ImportReport(tally=Tally()).record(), **refusal_record(failure)})
            raise
    problems = report.tally.problems
    notes = (*problems, *report.tally.warnings, *list_notes(report))
    if as_json:
        print_json({**report.record(), **notes_record(notes[len(problems) :], problems)})
    else:
        call.console.show_problems(notes, site.root)
    written = report.written
    parts = [
        count(written[kind], noun)
        for kind, noun in (
            ("articles", "article"),
            ("pages", "page"),
            ("scheduled", "scheduled document"),
            ("drafts", "draft"),
            ("comments", "comment"),
            ("mentions", "mention"),
            ("media", "file"),
        )
        if written[kind]
    ]
    verb = "Would import" if dry_run else "Imported"
    call.console.say(f"{verb} {', '.join(parts) or 'nothing'}; {count(len(report.changed), 'file')} changed.")
    call.console.say_withheld(report.withheld)
    pattern = report.tally.permalink
    if pattern and pattern != site.config.permalink:
        call.console.say(f'For new articles in the manner of the old ones: permalink = "{pattern}"')
    return EXIT_CONTENT if problems else 0


def open_visitor(named: tuple[str, ...]) -> "Visitor":
    """Return who asks the network: the public one, and the servers that `named` names."""
    from sitegen.importers.web.fetch import Fetcher  # noqa: PLC0415 -- loads certificates
    from sitegen.importers.web.visitor import Visitor  # noqa: PLC0415

    return Visitor(Fetcher(named=[name for name in named if "://" in name]))


def measure_inputs(inputs: tuple[str, ...]) -> int:
    """Return how much there is to read, in bytes, of those inputs that are files."""
    return sum(path.stat().st_size for path in map(Path, inputs) if path.is_file())
