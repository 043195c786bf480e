"""What went wrong in a template, said with template, line and page."""

import dataclasses
import difflib
import re
import traceback

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError

from sitegen.errors import Problem, Span, error
from sitegen.model import article, card, comments, views
from sitegen.model.page import PageSpec
from sitegen.model.theme import Theme

_NO_FIELD = re.compile(r"'(?:[\w.]*\.)?(\w+) object' has no attribute '(\w+)'")
_UNDEFINED = re.compile(r"'(\w+)' is undefined")
_ALWAYS = ("site", "page", "content", "comments", "t", "asset")


def describe_failure(failure: BaseException, spec: PageSpec, theme: Theme) -> Problem:
    """Return the problem of a template that failed while it rendered `spec`."""
    if isinstance(failure, TemplateSyntaxError):
        return describe_syntax_error(failure, failure.filename or failure.name or spec.template)
    file, line = _find_place(failure, theme) or (spec.template, None)
    message, hint = _explain(failure)
    return error(
        "template",
        f"{message}, while rendering {_page_name(spec)}",
        file,
        Span(line=line) if line else None,
        hint=hint,
    )


def describe_syntax_error(failure: TemplateSyntaxError, file: str) -> Problem:
    """Return the problem of a template that cannot be read."""
    return error(
        "template",
        (failure.message or "cannot be read").rstrip("."),
        file,
        Span(line=failure.lineno),
        hint="every `{% block %}`, `{% if %}` and `{% for %}` needs its end, and every `{{` its `}}`",
    )


def _page_name(spec: PageSpec) -> str:
    return f"`/{spec.path}` ({spec.source})"


def _find_place(failure: BaseException, theme: Theme) -> tuple[str, int] | None:
    """Return template and line of the innermost frame that belongs to the theme."""
    folders = tuple(f"{layer.folder}/templates/" for layer in theme.layers)
    for frame, line in reversed(list(traceback.walk_tb(failure.__traceback__))):
        if frame.f_code.co_filename.startswith(folders):
            return frame.f_code.co_filename, line
    return None


def _explain(failure: BaseException) -> tuple[str, str | None]:
    """Return message and hint."""
    text = str(failure).rstrip(".") or type(failure).__name__
    if isinstance(failure, TemplateNotFound):
        return f"there is no template `{failure.name}`", "look at its name, or at `theme` in sitegen.toml"
    if isinstance(failure, RecursionError):
        return "the templates include each other without end", None
    missing = _NO_FIELD.search(text)
    if isinstance(failure, UndefinedError) and missing:
        kind, name = missing.groups()
        fields = _fields_of(kind)
        near = difflib.get_close_matches(name, fields, n=1, cutoff=0.5)
        hint = f"did you mean `{near[0]}`?" if near else None
        if fields and not near:
            hint = f"{kind} has: {', '.join(fields)}"
        return f"{kind} has no `{name}`", hint
    undefined = _UNDEFINED.search(text)
    if isinstance(failure, UndefinedError) and undefined:
        near = difflib.get_close_matches(undefined[1], _ALWAYS, n=1, cutoff=0.5)
        return f"`{undefined[1]}` is not defined", f"did you mean `{near[0]}`?" if near else None
    return text, None


def _fields_of(kind: str) -> tuple[str, ...]:
    for module in (views, card, article, comments):
        found = getattr(module, kind, None)
        if dataclasses.is_dataclass(found):
            return tuple(field.name for field in dataclasses.fields(found))
    return ()
