"""`sitegen comments capture`: comments of a platform laid over those of articles that are here, all or nothing."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sitegen.app.commenting import find_desk
from sitegen.app.decided import list_decided
from sitegen.app.importing import STAGING
from sitegen.app.inventory import name_sidecars
from sitegen.app.parsing import decode_text
from sitegen.app.site import Site
from sitegen.app.sources import Gathered
from sitegen.errors import ContentError, Problem, error
from sitegen.importers.inputs import CODE, read_text
from sitegen.importers.ledger import LEDGER_FILE, Ledger, read_ledger
from sitegen.importers.matching import Finder, read_choices
from sitegen.importers.merge import leave_out_erased, merge_snapshot
from sitegen.importers.packing import PackedThread, pack_thread, unpack_thread
from sitegen.importers.records import CapturedThread, ImportRequest, Tally, ThreadReader
from sitegen.importers.threads import join_threads
from sitegen.parse.comment_format import CommentRecord
from sitegen.storage.files import remove_tree
from sitegen.storage.installing import Installation, open_installation


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureTools:
    """What a capture does beyond reading."""

    prune: bool = False
    """Whether comments that the source no longer has are removed; else they are kept and marked."""
    choices: str | None = None
    """A file in which somebody says which article an address belongs to."""
    is_erased: Callable[[CommentRecord], bool] = lambda _: False
    """Whether a comment was erased here and must not come back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """A thread without an article that it certainly belongs to."""

    called: str
    """Its best address or name; what a line of the file of choices starts with."""
    title: str | None
    """Its title at the source."""
    comments: int
    """How many comments and mentions of it could have been shown."""
    candidates: tuple[str, ...]
    """Articles that it may belong to, none of them for certain."""

    def record(self) -> Mapping[str, object]:
        """Return it as `--json` prints it."""
        return {
            "thread": self.called,
            "title": self.title,
            "comments": self.comments,
            "candidates": list(self.candidates),
        }


@dataclass(slots=True, kw_only=True)
class CaptureReport:
    """What a capture did, or would do."""

    tally: Tally
    """What was met in the source."""
    written: Counter[str] = field(default_factory=Counter)
    """What snapshots hold of it: `comments`, `mentions`."""
    withheld: Counter[str] = field(default_factory=Counter)
    """Comments and mentions that are not published, by reason."""
    changes: Counter[str] = field(default_factory=Counter)
    """What is different now: comments `added`, `edited`, `gone` and `withdrawn`."""
    articles: int = 0
    """How many articles have comments of this source."""
    strays: list[Stray] = field(default_factory=list)
    """Threads that were left out."""
    changed: tuple[str, ...] = ()
    """Snapshots that are new or not what they were."""

    def record(self) -> Mapping[str, object]:
        """Return the counts as `--json` prints them, without problems."""
        return {
            "read": dict(sorted(self.tally.read.items())),
            "written": {"comments": self.written["comments"], "mentions": self.written["mentions"]},
            "withheld": dict(sorted(self.withheld.items())),
            "skipped": dict(sorted(self.tally.skipped.items())),
            "articles": self.articles,
            "changes": {kind: self.changes[kind] for kind in ("added", "edited", "gone", "withdrawn")},
            "unmatched": [stray.record() for stray in self.strays],
            "changed": list(self.changed),
        }


def capture_comments(
    site: Site, gathered: Gathered, reader: ThreadReader, request: ImportRequest, tools: CaptureTools, *, dry_run: bool
) -> CaptureReport:
    """Read comments of a platform and lay them over the snapshots of the articles that they are on.

    With `dry_run` only counts. Whatever is raised (UsageError, ContentError, MachineError) leaves the site as it was.
    """
    with open_installation(site.root, site.root / STAGING) as installation:
        report = CaptureReport(tally=Tally())
        finder = Finder(gathered.articles, site.config, _read_ledger(installation), _choose(site, gathered, tools))
        capturing = _Capturing(gathered, installation, tools, report)
        capturing.add(finder, reader(request, report.tally))
        report.changed = tuple(installation.names)
        if not dry_run and report.changed:
            installation.apply()
    if not dry_run and request.memory:
        remove_tree(request.memory)
    return report


def list_notes(report: CaptureReport) -> Iterable[Problem]:
    """Yield an error for every thread that was left out although it has something to show."""
    for stray in sorted(report.strays, key=lambda stray: (-stray.comments, stray.called)):
        number = f"{stray.comments} comment" if stray.comments == 1 else f"{stray.comments} comments"
        title = f" ({stray.title})" if stray.title and stray.title != stray.called else ""
        told = f"may belong to {' or '.join(stray.candidates)}" if stray.candidates else "belongs to no article"
        article = stray.candidates[0].removeprefix("content/") if len(stray.candidates) == 1 else "ARTICLE"
        hint = f"--map FILE with the line `{stray.called} = {article}` says which"
        yield error(CODE, f"{stray.called}{title} {told}: {number} left out", hint=hint)


class _Capturing:
    """One capture on its way into a site."""

    def __init__(
        self, gathered: Gathered, installation: Installation, tools: CaptureTools, report: CaptureReport
    ) -> None:
        self._gathered = gathered
        self._installation = installation
        self._tools = tools
        self._report = report

    def add(self, finder: Finder, threads: Iterable[CapturedThread]) -> None:
        """Stage what becomes of the snapshots of all threads; raises ContentError with everything that is wrong."""
        found: dict[str, tuple[str, list[PackedThread]]] = {}
        for thread in threads:
            _check_sum(thread)
            documents = finder.find(thread)
            if len(documents) != 1:
                self._leave_out(thread, documents or finder.suggest(thread))
                continue
            document = documents[0]
            snapshot = self._gathered.sidecars.get(document, name_sidecars(document)[0])
            found.setdefault(snapshot, (document, []))[1].append(pack_thread(thread))
        problems: list[Problem] = []
        for snapshot, (document, members) in sorted(found.items()):
            try:
                self._lay(snapshot, document, join_threads([unpack_thread(member) for member in members]))
            except ContentError as failure:
                problems += failure.problems
        if problems:
            raise ContentError(problems)

    def _lay(self, path: str, document: str, thread: CapturedThread) -> None:
        thread = leave_out_erased(thread, self._tools.is_erased)
        _check_sum(thread)
        report = self._report
        report.articles += 1
        report.withheld.update(item.reason for item in thread.withheld)
        report.written["comments"] += _count_published(thread)
        report.written["mentions"] += len(thread.mentions)
        old = self._installation.read(path)
        if old is None and not (thread.comments or thread.mentions or thread.ratings):
            return
        text = decode_text(old, path) if old is not None else None
        article = document.removeprefix("content/")
        decided = list_decided(self._installation, self._find_moderations(path))
        merged = merge_snapshot(text, path, thread, article=article, prune=self._tools.prune, decided=decided)
        if merged.text is None:
            return
        self._installation.add(path, merged.text.encode())
        report.changes["added"] += len(merged.added)
        report.changes["edited"] += len(merged.changed)
        report.changes["gone"] += len(merged.gone)
        report.changes["withdrawn"] += len(merged.withdrawn)

    def _find_moderations(self, snapshot: str) -> tuple[str, ...]:
        """Return the files that decide about the comments of a snapshot, which several articles may share."""
        moderations = self._gathered.moderations
        sharing = (document for document, path in self._gathered.sidecars.items() if path == snapshot)
        return tuple(moderations[document] for document in sharing if document in moderations)

    def _leave_out(self, thread: CapturedThread, candidates: Sequence[str]) -> None:
        """Count a thread as withheld, and remember it if there is anything in it to show."""
        number = _count_published(thread) + len(thread.mentions)
        report = self._report
        report.withheld.update(item.reason for item in thread.withheld)
        if not number:
            return
        report.withheld["no-article"] += number
        called = next(iter((*thread.addresses, *thread.names)), None) or thread.source_id or thread.title or "a thread"
        report.strays.append(Stray(called=called, title=thread.title, comments=number, candidates=tuple(candidates)))


def _count_published(thread: CapturedThread) -> int:
    return sum(comment.status == "published" for comment in thread.comments)


def _check_sum(thread: CapturedThread) -> None:
    """Make sure that every comment that was read is somewhere."""
    counted = _count_published(thread) + len(thread.withheld) + len(thread.mentions)
    if counted != thread.read:
        message = f"{thread.read} comments were read of `{thread.title or thread.source_id}`, but {counted} add up"
        raise ContentError([error(CODE, message)])


def _read_ledger(installation: Installation) -> Ledger:
    data = installation.read(LEDGER_FILE)
    return read_ledger(decode_text(data, LEDGER_FILE)) if data is not None else Ledger()


def _choose(site: Site, gathered: Gathered, tools: CaptureTools) -> Mapping[str, str]:
    """Return the paths of documents by the addresses that somebody has given them."""
    if tools.choices is None:
        return {}
    choices = read_choices(read_text(tools.choices, lambda _: None), tools.choices)
    return {address: find_desk(site, gathered, article).document for address, article in choices.items()}
