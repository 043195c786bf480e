"""What templates can do with addresses, dates, numbers and words."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC
from urllib.parse import urlsplit

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from sitegen.model.article import Rating
from sitegen.model.moment import Moment
from sitegen.model.theme import Catalogue
from sitegen.model.views import SiteView
from sitegen.plan.head import absolute_url
from sitegen.render.addresses import relative_href
from sitegen.render.moments import find_locale, format_day, format_instant, format_iso, format_language, format_number

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class MissingWordError(Exception):
    """A template asked for words that the theme does not have."""


def finalize(value: object) -> object:
    """Drop characters that neither HTML nor XML 1.0 may contain from whatever a template prints."""
    if isinstance(value, str) and _ILLEGAL.search(value):
        cleaned = _ILLEGAL.sub("", value)
        return Markup(cleaned) if isinstance(value, Markup) else cleaned  # noqa: S704 -- it was safe before
    return value


def install_filters(environment: Environment, assets: Mapping[str, str], words: Mapping[str, Catalogue]) -> None:
    """Give `environment` its filters and functions; `assets` maps names to addresses, `words` tags to catalogues."""
    environment.filters.update(
        href=_href,
        absolute=_absolute,
        day=_day,
        instant=_instant,
        iso=_iso,
        utc=_utc,
        rfc822=_rfc822,
        number=_number,
        stars=_stars,
        language=format_language,
    )
    environment.globals["asset"] = _build_asset(assets)
    environment.globals["t"] = _build_translate(words)


def _site(context: Context) -> SiteView:
    site = context["site"]
    if not isinstance(site, SiteView):
        raise TypeError("`site` was hidden by a variable of the template")
    return site


@pass_context
def _href(context: Context, address: str) -> str:
    return relative_href(address, context["page"].url, urlsplit(_site(context).base_url).path)


@pass_context
def _absolute(context: Context, address: str) -> str:
    return absolute_url(address, _site(context).base_url)


@pass_context
def _day(context: Context, moment: Moment) -> str:
    site = _site(context)
    return format_day(moment, site.language, site.timezone)


@pass_context
def _instant(context: Context, moment: Moment) -> str:
    site = _site(context)
    return format_instant(moment, site.language, site.timezone)


@pass_context
def _iso(context: Context, moment: Moment) -> str:
    return format_iso(moment, _site(context).timezone)


@pass_context
def _number(context: Context, value: float) -> str:
    return format_number(value, _site(context).language)


def _utc(moment: Moment) -> str:
    """Return an instant as feeds and sitemaps want it (RFC 3339, in UTC)."""
    return f"{moment.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _rfc822(moment: Moment) -> str:
    """Return an instant as RSS wants it (RFC 822 with four-digit years)."""
    at = moment.at.astimezone(UTC)
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{days[at.weekday()]}, {at.day:02} {months[at.month - 1]} {at.year:04} {at:%H:%M:%S %z}"


def _stars(rating: Rating) -> tuple[str, ...]:
    """Return one of `full`, `half`, `empty` for each star; nothing for a scale of more than ten."""
    if not 1 <= rating.best <= _MOST_STARS:
        return ()
    halves = round(rating.value * 2)
    return tuple(
        "full" if halves >= 2 * place else "half" if halves == 2 * place - 1 else "empty"
        for place in range(1, int(rating.best) + 1)
    )


_MOST_STARS = 10


def _build_asset(assets: Mapping[str, str]) -> Callable[[Context, str], str]:
    @pass_context
    def asset(context: Context, name: str) -> str:
        if name not in assets:
            raise MissingWordError(f"the theme has no static file `{name}`")
        return str(_href(context, assets[name]))

    return asset


def _build_translate(words: Mapping[str, Catalogue]) -> Callable[..., str]:
    @pass_context
    def translate(context: Context, key: str, **values: object) -> str:
        language = _site(context).language
        text = words[language].get(key)
        if text is None:
            raise MissingWordError(f"the theme has no words for `{key}` in `{language}` or English")
        if isinstance(text, Mapping):
            text = _choose_plural(text, values.get("n"), language)
        if any(isinstance(value, Markup) for value in values.values()):
            text = escape(text)
        try:
            return text.format_map(values)
        except (KeyError, ValueError, IndexError, AttributeError) as failure:
            raise MissingWordError(f"the words for `{key}` need a value for {failure}") from failure

    return translate


def _choose_plural(forms: Mapping[str, str], number: object, language: str) -> str:
    if not isinstance(number, int | float):
        raise MissingWordError("words with plural forms need a number `n`")
    form = find_locale(language).plural_form(number)
    return forms.get(form) or forms["other"]
