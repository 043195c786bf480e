"""The comments of one page put together: every id once, every parent there, nothing in a circle."""

from collections.abc import Sequence

from sitegen.errors import warning
from sitegen.importers.pages.facts import PageFacts
from sitegen.importers.pages.files import CODE, SavedPage
from sitegen.importers.pages.times import SourceTimes
from sitegen.importers.records import CapturedThread, Tally, Withheld
from sitegen.parse.comment_format import CommentRecord, SnapshotRecord


def build_thread(facts: PageFacts, page: SavedPage, times: SourceTimes, tally: Tally) -> CapturedThread | None:
    """Return the comments of a page with an account of them; None where it has none, and no rating."""
    read = len(facts.comments) + len(facts.withheld) + len(facts.mentions)
    tally.read["comments"] += read
    comments, withheld, warnings = _straighten(facts.comments)
    # WordPress counts pingbacks among the comments.
    declared = None if facts.declared is None else max(0, facts.declared - len(facts.mentions))
    if not read and not facts.rating and not declared:
        return None
    differs = declared is not None and declared != len(facts.comments)
    if differs:
        warnings.append(f"the page declares {declared} comments, and {len(facts.comments)} are in it")
    if facts.is_cut:
        warnings.append("the page does not hold all comments in full")
    tally.warnings += [warning(CODE, message, page.name) for message in warnings]
    return CapturedThread(
        prefix=facts.prefix,
        addresses=(facts.url,) if facts.url else (),
        source_id=facts.source_id,
        title=facts.title or page.name,
        snapshot=SnapshotRecord(
            platform=facts.platform,
            method="page",
            origin_url=facts.url or None,
            captured_at=times.write_captured(),
            source_sha256=page.digest,
            timezone_assumed=times.zone_name,
            declared_count=declared,
            warnings=warnings or None,
        ),
        closed=facts.closed,
        ratings=tuple(facts.rating),
        read=read,
        comments=tuple(comments),
        mentions=tuple(facts.mentions),
        withheld=(*facts.withheld, *withheld),
        complete=not differs and not facts.is_cut,
    )


def _straighten(comments: Sequence[CommentRecord]) -> tuple[list[CommentRecord], list[Withheld], list[str]]:
    """Return comments of which each stands once and answers one that is there, those left out, and notes.

    Of two with one id the first counts. What answers a comment that is not there, and one of every circle, is a root.
    """
    unique: dict[str, CommentRecord] = {}
    repeated: list[Withheld] = []
    for comment in comments:
        if comment.id in unique:
            repeated.append(Withheld(id=comment.id, reason="duplicate"))
        unique.setdefault(comment.id, comment)
    parents = {key: comment.parent if comment.parent in unique else None for key, comment in unique.items()}
    lost = sum(bool(comment.parent) and parents[key] is None for key, comment in unique.items())
    circles = _cut_circles(parents)
    told = [f"{lost} answered a comment that is not there, and stand by themselves now"] if lost else []
    told += [f"{circles} answered each other in a circle, which was cut open"] if circles else []
    return [comment.model_copy(update={"parent": parents[key]}) for key, comment in unique.items()], repeated, told


def _cut_circles(parents: dict[str, str | None]) -> int:
    """Make the first comment of every circle a root; return how many there were."""
    count = 0
    rooted: set[str] = set()
    for start in parents:
        path: dict[str, None] = {}
        step: str | None = start
        while step is not None and step not in rooted and step not in path:
            path[step] = None
            step = parents[step]
        if step is not None and step in path:
            parents[step] = None
            count += 1
        rooted.update(path)
    return count
