"""What is plain in a document, converted without python-Markdown: paragraphs, headings, flat lists and quotations.

python-Markdown cuts a document at its blank lines and reads one block after the other. Most blocks of a news article
have one reading only, whatever stands around them: no line begins like a block of another kind, and the only marks are
links, code and emphasis of the simplest form. Those are written here as the tokens that `scan_html` would find in
python-Markdown's HTML. A run of them leaves a paragraph with a number behind, which python-Markdown reads in their
place; where nothing else is in a document, it is not asked at all.

Exact is this for the extensions that are on by default and the versions that `quick_markdown` names. Left alone are
documents with anything that reaches across blank lines: raw HTML, fences, definitions, abbreviations.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from sitegen.parse.html_tokens import LINE_END, Token, make_token

Kind = Literal["text", "list", "quote", "other"]
"""What a block is: a paragraph or a heading, a list, a quotation, or something for python-Markdown."""

_REACHING = ("<", "```", "~~~", "///")
"""What may change how blocks elsewhere are read: HTML, fences, the place of footnotes."""
_RUN = "\ufddf"
"""Stands on both sides of the number of a run: a noncharacter, which no text may hold."""

_GAP = re.compile(r"\n\n+")
_OTHER_LINE = re.compile(r"[\s#=_+:>\-]|\*\s|\d+\.")
"""How a line begins that may be something else than text."""
_HEADING = re.compile(r"(#{1,6}) ([^\s#][^\n#]*)")
_ITEMS = {"-": re.compile(r"(?:\A|\n)- (?=\S)"), "*": re.compile(r"(?:\A|\n)\* (?=\S)")}
_NUMBERED = re.compile(r"(?:\A|\n)\d+\. (?=\S)")
# The first character comes first, so that the search skips from one such character to the next.
_MARK = re.compile(
    r"""[\[\]*_`&\\{|\t\r](?:
     (?<=\[)(?<!!\[)(?P<words>[^\[\]*_`&\\{|\t\r^][^\[\]*_`&\\{|\t\r]*+)\]
       \((?P<address>[^()\[\]'">&\\{|`\s\ufdda\ufddb]*+)\)
    |(?<=`)(?P<code>[^`&\\{|\s](?:[^`&\\{|\n\t\r]*[^`&\\{|\s])?)`(?!`)
    |(?<=\*)(?P<stars>\*?(?!\*))
    |(?<=&)(?P<ampersand>(?=[ ]))
    )?""",
    re.VERBOSE,
)


def _tags(name: str) -> tuple[Token, Token]:
    return Token("open", f"<{name}>", name), Token("close", f"</{name}>", name)


_P, _UL, _OL, _LI, _QUOTE = _tags("p"), _tags("ul"), _tags("ol"), _tags("li"), _tags("blockquote")
_HEADINGS = {"#" * level: _tags(f"h{level}") for level in range(1, 7)}
_EMPHASIS = {"*": _tags("em"), "**": _tags("strong")}
_CODE = _tags("code")
_LINK_END = Token("close", "</a>", "a")


class _Block(NamedTuple):
    """A block of a document."""

    start: int
    """Offset of its first character."""
    end: int
    """Offset of the one behind its last."""
    kind: Kind
    """What it is."""
    tokens: list[Token]
    """What it becomes; nothing where python-Markdown is to read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """A document without what is plain in it."""

    rest: str
    """Markdown with a paragraph in place of every run of plain blocks."""
    runs: Sequence[list[Token]]
    """The runs."""
    is_whole: bool = False
    """Whether there is nothing but one run."""


def set_aside(source: str) -> Plain:
    """Return `source`, which holds no noncharacters but placeholders of template tags, without its plain blocks."""
    if any(mark in source for mark in _REACHING) or _may_abbreviate(source):
        return Plain(rest=source, runs=())
    blocks = _read_blocks(source)
    if any(block.kind == "other" and source[block.start : block.end].lstrip(" ")[:1] == ":" for block in blocks):
        # A definition takes the paragraph before it.
        return Plain(rest=source, runs=())
    runs: list[list[Token]] = []
    pieces: list[str] = []
    position = 0
    previous: Kind = "other"
    for block in blocks:
        if block.kind == "other":
            pieces.append(source[position : block.end])
        elif previous == "other":
            pieces += (source[position : block.start], f"{_RUN}{len(runs)}{_RUN}")
            runs.append(block.tokens)
        else:
            runs[-1].append(LINE_END)
            runs[-1] += block.tokens
        position, previous = block.end, block.kind
    is_whole = len(runs) == 1 and not any(block.kind == "other" for block in blocks)
    return Plain(rest="".join(pieces), runs=runs, is_whole=is_whole)


def put_back(tokens: list[Token], runs: Sequence[list[Token]]) -> list[Token]:
    """Return HTML with the runs in place of the paragraphs with their numbers."""
    whole: list[Token] = []
    position = 0
    for index, token in enumerate(tokens):
        if token.text[0] == _RUN:
            # The paragraph's tags stand on both sides.
            whole += tokens[position : index - 1]
            whole += runs[int(token.text[1:-1])]
            position = index + 2
    return whole + tokens[position:]


def _may_abbreviate(source: str) -> bool:
    """Tell whether `source` may define an abbreviation, which then counts everywhere."""
    return "*[" in source and ("]:" in source or "] :" in source)


def _read_blocks(source: str) -> list[_Block]:
    """Return the blocks of `source`, none empty; lists and quotations that may go on in another block are not plain."""
    blocks: list[_Block] = []
    start = len(source) - len(source.lstrip("\n"))
    stop = len(source.rstrip("\n"))
    for gap in _GAP.finditer(source, start, stop):
        _add_block(blocks, source, start, gap.start())
        start = gap.end()
    if start < stop:
        _add_block(blocks, source, start, stop)
    following: Kind = "text"
    for index in range(len(blocks) - 1, -1, -1):
        if following == "other" and blocks[index].kind != "text":
            _leave(blocks, index)
        following = blocks[index].kind
    return blocks


def _add_block(blocks: list[_Block], source: str, start: int, end: int) -> None:
    previous: Kind = blocks[-1].kind if blocks else "text"
    kind, tokens = _read_block(source[start:end])
    if kind in {"list", "quote"} and previous in {kind, "other"}:
        kind, tokens = "other", []
    blocks.append(_Block(start, end, kind, tokens))


def _leave(blocks: list[_Block], index: int) -> None:
    blocks[index] = _Block(blocks[index].start, blocks[index].end, "other", [])


def _read_block(text: str) -> tuple[Kind, list[Token]]:
    """Return what a block is and becomes."""
    first = text[0]
    tokens: list[Token] | None
    kind: Kind = "text"
    if first.isalpha() or not _OTHER_LINE.match(text):
        tokens = _read_paragraph(text)
    elif first == "#":
        tokens = _read_heading(text)
    elif first == ">":
        kind, tokens = "quote", _read_quote(text)
    elif first in _ITEMS:
        kind, tokens = "list", _read_items(text, _ITEMS[first], _UL)
    elif text.startswith("1. "):
        kind, tokens = "list", _read_items(text, _NUMBERED, _OL)
    else:
        tokens = None
    return (kind, tokens) if tokens else ("other", [])


def _read_paragraph(text: str) -> list[Token] | None:
    """Return a paragraph whose first line is known to be text; None where it is not plain."""
    if text[-1].isspace():
        return None
    if "\n" in text and (" \n" in text or any(map(_OTHER_LINE.match, text.split("\n")))):
        return None
    tokens = [_P[0]]
    return [*tokens, _P[1]] if _write_text(text, tokens) else None


def _read_heading(text: str) -> list[Token] | None:
    heading = _HEADING.fullmatch(text)
    if heading is None or text[-1].isspace():
        return None
    start, end = _HEADINGS[heading[1]]
    tokens = [start]
    return [*tokens, end] if _write_text(heading[2], tokens) else None


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


def _read_items(text: str, mark: re.Pattern[str], tags: tuple[Token, Token]) -> list[Token] | None:
    """Return a list with items of one line each."""
    before, *items = mark.split(text)
    if before:
        return None
    tokens = [tags[0]]
    for item in items:
        if not item or "\n" in item or item[-1].isspace() or _OTHER_LINE.match(item):
            return None
        tokens += (LINE_END, _LI[0])
        if not _write_text(item, tokens):
            return None
        tokens.append(_LI[1])
    return [*tokens, LINE_END, tags[1]]


def _write_text(text: str, tokens: list[Token]) -> bool:
    """Add the tokens of `text`; tell whether it holds no marks but those that have one reading only."""
    if _MARK.search(text) is None:
        tokens.append(make_token(("text", text.replace(">", "&gt;"), "")))
        return True
    position, emphasis = 0, ""
    for match in _MARK.finditer(text):
        kind = match.lastgroup
        if kind is None or (kind == "stars" and not _turns_emphasis(match, emphasis)):
            return False
        if kind == "ampersand":
            continue
        start = match.start()
        if start > position:
            tokens.append(make_token(("text", _escape(text[position:start]), "")))
        position = match.end()
        if kind == "stars":
            tokens.append(_EMPHASIS[match[0]][1 if emphasis else 0])
            emphasis = "" if emphasis else match[0]
        else:
            tokens += _write_span(match)
    if position < len(text):
        tokens.append(make_token(("text", _escape(text[position:]), "")))
    return not emphasis


def _turns_emphasis(stars: re.Match[str], emphasis: str) -> bool:
    """Tell whether asterisks begin emphasis, or end the one that `emphasis` began, whatever comes later."""
    text, start, end = stars.string, stars.start(), stars.end()
    if emphasis:
        return stars[0] == emphasis and not text[start - 1].isspace()
    return end < len(text) and not text[end].isspace()


def _write_span(match: re.Match[str]) -> tuple[Token, Token, Token]:
    """Return a link or code."""
    if match["code"]:
        return _CODE[0], make_token(("text", _escape(match["code"]), "")), _CODE[1]
    tag = make_token(("open", f'<a href="{match["address"]}">', "a"))
    return tag, make_token(("text", _escape(match["words"]), "")), _LINK_END


def _escape(text: str) -> str:
    """Return text, in which every `&` stands before a space, as python-Markdown writes it."""
    return text.replace("&", "&amp;").replace(">", "&gt;")
