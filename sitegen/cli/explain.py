"""`sitegen explain`."""

from dataclasses import asdict
from pathlib import Path

import click

from sitegen.app.explaining import Explanation, Output, Question
from sitegen.app.explaining import explain as answer
from sitegen.cli.build import choose_clock
from sitegen.cli.console import TerminalProgress, count, print_json
from sitegen.cli.context import Call

_SHOWN = 30
_REASONS = {"new": "was never published", "output": "was changed or deleted in the output"}
_STATES = {None: "", True: "changed", False: "as before"}


@click.command()
@click.argument("target", metavar="URL-OR-FILE")
@click.option("--output", type=click.Path(path_type=Path), help="Where the site is built, instead of output/.")
@click.option("--clock", metavar="INSTANT", help="Explain a build at this instant instead of now.")
@click.option("--json", "as_json", envvar="SITEGEN_EXPLAIN_JSON", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def explain(call: Call, target: str, *, output: Path | None, clock: str | None, as_json: bool) -> None:
    """Say why a page is rendered or left alone, or which pages a file reaches.

    Looks at what the next `sitegen build` would do, and writes nothing.
    """
    site = call.load_site()
    question = Question(
        target=target,
        folder=call.folder.absolute(),
        output=(call.folder / output if output else site.root / "output").absolute(),
        clock=choose_clock(clock, site.config.timezone),
    )
    with TerminalProgress(call.console.verbosity) as progress:
        explanation = answer(site, question, progress)
    if as_json:
        print_json(asdict(explanation))
    else:
        _tell(explanation)
    if explanation.errors:
        call.console.say(f"{count(explanation.errors, 'error')} found: a build would publish nothing.")


def _tell(explanation: Explanation) -> None:
    if explanation.kind == "source":
        _tell_source(explanation)
        return
    (output,) = explanation.outputs
    click.echo(f"{explanation.name}: {_tell_state(output)}")
    click.echo(f"  {explanation.note}")
    for part in explanation.parts:
        click.echo(f"  {part.name:9}  {_STATES[part.changed]:9}  {part.what}")


def _tell_source(explanation: Explanation) -> None:
    files = count(len(explanation.outputs), "file")
    anew = sum(bool(output.reasons) for output in explanation.outputs)
    note = f"; {explanation.note}" if explanation.note else ""
    click.echo(f"{explanation.name}: reaches {files}, {anew} of which would be made anew{note}")
    for output in explanation.outputs[:_SHOWN]:
        click.echo(f"  {output.path}  {output.why}; {_tell_state(output)}")
    if len(explanation.outputs) > _SHOWN:
        click.echo(f"  and {len(explanation.outputs) - _SHOWN} more")


def _tell_state(output: Output) -> str:
    if not output.reasons:
        return "stands as it is"
    return "would be made anew: " + ", ".join(_REASONS.get(reason, f"{reason} changed") for reason in output.reasons)
