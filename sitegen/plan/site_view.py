"""What every page shows of the whole site."""

from collections.abc import Mapping, Sequence

from sitegen.errors import Problem, warning
from sitegen.model.config import Config, MenuItem, TomlValue
from sitegen.model.index import LanguageIndex
from sitegen.model.index_views import CorrectionEntry
from sitegen.model.names import ArticleId, Url
from sitegen.model.views import MenuLink, SiteView
from sitegen.plan.links import LinkDesk, split_target
from sitegen.plan.urls import (
    archive_url,
    authors_url,
    close_url,
    corrections_url,
    encode_address,
    escape_path,
    is_absolute,
    language_root,
    tags_url,
)

LOCAL_BASE_URL = "http://localhost/"
"""Stands in for a `base_url` that is not configured, so that feeds can still be tried on this machine."""

_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})


def build_site_view(
    index: LanguageIndex,
    corrections: Sequence[CorrectionEntry],
    config: Config,
    options: Mapping[str, TomlValue],
    links: LinkDesk,
) -> SiteView:
    """Return `site` for one language; a menu entry that leads nowhere is left out and reported to `links`."""
    language = index.language
    own = config.languages.get(language)
    home = language_root(language, config)
    pages = config.pages
    menus = {**config.menus, **(own.menus if own else {})}
    return SiteView(
        title=(own.title if own else "") or config.title,
        description=(own.description if own else "") or config.description,
        language=language,
        direction="rtl" if language.split("-")[0].lower() in _RIGHT_TO_LEFT else "ltr",
        home=home,
        base_url=links.directory.base_url,
        timezone=config.timezone,
        copyright=config.copyright,
        contact=_contact_url(config.comments.contact),
        rating_label=config.rating.label,
        claims_ratings=config.rating.structured_data,
        menus={
            name: tuple(link for item in items if (link := _resolve_item(item, links))) for name, items in menus.items()
        },
        sections=tuple(group.named for group in index.sections),
        rss=Url(f"{home}rss.xml"),
        atom=Url(f"{home}atom.xml"),
        json_feed=Url(f"{home}feed.json"),
        archive=archive_url(language, config) if pages.archive and index.cards else None,
        tags=tags_url(language, config) if pages.tags and index.tags else None,
        authors=authors_url(language, config) if pages.authors and index.authors else None,
        corrections=corrections_url(language, config) if pages.corrections and corrections else None,
        options={**options, **config.options},
    )


def normalise_base_url(base_url: str) -> str:
    """Return `base_url` encoded and with a closing slash; an empty one becomes an address on this machine."""
    return encode_address(f"{base_url.rstrip('/')}/") if base_url else LOCAL_BASE_URL


def _contact_url(contact: str) -> str:
    return f"mailto:{contact}" if "@" in contact and ":" not in contact else contact


def _resolve_item(item: MenuItem, links: LinkDesk) -> MenuLink | None:
    if is_absolute(item.url):
        return MenuLink(title=item.title, url=item.url)
    directory = links.directory
    if item.url.startswith("/"):
        path, rest = split_target(item.url)
        address = close_url(escape_path(path))
        if directory.by_url.get(address) not in directory.hidden:
            links.promises.append((address, _describe_lost(item, "leads to no page of this site")))
            return MenuLink(title=item.title, url=address + rest)
    elif item.url in directory.urls:
        return MenuLink(title=item.title, url=directory.urls[ArticleId(item.url)])
    hint = directory.suggester.suggest(item.url)
    links.findings.add(_describe_lost(item, "names no published document", hint or "it is left out"))
    return None


def _describe_lost(item: MenuItem, reason: str, hint: str | None = None) -> Problem:
    return warning("menus", f"the menu entry `{item.title}` {reason}: `{item.url}`", "sitegen.toml", hint=hint)
