"""What a build leaves for the edits that come after it: what the pages with texts were made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sitegen.model.codec import decode, encode
from sitegen.model.config import Config
from sitegen.model.names import Digest, OutPath
from sitegen.model.page import PageSpec, encode_spec
from sitegen.model.views import SiteView
from sitegen.plan.texts import find_texts
from sitegen.storage.state import State

SPEC = "spec"
"""Kind of the values in the memory that are pages with texts as they were planned, under their keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Groundwork:
    """What the pages of a publication were made from, besides their plans, their templates and what they name."""

    config: Config
    """The configuration."""
    sites: Mapping[str, SiteView]
    """`site` by language."""
    texts: Mapping[Digest, tuple[OutPath, ...]]
    """On which pages each text stands, by its digest."""


def lay_groundwork(
    config: Config,
    sites: Mapping[str, SiteView],
    specs: Sequence[PageSpec],
    keys: Mapping[OutPath, Digest],
    state: State,
) -> Groundwork | None:
    """Remember how `specs` were planned, the pages that were just published under `keys`, and return the rest.

    None where an edited text may not spare a plan.
    """
    kept = decode(encode(sites), dict[str, SiteView])
    if kept != sites or runs_extensions(config):
        return None
    texts = find_texts(specs)
    wanted = {path for paths in texts.values() for path in paths}
    pages = {keys[spec.path]: spec for spec in specs if spec.path in wanted}
    known = state.forget_except(SPEC, {key for output in state.outputs() for key in state.keys(output).values()})
    state.store(SPEC, [(key, encode_spec(spec)) for key, spec in pages.items() if key not in known])
    return Groundwork(config=config, sites=kept, texts=texts)


def runs_extensions(config: Config) -> bool:
    """Whether extensions read the texts: a memory that was restored from anywhere must name no code to run."""
    return bool(config.markdown.extensions or config.markdown.extension_options)
