"""From the folder to the values that a plan is made from, remembering what was parsed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from sitegen.app.inventory import Inventory, find_owners, take_inventory
from sitegen.app.parsing import Parsed, Task, decode_text, downgrade, make_parser
from sitegen.app.workers import run_chunks
from sitegen.errors import ContentError, Problem, error
from sitegen.model.article import Article, SectionIndex
from sitegen.model.codec import decode, encode
from sitegen.model.config import Config
from sitegen.model.digests import digest_value
from sitegen.model.facts import AssetFacts, SnapshotFacts
from sitegen.model.names import ArticleId, Digest, Slug
from sitegen.model.source import SourceFile
from sitegen.parse.fields import parse_section_index
from sitegen.parse.front_matter import split_document
from sitegen.plan.slugs import slugify
from sitegen.storage.files import read_bytes
from sitegen.storage.images import read_image_size
from sitegen.storage.state import State

_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")


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
    """Sound documents by path."""
    snapshots: dict[str, SnapshotFacts] = field(default_factory=dict)
    """Sound comment snapshots by the path of their document."""
    assets: dict[str, AssetFacts] = field(default_factory=dict)
    """Files to copy by path."""
    sections: dict[Slug, SectionIndex] = field(default_factory=dict)
    """What `_index.md` files say."""
    memory: dict[str, tuple[Digest, ...]] = field(default_factory=dict)
    """Under which keys each file is remembered: its own value and its body or thread."""
    sidecars: dict[str, str] = field(default_factory=dict)
    """Snapshot by document."""
    problems: list[Problem] = field(default_factory=list)
    """Errors and warnings."""
    broken: set[str] = field(default_factory=set)
    """Documents that cannot be published: their own errors, or those of their snapshot."""
    broken_drafts: int = 0
    """How many documents with errors call themselves drafts."""


def gather_sources(
    root: Path,
    files: Sequence[SourceFile],
    config: Config,
    engine: Digest,
    state: State,
    jobs: int,
    progress: Progress,
    *,
    drafts: bool,
) -> Gathered:
    """Return what `files` of the site at `root` say; `drafts` tells whether drafts are shown, so that errors count."""
    inventory = take_inventory(files)
    gathered = Gathered()
    desk = _Desk(root=root, config=config, engine=engine, state=state, jobs=jobs, progress=progress, gathered=gathered)
    desk.read_documents(inventory.documents, drafts=drafts)
    desk.read_sections(inventory.sections)
    taken = desk.read_snapshots(inventory, {file.path: file for file in files})
    desk.refuse_moderations(inventory)
    desk.read_assets(file for file in inventory.assets if file.path not in taken)
    return gathered


@dataclass(slots=True, kw_only=True)
class _Desk:
    root: Path
    config: Config
    engine: Digest
    state: State
    jobs: int
    progress: Progress
    gathered: Gathered

    def read_documents(self, documents: Sequence[SourceFile], *, drafts: bool) -> None:
        config = self.config
        about = digest_value(
            (
                config.markdown,
                config.front_matter,
                config.timezone,
                config.language,
                config.rating,
                self.engine,
            )
        )
        for path, value, parsed in self._remember("article", documents, about):
            if parsed is not None and parsed.value is None:
                hushed = parsed.draft and not drafts
                self.gathered.problems += downgrade(parsed.problems) if hushed else parsed.problems
                self.gathered.broken_drafts += parsed.draft
                self.gathered.broken.add(path)
                continue
            article = decode(value, Article)
            self.gathered.articles[path] = article
            self.gathered.memory[path] = (*self.gathered.memory[path], article.body_digest)
            self.gathered.problems += article.warnings

    def read_snapshots(self, inventory: Inventory, files: Mapping[str, SourceFile]) -> frozenset[str]:
        """Read the snapshots of all documents, and return their paths."""
        documents = frozenset(file.path for file in inventory.documents)
        named = self._named_snapshots(files)
        rest = [file for file in inventory.snapshots if file.path not in set(named.values())]
        owners, problems = find_owners(rest, documents)
        self.gathered.problems += problems
        self.gathered.sidecars = owners | named
        about = digest_value((self.config.comments.max_depth, self.engine))
        wanted = [files[path] for path in sorted(set(self.gathered.sidecars.values()))]
        facts: dict[str, SnapshotFacts] = {}
        for path, value, parsed in self._remember("snapshot", wanted, about):
            if parsed is not None and parsed.value is None:
                self.gathered.problems += parsed.problems
                continue
            facts[path] = decode(value, SnapshotFacts)
            self.gathered.memory[path] = (*self.gathered.memory[path], facts[path].thread)
            self.gathered.problems += facts[path].warnings
        for document, path in self.gathered.sidecars.items():
            if path in facts:
                self.gathered.snapshots[document] = facts[path]
            else:
                self.gathered.broken.add(document)
        return frozenset(self.gathered.sidecars.values())

    def _named_snapshots(self, files: Mapping[str, SourceFile]) -> dict[str, str]:
        """Return the snapshots that front matter names, by document."""
        named: dict[str, str] = {}
        for path, article in self.gathered.articles.items():
            if article.metadata.comments_path is None:
                continue
            snapshot = f"{path.rsplit('/', 1)[0]}/{article.metadata.comments_path}"
            if snapshot in files:
                named[path] = snapshot
            else:
                self.gathered.broken.add(path)
                self.gathered.problems.append(
                    error(
                        "comments",
                        f"there is no file `{article.metadata.comments_path}` beside it",
                        path,
                        article.spans.get("comments"),
                        hint="write `true` to use the snapshot beside the article, or mend the name",
                    )
                )
        return named

    def refuse_moderations(self, inventory: Inventory) -> None:
        documents = frozenset(file.path for file in inventory.documents)
        owners, problems = find_owners(inventory.moderations, documents)
        self.gathered.problems += problems
        for document, path in owners.items():
            self.gathered.broken.add(document)
            self.gathered.problems.append(
                error(
                    "moderation",
                    "this version cannot apply moderation decisions, and will not publish what was hidden",
                    path,
                    hint="take hidden comments out of the snapshot and remove this file",
                )
            )

    def read_sections(self, sections: Sequence[SourceFile]) -> None:
        for file in sections:
            parts = file.path.split("/")
            if len(parts) != _SECTION_DEPTH:
                continue
            slug = slugify(parts[1])
            try:
                text = decode_text(read_bytes(self.root / file.path), file.path)
                self.gathered.sections[slug] = parse_section_index(split_document(text, file.path), slug)
            except ContentError as failure:
                self.gathered.problems += failure.problems

    def read_assets(self, assets: Iterable[SourceFile]) -> None:
        """Measure images; their sizes are remembered by their content."""
        files = list(assets)
        images = [file for file in files if file.path.lower().endswith(_IMAGES)]
        known = self.state.load_many("image", [_image_key(file, self.engine) for file in images])
        sizes: dict[str, tuple[int, int] | None] = {}
        fresh: list[tuple[Digest, bytes]] = []
        for file in images:
            key = _image_key(file, self.engine)
            value = known.get(key)
            if value is None:
                sizes[file.path] = read_image_size(self.root / file.path)
                fresh.append((key, encode(sizes[file.path])))
            else:
                sizes[file.path] = decode(value, tuple[int, int] | None)  # type: ignore[arg-type]
            self.gathered.memory[file.path] = (key,)
        self.state.store("image", fresh)
        for file in files:
            size = sizes.get(file.path)
            self.gathered.assets[file.path] = AssetFacts(
                path=file.path, digest=file.digest, width=size[0] if size else None, height=size[1] if size else None
            )

    def _remember(
        self, kind: Literal["article", "snapshot"], files: Sequence[SourceFile], about: Digest
    ) -> Iterable[tuple[str, bytes, Parsed | None]]:
        """Yield path and encoded value of every file, parsing what is not remembered.

        The third part is what came of parsing, None for a remembered file; its value is None if there are problems.
        """
        keys = {file.path: digest_value((kind, file.path, file.digest, about)) for file in files}
        known = self.state.load_many(kind, list(keys.values()))
        tasks = [Task(kind=kind, path=file.path, digest=file.digest) for file in files if keys[file.path] not in known]
        parsed: dict[str, Parsed] = {}
        self.progress.start("Reading" if kind == "article" else "Reading comments", len(tasks))
        for results in run_chunks(make_parser, (str(self.root), self.config), tasks, self.jobs):
            self._store(kind, results, keys, about)
            parsed |= {result.task.path: result for result in results}
            self.progress.advance(len(results))
        self.progress.finish()
        for file in files:
            key = keys[file.path]
            self.gathered.memory[file.path] = (key,)
            result = parsed.get(file.path)
            yield file.path, (result.value or b"") if result else known[key], result

    def _store(self, kind: str, results: Sequence[Parsed], keys: dict[str, Digest], about: Digest) -> None:
        for result in results:
            if result.read != result.task.digest:
                keys[result.task.path] = digest_value((kind, result.task.path, result.read, about))
        parts = [result.part for result in results if result.part]
        self.state.store("body" if kind == "article" else "thread", parts)
        self.state.store(kind, [(keys[result.task.path], result.value) for result in results if result.value])


_SECTION_DEPTH = 3


def _image_key(file: SourceFile, engine: Digest) -> Digest:
    return digest_value(("image", file.digest, engine))


def article_id(path: str) -> ArticleId:
    """Return the id of the document at `path`."""
    return ArticleId(path.removeprefix("content/"))
