"""`sitegen import`: documents of a foreign source become files of the site, all of them or none."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from sitegen.app.decided import list_decided
from sitegen.app.erased import load_erased
from sitegen.app.inventory import name_sidecars
from sitegen.app.parsing import decode_text
from sitegen.app.site import Site
from sitegen.errors import ContentError, MachineError, Problem, error, warning
from sitegen.importers.documents import write_document
from sitegen.importers.ledger import LEDGER_FILE, Entry, Ledger, digest_bytes, read_ledger, write_ledger
from sitegen.importers.merge import leave_out_erased, merge_snapshot
from sitegen.importers.records import CapturedThread, ImportedDocument, ImportRequest, Media, Reader, Tally
from sitegen.importers.web.media import fetch_media
from sitegen.importers.web.visitor import Visitor
from sitegen.parse.comment_format import CommentRecord
from sitegen.parse.config_edit import add_redirects
from sitegen.plan.out_paths import check_out_path, folding_key
from sitegen.storage.files import read_bytes, remove_tree
from sitegen.storage.installing import Installation, open_installation

STAGING = ".sitegen/import"
"""Where files wait until all of them can go into the site."""
MEMORY = ".sitegen/fetched"
"""What a live source has said so far, so that an import that was interrupted goes on there."""
CODE = "import"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportTools:
    """What an import asks others for."""

    fetch: Callable[[Media], bytes] | None = None
    """Returns the content of a file elsewhere, raising MachineError; None: nothing is fetched."""
    is_erased: Callable[[CommentRecord], bool] = lambda _: False
    """Whether a comment was erased here and must not come back."""


@dataclass(slots=True, kw_only=True)
class ImportReport:
    """What an import did, or would do."""

    tally: Tally
    """What was met in the source."""
    written: Counter[str] = field(default_factory=Counter)
    """What the site holds of it: `articles`, `pages`, `drafts`, `scheduled`, `comments`, `mentions`, `media`."""
    withheld: Counter[str] = field(default_factory=Counter)
    """Comments that are not published, by reason."""
    left: dict[str, str] = field(default_factory=dict)
    """Files that were left alone, and why."""
    missing: dict[str, str] = field(default_factory=dict)
    """Media that were not to be had: where they would go, and where the source has them."""
    changed: tuple[str, ...] = ()
    """Files that are new or not what they were, from the site's root."""
    redirects: Mapping[str, str] = field(default_factory=dict)
    """Redirects that the configuration has now because of this import."""

    def record(self) -> Mapping[str, object]:
        """Return the counts as `--json` prints them, without problems."""
        tally = self.tally
        kinds = ("articles", "pages", "comments", "mentions", "media")
        return {
            "read": dict(sorted(tally.read.items())),
            "written": {**dict.fromkeys(kinds, 0), **dict(sorted(self.written.items()))},
            "withheld": dict(sorted(self.withheld.items())),
            "skipped": dict(sorted(tally.skipped.items())),
            "unknown": dict(sorted(tally.unknown.items())),
            "left": dict(sorted(self.left.items())),
            "missing": dict(sorted(self.missing.items())),
            "changed": list(self.changed),
            "redirects": dict(sorted(self.redirects.items())),
            "permalink": tally.permalink,
        }


def prepare_tools(site: Site, visitor: Visitor | None) -> ImportTools:
    """Return the tools of an import into `site` that fetches media with `visitor`, or none without one.

    Raises UsageError or ContentError where the register of what was erased cannot be read.
    """
    is_erased = load_erased(site.root)
    if visitor is None:
        return ImportTools(is_erased=is_erased)
    return ImportTools(is_erased=is_erased, fetch=lambda media: fetch_media(visitor, media.address, media.path))


def import_source(
    site: Site, reader: Reader, request: ImportRequest, tools: ImportTools, *, dry_run: bool
) -> ImportReport:
    """Read a source and write what is in it into the site; with `dry_run` only count.

    Whatever is raised (UsageError, ContentError, MachineError) leaves the site as it was.
    """
    with open_installation(site.root, site.root / STAGING) as installation:
        writing = _Writing(site, installation, tools)
        report = ImportReport(tally=Tally())
        for document in reader(request, report.tally):
            writing.add(document, report)
        writing.finish(report)
        report.changed = tuple(installation.names)
        if not dry_run and report.changed:
            installation.apply()
    if not dry_run and request.memory:
        remove_tree(request.memory)
    return report


class _Writing:
    """One import on its way into a site."""

    def __init__(self, site: Site, installation: Installation, tools: ImportTools) -> None:
        self._site = site
        self._installation = installation
        self._tools = tools
        data = installation.read(LEDGER_FILE)
        self._before = read_ledger(decode_text(data, LEDGER_FILE)) if data is not None else Ledger()
        self._entries = dict(self._before.entries)
        self._taken = {folding_key(entry.path): key for key, entry in self._entries.items()}
        self._seen: set[str] = set()
        self._media: set[str] = set()

    def add(self, document: ImportedDocument, report: ImportReport) -> None:
        """Stage a document with all that belongs to it."""
        if document.key in self._seen:
            raise ContentError([error(CODE, f"`{document.key}` is in the input twice", hint="give each export once")])
        self._seen.add(document.key)
        path = self._choose_path(document)
        is_here = self._write(document, path, report)
        if is_here:
            kinds = {"draft": "drafts", "scheduled": "scheduled"}
            report.written[kinds.get(document.state, f"{document.kind}s")] += 1
            for media in document.media:
                self._add_media(media, report)
        if document.thread:
            self._add_thread(document.thread, path if is_here else None, report)

    def finish(self, report: ImportReport) -> None:
        """Stage what belongs to the import as a whole."""
        report.withheld.update(report.tally.withheld)
        for media in report.tally.media:
            self._add_media(media, report)
        self._stage(LEDGER_FILE, write_ledger(Ledger(entries=self._entries)).encode())
        if report.tally.redirects:
            path = self._site.config_file
            text = decode_text(read_bytes(self._site.root / path), path)
            changed = add_redirects(text, path, report.tally.redirects)
            if changed != text:
                known = {*self._site.config.redirects, *self._site.config.gone}
                report.redirects = {old: to for old, to in report.tally.redirects.items() if old not in known}
                self._stage(path, changed.encode())

    def _choose_path(self, document: ImportedDocument) -> str:
        """Return where a document is since an earlier import, or a place that no other one has."""
        known = self._entries.get(document.key)
        if known:
            return known.path
        path = f"content/{document.path}"
        reason = check_out_path(path)
        if reason:
            raise ContentError([error(CODE, f"`{document.key}` cannot become `{path}`: {reason}")])
        pure = PurePosixPath(path)
        candidate, number = path, 1
        while self._taken.get(folding_key(candidate), document.key) != document.key:
            number += 1
            name = f"{pure.parent.name}-{number}" if pure.stem == "index" else f"{pure.stem}-{number}{pure.suffix}"
            candidate = str(pure.parent.parent / name / pure.name if pure.stem == "index" else pure.with_name(name))
        self._taken[folding_key(candidate)] = document.key
        return candidate

    def _write(self, document: ImportedDocument, path: str, report: ImportReport) -> bool:
        """Stage the text of a document unless somebody has changed it; return whether the site has the document."""
        try:
            data = write_document(document.front_matter, document.body).encode()
        except ContentError as failure:
            first = failure.problems[0]
            report.tally.problems.append(error(CODE, f"`{document.key}` is left out: {first.message}", hint=first.hint))
            return False
        known = self._entries.get(document.key)
        there = self._installation.read(path)
        if there is None and known:
            report.left[path] = "was deleted since it was imported"
            return False
        if there is not None and there != data:
            if known is None:
                report.left[path] = "is there already, and does not come from an import"
                return False
            if digest_bytes(there) != known.digest:
                report.left[path] = "was edited since it was imported"
                return True
        self._stage(path, data)
        self._entries[document.key] = Entry(path=path, digest=digest_bytes(data))
        return True

    def _add_thread(self, thread: CapturedThread, path: str | None, report: ImportReport) -> None:
        """Stage the comments of the document at `path`; None: it is not in the site."""
        thread = leave_out_erased(thread, self._tools.is_erased)
        published = sum(comment.status == "published" for comment in thread.comments)
        counted = published + len(thread.withheld) + len(thread.mentions)
        if counted != thread.read:
            message = f"{thread.read} comments were read of `{thread.title or thread.source_id}`, but {counted} add up"
            raise ContentError([error(CODE, message)])
        report.withheld.update(item.reason for item in thread.withheld)
        if path is None:
            report.withheld["no-article"] += published + len(thread.mentions)
            return
        report.written["comments"] += published
        report.written["mentions"] += len(thread.mentions)
        snapshot, moderation = name_sidecars(path)
        old = self._installation.read(snapshot)
        if old is None and not (thread.comments or thread.mentions or thread.ratings):
            return
        text = decode_text(old, snapshot) if old is not None else None
        article = path.removeprefix("content/")
        decided = list_decided(self._installation, (moderation,))
        merged = merge_snapshot(text, snapshot, thread, article=article, prune=False, decided=decided)
        if merged.text is not None:
            self._stage(snapshot, merged.text.encode())

    def _add_media(self, media: Media, report: ImportReport) -> None:
        reason = check_out_path(media.path)
        if reason:
            report.tally.warnings.append(warning(CODE, f"`{media.address}` is left out: {reason}"))
            return
        if media.path in self._media:
            return
        self._media.add(media.path)
        there = self._installation.read(media.path)
        data = self._find_media(media, there, report)
        if data is None:
            if there is None:
                report.missing[media.path] = media.address
            return
        if there is not None and there != data:
            report.left[media.path] = "is there already, with other content"
            return
        self._stage(media.path, data)
        report.written["media"] += 1

    def _find_media(self, media: Media, there: bytes | None, report: ImportReport) -> bytes | None:
        if media.file is not None:
            return read_bytes(media.file)
        if there is not None:
            report.written["media"] += 1
            return None
        if self._tools.fetch is None:
            return None
        try:
            return self._tools.fetch(media)
        except MachineError as failure:
            report.tally.warnings.append(warning("media", str(failure), hint=failure.hint))
            return None

    def _stage(self, path: str, data: bytes) -> None:
        if self._installation.read(path) != data:
            self._installation.add(path, data)


def list_notes(report: ImportReport) -> Iterable[Problem]:
    """Yield what somebody should look at after an import: files left alone, media not to be had, unknown markup."""
    for path, why in sorted(report.left.items()):
        yield warning(CODE, f"{why}: left alone", path)
    for path, address in sorted(report.missing.items()):
        yield warning("media", f"is missing: {address}", path, hint="--media-dir or --fetch-media brings it")
    for name, number in sorted(report.tally.unknown.items()):
        yield warning(CODE, f"{name} is not understood and stands in the text as it was ({number})")
