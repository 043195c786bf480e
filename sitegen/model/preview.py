"""What is shown although it is not published."""

from msgspec import Struct


class Preview(Struct, frozen=True, kw_only=True, array_like=True):
    """What is shown although it is not published."""

    drafts: bool = False
    """Documents marked `draft`."""
    future: bool = False
    """Articles dated after the clock."""
    expired: bool = False
    """Articles whose time is over."""
