"""Long threads: what stands open, what is folded, and what is on further pages."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sitegen.model.comments import CommentEntry, CommentThread, PlacedComment, Provenance
from sitegen.model.config import CommentsConfig


def cut_thread(placed: Sequence[PlacedComment], size: int) -> tuple[tuple[PlacedComment, ...], ...]:
    """Return a thread in parts of at least `size` comments, but for the last one; at least one part, maybe empty.

    A part ends where a comment on the article begins. Only where one draws so many replies that the part would have
    twice the size, it is torn, and the next part begins with a reply. A comment at the end changes the last part alone.
    """
    parts: list[list[PlacedComment]] = [[]]
    for comment in placed:
        if len(parts[-1]) >= (2 * size if comment.depth else size):
            parts.append([])
        parts[-1].append(comment)
    return tuple(tuple(_nest(part)) for part in parts)


def split_thread(thread: CommentThread, config: CommentsConfig) -> tuple[CommentThread, ...]:
    """Return what each page of a long thread holds, the article's own first; the whole where one page is enough."""
    pages = cut_thread(thread.comments, config.page_size)
    first, *others = pages
    own = replace(_fold(replace(thread, comments=first), config.fold), elsewhere=tuple(_list_entries(others)))
    return (own, *(_fill_page(part) for part in others))


def _fold(thread: CommentThread, size: int) -> CommentThread:
    """Return `thread` with what is beyond `size` comments folded, so that its lists end where that begins."""
    first, *others = cut_thread(thread.comments, size)
    rest = [placed for part in others for placed in part] if others else []
    return replace(thread, comments=(*first, *_nest(rest)), open=len(first))


def _fill_page(comments: tuple[PlacedComment, ...]) -> CommentThread:
    return CommentThread(provenance=Provenance(), comments=comments, open=len(comments))


def _list_entries(pages: Sequence[Sequence[PlacedComment]]) -> Iterator[CommentEntry]:
    for number, part in enumerate(pages, start=2):
        for placed in part:
            comment = placed.comment
            yield CommentEntry(
                anchor=comment.anchor,
                number=placed.number,
                page=number,
                name=comment.author.name,
                deleted=comment.deleted,
                removed=comment.removed,
                passage=comment.passage,
            )


def _nest(part: Sequence[PlacedComment]) -> Iterator[PlacedComment]:
    """Yield a part of a thread as a thread of its own, which begins without indentation."""
    depths: list[int] = []
    base = part[0].depth if part else 0
    for placed in part:
        base = min(base, placed.depth)
        depths.append(placed.depth - base)
    here = {placed.comment.anchor for placed in part}
    for place, placed in enumerate(part):
        depth = depths[place]
        following = depths[place + 1] if place + 1 < len(depths) else 0
        yield replace(
            placed,
            depth=depth,
            opens=following > depth,
            closes=max(0, depth - following),
            parent_here=placed.parent_anchor is None or placed.parent_anchor in here,
        )
