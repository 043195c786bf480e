# ruff: noqa: RUF001 — typographic quotes are left to python-Markdown where they would be part of an address
"""Blocks of Markdown that have one reading only: paragraphs, headings, flat lists, quotations and tables.

No line of them begins like a block of another kind, and their only marks are links, code and emphasis of the simplest
form. They become what python-Markdown would write.
"""

import re
from collections.abc import Callable, Mapping
from typing import Literal

from sitegen.parse.html_tokens import TABLE_SCROLL

TextReader = Callable[[str], str | None]
"""Reads the text of a block; None where it is not plain."""
Kind = Literal["text", "list", "quote", "other"]
"""What a block is: a paragraph, heading or table, a list, a quotation, or something for python-Markdown."""

_OTHER_LINE = re.compile(r"[\s#=_+:>|\-]|\*\s|\d+\.")
"""How a line begins that may be something else than text."""
_HEADING = re.compile(r"(#{1,6}) ([^\s#][^\n#]*)")
_NUMBER = re.compile(r"\n\d+\. ")
# The first character comes first, so that the search skips from one such character to the next.
_MARK = re.compile(
    r"""[\[\]*_`<&\\{|\t\r](?:
     (?<=\[)(?<!!\[)(?P<words>[^\[\]*_`<\\{|\t\r^][^\[\]*_`<\\{|\t\r]*+)\]
       \((?P<address>[^()\[\]'"‘’‚“”„«»‹›<>\\{|`\s\ufdda\ufddb]*+)
       (?:[ ]"(?P<title>[^()\[\]'"<>\\{|`\s]++(?:[ ]++[^()\[\]'"<>\\{|`\s]++)*+)")?\)
    |(?<=`)(?P<code>[^`<\\{|\s](?:[^`<\\{|\n\t\r]*[^`<\\{|\s])?)`(?!`)
    |(?<=\*)(?!\*)(?P<em>[^\[\]*_`<&\\{|\s](?:[^\[\]*_`<&\\{|\t\r]*[^\[\]*_`<&\\{|\s])?)\*(?!\*)
    |(?<=\*)\*(?P<strong>[^\[\]*_`<&\\{|\s](?:[^\[\]*_`<&\\{|\t\r]*[^\[\]*_`<&\\{|\s])?)\*\*(?!\*)
    |(?<=\*)(?P<stars>\*?(?!\*))
    |(?<=_)(?P<lines>_?(?!_))
    |(?<=&)(?P<ampersand>)
    )?""",
    re.VERBOSE,
)
_AMPERSAND = re.compile(r"&(?!(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)", re.IGNORECASE)
"""One that begins no character reference."""

_OTHER_MARKS = ("_", "`", "<", "\\", "{", "&", "\t", "\r")
# In these the first character is one that nothing else begins with: it is looked for faster than one of several.
_LINK = re.compile(
    r"""\[(?<!!\[)(?P<words>[^\[\]*|\n^][^\[\]*|\n]*+)\]
      \((?P<address>[!#-&+-Z^-{}~]*+)
      (?:[ ]"(?P<title>[^()\[\]'"|*\s]++(?:[ ]++[^()\[\]'"|*\s]++)*+)")?\)""",
    re.VERBOSE,
)
_STARS = re.compile(
    r"""\*(?:
      \*(?P<strong>[^\[\]*<|\s](?:[^\[\]*<|\n]*[^\[\]*<|\s])?)\*\*(?!\*)
     |(?P<em>[^\[\]*<|\s](?:[^\[\]*<|\n]*[^\[\]*<|\s])?)\*(?!\*)
    )""",
    re.VERBOSE,
)
_EMPHASIS = {"*": "em", "**": "strong", "_": "em", "__": "strong"}
_SEPARATOR = re.compile(r"[ ]*(?P<left>:?)-+(?P<right>:?)[ ]*")
_SIDES = {
    ("", ""): "",
    (":", ""): ' class="align-left"',
    ("", ":"): ' class="align-right"',
    (":", ":"): ' class="align-center"',
}
_TABLE = """
<table>
<thead>
{}
</thead>
<tbody>
{}
</tbody>
</table>
</div>"""
_FEWEST_ROWS = 3
"""Those of a table: header, separators and one more."""


def read_block(text: str, read: TextReader) -> tuple[Kind, str]:
    """Return what a block is and becomes; `read` is `read_text`, or `keep_text` behind `write_spans`."""
    first = text[0]
    html: str | None
    kind: Kind = "text"
    if first.isalpha() or not _OTHER_LINE.match(text):
        html = _read_paragraph(text, read)
    elif first == "|":
        html = _read_table(text, read)
    elif first == "#":
        html = _read_heading(text, read)
    elif first == ">":
        kind, html = "quote", _read_quote(text, read)
    elif text.startswith(("- ", "* ")):
        kind, html = "list", _read_items(text[2:].split(f"\n{first} "), "ul", read)
    elif text.startswith("1. "):
        kind, html = "list", _read_items(_NUMBER.split(text[3:]), "ol", read)
    else:
        html = None
    return (kind, html) if html else ("other", "")


def _read_paragraph(text: str, read: TextReader) -> str | None:
    """Return a paragraph whose first line is known to be text; None where it is not plain."""
    if text[-1].isspace() and text[-1] != " ":
        return None
    if "\n" in text and ("  \n" in text or any(map(_OTHER_LINE.match, text.split("\n")))):
        return None
    words = read(text)
    return None if words is None else f"<p>{words}</p>"


def _read_heading(text: str, read: TextReader) -> str | None:
    heading = _HEADING.fullmatch(text)
    words = read(heading[2].strip()) if heading else None
    if heading is None or words is None:
        return None
    level = len(heading[1])
    return f"<h{level}>{words}</h{level}>"


def _read_quote(text: str, read: TextReader) -> str | None:
    lines = text.split("\n")
    if not all(line == ">" or line.startswith("> ") for line in lines):
        return None
    paragraphs: list[str] = []
    for paragraph in "\n".join(line[2:] for line in lines).split("\n\n"):
        if not paragraph or _OTHER_LINE.match(paragraph):
            return None
        written = _read_paragraph(paragraph, read)
        if written is None:
            return None
        paragraphs.append(written)
    return "\n".join(("<blockquote>", *paragraphs, "</blockquote>"))


def _read_items(items: list[str], name: str, read: TextReader) -> str | None:
    """Return a list with items of one line each."""
    lines = [f"<{name}>"]
    for item in items:
        if not item or "\n" in item or (item[-1].isspace() and item[-1] != " ") or _OTHER_LINE.match(item):
            return None
        words = read(item)
        if words is None:
            return None
        lines.append(f"<li>{words}</li>")
    return "\n".join((*lines, f"</{name}>"))


def _read_table(text: str, read: TextReader) -> str | None:
    """Return a table with bars at both sides of all rows and as many cells in each of them."""
    rows = [line[1:-1].split("|") for line in text.split("\n") if line[:1] == line[-1:] == "|"]
    if "`" in text or len(rows) <= text.count("\n") or len(rows) < _FEWEST_ROWS or len({*map(len, rows)}) > 1:
        return None
    header, separators, *body = rows
    sides = [_SEPARATOR.fullmatch(cell) for cell in separators]
    if len(header) == 1 or not all(sides):
        return None
    classes = [_SIDES[side["left"], side["right"]] for side in sides if side]
    head = _read_row(header, "th", classes, read)
    written = [_read_row(row, "td", classes, read) for row in body]
    if not (head and all(written)):
        return None
    return TABLE_SCROLL + _TABLE.format(head, "\n".join(filter(None, written)))


def _read_row(cells: list[str], name: str, classes: list[str], read: TextReader) -> str | None:
    """Return a row of a table; None where not all of its cells are plain."""
    lines = ["<tr>"]
    for cell, attribute in zip(cells, classes, strict=True):
        text = cell.strip(" ")
        words = read(text) if text == text.strip() else None
        if words is None:
            return None
        lines.append(f"<{name}{attribute}>{words}</{name}>")
    return "\n".join((*lines, "</tr>"))


def write_spans(source: str) -> str | None:
    """Return a document with its links and emphasis as HTML, for `keep_text`; None where it has other marks.

    A span of a single line is the same in all kinds of blocks, and most are found faster all at once.
    """
    if any(mark in source for mark in _OTHER_MARKS) or (
        ">" in source and source.count(">") > f"\n{source}".count("\n>")
    ):
        return None
    if "[" in source:
        source = _LINK.sub(_write_link, source)
    if "*" in source:
        source = _STARS.sub(_write_span, source)
    return None if "*" in source or "[" in source or "]" in source else source


def keep_text(text: str) -> str | None:
    """Return a text whose spans are HTML already."""
    return None if "|" in text else text


def read_text(text: str) -> str | None:
    """Return text with its links, code and emphasis; None where a mark has not one reading only."""
    if "&" in text or ">" in text:
        return _read_marks(text)
    try:
        return _MARK.sub(_write_span, text)
    except KeyError:  # a mark that is no whole span
        return _read_marks(text)


def _read_marks(text: str) -> str | None:
    """Return text mark by mark, with what has to be escaped and emphasis around other marks."""
    pieces: list[str] = []
    position, emphasis = 0, ""
    for match in _MARK.finditer(text):
        kind = match.lastgroup
        start, end = match.span()
        if kind == "ampersand" or (kind == "lines" and _stands_in_word(text, start, end)):
            continue
        pieces.append(_escape(text[position:start]))
        position = end
        if kind in {"stars", "lines"}:
            tag = _read_emphasis(text, start, end, emphasis)
            if not tag:
                return None
            pieces.append(tag)
            emphasis = "" if emphasis else text[start:end]
        elif kind is None or (emphasis and kind in {"em", "strong"}):
            return None
        else:
            pieces.append(_write_span(match))
    pieces.append(_escape(text[position:]))
    return None if emphasis else "".join(pieces)


def _stands_in_word(text: str, start: int, end: int) -> bool:
    """Tell whether a low line stands between letters or digits, where it is one of them."""
    return start > 0 and end < len(text) and text[start - 1].isalnum() and text[end].isalnum()


def _begins_emphasis(mark: str, before: str, behind: str) -> bool:
    """Tell whether a mark between two characters begins emphasis, whatever comes later."""
    if mark[0] == "*":
        return not behind.isspace()
    return behind.isalnum() and (before.isspace() or before == "(")


def _ends_emphasis(mark: str, before: str, behind: str) -> bool:
    """Tell whether a mark between two characters ends the emphasis that one like it began, whatever comes later."""
    if mark[0] == "*":
        return not before.isspace()
    return before.isalnum() and (behind.isspace() or behind in ".,;:!?)")


def _read_emphasis(text: str, start: int, end: int, emphasis: str) -> str:
    """Return the tag of a mark, which ends `emphasis` if there is any; nothing where it may be something else."""
    mark, before, behind = text[start:end], text[start - 1 : start] or " ", text[end : end + 1] or " "
    if not emphasis:
        return f"<{_EMPHASIS[mark]}>" if _begins_emphasis(mark, before, behind) else ""
    return f"</{_EMPHASIS[mark]}>" if mark == emphasis and _ends_emphasis(mark, before, behind) else ""


def _write_span(span: re.Match[str]) -> str:
    """Return a link, code or emphasis without other marks in it; raises KeyError for other marks."""
    return _WRITERS[span.lastgroup](span)


def _write_em(span: re.Match[str]) -> str:
    return f"<em>{_escape(span['em'])}</em>"


def _write_strong(span: re.Match[str]) -> str:
    return f"<strong>{_escape(span['strong'])}</strong>"


def _write_code(span: re.Match[str]) -> str:
    code = span["code"].replace("&", "&amp;").replace(">", "&gt;")
    return f"<code>{code}</code>"


def _write_link(link: re.Match[str]) -> str:
    title = f' title="{_escape(link["title"])}"' if link["title"] else ""
    return f'<a href="{_escape(link["address"])}"{title}>{_escape(link["words"])}</a>'


def _escape(text: str) -> str:
    """Return text as python-Markdown writes it."""
    if "&" in text:
        text = _AMPERSAND.sub("&amp;", text)
    return text.replace(">", "&gt;") if ">" in text else text


_WRITERS: Mapping[str | None, Callable[[re.Match[str]], str]] = {
    "em": _write_em,
    "strong": _write_strong,
    "code": _write_code,
    "address": _write_link,
    "title": _write_link,
}
