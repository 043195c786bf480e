"""What went wrong in a template, said with template, line and page."""

import difflib
import re
import traceback
from collections.abc import Iterable

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import TemplateAssertionError

from sitegen.errors import PAGE_NAMED, Problem, Span, error
from sitegen.model.page import PageSpec
from sitegen.model.theme import Theme
from sitegen.model.values import name_fields
from sitegen.render.printing import TemplateUseError

_NO_FIELD = re.compile(r"'(?:[\w.]*\.)?(\w+) object' has no attribute '(\w+)'")
_NO_FIELD_OF_NONE = re.compile(r"'None' has no attribute '(\w+)'")
_UNDEFINED = re.compile(r"'(\w+)' is undefined")
_UNKNOWN = re.compile(r"No (filter|test) named '(\w+)'")
_ALWAYS = ("site", "page", "content", "comments", "t", "asset")
_ABSENT = "it may be absent: write `{% if … %}` around it"

_Explanation = tuple[str, str | None]
"""Message and hint."""


def describe_failure(failure: BaseException, spec: PageSpec, theme: Theme, environment: Environment) -> Problem:
    """Return the problem of a template that failed while it rendered `spec`."""
    page = f"{PAGE_NAMED}`/{spec.path}` ({spec.source})"
    if isinstance(failure, TemplateSyntaxError):
        message, hint = _explain_syntax(failure, environment)
        file = failure.filename or failure.name or spec.template
        return error("template", f"{message}{page}", file, Span(line=failure.lineno), hint)
    message, hint = _explain(failure, theme, environment)
    file, line = _find_place(failure, theme) or (spec.template, None)
    return error("template", f"{message}{page}", file, Span(line=line) if line else None, hint)


def describe_syntax_error(failure: TemplateSyntaxError, file: str, environment: Environment) -> Problem:
    """Return the problem of a template that cannot be read."""
    message, hint = _explain_syntax(failure, environment)
    return error("template", message, file, Span(line=failure.lineno), hint)


def _find_place(failure: BaseException, theme: Theme) -> tuple[str, int] | None:
    """Return template and line of the innermost frame that belongs to the theme."""
    folders = tuple(f"{layer.folder}/templates/" for layer in theme.layers)
    for frame, line in reversed(list(traceback.walk_tb(failure.__traceback__))):
        if frame.f_code.co_filename.startswith(folders):
            return frame.f_code.co_filename, line
    return None


def _explain_syntax(failure: TemplateSyntaxError, environment: Environment) -> _Explanation:
    message = (failure.message or "cannot be read").rstrip(".")
    if isinstance(failure, TemplateAssertionError):
        return _explain_unknown(message, environment) or (message, None)
    return message, "every `{% block %}`, `{% if %}` and `{% for %}` needs its end, and every `{{` its `}}`"


def _explain(failure: BaseException, theme: Theme, environment: Environment) -> _Explanation:
    text = str(failure).rstrip(".") or type(failure).__name__
    if isinstance(failure, TemplateUseError):
        return text, failure.hint
    if isinstance(failure, TemplateNotFound):
        names = {name for layer in theme.layers for name in layer.templates}
        hint = _suggest(str(failure.name), names) or "look at its name, or at `theme` in sitegen.toml"
        return f"there is no template `{failure.name}`", hint
    if isinstance(failure, RecursionError):
        hint = 'a template that replaces another reaches it by its theme: `{% extends "broadsheet:article.html" %}`'
        return "the templates include or extend each other without end", hint
    if isinstance(failure, UndefinedError):
        return _explain_undefined(text)
    return _explain_unknown(text, environment) or (f"{type(failure).__name__}: {text}", None)


def _explain_undefined(text: str) -> _Explanation:
    missing = _NO_FIELD.search(text)
    if missing:
        kind, name = missing.groups()
        fields = _fields_of(kind)
        hint = _suggest(name, fields) or (f"{kind} has: {', '.join(fields)}" if fields else None)
        return f"{kind} has no `{name}`", hint
    none = _NO_FIELD_OF_NONE.search(text)
    if none:
        return f"none has no `{none[1]}`", _ABSENT
    undefined = _UNDEFINED.search(text)
    if undefined:
        return f"`{undefined[1]}` is not defined", _suggest(undefined[1], _ALWAYS)
    return text, None


def _explain_unknown(text: str, environment: Environment) -> _Explanation | None:
    """Return what to say of a filter or test that does not exist; None if `text` is about something else."""
    unknown = _UNKNOWN.search(text)
    if not unknown:
        return None
    kind, name = unknown.groups()
    known = environment.filters if kind == "filter" else environment.tests
    return f"there is no {kind} `{name}`", _suggest(name, known)


def _suggest(name: str, known: Iterable[str]) -> str | None:
    near = difflib.get_close_matches(name, sorted(known), n=1)
    return f"did you mean `{near[0]}`?" if near else None


def _fields_of(kind: str) -> tuple[str, ...]:
    # Pages hardly ever show all of these at once, and templates hardly ever fail.
    from sitegen.model import (  # noqa: PLC0415
        article,
        card,
        comments,
        index_views,
        machine_views,
        message_views,
        moment,
        views,
    )

    for module in (views, index_views, message_views, machine_views, card, article, comments, moment):
        names = name_fields(getattr(module, kind, None))
        if names:
            return names
    return ()
