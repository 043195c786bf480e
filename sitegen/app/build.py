"""From a folder to a published site: the eight hops, in order."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sitegen.app.publication import Publication, PublishRequest, publish_plan
from sitegen.app.report import BuildReport, count_errors, make_strict, sort_problems
from sitegen.app.rescue import Rescue, rescue_documents
from sitegen.app.sources import Gathered, Progress
from sitegen.app.survey import STATE_FILE, STATE_FOLDER, Survey, assemble_sources, gather_site
from sitegen.errors import ContentError, Problem, Severity, warning
from sitegen.model.codec import UnreadableError
from sitegen.model.config import Config
from sitegen.model.facts import Preview, SiteSources
from sitegen.model.names import Digest
from sitegen.model.theme import Theme
from sitegen.plan.schedule import find_next_change
from sitegen.plan.site import SitePlan, plan_site
from sitegen.storage.engine import digest_engine
from sitegen.storage.files import make_folder
from sitegen.storage.lock import hold_lock
from sitegen.storage.publish import recover
from sitegen.storage.state import State, open_state
from sitegen.storage.themes import load_theme


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRequest:
    """What is to be built, and how."""

    root: Path
    """The site's folder."""
    output: Path
    """Where the site goes."""
    config: Config
    """The configuration."""
    clock: datetime
    """Now."""
    preview: Preview = field(default_factory=Preview)
    """What is shown although it is not published."""
    jobs: int = 1
    """How many processes may work."""
    clean: bool = False
    """Forget everything that is remembered."""
    strict: bool = False
    """Warnings are errors."""
    keep_going: bool = False
    """Publish what is sound."""


def build_site(request: BuildRequest, progress: Progress) -> BuildReport:
    """Build and publish a site; what is wrong with its files is in the report.

    Without `keep_going` an error anywhere publishes nothing. Raises MachineError where disk or lock stand in the way.
    """
    started = time.monotonic()
    state_folder = request.root / STATE_FOLDER
    make_folder(state_folder)
    with hold_lock(request.output, state_folder, "build"):
        recover(request.output)
        state_path = state_folder / STATE_FILE
        with open_state(state_path) as state:
            if request.clean:
                state.forget_everything()
            try:
                report = _Build(request, state, state_path, progress).run()
            except UnreadableError:
                state.forget_everything()
                report = _Build(request, state, state_path, progress).run()
    return replace(report, seconds=round(time.monotonic() - started, 3))


class _Build:
    """One build, step by step."""

    def __init__(self, request: BuildRequest, state: State, state_path: Path, progress: Progress) -> None:
        self.request = request
        self.state = state
        self.state_path = state_path
        self.progress = progress
        self.engine = digest_engine(request.config.markdown.extensions)
        self.rescue = Rescue()

    def run(self) -> BuildReport:
        request = self.request
        try:
            theme = load_theme(request.config.theme, request.root)
            gathered = gather_site(self._survey(), self.state, self.progress)
        except ContentError as failure:
            return self._report(None, None, failure.problems, None)
        plan = plan_site(self._assemble(theme, gathered))
        problems: tuple[Problem, ...] = (*check_config(request.config), *gathered.problems, *plan.problems)
        if request.keep_going:
            plan = self._rescue(theme, gathered, plan)
        if request.strict:
            problems = make_strict(problems)
        if count_errors(problems) and not (request.keep_going and self._is_sound(plan)):
            return self._report(plan, gathered, problems, None)
        publication = publish_plan(
            self._publish_request(plan, theme), self.state, self.state_path, self._memory(gathered), self.progress
        )
        if not publication.refused:
            self._forget_unused(gathered)
        return self._report(plan, gathered, (*problems, *publication.problems), publication)

    def _assemble(self, theme: Theme, gathered: Gathered) -> SiteSources:
        """Return what a plan is made from: the sound documents."""
        return assemble_sources(
            self._survey(),
            theme,
            gathered,
            broken=(gathered.broken - self.rescue.kept.keys()) | self.rescue.left_out.keys(),
        )

    def _survey(self) -> Survey:
        request = self.request
        return Survey(
            root=request.root,
            config=request.config,
            clock=request.clock,
            preview=request.preview,
            engine=self.engine,
            jobs=request.jobs,
        )

    def _rescue(self, theme: Theme, gathered: Gathered, plan: SitePlan) -> SitePlan:
        """Return a plan in which documents with errors stand as they were last published, or are left out."""
        published = self.state.published(str(self.request.output.resolve()))
        bad = set(gathered.broken) | _blamed(plan, gathered)
        for _ in range(_RESCUE_ROUNDS):
            rescue_documents(sorted(bad), gathered, published, self.state, self.rescue)
            plan = plan_site(self._assemble(theme, gathered))
            bad = _blamed(plan, gathered) - self.rescue.kept.keys()
            bad |= _blamed(plan, gathered, fatal=True)
            if not bad:
                break
        return plan

    def _is_sound(self, plan: SitePlan) -> bool:
        """Whether what is left can be published: nothing wants an address twice, nothing but documents is wrong."""
        return not any(
            problem.severity is Severity.ERROR
            and (problem.code == "url" or (problem.file or "") not in self.rescue.kept)
            for problem in plan.problems
        )

    def _publish_request(self, plan: SitePlan, theme: Theme) -> PublishRequest:
        lost = not self.state.published(str(self.request.output.resolve()))
        return PublishRequest(
            root=self.request.root,
            output=self.request.output,
            plan=plan,
            theme=theme,
            engine=self.engine,
            jobs=self.request.jobs,
            keep_going=self.request.keep_going,
            keep_orphans=bool(self.rescue.left_out) and lost,
        )

    def _memory(self, gathered: Gathered) -> dict[str, tuple[Digest, ...]]:
        return {path: keys for path, keys in gathered.memory.items() if path not in self.rescue.left_out}

    def _forget_unused(self, gathered: Gathered) -> None:
        """Drop what no file and no publication needs any more."""
        keep = {key for keys in gathered.memory.values() for key in keys} | self.state.published_keys()
        for kind in ("article", "body", "snapshot", "thread", "image"):
            self.state.forget_except(kind, keep)

    def _report(
        self,
        plan: SitePlan | None,
        gathered: Gathered | None,
        problems: Iterable[Problem],
        publication: Publication | None,
    ) -> BuildReport:
        kinds = [shown.article.kind for shown in plan.selection.shown] if plan else []
        found = sort_problems(problems)
        done = publication or Publication()
        return BuildReport(
            published=publication is not None and not publication.refused,
            articles=kinds.count("article"),
            pages=kinds.count("page"),
            drafts=(plan.selection.drafts if plan else 0) + (gathered.broken_drafts if gathered else 0),
            scheduled=plan.selection.scheduled if plan else 0,
            expired=plan.selection.expired if plan else 0,
            comments=plan.comments if plan else 0,
            rendered=done.rendered,
            written=done.written,
            unchanged=done.unchanged,
            removed=done.removed,
            next_change=find_next_change(gathered.articles.values(), self.request.clock) if gathered else None,
            seconds=0.0,
            problems=found,
            kept=(*self.rescue.kept, *done.kept),
            left_out=tuple(self.rescue.left_out),
            strays=done.strays,
        )


_RESCUE_ROUNDS = 5


def _blamed(plan: SitePlan, gathered: Gathered, *, fatal: bool = False) -> set[str]:
    """Return the documents that the errors of `plan` blame; only those that cannot stand at all if `fatal`."""
    return {
        problem.file
        for problem in plan.problems
        if problem.severity is Severity.ERROR
        and problem.file in gathered.articles
        and (problem.code == "url" or not fatal)
    }


def check_config(config: Config) -> tuple[Problem, ...]:
    """Return what is worth saying about a configuration that is valid."""
    if config.base_url:
        return ()
    return (
        warning(
            "base_url",
            "is not set: feeds, the sitemap and canonical links point to http://localhost/",
            "sitegen.toml",
            hint='write where the site will stand, as base_url = "https://news.example/"',
        ),
    )
