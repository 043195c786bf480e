"""Comment bodies made harmless: an explicit list of what may stay, everything else goes.

Bodies come from strangers. Nothing in one may run, load, style, name or reach outside of the comment. Two walls that do
not trust each other stand in a row: a writer that copies no tag, and nh3, which sees only what the writer wrote.
"""

import re

import nh3

from sitegen.model.names import Html
from sitegen.parse.comment_body import CONTAINERS, PHRASES, VOID, BodyWriter
from sitegen.parse.html_tokens import scan_html

LONGEST_LINE = 200
"""How many characters of a name and its like are kept."""
LONGEST_BODY = 100_000
"""How many characters of a body are read; a chapter of a novel has a third as many."""
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u202a-\u202e\u2066-\u2069]"  # these turn the direction of what stands around them
)
_ACCENTS = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILES = re.compile(f"({_ACCENTS}{{4}}){_ACCENTS}+")
_ADDRESS = re.compile(r"\bhttps?://[^\s<>\"'`{}|\\^]+[^\s<>\"'`{}|\\^.,;:!?()\[\]]", re.IGNORECASE)

_CLEANER = nh3.Cleaner(
    tags={*PHRASES, *CONTAINERS, *VOID},
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel="nofollow ugc noopener",
    strip_comments=True,
    clean_content_tags={"script", "style"},
)


def sanitize_comment_html(html: str) -> Html:
    """Return a comment body that may stand in a page: balanced, and with nothing but text markup and marked links.

    Images become links, tables and other layout become paragraphs. Text outside of blocks, as WordPress stores it, gets
    its paragraphs and line breaks. Idempotent, in linear time; what is longer than LONGEST_BODY is cut.
    """
    written = html[:LONGEST_BODY]
    if _is_line(written):
        return _wrap(written)
    writer = BodyWriter(clean_text)
    for token in scan_html(clean_text(written)):
        writer.add(token)
    return _seal(writer)


def render_comment_text(text: str) -> Html:
    """Return plain text as HTML: paragraphs at blank lines, breaks at line ends, addresses as links."""
    written = text[:LONGEST_BODY]
    if _is_line(written):
        return _wrap(written)
    cleaned = clean_text(written)
    writer = BodyWriter(clean_text)
    position = 0
    for match in _ADDRESS.finditer(cleaned):
        writer.add_text(cleaned[position : match.start()])
        writer.add_link(match[0], match[0])
        position = match.end()
    writer.add_text(cleaned[position:])
    return _seal(writer)


def clean_line(text: str | None, longest: int = LONGEST_LINE) -> str | None:
    """Return text on one line, cleaned, and within bounds; nothing but space is none."""
    return " ".join(clean_text(text).split())[:longest] or None if text else None


def clean_text(text: str) -> str:
    """Return `text` without characters that could disturb what stands around it.

    Control characters and halves of surrogate pairs go, as do those that turn the direction of text, and accents beyond
    four on one letter, which would pile up over the lines above.
    """
    if _is_clean(text):
        return text
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _PILES.sub(r"\1", _CONTROLS.sub("", unified))


def _is_clean(text: str) -> bool:
    return text.isprintable() and (text.isascii() or not _PILES.search(text))


def _is_line(text: str) -> bool:
    """Tell whether text is one clean line of words, as most comments are: in it there is nothing to keep out."""
    marked = "<" in text or ">" in text or "&" in text or "://" in text
    return not marked and _is_clean(text)


def _wrap(line: str) -> Html:
    """Return a line of words as what the writer and the cleaner would make of it."""
    words = line.strip(" ")
    return Html(f"<p>{words}</p>" if words else "")


def _seal(writer: BodyWriter) -> Html:
    return Html(str(_CLEANER.clean(writer.finish())))
