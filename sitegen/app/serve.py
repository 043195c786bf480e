"""The preview: a build after every change, for whoever sits at this machine."""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NoReturn, Protocol

from sitegen.app.build import BuildRequest, build_site
from sitegen.app.order import Order, mark_order
from sitegen.app.report import BuildReport, summarise
from sitegen.app.site import Site, find_config, load_site
from sitegen.app.sources import Progress
from sitegen.app.standing import find_standing
from sitegen.errors import ContentError, MachineError, UsageError, format_problem
from sitegen.model.preview import Preview as Shown
from sitegen.model.source import Scan
from sitegen.parse.config import override_base_url
from sitegen.serve.changes import Changes
from sitegen.serve.preview import Preview
from sitegen.serve.reload import Notice
from sitegen.serve.server import PreviewServer
from sitegen.serve.watcher import Watcher
from sitegen.storage.clock import read_clock
from sitegen.storage.files import make_folder
from sitegen.storage.lines import LineReader
from sitegen.storage.lock import hold_lock
from sitegen.storage.state import STATE_FOLDER
from sitegen.storage.theme_files import theme_folders

PREVIEW_FOLDER = "preview"
"""Folder in `STATE_FOLDER` that holds the preview."""

SHOWN_NOTICES = 50
"""How many problems a page shows; the terminal has them all."""

_FOLDERS = ("content", "static", "themes")
_MANY_DOCUMENTS = 500
_RETRY_SECONDS = 2.0
_LONGEST_SLEEP = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeRequest:
    """What is to be previewed, and where."""

    folder: Path
    """The site's folder, or one in it."""
    config: Path | None
    """The configuration that was named."""
    ports: Sequence[int]
    """Ports to try in order; 0 is any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a build of the preview came to."""

    root: Path
    """The site's folder."""
    changed: tuple[str, ...]
    """Why it was built: paths relative to the site's folder; nothing for the first build, and where time changed it."""
    report: BuildReport
    """What was built, and the problems of the site's files."""
    failure: MachineError | UsageError | None = None
    """What stood in the way."""


class Audience(Protocol):
    """Who sits at the terminal."""

    def open(self, url: str) -> None:
        """Say that the preview can be looked at now."""

    def show(self, outcome: Outcome) -> None:
        """Say what a build came to."""

    def say(self, text: str) -> None:
        """Say something else."""


def serve_site(request: ServeRequest, audience: Audience, progress: Progress) -> NoReturn:
    """Serve the preview of a site until a signal ends it; must run in the main thread.

    Raises UsageError where there is no site, MachineError where no port is free or the site is being previewed already.
    """
    config = find_config(request.folder, request.config)
    root = config.parent
    private = root / STATE_FOLDER / PREVIEW_FOLDER
    changes = Changes()
    make_folder(private)
    with hold_lock(private, root / STATE_FOLDER, "serve"):
        desk = _Desk(config, private, changes, progress)
        with PreviewServer(desk.preview, request.ports) as server:
            desk.url = server.url
            # The first build has most to do: before any other thread runs, its worker processes may be forked.
            audience.show(desk.build(()))
            names = (config.name, *_FOLDERS)
            with Watcher(root, names, lambda path: changes.mark(_name(path, root)), audience.say) as watcher:
                server.start()
                audience.open(server.url)
                changed: tuple[str, ...] = ()
                while True:
                    # What changed before it was watched is found by the first round.
                    watcher.watch(desk.find_folders(), private)
                    audience.show(desk.build(changed))
                    changed = desk.wait()


class _Desk:
    """Builds the preview, again and again."""

    def __init__(self, config: Path, private: Path, changes: Changes, progress: Progress) -> None:
        self.url = ""
        self.preview = Preview(folder=private / "site", miss=self._miss)
        self._config = config
        self._root = config.parent
        self._changes = changes
        self._progress = progress
        self._theme: tuple[str, ...] = ()
        self._outcome: Outcome | None = None

    def find_folders(self) -> tuple[Path, ...]:
        """Return the folders that the site is made from, whether they are there or not."""
        with suppress(ContentError, MachineError, UsageError):
            self._theme = self._load().config.theme
        return (*(self._root / name for name in _FOLDERS), *theme_folders(self._theme, self._root))

    def build(self, changed: tuple[str, ...]) -> Outcome:
        """Bring the preview in line with the files, and tell the pages that are open."""
        was_built = self.preview.is_built()
        outcome = self._build(changed)
        notices = tuple(describe_problems(outcome))
        is_news = notices != self.preview.hub.update.notices
        is_built = self.preview.is_built()
        written = outcome.report.written + outcome.report.removed
        self.preview.hub.announce(
            notices, reload=written > 0 or is_built is not was_built or (is_news and not is_built)
        )
        self._outcome = outcome
        return outcome

    def wait(self) -> tuple[str, ...]:
        """Return what changed when something did; nothing when time alone is a reason to build again."""
        while True:
            changed = self._changes.wait(self._patience())
            if changed or self._is_due():
                return changed

    def _build(self, changed: tuple[str, ...]) -> Outcome:
        report = BuildReport.refusal(())
        failure: MachineError | UsageError | None = None
        order = Order(
            config_file=self._config,
            output=self.preview.folder,
            state_folder=self._root / STATE_FOLDER,
            base_url=self.url,
            preview=Shown(drafts=True, future=True, expired=True),
            keep_going=True,
            addresses="show",
        )
        try:
            standing = find_standing(order, lambda _: self._now())
            report = standing.report or self._build_anew(order, standing.scan)
        except ContentError as wrong:
            report = BuildReport.refusal(wrong.problems)
        except (MachineError, UsageError) as stopped:
            failure = stopped
        return Outcome(root=self._root, changed=self._tell(changed), report=report, failure=failure)

    def _build_anew(self, order: Order, scan: Scan | None) -> BuildReport:
        """Build what may have changed in the files of `scan`, if they were looked at."""
        site = self._load()
        request = BuildRequest(
            root=order.root,
            output=order.output,
            config=override_base_url(site.config, self.url),
            state_folder=order.state_folder,
            clock=self._now(),
            preview=order.preview,
            jobs=self._count_jobs(),
            keep_going=order.keep_going,
            is_private=True,
            addresses=order.addresses,
            places=site.places,
            mark=mark_order(order, site.config_digest),
            scan=scan,
        )
        return build_site(request, self._progress)

    def _tell(self, changed: tuple[str, ...]) -> tuple[str, ...]:
        """Return the paths worth telling: an editor's temporary files have gone by now."""
        return tuple(path for path in changed if (self._root / path).exists()) or changed

    def _load(self) -> Site:
        return load_site(self._root, self._config)

    def _now(self) -> datetime:
        return read_clock(os.environ)

    def _count_jobs(self) -> int:
        """Return one where starting processes, which cannot be forked beside threads, takes longer than the work."""
        last = self._outcome
        is_small = last and last.report.articles + last.report.pages < _MANY_DOCUMENTS
        return 1 if is_small else os.cpu_count() or 1

    def _patience(self) -> float | None:
        """Return for how many seconds nothing can be due."""
        last = self._outcome
        if last and last.failure:
            return _RETRY_SECONDS
        if last and last.report.next_change:
            rest = (last.report.next_change - self._now()).total_seconds()
            return min(max(rest, 1.0), _LONGEST_SLEEP)
        return None

    def _is_due(self) -> bool:
        """Whether something may be different although no file changed: disk, permission, or the time."""
        last = self._outcome
        if last is None or last.failure:
            return True
        return last.report.next_change is not None and last.report.next_change <= self._now()

    def _miss(self) -> None:
        """Build again where somebody took the preview away: `sitegen clean` does."""
        if self._outcome and self._outcome.report.published:
            self._changes.mark(_name(self.preview.folder, self._root))


def describe_problems(outcome: Outcome) -> Iterable[Notice]:
    """Yield what is wrong as pages show it: like the terminal, but no more than fits."""
    if outcome.failure:
        hint = f"\n  hint: {outcome.failure.hint}" if outcome.failure.hint else ""
        yield Notice(severity="error", text=f"error: {outcome.failure}{hint}")
    problems = summarise(outcome.report.problems)
    read_line = LineReader(outcome.root)
    for problem in problems[:SHOWN_NOTICES]:
        yield Notice(severity=problem.severity.value, text=format_problem(problem, read_line))
    if len(problems) > SHOWN_NOTICES:
        yield Notice(severity="warning", text=f"and {len(problems) - SHOWN_NOTICES} more: see the terminal")


def _name(path: Path, root: Path) -> str:
    """Return `path` as people are told of it."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
