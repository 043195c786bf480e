"""`sitegen comments`."""

import os
from zoneinfo import ZoneInfo

import click

from sitegen.app.commenting import Desk, add_comment, find_comment, find_desk, read_discussion, record_decision
from sitegen.app.discussing import CommentRow, describe_comments
from sitegen.app.listing import look_at_site
from sitegen.app.site import Site
from sitegen.app.sources import Gathered
from sitegen.app.verifying import seal_comments, verify_comments
from sitegen.cli.comments_capture import capture
from sitegen.cli.comments_erase import erase
from sitegen.cli.console import EXIT_FINDINGS, TerminalProgress, count, print_json, problem_record
from sitegen.cli.context import Call
from sitegen.errors import UsageError
from sitegen.parse.instants import parse_instant
from sitegen.storage.clock import read_clock

_LONGEST = 60


@click.group()
def comments() -> None:
    """Add comments to an article that is already here, and decide what is shown of them.

    ARTICLE is its path below content/, its slug or its address.
    """


comments.add_command(capture)
comments.add_command(erase)


@comments.command("add")
@click.argument("article")
@click.option("--author", required=True, metavar="NAME", help="The displayed name; empty for an anonymous comment.")
@click.option("--at", required=True, metavar="INSTANT", help="When it was written: 2024-03-09 or 2024-03-09T10:12.")
@click.option("--text", required=True, metavar="TEXT", help="What it says, as plain text.")
@click.option("--reply-to", metavar="ID", help="The comment that it answers.")
@click.pass_obj
def add(call: Call, article: str, *, author: str, at: str, text: str, reply_to: str | None) -> None:
    """Write a comment into the snapshot of ARTICLE, and print its id."""
    site, desk = _open(call, article)
    instant = parse_instant(at, site.config.timezone)
    if instant is None:
        raise UsageError(f"--at: `{at}` is no instant", "write 2024-03-09 or 2024-03-09T10:12:00+01:00")
    if not text.strip():
        raise UsageError("--text: is empty", "write what the comment says")
    written = instant.at.astimezone(ZoneInfo(site.config.timezone))
    is_day = instant.precision == "day"
    comment: dict[str, object] = {
        **({"parent": reply_to} if reply_to else {}),
        "author": {"name": author.strip() or None},
        "published": {"at": f"{written:%Y-%m-%d}" if is_day else written.isoformat(timespec="seconds")},
        "body": {"format": "text", "text": text},
    }
    click.echo(add_comment(site, desk, comment))
    call.console.say(f"Written into {desk.snapshot}.")


@comments.command("list")
@click.argument("article")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@click.pass_obj
def list_comments(call: Call, article: str, *, as_json: bool) -> None:
    """List the comments on ARTICLE, with hidden ones, in the order of the snapshot."""
    site, desk = _open(call, article)
    rows = describe_comments(read_discussion(site, desk))
    if as_json:
        print_json([row.record() for row in rows])
    for row in () if as_json else rows:
        click.echo(_line(row))


@comments.command()
@click.argument("article")
@click.argument("identity", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def show(call: Call, article: str, identity: str, *, as_json: bool) -> None:
    """Show one comment in full, and what was decided about it."""
    site, desk = _open(call, article)
    discussion = read_discussion(site, desk)
    find_comment(discussion, desk, identity)
    row = next(row for row in describe_comments(discussion) if row.id == identity)
    if as_json:
        print_json(row.record())
        return
    click.echo(f"{_head(row)}\n\n{row.text}")
    for decision in row.decisions:
        told = [f"{key}: {value}" for key, value in decision.items() if key != "id"]
        click.echo(("\n" if decision is row.decisions[0] else "") + ", ".join(told))


def _add_decision(action: str, words: str) -> None:
    """Add a command for decisions that say no more than who, when and why."""
    must_say_why = action in {"hide", "redact"}

    @comments.command(action, help=words)
    @click.argument("article")
    @click.argument("identity", metavar="ID")
    @click.option("--reason", required=must_say_why, metavar="REASON", help="Why; never published.")
    @click.option("--by", metavar="NAME", help="Who decides; otherwise the login name.")
    @click.pass_obj
    def decide(call: Call, article: str, identity: str, *, reason: str | None, by: str | None) -> None:
        _record(call, article, {"id": identity, "action": action}, reason=reason, by=by)


_add_decision("hide", "Take a comment away; where replies hang on it, a tombstone stays.")
_add_decision("show-again", "Take back `hide` and `redact`.")
_add_decision("pin", "Hold a comment at the top.")
_add_decision("unpin", "Hold a comment at the top no longer.")


@comments.command()
@click.argument("article")
@click.argument("identity", metavar="ID")
@click.option("--text", metavar="TEXT", help="What stands in its place, instead of the words of the theme.")
@click.option("--reason", required=True, metavar="REASON", help="Why; never published.")
@click.option("--by", metavar="NAME", help="Who decides; otherwise the login name.")
@click.pass_obj
def redact(call: Call, article: str, identity: str, *, text: str | None, reason: str, by: str | None) -> None:
    """Put a notice in the place of a comment's text."""
    more = {"text": text} if text else {}
    _record(call, article, {"id": identity, "action": "redact", **more}, reason=reason, by=by)


@comments.command()
@click.argument("article")
@click.argument("identity", metavar="ID")
@click.argument("name")
@click.option("--reason", metavar="REASON", help="Why; never published.")
@click.option("--by", metavar="NAME", help="Who decides; otherwise the login name.")
@click.pass_obj
def rename(call: Call, article: str, identity: str, name: str, *, reason: str | None, by: str | None) -> None:
    """Show another name as the author of a comment."""
    _record(call, article, {"id": identity, "action": "rename", "name": name}, reason=reason, by=by)


def _record(call: Call, article: str, decision: dict[str, str], *, reason: str | None, by: str | None) -> None:
    """Write a decision down with who, when and why."""
    site, desk = _open(call, article)
    at = read_clock(os.environ).astimezone(ZoneInfo(site.config.timezone))
    signed = {"by": by or os.environ.get("USER") or "editor", "at": at.isoformat(timespec="seconds")}
    why = {"reason": reason} if reason else {}
    record_decision(site, desk, {**decision, **signed, **why})
    call.console.say(f"Written into {desk.moderation}; it counts from the next build on.")


@comments.command()
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...")
@click.option("--write", is_flag=True, help="Write the hash of its comments into every sound snapshot.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of what was found.")
@click.pass_obj
def verify(call: Call, articles: tuple[str, ...], *, write: bool, as_json: bool) -> int:
    """Look whether snapshots and moderation files are whole: those of ARTICLE, or all."""
    site = call.load_site()
    gathered = _look(call, site)
    documents = [find_desk(site, gathered, article).document for article in articles] or None
    verified = verify_comments(site, gathered, documents)
    if write:
        for path in seal_comments(site, verified.snapshots):
            call.console.say(f"{path}: hash written")
        verified = verify_comments(site, _look(call, site), documents)
    if as_json:
        print_json([problem_record(problem) for problem in verified.findings])
    else:
        call.console.show_problems(verified.findings, site.root)
    call.console.say(f"{count(len(verified.snapshots), 'snapshot')}, {count(len(verified.findings), 'finding')}")
    return EXIT_FINDINGS if verified.findings else 0


def _look(call: Call, site: Site) -> Gathered:
    with TerminalProgress(call.console.verbosity) as progress:
        return look_at_site(site, read_clock(os.environ), progress)[0]


def _open(call: Call, article: str) -> tuple[Site, Desk]:
    site = call.load_site()
    return site, find_desk(site, _look(call, site), article)


def _line(row: CommentRow) -> str:
    words = " ".join(row.text.split())
    return f"{_head(row)}  {words[:_LONGEST]}{'…' if len(words) > _LONGEST else ''}"


def _head(row: CommentRow) -> str:
    marks = "".join(f" [{mark}]" for mark in row.marks)
    return f"{row.id}  {(row.published or '')[:16].replace('T', ' '):16}  {row.author or '-'}{marks}"
