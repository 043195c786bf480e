"""XML exports, element by element: expat without DTD and entities, in memory that does not grow with the file."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from sitegen.errors import ContentError, Problem, Span, warning
from sitegen.importers.inputs import CODE, hide_line, read_chunks, refuse_input

_ILLEGAL = bytes(code for code in range(32) if code not in b"\t\n\r")
"""Characters that XML 1.0 does not allow (section 2.2), and that old databases have in their texts nevertheless."""
_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_DEEPEST = 50
_TOLD_LINES = 10
_HINTS: Mapping[str, str] = {
    "junk after document element": "there are several documents in one file: give each of them as a file",
    "XML or text declaration not at start of entity": "delete everything before `<?xml`",
    "no element found": "it ends in the middle: download the export again",
    "unclosed token": "it ends in the middle: download the export again",
    "unclosed CDATA section": "it ends in the middle: download the export again",
    "undefined entity": "write the character instead of the entity",
}
"""What helps against an error of expat, by its words."""
_LONGEST = 20_000_000
"""How many characters one element that is yielded may hold."""


@dataclass(slots=True, kw_only=True)
class Element:
    """An element with all that is in it."""

    name: str
    """Namespace and local name with a space between: `http://disqus.com post`."""
    attributes: Mapping[str, str]
    """Values by names of the same form."""
    children: list["Element"] = field(default_factory=list)
    """Elements in it, in order."""
    pieces: list[str] = field(default_factory=list)
    """Text that stands directly in it."""

    def find(self, name: str) -> "Element | None":
        """Return the first child with a name."""
        return next((child for child in self.children if child.name == name), None)

    def text_of(self, name: str) -> str | None:
        """Return the text of the first child with a name; None where there is none, or where it is empty."""
        child = self.find(name)
        return "".join(child.pieces).strip() or None if child else None


def stream_elements(name: str, root: str, advance: Callable[[int], None], warnings: list[Problem]) -> Iterator[Element]:
    """Yield the elements directly below the root element of the file `name`, which must be called `root`.

    Raises ContentError with the line for what is not XML, for a DTD, and for another root. Control characters that
    XML does not allow are taken out, with a warning.
    """
    return parse_elements(name, read_chunks(name, advance), (root,), warnings)


def parse_elements(
    name: str, chunks: Iterable[bytes], path: tuple[str, ...], warnings: list[Problem]
) -> Iterator[Element]:
    """Yield the elements of a document directly below the element to which `path` leads: `("rss", "channel")`.

    The first name of `path` is that of the root element. `name` is the document's in messages; otherwise as
    `stream_elements`.
    """
    builder = _Builder(name, path)
    sieve = _Sieve()
    for chunk in chunks:
        builder.feed(sieve.clean(chunk), is_last=False)
        yield from builder.take()
    builder.feed(b"", is_last=True)
    yield from builder.take()
    if sieve.lines:
        warnings.append(hide_line(warning(CODE, sieve.describe(), name, Span(line=sieve.lines[0]))))


class _Sieve:
    """Takes out what XML does not allow, and remembers the lines."""

    def __init__(self) -> None:
        self.lines: list[int] = []
        self._read = 1
        self._is_other: bool | None = None

    def clean(self, chunk: bytes) -> bytes:
        """Return the next piece of a document without control characters."""
        if self._is_other is None:
            self._is_other = chunk.startswith(_OTHER_ENCODINGS)
        clean = chunk if self._is_other else chunk.translate(None, _ILLEGAL)
        if len(clean) != len(chunk):
            for number, line in enumerate(chunk.split(b"\n"), self._read):
                if len(line.translate(None, _ILLEGAL)) != len(line) and self.lines[-1:] != [number]:
                    self.lines.append(number)
        self._read += chunk.count(b"\n")
        return clean

    def describe(self) -> str:
        """Return what is said of the lines that held some."""
        if len(self.lines) == 1:
            return "holds control characters, which are left out"
        told = ", ".join(map(str, self.lines[:_TOLD_LINES]))
        more = f" and {len(self.lines) - _TOLD_LINES} more" if len(self.lines) > _TOLD_LINES else ""
        return f"holds control characters on the lines {told}{more}, which are left out"


class _Builder:
    """Builds the elements of one file."""

    def __init__(self, name: str, path: tuple[str, ...]) -> None:
        self._name = name
        self._path = path
        self._open: list[Element] = []
        self._done: list[Element] = []
        self._length = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._add_text
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype

    def feed(self, data: bytes, *, is_last: bool) -> None:
        """Read on."""
        try:
            self._parser.Parse(data, is_last)
        except expat.ExpatError as failure:
            message = expat.ErrorString(failure.code) if failure.code else "cannot be read"
            told = f"is no sound XML: {message}"
            hint = _HINTS.get(message, "download the export again")
            span = Span(line=failure.lineno, column=failure.offset + 1)
            raise refuse_input(self._name, told, hint, span) from failure
        except (ValueError, LookupError) as failure:
            raise refuse_input(
                self._name, "is in an encoding that is not read", "save it as UTF-8", Span(line=1)
            ) from failure

    def take(self) -> Iterator[Element]:
        """Yield what is complete."""
        done, self._done = self._done, []
        yield from done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._open and name != self._path[0]:
            raise self._refuse(f"is no such export: its root element is `{name.rpartition(' ')[2][:50]}`")
        if len(self._open) > _DEEPEST:
            raise self._refuse(f"is nested more than {_DEEPEST} levels deep")
        self._open.append(Element(name=name, attributes=attributes))

    def _end(self, _name: str) -> None:
        element = self._open.pop()
        depth = len(self._open)
        if depth > len(self._path):
            self._open[-1].children.append(element)
            return
        self._length = 0
        if depth == len(self._path) and all(
            outer.name == name for outer, name in zip(self._open, self._path, strict=True)
        ):
            self._done.append(element)

    def _add_text(self, text: str) -> None:
        if len(self._open) <= len(self._path):
            return
        self._length += len(text)
        if self._length > _LONGEST:
            raise self._refuse(f"has an element of more than {_LONGEST:,} characters")
        self._open[-1].pieces.append(text)

    def _refuse_doctype(self, *_: object) -> None:
        raise self._refuse("has a DTD, which is not read", "export it again; exports have none")

    def _refuse(self, message: str, hint: str | None = None) -> ContentError:
        return refuse_input(self._name, message, hint, Span(line=self._parser.CurrentLineNumber))
