"""The engine for speed: CommonMark with the extensions of GitHub, by pulldown-cmark (package `pyromark`).

What it writes is made like what python-Markdown writes, as far as the theme, `check` and readers can tell: footnotes,
tables, code, links to template tags. What differs in the language itself is in `docs/explanation/markdown.md`.
"""

from sitegen.errors import ContentError, Problem, error
from sitegen.model.config import MarkdownConfig
from sitegen.parse.commonmark_notes import gather_notes
from sitegen.parse.commonmark_tokens import (
    adapt_tags,
    dress_prose,
    dress_tables,
    hide_percents,
    is_prose,
    punctuate_prose,
    show_literal_links,
    show_percents,
)
from sitegen.parse.html_tokens import Token, scan_html
from sitegen.parse.markdown import Converted
from sitegen.parse.markdown_guard import guard_nesting
from sitegen.parse.markdown_passes import finish_body, remove_unwanted
from sitegen.parse.prose import finish_prose
from sitegen.parse.template_tags import protect_template_tags

_CODE = "markdown"
_CONFIGURATION = "sitegen.toml"


class CommonMark:
    """A `MarkdownEngine` over pulldown-cmark."""

    def __init__(self, config: MarkdownConfig) -> None:
        """Raise ContentError where the package is missing, or extensions of python-Markdown are asked for."""
        if config.extensions or config.extension_options:
            raise ContentError((_refuse_extensions(),))
        try:
            from pyromark import Markdown, Options  # noqa: PLC0415 — an extra, which may be missing
        except ImportError as cause:
            raise ContentError((_miss_package(),)) from cause
        self._config = config
        self._markdown = Markdown(
            options=Options.ENABLE_TABLES
            | Options.ENABLE_FOOTNOTES
            | Options.ENABLE_STRIKETHROUGH
            | Options.ENABLE_HEADING_ATTRIBUTES
            | Options.ENABLE_DEFINITION_LIST,
            highlight=_highlight if config.highlight else None,
        )

    def convert(self, text: str, language: str) -> Converted:
        """Return `text` as HTML; see `MarkdownEngine`."""
        source = remove_unwanted(text)
        guard_nesting(source)
        source, tags = protect_template_tags(source)
        if not tags and (prose := self._convert_prose(source, language)):
            return prose
        return finish_body(self._read(source, tags), tags, language, self._config)

    def _convert_prose(self, source: str, language: str) -> Converted | None:
        """Return `source` as HTML if it is nothing but prose."""
        punctuated = punctuate_prose(source, language) if self._config.smart_punctuation else None
        html = None if punctuated is None else self._write(punctuated)
        return None if html is None or not is_prose(html) else finish_prose(dress_prose(html))

    def _write(self, source: str) -> str:
        return self._markdown.html(hide_percents(source)).strip()

    def _read(self, source: str, tags: list[str]) -> list[Token]:
        """Return the HTML of `source`, made like that of python-Markdown; `tags` may grow."""
        html = self._write(source)
        tokens = scan_html(html)
        is_mixed = "<" in source
        if is_mixed or "{" in source or "%" in source or "%" in html or "/>" in html:
            tokens = adapt_tags(tokens)
        tokens = show_literal_links(tokens, tags)
        if is_mixed or "|" in source:
            tokens = dress_tables(tokens)
        return gather_notes(tokens) if is_mixed or "^" in source else tokens


def _highlight(language: str | None, code: str) -> str:
    # Pygments takes a while to import, and most articles have no code.
    from sitegen.parse.highlighting import highlight_code  # noqa: PLC0415

    # Where fences are written for python-Markdown, `{.python}` names a language as well.
    return highlight_code(show_percents(code), language.strip("{.}") if language else None)


def _refuse_extensions() -> Problem:
    return error(
        _CODE,
        'the engine "commonmark" has no extensions: those named are of python-Markdown',
        file=_CONFIGURATION,
        hint="remove `extensions` and `extension_options`, or `engine`",
    )


def _miss_package() -> Problem:
    return error(
        _CODE,
        'the engine "commonmark" needs the package pyromark, which is not installed',
        file=_CONFIGURATION,
        hint="write `pip install 'sitegen[commonmark]'`, or remove `engine`",
    )
