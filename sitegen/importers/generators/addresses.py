"""Patterns of addresses, as generators write them in their configuration."""

import re
from collections.abc import Callable, Mapping

from sitegen.model.moment import Moment
from sitegen.plan.slugs import slugify

_COLON = re.compile(r":(\w+)")
_BRACES = re.compile(r"\{(\w+)(?::([^{}]*))?\}")
_DIRECTIVE = re.compile(r"%-?[a-zA-Z]")

Tokens = Mapping[str, str]
"""What stands for the names in a pattern."""


def list_date_tokens(date: Moment | None) -> dict[str, str]:
    """Return the parts of a date under the names that Hugo and Jekyll have for them."""
    if date is None:
        return {}
    at = date.at
    formats = {
        "year": "%Y", "short_year": "%y", "month": "%m", "short_month": "%b", "long_month": "%B", "monthname": "%B",
        "day": "%d", "y_day": "%j", "yearday": "%j", "hour": "%H", "minute": "%M", "second": "%S", "week": "%V",
        "w_year": "%G", "w_day": "%u", "weekday": "%w", "short_day": "%a", "long_day": "%A", "weekdayname": "%A",
    }  # fmt: skip
    tokens = {name: at.strftime(pattern) for name, pattern in formats.items()}
    return {**tokens, "i_month": str(at.month), "i_day": str(at.day)}


def expand_colons(pattern: str, tokens: Tokens) -> str | None:
    """Return a pattern such as `/:year/:title/` filled in; None where it has a name that nobody knows."""
    return _expand(_COLON, pattern, lambda match: tokens.get(match[1]))


def expand_braces(pattern: str, tokens: Tokens, date: Moment | None) -> str | None:
    """Return a pattern such as `{date:%Y}/{slug}.html` filled in; None where it has a name that nobody knows."""

    def find(match: re.Match[str]) -> str | None:
        if match[1] != "date":
            return tokens.get(match[1])
        return _DIRECTIVE.sub(lambda part: date.at.strftime(part[0]), match[2] or "") if date else None

    return _expand(_BRACES, pattern, find)


def _expand(part: re.Pattern[str], pattern: str, find: Callable[[re.Match[str]], str | None]) -> str | None:
    if any(find(match) is None for match in part.finditer(pattern)):
        return None
    filled = part.sub(lambda match: find(match) or "", pattern)
    return re.sub("/{2,}", "/", f"/{filled}")


def join_slugs(folders: tuple[str, ...]) -> str:
    """Return folders as they stand in an address."""
    return "/".join(slugify(folder) for folder in folders)
