"""From validated fields to `Metadata`: what depends on several fields, on the file's name, or on the configuration."""

from collections.abc import Iterable, Mapping
from typing import Literal, cast

from sitegen.errors import Problem, Span, error, warning
from sitegen.model.article import (
    Correction,
    Label,
    LeadImage,
    Metadata,
    NeighbourChoice,
    Rating,
    SeriesPart,
    Source,
    Takedown,
    UpdateNote,
)
from sitegen.model.config import TomlValue
from sitegen.model.moment import Moment
from sitegen.model.names import Slug
from sitegen.parse.accepted import FieldContext
from sitegen.parse.addresses import LONGEST_NAME
from sitegen.parse.front_matter_schema import FrontMatter, GoneForm, NeighbourForm, SourceForm
from sitegen.parse.instants import read_date_prefix
from sitegen.parse.named_values import NamedValues
from sitegen.parse.places import Path
from sitegen.parse.scalars import show_number
from sitegen.plan.slugs import distinguish, slugify


class Assembly:
    """Brings the fields of one document together, and collects what does not fit."""

    def __init__(self, front: FrontMatter, named: NamedValues, context: FieldContext, broken: frozenset[str]) -> None:
        """Start from valid fields; `broken` are those left out because they are not."""
        self.front = front
        self.named = named
        self.context = context
        self.broken = broken
        self.problems: list[Problem] = []

    def build(self) -> Metadata:
        """Return the metadata; it is only sound if `problems` holds no error."""
        front, context = self.front, self.context
        prefix, rest = read_date_prefix(context.stem, context.zone)
        section, section_title, more = self._choose_section()
        comments, comments_path = front.comments or ("auto", None)
        return Metadata(
            title=self._require_title(),
            date=self._require_date(prefix),
            updated=front.updated,
            expires=front.expires,
            embargo=front.embargo,
            description=front.description or "",
            section=section,
            section_title=section_title,
            tags=self._keep_names("tags", (*(front.tags or ()), *more)),
            authors=self._keep_names("authors", front.authors or ()),
            language=front.lang or context.language,
            translation_key=front.translation_key or None,
            slug=self._choose_slug(rest),
            url=front.url,
            aliases=tuple(dict.fromkeys(front.aliases or ())),
            source=self._build_source(),
            rating=self._build_rating(),
            image=self._build_image(),
            label=self._build_label(),
            corrections=self._build_corrections(),
            series=self._build_series(),
            live=self._choose_live(),
            updates=self._build_updates(),
            prev=_build_choice(front.prev),
            next=_build_choice(front.next),
            comments=comments,
            comments_path=comments_path,
            draft=bool(front.draft),
            gone=_build_takedown(front.gone),
            weight=front.weight or 0,
            template=front.template,
            extra=cast("Mapping[str, TomlValue]", front.extra or {}),
        )

    def _say(self, code: str, message: str, hint: str, place: Path | None = None) -> None:
        """Note an error about the value at `place`, or about the field `code`; without either, about the file."""
        span = self.named.locate(place or (code,)) or Span(line=1)
        self.problems.append(error(code, message, self.context.path, span, hint))

    def _require_title(self) -> str:
        if not self.front.title and "title" not in self.broken:
            written = "title" in self.named.keys
            message = "the title is empty" if written else "an article needs a title"
            if self.context.kind == "page" and not written:
                message = "a page needs a title"
            self._say("title", message, 'write `title: "The headline"` in the front matter')
        return self.front.title or ""

    def _require_date(self, prefix: Moment | None) -> Moment | None:
        date = self.front.date or prefix
        if date is None and self.context.kind == "article" and "date" not in self.broken:
            self._say("date", "an article needs a date", "write `date: 2023-07-09`, or start the file's name with it")
        return date

    def _choose_slug(self, rest: str) -> Slug:
        if self.front.slug or "slug" in self.broken:
            return self.front.slug or Slug("")
        slug = slugify(rest)
        if not slug:
            self._say("slug", "the file's name gives no address", "write `slug: some-words`, or name the file in words")
        elif len(slug.encode()) > LONGEST_NAME:
            self._say("slug", f"the address is longer than {LONGEST_NAME} bytes", "write a shorter one as `slug:`")
        return slug

    def _choose_section(self) -> tuple[Slug | None, str | None, tuple[str, ...]]:
        """Return the section, its name where front matter gives it, and what of the categories is tags."""
        if self.context.kind == "page":
            return None, None, self.front.categories or ()
        first, *more = self.front.categories or ("",)
        given = self.front.section or first
        if self.front.section and first and slugify(self.front.section) != slugify(first):
            self._disagree("section", "categories")
        if not slugify(given):
            return self.context.section, None, tuple(more)
        return Slug(slugify(given)), given, tuple(more)

    def _keep_names(self, field: str, names: Iterable[str]) -> tuple[str, ...]:
        """Return `names` without further spellings of one; those that give no address are left out with a warning."""
        first: dict[tuple[str, str], str] = {}
        for name in names:
            slug = slugify(name)
            if slug:
                first.setdefault((slug, distinguish(name)), name)
            elif name:
                span = self.named.locate((field,)) or Span(line=1)
                message = f"`{name}` has no letter or digit for an address: it is left out"
                self.problems.append(warning(field, message, self.context.path, span, "name it in words"))
        return tuple(first.values())

    def _disagree(self, one: str, other: str) -> None:
        keys = self.named.keys
        self.problems.append(describe_disagreement(self.named, one, keys.get(one, one), keys.get(other, other)))

    def _build_source(self) -> Source | None:
        forms = [form for form in self.front.source or () if not form.is_blank()]
        place: Path = ("source",)
        for index, form in enumerate(forms):
            if not form.name:
                self._say("source", "a source needs a `name`", "write `name: Harbour Post`", (*place, index))
                break
        if not forms:
            return None
        # Entries of a list that are plain text have no address: the first mapping speaks for the whole.
        lead = next((form for form in forms if form.url or form.licence or form.policy), forms[0])
        policy = lead.policy or "credit"
        if policy == "canonical" and not lead.url:
            self._say(
                "source", "`policy: canonical` needs a `url`", "add the address of the original", (*place, "policy")
            )
        text = " / ".join([_show_source(form) for form in forms])
        return Source(text=text, url=lead.url, licence=lead.licence or None, policy=policy)

    def _build_rating(self) -> Rating | None:
        form = self.front.rating
        if form is None or form.is_blank():
            if self.front.votes and "rating" not in self.broken:
                self._say("votes", "there is no `rating` that these votes belong to", "add `rating: 4`")
            return None
        votes = form.votes if form.votes is not None else self.front.votes
        if form.votes is not None and self.front.votes is not None and form.votes != self.front.votes:
            self._disagree("votes", "rating")
        if not form.value and votes == 0:
            return None
        if form.value is None:
            if "rating" not in self.broken:
                self._say("rating", "a rating needs a `value`", "write `value: 4`")
            return None
        worst = 1.0 if form.worst is None else form.worst
        rating = Rating(
            value=form.value,
            votes=votes,
            best=float(self.context.best) if form.best is None else form.best,
            worst=worst,
            label=form.label or "",
        )
        self._check_rating(rating)
        return rating

    def _check_rating(self, rating: Rating) -> None:
        if rating.worst < rating.best and rating.worst <= rating.value <= rating.best and rating.votes != 0:
            return
        best, worst = show_number(rating.best), show_number(rating.worst)
        scale = f"the scale is {worst} to {best}; a mapping with `best` and `worst` sets another"
        place = ("rating", "value")
        if rating.best <= rating.worst:
            self._say(
                "rating", f"`best` must be more than `worst`, which is {worst}", "write `best: 5`", ("rating", "best")
            )
        elif rating.value > rating.best:
            self._say("rating", f"must be at most {best}", scale, place)
        elif rating.value < rating.worst:
            hint = "leave the rating out where nobody has voted" if rating.value == 0 else scale
            self._say("rating", f"must be at least {worst}", hint, place)
        elif rating.votes == 0:
            self._say("votes", "a rating cannot come from 0 votes", "leave the rating out where nobody has voted")

    def _build_image(self) -> LeadImage | None:
        form = self.front.image
        if form is None:
            return None
        if not form.src:
            written = self.named.raw.values.get(self.named.keys.get("image", ""))
            if isinstance(written, dict) and written and "image" not in self.broken:
                span, hint = self.named.locate(("image",)), "write `src: bridge.jpg`"
                message = "has no `src`, no picture is shown"
                self.problems.append(warning("image", message, self.context.path, span, hint))
            return None
        return LeadImage(src=form.src, alt=form.alt or "", caption=form.caption or "", credit=form.credit or "")

    def _build_label(self) -> Label | None:
        form = self.front.label
        if form is None or form.is_blank():
            return None
        if not form.text:
            if "label" not in self.broken:
                self._say("label", "a label needs a `text`", "write `text: Breaking`")
            return None
        return Label(text=form.text, until=form.until)

    def _build_series(self) -> SeriesPart | None:
        form = self.front.series
        if form is None or form.is_blank():
            return None
        if not form.name:
            if "series" not in self.broken:
                self._say("series", "a series needs a `name`", "write `name: The harbour at night`")
            return None
        if form.part == 0:
            self._say("series", "parts count from 1", "write `part: 1`", ("series", "part"))
        return SeriesPart(name=form.name, part=form.part)

    def _choose_live(self) -> Literal["open", "closed"] | None:
        if self.front.live == "off":
            return None
        return self.front.live or ("open" if self.front.updates else None)

    def _build_updates(self) -> tuple[UpdateNote, ...]:
        found: list[UpdateNote] = []
        for index, form in enumerate(self.front.updates or ()):
            if form.at is None or not (form.text or form.title):
                missing, example = ("at", "2023-07-10 14:05") if form.at is None else ("text", "…")
                message, hint = f"an update needs `{missing}`", f"add `{missing}: {example}`"
                self._say("updates", message, hint, ("updates", index))
                continue
            found.append(UpdateNote(at=form.at, title=form.title or "", text=form.text or ""))
        return tuple(found)

    def _build_corrections(self) -> tuple[Correction, ...]:
        found: list[Correction] = []
        for index, form in enumerate(self.front.corrections or ()):
            if form.is_blank():
                continue
            if form.date is None or not form.text:
                missing, example = ("date", "2023-07-10") if form.date is None else ("text", "…")
                self._say(
                    "corrections",
                    f"a correction needs a `{missing}`",
                    f"add `{missing}: {example}`",
                    ("corrections", index),
                )
                continue
            found.append(Correction(date=form.date, text=form.text))
        return tuple(sorted(found, key=lambda correction: correction.date.at, reverse=True))


def describe_disagreement(named: NamedValues, name: str, one: str, other: str) -> Problem:
    """Return the error for two keys that mean the same and say different things."""
    one, other = sorted((one, other), key=list(named.raw.values).index)
    places = [named.raw.key_spans.get((key,)) for key in (one, other)]
    shown = [
        f"`{key}` (line {span.line})" if span else f"`{key}`" for key, span in zip((one, other), places, strict=True)
    ]
    return error(name, f"{shown[0]} and {shown[1]} disagree", named.raw.path, places[1], "delete one of the two")


def _show_source(form: SourceForm) -> str:
    name, year = form.name or "", form.year or ""
    return f"{name} {year}".strip() if year and not name.endswith(year) else name


def _build_takedown(form: GoneForm | None) -> Takedown | None:
    if form is None or form.undone:
        return None
    return Takedown(reason=form.reason or "", date=form.date, show_title=bool(form.show_title))


def _build_choice(form: NeighbourForm | None) -> NeighbourChoice | None:
    if form is None:
        return None
    if form.suppressed:
        return NeighbourChoice(suppressed=True)
    reference, title = form.reference or form.url or None, form.title or None
    return NeighbourChoice(reference=reference, title=title) if reference or title else None
