"""What is shown although it is not published."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What is shown although it is not published."""

    drafts: bool = False
    """Documents marked `draft`."""
    future: bool = False
    """Articles dated after the clock."""
    expired: bool = False
    """Articles whose time is over."""
