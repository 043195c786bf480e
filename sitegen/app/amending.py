"""An edited text: the pages that it stands on are made anew, and the rest of the site is not even planned.

While all else is as the receipt of the last build says, and a document differs from what it was in its text alone, no
other page can be another.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sitegen.app.groundwork import SPEC, Groundwork, runs_extensions
from sitegen.app.keys import digest_reading, key_source
from sitegen.app.limits import TIME_BUDGET, TooSlowError, limit_time
from sitegen.app.order import Order
from sitegen.app.parsing import decode_text
from sitegen.app.report import BuildReport
from sitegen.app.shelf import Shelf
from sitegen.app.standing import Receipt
from sitegen.errors import ContentError
from sitegen.model.article import Article
from sitegen.model.codec import UnreadableError, decode, encode
from sitegen.model.config import Config
from sitegen.model.digests import digest_bytes
from sitegen.model.names import Digest, OutPath
from sitegen.model.page import PageSpec, SpecWriter, decode_spec, encode_spec
from sitegen.model.source import Scan, SourceFile
from sitegen.parse.article_text import ParsedArticle, parse_text
from sitegen.parse.markdown import build_engine
from sitegen.plan.out_paths import MANIFEST
from sitegen.plan.staleness import renew_key
from sitegen.plan.texts import exchange_text, is_other_text
from sitegen.render.environment import build_environment
from sitegen.render.page import render_page
from sitegen.storage.files import read_bytes
from sitegen.storage.manifest import recall_manifest
from sitegen.storage.output import name_output, stat_trace
from sitegen.storage.publish import open_staging, publish, write_staged
from sitegen.storage.state import State
from sitegen.storage.tables import Texts
from sitegen.storage.theme_files import digest_theme_files
from sitegen.storage.themes import load_theme_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Files of a site that hold something else than at its last build, while all else is as it was."""

    order: Order
    """What somebody wants."""
    receipt: Receipt
    """What the last build left."""
    files: tuple[SourceFile, ...]
    """The files as they are now."""
    scan: Scan
    """All files as they are now."""
    last: Scan
    """All files as they were."""


def amend(edit: Edit, state: State) -> BuildReport | None:
    """Publish what is different with `edit`; None, and nothing is done, where a build has to look at the whole site.

    Raises MachineError where the disk stands in the way.
    """
    try:
        return _Amendment(edit, state).run()
    except (ContentError, TooSlowError, UnreadableError):
        return None  # a build tells what is wrong, and all else that is


@dataclass(frozen=True, slots=True, kw_only=True)
class _Version:
    """A document before and after the edit."""

    before: Article
    after: ParsedArticle
    key: Digest
    """Under which the second is remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A page on which a text is another now."""

    spec: PageSpec
    key: Digest
    data: bytes = b""
    digest: str = ""
    """SHA-256 of `data`."""


Versions = Mapping[str, _Version]
"""Documents by path."""


class _Amendment:
    def __init__(self, edit: Edit, state: State) -> None:
        self.edit = edit
        self.state = state
        self.root, self.output = edit.order.root, edit.order.output
        self.name = name_output(self.root, self.output)
        self.texts = state.texts(self.name)

    def run(self) -> BuildReport | None:
        data = self.state.groundwork(self.name)
        groundwork = decode(data, Groundwork) if data else None
        if groundwork is None or runs_extensions(groundwork.config):
            return None
        about = digest_reading(groundwork.config, self.edit.receipt.program.digest)
        before = self._recall_documents(about)
        versions = self._read_texts(before, groundwork.config, about) if before else None
        if versions is None:
            return None
        pages = self._plan_pages(versions)
        texts = self._exchange_texts(versions)
        for version in versions.values():
            self.state.store("article", [(version.key, encode(version.after.article))])
            self.state.store("body", [(version.after.article.body_digest, encode(version.after.body))])
        return self._publish(self._render(pages, groundwork), versions, texts)

    def _recall_documents(self, about: Digest) -> dict[SourceFile, Article] | None:
        """Return what the files said before; None where one is no document, or something was told about it."""
        told = {problem.file for problem in self.edit.receipt.report.problems}
        documents: dict[SourceFile, Article] = {}
        for file in self.edit.files:
            *_, digest = self.edit.last.stamps[file.path]
            data = self.state.load("article", key_source("article", file.path, (digest,), about))
            if data is None or file.path in told:
                return None
            documents[file] = decode(data, Article)
        texts = [article.body_digest for article in documents.values()]
        # Pages of a text that several documents have cannot be told from those of the others.
        is_alone = len(set(texts)) == len(texts) and all(self.texts.get(text, ()) is not None for text in texts)
        return documents if is_alone else None

    def _read_texts(self, documents: Mapping[SourceFile, Article], config: Config, about: Digest) -> Versions | None:
        """Return the documents as they are now; None where more than its text is another in one."""
        engine = build_engine(config.markdown)
        versions: dict[str, _Version] = {}
        for file, before in documents.items():
            data = read_bytes(self.root / file.path)
            if digest_bytes(data) != file.digest:
                return None
            with limit_time(TIME_BUDGET):
                after = parse_text(decode_text(data, file.path), before, engine)
            if after is None or not is_other_text(before, after.article):
                return None
            key = key_source("article", file.path, (file.digest,), about)
            versions[file.path] = _Version(before=before, after=after, key=key)
        return versions

    def _plan_pages(self, versions: Versions) -> tuple[_Page, ...]:
        """Return the pages that are another now; raises UnreadableError where the memory has lost one."""
        keys = self.state.keys(self.name)
        specs: dict[OutPath, PageSpec] = {}
        for version in versions.values():
            for path in self.texts.get(version.before.body_digest) or ():
                spec = specs.get(path) or self._recall_page(path, keys)
                specs[path] = exchange_text(spec, version.before, version.after.article)
        writer = SpecWriter()
        pages = (_Page(spec=spec, key=renew_key(keys[path], writer.digest(spec))) for path, spec in specs.items())
        return tuple(page for page in pages if page.key != keys[page.spec.path])

    def _exchange_texts(self, versions: Versions) -> Texts:
        """Return where the texts stand that are others now; before the new ones are remembered."""
        olds = [version.before.body_digest for version in versions.values()]
        texts: dict[Digest, tuple[OutPath, ...] | None] = dict.fromkeys(olds, ())
        for version in versions.values():
            before, after = version.before.body_digest, version.after.article.body_digest
            is_known = before != after and (after in texts or self.state.load("body", after) is not None)
            # Another document may have a text that is known already.
            texts[after] = None if is_known else self.texts.get(before, ())
        return texts

    def _recall_page(self, path: OutPath, keys: Mapping[OutPath, Digest]) -> PageSpec:
        data = self.state.load(SPEC, keys[path]) if path in keys else None
        if data is None:
            raise UnreadableError(f"how {path} was planned is not remembered")
        return decode_spec(data)

    def _render(self, pages: Iterable[_Page], groundwork: Groundwork) -> tuple[_Page, ...]:
        """Return pages with their bytes; raises ContentError where a template fails."""
        theme = load_theme_in(groundwork.sites, self.edit.receipt.theme, self.root)
        environment = build_environment(theme, groundwork.sites)
        shelf = Shelf(self.state)
        made = ((page, render_page(page.spec, environment, theme, groundwork.sites, shelf).data) for page in pages)
        return tuple(replace(page, data=data, digest=hashlib.sha256(data).hexdigest()) for page, data in made)

    def _publish(self, pages: tuple[_Page, ...], versions: Versions, texts: Texts) -> BuildReport | None:
        receipt, output = self.edit.receipt, self.output
        entries = recall_manifest(output, receipt.manifest)
        if entries is None or digest_theme_files(receipt.theme, self.root) != receipt.theme_files:
            return None
        changed = [page for page in pages if entries.get(page.spec.path) != page.digest]
        if changed:
            with open_staging(output) as staging:
                for page in changed:
                    name = staging.reserve()
                    write_staged(str(output), name, page.spec.path, page.data)
                    staging.note(page.spec.path, name, page.spec.wave)
                publish(staging, output, entries | {page.spec.path: page.digest for page in changed}, ())
        self._note(pages, versions, texts)
        total = receipt.report.unchanged
        return replace(receipt.report, rendered=len(pages), written=len(changed), unchanged=total - len(changed))

    def _note(self, pages: Iterable[_Page], versions: Versions, texts: Texts) -> None:
        """Remember what is published now, and leave what the next edit needs."""
        scan, manifest = self.edit.scan, digest_bytes(read_bytes(self.output / MANIFEST))
        receipt = replace(self.edit.receipt, contents=scan.contents, manifest=manifest)
        self.state.store(SPEC, [(page.key, encode_spec(page.spec)) for page in pages])
        self.state.amend_scan(scan, self.edit.last)
        self.state.amend(
            self.name,
            {page.spec.path: stat_trace(self.output, page.spec.path, page.key, page.digest) for page in pages},
            {path: (version.key, version.after.article.body_digest) for path, version in versions.items()},
            texts,
            encode(receipt),
        )
