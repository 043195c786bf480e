"""What pages are made from besides their views."""

from collections.abc import Iterable, Mapping

from sitegen.errors import ContentError, Problem
from sitegen.model.codec import UnreadableError, decode, encode
from sitegen.model.digests import digest_value
from sitegen.model.names import Digest
from sitegen.model.theme import Theme
from sitegen.model.views import SiteView
from sitegen.plan.staleness import KeyDigests
from sitegen.render.environment import asset_addresses, build_environment
from sitegen.render.theme import Closures, References, collect_words, digest_templates
from sitegen.storage.state import State


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


def recall_references(state: State, theme: Theme, engine: Digest) -> References:
    """Return what was found in these very templates before: reading them takes as long as fifty pages."""
    value = state.load(_REFERENCES, _name_references(theme, engine))
    try:
        return decode(value, dict[str, tuple[str | None, ...]]) if value else {}
    except UnreadableError:
        return {}


def remember_references(state: State, theme: Theme, engine: Digest, references: References) -> None:
    """Remember what was found in the templates of a theme, and nothing of others."""
    state.forget_except(_REFERENCES, frozenset())
    state.store(_REFERENCES, [(_name_references(theme, engine), encode(references))])


def _name_references(theme: Theme, engine: Digest) -> Digest:
    return digest_value((engine, digest_templates(theme)))


_REFERENCES = "references"
"""Under which kind the state keeps what the templates of the theme refer to."""
