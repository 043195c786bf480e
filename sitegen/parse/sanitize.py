"""Comment bodies made harmless: an explicit list of what may stay, everything else goes.

Bodies come from strangers. Nothing in one may run, load, style, name or reach outside of the comment.
"""

import re
from html import escape
from html.parser import HTMLParser

import nh3

from sitegen.model.names import Html

_TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "code",
        "del",
        "em",
        "hr",
        "i",
        "ins",
        "kbd",
        "li",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "samp",
        "small",
        "strong",
        "sub",
        "sup",
        "u",
        "ul",
        "var",
    ]
)
_BLOCKS = re.compile(r"<(?:p|ul|ol|pre|blockquote|hr|li)\b", re.IGNORECASE)
_SILENT = frozenset({"script", "style"})
_VOID = frozenset({"br", "hr"})
_RELATION = "nofollow ugc noopener"
_BIDI = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ADDRESS = re.compile(r"\bhttps?://[^\s<>\"'`{}|\\^]+[^\s<>\"'`{}|\\^.,;:!?()\[\]]", re.IGNORECASE)
_IMAGE = re.compile(r"https?://\S+", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
_LONGEST = 200_000
_DEEPEST = 40

_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel=_RELATION,
    strip_comments=True,
    clean_content_tags={"script", "style"},
)


def sanitize_comment_html(html: str) -> Html:
    """Return a comment body that may stand in a page: balanced, and with nothing but text markup and marked links.

    Images become links. Bodies without block elements, as WordPress stores them, get their paragraphs. Idempotent.
    """
    text = clean_text(html[:_LONGEST])
    rebuilt = _Rebuilder()
    rebuilt.feed(text)
    rebuilt.close()
    cleaned = str(_CLEANER.clean(rebuilt.finish())).strip()
    return Html(cleaned if _BLOCKS.search(cleaned) else _wrap(cleaned))


def render_comment_text(text: str) -> Html:
    """Return plain text as HTML: paragraphs at blank lines, breaks at line ends, addresses as links."""
    cleaned = clean_text(text[:_LONGEST]).strip()
    pieces: list[str] = []
    position = 0
    for match in _ADDRESS.finditer(cleaned):
        address = escape(match[0])
        pieces.append(escape(cleaned[position : match.start()], quote=False))
        pieces.append(f'<a href="{address}" rel="{_RELATION}">{address}</a>')
        position = match.end()
    pieces.append(escape(cleaned[position:], quote=False))
    return sanitize_comment_html(_wrap("".join(pieces)))


def clean_text(text: str) -> str:
    """Return `text` without control characters, and without those that turn the direction of what stands around it."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", unified).translate(_BIDI)


def _wrap(text: str) -> str:
    """Return inline HTML in paragraphs."""
    paragraphs = (part.strip() for part in _BLANK_LINES.split(text))
    return "\n".join(f"<p>{_break(part)}</p>" for part in paragraphs if part)


def _break(text: str) -> str:
    return re.sub(r"(?:<br\s*/?>)?[ \t]*\n", "<br>\n", text)


class _Rebuilder(HTMLParser):
    """Writes HTML anew with the allowed elements, balanced and not too deep; images become links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._open: list[str] = []
        self._silent = 0

    def finish(self) -> str:
        """Return what was written, with everything closed."""
        return "".join(self._pieces) + "".join(f"</{tag}>" for tag in reversed(self._open))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif self._silent:
            return
        elif tag == "img":
            self._write_image(dict(attrs))
        elif tag in _VOID:
            self._pieces.append(f"<{tag}>")
        elif tag in _TAGS and len(self._open) < _DEEPEST and not (tag == "a" and "a" in self._open):
            self._open.append(tag)
            address = next((value for name, value in attrs if name == "href" and value), None) if tag == "a" else None
            self._pieces.append(f'<a href="{escape(address.strip())}">' if address else f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif not self._silent and tag in self._open:
            while True:
                closing = self._open.pop()
                self._pieces.append(f"</{closing}>")
                if closing == tag:
                    break

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._pieces.append(escape(data, quote=False))

    def _write_image(self, attributes: dict[str, str | None]) -> None:
        address = (attributes.get("src") or "").strip()
        label = " ".join((attributes.get("alt") or "").split()) or "image"
        if _IMAGE.fullmatch(address) and "a" not in self._open:
            self._pieces.append(f'<a href="{escape(address)}">{escape(label, quote=False)}</a>')
        else:
            self._pieces.append(escape(label, quote=False))
