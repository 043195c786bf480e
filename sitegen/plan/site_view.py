"""What every page shows of the whole site."""

from collections.abc import Mapping

from sitegen.errors import warning
from sitegen.model.config import Config, MenuItem, TomlValue
from sitegen.model.index import LanguageIndex
from sitegen.model.names import ArticleId, Url
from sitegen.model.views import MenuLink, SiteView
from sitegen.plan.assets import is_absolute
from sitegen.plan.findings import Findings
from sitegen.plan.references import Directory
from sitegen.plan.urls import language_root

LOCAL_BASE_URL = "http://localhost/"
"""Stands in for a `base_url` that is not configured, so that feeds can still be tried on this machine."""

_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})


def build_site_view(
    index: LanguageIndex, config: Config, options: Mapping[str, TomlValue], directory: Directory, findings: Findings
) -> SiteView:
    """Return `site` for one language; menu entries that name no document go into `findings`."""
    language = index.language
    own = config.languages.get(language)
    home = language_root(language, config)
    menus = {**config.menus, **(own.menus if own else {})}
    return SiteView(
        title=(own.title if own else "") or config.title,
        description=(own.description if own else "") or config.description,
        language=language,
        direction="rtl" if language.split("-")[0].lower() in _RIGHT_TO_LEFT else "ltr",
        home=home,
        base_url=directory.base_url,
        timezone=config.timezone,
        copyright=config.copyright,
        contact=_contact_url(config.comments.contact),
        rating_label=config.rating.label,
        menus={
            name: tuple(_resolve_item(item, directory, findings) for item in items) for name, items in menus.items()
        },
        sections=tuple(group.named for group in index.sections),
        rss=Url(f"{home}rss.xml"),
        atom=Url(f"{home}atom.xml"),
        options={**options, **config.options},
    )


def normalise_base_url(base_url: str) -> str:
    """Return `base_url` with a closing slash; an empty one becomes an address on this machine."""
    return f"{base_url.rstrip('/')}/" if base_url else LOCAL_BASE_URL


def _contact_url(contact: str) -> str:
    return f"mailto:{contact}" if "@" in contact and ":" not in contact else contact


def _resolve_item(item: MenuItem, directory: Directory, findings: Findings) -> MenuLink:
    if is_absolute(item.url) or item.url.startswith(("/", "mailto:")):
        return MenuLink(title=item.title, url=item.url)
    url = directory.urls.get(ArticleId(item.url))
    if url is None:
        hint = directory.suggester.suggest(item.url)
        findings.add(
            warning("menus", f"the menu entry `{item.title}` names no published document: `{item.url}`", hint=hint)
        )
    return MenuLink(title=item.title, url=url or "/")
