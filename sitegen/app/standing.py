"""A build with next to nothing to do: whether the site stands as the last build left it.

A build leaves a receipt of everything that decided about its result. While all of that is equal, so would be the
result of another build: then nothing is parsed, planned or rendered, and not even loaded what would do it. Where
nothing but files of the site hold something else, it may be that only texts were edited, which spares the plan.
"""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sitegen.app.aside import ask_aside
from sitegen.app.order import Order, mark_order
from sitegen.app.report import BuildReport
from sitegen.errors import ContentError, MachineError
from sitegen.model.codec import UnreadableError, decode, encode
from sitegen.model.names import Digest
from sitegen.model.source import LOCK_FILE, Scan
from sitegen.model.values import replace
from sitegen.plan.out_paths import MANIFEST
from sitegen.storage.clock import now_ns
from sitegen.storage.engine import Program, renew_program
from sitegen.storage.files import digest_file
from sitegen.storage.lock import hold_lock
from sitegen.storage.output import STAGING, check_output, name_output, stand_as_stamped
from sitegen.storage.scan import SOURCE_FOLDERS, Changes, find_changes, is_unchanged, update_scan
from sitegen.storage.state import STATE_FILE, State, open_state
from sitegen.storage.tables import Encoded, decode_scan, decode_stamps
from sitegen.storage.theme_files import digest_theme_files

ChooseClock = Callable[[str], datetime]
"""Returns now; is told the time zone of the site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What decided about a publication, and what it came to."""

    mark: Digest
    """Of what was ordered, and of the configuration file."""
    program: Program
    """What made it."""
    theme: tuple[str, ...]
    """Names of the layers of the theme."""
    theme_files: Digest
    """Of all their files."""
    permalinks: Digest | None
    """Of the file that keeps addresses, as the build left it; None if there was none."""
    contents: Digest
    """Of all sources by path."""
    manifest: Digest
    """Of the manifest in the output."""
    timezone: str
    """The zone of the site, in which instants are read."""
    valid_from: datetime | None
    """Since when the site is like this; None: since ever."""
    valid_until: datetime | None
    """When it changes by itself; None: never."""
    report: BuildReport
    """What the build said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a site stands."""

    report: BuildReport | None = None
    """What a build comes to; None where only a build can tell."""
    scan: Scan | None = None
    """All files of the site, if they had to be looked at to find that out."""


def find_standing(order: Order, choose_clock: ChooseClock, jobs: int = 1) -> Standing:
    """Return what can be told of a build of `order` without parsing the site, found out by so many `jobs`.

    Where no more than texts were edited, their pages are published. Raises UsageError like such a build; whatever else
    stands in the way is left to the build, which will find it too.
    """
    started = time.monotonic()
    path = order.state_folder / STATE_FILE
    if not path.is_file():
        return Standing()
    standing = Standing()
    with (
        suppress(MachineError, ContentError, UnreadableError),
        hold_lock(order.output, order.state_folder, "build"),
        open_state(path) as state,
    ):
        comparison = _Comparison(order, state, jobs)
        report = comparison.run(choose_clock)
        seconds = round(time.monotonic() - started, 3)
        standing = Standing(report=replace(report, seconds=seconds) if report else None, scan=comparison.scan)
    return standing


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sources:
    """What became of the files of a site since the last scan."""

    began_ns: int
    """When looking at them began, in nanoseconds."""
    contents: Digest
    """What they held then."""
    changes: Changes
    """What is different."""


class _Comparison:
    def __init__(self, order: Order, state: State, jobs: int) -> None:
        self.order = order
        self.state = state
        self.jobs = jobs
        self.last: Scan | None = None
        self.scan: Scan | None = None
        self.name = name_output(order.root, order.output)

    def run(self, choose_clock: ChooseClock) -> BuildReport | None:
        data = self.state.receipt(self.name)
        if data is None or os.path.lexists(self.order.output / STAGING):
            return None
        receipt = decode(data, Receipt)
        if not self._is_ordered_alike(receipt):
            return None
        scan = self.state.scan()
        self.state.set_aside()
        clock = choose_clock(receipt.timezone)
        # Sources take longer than the output, and this process has more to do.
        with ask_aside(lambda: self._look_at_sources(scan), _Sources, self.jobs) as look_at_sources:
            is_valid = _is_valid(receipt, clock)
            program = self._find_program(receipt) if is_valid else None
            if program is None:
                return None
            is_published = self._is_published(receipt)
            sources = look_at_sources()
        if not (is_published and sources.contents == receipt.contents and is_unchanged(sources.changes)):
            self.last = self.last or decode_scan(scan)
            self.scan = update_scan(self.last, sources.changes, sources.began_ns)
        changes = self._find_edits(receipt, sources.changes)
        if changes is None or not is_published:
            return None
        if program != receipt.program:
            receipt = replace(receipt, program=program)
            self.state.renew_receipt(self.name, encode(receipt))
        if is_unchanged(changes) or self.scan is None or self.last is None:
            return receipt.report
        # Nobody pays for loading this without an edit.
        from sitegen.app.amending import amend  # noqa: PLC0415
        from sitegen.app.edits import Edit  # noqa: PLC0415

        edit = Edit(
            order=self.order,
            receipt=receipt,
            files=changes.edited,
            added=changes.added,
            scan=self.scan,
            last=self.last,
            clock=clock,
            jobs=self.jobs,
        )
        return amend(edit, self.state)

    def _is_ordered_alike(self, receipt: Receipt) -> bool:
        config = digest_file(self.order.config_file) or Digest("")
        is_sound = not (self.order.strict and receipt.report.problems)
        return is_sound and receipt.mark == mark_order(self.order, config)

    def _find_program(self, receipt: Receipt) -> Program | None:
        """Return the program of `receipt` as it is now; None where it is another, or the addresses are."""
        is_alike = receipt.permalinks == digest_file(self.order.root / LOCK_FILE)
        return renew_program(receipt.program) if is_alike else None

    def _is_published(self, receipt: Receipt) -> bool:
        """Whether the output stands as it was published, and so does the theme that it was made with."""
        output = self.order.output
        check_output(self.order.root, output, remembered=True)
        if digest_file(output / MANIFEST) != receipt.manifest:
            return False
        if digest_theme_files(receipt.theme, self.order.root) != receipt.theme_files:
            return False
        return stand_as_stamped(output, decode_stamps(self.state.stamps(self.name)))

    def _look_at_sources(self, scan: Encoded) -> _Sources:
        began = now_ns()
        self.last = last = decode_scan(scan)
        changes = find_changes(self.order.root, SOURCE_FOLDERS, last)
        return _Sources(began_ns=began, contents=last.contents, changes=changes)

    def _find_edits(self, receipt: Receipt, changes: Changes) -> Changes | None:
        """Return how files differ from what the receipt says, where `changes` are those since the last scan.

        None where a file is gone, or where it cannot be told.
        """
        if not (self.order.root / "content").is_dir():
            return None
        if self.scan is None or self.last is None:
            return Changes()
        if self.scan.contents == receipt.contents:
            if self.scan is not self.last:
                self.state.remember_scan(self.scan)
            return Changes()
        is_more = changes.deleted or self.last.contents != receipt.contents
        return None if is_more else changes


def _is_valid(receipt: Receipt, clock: datetime) -> bool:
    return (receipt.valid_from is None or receipt.valid_from <= clock) and (
        receipt.valid_until is None or clock < receipt.valid_until
    )
