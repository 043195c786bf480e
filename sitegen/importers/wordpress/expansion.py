"""The shortcodes that WordPress itself knows, as HTML: captions, galleries, embeds, sound and film.

Nothing they become asks another site for a script. Parameters are those of WordPress 6 (`wp-includes/media.php`).
"""

import re
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sitegen.importers.wordpress.cleaning import Finds
from sitegen.importers.wordpress.marks import mark_end, mark_start
from sitegen.importers.wordpress.shortcodes import Region, Shortcode, find_shortcodes, find_unknown
from sitegen.parse.html_tokens import BLOCKS, escape_attribute, escape_text, join_tokens, scan_html

FEEDBACK = "wpdiscuz-feedback"
_AUDIO = frozenset({"flac", "m4a", "mp3", "ogg", "wav"})
_VIDEO = frozenset({"flv", "m4v", "mov", "mp4", "ogv", "webm", "wmv"})
_IMAGES = frozenset({"avif", "bmp", "gif", "heic", "jpeg", "jpg", "png", "webp"})
_PICTURE = re.compile(r"\s*((?:<a\s[^>]*+>\s*+)?<img\s[^>]*+>(?:\s*+</a>)?)(.*)", re.DOTALL | re.IGNORECASE)
_LINE_ADDRESS = re.compile(r"(?<=\n)[ \t]*+(https?://[^\s<>\"\[\]\ufdd0-\ufdef]++)[ \t]*+(?=\n)", re.IGNORECASE)
_EXTENSION = re.compile(r"\.([a-z0-9]+)(?:[?#].*)?$", re.IGNORECASE)
_LITERAL = frozenset({"code", "pre", "script", "style", "textarea"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file in the media library of the source site."""

    id: str
    """Its number there."""
    url: str
    """Address of the file there."""
    title: str
    """Its title; empty where it has none."""
    alt: str
    """What it shows, for those who do not see it; empty where nothing says so."""
    caption: str
    """Its caption, which may hold HTML; empty where it has none."""


class Attachments(Protocol):
    """The media library, as the post sees it."""

    def find(self, identity: str) -> Attachment | None:
        """Return the attachment with a number; None where there is none."""
        ...

    def list_own(self) -> Sequence[Attachment]:
        """Return those that were uploaded to the post, in its order: a gallery without numbers shows all of them."""
        ...


def expand_shortcodes(source: str, attachments: Attachments, finds: Finds) -> str:
    """Return a body with the shortcodes that are understood as HTML; the others stay, and are counted in `finds`."""
    finds.unknown.update(find_unknown(source, EXPANSIONS))
    return _Expander(attachments, finds).expand(source)


def link_addresses(source: str) -> str:
    """Return a body in which web addresses that stand alone on a line or in a block are links (oEmbed)."""
    if "://" not in source:
        return source
    tokens = scan_html(source)
    pieces: list[str] = []
    closed = 0
    for index, token in enumerate(tokens):
        if token.name in _LITERAL or token.name == "a":
            closed = max(0, closed + (1 if token.kind == "open" else -1 if token.kind == "close" else 0))
        if token.kind != "text" or closed or "://" not in token.text:
            pieces.append(token.text)
            continue
        before = "\n" if index == 0 or tokens[index - 1].name in BLOCKS else ""
        behind = "\n" if index + 1 == len(tokens) or tokens[index + 1].name in BLOCKS else ""
        linked = _LINE_ADDRESS.sub(lambda match: f"\n\n{_link(match[1])}\n\n", f"{before}{token.text}{behind}")
        pieces.append(linked[len(before) : len(linked) - len(behind)])
    return "".join(pieces)


class _Expander:
    def __init__(self, attachments: Attachments, finds: Finds) -> None:
        self._attachments = attachments
        self._finds = finds

    def expand(self, text: str) -> str:
        if "[" not in text:
            return text
        pieces: list[str] = []
        position = 0
        text, regions = _find_literal(text)
        literal = deque(regions)
        for shortcode in find_shortcodes(text, EXPANSIONS):
            while literal and literal[0][1] <= shortcode.start:
                literal.popleft()
            pieces += (text[position : shortcode.start], self._replace(shortcode, text, literal))
            position = shortcode.end
        return "".join((*pieces, text[position:]))

    def _replace(self, shortcode: Shortcode, text: str, literal: deque[Region]) -> str:
        written = text[shortcode.start : shortcode.end]
        if shortcode.is_escaped:
            return written[1:-1].replace("[", "&#91;")
        is_literal = bool(literal) and literal[0][0] < shortcode.start
        if is_literal and shortcode.name != FEEDBACK:
            return written
        expanded = EXPANSIONS[shortcode.name](self, shortcode)
        if expanded is None:
            self._finds.unknown[shortcode.name] += 1
            return written
        return expanded

    def expand_caption(self, shortcode: Shortcode) -> str | None:
        content = self.expand(shortcode.content or "")
        caption = shortcode.attributes.get("caption", "").strip()
        picture = _PICTURE.fullmatch(content)
        if not caption and picture:
            content, caption = picture[1], picture[2].strip()
        if not content.strip():
            return None
        return _frame(content.strip(), caption)

    def expand_gallery(self, shortcode: Shortcode) -> str | None:
        shown = self._list(shortcode.attributes, _IMAGES)
        linked = shortcode.attributes.get("link") == "file"
        frames = [
            _frame(
                f'<a href="{escape_attribute(item.url)}">{_picture(item)}</a>' if linked else _picture(item),
                item.caption.strip(),
            )
            for item in shown
        ]
        return _set_apart("\n".join(frames)) if frames else None

    def expand_playlist(self, shortcode: Shortcode) -> str | None:
        kind, extensions = ("video", _VIDEO) if shortcode.attributes.get("type") == "video" else ("audio", _AUDIO)
        frames = [
            f'<figure><{kind} src="{escape_attribute(item.url)}"></{kind}>{_caption(_title(item))}</figure>'
            for item in self._list(shortcode.attributes, extensions)
        ]
        return _set_apart("\n".join(frames)) if frames else None

    def expand_embed(self, shortcode: Shortcode) -> str | None:
        address = (shortcode.content or shortcode.attributes.get("src") or shortcode.attributes.get("0") or "").strip()
        return _set_apart(_link(address.replace("&amp;", "&"))) if address and " " not in address else None

    def expand_player(self, shortcode: Shortcode) -> str | None:
        kind, extensions = ("audio", _AUDIO) if shortcode.name == "audio" else ("video", _VIDEO)
        values = shortcode.attributes
        written = [values.get("src", ""), values.get("0", ""), *(values.get(name, "") for name in sorted(extensions))]
        addresses = list(dict.fromkeys(address.strip() for address in written if address.strip()))
        if not addresses:
            own = [item for item in self._attachments.list_own() if read_extension(item.url) in extensions]
            addresses = [item.url for item in own[:1]]
        if not addresses:
            return None
        if read_extension(addresses[0]) not in extensions:
            return _set_apart(_link(addresses[0]))
        kept = {key: values[key] for key in ("poster", "width", "height") if values.get(key) and kind == "video"}
        sources = "".join(f'<source src="{escape_attribute(address)}">' for address in addresses[1:])
        written_values = "".join(f' {key}="{escape_attribute(value)}"' for key, value in kept.items())
        return _set_apart(f'<{kind} src="{escape_attribute(addresses[0])}"{written_values}>{sources}</{kind}>')

    def expand_feedback(self, shortcode: Shortcode) -> str:
        values = shortcode.attributes
        number = self._finds.add_passage(values.get("id", ""), values.get("question", "").strip() or None)
        return f"{mark_start(number)}{self.expand(shortcode.content or '')}{mark_end(number)}"

    def _list(self, values: Mapping[str, str], extensions: frozenset[str]) -> list[Attachment]:
        """Return the attachments that a gallery or playlist shows."""
        wanted = re.findall(r"\d+", values.get("ids") or values.get("include") or "")
        if not wanted:
            unwanted = set(re.findall(r"\d+", values.get("exclude", "")))
            own = [item for item in self._attachments.list_own() if read_extension(item.url) in extensions]
            return [item for item in own if item.id not in unwanted]
        found = {identity: self._attachments.find(identity) for identity in dict.fromkeys(wanted)}
        self._finds.missing.update({identity: None for identity, item in found.items() if item is None})
        return [item for item in found.values() if item]


Expansion = Callable[[_Expander, Shortcode], str | None]

EXPANSIONS: Mapping[str, Expansion] = {
    "audio": _Expander.expand_player,
    "caption": _Expander.expand_caption,
    "embed": _Expander.expand_embed,
    "gallery": _Expander.expand_gallery,
    "playlist": _Expander.expand_playlist,
    "video": _Expander.expand_player,
    "wp_caption": _Expander.expand_caption,
    FEEDBACK: _Expander.expand_feedback,
}
"""What makes HTML of each shortcode that is understood; None where it says nothing that can be shown."""


def read_extension(address: str) -> str:
    """Return the extension of the file at an address, in lower case and without its dot."""
    match = _EXTENSION.search(address)
    return match[1].lower() if match else ""


def _find_literal(written: str) -> tuple[str, list[Region]]:
    """Return HTML with its ends in place, and its tags, comments, code and preformatted text.

    No shortcode begins inside of them.
    """
    tokens = scan_html(written)
    regions: list[Region] = []
    position, depth, start = 0, 0, 0
    for token in tokens:
        end = position + len(token.text)
        if token.name in _LITERAL and token.kind in {"open", "close"}:
            start = position if depth == 0 else start
            depth = max(0, depth + (1 if token.kind == "open" else -1))
            if depth == 0:
                regions.append((start, end))
        elif depth == 0 and token.kind != "text":
            regions.append((position, end))
        position = end
    if depth:
        regions.append((start, position))
    return join_tokens(tokens), regions


def _frame(content: str, caption: str) -> str:
    return _set_apart(f"<figure>{content}{_caption(caption)}</figure>")


def _caption(words: str) -> str:
    return f"<figcaption>{words}</figcaption>" if words else ""


def _title(item: Attachment) -> str:
    return item.caption.strip() or escape_text(item.title)


def _picture(item: Attachment) -> str:
    return f'<img src="{escape_attribute(item.url)}" alt="{escape_attribute(item.alt)}">'


def _link(address: str) -> str:
    written = escape_attribute(address.replace("&amp;", "&"))
    return f'<a href="{written}">{written}</a>'


def _set_apart(html: str) -> str:
    return f"\n\n{html}\n\n"
