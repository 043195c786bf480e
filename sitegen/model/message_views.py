"""What templates see as `page` where there is only a message: old addresses, and those without a page."""

from msgspec import Struct

from sitegen.model.moment import Moment
from sitegen.model.names import Url
from sitegen.model.views import Head


class MessageView(Struct, frozen=True, kw_only=True, array_like=True):
    """`page` in `404.html`."""

    head: Head
    """What belongs into `<head>`."""
    url: Url
    """Its address."""


class RedirectView(Struct, frozen=True, kw_only=True, array_like=True):
    """`page` in `redirect.html`: an old address that leads elsewhere."""

    url: Url
    """The old address."""
    target: str
    """Where it leads: an address on this site, or absolute."""
    title: str
    """What stands there; the address itself where that is not known."""


class GoneView(Struct, frozen=True, kw_only=True, array_like=True):
    """`page` in `gone.html`: what stands at the address of something that was taken down."""

    head: Head
    """What belongs into `<head>`."""
    url: Url
    """Its address."""
    title: str
    """The headline that stood here; empty where it is not to be shown any more."""
    reason: str
    """Why it was taken down; may be empty."""
    date: Moment | None
    """When it was taken down, where that is said."""


class TextView(Struct, frozen=True, kw_only=True, array_like=True):
    """`page` in `plain.txt`: a file for web servers, such as `_redirects`."""

    url: Url
    """Its address."""
    text: str
    """The whole file."""


MessagePageView = MessageView | RedirectView | GoneView | TextView
