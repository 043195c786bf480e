"""The forms in which front matter fields may be written, each brought into one."""

import re
from collections.abc import Sequence
from typing import Literal, NoReturn

from pydantic_core import PydanticCustomError

from sitegen.model.article import (
    Correction,
    Label,
    LeadImage,
    NeighbourChoice,
    Policy,
    Rating,
    Source,
)
from sitegen.model.moment import Moment
from sitegen.parse.instants import parse_instant, suggest_instant
from sitegen.parse.raw import Plain, RawValue
from sitegen.plan.slugs import slugify

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_NUMBER = re.compile(r"[+-]?\d{1,6}(?:\.\d{1,6})?")
_VOTES = re.compile(r"\d{1,12}")
_RATING = re.compile(
    r"(?P<value>[+-]?\d{1,6}(?:\.\d{1,6})?)\s*(?:/\s*(?P<best>\d{1,6}))?\s*(?:\(\s*(?P<votes>\d{1,12})\s*votes?\s*\))?"
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_TEMPLATE = re.compile(r"[\w-]+(/[\w-]+)*\.html")
_ABSOLUTE = re.compile(r"https?://[^\s/]+(/\S*)?", re.IGNORECASE)
_TRUE = frozenset({"true", "yes", "on"})
_FALSE = frozenset({"false", "no", "off"})
_HEAVIEST = 1_000_000


def refuse(message: str, hint: str | None = None) -> NoReturn:
    """Say that a value is not accepted, and what to write instead."""
    raise PydanticCustomError("accepted", "{message}", {"message": message, "hint": hint or ""})


def read_text(value: RawValue) -> str:
    """Return text on one line: `1984` is text, and so is `no`."""
    if not isinstance(value, str):
        refuse("must be text", "quote it, if it holds a colon or brackets")
    if _CONTROLS.search(value):
        refuse("contains a control character", "delete it; it cannot be seen, but programs stumble over it")
    return " ".join(value.split())


def read_boolean(value: RawValue) -> bool:
    """Return true or false."""
    if isinstance(value, str) and value.lower() in _TRUE | _FALSE:
        return value.lower() in _TRUE
    refuse("must be true or false")


def read_integer(value: RawValue) -> int:
    """Return a whole number."""
    if isinstance(value, str) and re.fullmatch(r"[+-]?\d{1,7}", value) and abs(int(value)) <= _HEAVIEST:
        return int(value)
    refuse(f"must be a whole number, at most {_HEAVIEST}")


def read_votes(value: RawValue) -> int:
    """Return a number of votes."""
    if isinstance(value, str) and _VOTES.fullmatch(value):
        return int(value)
    refuse("must be a whole number of votes")


def read_instant(value: RawValue, timezone: str) -> Moment:
    """Return an instant; see `parse_instant` for the forms."""
    if isinstance(value, str):
        moment = parse_instant(value, timezone)
        if moment:
            return moment
        refuse(f"`{value[:40]}` is no date that can be read in one way only", suggest_instant(value))
    refuse("must be a date", "write it as `2023-07-09` or `2023-07-09 17:22`")


def read_names(value: RawValue) -> tuple[str, ...]:
    """Return names from a list, or from text with commas; without empty ones and without repetition by slug."""
    items: Sequence[RawValue] = value if isinstance(value, list) else read_text(value).split(",")
    names: dict[str, str] = {}
    for item in items:
        name = item.get("name") if isinstance(item, dict) else item
        if name is None:
            continue
        text = read_text(name)
        slug = slugify(text)
        if text and not slug:
            refuse(f"`{text}` has no letter or digit, so it cannot have a page")
        if text:
            names.setdefault(slug, text)
    return tuple(names.values())


def read_rating(value: RawValue, best: int, votes: int | None) -> Rating:
    """Return a rating written as `4`, `4/5`, `4 (2 votes)` or a mapping; `best` and `votes` where it does not say."""
    if isinstance(value, dict):
        return _read_rating_mapping(value, best, votes)
    match = _RATING.fullmatch(value.strip()) if isinstance(value, str) else None
    if not match:
        refuse("must be a number", "write `4`, `4/5`, `4 (2 votes)`, or a mapping with `value` and `votes`")
    own = int(match["votes"]) if match["votes"] else votes
    return _check_rating(float(match["value"]), own, float(match["best"] or best), None, "")


def _read_rating_mapping(value: dict[str, RawValue], best: int, votes: int | None) -> Rating:
    _refuse_unknown(value, ("value", "votes", "best", "worst", "label"))
    if value.get("value") is None:
        refuse("needs a `value`", "write `value: 4`")
    count = value.get("votes")
    worst = value.get("worst")
    label = value.get("label")
    return _check_rating(
        _read_number(value["value"], "value"),
        votes if count is None else read_votes(count),
        float(best) if value.get("best") is None else _read_number(value["best"], "best"),
        None if worst is None else _read_number(worst, "worst"),
        "" if label is None else read_text(label),
    )


def _check_rating(value: float, votes: int | None, best: float, worst: float | None, label: str) -> Rating:
    lowest = 1.0 if worst is None else worst
    if best <= lowest:
        refuse(f"`best` must be more than {lowest:g}")
    if value > best:
        refuse(f"must be at most {best:g}", f"a scale other than 1 to {best:g} is written as `{value:g}/10`")
    unrated = value == 0 and votes in {0, None}
    if value < lowest and not unrated:
        refuse(f"must be at least {lowest:g}")
    return Rating(value=value, votes=0 if unrated else votes, best=best, worst=lowest, label=label)


def _read_number(value: RawValue, name: str) -> float:
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return float(value)
    refuse(f"`{name}` must be a number")


def read_source(value: RawValue) -> Source:
    """Return the credit: text as it stands, a mapping, or a list of both joined with ` / `."""
    if isinstance(value, list):
        parts = [_read_one_source(item) for item in value if item is not None]
        if not parts:
            refuse("must name at least one source")
        first = next((part for part in parts if part.url or part.licence or part.policy != "credit"), parts[0])
        text = " / ".join(part.text for part in parts)
        return Source(text=text, url=first.url, licence=first.licence, policy=first.policy)
    return _read_one_source(value)


_POLICIES: dict[str, Policy] = {"credit": "credit", "canonical": "canonical", "noindex": "noindex"}


def _read_one_source(value: RawValue) -> Source:
    if not isinstance(value, dict):
        return Source(text=read_text(value))
    _refuse_unknown(value, ("name", "url", "year", "licence", "license", "policy"))
    name = value.get("name")
    if name is None:
        refuse("needs a `name`")
    policy = value.get("policy") or "credit"
    if not isinstance(policy, str) or policy.lower() not in _POLICIES:
        refuse("`policy` must be credit, canonical or noindex")
    year, url = value.get("year"), value.get("url")
    licence = value.get("licence") or value.get("license")
    words = [read_text(name), *([] if year is None else [read_text(year)])]
    return Source(
        text=" ".join(words),
        url=None if url is None else _read_absolute(url),
        licence=None if licence is None else read_text(licence),
        policy=_POLICIES[policy.lower()],
    )


def read_neighbour(value: RawValue) -> NeighbourChoice:
    """Return what `prev` or `next` says: `false`, a reference, `{title, url}` or `{title}`."""
    if isinstance(value, dict):
        _refuse_unknown(value, ("title", "url"))
        title, url = value.get("title"), value.get("url")
        if title is None and url is None:
            refuse("needs a `title` or a `url`")
        return NeighbourChoice(
            reference=None if url is None else _read_reference(url), title=None if title is None else read_text(title)
        )
    if isinstance(value, Plain) and value.lower() in _FALSE:
        return NeighbourChoice(suppressed=True)
    return NeighbourChoice(reference=_read_reference(value))


def _read_reference(value: RawValue) -> str:
    text = read_text(value)
    if not text:
        refuse("must not be empty", "leave the key away to have it computed, or write `false` to have none")
    return text


def read_image(value: RawValue) -> LeadImage | None:
    """Return the picture; None for a mapping of another generator that names no file."""
    if not isinstance(value, dict):
        text = read_text(value)
        return LeadImage(src=text) if text else None
    source = next((value[key] for key in ("src", "url", "path", "file") if value.get(key) is not None), None)
    if source is None:
        return None
    texts = {key: read_text(value[key]) for key in ("alt", "caption", "credit") if value.get(key) is not None}
    return LeadImage(src=read_text(source), **texts)


def read_label(value: RawValue) -> Label:
    """Return the mark above the headline."""
    if isinstance(value, dict):
        _refuse_unknown(value, ("text",))
        value = value.get("text")
    text = read_text(value)
    return Label(text=text) if text else refuse("must not be empty")


def read_corrections(value: RawValue, timezone: str) -> tuple[Correction, ...]:
    """Return corrections, newest first."""
    if not isinstance(value, list):
        refuse("must be a list", "write each one as `- date: 2023-07-10` with a `text` below it")
    found: list[Correction] = []
    for item in value:
        if not isinstance(item, dict) or item.get("date") is None or item.get("text") is None:
            refuse("each correction needs a `date` and a `text`")
        _refuse_unknown(item, ("date", "text"))
        found.append(Correction(date=read_instant(item["date"], timezone), text=read_text(item["text"])))
    return tuple(sorted(found, key=lambda correction: correction.date.at, reverse=True))


def read_comments(value: RawValue) -> tuple[Literal["auto", "off", "closed"], str | None]:
    """Return how comments are shown, and the snapshot's path where one is named."""
    if isinstance(value, list | dict):
        refuse(
            "comments stand in a file of their own beside the article",
            "add one with `sitegen comments add ARTICLE --author --at --text`",
        )
    text = read_text(value)
    if isinstance(value, Plain) and text.lower() in _TRUE:
        return "auto", None
    if isinstance(value, Plain) and text.lower() in _FALSE:
        return "off", None
    if text.lower() == "closed":
        return "closed", None
    if not text.endswith(".json") or text.startswith("/") or ".." in text.split("/") or "\\" in text:
        refuse("must be true, false, closed, or the path of a snapshot beside the article")
    return "auto", text


def read_slug(value: RawValue) -> str:
    """Return an address segment made from what is written."""
    slug = slugify(read_text(value))
    return slug or refuse("needs a letter or a digit")


def read_url(value: RawValue) -> str:
    """Return an address on this site."""
    text = read_text(value)
    lowered = text.lower()
    bad = ("\\", "?", "#", "//", "%2e", "%2f", "%5c", "%00", " ")
    if not text.startswith("/") or any(part in lowered for part in bad) or ".." in text.split("/"):
        refuse("must be an address on this site", "write it from the root, as `/world/2023/07/nato-office/`")
    return text


def read_urls(value: RawValue) -> tuple[str, ...]:
    """Return addresses on this site from a list, or a single one."""
    items = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(read_url(item) for item in items if item is not None))


def _read_absolute(value: RawValue) -> str:
    text = read_text(value)
    return text if _ABSOLUTE.fullmatch(text) else refuse("`url` must be a whole address, with https://")


def read_language(value: RawValue) -> str:
    """Return a BCP 47 tag."""
    text = read_text(value).replace("_", "-")
    return text if _LANGUAGE.fullmatch(text) else refuse("must be a language tag, as `en` or `pt-BR`")


def read_template(value: RawValue) -> str:
    """Return the name of a template."""
    text = read_text(value)
    return text if _TEMPLATE.fullmatch(text) else refuse("must be the name of a template, as `article.html`")


def read_section(value: RawValue) -> tuple[str, ...]:
    """Return names of sections: the first is the section, further ones become tags."""
    return read_names(value)


def _refuse_unknown(value: dict[str, RawValue], known: tuple[str, ...]) -> None:
    for key, item in value.items():
        if key.lower() in known:
            continue
        if item is None:
            refuse(f"`{key}` has no value", "quote values that contain commas")
        refuse(f"knows no `{key}`, only {', '.join(known)}")
