"""What templates can do with addresses, dates, numbers and words."""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC
from functools import lru_cache

from jinja2 import Environment, Undefined, pass_context
from jinja2.runtime import Context
from jinja2.utils import missing
from markupsafe import Markup, escape

from sitegen.model.article import Rating
from sitegen.model.moment import Moment
from sitegen.model.theme import Catalogue
from sitegen.model.views import SiteView
from sitegen.plan.urls import absolute_url
from sitegen.render.addresses import STRAYS, relative_href, rooted_href
from sitegen.render.moments import find_locale, format_day, format_instant, format_iso, format_language, format_number
from sitegen.render.printing import TemplateUseError


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
    # Half of all variables that templates look up are looked up here, and nearly always this one lies in the open.
    site = context.parent.get("site")
    if type(site) is SiteView and "site" not in context.vars:
        return site
    return _find_site(context)


def _find_site(context: Context) -> SiteView:
    site = context.resolve_or_missing("site")
    if isinstance(site, SiteView):
        return site
    if site is missing or isinstance(site, Undefined):
        raise TemplateUseError("filters cannot see `site` and `page` here", "import the macro `with context`")
    raise TemplateUseError("a variable of the template hides `site`", "give the variable another name")


@pass_context
def _href(context: Context, address: str) -> str:
    page = context.vars["page"] if "page" in context.vars else context.parent.get("page", missing)
    if page is missing or page.url == STRAYS:
        return rooted_href(address, _site(context).base_url)
    return relative_href(address, page.url)


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
    at = moment.at.astimezone(UTC)
    return f"{at.year:04}-{at.month:02}-{at.day:02}T{at.hour:02}:{at.minute:02}:{at.second:02}Z"


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
            raise TemplateUseError(f"the theme has no static file `{name}`", _suggest(name, assets))
        return str(_href(context, assets[name]))

    return asset


def _build_translate(words: Mapping[str, Catalogue]) -> Callable[..., str]:
    fixed: dict[tuple[str, str], str] = {}

    @pass_context
    def translate(context: Context, key: str, **values: object) -> str:
        language = _site(context).language
        if values:
            return _fill(key, _find_words(words[language], key, language, values.get("n")), values)
        if (key, language) not in fixed:
            fixed[key, language] = _fill(key, _find_words(words[language], key, language, None), {})
        return fixed[key, language]

    return translate


def _find_words(catalogue: Catalogue, key: str, language: str, number: object) -> str:
    text = catalogue.get(key)
    if text is None:
        message = f"the theme has no words for `{key}` in `{language}` or English"
        raise TemplateUseError(message, _suggest(key, catalogue))
    return text if isinstance(text, str) else _choose_plural(text, number, language)


def _fill(key: str, text: str, values: Mapping[str, object]) -> str:
    try:
        return _fill_escaped(text, values) if Markup in map(type, values.values()) else text.format_map(values)
    except (KeyError, ValueError, IndexError, AttributeError) as failure:
        raise TemplateUseError(f"the words for `{key}` need a value for {failure}") from failure


def _fill_escaped(text: str, values: Mapping[str, object]) -> Markup:
    """Return words as HTML, with values in their places of which some are HTML already."""
    names = _list_places(text)
    if names is None:
        return escape(text).format_map(values)
    # `Markup` would take the words apart and escape them piece by piece, in ten times the time.
    escaped = {name: escape(values[name]) for name in names}
    return Markup(str(escape(text)).format_map(escaped))  # noqa: S704 -- all of it is escaped


@lru_cache(maxsize=1024)
def _list_places(text: str) -> tuple[str, ...] | None:
    """Return the names that stand in braces; None where there is more in some of them, such as a format."""
    return tuple(_PLACE.findall(text)) if _SIMPLE.fullmatch(text) else None


_PLACE = re.compile(r"\{([A-Za-z_]\w*)\}", re.ASCII)
_SIMPLE = re.compile(rf"[^{{}}]*(?:{_PLACE.pattern}[^{{}}]*)*", re.ASCII)


def _choose_plural(forms: Mapping[str, str], number: object, language: str) -> str:
    if not isinstance(number, int | float):
        raise TemplateUseError("words with plural forms need a number `n`")
    form = _find_form(number, language)
    text = forms.get(form) or forms.get("other")
    if text is None:
        raise TemplateUseError(f"the words have no plural form `{form}` and no `other`")
    return text


@lru_cache(maxsize=1024)
def _find_form(number: float, language: str) -> str:
    """Return the plural form of a number: `one`, `few`, `other`."""
    return find_locale(language).plural_form(number)


def _suggest(name: str, known: Iterable[str]) -> str | None:
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"did you mean `{near[0]}`?" if near else None
