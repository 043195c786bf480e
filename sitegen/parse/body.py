"""A finished body cut where addresses are missing: links and images become slots, everything else stays as it is."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import unquote

from msgspec import Struct

from sitegen.errors import Problem, Span, warning
from sitegen.model.article import Body, ImageSlot, LinkSlot, Slot
from sitegen.model.moment import Moment
from sitegen.model.names import Html
from sitegen.parse.headings import is_taken
from sitegen.parse.html_tokens import Attribute, read_attributes
from sitegen.parse.live import MOMENT
from sitegen.parse.markdown import Converted, Tag
from sitegen.parse.source_places import SourcePlaces

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_SCRIPT = re.compile(r"(?:java|vb)script:", re.IGNORECASE)
_IGNORED = re.compile("[\x00-\x20\x7f]+")
_KEPT = re.compile(r"%(?:2[35]|3[fF])")
"""Percent-encoded `#`, `%` and `?`: decoded, they would mean something else."""
_LINKS = {
    "a": ("href",),
    "area": ("href",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "source": ("src",),
    "track": ("src",),
    "iframe": ("src",),
    "embed": ("src",),
}
_MOMENT_MARK = MOMENT.pattern[0]
_ID = re.compile(r"\sid\s*=", re.IGNORECASE)
_MAY_BE_TAKEN = re.compile("comment|main|page-|&")
"""What stands in every tag whose `id` may be one of `is_taken`."""
_ELSEWHERE = re.compile(r'<a href="(?:https?:|mailto:|#)[^"&]*">')
"""A link with nothing to resolve or to leave out."""
_LAZY = {"loading": "lazy", "decoding": "async"}

Cut = Callable[[Attribute, Sequence[Attribute]], bool]
"""Opens a slot for an attribute, or drops it; tells whether it did. The second argument is all of the tag."""


class SplitBody(Struct, frozen=True, kw_only=True):
    """What a body comes to."""

    body: Body
    """The text in parts."""
    links: tuple[LinkSlot, ...]
    """Links to resolve, in the order of `Slot.index`."""
    images: tuple[ImageSlot, ...]
    """Images to resolve, in the order of `Slot.index`."""
    excerpt: str
    """Plain text of the first paragraph, cut at a word near 200 characters."""
    warnings: tuple[Problem, ...]
    """Links that were dropped and anchors that the page has already, without the file."""


def split_body(converted: Converted, source: str, line: int, moments: tuple[Moment, ...] = ()) -> SplitBody:
    """Return a body in parts around the addresses that the plan has to find.

    `source` is the Markdown it was made from, which begins at `line` of its file: places are looked for there.
    `moments` are the instants that `live.MOMENT` stands for.
    """
    cutter = _Cutter(SourcePlaces(source, line))
    cutter.add(converted.pieces, _find_moments(converted) if moments else converted.tags)
    return SplitBody(
        body=Body(
            parts=cutter.finish(),
            slots=tuple(cutter.slots),
            moments=moments,
            toc=converted.toc,
            words=converted.words,
        ),
        links=tuple(cutter.links),
        images=tuple(cutter.images),
        excerpt=converted.excerpt,
        warnings=tuple(cutter.warnings),
    )


def _find_moments(converted: Converted) -> Sequence[Tag]:
    """Return the tags of a body and, without a name, what stands for instants, in order."""
    moments = ((index, "") for index, piece in enumerate(converted.pieces) if _MOMENT_MARK in piece)
    return sorted((*converted.tags, *moments))


class _Cutter:
    """Collects parts and slots."""

    def __init__(self, places: SourcePlaces) -> None:
        self._places = places
        self._parts: list[Html] = []
        self._pieces: list[str] = []
        self.slots: list[Slot] = []
        self.links: list[LinkSlot] = []
        self.images: list[ImageSlot] = []
        self.warnings: list[Problem] = []

    def add(self, pieces: Sequence[str], tags: Iterable[Tag]) -> None:
        """Add HTML, cut at those `tags` that have addresses, and at what stands for instants."""
        position = 0
        for index, name in tags:
            text = pieces[index]
            self._pieces += pieces[position:index]
            position = index + 1
            if name and _MAY_BE_TAKEN.search(text) and _ID.search(text):
                self._check_anchor(text)
            if name == "img":
                self._add_tag(text, self._cut_image, _LAZY)
            elif name in _LINKS and not _ELSEWHERE.fullmatch(text):
                self._add_tag(text, self._cut_link(_LINKS[name]), {})
            elif not name:
                self._add_text(text)
            else:
                self._pieces.append(text)
        self._pieces += pieces[position:]

    def finish(self) -> tuple[Html, ...]:
        """Return the parts."""
        return (*self._parts, Html("".join(self._pieces)))

    def _add_text(self, text: str) -> None:
        """Add what is no tag, cut where instants are open."""
        position = 0
        for mark in MOMENT.finditer(text):
            self._pieces.append(text[position : mark.start()])
            self._open_slot(Slot(kind="moment", index=int(mark[1])))
            position = mark.end()
        self._pieces.append(text[position:])

    def _add_tag(self, tag: str, cut: Cut, defaults: Mapping[str, str]) -> None:
        """Add a start tag without its repeated attributes and those that `cut` takes out, and with `defaults`."""
        attributes = read_attributes(tag)
        names: set[str] = set()
        position = 0
        for attribute in attributes:
            self._pieces.append(tag[position : attribute.start])
            taken = attribute.name in names or cut(attribute, attributes)
            position = attribute.end if taken else attribute.start
            names.add(attribute.name)
        if defaults:
            end = max(position, len(tag) - len("/>" if tag.endswith("/>") else ">"))
            self._pieces.append(tag[position:end].rstrip())
            self._pieces += [f' {name}="{value}"' for name, value in defaults.items() if name not in names]
            position = end
        self._pieces.append(tag[position:])

    def _cut_link(self, names: Sequence[str]) -> Cut:
        def cut(attribute: Attribute, _: Sequence[Attribute]) -> bool:
            if attribute.name not in names:
                return False
            address = attribute.value.strip()
            if _SCRIPT.match(_IGNORED.sub("", address)):
                self._warn(address, f"`{address.split(':')[0]}:` is no address of a link; the link is shown as text")
                return True
            if not address:
                self._warn(address, f"an empty `{attribute.name}` leads nowhere; it is left out")
                return True
            if address.startswith(("#", "//")) or _SCHEME.match(address):
                return False
            span = self._places.find(address)
            self.links.append(LinkSlot(target=_decode(address), attribute=attribute.name, span=span))
            self._open_slot(Slot(kind="link", index=len(self.links) - 1))
            return True

        return cut

    def _cut_image(self, attribute: Attribute, attributes: Sequence[Attribute]) -> bool:
        address = attribute.value.strip()
        if attribute.name != "src" or not address or address[:5].lower() == "data:":
            return False
        sized = any(other.name in {"width", "height"} for other in attributes)
        external = address.startswith("//") or _SCHEME.match(address)
        target = address if external else _decode(address)
        self.images.append(ImageSlot(target=target, sized=sized, span=self._places.find(address)))
        self._open_slot(Slot(kind="image", index=len(self.images) - 1))
        return True

    def _open_slot(self, slot: Slot) -> None:
        self._parts.append(Html("".join(self._pieces)))
        self._pieces = []
        self.slots.append(slot)

    def _check_anchor(self, tag: str) -> None:
        """Warn of an `id` that the page has already: links to it would lead elsewhere."""
        anchor = next((item.value for item in read_attributes(tag) if item.name == "id"), "")
        if is_taken(anchor):
            hint = f"choose another, such as `section-{anchor}`"
            message = f"the page itself has the id `{anchor}`"
            span = self._places.find(anchor) or self._places.find(f"#{anchor}")
            self.warnings.append(warning("id", message, span=span, hint=hint))

    def _warn(self, address: str, message: str) -> None:
        span: Span | None = self._places.find(address) if address else None
        self.warnings.append(warning("link", message, span=span))


def _decode(address: str) -> str:
    """Return an address of this site with its path as text; query and fragment stay as they are."""
    end = next((index for index, character in enumerate(address) if character in "?#"), len(address))
    if "%" not in address[:end]:
        return address
    path = _KEPT.sub(lambda match: "%25" + match[0][1:], address[:end])
    try:
        return unquote(path, errors="strict") + address[end:]
    except UnicodeDecodeError:
        return address
