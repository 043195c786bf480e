"""What single values of `sitegen.toml` must be beyond their types. Every check returns message and hint, or None."""

import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic_core import PydanticCustomError

from sitegen.parse.addresses import is_mail_address, read_site_address
from sitegen.parse.key_names import FIELDS, find_field, find_near
from sitegen.parse.own_values import read_extra
from sitegen.parse.places import Path
from sitegen.parse.redirect_checks import check_old_address, check_redirect_host, check_redirect_target
from sitegen.parse.scalars import check_characters
from sitegen.plan.urls import PERMALINK_FIELDS

Complaint = tuple[str, str | None]
"""Message and hint."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_FIELD = re.compile(r"\{([^{}]*)\}")
_THEME = re.compile(r"[A-Za-z0-9][\w.-]*")
_BLANK = re.compile(r"[\s\x00-\x1f\x7f\\]")
_MACHINE_ZONES = frozenset({"localtime", "posixrules", "Factory"})
_WHOLE_ADDRESS = "write it whole, as `https://news.example/`"


def find_complaints(values: Mapping[str, object]) -> Iterator[tuple[Path, Complaint]]:
    """Yield what is wrong with values that have the right types; others are passed over."""
    for place, check in _CHECKS.items():
        for where, value in _find(values, place, ()):
            if isinstance(value, str) and (complaint := check(value)):
                yield where, complaint
    for name in ("options", "markdown"):
        yield from _check_own_values(values.get(name), (name,))
    yield from _check_characters(values, ())


def _find(value: object, place: tuple[str, ...], where: Path) -> Iterator[tuple[Path, object]]:
    """Yield the values at `place`: `*` stands for every part, `KEY` for every key itself."""
    if not place:
        yield where, value
        return
    step, rest = place[0], place[1:]
    if isinstance(value, Mapping):
        if step == "KEY":
            yield from (((*where, key), key) for key in value)
        for key in value if step == "*" else [step]:
            if key in value:
                yield from _find(value[key], rest, (*where, key))
    elif isinstance(value, list) and step == "*":
        for index, item in enumerate(value):
            yield from _find(item, rest, (*where, index))


def check_base_url(text: str) -> Complaint | None:
    """Where a site stands: an http address without user, query or fragment; empty is none."""
    if not text:
        return None
    if _BLANK.search(text):
        return "must not contain spaces, line ends or backslashes", _WHOLE_ADDRESS
    try:
        parts = urlsplit(text)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound:
        return 'must start with "https://" or "http://" and name a host', _WHOLE_ADDRESS
    if parts.query or parts.fragment or text.endswith(("?", "#")):
        return "must not have a query or a fragment", "leave out everything from `?` or `#` on"
    if "@" in parts.netloc:
        return "must not name a user or a password", "every page would show them"
    if not parts.netloc.isascii():
        return "must name the host in ASCII", f"write `{_write_ascii(parts.hostname or '')}`"
    if re.search(r"//|/\.\.?(?:/|$)", parts.path):
        return "must not contain `//`, `.` or `..` as a part of its path", "write the path out"
    return None


def _write_ascii(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return "xn--…"


def _check_permalink(text: str) -> Complaint | None:
    unknown = [name for name in _FIELD.findall(text) if name not in PERMALINK_FIELDS]
    if unknown:
        known = ", ".join(f"`{{{name}}}`" for name in sorted(PERMALINK_FIELDS))
        near = find_near(unknown[0], PERMALINK_FIELDS)
        return f"knows no field `{{{unknown[0]}}}`", f"did you mean `{{{near}}}`?" if near else f"write one of {known}"
    if "{slug}" not in text:
        return "must hold `{slug}`, so that articles differ", "write it as `/{section}/{year}/{month}/{slug}/`"
    plain = _FIELD.sub("x", text)
    if "{" in plain or "}" in plain:
        return "has a brace without its other half", "write fields as `{slug}`"
    if _BLANK.search(plain) or "%" in plain:
        return "must not contain spaces, backslashes or `%`", "write `-` for a space"
    try:
        read_site_address(plain)
    except PydanticCustomError as failure:
        context = failure.context or {}
        return str(context.get("message")), str(context.get("hint"))
    return None


def _check_timezone(text: str) -> Complaint | None:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return f'there is no time zone "{text}"', 'write one as "Europe/Amsterdam" or "UTC"'
    if text in _MACHINE_ZONES:
        return "must not depend on the machine", 'write one as "Europe/Amsterdam" or "UTC"'
    return None


def _check_language(text: str) -> Complaint | None:
    if _LANGUAGE.fullmatch(text):
        return None
    return f'"{text}" is no language tag', 'write one as "en" or "pt-BR"'


def _check_theme(text: str) -> Complaint | None:
    if _THEME.fullmatch(text):
        return None
    return f'"{text}" is no name of a folder below `themes/`', "write the name alone: letters, digits, `-`, `_`, `.`"


def _check_contact(text: str) -> Complaint | None:
    if not text or is_mail_address(text) or re.match(r"/(?![/\\])", text):
        return None
    if not _BLANK.search(text) and re.match(r"https?://[^/]", text, re.IGNORECASE):
        return None
    return "must be an e-mail address or an address of the web", 'write it as "editor@news.example"'


def _check_field(text: str) -> Complaint | None:
    if find_field(text, {}):
        return None
    near = find_near(text, FIELDS)
    hint = f"did you mean `{near}`?" if near else "`sitegen schema front-matter` prints what there is"
    return f"there is no front matter key `{text}`", hint


def _check_own_values(value: object, where: Path) -> Iterator[tuple[Path, Complaint]]:
    """Check tables of a site's own: templates and the memory of builds must be able to hold what is in them."""
    table = value.get("extension_options") if where == ("markdown",) and isinstance(value, Mapping) else value
    if where == ("markdown",):
        where = (*where, "extension_options")
    if not isinstance(table, Mapping):
        return
    try:
        read_extra(table)
    except PydanticCustomError as failure:
        context = failure.context or {}
        yield (*where, *context.get("at", ())), (str(context.get("message")), context.get("hint"))


def _check_characters(value: object, where: Path) -> Iterator[tuple[Path, Complaint]]:
    if where[:1] == ("options",) or where[:2] == ("markdown", "extension_options"):
        return
    parts: Mapping[str | int, object] = {}
    if isinstance(value, str):
        try:
            check_characters(value)
        except PydanticCustomError as failure:
            context = failure.context or {}
            yield where, (str(context.get("message")), context.get("hint"))
    elif isinstance(value, Mapping):
        parts = value
    elif isinstance(value, list):
        parts = dict(enumerate(value))
    for name, part in parts.items():
        yield from _check_characters(part, (*where, name))


_CHECKS: Mapping[tuple[str, ...], Callable[[str], Complaint | None]] = {
    ("base_url",): check_base_url,
    ("language",): _check_language,
    ("timezone",): _check_timezone,
    ("theme", "*"): _check_theme,
    ("permalink",): _check_permalink,
    ("comments", "contact"): _check_contact,
    ("front_matter", "map", "*"): _check_field,
    ("languages", "KEY"): _check_language,
    ("redirects", "KEY"): check_old_address,
    ("redirects", "*"): check_redirect_target,
    ("redirect_hosts", "*"): check_redirect_host,
    ("gone", "KEY"): check_old_address,
}
