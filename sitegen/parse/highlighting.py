"""Code coloured by Pygments, with classes."""

import html
from collections.abc import Iterable, Iterator

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

CSS_CLASS = "highlight"
"""The class of the element around coloured code."""
_PLAIN = "text"


class CodeFormatter(HtmlFormatter[str]):
    """HTML by Pygments that keeps the name of the language as a class of `code`, and scrolls by the keyboard too."""

    def __init__(self, lang_str: str = "", **options: object) -> None:
        """Take the class from `lang_str`, by which codehilite passes it."""
        super().__init__(**options)  # type: ignore[arg-type]
        self._language = html.escape(lang_str)

    def _wrap_pre(self, inner: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
        yield 0, '<pre tabindex="0"><span></span>'
        yield from inner
        yield 0, "</pre>"

    def _wrap_code(self, source: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
        yield 0, f'<code class="{self._language}">'
        yield from source
        yield 0, "</code>"


def highlight_code(code: str, language: str | None) -> str:
    """Return `code` as HTML, plain where Pygments does not know `language`, as codehilite would."""
    name = language or _PLAIN
    try:
        lexer = get_lexer_by_name(name)
    except ClassNotFound:
        lexer = get_lexer_by_name(_PLAIN)
    formatter = CodeFormatter(lang_str=f"language-{name}", cssclass=CSS_CLASS, wrapcode=True)
    return highlight(code.strip("\n"), lexer, formatter)
