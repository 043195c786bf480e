"""An instant and how precisely it is known."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

Precision = Literal["year", "month", "day", "minute", "second"]


class Moment(Struct, frozen=True, kw_only=True, array_like=True):
    """A point in time as somebody wrote it down; never shown more precisely than it is known."""

    at: datetime
    """The instant, always with a zone. What is less precise than `precision` is zero (or one, for month and day)."""
    precision: Precision = "second"
    """The finest unit that is known."""
    raw: str | None = None
    """The words it was read from, where they are worth keeping (`2 months ago`)."""
