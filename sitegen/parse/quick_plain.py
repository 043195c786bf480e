"""What is plain in a document, converted without python-Markdown.

python-Markdown cuts a document at its blank lines and reads one block after the other. Most blocks of a news article
have one reading only, whatever stands around them: no line begins like a block of another kind, and the only marks are
links, code and emphasis of the simplest form. Those are written here as python-Markdown would write them. A run of them
leaves a paragraph with a number behind, which python-Markdown reads in their place; where there is nothing else, it is
not asked at all, and quotes can be made typographic beforehand.

Exact is this for the extensions that are on by default and the versions that `quick_markdown` names. Left alone are
documents with anything that reaches across blank lines: raw HTML, fences, definitions, abbreviations.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sitegen.parse.quick_plain_blocks import Kind, keep_text, read_block, read_text, write_spans

_RUN = "\ufddf"
"""Stands on both sides of the number of a run: a noncharacter, which no text may hold."""
_PLACE_OF_RUN = re.compile(f"<p>{_RUN}([0-9]+){_RUN}</p>")

_FIRST_TAG = re.compile(r"(?:\A|\n)[ \t]*<")
_INLINE_TAG = re.compile(r"</?(?:a|abbr|b|br|cite|em|i|q|s|small|span|strong|sub|sup|u)(?:[ ][^<>\n]*)?/?>")
_GAP = re.compile(r"\n\n+")
_SEPARATORS = re.compile(r"(\n\n\|[^\n]*)\n\|[ :|-]+")
"""The head of a table: its dashes are no text."""


class _Block(NamedTuple):
    """A block of a document."""

    start: int
    """Offset of its first character."""
    end: int
    """Offset of the one behind its last."""
    kind: Kind
    """What it is."""
    html: str
    """What it becomes; nothing where python-Markdown is to read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """A document without what is plain in it."""

    rest: str
    """Markdown with a paragraph in place of every run of plain blocks."""
    runs: Sequence[str]
    """The runs as HTML."""


def read_whole(source: str) -> str | None:
    """Return what `source` becomes if all of it is plain and there is anything; None otherwise."""
    text = source.strip("\n")
    if not text or _may_reach_across(source):
        return None
    spanned = write_spans(text)
    text, read = (text, read_text) if spanned is None else (spanned, keep_text)
    pieces: list[str] = []
    previous: Kind = "text"
    for block in _GAP.split(text) if "\n\n\n" in text else text.split("\n\n"):
        kind, written = read_block(block, read)
        if kind == "other" or kind == previous != "text":
            return None
        pieces.append(written)
        previous = kind
    return "\n".join(pieces)


def may_hold_dashes(source: str) -> bool:
    """Tell whether there may be dashes or ellipses to write in `source` if all of it is plain."""
    return "..." in source or ("--" in source and "--" in _SEPARATORS.sub(r"\1", source))


def may_punctuate_code(source: str) -> bool:
    """Tell whether code may hold quotes or dashes if all of `source` is plain: there they stay as they are."""
    return "`" in source and any("'" in code or '"' in code or "--" in code for code in source.split("`")[1::2])


def set_aside(source: str) -> Plain:
    """Return `source`, which holds no noncharacters but placeholders of template tags, without its plain blocks."""
    if _may_reach_across(source):
        return Plain(rest=source, runs=())
    blocks = _read_blocks(source)
    others = [source[block.start : block.end] for block in blocks if block.kind == "other"]
    if any(text.lstrip(" ").startswith(":") for text in others):
        # A definition takes the paragraph before it.
        return Plain(rest=source, runs=())
    runs: list[list[str]] = []
    pieces: list[str] = []
    position = 0
    previous: Kind = "other"
    for block in blocks:
        if block.kind == "other":
            pieces.append(source[position : block.end])
        elif previous == "other":
            pieces += (source[position : block.start], f"{_RUN}{len(runs)}{_RUN}")
            runs.append([block.html])
        else:
            runs[-1].append(block.html)
        position, previous = block.end, block.kind
    return Plain(rest="".join(pieces), runs=["\n".join(run) for run in runs])


def put_back(html: str, runs: Sequence[str]) -> str:
    """Return HTML with the runs in place of the paragraphs with their numbers."""
    return _PLACE_OF_RUN.sub(lambda place: runs[int(place[1])], html)


def _may_reach_across(source: str) -> bool:
    """Tell whether `source` may change how blocks elsewhere are read: by HTML, fences, footnotes, abbreviations."""
    return (
        ("<" in source and _may_hold_blocks(source))
        or ("&" in source and "&#" in source)
        or ("`" in source and "```" in source)
        or ("~" in source and "~~~" in source)
        or "///" in source
        or ("*[" in source and ("]:" in source or "] :" in source))
    )


def _may_hold_blocks(source: str) -> bool:
    """Tell whether there is other HTML in `source` than whole tags of inline elements in the middle of lines."""
    return bool(_FIRST_TAG.search(source)) or len(_INLINE_TAG.findall(source)) < source.count("<")


def _read_blocks(source: str) -> list[_Block]:
    """Return the blocks of `source`, none empty; lists and quotations that may go on in another block are not plain."""
    first, last = len(source) - len(source.lstrip("\n")), len(source.rstrip("\n"))
    gaps = [gap.span() for gap in _GAP.finditer(source, first, last)]
    starts, ends = [first, *(end for _, end in gaps)], [*(start for start, _ in gaps), last]
    blocks: list[_Block] = []
    previous: Kind = "text"
    for start, end in zip(starts, ends, strict=True) if first < last else ():
        kind, html = read_block(source[start:end], read_text)
        if kind in {"list", "quote"} and previous in {kind, "other"}:
            kind, html = "other", ""
        blocks.append(_Block(start, end, kind, html))
        previous = kind
    following: Kind = "text"
    for index in range(len(blocks) - 1, -1, -1):
        if following == "other" and blocks[index].kind != "text":
            _leave(blocks, index)
        following = blocks[index].kind
    return blocks


def _leave(blocks: list[_Block], index: int) -> None:
    blocks[index] = _Block(blocks[index].start, blocks[index].end, "other", "")
