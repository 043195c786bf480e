"""Plain text as Markdown: every character means itself to sitegen's dialect and its extensions."""

import re

_SPECIAL = re.compile(r"[\\`*{}\[\]|<~]|_|(?<=\]):|&(?=#|\w*(?:;|$))|!(?=$)")
_ENTITIES = {"&": "&amp;", ":": "&#58;", "<": "&lt;", "~": "&#126;"}
"""What backslashes do not help against in every dialect."""
_LINE_START = re.compile(
    r"(?P<mark>[#>]|[-+](?=[ ]|$)|-(?=[- ]*$)|[:=~])|(?P<number>\d+)\.(?=[ ]|$)",
)
_UNSAFE = re.compile(r"[\s<>()\\\[\]`{}|\"*^]")


def escape_text(text: str) -> str:
    """Return text for the inside of a line."""

    def escape(match: re.Match[str]) -> str:
        mark = match[0]
        if mark in _ENTITIES:
            return _ENTITIES[mark]
        if mark == "_" and _is_inside_word(text, match.start()):
            return mark
        return f"\\{mark}"

    return _SPECIAL.sub(escape, text)


def escape_line_start(line: str) -> str:
    """Return a line of escaped text that begins no list, heading, quotation, rule, definition or fence."""
    match = _LINE_START.match(line)
    if match is None:
        return line
    rest = line[match.end() :]
    if match["number"]:
        return f"{match['number']}\\.{rest}"
    mark = match["mark"]
    if mark in "#>+-":
        return f"\\{mark}{rest}"
    return f"&#{ord(mark)};{rest}"


def escape_alternative(text: str) -> str:
    """Return the alternative text of an image for between its brackets."""
    return escape_text(text).replace("^", "&#94;")


def escape_address(address: str) -> str:
    """Return an address for between the parentheses of a link."""
    encoded = _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), address)
    return re.sub(r"&(?=#?\w*;)", "&amp;", encoded)


def is_plain_title(title: str) -> bool:
    """Tell whether a title may stand behind the address of a link."""
    return re.search(r"[\"\\`<>&{}\[\]()*_|\n]", title) is None


def _is_inside_word(text: str, index: int) -> bool:
    return 0 < index < len(text) - 1 and text[index - 1].isalnum() and text[index + 1].isalnum()
