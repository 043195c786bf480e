"""What `[redirects]`, `[gone]` and `redirect_hosts` of `sitegen.toml` may say, as far as one value alone can tell."""

import re
from collections.abc import Callable

from pydantic_core import PydanticCustomError

from sitegen.parse.addresses import read_old_address, read_redirect_target

_HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")


def check_old_address(text: str) -> tuple[str, str | None] | None:
    """Return message and hint where `text` is no address that once was on this site; else None."""
    return _complain(read_old_address, text)


def check_redirect_target(text: str) -> tuple[str, str | None] | None:
    """Return message and hint where `text` is nothing that an old address can lead to; else None."""
    return _complain(read_redirect_target, text)


def check_redirect_host(text: str) -> tuple[str, str | None] | None:
    """Return message and hint where `text` is no name of a host; else None."""
    if _HOST.fullmatch(text):
        return None
    return f"`{text}` is no name of a host", "write the name alone, in lower case: `archive.example`"


def _complain(read: Callable[[object], str], text: str) -> tuple[str, str | None] | None:
    try:
        read(text)
    except PydanticCustomError as failure:
        context = failure.context or {}
        return str(context.get("message")), context.get("hint")
    return None
