"""What is on the disk, as values: the first half of every command that looks at a site."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sitegen.app.inventory import is_parsed
from sitegen.app.rescue import Rescue
from sitegen.app.sources import Gathered, Progress, Reading, article_id, gather_sources
from sitegen.app.workers import ALONE, Crew
from sitegen.errors import ContentError, Problem, Span, error
from sitegen.model.config import Config, TomlValue
from sitegen.model.facts import SiteSources
from sitegen.model.names import Digest
from sitegen.model.preview import Preview
from sitegen.model.source import Scan, build_scan, list_files
from sitegen.model.theme import ListRule, StaticFile, Theme
from sitegen.storage.clock import now_ns
from sitegen.storage.scan import SOURCE_FOLDERS, ScanError, complete_scan, scan
from sitegen.storage.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """How a site is to be looked at."""

    root: Path
    """Its folder."""
    config: Config
    """Its configuration."""
    clock: datetime
    """Now."""
    preview: Preview = field(default_factory=Preview)
    """What is shown although it is not published."""
    engine: Digest
    """Digest of the program."""
    crew: Crew = ALONE
    """Who works."""
    places: Mapping[str, Span] = field(default_factory=dict)
    """Where old addresses stand in the configuration."""
    scan: Scan | None = None
    """Its files, if somebody has just looked at them."""


def gather_site(survey: Survey, state: State, rescue: Rescue, progress: Progress) -> Gathered:
    """Scan and parse everything below `content/` and `static/`, remembering it in `state`.

    Raises ContentError for a site without a folder `content/`.
    """
    if not (survey.root / "content").is_dir():
        # An empty site in its place would take every page away: a folder that is not mounted yet, or was renamed.
        message, hint = "there is no folder `content/`", "make it, or look at the folder that sitegen works in"
        raise ContentError([error("content", message, hint=hint)])
    found, problems = (survey.scan, ()) if survey.scan else _scan(survey.root, state)
    reading = Reading(
        root=survey.root,
        config=survey.config,
        engine=survey.engine,
        crew=survey.crew,
        drafts=survey.preview.drafts,
    )
    gathered = gather_sources(list_files(found), problems, reading, state, rescue, progress)
    found = complete_scan(found, survey.root, gathered.read)
    state.remember_scan(found)
    gathered.contents = found.contents
    return gathered


def _scan(root: Path, state: State) -> tuple[Scan, tuple[Problem, ...]]:
    started = now_ns()
    last = state.last_scan()
    is_first = not state.holds_values()  # then everything is parsed, and whoever does that reads it anyway
    try:
        return build_scan(scan(root, SOURCE_FOLDERS, last, lambda path: is_first and is_parsed(path)), started), ()
    except ScanError as failure:
        return build_scan(failure.files, started), failure.problems


def assemble_sources(survey: Survey, theme: Theme, gathered: Gathered) -> SiteSources:
    """Return what a plan is made from."""
    options: dict[str, TomlValue] = {}
    lists: dict[str, ListRule] = {}
    static: dict[str, StaticFile] = {}
    for layer in reversed(theme.layers):
        options |= layer.options
        lists |= layer.lists
        static |= layer.static
    return SiteSources(
        config=survey.config,
        articles=tuple(article for _, article in sorted(gathered.articles.items())),
        unavailable=frozenset(article_id(path) for path in gathered.unavailable),
        snapshots={article_id(path): facts for path, facts in gathered.snapshots.items() if path in gathered.articles},
        assets=gathered.assets,
        sections=gathered.sections,
        options=options,
        lists=lists,
        theme_static=static,
        templates=frozenset(name for layer in theme.layers for name in layer.templates),
        clock=survey.clock,
        preview=survey.preview,
        places=survey.places,
    )
