"""`sitegen comments capture`."""

import os
from pathlib import Path

import click

from sitegen.cli.console import EXIT_CONTENT, TerminalProgress, count, notes_record, print_json, refusal_record
from sitegen.cli.context import Call
from sitegen.cli.importing import measure_inputs, open_visitor
from sitegen.errors import ContentError
from sitegen.importers.registry import LIVE, find_thread_reader, list_platforms
from sitegen.storage.clock import read_clock


@click.command("capture")
@click.argument("platform", type=click.Choice(list_platforms()))
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--timezone", metavar="ZONE", help="Zone of times without one, such as Europe/Amsterdam.")
@click.option("--date-format", metavar="FORMAT", help="How the source writes times, such as '%d-%m-%y %H:%M'.")
@click.option("--title", metavar="TITLE", help="The title of the article, where the source cannot tell it.")
@click.option("--url", metavar="ADDRESS", help="The address of the article, where the source cannot tell it.")
@click.option("--captured-at", metavar="INSTANT", help="When the input was taken.")
@click.option(
    "--map",
    "choices",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    help="Lines `ADDRESS = ARTICLE` for threads that are not found otherwise.",
)
@click.option("--prune", is_flag=True, help="Remove comments that the source no longer has.")
@click.option("--dry-run", is_flag=True, help="Read and count, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def capture(
    call: Call,
    platform: str,
    inputs: tuple[str, ...],
    *,
    timezone: str | None,
    date_format: str | None,
    title: str | None,
    url: str | None,
    captured_at: str | None,
    choices: str | None,
    prune: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Take the comments of PLATFORM for articles that are already here.

    INPUT is what the platform exports. Capturing again adds what is new and takes edits; what is gone from the source
    stays, and is marked.
    """
    from sitegen.app.capturing import CaptureReport, CaptureTools, capture_comments, list_notes  # noqa: PLC0415
    from sitegen.app.erased import load_erased  # noqa: PLC0415
    from sitegen.app.importing import MEMORY  # noqa: PLC0415
    from sitegen.app.listing import look_at_site  # noqa: PLC0415
    from sitegen.importers.records import ImportRequest, Tally  # noqa: PLC0415

    site = call.load_site()
    clock = read_clock(os.environ)
    with TerminalProgress(call.console.verbosity) as progress:
        gathered, _ = look_at_site(site, clock, progress)
        request = ImportRequest(
            inputs=inputs,
            config=site.config,
            clock=clock,
            timezone=timezone,
            date_format=date_format,
            visitor=open_visitor(inputs) if platform in LIVE else None,
            memory=site.root / MEMORY,
            title=title,
            url=url,
            captured_at=captured_at,
            expect=progress.start,
            advance=progress.advance,
        )
        progress.start(f"Reading {platform}", measure_inputs(inputs))
        tools = CaptureTools(prune=prune, choices=choices, is_erased=load_erased(site.root))
        try:
            report = capture_comments(site, gathered, find_thread_reader(platform), request, tools, dry_run=dry_run)
        except ContentError as failure:
            if as_json:
                print_json({**CaptureReport(tally=Tally()).record(), **refusal_record(failure)})
            raise
    problems = (*report.tally.problems, *list_notes(report))
    warnings = tuple(report.tally.warnings)
    if as_json:
        print_json({**report.record(), **notes_record(warnings, problems)})
    else:
        call.console.show_problems((*problems, *warnings), Path())
    parts = [count(report.written["comments"], "comment")]
    parts += [count(report.written["mentions"], "mention")] if report.written["mentions"] else []
    verb = "Would capture" if dry_run else "Captured"
    call.console.say(f"{verb} {', '.join(parts)} on {count(report.articles, 'article')}.")
    changes = [f"{number} {kind}" for kind, number in report.changes.items() if number]
    call.console.say(f"{', '.join(changes) or 'Nothing new'}; {count(len(report.changed), 'file')} changed.")
    call.console.say_withheld(report.withheld)
    return EXIT_CONTENT if problems else 0
