"""Shortcodes in a body: `[name attribute="value"]content[/name]`.

The grammar is that of WordPress 6 (`wp-includes/shortcodes.php`, `get_shortcode_regex` and `shortcode_parse_atts`): an
opening tag ends at the first `]`, content ends at the first closing tag of the same name, doubled brackets are an
escape. Linear time.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

_TAG = re.compile(r"\[(?P<slash>/?)(?P<name>[a-zA-Z][\w-]*)(?=[\s\]/])")
_ODD_SPACES = re.compile("[\u00a0\u200b]+")
_ATTRIBUTE = re.compile(
    r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s'"]+))(?=\s|$)|(?:"([^"]*)"|'([^']*)'|(\S+))(?=\s|$)"""
)
_NAMED = re.compile(r"""(?:^|\s)[\w-]+\s*=\s*["'\w]""")
_ESCAPED_CHARACTER = re.compile(r"\\(.)", re.DOTALL)

Region = tuple[int, int]
"""Offsets of a first character and of the one behind the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcode:
    """A shortcode in a body."""

    name: str
    """As it is written."""
    written: str
    """The attributes as they are written."""
    content: str | None
    """What it encloses; None where it encloses nothing."""
    start: int
    """Offset of its `[`."""
    end: int
    """Offset behind its last `]`."""
    is_escaped: bool = False
    """Whether doubled brackets say that it is to be shown as written."""

    @property
    def attributes(self) -> Mapping[str, str]:
        """Named values by lower-case name, and the others by their number from 0."""
        return read_attributes(self.written)


def read_attributes(written: str) -> Mapping[str, str]:
    """Return what stands between the name of a shortcode and its `]`: values in quotes of both kinds, or bare."""
    values: dict[str, str] = {}
    count = 0
    for match in _ATTRIBUTE.finditer(_ODD_SPACES.sub(" ", written)):
        name, double, single, bare, *unnamed = match.groups()
        if name is not None:
            values[name.lower()] = _strip_slashes(next(value for value in (double, single, bare) if value is not None))
        else:
            values[str(count)] = _strip_slashes(next(value for value in unnamed if value is not None))
            count += 1
    return values


def find_shortcodes(text: str, names: Container[str]) -> Iterator[Shortcode]:
    """Yield the shortcodes of these `names` in order, none inside of another."""
    tags = _Tags(text)
    position = 0
    while match := _TAG.search(text, position):
        position = match.end()
        if match["slash"] or match["name"] not in names:
            continue
        shortcode = tags.read(match)
        if shortcode is None:
            return
        yield shortcode
        position = shortcode.end


def find_unknown(text: str, known: Container[str]) -> Iterator[str]:
    """Yield the names of what looks like a shortcode and is not among the `known` ones, in order.

    A word in brackets may be just that, such as `[sic]`. It counts where it has attributes, an end tag, a slash at its
    end or a hyphen or underscore in its name, or where it stands on a line of its own.
    """
    tags = _Tags(text)
    position = 0
    while match := _TAG.search(text, position):
        position = match.end()
        end = tags.find_end(match.end())
        if end is None:
            return
        name = match["name"]
        if match["slash"] or name in known or (match.start() and text[match.start() - 1] == "["):
            continue
        written = text[match.end() : end]
        if "[" in written or "\n\n" in written:
            continue
        position = end
        if (
            written.rstrip().endswith("/")
            or _NAMED.search(written)
            or "-" in name
            or "_" in name
            or tags.find_closing(name, end) is not None
            or (not written.strip() and _stands_alone(text, match.start(), end + 1))
        ):
            yield name


class _Tags:
    """Finds the ends of tags, each search in logarithmic time."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._closing: dict[str, list[Region]] | None = None

    def find_end(self, start: int) -> int | None:
        """Return the offset of the first `]` behind `start`."""
        end = self._text.find("]", start)
        return end if end >= 0 else None

    def find_closing(self, name: str, start: int) -> Region | None:
        """Return where the first `[/name]` behind `start` stands."""
        if self._closing is None:
            self._closing = defaultdict(list)
            for match in re.finditer(r"\[/([a-zA-Z][\w-]*)\]", self._text):
                self._closing[match[1]].append(match.span())
        places = self._closing.get(name, [])
        index = bisect_left(places, (start, 0))
        return places[index] if index < len(places) else None

    def read(self, match: re.Match[str]) -> Shortcode | None:
        """Return the shortcode whose tag begins with `match`; None where no tag ends behind it."""
        end = self.find_end(match.end())
        if end is None:
            return None
        written = self._text[match.end() : end]
        start, stop, content = match.start(), end + 1, None
        if written.endswith("/"):
            written = written[:-1]
        elif closing := self.find_closing(match["name"], stop):
            content = self._text[stop : closing[0]]
            stop = closing[1]
        is_escaped = self._text[start - 1 : start] == "[" and self._text[stop : stop + 1] == "]"
        return Shortcode(
            name=match["name"],
            written=written.strip(),
            content=content,
            start=start - is_escaped,
            end=stop + is_escaped,
            is_escaped=is_escaped,
        )


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether nothing but space and tags stands before and behind on the same line."""
    before = text.rfind("\n", 0, start) + 1
    after = text.find("\n", end)
    line = text[max(before, start - 80) : start] + text[end : after if 0 <= after < end + 80 else end + 80]
    return not re.sub(r"<[^<>]*>", "", line).strip()


def _strip_slashes(value: str) -> str:
    return _ESCAPED_CHARACTER.sub(r"\1", value)
