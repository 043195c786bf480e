"""Long threads: what stands open, what is folded, and what is on further pages."""

from collections.abc import Iterator, Mapping, Sequence

from sitegen.model.comments import CommentEntry, CommentThread, PlacedComment, Provenance
from sitegen.model.config import CommentOrder, CommentsConfig
from sitegen.model.values import replace


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


def cut_from_end(placed: Sequence[PlacedComment], size: int) -> tuple[tuple[PlacedComment, ...], ...]:
    """Return the same for a thread that begins with the newest: a comment before all others changes the first part.

    The first part has what is left over, with the part behind it where both together are not twice as long.
    """
    parts: list[list[PlacedComment]] = [[]]
    for group in reversed(list(_group(placed))):
        if len(parts[0]) >= size:
            parts.insert(0, [])
        parts[0][:0] = group
    if len(parts) > 1 and len(parts[0]) < size and len(parts[0]) + len(parts[1]) < 2 * size:
        parts[0:2] = [parts[0] + parts[1]]
    return tuple(piece for part in parts for piece in cut_thread(part, len(part) if len(part) < 2 * size else size))


def _group(placed: Sequence[PlacedComment]) -> Iterator[list[PlacedComment]]:
    """Yield every comment on the article with the replies below it."""
    group: list[PlacedComment] = []
    for comment in placed:
        if not comment.depth and group:
            yield group
            group = []
        group.append(comment)
    yield group


def order_pages(count: int, order: CommentOrder) -> tuple[int, ...]:
    """Return the numbers of `count` pages in the order in which they are read.

    The first is the article's own. With the newest comments first the others are numbered from the oldest, so that they
    stay as they are.
    """
    return (1, *(range(count, 1, -1) if order == "newest" else range(2, count + 1)))


def split_thread(thread: CommentThread, config: CommentsConfig) -> tuple[CommentThread, ...]:
    """Return what each page of a long thread holds, by number, the article's own first; the whole on one if it fits."""
    if len(thread.comments) <= min(config.page_size, config.fold):
        return (replace(thread, open=len(thread.comments)),)
    cut = cut_from_end if config.order == "newest" else cut_thread
    first, *others = cut(thread.comments, config.page_size)
    numbers = order_pages(len(others) + 1, config.order)[1:]
    entries = tuple(_list_entries(dict(zip(numbers, others, strict=True))))
    own = replace(_fold(replace(thread, comments=first), config.fold), elsewhere=entries)
    pages = sorted(zip(numbers, others, strict=True), key=lambda page: page[0])
    return (own, *(_fill_page(part) for _, part in pages))


def _fold(thread: CommentThread, size: int) -> CommentThread:
    """Return `thread` with what is beyond `size` comments folded, so that its lists end where that begins."""
    first, *others = cut_thread(thread.comments, size)
    rest = [placed for part in others for placed in part] if others else []
    return replace(thread, comments=(*first, *_nest(rest)), open=len(first))


def _fill_page(comments: tuple[PlacedComment, ...]) -> CommentThread:
    return CommentThread(provenance=Provenance(), comments=comments, open=len(comments))


def _list_entries(pages: Mapping[int, Sequence[PlacedComment]]) -> Iterator[CommentEntry]:
    for number, part in pages.items():
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
        nested = (depth, following > depth, max(0, depth - following))
        parent_here = placed.parent_anchor is None or placed.parent_anchor in here
        if (*nested, parent_here) == (placed.depth, placed.opens, placed.closes, placed.parent_here):
            yield placed
            continue
        yield replace(placed, depth=depth, opens=nested[1], closes=nested[2], parent_here=parent_here)
