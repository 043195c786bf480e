"""Characters that neither HTML nor XML 1.0 may contain."""

import re

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LEGAL = re.compile("[\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]*+")


def remove_illegal(text: str) -> str:
    """Return `text` without them: control characters, halves of pairs, and what Unicode promises never to use."""
    # Nearly always there is nothing to remove. A run of legal characters is passed in a third of the time that looking
    # for an illegal one takes, and what is short and printable takes least of all.
    return text if text.isprintable() or _LEGAL.fullmatch(text) else _ILLEGAL.sub("", text)
