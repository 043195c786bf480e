"""XML exports, element by element: expat without DTD and entities, in memory that does not grow with the file."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from sitegen.errors import ContentError, Problem, Span, error, warning
from sitegen.importers.inputs import CODE, hide_line, read_chunks, refuse_input

_ILLEGAL = bytes(code for code in range(32) if code not in b"\t\n\r")
"""Characters that XML 1.0 does not allow (section 2.2), and that old databases have in their texts nevertheless."""
_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_DEEPEST = 50
_LONGEST = 20_000_000
"""How many characters one element of the second level may hold."""


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
    builder = _Builder(name, root)
    first = True
    other = False
    for chunk in read_chunks(name, advance):
        other = chunk.startswith(_OTHER_ENCODINGS) if first else other
        first = False
        clean = chunk if other else chunk.translate(None, _ILLEGAL)
        if len(clean) != len(chunk) and not builder.has_warned:
            builder.has_warned = True
            span = Span(line=builder.line_of(chunk, clean))
            message = "holds control characters, which are left out"
            warnings.append(hide_line(warning(CODE, message, name, span)))
        builder.feed(clean, is_last=False)
        yield from builder.take()
    builder.feed(b"", is_last=True)
    yield from builder.take()


class _Builder:
    """Builds the elements of one file."""

    def __init__(self, name: str, root: str) -> None:
        self._name = name
        self._root = root
        self._open: list[Element] = []
        self._done: list[Element] = []
        self._length = 0
        self.has_warned = False
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
            raise ContentError(
                [self._describe(told, Span(line=failure.lineno, column=failure.offset + 1))]
            ) from failure
        except (ValueError, LookupError) as failure:
            raise ContentError([self._describe("is in an encoding that is not read", Span(line=1))]) from failure

    def take(self) -> Iterator[Element]:
        """Yield what is complete."""
        done, self._done = self._done, []
        yield from done

    def line_of(self, chunk: bytes, clean: bytes) -> int:
        """Return the line of the first byte by which `chunk`, which comes next, differs from `clean`."""
        at = next((place for place, (one, other) in enumerate(zip(chunk, clean, strict=False)) if one != other), 0)
        return self._parser.CurrentLineNumber + chunk.count(b"\n", 0, at)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._open and name != self._root:
            raise self._refuse(f"is no such export: its root element is `{name.rpartition(' ')[2][:50]}`")
        if len(self._open) > _DEEPEST:
            raise self._refuse(f"is nested more than {_DEEPEST} levels deep")
        self._open.append(Element(name=name, attributes=attributes))

    def _end(self, _name: str) -> None:
        element = self._open.pop()
        if len(self._open) == 1:
            self._done.append(element)
            self._length = 0
        elif self._open:
            self._open[-1].children.append(element)

    def _add_text(self, text: str) -> None:
        if len(self._open) < 2:
            return
        self._length += len(text)
        if self._length > _LONGEST:
            raise self._refuse(f"has an element of more than {_LONGEST:,} characters")
        self._open[-1].pieces.append(text)

    def _refuse_doctype(self, *_: object) -> None:
        raise self._refuse("has a DTD, which is not read", "export it again; exports of comments have none")

    def _refuse(self, message: str, hint: str | None = None) -> ContentError:
        return refuse_input(self._name, message, hint, Span(line=self._parser.CurrentLineNumber))

    def _describe(self, message: str, span: Span) -> Problem:
        return hide_line(error(CODE, message, self._name, span, "download the export again"))
