"""What one page shows of another: kept small, so that a change to an article re-renders few strangers."""

from dataclasses import dataclass
from typing import Literal

from sitegen.model.article import Label, Rating
from sitegen.model.moment import Moment
from sitegen.model.names import ArticleId, Url

Status = Literal["published", "draft", "scheduled", "expired", "gone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A section, tag or author, with the page that lists it."""

    title: str
    """Its name as readers see it."""
    url: Url
    """Its page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What neighbours and related lists show of an article."""

    url: Url | None
    """Its address; None for a title that leads nowhere."""
    title: str
    """Its headline."""
    date: Moment | None = None
    """When it was published."""
    image: Picture | None = None
    """Its picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
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
