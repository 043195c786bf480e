"""Characters that neither HTML nor XML 1.0 may contain."""

import re

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def remove_illegal(text: str) -> str:
    """Return `text` without them: control characters, halves of pairs, and what Unicode promises never to use."""
    # What is printable throughout holds none of them, and is found out in a fraction of the time.
    return text if text.isprintable() or not _ILLEGAL.search(text) else _ILLEGAL.sub("", text)
