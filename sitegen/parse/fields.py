"""From raw front matter to `Metadata`: every problem of a document in one run."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from sitegen.errors import ContentError, Problem, Span, error, warning
from sitegen.model.article import Metadata, Rating, SectionIndex
from sitegen.model.moment import Moment
from sitegen.model.names import Slug, Url
from sitegen.parse.accepted import read_boolean, read_integer, read_rating, read_text, read_votes
from sitegen.parse.front_matter_schema import FrontMatter
from sitegen.parse.instants import parse_instant
from sitegen.parse.key_names import FIELDS, FOREIGN, find_field
from sitegen.parse.raw import RawDocument, RawValue
from sitegen.plan.slugs import slugify

_PREFIX = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})(?:[-_ ]+|$)(.*)", re.DOTALL)
_MERGED = frozenset({"tags", "authors", "aliases"})
_CATEGORIES = frozenset({"category", "categories"})
_FIRST = Span(line=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldContext:
    """What front matter does not say itself."""

    path: str
    """POSIX path of the file, relative to the site's root."""
    kind: Literal["article", "page"]
    """A page needs no date."""
    section: Slug | None
    """The section by the folder."""
    stem: str
    """Name of the file, or of the bundle's folder, without suffix."""
    timezone: str
    """Zone of dates without one."""
    language: str
    """Language where none is given."""
    best: int
    """The highest rating where none is given."""
    aliases: Mapping[str, str]
    """`[front_matter.map]`: further keys and the fields that they mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """A value with the key that it was given under."""

    key: str
    value: RawValue


def parse_fields(raw: RawDocument, context: FieldContext) -> tuple[Metadata, Mapping[str, Span], tuple[Problem, ...]]:
    """Return metadata, the place of every field, and warnings. Raises ContentError with all problems of the document."""
    reading = _Reading(raw, context)
    given = reading.collect()
    fields = reading.validate(given)
    metadata = reading.build(fields, given)
    if reading.problems:
        raise ContentError(sorted(reading.problems, key=_place))
    return metadata, reading.spans, tuple(reading.warnings)


def read_draft_flag(raw: RawDocument) -> bool:
    """Return whether front matter says `draft`, whatever else is wrong with it."""
    for key, value in raw.values.items():
        if key.lower() == "draft":
            try:
                return read_boolean(value)
            except PydanticCustomError:
                return False
    return False


def parse_section_index(raw: RawDocument, slug: Slug) -> SectionIndex:
    """Return what the `_index.md` of the section `slug` says; keys for other programs are passed over.

    Raises ContentError for a value that cannot be read.
    """
    values = {key.lower(): value for key, value in raw.values.items() if value is not None}
    described = values.get("description", values.get("summary"))
    order = values.get("order", values.get("weight"))
    try:
        words = slug.replace("-", " ")
        return SectionIndex(
            slug=slug,
            title=read_text(values["title"]) if "title" in values else words[:1].upper() + words[1:],
            description=read_text(described) if described is not None else "",
            order=read_integer(order) if order is not None else 0,
        )
    except PydanticCustomError as failure:
        context = failure.context or {}
        message = str(context.get("message", failure))
        raise ContentError([error("section", message, raw.path, hint=str(context.get("hint")) or None)]) from failure


class _Reading:
    """The reading of one document."""

    def __init__(self, raw: RawDocument, context: FieldContext) -> None:
        self.raw = raw
        self.context = context
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.spans: dict[str, Span] = {}

    def collect(self) -> dict[str, _Given]:
        """Return values by field; says which keys are unknown, and which disagree."""
        given: dict[str, _Given] = {}
        tags: list[RawValue] = []
        # sitegen's own names first: a foreign key that disagrees with one is the one to blame.
        for key in sorted(self.raw.values, key=lambda name: name.lower() not in FIELDS):
            value = self.raw.values[key]
            field = find_field(key, self.context.aliases)
            if field is None:
                self._warn_of_unknown(key)
                continue
            if key.lower() in _CATEGORIES and field == "section":
                first, *further = _listed(value) or [None]
                tags += further
                if "section" in given:
                    tags.append(first)
                    continue
                value = first
            if value is not None:
                self._take(given, field, _Given(key=key, value=value))
        if tags:
            own = given.get("tags", _Given(key="tags", value=[]))
            given["tags"] = _Given(key=own.key, value=_listed(own.value) + tags)
        return given

    def _take(self, given: dict[str, _Given], field: str, item: _Given) -> None:
        """Keep a value; a second spelling of its field may say the same, add to a list, or be an error."""
        before = given.get(field)
        if before is None:
            given[field] = item
            self.spans[field] = self.raw.spans.get((item.key,), _FIRST)
        elif field in _MERGED:
            given[field] = _Given(key=before.key, value=_listed(before.value) + _listed(item.value))
        elif before.value != item.value:
            first = self.raw.key_spans.get((before.key,), _FIRST)
            self.problems.append(
                error(
                    field,
                    f"`{item.key}` and `{before.key}` on line {first.line} mean the same field, and disagree",
                    self.context.path,
                    self.raw.key_spans.get((item.key,), _FIRST),
                    hint=f"keep one of them, best as `{field}`",
                )
            )

    def validate(self, given: Mapping[str, _Given]) -> FrontMatter:
        """Return the fields that can be read, and say what is wrong with the others."""
        values = {field: item.value for field, item in given.items() if field != "extra"}
        sound = dict(values)
        try:
            return FrontMatter.model_validate(values, context={"timezone": self.context.timezone})
        except ValidationError as failure:
            for details in failure.errors(include_url=False):
                field = str(details["loc"][0])
                if field in sound:
                    del sound[field]
                    context = details.get("ctx") or {}
                    message = str(context.get("message") or details["msg"])
                    hint = str(context.get("hint") or "") or None
                    self._refuse(field, message, hint, self._inner_span(given, field, message))
        return FrontMatter.model_validate(sound, context={"timezone": self.context.timezone})

    def build(self, fields: FrontMatter, given: Mapping[str, _Given]) -> Metadata:
        """Return the metadata; what is missing is among the problems."""
        context = self.context
        name_date, name = self._read_stem()
        date = fields.date or name_date
        slug = fields.slug or slugify(name)
        self._check_needed(fields, given, date, slug)
        rating = self._read_rating(given)
        self._warn_of_image(fields, given)
        comments, comments_path = fields.comments or ("auto", None)
        section_names = fields.section or ()
        section = Slug(slugify(section_names[0])) if section_names else context.section
        return Metadata(
            title=fields.title or "",
            date=date,
            updated=fields.updated,
            expires=fields.expires,
            description=fields.description or "",
            section=section if context.kind == "article" else None,
            section_title=section_names[0] if section_names else None,
            tags=_merge_names(fields.tags or (), section_names[1:]),
            authors=fields.authors or (),
            language=fields.lang or context.language,
            translation_key=fields.translation_key or None,
            slug=Slug(slug),
            url=Url(fields.url) if fields.url else None,
            aliases=tuple(Url(alias) for alias in fields.aliases or ()),
            source=fields.source,
            rating=rating,
            image=fields.image,
            label=fields.label,
            corrections=fields.corrections or (),
            prev=fields.prev,
            next=fields.next,
            comments=comments,
            comments_path=comments_path,
            draft=fields.draft or False,
            weight=fields.weight or 0,
            template=fields.template,
            extra=self.raw.extra,
        )

    def _check_needed(self, fields: FrontMatter, given: Mapping[str, _Given], date: Moment | None, slug: str) -> None:
        """Say what a document cannot be without, and is."""
        if "title" not in given:
            self._refuse("title", "is missing", "write `title: …` at the top of the front matter")
        elif fields.title == "":
            self._refuse("title", "must not be empty")
        if date is None and self.context.kind == "article" and "date" not in given:
            hint = "write `date: 2023-07-09`, or begin the file's name with it: `2023-07-09-name.md`"
            self._refuse("date", "is missing", hint)
        if not slug and not fields.url:
            self._refuse("slug", "the file's name has no letter or digit", "give it a `slug`")

    def _warn_of_image(self, fields: FrontMatter, given: Mapping[str, _Given]) -> None:
        if fields.image is None and "image" in given and isinstance(given["image"].value, dict):
            self.warnings.append(
                warning(
                    "image",
                    "has no `src`, so that no picture is shown",
                    self.context.path,
                    self.spans.get("image"),
                    "write `src: photo.jpg` for a file beside the article",
                )
            )

    def _read_stem(self) -> tuple[Moment | None, str]:
        """Return the date in front of the file's name, and the rest of the name."""
        match = _PREFIX.fullmatch(self.context.stem)
        moment = parse_instant(match[1], self.context.timezone) if match else None
        return (moment, match[2] or self.context.stem) if match and moment else (None, self.context.stem)

    def _read_rating(self, given: Mapping[str, _Given]) -> Rating | None:
        votes: int | None = None
        try:
            if "votes" in given:
                votes = read_votes(given["votes"].value)
        except PydanticCustomError as failure:
            self._refuse_custom("votes", failure)
        if "rating" not in given:
            return None
        try:
            rating = read_rating(given["rating"].value, self.context.best, votes)
        except PydanticCustomError as failure:
            self._refuse_custom("rating", failure)
            return None
        return None if rating.value == 0 and rating.votes == 0 else rating

    def _warn_of_unknown(self, key: str) -> None:
        near = difflib.get_close_matches(key.lower(), (*FIELDS, *FOREIGN), n=1, cutoff=0.75)
        own = "keys of your own go under `extra`"
        self.warnings.append(
            warning(
                "unknown-key",
                f"unknown key `{key}`",
                self.context.path,
                self.raw.key_spans.get((key,), _FIRST),
                hint=f"did you mean `{near[0]}`? Otherwise: {own}" if near else f"{own}, or into `[front_matter.map]`",
            )
        )

    def _inner_span(self, given: Mapping[str, _Given], field: str, message: str) -> Span | None:
        """Return the place of the key inside a mapping that a message names first."""
        named = re.match(r"`(\w+)`|knows no `(\w+)`", message)
        if not named:
            return None
        where = (given[field].key, named[1] or named[2])
        return self.raw.key_spans.get(where) if named[2] else self.raw.spans.get(where)

    def _refuse(self, field: str, message: str, hint: str | None = None, span: Span | None = None) -> None:
        place = span or self.spans.get(field, _FIRST)
        self.problems.append(error(field, message, self.context.path, place, hint))

    def _refuse_custom(self, field: str, failure: PydanticCustomError) -> None:
        context = failure.context or {}
        self._refuse(field, str(context.get("message", failure)), str(context.get("hint") or "") or None)


def _place(problem: Problem) -> tuple[int, int]:
    return (problem.span.line, problem.span.column) if problem.span else (0, 0)


def _listed(value: RawValue) -> list[RawValue]:
    """Return a list of what is not empty in a list, or between commas."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return [item for item in value if item] if isinstance(value, list) else [value]


def _merge_names(names: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    merged: dict[str, str] = {}
    for name in (*names, *more):
        merged.setdefault(slugify(name), name)
    return tuple(merged.values())
