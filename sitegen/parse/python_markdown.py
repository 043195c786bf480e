"""The engine that ships: python-Markdown with the default extensions, and passes of our own over its HTML."""

from collections.abc import Mapping

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.codehilite import CodeHiliteExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.md_in_html import MarkdownInHtmlExtension
from markdown.extensions.tables import TableExtension

from sitegen.errors import ContentError, Problem, error
from sitegen.model.config import MarkdownConfig, TomlValue
from sitegen.parse.highlighting import CSS_CLASS, CodeFormatter
from sitegen.parse.html_tokens import Token, scan_html
from sitegen.parse.markdown import Converted
from sitegen.parse.markdown_extensions import FencedCode, SitegenExtension
from sitegen.parse.markdown_guard import guard_source
from sitegen.parse.markdown_passes import finish_body, remove_unwanted
from sitegen.parse.quick_markdown import has_been_tried, quicken
from sitegen.parse.quick_plain import put_back, set_aside
from sitegen.parse.template_tags import protect_template_tags

_CODE = "markdown"
_CONFIGURATION = "sitegen.toml"
_PREFIX = "markdown.extensions."

_DEFAULTS: Mapping[str, tuple[type[Extension], Mapping[str, object]]] = {
    "tables": (TableExtension, {}),
    "footnotes": (FootnoteExtension, {"BACKLINK_TITLE": "", "BACKLINK_TEXT": "&#8617;&#xFE0E;"}),
    "attr_list": (AttrListExtension, {}),
    "md_in_html": (MarkdownInHtmlExtension, {}),
    "def_list": (DefListExtension, {}),
    "abbr": (AbbrExtension, {}),
    "fenced_code": (FencedCode, {}),
    "codehilite": (
        CodeHiliteExtension,
        {"css_class": CSS_CLASS, "guess_lang": False, "pygments_formatter": CodeFormatter},
    ),
}
_INCLUDED = frozenset({*_DEFAULTS, "extra"})
_READING = frozenset({"pymdownx.snippets", "pymdownx.b64"})
"""Extensions that read files, so that a change to one of them would go unnoticed."""

Options = Mapping[str, Mapping[str, object]]


class PythonMarkdown:
    """A `MarkdownEngine` over python-Markdown."""

    def __init__(self, config: MarkdownConfig) -> None:
        """Load the extensions. Raises ContentError where one cannot be had or does not take its options."""
        self._config = config
        # An extension or an option may give a meaning to what is plain without it.
        self._sets_aside = has_been_tried() and not config.extensions and not config.extension_options
        self._load()

    def convert(self, text: str, language: str) -> Converted:
        """Return `text` as HTML; see `MarkdownEngine`."""
        source = remove_unwanted(text)
        guard_source(source)
        source, tags = protect_template_tags(source)
        tokens = self._read_plain(source, tags) if self._sets_aside else scan_html(self._render(source, tags))
        return finish_body(tokens, tags, language, self._config)

    def _load(self) -> None:
        self._ours = SitegenExtension()
        self._markdown = _load_markdown(self._config, self._ours)

    def _read_plain(self, source: str, tags: list[str]) -> list[Token]:
        """Return the HTML of `source`, of which python-Markdown reads only what is not plain."""
        plain = set_aside(source)
        if plain.is_whole:
            return plain.runs[0]
        tokens = scan_html(self._render(plain.rest, tags))
        return put_back(tokens, plain.runs) if plain.runs else tokens

    def _render(self, source: str, tags: list[str]) -> str:
        """Return python-Markdown's HTML; `tags` grows by the links that turn out to lead to a template tag."""
        self._ours.tags = tags
        finished = False
        try:
            rendered = self._markdown.reset().convert(source)
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


def _load_markdown(config: MarkdownConfig, ours: Extension) -> Markdown:
    options: Options = {_shorten(name): _thaw_table(table) for name, table in config.extension_options.items()}
    markdown = Markdown(output_format="html")
    problems: list[Problem] = []
    for name, (kind, defaults) in _DEFAULTS.items():
        if name != "codehilite" or config.highlight:
            _register(markdown, name, kind, {**defaults, **options.get(name, {})}, problems)
    asked = [_shorten(name) for name in (*config.extensions, *options)]
    for name in dict.fromkeys(name for name in asked if name not in _INCLUDED):
        if name in _READING:
            problems.append(_refuse(name, "reads files that sitegen does not know of", "remove it from `extensions`"))
        else:
            _register(markdown, name, None, options.get(name, {}), problems)
    if problems:
        raise ContentError(problems)
    ours.extendMarkdown(markdown)
    quicken(markdown)
    return markdown


def _register(
    markdown: Markdown,
    name: str,
    kind: type[Extension] | None,
    options: Mapping[str, object],
    problems: list[Problem],
) -> None:
    """Add an extension to `markdown`: of class `kind`, or found by its name. Adds to `problems` where that fails."""
    try:
        extension = kind(**options) if kind else markdown.build_extension(name, options)
        markdown.registerExtensions([extension], {})
    except ImportError:
        package = (
            "write `pip install pymdown-extensions`"
            if name.startswith("pymdownx.")
            else "install the package it belongs to"
        )
        problems.append(_refuse(name, "cannot be found", f"{package}, or remove it"))
    except Exception as cause:  # noqa: BLE001 — an extension may raise anything about its options
        problems.append(_refuse(name, f"cannot be set up: {cause}", f'see [markdown.extension_options."{name}"]'))


def _refuse(name: str, reason: str, hint: str) -> Problem:
    return error(_CODE, f'the Markdown extension "{name}" {reason}', file=_CONFIGURATION, hint=hint)


def _shorten(name: str) -> str:
    return name.removeprefix(_PREFIX)


def _thaw_table(table: Mapping[str, TomlValue]) -> dict[str, object]:
    return {key: _thaw(value) for key, value in table.items()}


def _thaw(value: TomlValue) -> object:
    """Return a value of the configuration as extensions expect it: with lists instead of tuples."""
    if isinstance(value, tuple):
        return [_thaw(item) for item in value]
    return _thaw_table(value) if isinstance(value, Mapping) else value
