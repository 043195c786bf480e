"""Characters that neither HTML nor XML 1.0 may contain."""

import re

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def remove_illegal(text: str) -> str:
    """Return `text` without them: control characters, halves of pairs, and what Unicode promises never to use."""
    return _ILLEGAL.sub("", text) if _ILLEGAL.search(text) else text
