"""The engine that ships: python-Markdown with the default extensions, and passes of our own over its HTML."""

from typing import TYPE_CHECKING

from sitegen.errors import ContentError, Problem, error
from sitegen.model.config import MarkdownConfig
from sitegen.parse.html_tokens import Token, scan_html
from sitegen.parse.markdown import Converted
from sitegen.parse.markdown_guard import guard_source
from sitegen.parse.markdown_passes import arrange_body, finish_body, remove_unwanted
from sitegen.parse.prose import finish_prose
from sitegen.parse.punctuation import punctuate_source
from sitegen.parse.quick_markdown import has_been_tried
from sitegen.parse.quick_plain import may_hold_dashes, may_punctuate_code, put_back, read_whole, set_aside
from sitegen.parse.template_tags import protect_template_tags

if TYPE_CHECKING:
    from markdown import Markdown

    from sitegen.parse.markdown_extensions import SitegenExtension

_CODE = "markdown"


class PythonMarkdown:
    """A `MarkdownEngine` over python-Markdown."""

    def __init__(self, config: MarkdownConfig) -> None:
        """Load the extensions. Raises ContentError where one cannot be had or does not take its options."""
        self._config = config
        # An extension or an option may give a meaning to what is plain without it.
        self._sets_aside = has_been_tried() and not config.extensions and not config.extension_options
        self._loaded: tuple[Markdown, SitegenExtension] | None = None
        if not self._sets_aside:
            self._load()

    def convert(self, text: str, language: str) -> Converted:
        """Return `text` as HTML; see `MarkdownEngine`."""
        source = remove_unwanted(text)
        masked, tags = protect_template_tags(source)
        if self._sets_aside and (plain := self._convert_plain(masked, tags, language)):
            return plain
        guard_source(source)
        tokens = self._read_parts(masked, tags) if self._sets_aside else scan_html(self._render(masked, tags))
        return finish_body(tokens, tags, language, self._config)

    def _convert_plain(self, source: str, tags: list[str], language: str) -> Converted | None:
        """Return `source` as HTML if all of it is plain: that takes no long time, however much of it there is."""
        quoted = self._punctuate(source, language)
        html = read_whole(source if quoted is None else quoted)
        if html is None:
            return None
        if quoted is None:
            return finish_body(scan_html(html), tags, language, self._config)
        return arrange_body(scan_html(html), tags) if tags else finish_prose(html)

    def _punctuate(self, source: str, language: str) -> str | None:
        """Return `source` with its punctuation, right if all of it is plain; None where that is not easy."""
        if not self._config.smart_punctuation:
            return source
        if may_punctuate_code(source):
            return None
        done = punctuate_source(source, language)
        return None if done is None or may_hold_dashes(done) else done

    def _load(self) -> "tuple[Markdown, SitegenExtension]":
        # What is plain needs nothing of this, and an edited text takes hardly longer than loading it.
        from sitegen.parse.markdown_setup import load_markdown  # noqa: PLC0415

        self._loaded = load_markdown(self._config)
        return self._loaded

    def _read_parts(self, source: str, tags: list[str]) -> list[Token]:
        """Return the HTML of `source`, of which python-Markdown reads only what is not plain."""
        plain = set_aside(source)
        html = self._render(plain.rest, tags)
        return scan_html(put_back(html, plain.runs) if plain.runs else html)

    def _render(self, source: str, tags: list[str]) -> str:
        """Return python-Markdown's HTML; `tags` grows by the links that turn out to lead to a template tag."""
        markdown, ours = self._loaded or self._load()
        ours.tags = tags
        finished = False
        try:
            rendered = markdown.reset().convert(source)
            finished = True
        except RecursionError as cause:
            raise ContentError((_TOO_DEEP,)) from cause
        except Exception as cause:
            # Extensions are strangers' code, and an article must not end a build; but what sitegen raises is meant.
            if type(cause).__module__.startswith("sitegen."):
                raise
            raise ContentError((_blame(cause),)) from cause
        finally:
            if not finished:
                # An interrupted run leaves its state behind.
                self._load()
        return rendered


_TOO_DEEP = error(
    _CODE,
    "is nested too deeply to be read",
    hint="nest lists, quotations and emphasis less deeply, and put blank lines between definitions",
)


def _blame(cause: Exception) -> Problem:
    return error(
        _CODE,
        f"cannot be converted: {type(cause).__name__}: {cause}",
        hint="this is a mistake in python-Markdown or one of its extensions; simplify the markup",
    )
