"""Places in a text, marked by noncharacters (Unicode 23.7), which no text may hold: a body is freed of them first."""

import re

_DIGITS = "\ufde0\ufde1\ufde2\ufde3\ufde4\ufde5\ufde6\ufde7\ufde8\ufde9"
_START, _END = "\ufdd0", "\ufdd1"
_TO_DIGITS = str.maketrans(_DIGITS, "0123456789")
_FROM_DIGITS = str.maketrans("0123456789", _DIGITS)
MORE = "\ufdd2"
"""Where the teaser ends."""
MARK = re.compile(f"[{_START}{_END}][{_DIGITS}]+|{MORE}")
"""Any mark: none is part of what the text says."""
UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that HTML may not hold, those of marks among them."""


def mark_start(number: int) -> str:
    """Return what stands where the passage with that number begins."""
    return _START + str(number).translate(_FROM_DIGITS)


def mark_end(number: int) -> str:
    """Return what stands where the passage with that number ends."""
    return _END + str(number).translate(_FROM_DIGITS)


def read_mark(mark: str) -> tuple[str, int]:
    """Return `start` or `end` and the number of the passage; `more` and -1 for the end of the teaser."""
    if mark == MORE:
        return "more", -1
    return "start" if mark[0] == _START else "end", int(mark[1:].translate(_TO_DIGITS))


def remove_marks(text: str) -> str:
    """Return `text` alone."""
    return MARK.sub("", text)
