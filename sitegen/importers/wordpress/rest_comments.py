"""Comments of posts, from the REST API of WordPress.

Without a login the API gives out approved comments of the type `comment` alone. Pingbacks, trackbacks and comments that
wpDiscuz holds at the top are asked for as well; most servers refuse them, and then nobody can know how many there are.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from http import HTTPStatus

from sitegen.errors import warning
from sitegen.importers.records import Tally
from sitegen.importers.threads import Found
from sitegen.importers.wordpress.rest_api import Api, RefusedError
from sitegen.importers.wordpress.rest_format import CommentItem
from sitegen.importers.wordpress.times import read_date, write_instant
from sitegen.parse.comment_format import AuthorRecord, MentionRecord, TimeRecord

CODE = "import"
PREFIX = "wp-"
_STICKY = "wpdiscuz_sticky"
_MENTIONS = frozenset({"pingback", "trackback"})
_HIDDEN_TYPES = (_STICKY, "pingback", "trackback")
_WITHHELD: Mapping[str, str] = {"hold": "pending", "spam": "spam", "trash": "trash"}
_NOT_FOR_US = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})


@dataclass(slots=True)
class Discussion:
    """The comments on one post."""

    comments: list[Found] = field(default_factory=list)
    """Comments, with those that are not public."""
    mentions: list[MentionRecord] = field(default_factory=list)
    """Pingbacks and trackbacks."""
    complete: bool = True
    """Whether the server has given everything out."""


@dataclass(slots=True)
class Comments:
    """Asks for the comments of posts, many posts at a time."""

    api: Api
    """Whom to ask."""
    tally: Tally
    """Where to note what is not given out."""
    zone: tzinfo
    """The zone of times that the server does not tell in UTC."""
    _refused: set[str] = field(default_factory=set)

    def read(self, posts: Sequence[int]) -> Mapping[int, Discussion]:
        """Return the comments on `posts` by post."""
        found: dict[int, Discussion] = defaultdict(Discussion)
        if posts:
            for item in self._read_plain(posts, found):
                self._add(item, found)
            for kind in _HIDDEN_TYPES:
                for item in self._read_hidden(posts, kind):
                    self._add(item, found)
        if self._refused:
            for post in posts:
                found[post].complete = False
        return found

    def _read_plain(self, posts: Sequence[int], found: dict[int, Discussion]) -> Iterator[CommentItem]:
        """Yield the comments on `posts`; where the server refuses many posts at once they are asked one by one."""
        try:
            items, missing = self._list(posts, {})
        except RefusedError as refusal:
            if refusal.status not in _NOT_FOR_US:
                raise
            if len(posts) == 1:
                found[posts[0]].complete = False
                self.tally.skipped["comments that are not given out"] += 1
                self._warn(f"the comments on post {posts[0]} are not given out")
                return
            for post in posts:
                yield from self._read_plain((post,), found)
            return
        yield from items
        if missing:
            for post in posts:
                found[post].complete = False
            self._warn(f"{missing} comments on posts {posts[0]} to {posts[-1]} are counted, and not given out")

    def _read_hidden(self, posts: Sequence[int], kind: str) -> Sequence[CommentItem]:
        """Return comments of a type that servers seldom give out; one that refuses is not asked again."""
        if kind in self._refused:
            return ()
        try:
            return self._list(posts, {"type": kind})[0]
        except RefusedError as refusal:
            if refusal.status not in _NOT_FOR_US:
                raise
        if not self._refused:
            self._warn("the server gives out plain comments alone: pingbacks and those held at the top are missing")
        self._refused.add(kind)
        return ()

    def _list(self, posts: Sequence[int], parameters: Mapping[str, str]) -> tuple[Sequence[CommentItem], int]:
        """Return comments, and how many more the server counts."""
        asked = {"post": ",".join(map(str, posts)), "orderby": "id", "order": "asc", **parameters}
        items: list[CommentItem] = []
        total = 0
        for page in self.api.list_pages("wp/v2/comments", CommentItem, asked):
            items += page.items
            total = max(total, page.total or 0)
        return items, max(0, total - len(items))

    def _add(self, item: CommentItem, found: dict[int, Discussion]) -> None:
        discussion = found[item.post]
        at = write_instant(read_date(item.date_gmt) or read_date(item.date, self.zone))
        is_public = item.status in {"approved", "approve", "1"}
        if item.type in _MENTIONS and is_public:
            discussion.mentions.append(
                MentionRecord(
                    id=f"{PREFIX}{item.id}",
                    kind=item.type,
                    url=item.author_url or None,
                    author=AuthorRecord(name=item.author_name) if item.author_name else None,
                    published=TimeRecord(at=at) if at else None,
                )
            )
            return
        withheld = None if is_public else _WITHHELD.get(item.status, "not-public")
        if item.type not in {"comment", "", _STICKY}:
            withheld = "not-public"
        discussion.comments.append(
            Found(
                id=str(item.id),
                parent=str(item.parent) if item.parent else None,
                withheld=withheld,
                name=item.author_name or None,
                site=item.author_url or None,
                at=at,
                text=item.content.rendered if withheld is None else "",
                pinned=item.type == _STICKY,
                url=item.link or None,
            )
        )

    def _warn(self, message: str) -> None:
        self.tally.warnings.append(warning(CODE, message))
