"""A comment snapshot: readers' comments as they stood when they were captured (`sitegen.comments/1`)."""

from typing import Literal

from msgspec import Struct

from sitegen.model.article import Rating
from sitegen.model.moment import Moment
from sitegen.model.names import Html

AuthorKind = Literal["editor", "author", "member"]
"""What somebody is to the site: an editor, the author of the article, a member."""


class CommentAuthor(Struct, frozen=True, kw_only=True, array_like=True):
    """Who wrote a comment."""

    name: str | None = None
    """The displayed name; None for an anonymous comment."""
    url: str | None = None
    """Their own site: http or https only."""
    kind: AuthorKind | None = None
    """What they are to the site, where the source says so."""


class CommentEdit(Struct, frozen=True, kw_only=True, array_like=True):
    """That a comment was changed after it was written."""

    at: Moment | None = None
    """When, at the precision that is known; None where only words like "2 months ago" are known without their day."""
    raw: str | None = None
    """The words of the original page."""
    by: str | None = None
    """Displayed name of the one who changed it."""
    note: str | None = None
    """The reason that was given."""


class Votes(Struct, frozen=True, kw_only=True, array_like=True):
    """What readers thought of a comment; None is unknown, not zero."""

    up: int | None = None
    """Votes for it."""
    down: int | None = None
    """Votes against it."""
    score: int | None = None
    """The net result, where only that is known."""


class Reaction(Struct, frozen=True, kw_only=True, array_like=True):
    """How many readers answered a comment with one and the same sign."""

    name: str
    """The sign, or the platform's name of it."""
    count: int
    """How many, at least one."""


class Passage(Struct, frozen=True, kw_only=True, array_like=True):
    """The passage of the article that a comment answers (W3C Web Annotation, TextQuoteSelector)."""

    quote: str
    """What it says, on one line."""
    prefix: str = ""
    """What stands before it."""
    suffix: str = ""
    """What stands after it."""
    question: str | None = None
    """What the author of the article asked there."""


class Comment(Struct, frozen=True, kw_only=True, array_like=True):
    """One comment, its body sanitised."""

    id: str
    """Unique within the snapshot, with the platform's prefix: `wp-901`."""
    anchor: str
    """Value of the `id` attribute on the page: `comment-901`, so that old links keep working."""
    parent: str | None = None
    """Id of the comment it answers."""
    reply_to_name: str | None = None
    """Displayed name of whom it answers, where the platform kept one."""
    author: CommentAuthor = CommentAuthor()
    """Who wrote it."""
    published: Moment | None = None
    """When it was written; None where that is not known."""
    edited: CommentEdit | None = None
    """Its last change."""
    body: Html
    """Sanitised HTML; empty for a deleted comment."""
    language: str | None = None
    """BCP 47 tag of the body where it differs from the article's."""
    votes: Votes = Votes()
    """Its votes."""
    reactions: tuple[Reaction, ...] = ()
    """What else readers thought of it, by the platform's own signs."""
    passage: Passage | None = None
    """The passage of the article that it answers."""
    deleted: bool = False
    """Deleted at the source or removed: a tombstone stands where replies hang on it."""
    removed: bool = False
    """Removed by an editor of this site; `deleted` as well."""
    redacted: bool = False
    """Its text was replaced by an editor: `body` is their notice, empty where the theme's own words are to stand."""
    pinned: bool = False
    """Held at the top by an editor."""
    closed: bool = False
    """Replies to it were closed."""
    url: str | None = None
    """Its address at the source."""


MentionKind = Literal["mention", "like", "repost"]
"""How another page speaks of the article; a pingback is a mention."""


class Mention(Struct, frozen=True, kw_only=True, array_like=True):
    """A page elsewhere that mentions the article."""

    kind: MentionKind
    """How."""
    url: str | None = None
    """Its address: http or https only."""
    author: CommentAuthor = CommentAuthor()
    """Who it is by."""
    published: Moment | None = None
    """When it was written."""


class Provenance(Struct, frozen=True, kw_only=True, array_like=True):
    """Where a snapshot comes from."""

    platform: str | None = None
    """`wpdiscuz`, `disqus`, …"""
    origin_url: str | None = None
    """Address of the page it was taken from."""
    captured_at: Moment | None = None
    """When."""
    declared_count: int | None = None
    """How many comments the source said it had."""


class CommentEntry(Struct, frozen=True, kw_only=True, array_like=True):
    """A comment on a further page, as the article's own page names it."""

    anchor: str
    """Value of the `id` attribute, there and here."""
    number: int
    """Its place among all comments by time."""
    page: int
    """Number of the page that it is on, from 2."""
    name: str | None
    """Displayed name of who wrote it; None for an anonymous comment."""
    deleted: bool = False
    """Whether it is a tombstone."""
    removed: bool = False
    """Whether an editor of this site made it one."""
    passage: Passage | None = None
    """The passage of the article that it answers."""


class CommentThread(Struct, frozen=True, kw_only=True, array_like=True):
    """The comments of one page in the order in which they are shown: every reply somewhere below what it answers.

    A thread without further pages is the whole; feeds are made from the whole of every thread.
    """

    provenance: Provenance
    """Where they come from."""
    comments: tuple["PlacedComment", ...]
    """In reading order."""
    open: int = 0
    """How many of them stand open; lists end there, and what follows is folded."""
    elsewhere: tuple[CommentEntry, ...] = ()
    """Those on further pages."""
    closed: bool = True
    """Whether the source had closed its comments."""
    ratings: tuple[Rating, ...] = ()
    """Ratings the source showed; the first is the article's own."""
    mentions: tuple[Mention, ...] = ()
    """Pages elsewhere that mention the article, the oldest first."""

    @property
    def count(self) -> int:
        """Number of comments that can be read, here and on further pages: tombstones do not count."""
        here = sum(not placed.comment.deleted for placed in self.comments)
        return here + sum(not entry.deleted for entry in self.elsewhere)


Reply = Literal["comment", "deleted", "missing"]
"""What a comment answers."""


class PlacedComment(Struct, frozen=True, kw_only=True, array_like=True):
    """A comment at its place in the thread."""

    comment: Comment
    """The comment."""
    depth: int
    """Indentation: 0 for a comment on the article, at most the site's `max_depth`."""
    number: int = 0
    """Its place among all comments by time, from 1: it stays the same in whatever order they stand."""
    in_reply_to: Reply | None = None
    """`comment`: answers another one that is here; `deleted`: answers a tombstone; `missing`: its parent is not in the
    snapshot; None: a root."""
    parent_anchor: str | None = None
    """`id` attribute of the comment it answers, if that is here."""
    parent_here: bool = True
    """Whether that stands on the same page."""
    parent_name: str | None = None
    """Displayed name of whom it answers; None for anonymous or unknown."""
    opens: bool = False
    """Whether the next comment is nested directly below this one: its list starts here."""
    closes: int = 0
    """How many nested lists end after this comment."""
