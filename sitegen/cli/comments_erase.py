"""`sitegen comments erase`."""

import os
from pathlib import Path

import click

from sitegen.cli.console import EXIT_FINDINGS, TerminalProgress, count, print_json, problem_record
from sitegen.cli.context import Call
from sitegen.errors import UsageError
from sitegen.storage.clock import read_clock


@click.command()
@click.option("--author", metavar="NAME", help="Every comment of this displayed name, whatever its case.")
@click.option("--id", "identity", metavar="ID", help="The comment with this id.")
@click.option("--article", metavar="ARTICLE", help="Only comments on this article.")
@click.option("--dry-run", is_flag=True, help="List what would be erased, and change nothing.")
@click.option("--verify", is_flag=True, help="Erase nothing: look for what was erased in content and output.")
@click.option(
    "--output",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where --verify looks.  [default: output]",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def erase(
    call: Call,
    *,
    author: str | None,
    identity: str | None,
    article: str | None,
    dry_run: bool,
    verify: bool,
    output: Path | None,
    as_json: bool,
) -> int:
    """Take comments out of the site for good: by author or by id.

    They go from snapshots, moderation files and memory, and with the next build from pages and feeds. No later import
    or capture brings them back.
    """
    from sitegen.app.commenting import find_desk  # noqa: PLC0415 -- slow to import
    from sitegen.app.erasing import UNREACHED, Wanted, erase_comments, find_traces  # noqa: PLC0415
    from sitegen.app.listing import look_at_site  # noqa: PLC0415

    site = call.load_site()
    if verify:
        findings = tuple(find_traces(site, output or site.root / "output", author))
        if as_json:
            print_json({"findings": [problem_record(finding) for finding in findings]})
        else:
            call.console.show_problems(findings, site.root)
        call.console.say(count(len(findings), "finding"))
        return EXIT_FINDINGS if findings else 0
    if (author is None) == (identity is None) or not (author or identity or "").strip():
        raise UsageError("name an author or an id", "sitegen comments erase --author NAME, or --id ID")
    with TerminalProgress(call.console.verbosity) as progress:
        gathered, _ = look_at_site(site, read_clock(os.environ), progress)
    document = find_desk(site, gathered, article).document if article else None
    wanted = Wanted(author=author, id=identity, article=document)
    erasure = erase_comments(site, gathered, wanted, dry_run=dry_run)
    if as_json:
        erased = [{"snapshot": path, "id": name} for path, name in erasure.comments]
        print_json({"erased": erased, "changed": list(erasure.changed), "unreached": list(UNREACHED)})
        return 0
    for path, name in erasure.comments:
        click.echo(f"{path}: {name}")
    verb = "Would erase" if dry_run else "Erased"
    call.console.say(f"{verb} {count(len(erasure.comments), 'comment')}; changed: {', '.join(erasure.changed)}.")
    call.console.say("Pages and feeds follow with the next build. Out of reach:")
    for place in UNREACHED:
        call.console.say(f"- {place}")
    return 0
