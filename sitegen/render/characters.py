"""Characters that neither HTML nor XML 1.0 may contain."""

import re

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LEGAL = re.compile("[\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]*+")
_LEGAL_BYTES = bytes({*b"\t\n\r", *range(0x20, 0x100)} - {0x7F})
_LATE_CONTROL = re.compile(rb"\xc2[\x80-\x84\x86-\x9f]")
_NEVER_USED = re.compile(rb"\xef(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])")


def remove_illegal(text: str) -> str:
    """Return `text` without them: control characters, halves of pairs, and what Unicode promises never to use."""
    # Nearly always there is nothing to remove. A run of legal characters is passed in a third of the time that looking
    # for an illegal one takes, and what is short and printable takes least of all.
    return text if text.isprintable() or _LEGAL.fullmatch(text) else _ILLEGAL.sub("", text)


def encode_legal(text: str) -> bytes:
    """Return what `remove_illegal` leaves of `text` in UTF-8."""
    try:
        data = text.encode()
    except UnicodeEncodeError:  # a half of a pair
        return remove_illegal(text).encode()
    return data if _is_legal(data) else remove_illegal(text).encode()


def _is_legal(data: bytes) -> bool:
    """Whether text in UTF-8 has none of them; of bytes that is found out in a fifth of the time that text takes."""
    return not (
        data.translate(None, _LEGAL_BYTES)
        or (b"\xc2" in data and _LATE_CONTROL.search(data))
        or (b"\xef" in data and _NEVER_USED.search(data))
    )
