"""Markdown to HTML, behind one small interface: the engine can be exchanged without anybody noticing."""

from typing import Protocol

from msgspec import Struct

from sitegen.model.article import TocEntry
from sitegen.model.config import MarkdownConfig
from sitegen.model.names import Html

Tag = tuple[int, str]
"""Which piece of a body a start tag is, and its name in lower case."""


class Converted(Struct, frozen=True, kw_only=True):
    """A body as HTML, and what it says."""

    pieces: tuple[str, ...]
    """The whole text: typographic, with anchors on its headings; links and images are as the author wrote them."""
    tags: tuple[Tag, ...]
    """The start tags that may hold an address or an `id`, in order."""
    toc: tuple[TocEntry, ...]
    """Its headings in order."""
    words: int
    """Number of words; letters of scripts without spaces count each."""
    excerpt: str
    """Plain text of the first paragraph, cut at a word near 200 characters."""

    @property
    def html(self) -> Html:
        """The same as one piece of HTML."""
        return Html("".join(self.pieces))


class MarkdownEngine(Protocol):
    """What turns Markdown into HTML. Not to be shared between threads."""

    def convert(self, text: str, language: str) -> Converted:
        """Return `text` as HTML with the punctuation of `language` (BCP 47 tag).

        Raises ContentError, with lines counted from the first one of `text` and without a file, for what cannot be
        converted in reasonable time or depth.
        """
        ...


def build_engine(config: MarkdownConfig) -> MarkdownEngine:
    """Return the engine that `[markdown]` asks for.

    Raises ContentError where it, or an extension of it, cannot be imported or configured.
    """
    # Engines take up to 60 ms to import, which a build with nothing to do does not pay.
    if config.engine == "commonmark":
        from sitegen.parse.commonmark import CommonMark  # noqa: PLC0415

        return CommonMark(config)
    from sitegen.parse.python_markdown import PythonMarkdown  # noqa: PLC0415

    return PythonMarkdown(config)
