"""One document: from the text of its file to an `Article` and its `Body`."""

from collections.abc import Sequence
from posixpath import splitext
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from sitegen.errors import ContentError, Problem, Span, error, warning
from sitegen.model.article import Article, LiveStory, Metadata
from sitegen.model.codec import encode
from sitegen.model.config import Config
from sitegen.model.digests import digest_bytes
from sitegen.model.names import ArticleId, Slug
from sitegen.model.values import replace
from sitegen.parse.article_text import ParsedArticle, Story, convert_text, digest_front, warn_of_text
from sitegen.parse.body import SplitBody
from sitegen.parse.fields import FieldContext, parse_fields
from sitegen.parse.front_matter import split_document
from sitegen.parse.markdown import MarkdownEngine
from sitegen.plan.slugs import slugify

_CONTENT = "content/"
_PAGES = "pages"


class DocumentSource(Struct, frozen=True, kw_only=True):
    """What the path of a document says about it."""

    path: str
    """POSIX path from the site's root: `content/world/2023-07-08-nato-office.md`."""
    id: ArticleId
    """The path below `content/`."""
    kind: Literal["article", "page"]
    """A page is what stands below `content/pages/`."""
    bundle: bool
    """Whether it is the `index.md` of a folder of its own."""
    section: Slug | None
    """The first folder, as an address segment; None for a page and for what stands directly in `content/`."""
    stem: str
    """The file's name without suffix; the folder's name for a bundle."""


def locate_document(path: str) -> DocumentSource:
    """Return what `path` (POSIX, below `content/`) says about the document there.

    Raises ContentError for an `index.md` that has no folder of its own.
    """
    identity = path.removeprefix(_CONTENT)
    *folders, file = identity.split("/")
    name, _ = splitext(file)
    page = len(folders) > 0 and folders[0] == _PAGES
    bundle = name == "index"
    if bundle and len(folders) < 2:
        raise ContentError((_misplaced_index(path, folders),))
    return DocumentSource(
        path=path,
        id=ArticleId(identity),
        kind="page" if page else "article",
        bundle=bundle,
        section=Slug(slugify(folders[0])) if folders and not page else None,
        stem=folders[-1] if bundle else name,
    )


def parse_article(text: str, source: DocumentSource, engine: MarkdownEngine, config: Config) -> ParsedArticle:
    """Return the document that `text` is.

    Raises ContentError with everything that is wrong with its front matter and its body.
    """
    raw = split_document(text, source.path)
    problems: list[Problem] = []
    split: SplitBody | None = None
    language = config.language
    fields = None
    story: Story | None = None
    live: LiveStory | None = None
    try:
        fields = parse_fields(raw, _describe(source, config))
        language = fields[0].language
        story = Story.of(fields[0], config)
    except ContentError as failure:
        problems += failure.problems
    try:
        split, live = convert_text(raw, engine, language, story)
    except ContentError as failure:
        problems += failure.problems
    if fields is None or split is None:
        raise ContentError(problems)
    metadata, spans, warnings = fields
    if live:
        metadata = _note_update(metadata, live)
        if not live.updates:
            warnings = (*warnings, _warn_of_silence(source.path, spans.get("live")))
    written = encode(split.body)
    article = Article(
        id=source.id,
        kind=source.kind,
        bundle=source.bundle,
        metadata=metadata,
        excerpt=split.excerpt,
        links=split.links,
        images=split.images,
        spans=spans,
        warnings=(*raw.warnings, *warnings, *warn_of_text(raw, split)),
        body_digest=digest_bytes(written),
        live=live,
        words=split.body.words,
        front=digest_front(raw.front),
    )
    return ParsedArticle(article=article, body=split.body, written=written)


def _describe(source: DocumentSource, config: Config) -> FieldContext:
    return FieldContext(
        path=source.path,
        kind=source.kind,
        section=source.section,
        stem=source.stem,
        zone=ZoneInfo(config.timezone),
        language=config.language,
        best=config.rating.best,
        aliases=config.front_matter.map,
    )


def _note_update(metadata: Metadata, live: LiveStory) -> Metadata:
    """Return `metadata` with the newest update as the last change, if it is one."""
    moments = [update.at for update in live.updates[:1]] + ([metadata.updated] if metadata.updated else [])
    newest = max(moments, key=lambda moment: moment.at, default=None)
    if newest is None or metadata.date is None or newest.at <= metadata.date.at:
        return metadata
    return replace(metadata, updated=newest)


def _warn_of_silence(path: str, span: Span | None) -> Problem:
    return warning(
        "live", "there is no update yet", path, span, "start a heading with a time: `## 14:05 The bridge is open`"
    )


def _misplaced_index(path: str, folders: Sequence[str]) -> Problem:
    folder = "/".join(("content", *folders))
    if not folders or folders[0] == _PAGES:
        hint = f"give it a name, such as `{folder}/about.md`, or a folder of its own"
    else:
        hint = f"use `{folder}/_index.md` for the section, or give the article a folder of its own"
    return error("index", "an `index.md` stands in a folder of its own", path, hint=hint)
