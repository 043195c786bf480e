# ruff: noqa: RUF001 — typographic quotes are left to python-Markdown where they would be part of an address
"""Blocks of Markdown that have one reading only: paragraphs, headings, flat lists, quotations and tables.

No line of them begins like a block of another kind, and their only marks are links, code and emphasis of the simplest
form. They become the tokens that `scan_html` would find in python-Markdown's HTML.
"""

import re
from typing import Literal

from sitegen.parse.html_tokens import LINE_END, Token, make_token

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


def _tags(name: str) -> tuple[Token, Token]:
    return Token("open", f"<{name}>", name), Token("close", f"</{name}>", name)


_P, _UL, _OL, _LI, _QUOTE = _tags("p"), _tags("ul"), _tags("ol"), _tags("li"), _tags("blockquote")
_HEADINGS = {"#" * level: _tags(f"h{level}") for level in range(1, 7)}
_EMPHASIS = {"*": _tags("em"), "**": _tags("strong"), "_": _tags("em"), "__": _tags("strong")}
_SPANS = {"em": _tags("em"), "strong": _tags("strong")}
_CODE = _tags("code")
_SCROLL = Token("open", '<div class="table-scroll" tabindex="0">', "div"), Token("close", "</div>", "div")
_TABLE, _HEAD, _BODY, _ROW = _tags("table"), _tags("thead"), _tags("tbody"), _tags("tr")
_SEPARATOR = re.compile(r"[ ]*(?P<left>:?)-+(?P<right>:?)[ ]*")
_SIDES = {("", ""): "", (":", ""): "left", ("", ":"): "right", (":", ":"): "center"}
_CELLS = {
    (name, side): (Token("open", f'<{name} class="align-{side}">' if side else f"<{name}>", name), _tags(name)[1])
    for name in ("th", "td")
    for side in _SIDES.values()
}
_FEWEST_ROWS = 3
"""Those of a table: header, separators and one more."""
_LINK_END = Token("close", "</a>", "a")


def read_block(text: str) -> tuple[Kind, list[Token]]:
    """Return what a block is and becomes."""
    first = text[0]
    tokens: list[Token] | None
    kind: Kind = "text"
    if first.isalpha() or not _OTHER_LINE.match(text):
        tokens = _read_paragraph(text)
    elif first == "|":
        tokens = _read_table(text)
    elif first == "#":
        tokens = _read_heading(text)
    elif first == ">":
        kind, tokens = "quote", _read_quote(text)
    elif text.startswith(("- ", "* ")):
        kind, tokens = "list", _read_items(text[2:].split(f"\n{first} "), _UL)
    elif text.startswith("1. "):
        kind, tokens = "list", _read_items(_NUMBER.split(text[3:]), _OL)
    else:
        tokens = None
    return (kind, tokens) if tokens else ("other", [])


def _read_paragraph(text: str) -> list[Token] | None:
    """Return a paragraph whose first line is known to be text; None where it is not plain."""
    if text[-1].isspace() and text[-1] != " ":
        return None
    if "\n" in text and ("  \n" in text or any(map(_OTHER_LINE.match, text.split("\n")))):
        return None
    tokens = [_P[0]]
    if not _write_text(text, tokens):
        return None
    tokens.append(_P[1])
    return tokens


def _read_heading(text: str) -> list[Token] | None:
    heading = _HEADING.fullmatch(text)
    if heading is None:
        return None
    start, end = _HEADINGS[heading[1]]
    tokens = [start]
    return [*tokens, end] if _write_text(heading[2].strip(), tokens) else None


def _read_quote(text: str) -> list[Token] | None:
    lines = text.split("\n")
    if not all(line == ">" or line.startswith("> ") for line in lines):
        return None
    tokens = [_QUOTE[0]]
    for paragraph in "\n".join(line[2:] for line in lines).split("\n\n"):
        if not paragraph or _OTHER_LINE.match(paragraph):
            return None
        written = _read_paragraph(paragraph)
        if written is None:
            return None
        tokens += (LINE_END, *written)
    return [*tokens, LINE_END, _QUOTE[1]]


def _read_items(items: list[str], tags: tuple[Token, Token]) -> list[Token] | None:
    """Return a list with items of one line each."""
    tokens = [tags[0]]
    for item in items:
        if not item or "\n" in item or (item[-1].isspace() and item[-1] != " ") or _OTHER_LINE.match(item):
            return None
        tokens += (LINE_END, _LI[0])
        if not _write_text(item, tokens):
            return None
        tokens.append(_LI[1])
    return [*tokens, LINE_END, tags[1]]


def _read_table(text: str) -> list[Token] | None:
    """Return a table with bars at both sides of all rows and as many cells in each of them."""
    rows = [line[1:-1].split("|") for line in text.split("\n") if line[:1] == line[-1:] == "|"]
    if "`" in text or len(rows) <= text.count("\n") or len(rows) < _FEWEST_ROWS or len({*map(len, rows)}) > 1:
        return None
    header, separators, *body = rows
    sides = [_SEPARATOR.fullmatch(cell) for cell in separators]
    if len(header) == 1 or not all(sides):
        return None
    classes = [_SIDES[side["left"], side["right"]] for side in sides if side]
    tokens = [_SCROLL[0], LINE_END, _TABLE[0], LINE_END, _HEAD[0]]
    if not _write_row(header, [_CELLS["th", side] for side in classes], tokens):
        return None
    tokens += (LINE_END, _HEAD[1], LINE_END, _BODY[0])
    cells = [_CELLS["td", side] for side in classes]
    if not all(_write_row(row, cells, tokens) for row in body):
        return None
    return [*tokens, LINE_END, _BODY[1], LINE_END, _TABLE[1], LINE_END, _SCROLL[1]]


def _write_row(cells: list[str], tags: list[tuple[Token, Token]], tokens: list[Token]) -> bool:
    """Add a row of a table; tell whether its cells are plain."""
    tokens += (LINE_END, _ROW[0])
    for cell, (start, end) in zip(cells, tags, strict=True):
        text = cell.strip(" ")
        if text != text.strip():
            return False
        tokens += (LINE_END, start)
        if text and not _write_text(text, tokens):
            return False
        tokens.append(end)
    tokens += (LINE_END, _ROW[1])
    return True


def _write_text(text: str, tokens: list[Token]) -> bool:
    """Add the tokens of `text`; tell whether it holds no marks but those that have one reading only."""
    position, emphasis = 0, ""
    for match in _MARK.finditer(text):
        kind = match.lastgroup
        start, end = match.span()
        if kind == "ampersand" or (kind == "lines" and _stands_in_word(text, start, end)):
            continue
        if start > position:
            tokens.append(_make_text(text[position:start]))
        position = end
        if kind in {"stars", "lines"}:
            tag = _read_emphasis(text, start, end, emphasis)
            if tag is None:
                return False
            tokens.append(tag)
            emphasis = "" if emphasis else text[start:end]
        elif kind is None or (emphasis and kind in _SPANS):
            return False
        else:
            tokens += _write_span(match, kind)
    if position < len(text):
        tokens.append(_make_text(text[position:]))
    return not emphasis


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


def _read_emphasis(text: str, start: int, end: int, emphasis: str) -> Token | None:
    """Return the tag of a mark, which ends `emphasis` if there is any; None where it may be something else."""
    mark, before, behind = text[start:end], text[start - 1 : start] or " ", text[end : end + 1] or " "
    if not emphasis:
        return _EMPHASIS[mark][0] if _begins_emphasis(mark, before, behind) else None
    return _EMPHASIS[mark][1] if mark == emphasis and _ends_emphasis(mark, before, behind) else None


def _write_span(match: re.Match[str], kind: str) -> tuple[Token, Token, Token]:
    """Return a link, code or emphasis without other marks in it."""
    if kind in _SPANS:
        return _SPANS[kind][0], _make_text(match[kind]), _SPANS[kind][1]
    if kind == "code":
        code = match["code"].replace("&", "&amp;").replace(">", "&gt;")
        return _CODE[0], make_token(("text", code, "")), _CODE[1]
    title = f' title="{_escape(match["title"])}"' if match["title"] else ""
    tag = make_token(("open", f'<a href="{_escape(match["address"])}"{title}>', "a"))
    return tag, _make_text(match["words"]), _LINK_END


def _make_text(text: str) -> Token:
    return make_token(("text", _escape(text) if "&" in text or ">" in text else text, ""))


def _escape(text: str) -> str:
    """Return text as python-Markdown writes it."""
    if "&" in text:
        text = _AMPERSAND.sub("&amp;", text)
    return text.replace(">", "&gt;")
