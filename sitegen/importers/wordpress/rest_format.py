"""What is asked of the REST API of WordPress, and nothing else: the fields below (`wp/v2`, WordPress 6).

Every request names its fields, so that a server does not even send the rest; what plugins send all the same (e-mail
addresses, IP addresses, hashes in the addresses of avatars) is not read and so is never kept.
"""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict


class _Item(BaseModel):
    model_config = ConfigDict(extra="ignore")


class Rendered(_Item):
    """Text as HTML."""

    rendered: str = ""
    """The HTML."""
    protected: bool = False
    """Whether it needs a password; then there is no HTML."""


def _read_rendered(value: object) -> object:
    return {"rendered": value} if isinstance(value, str) else value or {}


Markup = Annotated[Rendered, BeforeValidator(_read_rendered)]


class IndexItem(_Item):
    """What a site says of itself."""

    home: str = ""
    """Its address."""
    url: str = ""
    """Where WordPress is; the address of old versions that do not tell `home`."""
    namespaces: tuple[str, ...]
    """Parts of the API that there are."""
    timezone_string: str | None = None
    """The site's zone."""


class PostItem(_Item):
    """A post or a page."""

    id: int
    date: str | None = None
    date_gmt: str | None = None
    modified_gmt: str | None = None
    slug: str = ""
    status: str = ""
    link: str = ""
    title: Markup = Rendered()
    content: Markup = Rendered()
    excerpt: Markup = Rendered()
    author: int = 0
    featured_media: int = 0
    categories: tuple[int, ...] = ()
    tags: tuple[int, ...] = ()
    comment_status: str = ""
    sticky: bool = False


class CommentItem(_Item):
    """A comment, a pingback or a trackback."""

    id: int
    post: int = 0
    parent: int = 0
    author_name: str = ""
    author_url: str = ""
    date: str | None = None
    date_gmt: str | None = None
    content: Markup = Rendered()
    link: str = ""
    status: str = ""
    type: str = ""


class TermItem(_Item):
    """A category, a tag or a user."""

    id: int
    name: str = ""
    slug: str = ""
    link: str = ""


class MediaItem(_Item):
    """A file."""

    id: int
    source_url: str = ""
    alt_text: str = ""
