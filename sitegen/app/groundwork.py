"""What a build leaves for the edits that come after it: what the pages with texts were made from."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from sitegen.model.codec import decode, encode, encode_in_order
from sitegen.model.config import Config
from sitegen.model.facts import Embargoed
from sitegen.model.names import ArticleId, Digest, OutPath
from sitegen.model.outline import Known, MapLine, Outline
from sitegen.model.page import encode_spec
from sitegen.model.views import SiteView
from sitegen.plan.texts import find_texts
from sitegen.storage.state import State
from sitegen.storage.tables import DOCUMENTS, LINES, RELATED, TEXTS, Rows

if TYPE_CHECKING:
    from sitegen.plan.site import SitePlan

SPEC = "spec"
"""Kind of the values in the memory that are pages with texts as they were planned, under their keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Groundwork:
    """What the pages of a publication were made from, besides their plans, their templates and what they name."""

    config: Config
    """The configuration."""
    sites: Mapping[str, SiteView]
    """`site` by language."""
    outline: Outline
    """What else pages are made from that show documents."""
    embargoed: Embargoed
    """Articles of which no page may show a trace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a publication was made from, as it has just been remembered."""

    output: str
    """What the memory calls its folder."""
    keys: Mapping[OutPath, Digest]
    """The key of each of its files."""
    sources: Mapping[str, tuple[Digest, ...]]
    """The keys of each of its sources in the memory."""


DOCUMENT_ROWS = dict[ArticleId, Known]
RELATED_ROWS = dict[ArticleId, tuple[ArticleId, ...]]
LINE_ROWS = dict[OutPath, MapLine]
"""What the tables hold that a plan leaves."""

Found = Mapping[Digest, tuple[OutPath, ...]]
"""On which pages each text stands, by its digest."""


def find_exchangeable(config: Config, plan: "SitePlan") -> Found | None:
    """Return the texts of `plan`, if an edited one may spare a plan: then its pages are remembered as they go out."""
    return None if runs_extensions(config) else find_texts(plan.specs)


def lay_groundwork(
    groundwork: Groundwork,
    plan: "SitePlan",
    comments: Mapping[ArticleId, Digest],
    texts: Found,
    made: Made,
    state: State,
) -> tuple[bytes, Mapping[str, bytes]] | None:
    """Remember how the pages with `texts` of `plan` were planned that a publication left as they stood in the output.

    `comments` are the keys of `SnapshotFacts` by document. Return `groundwork` as it is remembered, and the tables that
    the plan leaves; None where they cannot be remembered.
    """
    if decode(encode(groundwork.sites), dict[str, SiteView]) != groundwork.sites:
        return None
    elsewhere = (state.keys(name).values() for name in state.outputs() if name != made.output)
    known = state.forget_except(SPEC, {*made.keys.values(), *chain.from_iterable(elsewhere)})
    wanted = list_pages(texts)
    pages = ((made.keys[spec.path], spec) for spec in plan.specs if spec.path in wanted)
    state.store(SPEC, [(key, encode_spec(spec)) for key, spec in pages if key not in known])
    counts = Counter(chain.from_iterable(made.sources.values()))
    tables: dict[str, Rows] = {
        # Pages of a text that several documents have cannot be told from those of the others.
        TEXTS: {digest: paths if counts[digest] == 1 else None for digest, paths in texts.items()},
        DOCUMENTS: {
            shown.article.id: Known(
                kind=shown.article.kind, card=plan.cards[shown.article.id], comments=comments.get(shown.article.id)
            )
            for shown in plan.selection.shown
        },
        RELATED: plan.index.related,
        LINES: plan.lines,
    }
    return write_groundwork(groundwork), {name: encode(rows) for name, rows in tables.items()}


def write_groundwork(groundwork: Groundwork) -> bytes:
    """Return a groundwork as it is remembered: pages show menus and lists in the order that these have."""
    return encode_in_order(groundwork)


def list_pages(texts: Found) -> frozenset[OutPath]:
    """Return all pages on which `texts` stand."""
    return frozenset(path for paths in texts.values() for path in paths)


def runs_extensions(config: Config) -> bool:
    """Whether extensions read the texts: a memory that was restored from anywhere must name no code to run."""
    return bool(config.markdown.extensions or config.markdown.extension_options)
