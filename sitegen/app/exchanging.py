"""A text that was edited: it is exchanged on the pages that it stands on."""

from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.app.edits import Amendment, Edit, move_texts, recall_spec
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
from sitegen.parse.article_text import ParsedArticle, find_front, parse_text
from sitegen.parse.markdown import build_engine
from sitegen.plan.texts import exchange_text, is_other_text
from sitegen.storage.files import read_bytes
from sitegen.storage.state import State
from sitegen.storage.tables import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class TextVersion:
    """A document before and after an edit of its text."""

    before: Article
    """What it said."""
    after: ParsedArticle
    """What it says."""
    key: Digest
    """Under which the second is remembered."""


TextVersions = Mapping[str, TextVersion]
"""Documents by path."""


def read_texts(edit: Edit, config: Config, state: State, texts: Texts) -> TextVersions | None:
    """Return the documents that were edited; None where more than their texts is another.

    `texts` are those of the last publication. Raises ContentError and TooSlowError for a text that cannot be read.
    """
    if len(edit.files) > _MANY:
        return None
    about = digest_reading(config, edit.receipt.program.digest)
    documents = _recall_documents(edit, about, state, texts)
    read: dict[SourceFile, str] = {}
    for file, before in documents.items():
        text = _read_text(file, before, edit)
        if text is None:
            return None
        read[file] = text
    if not read:
        return None
    engine = build_engine(config.markdown)
    versions: dict[str, TextVersion] = {}
    for file, text in read.items():
        before = documents[file]
        with limit_time(TIME_BUDGET):
            after = parse_text(text, before, engine)
        if after is None or not is_other_text(before, after.article):
            return None
        key = key_source("article", file.path, (file.digest,), about)
        versions[file.path] = TextVersion(before=before, after=after, key=key)
    return versions


def _read_text(file: SourceFile, before: Article, edit: Edit) -> str | None:
    """Return what a document holds now; None where not even its front matter is as before."""
    data = read_bytes(edit.order.root / file.path)
    if digest_bytes(data) != file.digest:
        return None
    text = decode_text(data, file.path)
    return None if find_front(text, before) is None else text


def _recall_documents(edit: Edit, about: Digest, state: State, texts: Texts) -> dict[SourceFile, Article]:
    """Return what the files said before; nothing where one is no document, or more was told about it."""
    told = edit.told
    documents: dict[SourceFile, Article] = {}
    for file in () if edit.added else edit.files:
        *_, digest = edit.last.stamps[file.path]
        data = state.load("article", key_source("article", file.path, (digest,), about))
        article = decode(data, Article) if data is not None else None
        if article is None or told.get(file.path, set()) != set(article.warnings):
            return {}
        documents[file] = article
    found = [article.body_digest for article in documents.values()]
    # Pages of a text that several documents have cannot be told from those of the others.
    is_alone = len(set(found)) == len(found) and all(texts.get(text, ()) is not None for text in found)
    return documents if is_alone else {}


def exchange_texts(versions: TextVersions, state: State, texts: Texts, keys: Mapping[OutPath, Digest]) -> Amendment:
    """Return what is different with `versions`, where `texts` and `keys` are those of the last publication.

    Raises UnreadableError where the memory has lost a page.
    """
    articles = {version.key: version.after.article for version in versions.values()}
    bodies = {version.after.article.body_digest: version.after.body for version in versions.values()}
    specs = tuple(_exchange(versions, state, texts, keys).values())
    pairs = [(version.before.body_digest, version.after.article.body_digest) for version in versions.values()]
    return Amendment(
        specs=specs,
        values={
            "article": {key: encode(article) for key, article in articles.items()},
            "body": {digest: encode(body) for digest, body in bodies.items()},
        },
        published={path: (found.key, found.after.article.body_digest) for path, found in versions.items()},
        texts=move_texts(pairs, specs, state, texts),
        told={path: found.after.article.warnings for path, found in versions.items()},
    )


def _exchange(
    versions: TextVersions, state: State, texts: Texts, keys: Mapping[OutPath, Digest]
) -> dict[OutPath, PageSpec]:
    """Return the pages on which the texts stand, with the new ones."""
    specs: dict[OutPath, PageSpec] = {}
    for version in versions.values():
        for path in texts.get(version.before.body_digest) or ():
            spec = specs.get(path) or recall_spec(state, path, keys)
            specs[path] = exchange_text(spec, version.before, version.after.article)
    return specs


_MANY = 1000
"""So many texts one process reads about as soon as several do, and plan a site."""
