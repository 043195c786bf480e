# ruff: noqa: RUF001 — typographic characters are what words are found between
"""The words of a finished body: how many there are, and the first of them for lists and feeds."""

import re
from collections.abc import Iterator, Sequence

from sitegen.parse.html_tokens import BLOCKS, Token, resolve_references
from sitegen.parse.template_tags import remove_template_tags

EXCERPT = 200
"""About how many characters an excerpt has."""
_READ = 5000
"""How many characters of a paragraph are looked at for an excerpt."""
_SILENT = frozenset({"script", "style", "template", "noscript"})
_ENDS = BLOCKS | {"br"}
_APART = frozenset({"pre", "table", "figure", "figcaption", "nav", "aside", "h1", "h2", "h3", "h4", "h5", "h6"})
"""Blocks whose text is no beginning of a story."""

# Classes as wide as these are compiled where a text needs them: that takes as long as reading an English one.
_IDEOGRAPH = "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_MARK = (
    # Combining marks, and the vowels and other marks of scripts from Devanagari to Khmer.
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0903\u093a-\u094f\u0962\u0963\u0981-\u0983\u09bc-\u09d7\u0a01-\u0a03\u0a3c-\u0a51\u0a81-\u0a83"
    "\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57\u0b82\u0bbe-\u0bd7\u0c00-\u0c04\u0c3c-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6"
    "\u0d00-\u0d03\u0d3b-\u0d4d\u0d57\u0dca-\u0ddf\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ece"
    "\u0f71-\u0f84\u102b-\u103e\u1056-\u1059\u17b4-\u17d3]"
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BEYOND_LATIN = "[\u0300-\u1fff\u2e80-\U0003ffff]"
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_TYPOGRAPHY = ("“", "”", "‘", "–", "—", "…", "\u202f", "„")
"""What texts in English and many other languages hold beyond Latin-1; no part of a word."""
_TO_KINDS = bytes(ord("x" if chr(code).isalnum() else " ") for code in range(256))
"""Makes an `x` of every letter and digit in Latin-1, and a space of every other character."""


def count_words(tokens: Sequence[Token]) -> int:
    """Return how many words `tokens` show: runs of letters and digits; every ideograph and kana is one."""
    return count_words_in(_join_text(tokens))


def count_words_in(text: str) -> int:
    """Return how many words HTML text without tags shows."""
    text = resolve_references(text)
    plain = _read_latin(text)
    if plain is not None:
        return _count_latin(plain)
    ideographs = 0
    if re.search(_BEYOND_LATIN, text):
        text, ideographs = re.subn(_IDEOGRAPH, " ", re.sub(_MARK, "", text))
    return ideographs + len(_WORD.findall(text))


def _read_latin(text: str) -> bytes | None:
    """Return `text` in Latin-1, with spaces for typography; None where it has letters that are not in that."""
    if not text.isascii():
        text = text.replace("’", "'")
        for mark in _TYPOGRAPHY:
            text = text.replace(mark, " ")
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return None


def _count_latin(text: bytes) -> int:
    """Return the number of words as `_WORD` finds them, in a tenth of the time."""
    # One apostrophe joins two words, several part them.
    return (b" " + text.replace(b"''", b" ").translate(_TO_KINDS, b"'")).count(b" x")


def cut_excerpt(tokens: Sequence[Token]) -> str:
    """Return the first paragraph that says something, as plain text on one line, cut at a word near 200 characters.

    Where there is no paragraph, the first text outside headings, tables and code is taken. Template tags and footnote
    references are left out.
    """
    return next(filter(None, map(cut_paragraph, _read_paragraphs(tokens))), "")


def cut_paragraph(paragraph: str) -> str:
    """Return HTML text without tags as `cut_excerpt` does; nothing where it has no letters and digits."""
    text = collapse_spaces(remove_template_tags(resolve_references(paragraph[:_READ])))
    return _cut(text) if any(character.isalnum() for character in text) else ""


def read_plain(tokens: Sequence[Token]) -> str:
    """Return everything that `tokens` show as plain text on one line, without template tags."""
    return collapse_spaces(remove_template_tags(resolve_references(_join_text(tokens))))


def collapse_spaces(text: str) -> str:
    """Return `text` on one line, with single spaces; spaces that do not break stay what they are."""
    if "  " not in text and text.isprintable():
        return text.strip()
    return _SPACES.sub(" ", text).strip()


def _cut(text: str) -> str:
    if len(text) <= EXCERPT:
        return text
    start = text[:EXCERPT]
    space = start.rfind(" ") if text[EXCERPT] != " " else EXCERPT
    kept = start[:space] if space > EXCERPT // 2 else start
    return kept.rstrip(" ,;:–—-") + "…"


def _join_text(tokens: Sequence[Token]) -> str:
    """Return the text of `tokens`, with spaces where blocks and lines end and inline elements run together."""
    return "".join(
        [
            text if kind == "text" else " " if name in _ENDS else text if kind == "raw" and name not in _SILENT else ""
            for kind, text, name in tokens
        ]
    )


def _read_paragraphs(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the texts of `p` elements, then, if there are none, what stands in other blocks."""
    loose: list[str] = []
    run: list[str] = []
    inside, apart, skipped = False, 0, 0
    for token in tokens:
        if token.name in _APART:
            apart = max(0, apart + (1 if token.kind == "open" else -1))
        if token.name == "sup":
            skipped = token.kind == "open" and 'id="fnref' in token.text
        if token.name in BLOCKS:
            text = "".join(run)
            if inside and not apart:
                yield text
            elif text.strip() and not apart and token.kind == "close":
                loose.append(text)
            run = []
            inside = token.name == "p" and token.kind == "open"
        elif token.kind == "text" and not skipped and not apart:
            run.append(token.text)
        elif token.name == "br":
            run.append(" ")
    yield "".join(run)
    yield from loose
