"""The fields of front matter, validated: every accepted form, every problem at once, each at its place."""

from collections.abc import Mapping
from typing import cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sitegen.errors import ContentError, Problem, Severity, Span, error, place_of
from sitegen.model.article import Metadata, SectionIndex
from sitegen.model.moment import Moment
from sitegen.model.names import Slug
from sitegen.parse.accepted import FieldContext
from sitegen.parse.front_matter_schema import FrontMatter
from sitegen.parse.key_names import CATEGORIES, fold_key
from sitegen.parse.metadata import Assembly, describe_disagreement
from sitegen.parse.named_values import Candidate, NamedValues, name_values
from sitegen.parse.places import Path
from sitegen.parse.raw import RawDocument
from sitegen.parse.scalars import as_boolean, read_integer, read_line

__all__ = ["FieldContext", "parse_fields", "parse_section_index", "read_draft_flag"]

_VALIDATOR = FrontMatter.__pydantic_validator__


def parse_fields(raw: RawDocument, context: FieldContext) -> tuple[Metadata, Mapping[str, Span], tuple[Problem, ...]]:
    """Return the metadata of a document, the place of each field's value, and warnings.

    Raises ContentError with everything that is wrong, warnings included.
    """
    named = name_values(raw, context.aliases)
    problems = named.problems
    for name in named.values:
        if name in named.others:
            _choose(name, named, context)
    front, broken = _validate(named, context)
    assembly = Assembly(front, named, context, broken)
    metadata = assembly.build()
    problems += assembly.problems
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise ContentError(sorted(problems, key=place_of))
    return metadata, _find_spans(named), tuple(problems)


def read_draft_flag(raw: RawDocument) -> bool:
    """Whether the front matter says that the document is a draft, whatever else is wrong with it."""
    return any(fold_key(key) == "draft" and as_boolean(value) is True for key, value in raw.values.items())


def parse_section_index(raw: RawDocument, slug: Slug) -> SectionIndex:
    """Return what the `_index.md` of the section `slug` says; without a title it is the slug in words.

    Keys that a section does not have are ignored. Raises ContentError for values that cannot be read.
    """
    problems: list[Problem] = []
    title = description = ""
    order = 0
    for key, value in raw.values.items():
        name = _SECTION_KEYS.get(fold_key(key))
        if name is None or value is None:
            continue
        try:
            if name == "title":
                title = read_line(value)
            elif name == "description":
                description = read_line(value)
            else:
                order = read_integer(value)
        except ValueError as failure:
            span = raw.spans.get((key,)) or raw.key_spans.get((key,))
            problems.append(error(name, str(failure), raw.path, span))
    if problems:
        raise ContentError(problems)
    words = slug.replace("-", " ")
    return SectionIndex(slug=slug, title=title or words[:1].upper() + words[1:], description=description, order=order)


_SECTION_KEYS = {"title": "title", "description": "description", "summary": "description"} | {
    "order": "order",
    "weight": "order",
}


def _choose(name: str, named: NamedValues, context: FieldContext) -> None:
    """Decide which of the keys that give a field stands for it; they have to agree."""
    chosen = Candidate(key=named.keys[name], value=named.values[name])
    for other in named.others[name]:
        if other.value == chosen.value:
            continue
        first, second = (_try(name, candidate, context) for candidate in (chosen, other))
        if second is None:
            chosen = other
        elif first is not None and not _agree(first, second):
            named.problems.append(describe_disagreement(named, name, chosen.key, other.key))
    named.keys[name], named.values[name] = chosen.key, chosen.value


def _try(name: str, candidate: Candidate, context: FieldContext) -> object:
    """Return the field as one key gives it, or None where that is not valid."""
    try:
        return cast("object", getattr(_VALIDATOR.validate_python({name: candidate.value}, context=context), name))
    except ValidationError:
        return None


def _agree(one: object, other: object) -> bool:
    if isinstance(one, Moment) and isinstance(other, Moment):
        return one.at == other.at
    return one == other


def _validate(named: NamedValues, context: FieldContext) -> tuple[FrontMatter, frozenset[str]]:
    """Return the valid fields and the names of the others, whose problems are added to those of `named`."""
    try:
        return cast("FrontMatter", _VALIDATOR.validate_python(named.values, context=context)), frozenset()
    except ValidationError as failure:
        details = failure.errors(include_url=False, include_input=False)
    sound = dict(named.values)
    for detail in details:
        named.problems.append(_describe(detail, named))
        _leave_out(sound, detail["loc"])
    broken = frozenset(str(detail["loc"][0]) for detail in details)
    return cast("FrontMatter", _VALIDATOR.validate_python(sound, context=context)), broken


def _leave_out(values: dict[str, object], place: Path) -> None:
    """Take what is invalid out of `values`: a key of a mapping, so that the others can still be checked, or all."""
    name, *inner = place
    value = values.get(str(name))
    if inner and isinstance(value, dict) and inner[0] in value:
        values[str(name)] = {key: item for key, item in value.items() if key != inner[0]}
    else:
        values.pop(str(name), None)


def _describe(details: ErrorDetails, named: NamedValues) -> Problem:
    """Return one finding of pydantic as a problem at its place."""
    context = cast("Mapping[str, object]", details.get("ctx") or {})
    inside = cast("Path", context.get("at") or ())
    place: Path = (*details["loc"], *inside)
    name = str(details["loc"][0])
    message = details["msg"]
    hint = cast("str | None", context.get("hint"))
    return error(name, message, named.raw.path, named.locate(place), hint)


def _find_spans(named: NamedValues) -> Mapping[str, Span]:
    keys = named.keys.items()
    return {name: span for name, key in keys if name != CATEGORIES and (span := named.locate_key(key))}
