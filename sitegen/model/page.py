"""A page that is to be written, and one that has been rendered."""

from dataclasses import dataclass
from typing import Literal

from sitegen.model.comment_views import CommentPageView
from sitegen.model.index_views import IndexView
from sitegen.model.machine_views import MachineView
from sitegen.model.message_views import MessagePageView
from sitegen.model.names import OutPath
from sitegen.model.views import View

AnyView = View | CommentPageView | MessagePageView | IndexView | MachineView
"""What some template sees as `page`."""

Wave = Literal["asset", "page", "list", "sitemap"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSpec:
    """Everything one output file is made from, as values."""

    path: OutPath
    """Where it is written."""
    template: str
    """Name of the template that shows it."""
    language: str
    """Which `SiteView` and which language catalogue it sees."""
    view: AnyView
    """What the template sees as `page`; bodies and threads only by digest."""
    wave: Wave
    """When it is published: what others point to comes first."""
    source: str
    """Whom to blame for a clash of addresses: a file of the site, or words such as "tag NATO"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """The bytes of one output file."""

    path: OutPath
    """Where they are written."""
    data: bytes
    """The whole file."""
