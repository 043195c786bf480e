"""What one page shows of another: kept small, so that a change to an article re-renders few strangers."""

from typing import Literal

from msgspec import Struct

from sitegen.model.article import Label, Rating
from sitegen.model.moment import Moment
from sitegen.model.names import ArticleId, Url

Status = Literal["published", "draft", "scheduled", "expired", "gone"]


class Named(Struct, frozen=True, kw_only=True, array_like=True):
    """A section, tag or author, with the page that lists it."""

    title: str
    """Its name as readers see it."""
    url: Url
    """Its page."""


class Picture(Struct, frozen=True, kw_only=True, array_like=True):
    """An image with what is known of it."""

    src: str
    """Address on this site, or absolute."""
    alt: str = ""
    """Text alternative; empty for decoration."""
    caption: str = ""
    """Plain text below it."""
    credit: str = ""
    """Who made it."""
    width: int | None = None
    """Width in pixels, where the file could be read."""
    height: int | None = None
    """Height in pixels, where the file could be read."""


class Link(Struct, frozen=True, kw_only=True, array_like=True):
    """What neighbours and related lists show of an article."""

    url: Url | None
    """Its address; None for a title that leads nowhere."""
    title: str
    """Its headline."""
    date: Moment | None = None
    """When it was published."""
    image: Picture | None = None
    """Its picture."""


class Card(Struct, frozen=True, kw_only=True, array_like=True):
    """What lists show of an article."""

    id: ArticleId
    """Which article."""
    language: str
    """BCP 47 tag."""
    status: Status
    """Anything but `published` only in a preview."""
    link: Link
    """Address, headline, date, picture."""
    description: str
    """A sentence or two; may be empty."""
    section: Named | None
    """Its section."""
    tags: tuple[Named, ...]
    """Its tags."""
    authors: tuple[Named, ...]
    """Its authors."""
    comment_count: int
    """How many comments can be read on it."""
    rating: Rating | None
    """Its rating."""
    label: Label | None
    """The mark above its headline."""
    is_live: bool
    """Whether it is a live story that still grows."""
    weight: int
    """Heavier stands higher."""
    updated: Moment | None
    """Its last announced change."""
