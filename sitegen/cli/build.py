"""`sitegen build`."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sitegen.app.order import Order, mark_order
from sitegen.app.report import BuildReport, summarise
from sitegen.app.site import Site, find_config
from sitegen.app.standing import Standing, find_standing
from sitegen.cli.console import EXIT_CONTENT, TerminalProgress, TerminatedError, count, print_json, problem_record
from sitegen.cli.context import Call
from sitegen.errors import ContentError, MachineError, UsageError, error
from sitegen.model.preview import Preview
from sitegen.storage.clock import read_clock
from sitegen.storage.files import explain_failures
from sitegen.storage.state import STATE_FOLDER

if TYPE_CHECKING:
    from sitegen.model.config import Config
    from sitegen.model.source import Scan


class _BuildCommand(click.Command):
    """With `--json`, says also in JSON what is wrong with the command line itself."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        as_json = "--json" in args
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as failure:
            if as_json:
                _print_refusal("usage", failure.format_message(), None)
            raise


@click.command(cls=_BuildCommand)
@click.option("--output", type=click.Path(path_type=Path), help="Where the site goes, instead of output/.")
@click.option(
    "--clock", metavar="INSTANT", help="Build as if it were this instant: 2026-12-24 or 2026-12-24T18:00+01:00."
)
@click.option("--drafts", is_flag=True, help="Publish drafts too.")
@click.option("--future", is_flag=True, help="Publish articles dated later than now too.")
@click.option("--expired", is_flag=True, help="Publish expired articles too.")
@click.option("--base-url", metavar="URL", help="Where the site will stand, instead of base_url in the configuration.")
@click.option("--clean", is_flag=True, help="Forget what is remembered and render everything.")
@click.option(
    "--jobs", type=click.IntRange(1, 256), metavar="N", help="How many processes may work.  [default: all cores]"
)
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--keep-going", is_flag=True, help="Publish what is sound; keep the last good version of what is not.")
@click.option(
    "--json", "as_json", envvar="SITEGEN_BUILD_JSON", is_flag=True, help="Print the result as one JSON object."
)
@click.pass_obj
def build(
    call: Call,
    *,
    output: Path | None,
    clock: str | None,
    drafts: bool,
    future: bool,
    expired: bool,
    base_url: str | None,
    clean: bool,
    jobs: int | None,
    strict: bool,
    keep_going: bool,
    as_json: bool,
) -> int:
    """Build the site into output/.

    An error anywhere publishes nothing and leaves the old site standing.
    """
    with _answer_in_json(as_json=as_json):
        config_file = find_config(call.folder, call.config)
        root = config_file.parent
        order = Order(
            config_file=config_file,
            output=(call.folder / output if output else root / "output").absolute(),
            state_folder=root / STATE_FOLDER,
            base_url=base_url,
            preview=Preview(drafts=drafts, future=future, expired=expired),
            strict=strict,
            keep_going=keep_going,
            addresses="show" if drafts or future or expired else "check" if clock else "keep",
        )
        with explain_failures(root):
            jobs = jobs or os.cpu_count() or 1
            standing = Standing() if clean else find_standing(order, partial(choose_clock, clock), jobs)
            report = standing.report or _build_anew(call, order, standing.scan, clock, jobs=jobs, clean=clean)
    problems = report.problems if call.console.verbosity > 0 else summarise(report.problems)
    call.console.show_problems(problems, root)
    if as_json:
        print_json(_record(report))
    else:
        _summarise(call, report)
    return EXIT_CONTENT if report.errors else 0


def _build_anew(
    call: Call, order: Order, scan: "Scan | None", clock: str | None, *, jobs: int, clean: bool
) -> BuildReport:
    """Build what may have changed in the files of `scan`, if they were looked at."""
    # A build with nothing to do needs nothing of this, and takes less time than loading it.
    from sitegen.app.build import BuildRequest, build_site  # noqa: PLC0415

    try:
        site = call.load_site()
        request = BuildRequest(
            root=order.root,
            output=order.output,
            config=_choose_config(site, order.base_url),
            config_file=site.config_file,
            clock=choose_clock(clock, site.config.timezone),
            preview=order.preview,
            jobs=jobs,
            clean=clean,
            strict=order.strict,
            keep_going=order.keep_going,
            places=site.places,
            addresses=order.addresses,
            mark=mark_order(order, site.config_digest),
            scan=scan,
        )
        with TerminalProgress(call.console.verbosity) as progress:
            return build_site(request, progress)
    except ContentError as failure:
        return BuildReport.refusal(failure.problems)


@contextmanager
def _answer_in_json(*, as_json: bool) -> Iterator[None]:
    """Print the one object of `--json` where the body of the `with` cannot, because of what it raises."""
    try:
        yield
    except BaseException as failure:
        if as_json:
            hint = failure.hint if isinstance(failure, UsageError | MachineError) else None
            _print_refusal(*_describe_failure(failure), hint)
        raise


def _describe_failure(failure: BaseException) -> tuple[str, str]:
    """Return code and message of what ended a build."""
    if isinstance(failure, UsageError):
        return "usage", str(failure)
    if isinstance(failure, MachineError | OSError):
        return "machine", str(failure)
    if isinstance(failure, KeyboardInterrupt | TerminatedError):
        return "interrupted", "the build was ended from outside"
    return "internal", f"a mistake in sitegen itself: {type(failure).__name__}"


def _print_refusal(code: str, message: str, hint: str | None) -> None:
    print_json(_record(BuildReport.refusal([error(code, message, hint=hint)])))


def _choose_config(site: Site, base_url: str | None) -> "Config":
    """Return the configuration of `site`, with the `base_url` that the command line names."""
    if base_url is None:
        return site.config
    from sitegen.parse.config import override_base_url  # noqa: PLC0415 -- loaded by now

    try:
        return override_base_url(site.config, base_url)
    except ContentError as failure:
        (problem,) = failure.problems
        raise UsageError(f"--base-url: {problem.message}", problem.hint) from failure


def choose_clock(clock: str | None, timezone: str) -> datetime:
    """Return the instant that `--clock` names in the zone of the site, else that of SOURCE_DATE_EPOCH or the system."""
    if clock is None:
        return read_clock(os.environ)
    from sitegen.parse.instants import parse_instant  # noqa: PLC0415 -- only for `--clock`

    instant = parse_instant(clock, timezone)
    if instant is None:
        raise UsageError(f"--clock: `{clock}` is no instant", "write 2026-12-24 or 2026-12-24T18:00:00+01:00")
    return instant.at


def _record(report: BuildReport) -> dict[str, object]:
    """Return the report as `--json` prints it."""
    return {
        "published": report.published,
        "articles": report.articles,
        "pages": report.pages,
        "drafts": report.drafts,
        "scheduled": report.scheduled,
        "expired": report.expired,
        "comments": report.comments,
        "rendered": report.rendered,
        "written": report.written,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "next_change": report.next_change.isoformat() if report.next_change else None,
        "seconds": report.seconds,
        "kept": list(report.kept),
        "left_out": list(report.left_out),
        "strays": list(report.strays),
        "problems": [problem_record(problem) for problem in report.problems],
    }


def _summarise(call: Call, report: BuildReport) -> None:
    """Print at most six lines."""
    say = call.console.say
    if not report.published:
        say(f"Nothing was published: {count(report.errors, 'error')}. The site stands as it was.")
        return
    waiting = [
        count(report.drafts, "draft"),
        f"{report.scheduled} scheduled" if report.scheduled else "",
        f"{report.expired} expired" if report.expired else "",
    ]
    hidden = ", ".join(part for part in waiting if part and not part.startswith("0 "))
    say(
        f"{count(report.articles, 'article')}, {count(report.pages, 'page')}, {count(report.comments, 'comment')}"
        + (f" (not shown: {hidden})" if hidden else "")
    )
    say(
        f"{report.written} files written, {report.unchanged} unchanged, {report.removed} removed"
        f", in {report.seconds:.2f} s"
    )
    if report.next_change:
        say(f"Build again at {report.next_change.isoformat()}: that is when the site next changes by itself.")
    if report.kept or report.left_out:
        say(f"Kept as last published: {_names(report.kept)}. Left out: {_names(report.left_out)}.")
    if report.strays:
        say(f"The manifest was lost, so nothing was deleted; not ours any more: {_names(report.strays)}.")
    if report.errors:
        say(f"{count(report.errors, 'error')} found.")


_NAMED = 5


def _names(files: tuple[str, ...]) -> str:
    shown = ", ".join(files[:_NAMED]) or "nothing"
    return f"{shown} and {len(files) - _NAMED} more" if len(files) > _NAMED else shown
