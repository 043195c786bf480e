"""What editors decided about the comments on an article (`sitegen.moderation/1`)."""

from typing import Literal

from msgspec import Struct

from sitegen.errors import Problem
from sitegen.model.names import Html

Action = Literal["hide", "show-again", "redact", "rename", "pin", "unpin"]
"""What can be decided."""


class Decision(Struct, frozen=True, kw_only=True, array_like=True):
    """One decision about one comment."""

    id: str
    """Id of the comment in the snapshot."""
    action: Action
    """What was decided."""
    by: str | None = None
    """Who decided it; never published, as the next two."""
    at: str | None = None
    """When, as it is written."""
    reason: str | None = None
    """Why."""
    name: str | None = None
    """The displayed name from now on; for `rename` alone."""
    notice: Html | None = None
    """What stands in the place of the text; for `redact` alone. None: the words of the theme."""


class Moderation(Struct, frozen=True, kw_only=True, array_like=True):
    """A sound moderation file."""

    decisions: tuple[Decision, ...]
    """In the order of the file: a later one counts more."""
    warnings: tuple[Problem, ...] = ()
    """What is worth saying, though every decision is understood."""
