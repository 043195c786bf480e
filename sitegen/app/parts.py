"""What pages are made from besides their views."""

from collections.abc import Iterable, Mapping

from sitegen.errors import ContentError, Problem
from sitegen.model.digests import digest_value
from sitegen.model.names import Digest
from sitegen.model.theme import Theme
from sitegen.model.views import SiteView
from sitegen.plan.staleness import KeyDigests
from sitegen.render.environment import asset_addresses, build_environment
from sitegen.render.theme import Closures, References, collect_words


def digest_parts(
    names: Iterable[str], sites: Mapping[str, SiteView], theme: Theme, engine: Digest, known: References
) -> tuple[KeyDigests, dict[str, tuple[Problem, ...]], Closures]:
    """Return the digests of everything but their views that pages with the templates `names` are made from.

    `known` are references of templates. Templates that cannot be read are missing among the digests; what is wrong
    with those comes by name. The third part tells what belongs to a template.
    """
    closures = Closures(theme, build_environment(theme, sites), known)
    templates: dict[str, Digest] = {}
    unreadable: dict[str, tuple[Problem, ...]] = {}
    for name in dict.fromkeys(names):
        try:
            templates[name] = closures.digest(name)
        except ContentError as failure:
            unreadable[name] = failure.problems
    digests = KeyDigests(
        templates=templates,
        assets=digest_value(asset_addresses(theme)),
        words={language: digest_value(collect_words(theme, language)) for language in sites},
        sites={language: digest_value(site) for language, site in sites.items()},
        engine=engine,
    )
    return digests, unreadable, closures
