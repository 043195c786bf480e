"""From a plan to the output: render what is stale, stage what is different, publish it as one."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Literal

from sitegen.app.groundwork import SPEC, Found, list_pages
from sitegen.app.parts import digest_parts, recall_references, remember_references
from sitegen.app.rendering import Job, Outcome, make_renderer
from sitegen.app.secrets import Guard
from sitegen.app.sources import Progress
from sitegen.app.workers import Crew
from sitegen.errors import ContentError, MachineError, Problem
from sitegen.model.names import Digest, OutPath
from sitegen.model.page import PageSpec
from sitegen.model.theme import Theme
from sitegen.model.trace import OutputStamp, Trace
from sitegen.plan.assets import FileCopy
from sitegen.plan.out_paths import MANIFEST
from sitegen.plan.site import SitePlan
from sitegen.plan.staleness import KeyDigests, KeyWriter, find_stale
from sitegen.storage.files import read_bytes
from sitegen.storage.manifest import read_manifest
from sitegen.storage.output import (
    build_trace,
    changed_outputs,
    check_output,
    find_strangers,
    hash_file,
    is_plain_file,
    list_strays,
    name_output,
    stands,
    stat_trace,
)
from sitegen.storage.publish import Staging, open_staging, publish
from sitegen.storage.state import TOGETHER, State

_FEW = 320
"""So many pages are rendered sooner than processes are forked that share what the plan of a large site holds."""


@dataclass(slots=True)
class Publication:
    """What a publication did."""

    rendered: int = 0
    """Pages that were rendered."""
    written: int = 0
    """Files that were written."""
    unchanged: int = 0
    """Files that stand as they were."""
    removed: int = 0
    """Files that were deleted."""
    problems: list[Problem] = field(default_factory=list)
    """What templates got wrong."""
    kept: list[str] = field(default_factory=list)
    """Pages whose template failed and whose last version stands."""
    left_out: list[str] = field(default_factory=list)
    """Pages whose template failed and that have no such version."""
    unshowable: list[str] = field(default_factory=list)
    """Documents among the sources of pages that are left out: the plan has to be made without them."""
    strays: tuple[str, ...] = ()
    """Files in the output that may be ours, where the manifest was lost."""
    refused: bool = False
    """Whether nothing was published because of the problems."""
    keys: Mapping[OutPath, Digest] = field(default_factory=dict)
    """What the files were made from that were published."""
    texts: Found | None = None
    """Those of the request."""


Orphans = Literal["remove", "keep", "keep unknown"]
"""What to do with files that the plan no longer has, where documents are left out that may have published them: with
`keep unknown` those stay of which it is not remembered what they were made from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishRequest:
    """What is to be published, and where."""

    root: Path
    """The site's folder."""
    output: Path
    """Where it goes."""
    plan: SitePlan
    """What the output will hold."""
    theme: Theme
    """How it looks."""
    engine: Digest
    """Digest of the program."""
    crew: Crew
    """Who works."""
    keep_going: bool
    """Whether pages that fail keep their last version while the rest is published."""
    texts: Found | None = None
    """Texts whose pages are remembered as they were planned, under their keys, for edits that come after."""
    orphans: Orphans = "remove"
    """What to do with files that the plan no longer has."""
    guard: Guard = field(default_factory=Guard)
    """Who looks through everything for what is still under embargo."""


def publish_plan(
    request: PublishRequest,
    state: State,
    state_path: Path,
    memory: Mapping[str, tuple[Digest, ...]],
    progress: Progress,
) -> Publication:
    """Bring the output in line with the plan, and remember what was published under which keys (`memory`)."""
    return _Publisher(request, state, state_path, memory, progress).run()


def copy_key(copy: FileCopy) -> Digest:
    """Return the key of a file that is copied: equal keys give equal bytes."""
    return Digest(f"copy:{copy.digest}")


class _Publisher:
    def __init__(
        self,
        request: PublishRequest,
        state: State,
        state_path: Path,
        memory: Mapping[str, tuple[Digest, ...]],
        progress: Progress,
    ) -> None:
        self.request = request
        self.state = state
        self.state_path = state_path
        self.memory = memory
        self.progress = progress
        self.name = name_output(request.root, request.output)
        self.traces = state.traces(self.name)
        self.remembered = {path: trace.key for path, trace in self.traces.items()}
        self.manifest = read_manifest(request.output)
        self.entries_before = self.manifest or {}
        self.found: tuple[str, ...] = ()
        self.result = Publication()
        self.keys: dict[OutPath, Digest] = {}
        self.plans: dict[OutPath, bytes] = {}
        self.result.texts = request.texts
        self.with_texts = list_pages(request.texts or {})
        self.entries: dict[OutPath, str] = {}
        self.fresh: dict[OutPath, Trace] = {}
        self.stamps: dict[OutPath, OutputStamp] = {}
        self.unreadable: dict[str, tuple[Problem, ...]] = {}

    def run(self) -> Publication:
        request = self.request
        check_output(request.root, request.output, remembered=bool(self.remembered))
        self._look_at_output()
        self._refuse_strangers()
        try:
            digests = self._digest_parts()
        except ContentError as failure:
            self.result.problems += failure.problems
            self.result.refused = True
            return self.result
        with open_staging(request.output) as staging:
            self._stage_pages(staging, digests)
            request.crew.dismiss()
            if self.result.unshowable or (self.result.problems and not request.keep_going):
                self.result.refused = True
                return self.result
            self._stage_copies(staging)
            if request.guard.problems:
                self.result.problems += request.guard.problems
                self.result.refused = True
                return self.result
            self._publish(staging)
        return self.result

    def _look_at_output(self) -> None:
        """Forget the traces of what was changed or deleted by somebody else since the last publication."""
        for path, trace in changed_outputs(self.request.output, self.traces, self.entries_before).items():
            if trace is None:
                del self.traces[path]
            else:
                self.traces[path] = trace
        if self.manifest is None:
            self.found = list_strays(self.request.output, ())
        self.damaged = (self.entries_before.keys() | self.remembered.keys()) - self.traces.keys()

    def _refuse_strangers(self) -> None:
        """Refuse to write where something stands that sitegen did not write.

        Without a manifest only those files are known to be its own that are as it published them.
        """
        plan = self.request.plan
        wanted = {spec.path for spec in plan.specs} | {copy.path for copy in plan.copies} | {OutPath(MANIFEST)}
        ours = {*self.traces, *self.entries_before, OutPath(MANIFEST)}
        strangers = find_strangers(self.request.output, wanted, ours, self.traces)
        if strangers:
            first = f"{self.request.output / strangers[0]} was not written by sitegen"
            more = f" (and {len(strangers) - 1} more)" if len(strangers) > 1 else ""
            raise MachineError(
                f"{first}, and stands where a page belongs{more}",
                "move it away; files of your own go into `static/`",
            )

    def _digest_parts(self) -> KeyDigests:
        request = self.request
        known = recall_references(self.state, request.theme, request.engine)
        digests, self.unreadable, closures = digest_parts(
            (spec.template for spec in request.plan.specs), request.plan.sites, request.theme, request.engine, known
        )
        if closures.references != known:
            remember_references(self.state, request.theme, request.engine, closures.references)
        if self.unreadable and not self.request.keep_going:
            raise ContentError(tuple(dict.fromkeys(chain.from_iterable(self.unreadable.values()))))
        return digests

    def _stage_pages(self, staging: Staging, digests: KeyDigests) -> None:
        stale: list[PageSpec] = []
        readable: list[PageSpec] = []
        for spec in self.request.plan.specs:
            if spec.template in self.unreadable:
                self._fail(spec, self.unreadable[spec.template])
            else:
                readable.append(spec)
        for verdict in find_stale(readable, self.remembered, self.damaged, digests):
            if verdict.is_stale:
                stale.append(verdict.spec)
            else:
                self._leave(verdict.spec.path)
                self._look_at_output_of(verdict.spec)
        self.progress.start("Rendering", len(stale))
        arguments = (self.request.theme, self.request.plan.sites, str(self.state_path), str(self.request.output))
        named = [(spec, staging.reserve(spec.path)) for spec in stale]
        ordered = iter(named)
        jobs = self._order(named, digests)
        with closing(self.request.crew.run(make_renderer, arguments, jobs, self.state.set_aside, _FEW)) as chunks:
            for outcomes in chunks:
                for outcome, (spec, name) in zip(outcomes, ordered, strict=False):
                    self._take(staging, outcome, spec, name)
                if len(self.plans) >= TOGETHER:
                    self._remember_plans()
                self.progress.advance(len(outcomes))
        self._remember_plans()
        self.progress.finish()

    def _order(self, named: Iterable[tuple[PageSpec, str]], digests: KeyDigests) -> Iterator[Job]:
        """Yield what workers have to know of pages that are staged under names.

        A page becomes bytes only when somebody is free for it, and its key is made from the same bytes.
        """
        keys = KeyWriter(digests)
        for spec, name in named:
            trace = self.traces.get(spec.path)
            page, self.keys[spec.path] = keys.write(spec)
            if spec.path in self.with_texts:
                self.plans[spec.path] = page
            digest = trace.digest if trace else self.entries_before.get(spec.path)
            yield Job(page=page, name=name, digest=digest, is_certain=trace is not None)

    def _remember_plans(self) -> None:
        """Remember the plans of pages while others are still being made."""
        self.state.store(SPEC, [(self.keys[path], page) for path, page in self.plans.items()])
        self.plans.clear()

    def _take(self, staging: Staging, outcome: Outcome, spec: PageSpec, name: str) -> None:
        if outcome.problems:
            self._fail(spec, outcome.problems)
            return
        self.result.rendered += 1
        self.entries[spec.path] = outcome.digest
        if outcome.stamp:
            staging.note(spec.path, name, spec.wave)
            self.stamps[spec.path] = outcome.stamp
            self.result.written += 1
        else:
            self.result.unchanged += 1
        if self.request.guard.is_needed:
            file = staging.folder / name if outcome.stamp else self.request.output / spec.path
            self.request.guard.look_at(spec.path, read_bytes(file), spec.source)

    def _leave(self, path: OutPath) -> None:
        trace = self.traces[path]
        self.entries[path] = trace.digest
        self.fresh[path] = trace
        self.result.unchanged += 1

    def _look_at_output_of(self, spec: PageSpec) -> None:
        """Let the guard look at a page that stays as it was."""
        if self.request.guard.is_needed:
            self.request.guard.look_at(spec.path, read_bytes(self.request.output / spec.path), spec.source)

    def _stands(self, path: OutPath, digest: str) -> bool:
        """Whether a file is already what it should be, whatever is remembered of it."""
        trace = self.traces.get(path)
        if trace:
            return trace.digest == digest
        return self.entries_before.get(path) == digest and stands(self.request.output, path, digest)

    def _fail(self, spec: PageSpec, problems: Iterable[Problem]) -> None:
        """Leave the last version of a page where it is; where there is none, leave the page out."""
        self.result.problems += problems
        file = self.request.output / spec.path
        if spec.path in self.entries_before and is_plain_file(file):
            digest = hash_file(file)
            self.entries[spec.path] = digest
            self.fresh[spec.path] = stat_trace(self.request.output, spec.path, _FAILED, digest)
            self.result.kept.append(f"/{spec.path}")
            self._look_at_output_of(spec)
            return
        self.result.left_out.append(f"/{spec.path}")
        if spec.source.startswith("content/"):
            self.result.unshowable.append(spec.source)

    def _stage_copies(self, staging: Staging) -> None:
        for copy in self.request.plan.copies:
            self.request.guard.look_at_copy(copy, self.request.root)
            key = copy_key(copy)
            self.keys[copy.path] = key
            trace = self.traces.get(copy.path)
            if trace and trace.key == key and copy.path not in self.damaged:
                self._leave(copy.path)
                continue
            source = self.request.root / copy.source
            if copy.path in self.entries_before and self._stands(copy.path, digest := hash_file(source)):
                self.entries[copy.path] = digest
                self.result.unchanged += 1
                continue
            self.entries[copy.path] = staging.add_copy(copy.path, source, "asset")
            self.result.written += 1

    def _publish(self, staging: Staging) -> None:
        removed = self._find_orphans()
        self.result.removed = sum(os.path.lexists(self.request.output / path) for path in removed)
        if self.result.written or removed or self.manifest != self.entries:
            self._trace_moved(publish(staging, self.request.output, self.entries, removed))
        for path, digest in self.entries.items():
            if path not in self.fresh and path in self.keys:
                self.fresh[path] = stat_trace(self.request.output, path, self.keys[path], digest)
        self.state.replace_traces(self.name, self.fresh, self.memory)
        self.result.keys = {path: trace.key for path, trace in self.fresh.items()}
        for name in self.state.outputs():
            if not (self.request.root / name).is_dir():
                self.state.forget_output(name)
        self.result.strays = tuple(path for path in self.found if path not in self.entries)

    def _trace_moved(self, folders: Collection[str]) -> None:
        """Trace the files that came with `folders`, which are as they were staged: nobody need look at them again."""
        for path, stamp in self.stamps.items():
            if path.partition("/")[0] in folders:
                self.fresh[path] = build_trace(stamp, self.keys[path], self.entries[path])

    def _find_orphans(self) -> tuple[OutPath, ...]:
        """Return what was published before and is no longer; what must stay goes on in the manifest."""
        orphans = {path: digest for path, digest in self.entries_before.items() if path not in self.entries}
        if self.request.orphans == "remove":
            return tuple(orphans)
        removed = () if self.request.orphans == "keep" else tuple(path for path in orphans if path in self.remembered)
        self.entries.update({path: digest for path, digest in orphans.items() if path not in removed})
        return removed


_FAILED = Digest("failed")
"""Key of a page that could not be rendered: equal to no other, so that the next build tries again."""
