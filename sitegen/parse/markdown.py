"""Markdown to HTML, behind one small interface: the engine can be exchanged without anybody noticing."""

from dataclasses import dataclass
from typing import Protocol

from sitegen.model.article import TocEntry
from sitegen.model.config import MarkdownConfig
from sitegen.model.names import Html
from sitegen.parse.html_tokens import Token, join_tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A body as HTML."""

    tokens: tuple[Token, ...]
    """The whole text: typographic, with anchors on its headings; links and images are as the author wrote them."""
    places: tuple[int, ...]
    """Those of `find_places` in it."""
    toc: tuple[TocEntry, ...]
    """Its headings in order."""

    @property
    def html(self) -> Html:
        """The same as one piece of HTML."""
        return Html(join_tokens(self.tokens))


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
