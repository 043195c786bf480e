"""What the values of single fields mean: every accepted way of writing each of them.

Functions that `read_` return the value; those that `shape_` only bring a short form into the long one, whose parts are
read one by one. All raise `PydanticCustomError`.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Literal, cast
from zoneinfo import ZoneInfo

from msgspec import Struct
from pydantic import ValidationInfo

from sitegen.model.article import Policy
from sitegen.model.moment import Moment
from sitegen.model.names import Slug
from sitegen.parse.addresses import (
    LONGEST_NAME,
    read_snapshot_path,
)
from sitegen.parse.instants import read_instant
from sitegen.parse.places import Plain
from sitegen.parse.scalars import (
    as_boolean,
    read_line,
    reject,
)
from sitegen.plan.slugs import slugify

_RATING = re.compile(
    r"(?P<value>[+-]?\d{1,9}(?:\.\d{1,9})?)(?:\s*/\s*(?P<best>\d{1,9}))?(?:\s*\(\s*(?P<votes>\d{1,9})\s+votes?\s*\))?"
)
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})((?:-[A-Za-z0-9]{2,8})*)")
POLICIES = ("credit", "canonical", "noindex")


class FieldContext(Struct, frozen=True, kw_only=True):
    """What the meaning of a document's front matter depends on beyond itself."""

    path: str
    """POSIX path of the document: `content/world/2023-07-08-nato-office.md`."""
    kind: Literal["article", "page"]
    """An article needs a date."""
    section: Slug | None
    """The section its folder gives."""
    stem: str
    """The file's name without suffix; the folder's name for a bundle."""
    zone: ZoneInfo
    """Zone of dates without one."""
    language: str
    """Language where front matter names none, as the configuration spells it."""
    best: int
    """Highest value of ratings that do not name one."""
    aliases: Mapping[str, str]
    """Foreign key to field, from the configuration."""


def read_date(value: object, info: ValidationInfo) -> Moment:
    """Return an instant; without a zone of its own it is one in the site's."""
    return read_instant(value, cast("FieldContext", info.context).zone)


def read_name(value: object) -> str:
    """Return the name of a tag, author or section, which also becomes an address."""
    text = read_line(value)
    if len(slugify(text).encode()) > LONGEST_NAME:
        raise reject(f"is longer than {LONGEST_NAME} bytes as an address", "shorten it")
    return text


def read_author(value: object) -> str:
    """Return a byline: text, or the `name` of a mapping."""
    if isinstance(value, Mapping):
        if "name" not in value:
            raise reject("an author needs a `name`", "write the name alone, or `name: Ana Ruiz`")
        return read_name(value["name"])
    return read_name(value)


def read_section(value: object) -> str:
    """Return the name of a section."""
    text = read_name(value)
    if text and not slugify(text):
        raise reject("has no letter or digit for an address", "write a name")
    return text


def read_slug(value: object) -> Slug:
    """Return the last part of an address, made from any text."""
    slug = slugify(read_name(value))
    if not slug:
        raise reject("has no letter or digit for an address", "write words, such as `bridge-reopens`")
    return slug


def read_language(value: object, info: ValidationInfo) -> str:
    """Return a language tag (BCP 47, RFC 5646), cased as usual or as the configuration spells it."""
    text = read_line(value)
    found = _LANGUAGE.fullmatch(text)
    if found is None:
        hint = text.replace("_", "-") if _LANGUAGE.fullmatch(text.replace("_", "-")) else "en` or `pt-BR"
        raise reject("must be a language tag (BCP 47)", f"write `{hint}`")
    ours = cast("FieldContext", info.context).language
    return ours if text.lower() == ours.lower() else found[1].lower() + case_subtags(found[2])


def case_subtags(subtags: str) -> str:
    """Return subtags as BCP 47 recommends to spell them: `-Hant-TW`."""
    cased = {2: str.upper, 4: str.title}
    return "".join(f"-{cased.get(len(part), str.lower)(part)}" for part in subtags.split("-")[1:])


def read_comments(value: object, info: ValidationInfo) -> tuple[Literal["auto", "off", "closed"], str | None]:
    """Return how comments are shown, and the path of the snapshot where one is named."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        path = cast("FieldContext", info.context).path
        hint = f"add each one with `sitegen comments add {path} --author NAME --at TIME --text TEXT`"
        raise reject("comments are not written in front matter", hint)
    switch = as_boolean(value)
    if switch is not None:
        return ("auto" if switch else "off"), None
    text = "" if isinstance(value, Mapping) else read_line(value)
    if text.lower() in {"auto", "closed"}:
        return ("closed" if text.lower() == "closed" else "auto"), None
    if not text.endswith(".json"):
        raise reject("must be true, false, closed or the path of a snapshot", "write `closed`, or a path with `.json`")
    return "auto", read_snapshot_path(text)


def read_policy(value: object) -> Policy:
    """Return what search engines are told of the original."""
    text = read_line(value).lower()
    if text not in POLICIES:
        raise reject(
            "must be credit, canonical or noindex", "`credit` shows the source and tells search engines nothing"
        )
    return cast("Policy", text)


def shape_list(value: object) -> list[object]:
    """Return a list, or the parts of a text with commas."""
    if isinstance(value, list):
        return [item for item in value if item is not None]
    if isinstance(value, Mapping):
        return [value]
    return [part for part in read_line(value).split(",") if part.strip()]


def shape_addresses(value: object) -> list[object]:
    """Return a list of addresses, or of the only one."""
    return [item for item in value if item is not None] if isinstance(value, list) else [value]


def shape_rating(value: object) -> object:
    """Return `4/5` or `4 (2 votes)` as a mapping."""
    if isinstance(value, Mapping):
        return value
    found = None if isinstance(value, list | bool) else _RATING.fullmatch(read_line(value))
    if found is None:
        raise reject("is no rating", "write `4`, `4/5`, `4 (2 votes)`, or a mapping with `value` and `votes`")
    return {name: part for name, part in found.groupdict().items() if part is not None}


def shape_source(value: object) -> list[object]:
    """Return one or several sources as a list of mappings."""
    items = value if isinstance(value, list) else [value]
    return [item if isinstance(item, Mapping) else {"name": item} for item in items if item is not None]


def shape_image(value: object) -> object:
    """Return a path as a mapping; `false` is no picture."""
    if isinstance(value, Mapping):
        return value
    switch = as_boolean(value) if isinstance(value, bool | Plain) else None
    return {} if switch is False else {"src": value}


def shape_label(value: object) -> object:
    """Return text as a mapping."""
    return value if isinstance(value, Mapping) else {"text": value}


def shape_series(value: object) -> object:
    """Return a name as a mapping."""
    return value if isinstance(value, Mapping) else {"name": value}


def read_live(value: object) -> Literal["open", "closed", "off"]:
    """Return whether a story is live, was, or is none."""
    switch = as_boolean(value)
    if switch is not None:
        return "open" if switch else "off"
    text = read_line(value).lower()
    if text == "open":
        return "open"
    if text == "closed":
        return "closed"
    raise reject("must be true, false or closed", "write `live: true`, and `live: closed` when it is over")


def read_text(value: object) -> str:
    """Return Markdown, which may have several lines."""
    if isinstance(value, str):
        return str(value)
    return read_line(value)


def shape_neighbour(value: object) -> object:
    """Return a reference, or `false`, as a mapping."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, list):
        raise reject("must be one article", "quote values that contain commas and brackets")
    switch = as_boolean(value) if isinstance(value, bool | Plain) else None
    if switch:
        raise reject("must be a title, an address, or false", "leave it out to have it computed")
    return {"suppressed": True} if switch is False else {"reference": value}


def shape_gone(value: object) -> object:
    """Return a reason as a mapping; `true` is a takedown without one, `false` is none."""
    if isinstance(value, Mapping):
        return value
    switch = as_boolean(value) if isinstance(value, bool | Plain) else None
    if switch is not None:
        return {} if switch else {"undone": True}
    return {"reason": value}


def shape_updates(value: object) -> list[object]:
    """Return one or several updates as a list."""
    items = value if isinstance(value, list) else [value]
    if not all(isinstance(item, Mapping) for item in items if item is not None):
        raise reject(
            "must be a list of mappings with `at` and `text`", "write `- at: 2023-07-10 14:05` and `text: …` below"
        )
    return [item for item in items if item is not None]


def shape_corrections(value: object) -> list[object]:
    """Return one or several corrections as a list."""
    items = value if isinstance(value, list) else [value]
    if not all(isinstance(item, Mapping) for item in items if item is not None):
        raise reject(
            "must be a list of mappings with `date` and `text`", "write `- date: 2023-07-10` and `text: …` below"
        )
    return [item for item in items if item is not None]
