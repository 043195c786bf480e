"""python-Markdown with its extensions: those that every site has, and those that a configuration names."""

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
from sitegen.parse.markdown_extensions import FencedCode, SitegenExtension
from sitegen.parse.quick_markdown import quicken

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


def load_markdown(config: MarkdownConfig) -> tuple[Markdown, SitegenExtension]:
    """Return python-Markdown as `config` wants it, with what makes it quick, and our own extension in it.

    Raises ContentError where an extension cannot be had or does not take its options.
    """
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
    ours = SitegenExtension()
    ours.extendMarkdown(markdown)
    quicken(markdown)
    return markdown, ours


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
