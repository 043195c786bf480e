"""What templates see of comments: `comments`, and `page` where a thread goes on behind its article or page.

`docs/reference/views.md` is generated from the types and docstrings below.
"""

from collections.abc import Mapping

from msgspec import Struct

from sitegen.model.article import Rating
from sitegen.model.card import Link
from sitegen.model.comments import CommentEntry, Mention, PlacedComment, Provenance
from sitegen.model.names import Digest, Url
from sitegen.model.views import BodyRef, Head


class CommentPageEntries(Struct, frozen=True, kw_only=True, array_like=True):
    """A further page of comments."""

    number: int
    """Its number, from 2."""
    url: Url
    """Its address."""
    entries: tuple[CommentEntry, ...]
    """The comments on it, in reading order."""


class QuotedPassage(Struct, frozen=True, kw_only=True, array_like=True):
    """Where a comment finds the passage that it answers."""

    id: str
    """`id` attribute of the mark at which it begins."""
    following: str | None
    """`id` attribute of the next comment on the same passage."""


class CommentsView(Struct, frozen=True, kw_only=True, array_like=True):
    """`comments`: the readers' comments on an article or a page."""

    count: int
    """How many can be read, on this and on further pages."""
    items: tuple[PlacedComment, ...]
    """Those on this page in reading order; `opens` and `closes` say where nested lists begin and end."""
    open: int
    """How many of `items` stand open; what follows is folded. Lists end there."""
    elsewhere: tuple[CommentPageEntries, ...]
    """Those on further pages, page by page; the page of the article leads to each of them."""
    passages: Mapping[str, QuotedPassage]
    """The passages of the body that comments answer, by the `id` attribute of the comment. A comment that has a
    `passage` and is not here quotes what the body no longer says."""
    ratings: tuple[Rating, ...]
    """What the source let readers rate beside the article as a whole."""
    mentions: tuple[Mention, ...]
    """Pages elsewhere that mention the article, the oldest first."""
    provenance: Provenance
    """Where they come from."""


class CommentPageView(Struct, frozen=True, kw_only=True, array_like=True):
    """`page` in `comments.html`: comments that do not fit on the page of what they are on."""

    head: Head
    """What belongs into `<head>`."""
    url: Url
    """Its address."""
    article: Link
    """What the comments are on."""
    number: int
    """Number of this page, from 2: the first is the article's own."""
    previous: Url
    """The page before it in the order of the comments; that of the article for the first of the further ones."""
    next: Url | None
    """The page behind."""
    body: BodyRef | None
    """The body of the article, where comments on this page quote it."""
    thread: Digest
    """Where `comments` come from."""
