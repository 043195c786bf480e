"""A text that was edited: it is exchanged on the pages that it stands on."""

from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.app.edits import Amendment, Edit, recall_spec
from sitegen.app.keys import digest_reading, key_source
from sitegen.app.limits import TIME_BUDGET, limit_time
from sitegen.app.parsing import decode_text
from sitegen.model.article import Article
from sitegen.model.codec import decode, encode
from sitegen.model.config import Config
from sitegen.model.digests import digest_bytes
from sitegen.model.names import Digest, OutPath
from sitegen.model.page import PageSpec
from sitegen.model.source import SourceFile
from sitegen.parse.article_text import ParsedArticle, parse_text
from sitegen.parse.markdown import build_engine
from sitegen.plan.texts import exchange_text, is_other_text
from sitegen.storage.files import read_bytes
from sitegen.storage.state import State
from sitegen.storage.tables import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Version:
    """A document before and after the edit."""

    before: Article
    after: ParsedArticle
    key: Digest
    """Under which the second is remembered."""


_Versions = Mapping[str, _Version]
"""Documents by path."""


def exchange_texts(
    edit: Edit, config: Config, state: State, texts: Texts, keys: Mapping[OutPath, Digest]
) -> Amendment | None:
    """Return what is different with `edit`; None where documents are not others in their texts alone.

    `texts` and `keys` are those of the last publication. Raises ContentError and TooSlowError for a text that cannot be
    read, and UnreadableError where the memory has lost a page.
    """
    return _Exchange(edit, config, state, texts, keys).run()


class _Exchange:
    def __init__(self, edit: Edit, config: Config, state: State, texts: Texts, keys: Mapping[OutPath, Digest]) -> None:
        self.edit = edit
        self.config = config
        self.about = digest_reading(config, edit.receipt.program.digest)
        self.state = state
        self.texts = texts
        self.keys = keys

    def run(self) -> Amendment | None:
        documents = None if self.edit.added else self._recall_documents()
        versions = self._read_texts(documents) if documents else None
        if versions is None:
            return None
        articles = {version.key: version.after.article for version in versions.values()}
        bodies = {version.after.article.body_digest: version.after.body for version in versions.values()}
        return Amendment(
            specs=tuple(self._exchange(versions).values()),
            values={
                "article": {key: encode(article) for key, article in articles.items()},
                "body": {digest: encode(body) for digest, body in bodies.items()},
            },
            published={path: (found.key, found.after.article.body_digest) for path, found in versions.items()},
            texts=self._move_texts(versions),
        )

    def _recall_documents(self) -> dict[SourceFile, Article] | None:
        """Return what the files said before; None where one is no document, or something was told about it."""
        told = {problem.file for problem in self.edit.receipt.report.problems}
        documents: dict[SourceFile, Article] = {}
        for file in self.edit.files:
            *_, digest = self.edit.last.stamps[file.path]
            data = self.state.load("article", key_source("article", file.path, (digest,), self.about))
            if data is None or file.path in told:
                return None
            documents[file] = decode(data, Article)
        texts = [article.body_digest for article in documents.values()]
        # Pages of a text that several documents have cannot be told from those of the others.
        is_alone = len(set(texts)) == len(texts) and all(self.texts.get(text, ()) is not None for text in texts)
        return documents if is_alone else None

    def _read_texts(self, documents: Mapping[SourceFile, Article]) -> _Versions | None:
        """Return the documents as they are now; None where more than its text is another in one."""
        engine = build_engine(self.config.markdown)
        versions: dict[str, _Version] = {}
        for file, before in documents.items():
            data = read_bytes(self.edit.order.root / file.path)
            if digest_bytes(data) != file.digest:
                return None
            with limit_time(TIME_BUDGET):
                after = parse_text(decode_text(data, file.path), before, engine)
            if after is None or not is_other_text(before, after.article):
                return None
            key = key_source("article", file.path, (file.digest,), self.about)
            versions[file.path] = _Version(before=before, after=after, key=key)
        return versions

    def _exchange(self, versions: _Versions) -> dict[OutPath, PageSpec]:
        """Return the pages on which the texts stand, with the new ones; raises UnreadableError where one is lost."""
        specs: dict[OutPath, PageSpec] = {}
        for version in versions.values():
            for path in self.texts.get(version.before.body_digest) or ():
                spec = specs.get(path) or recall_spec(self.state, path, self.keys)
                specs[path] = exchange_text(spec, version.before, version.after.article)
        return specs

    def _move_texts(self, versions: _Versions) -> Texts:
        """Return where the texts stand that are others now."""
        olds = [version.before.body_digest for version in versions.values()]
        texts: dict[Digest, tuple[OutPath, ...] | None] = dict.fromkeys(olds, ())
        for version in versions.values():
            before, after = version.before.body_digest, version.after.article.body_digest
            is_known = before != after and (after in texts or self.state.load("body", after) is not None)
            # Another document may have a text that is known already.
            texts[after] = None if is_known else self.texts.get(before, ())
        return texts
