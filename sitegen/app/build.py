"""From a folder to a published site: the eight hops, in order."""

import gc
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sitegen.app.garbage import collect_rarely
from sitegen.app.groundwork import Groundwork, Made, find_exchangeable, lay_groundwork
from sitegen.app.order import AddressCare
from sitegen.app.parsing import downgrade
from sitegen.app.permalinks import extend_file, load_lock, save_file
from sitegen.app.publication import Orphans, Publication, PublishRequest, publish_plan
from sitegen.app.rendering import check_templates
from sitegen.app.report import BuildReport, count_errors, make_strict, sort_problems
from sitegen.app.rescue import Keys, Rescue
from sitegen.app.secrets import Guard, guard_embargoed, list_embargoed
from sitegen.app.sources import Gathered, Progress
from sitegen.app.standing import Receipt
from sitegen.app.survey import Survey, assemble_sources, gather_site
from sitegen.app.workers import Crew, open_crew
from sitegen.errors import ContentError, Problem, Severity, Span, warning
from sitegen.model.article import Article
from sitegen.model.codec import UnreadableError, encode
from sitegen.model.config import Config
from sitegen.model.digests import digest_bytes
from sitegen.model.facts import Embargoed
from sitegen.model.names import ArticleId, Digest
from sitegen.model.preview import Preview
from sitegen.model.source import LOCK_FILE, Scan
from sitegen.model.theme import Theme
from sitegen.model.values import replace
from sitegen.plan.out_paths import MANIFEST
from sitegen.plan.permalinks import Lock, check_lock
from sitegen.plan.schedule import find_next_change, find_validity
from sitegen.plan.site import SitePlan, plan_site
from sitegen.storage.engine import digest_engine, find_program
from sitegen.storage.files import digest_file, make_folder, read_bytes
from sitegen.storage.lock import hold_lock
from sitegen.storage.manifest import read_manifest
from sitegen.storage.output import name_output
from sitegen.storage.publish import recover
from sitegen.storage.state import STATE_FILE, STATE_FOLDER, Left, State, open_state
from sitegen.storage.theme_files import digest_theme_files
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
    config_file: str = "sitegen.toml"
    """Name of the configuration's file, for messages."""
    state_folder: Path | None = None
    """Where sitegen remembers what it did; None: in the site's own `STATE_FOLDER`."""
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
    is_private: bool = False
    """Whether only its author sees the output, so that embargoes do not count."""
    addresses: AddressCare = "keep"
    """What to do about addresses that were published once."""
    places: Mapping[str, Span] = field(default_factory=dict)
    """Where old addresses stand in the configuration."""
    mark: Digest | None = None
    """What the next build can tell by whether it was ordered alike; None: it need not know."""
    scan: Scan | None = None
    """The files of the site, if somebody has just looked at them."""


def build_site(request: BuildRequest, progress: Progress) -> BuildReport:
    """Build and publish a site; what is wrong with its files is in the report.

    Without `keep_going` an error anywhere publishes nothing. Raises MachineError where disk or lock stand in the way.
    """
    started = time.monotonic()
    state_folder = request.state_folder or request.root / STATE_FOLDER
    make_folder(state_folder)
    with collect_rarely(), hold_lock(request.output, state_folder, "build"):
        recover(request.output)
        state_path = state_folder / STATE_FILE
        with open_state(state_path) as state, open_crew(request.jobs) as crew:
            if request.clean:
                state.forget_everything()
            try:
                report = _Build(request, state, state_path, crew, progress).run()
            except UnreadableError:
                state.forget_everything()
                report = _Build(request, state, state_path, crew, progress).run()
    return replace(report, seconds=round(time.monotonic() - started, 3))


class _Build:
    """One build, step by step."""

    def __init__(self, request: BuildRequest, state: State, state_path: Path, crew: Crew, progress: Progress) -> None:
        self.request = request
        self.state = state
        self.state_path = state_path
        self.crew = crew
        self.progress = progress
        self.engine = digest_engine(request.config.markdown)
        self.published = state.published(name_output(request.root, request.output)) if request.keep_going else {}
        self.rescue = Rescue(
            state,
            self.published,
            is_forgotten=request.keep_going and not self.published and bool(read_manifest(request.output)),
        )
        self.problems: list[Problem] = list(check_config(request.config, request.config_file))
        self.permalinks = digest_file(request.root / LOCK_FILE)
        self.theme_files = Digest("")

    def run(self) -> BuildReport:
        request = self.request
        theme, gathered = self._load_theme(), self._gather()
        if theme is None or gathered is None:
            return self._report(None, gathered, None)
        gc.freeze()
        plan = self._plan(theme, gathered)
        self.problems += plan.problems
        if request.keep_going:
            plan = self._rescue(theme, gathered, plan)
        gc.freeze()
        lock = self._check_addresses(plan)
        if request.strict:
            self.problems = [*make_strict(self.problems)]
        if count_errors(self.problems) and not (request.keep_going and self._is_sound(plan)):
            self.problems += check_templates(theme, plan)
            return self._report(plan, gathered, None)
        plan, publication = self._publish(theme, gathered, plan)
        if publication.refused:
            return self._report(plan, gathered, publication)
        self._forget_unused(gathered)
        if lock and request.addresses == "keep":
            data = extend_file(lock, plan.addresses)
            self.permalinks = digest_bytes(data)
            self.problems += save_file(request.root, data)
        report = self._report(plan, gathered, publication)
        if request.mark and not report.errors and not (gathered.is_torn or self._has_other_theme()):
            self._leave(request.mark, gathered, plan, publication, report)
        return report

    def _load_theme(self) -> Theme | None:
        try:
            self.theme_files = digest_theme_files(self.request.config.theme, self.request.root)
            return load_theme(self.request.config.theme, self.request.root)
        except ContentError as failure:
            self.problems += failure.problems
            return None

    def _gather(self) -> Gathered | None:
        try:
            gathered = gather_site(self._survey(), self.state, self.rescue, self.progress)
        except ContentError as failure:
            self.problems += failure.problems
            return None
        self.problems += gathered.problems
        return gathered

    def _plan(self, theme: Theme, gathered: Gathered) -> SitePlan:
        return plan_site(assemble_sources(self._survey(), theme, gathered))

    def _survey(self) -> Survey:
        request = self.request
        return Survey(
            root=request.root,
            config=request.config,
            clock=request.clock,
            preview=request.preview,
            engine=self.engine,
            crew=self.crew,
            places=request.places,
            scan=request.scan,
        )

    def _rescue(self, theme: Theme, gathered: Gathered, plan: SitePlan) -> SitePlan:
        """Return a plan in which files with errors stand as they were last published, or are left out."""
        rounds = 0
        while bad := self._find_bad(gathered, plan):
            for path in bad:
                if rounds < _KEEPING_ROUNDS and path in gathered.articles and path not in self.rescue.kept:
                    self._keep(path, gathered)
                else:
                    self._leave_out(path, gathered)
            plan = self._plan(theme, gathered)
            rounds += 1
        return plan

    def _check_addresses(self, plan: SitePlan) -> Lock | None:
        """Report every address that was published once and ends with `plan`; return all of them, None if unreadable."""
        try:
            lock = load_lock(self.request.root)
            problems = check_lock(lock, plan.addresses)
        except ContentError as failure:
            lock, problems = None, failure.problems
        self.problems += downgrade(problems) if self.request.addresses == "show" else problems
        return lock

    def _find_bad(self, gathered: Gathered, plan: SitePlan) -> list[str]:
        """Return the files that the errors of `plan` blame, but for those that are as sound as they can be."""
        return sorted(
            {
                problem.file
                for problem in plan.problems
                if problem.severity is Severity.ERROR
                and problem.file
                and (problem.file in gathered.articles or problem.file in gathered.assets)
                and (problem.code == "url" or problem.file not in self.rescue.kept)
            }
        )

    def _keep(self, path: str, gathered: Gathered) -> None:
        """Put the last published version of a document in its place, or leave it out."""
        last = self.rescue.find_article(path)
        if last:
            gathered.articles[path], gathered.memory[path] = last
        else:
            self._leave_out(path, gathered)

    def _leave_out(self, path: str, gathered: Gathered) -> None:
        self.rescue.leave_out(path)
        if gathered.articles.pop(path, None):
            gathered.unavailable.add(path)
        gathered.assets.pop(path, None)

    def _is_sound(self, plan: SitePlan) -> bool:
        """Whether what is left can be published: nothing but documents that were published before is wrong."""
        return not any(
            problem.severity is Severity.ERROR and (problem.code == "url" or problem.file not in self.rescue.kept)
            for problem in plan.problems
        )

    def _publish(self, theme: Theme, gathered: Gathered, plan: SitePlan) -> tuple[SitePlan, Publication]:
        """Publish `plan`; to keep going, without the documents that no template can show and that never were there."""
        while True:
            publication = publish_plan(
                self._publish_request(theme, gathered, plan),
                self.state,
                self.state_path,
                self._memory(gathered),
                self.progress,
            )
            self.problems += publication.problems
            if not self.request.keep_going or not publication.unshowable:
                return plan, publication
            for path in publication.unshowable:
                self._leave_out(path, gathered)
            plan = self._plan(theme, gathered)

    def _publish_request(self, theme: Theme, gathered: Gathered, plan: SitePlan) -> PublishRequest:
        orphans: Orphans = "remove"
        if self.rescue.left_out:
            orphans = "keep" if self.rescue.has_lost else "keep unknown"
        return PublishRequest(
            root=self.request.root,
            output=self.request.output,
            plan=plan,
            theme=theme,
            engine=self.engine,
            crew=self.crew,
            keep_going=self.request.keep_going,
            texts=find_exchangeable(self.request.config, plan) if self.request.mark else None,
            orphans=orphans,
            guard=self._guard(gathered),
        )

    def _guard(self, gathered: Gathered) -> Guard:
        def find_article(identity: ArticleId) -> Article:
            return gathered.articles[f"content/{identity}"]

        return guard_embargoed(self._list_embargoed(gathered), find_article, self.state)

    def _list_embargoed(self, gathered: Gathered) -> Embargoed:
        if self.request.is_private:
            return {}
        return list_embargoed(gathered.articles.values(), gathered.assets, self.request.clock)

    def _memory(self, gathered: Gathered) -> Mapping[str, Keys]:
        """Return under which keys the files that are published now are remembered, and those left out were.

        One that is left out because nothing is remembered gets no keys, so that the next build knows as little of it.
        """
        left_out = self.rescue.left_out
        if not left_out:
            return gathered.memory
        known = left_out if self.rescue.is_forgotten else self.published.keys() & left_out.keys()
        return {
            **{path: self.published.get(path, ()) for path in sorted(known)},
            **{path: keys for path, keys in gathered.memory.items() if path not in left_out},
        }

    def _forget_unused(self, gathered: Gathered) -> None:
        """Drop what no file and no publication needs any more."""
        own = (*gathered.memory.values(), *(self.published.get(path, ()) for path in self.rescue.left_out))
        keep = self.state.list_keys_elsewhere(name_output(self.request.root, self.request.output)).union(*own)
        for kind in ("article", "body", "snapshot", "thread", "section", "image"):
            self.state.forget_except(kind, keep)

    def _has_other_theme(self) -> bool:
        """Whether a file of the theme changed while it was read."""
        return digest_theme_files(self.request.config.theme, self.request.root) != self.theme_files

    def _leave(
        self, mark: Digest, gathered: Gathered, plan: SitePlan, publication: Publication, report: BuildReport
    ) -> None:
        """Remember what decided about this build, so that the next can tell whether there is anything to do.

        And what an edit is published by.
        """
        request = self.request
        output = name_output(request.root, request.output)
        valid_from, valid_until = find_validity(gathered.articles.values(), request.clock)
        total = report.written + report.unchanged
        again = replace(report, rendered=0, written=0, unchanged=total, removed=0, seconds=0.0, strays=())
        receipt = Receipt(
            mark=mark,
            program=find_program(request.config.markdown),
            theme=request.config.theme,
            theme_files=self.theme_files,
            permalinks=self.permalinks,
            contents=gathered.contents,
            manifest=digest_bytes(read_bytes(request.output / MANIFEST)),
            timezone=request.config.timezone,
            valid_from=valid_from,
            valid_until=valid_until,
            report=again,
        )
        laid = None
        if publication.texts is not None:
            groundwork = Groundwork(
                config=request.config, sites=plan.sites, outline=plan.outline, embargoed=self._list_embargoed(gathered)
            )
            comments = gathered.list_comments()
            made = Made(output=output, keys=publication.keys, sources=self._memory(gathered))
            laid = lay_groundwork(groundwork, plan, comments, publication.texts, made, self.state)
        encoded, tables = laid or (None, {})
        self.state.leave(output, Left(receipt=encode(receipt), groundwork=encoded, tables=tables))

    def _report(self, plan: SitePlan | None, gathered: Gathered | None, publication: Publication | None) -> BuildReport:
        kinds = [shown.article.kind for shown in plan.selection.shown] if plan else []
        published = publication is not None and not publication.refused
        done = publication if publication and published else Publication()
        return BuildReport(
            published=published,
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
            problems=sort_problems(self.problems),
            kept=(*self.rescue.kept, *done.kept) if published else (),
            left_out=(*self.rescue.left_out, *done.left_out) if published and self.request.keep_going else (),
            strays=done.strays,
        )


_KEEPING_ROUNDS = 8
"""After so many plans, what is still wrong is left out: a last version that brings up another is no way to an end."""


def check_config(config: Config, file: str) -> tuple[Problem, ...]:
    """Return what is worth saying about the configuration in `file`, although it is valid."""
    if config.base_url:
        return ()
    return (
        warning(
            "base_url",
            "is not set: feeds, the sitemap and canonical links point to http://localhost/",
            file,
            hint='write where the site will stand, as base_url = "https://news.example/"',
        ),
    )
