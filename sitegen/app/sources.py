"""From the folder to the values that a plan is made from, remembering what was parsed."""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Literal, Protocol

from sitegen.app.assets import measure_assets
from sitegen.app.inventory import Inventory, find_owners, is_document, take_inventory
from sitegen.app.judging import Judged, judge_snapshots
from sitegen.app.keys import Digests, digest_commenting, digest_reading, key_source
from sitegen.app.parsing import Parsed, Task, decode_text, downgrade, load_libraries, make_parser
from sitegen.app.rescue import Keys, Rescue
from sitegen.app.workers import Crew
from sitegen.errors import ContentError, Problem, error
from sitegen.model.article import Article, SectionIndex
from sitegen.model.codec import decode, encode
from sitegen.model.config import Config
from sitegen.model.digests import digest_bytes, digest_value
from sitegen.model.facts import AssetFacts, SnapshotFacts
from sitegen.model.names import NO_DIGEST, ArticleId, Digest, Slug
from sitegen.model.source import UNREAD, SourceFile
from sitegen.plan.slugs import slugify
from sitegen.storage.files import read_bytes
from sitegen.storage.state import TOGETHER, State


class Progress(Protocol):
    """Who is told how far long work has come."""

    def start(self, stage: str, total: int) -> None:
        """Begin a stage of `total` steps."""

    def advance(self, steps: int) -> None:
        """Say that `steps` more are done."""

    def finish(self) -> None:
        """End the stage."""


@dataclass(slots=True)
class Gathered:
    """Everything that was found below `content/` and `static/`, with what is wrong in it."""

    articles: dict[str, Article] = field(default_factory=dict)
    """Documents by path: sound ones, and last published versions of others."""
    snapshots: dict[str, SnapshotFacts] = field(default_factory=dict)
    """Comment snapshots by the path of their document: sound ones, and last published versions of others."""
    assets: dict[str, AssetFacts] = field(default_factory=dict)
    """Files to copy by path."""
    sections: dict[Slug, SectionIndex] = field(default_factory=dict)
    """What `_index.md` files say."""
    memory: dict[str, Keys] = field(default_factory=dict)
    """Under which keys each file is remembered: its own value and its body or thread."""
    sidecars: dict[str, str] = field(default_factory=dict)
    """Snapshot by document."""
    moderations: dict[str, str] = field(default_factory=dict)
    """Moderation file by document."""
    problems: list[Problem] = field(default_factory=list)
    """Errors and warnings."""
    unavailable: set[str] = field(default_factory=set)
    """Documents that exist but cannot be shown because of their errors."""
    broken_drafts: int = 0
    """How many of them call themselves drafts."""
    contents: Digest = NO_DIGEST
    """Digest of all files by path, as they were scanned."""
    read: dict[str, Digest] = field(default_factory=dict)
    """Digests of the documents and snapshots that were parsed, by path, as they were read."""
    is_torn: bool = False
    """Whether a file changed between being scanned and being read."""

    def list_comments(self) -> dict[ArticleId, Digest]:
        """Return under which keys the comments on documents are remembered."""
        return {
            article_id(document): self.memory[path][0]
            for document, path in self.sidecars.items()
            if path in self.memory and document in self.snapshots
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the files of a site are read."""

    root: Path
    """The site's folder."""
    config: Config
    """Its configuration."""
    engine: Digest
    """Digest of the program."""
    crew: Crew
    """Who works."""
    drafts: bool
    """Whether drafts are shown, so that their errors count."""


def gather_sources(
    files: Sequence[SourceFile],
    problems: Sequence[Problem],
    reading: Reading,
    state: State,
    rescue: Rescue,
    progress: Progress,
) -> Gathered:
    """Return what `files` say; `rescue` is asked for another version of what has errors.

    `problems` are those of files that could not even be looked at.
    """
    inventory = take_inventory(files)
    by_path = {file.path: file for file in files}
    desk = _Desk(reading=reading, state=state, rescue=rescue, progress=progress, gathered=Gathered())
    desk.read_documents(inventory.documents)
    desk.refuse_unseen(problems)
    desk.read_sections(inventory.sections)
    taken = desk.read_snapshots(inventory, by_path)
    desk.read_assets(file for file in inventory.assets if file.path not in taken)
    return desk.gathered


@dataclass(slots=True, kw_only=True)
class _Desk:
    reading: Reading
    state: State
    rescue: Rescue
    progress: Progress
    gathered: Gathered
    drafts: set[str] = field(default_factory=set)
    unseen: set[str] = field(default_factory=set)

    def read_documents(self, documents: Sequence[SourceFile]) -> None:
        about = digest_reading(self.reading.config, self.reading.engine)
        tasks = [Task(kind="article", path=file.path, digest=file.digest) for file in documents]
        for path, value, parsed in self._remember("article", tasks, about):
            if parsed is not None and parsed.value is None:
                self._refuse_document(path, parsed.problems, draft=parsed.draft)
                continue
            article = decode(value, Article)
            self.gathered.articles[path] = article
            self.gathered.memory[path] = (*self.gathered.memory[path], article.body_digest)
            self.gathered.problems += article.warnings
            if article.metadata.draft:
                self.drafts.add(path)

    def refuse_unseen(self, problems: Sequence[Problem]) -> None:
        """Note what is wrong with files that could not be looked at; documents among them may have been published."""
        for problem in problems:
            if problem.file and is_document(problem.file):
                self._refuse_document(problem.file, (problem,), draft=False)
            else:
                self.unseen |= {problem.file or ""}
                self.gathered.problems.append(problem)

    def _refuse_document(self, path: str, problems: Sequence[Problem], *, draft: bool) -> None:
        """Note what is wrong with a document, and put its last published version in its place."""
        self.gathered.articles.pop(path, None)
        if draft:
            self.drafts.add(path)
            self.gathered.broken_drafts += 1
        self._report(path, problems)
        last = None if self._is_hushed(path) else self.rescue.find_article(path)
        if last:
            self.gathered.articles[path], self.gathered.memory[path] = last
        else:
            self.gathered.unavailable.add(path)

    def _report(self, document: str, problems: Sequence[Problem]) -> None:
        """Note the problems of a document or of what belongs to it; those of a draft do not stop a build."""
        if problems:
            self.gathered.problems += downgrade(problems) if self._is_hushed(document) else problems

    def _is_hushed(self, document: str) -> bool:
        return document in self.drafts and not self.reading.drafts

    def read_snapshots(self, inventory: Inventory, files: Mapping[str, SourceFile]) -> frozenset[str]:
        """Read the snapshots of all documents, and return their paths."""
        documents = frozenset((*self.gathered.articles, *self.gathered.unavailable))
        named = self._find_named(files)
        elsewhere = frozenset(named.values())
        rest = [file for file in inventory.snapshots if file.path not in elsewhere]
        owners, problems = find_owners(rest, documents)
        self.gathered.problems += problems
        self.gathered.sidecars = owners | named
        about = digest_commenting(self.reading.config, self.reading.engine)
        judged = self._judge(inventory, documents)
        wanted = [files[path] for path in sorted(set(self.gathered.sidecars.values())) if path not in judged.refused]
        tasks = [
            Task(kind="snapshot", path=file.path, digest=file.digest, moderation=judged.files.get(file.path))
            for file in wanted
        ]
        facts: dict[str, SnapshotFacts] = {}
        faults: dict[str, tuple[Problem, ...]] = dict(judged.refused)
        for path, value, parsed in self._remember("snapshot", tasks, about):
            if parsed is not None and parsed.value is None:
                faults[path] = parsed.problems
                continue
            facts[path] = decode(value, SnapshotFacts)
            self.gathered.memory[path] = (*self.gathered.memory[path], *list_threads(facts[path]))
        for document, path in sorted(self.gathered.sidecars.items()):
            self._report(document, facts[path].warnings if path in facts else faults[path])
            if path in facts:
                self.gathered.snapshots[document] = facts[path]
            elif not self._is_hushed(document):
                self._rescue_comments(document, path)
        return frozenset(self.gathered.sidecars.values())

    def _judge(self, inventory: Inventory, documents: frozenset[str]) -> Judged:
        """Return which moderation file decides about which snapshot; report those that decide about nothing."""
        owners, problems = find_owners(inventory.moderations, documents)
        self.gathered.problems += problems
        self.gathered.moderations = owners
        judged = judge_snapshots(inventory.moderations, owners, self.gathered.sidecars, self.unseen)
        for document, problem in judged.idle.items():
            if document not in self.gathered.unavailable:  # its front matter may name a snapshot
                self._report(document, (problem,))
        return judged

    def _rescue_comments(self, document: str, snapshot: str) -> None:
        """Put the last published comments in the place of those that cannot be shown.

        A document without such comments is shown without any, unless it is not known whether it had some.
        """
        last = self.rescue.find_snapshot(snapshot)
        if last:
            self.gathered.snapshots[document], self.gathered.memory[snapshot] = last
        elif self.rescue.is_forgotten or snapshot in self.rescue.published:
            self.rescue.leave_out(document)
            self.gathered.articles.pop(document, None)
            self.gathered.unavailable.add(document)

    def _find_named(self, files: Mapping[str, SourceFile]) -> dict[str, str]:
        """Return the snapshots that front matter names, by document."""
        named: dict[str, str] = {}
        for path in tuple(self.gathered.articles):
            snapshot = name_snapshot(path, self.gathered.articles[path])
            if snapshot and snapshot not in files:
                self._refuse_document(
                    path, (_miss_snapshot(path, self.gathered.articles[path]),), draft=path in self.drafts
                )
                article = self.gathered.articles.get(path)
                snapshot = name_snapshot(path, article) if article else None
            if snapshot and snapshot in files:
                named[path] = snapshot
        return named

    def read_sections(self, sections: Sequence[SourceFile]) -> None:
        """Read the `_index.md` files of sections; others say nothing that is shown."""
        files = [file for file in sections if file.path.count("/") == _SECTION_DEPTH]
        keys = {file.path: self._section_key(file.path, file.digest) for file in files}
        known = self.state.load_many("section", list(keys.values()))
        for path, key in keys.items():
            slug = slugify(path.split("/")[1])
            self.gathered.memory[path] = (key,)
            try:
                section = decode(known[key], SectionIndex) if key in known else self._parse_section(path, key, slug)
            except ContentError as failure:
                self.gathered.problems += failure.problems
                last = self.rescue.find_section(path)
                if last is None:
                    continue
                section, self.gathered.memory[path] = last
            self.gathered.sections[slug] = section

    def _parse_section(self, path: str, expected: Digest, slug: Slug) -> SectionIndex:
        """Return what a file says, and remember it under the key of what was read: it may have changed by now."""
        from sitegen.parse.fields import parse_section_index  # noqa: PLC0415 -- loaded for what is not remembered
        from sitegen.parse.front_matter import split_document  # noqa: PLC0415

        data = read_bytes(self.reading.root / path)
        section = parse_section_index(split_document(decode_text(data, path), path), slug)
        key = self._section_key(path, digest_bytes(data))
        self.gathered.is_torn |= key != expected
        self.gathered.memory[path] = (key,)
        self.state.store("section", [(key, encode(section))])
        return section

    def _section_key(self, path: str, digest: Digest) -> Digest:
        return digest_value(("section", path, digest, self.reading.engine))

    def read_assets(self, assets: Iterable[SourceFile]) -> None:
        """Take in every other file."""
        found, keys = measure_assets(assets, self.reading.root, self.reading.engine, self.state)
        self.gathered.assets |= found
        self.gathered.memory |= keys

    def _remember(
        self, kind: Literal["article", "snapshot"], every: Sequence[Task], about: Digest
    ) -> Iterator[tuple[str, bytes, Parsed | None]]:
        """Yield path and encoded value of every task, parsing what is not remembered.

        The third part is what came of parsing, None for a remembered file; its value is None if there are problems.
        """
        keys = {task.path: key_task(task, task.digests, about) for task in every if task.digest != UNREAD}
        known = self.state.load_many(kind, list(keys.values()))
        tasks = [task for task in every if keys.get(task.path, UNREAD) not in known]
        with closing(self._parse(kind, tasks, keys, about)) as results:
            for task in every:
                value = known.pop(keys.get(task.path, UNREAD), None)
                parsed = next(results) if value is None else None
                self.gathered.memory[task.path] = (keys[task.path],)
                yield task.path, (parsed.value if parsed else value) or b"", parsed
            next(results, None)  # the end, which is the crew's too

    def _parse(
        self, kind: Literal["article", "snapshot"], tasks: Sequence[Task], keys: dict[str, Digest], about: Digest
    ) -> Generator[Parsed, None, None]:
        """Yield what comes of each task, and remember it under `keys`, which follow what was read."""
        self.progress.start("Reading" if kind == "article" else "Reading comments", len(tasks))
        arguments = (str(self.reading.root), self.reading.config)
        waiting = iter(tasks)
        fresh: list[tuple[str, Digest, bytes]] = []
        with closing(self.reading.crew.run(make_parser, arguments, tasks, self._prepare_fork)) as chunks:
            for results in chunks:
                fresh += self._take(kind, dict(zip(islice(waiting, len(results)), results, strict=True)), keys, about)
                if len(fresh) >= TOGETHER:
                    self.state.store_all(fresh)
                    fresh = []
                yield from results
                self.progress.advance(len(results))
        self.state.store_all(fresh)
        self.progress.finish()

    def _prepare_fork(self) -> None:
        self.state.set_aside()
        load_libraries(self.reading.config)

    def _take(
        self,
        kind: Literal["article", "snapshot"],
        results: Mapping[Task, Parsed],
        keys: dict[str, Digest],
        about: Digest,
    ) -> Iterator[tuple[str, Digest, bytes]]:
        """Yield the values that came of tasks, and note under `keys` those of files that hold what no scan has seen."""
        part_kind = "body" if kind == "article" else "thread"
        for task, result in results.items():
            self.gathered.read[task.path] = result.read[0]
            if result.read != task.digests:
                keys[task.path] = key_task(task, result.read, about)
                self.gathered.is_torn |= task.digest != UNREAD or result.read[1:] != task.digests[1:]
            yield from ((part_kind, digest, part) for digest, part in result.parts)
            if result.value:
                yield kind, keys[task.path], result.value


_SECTION_DEPTH = 2


def key_task(task: Task, digests: Digests, about: Digest) -> Digest:
    """Return under which the value of a task is remembered, if its files have these `digests`."""
    return key_source(task.kind, task.path, digests, about, task.moderation.path if task.moderation else "")


def name_snapshot(path: str, article: Article) -> str | None:
    """Return the path of the snapshot that the front matter of the document at `path` names, if it names one."""
    named = article.metadata.comments_path
    return f"{path.rsplit('/', 1)[0]}/{named}" if named else None


def _miss_snapshot(path: str, article: Article) -> Problem:
    return error(
        "comments",
        f"there is no file `{article.metadata.comments_path}` beside it",
        path,
        article.spans.get("comments"),
        hint="write `true` to use the snapshot beside the article, or mend the name",
    )


def list_threads(facts: SnapshotFacts) -> tuple[Digest, ...]:
    """Return the digests of a whole thread and of each of its pages, the whole first."""
    return tuple(dict.fromkeys((facts.thread, *(page.thread for page in facts.pages))))


def article_id(path: str) -> ArticleId:
    """Return the id of the document at `path`."""
    return ArticleId(path.removeprefix("content/"))
