"""Plain text as Markdown that shows every character as it is."""

import re

_ALWAYS = re.compile(r"[\\`*\[\]]|(?<!\w)_|_(?!\w)|\{(?=[:{%])")
_REFERENCE = re.compile(r"&(?=#?\w+;)")
_AT_START = re.compile(r"(?:#|>|[-+=:|](?=\s|[-+=:|]|$))")
_NUMBER = re.compile(r"(\d+)([.)])(?=\s|$)")


def write_markdown(paragraphs: list[list[str]]) -> str:
    """Return paragraphs, each with its lines, as Markdown."""
    return "\n\n".join("\n".join(_escape_line(line) for line in lines) for lines in paragraphs)


def split_paragraphs(lines: list[str]) -> list[list[str]]:
    """Return the paragraphs in `lines`: what blank lines part, or every line where there are none."""
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            paragraphs[-1].append(line.strip())
        elif paragraphs[-1]:
            paragraphs.append([])
    found = [paragraph for paragraph in paragraphs if paragraph]
    return [[line] for line in found[0]] if len(found) == 1 else found


def _escape_line(line: str) -> str:
    escaped = _REFERENCE.sub("&amp;", _ALWAYS.sub(r"\\\g<0>", line)).replace("<", "&lt;").replace("~~~", "&#126;~~")
    numbered = _NUMBER.match(escaped)
    if numbered:
        return f"{numbered[1]}\\{escaped[numbered.end(1) :]}"
    start = _AT_START.match(escaped)
    if not start:
        return escaped
    return f"&#{ord(escaped[0])};{escaped[1:]}" if escaped[0] in "=:|" else f"\\{escaped}"
