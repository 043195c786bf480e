"""Which tags of a body stay, with which attributes: an explicit list, with addresses brought over to the new site."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sitegen.importers.wordpress.block_comments import read_block_comment, read_page_mark
from sitegen.importers.wordpress.marks import MORE, mark_end, mark_start
from sitegen.importers.wordpress.tree import BLOCKS, COMMENT, FORMATTING, Tag
from sitegen.parse.html_tokens import Token

_DROPPED_NAMES = (
    "applet canvas datalist frameset math noembed noframes noscript script select style svg template textarea title xmp"
)
_DROPPED = frozenset(_DROPPED_NAMES.split())
_LONE = frozenset("area base embed frame iframe input link meta param".split())  # noqa: SIM905
"""Elements that end where they begin, or whose content is not shown."""
_COUNTED = _DROPPED | _LONE | {"button", "form", "object"}
_FEEDBACK = "wpd-inline-shortcode"
_WIDGETS = frozenset({"wpd-inline-icon-wrapper", "sharedaddy", "jp-relatedposts"})
"""Classes of what plugins put into a text for readers to click on."""
_FIGURES = frozenset({"gallery-item", "wp-caption"})
"""Classes of figures in themes from before HTML 5."""
_SCHEMES = frozenset({"ftp", "http", "https", "mailto", "tel"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_IGNORED_BY_BROWSERS = re.compile("[\x00-\x20\x7f]+")
_FILE = re.compile(
    r"\.(?:avif|docx?|epub|gif|jpe?g|key|m4[av]|mov|mp[34]|od[pst]|og[agv]|pdf|png|pptx?|rtf|svg|txt|wav|web[mp]|xlsx?"
    r"|zip)(?:[?#]|$)",
    re.IGNORECASE,
)
_UPLOADS = "/wp-content/uploads/"
_ID = re.compile(r"[A-Za-z][\w.-]*")
_NUMBER = re.compile(r"-?\d{1,6}")
_ALIGNMENT = re.compile(r"(?:has-text-align-|text-align:\s*)(left|center|right)")
_YOUTUBE = re.compile(r"(?:https?:)?//(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]+)(?:\?.*)?")
_VIMEO = re.compile(r"(?:https?:)?//player\.vimeo\.com/video/(\d+)(?:\?.*)?")
_SOURCES = ("data-src", "data-lazy-src", "data-orig-file", "src")
"""Attributes that may hold the address of an image; the first ones where a script loads it later."""
_PLAIN: Mapping[str, tuple[str, ...]] = {
    "abbr": ("title",),
    "dfn": ("title",),
    "details": ("open",),
    "bdo": ("dir",),
}
_NUMBERS: Mapping[str, tuple[str, ...]] = {
    "img": ("width", "height"),
    "li": ("value",),
    "ol": ("start",),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan"),
    "video": ("width", "height"),
}

Relocate = Callable[[str], str]
"""Turns an address of the source site into one of the new site."""


@dataclass(slots=True, kw_only=True)
class Finds:
    """What is met with on the way through a body."""

    media: dict[str, None] = field(default_factory=dict)
    """Addresses of images, audio, video and files as written, in order."""
    unknown: Counter[str] = field(default_factory=Counter)
    """Names of shortcodes and blocks that were not understood."""
    removed: Counter[str] = field(default_factory=Counter)
    """What was taken out."""
    missing: dict[str, None] = field(default_factory=dict)
    """Ids of attachments that a shortcode asks for and nobody knows."""
    passages: list[tuple[str, str | None]] = field(default_factory=list)
    """Id and question of each passage, in the order of their beginnings."""

    has_more: bool = False
    """Whether there was a `more` mark."""

    def add_passage(self, identity: str, question: str | None) -> int:
        """Add a passage; return its number for the marks around it."""
        self.passages.append((identity, question))
        return len(self.passages) - 1


class BodyCleaner:
    """Cleans the tags of one body; see `tree.Cleaner`."""

    def __init__(self, relocate: Relocate, finds: Finds, questions: Mapping[str, str]) -> None:
        """Add to `finds`; `questions` are those of rendered passages by id."""
        self._relocate = relocate
        self._finds = finds
        self._questions = questions

    def clean(self, name: str, attributes: Mapping[str, str]) -> Tag:
        """Return what becomes of a start tag."""
        classes = frozenset(attributes.get("class", "").split())
        if name in _COUNTED:
            self._finds.removed[name] += 1
        self._finds.removed.update({"event handler": sum(key.startswith("on") for key in attributes)})
        if name in _DROPPED or classes & _WIDGETS or name == "button":
            return Tag(name="", is_dropped=True)
        if name in {"iframe", "embed", "object"}:
            return self._link_frame(name, attributes)
        if name == "img":
            return self._clean_image(attributes, classes)
        if name == "a":
            return Tag(name="a", attributes=self._clean_link(attributes))
        if name == "div":
            return self._clean_division(attributes, classes)
        if classes & _FIGURES and name == "dl":
            return Tag(name="figure")
        if "wp-caption-text" in classes:
            return Tag(name="figcaption")
        if "gallery-icon" in classes:
            return Tag(name="")
        kept = name if name in FORMATTING or name in BLOCKS or name in {"br", "source"} else ""
        return Tag(name=kept, attributes=self._keep_attributes(name, attributes, classes))

    def read_comment(self, token: Token) -> Tag:
        """Return what becomes of a comment: unknown blocks keep their name, all others go."""
        if read_page_mark(token) == "more":
            self._finds.has_more = True
            return Tag(name="", text=MORE)
        block = read_block_comment(token)
        if block is None or not block.is_alone:
            return Tag(name="")
        name = f"wp:{block.name}"
        self._finds.unknown[name] += 1
        return Tag(name=COMMENT, attributes={"text": f" {name} "})

    def _keep_attributes(self, name: str, attributes: Mapping[str, str], classes: frozenset[str]) -> Mapping[str, str]:
        kept = {key: attributes[key] for key in _PLAIN.get(name, ()) if key in attributes}
        numbers = {key: attributes.get(key, "").removesuffix("px").strip() for key in _NUMBERS.get(name, ())}
        kept |= {key: value for key, value in numbers.items() if _NUMBER.fullmatch(value)}
        if name in {"audio", "video", "source"}:
            kept |= self._keep_sources(attributes)
        if name in {"td", "th"}:
            written = f"text-align: {attributes.get('align', '')} {attributes.get('style', '')} {' '.join(classes)}"
            side = _ALIGNMENT.search(written)
            kept |= {"class": f"align-{side[1]}"} if side else {}
        if name == "ol":
            kept |= {"reversed": ""} if "reversed" in attributes else {}
            kept |= {"type": attributes["type"]} if attributes.get("type") in {"a", "A", "i", "I"} else {}
        if re.fullmatch("h[1-6]", name) and _ID.fullmatch(attributes.get("id", "")):
            kept["id"] = attributes["id"]
        return kept

    def _keep_sources(self, attributes: Mapping[str, str]) -> Mapping[str, str]:
        moved = {key: self._move_media(attributes.get(key, "")) for key in ("src", "poster")}
        return {key: value for key, value in moved.items() if value}

    def _clean_division(self, attributes: Mapping[str, str], classes: frozenset[str]) -> Tag:
        if _FEEDBACK in classes:
            identity = attributes.get("id", "").removeprefix("wpd-inline-")
            number = self._finds.add_passage(identity, self._questions.get(identity))
            return Tag(name="", mark=(mark_start(number), mark_end(number)))
        return Tag(name="figure" if classes & _FIGURES else "")

    def _clean_link(self, attributes: Mapping[str, str]) -> Mapping[str, str]:
        kept: dict[str, str] = {}
        address = self._keep_address(attributes.get("href", ""))
        if address:
            if _FILE.search(address) or _UPLOADS in address:
                self._finds.media[address] = None
            kept["href"] = self._move(address)
            if title := attributes.get("title", "").strip():
                kept["title"] = title
        anchor = attributes.get("id") or attributes.get("name", "")
        if not address and _ID.fullmatch(anchor):
            kept["id"] = anchor
        return kept

    def _clean_image(self, attributes: Mapping[str, str], classes: frozenset[str]) -> Tag:
        words = " ".join(attributes.get("alt", "").split())
        if classes & {"emoji", "wp-smiley"} and words:
            return Tag(name="", text=words)
        address = next((attributes[key] for key in _SOURCES if key in attributes and attributes[key].strip()), "")
        if address.strip()[:5].lower() == "data:":
            self._finds.removed["image within the text"] += 1
            return Tag(name="", text=words)
        moved = self._move_media(address)
        if not moved:
            return Tag(name="", text=words)
        kept = {"src": moved, "alt": words, **self._keep_attributes("img", attributes, classes)}
        title = " ".join(attributes.get("title", "").split())
        if title and title != words:
            kept["title"] = title
        return Tag(name="img", attributes=kept)

    def _link_frame(self, name: str, attributes: Mapping[str, str]) -> Tag:
        """Return a link to what a frame or plugin would show."""
        written = attributes.get("data-src") or attributes.get("src") or attributes.get("data", "")
        address = self._keep_address(written)
        if not address or address[:6].lower() == "about:":
            return Tag(name="")
        if video := _YOUTUBE.fullmatch(address):
            address = f"https://www.youtube.com/watch?v={video[1]}"
        elif video := _VIMEO.fullmatch(address):
            address = f"https://vimeo.com/{video[1]}"
        address = f"https:{address}" if address.startswith("//") else address
        words = " ".join(attributes.get("title", "").split()) or address
        return Tag(
            name="a", attributes={"href": self._move(address)}, text=words, is_dropped=name in {"object", "iframe"}
        )

    def _move_media(self, written: str) -> str:
        address = self._keep_address(written)
        if not address or address.startswith("#"):
            return ""
        self._finds.media[address] = None
        return self._move(address)

    def _move(self, address: str) -> str:
        local = address.startswith("#") or address[:7].lower() == "mailto:" or address[:4].lower() == "tel:"
        return address if local else self._relocate(address)

    def _keep_address(self, written: str) -> str:
        """Return an address that may stand in the new site; empty, and counted, for scripts and the like."""
        address = written.strip()
        scheme = _SCHEME.match(_IGNORED_BY_BROWSERS.sub("", address))
        if scheme and scheme[1].lower() not in _SCHEMES:
            self._finds.removed[f"{scheme[1].lower()}:"] += 1
            return ""
        return address
