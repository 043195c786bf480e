"""The text of a document: how it is converted, and what becomes of the document when nothing but it is edited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from msgspec import Struct

from sitegen.errors import ContentError, Problem, Span, warning
from sitegen.model.article import Article, Body, LiveStory, Metadata, UpdateNote
from sitegen.model.codec import encode
from sitegen.model.config import Config
from sitegen.model.digests import digest_bytes
from sitegen.model.names import Digest
from sitegen.model.values import replace
from sitegen.parse.body import SplitBody, split_body
from sitegen.parse.html_tokens import find_places, scan_html
from sitegen.parse.live import arrange_updates, write_updates
from sitegen.parse.markdown import MarkdownEngine
from sitegen.parse.markdown_passes import sum_up
from sitegen.parse.raw import RawDocument, normalise_lines
from sitegen.parse.template_tags import find_template_tags


class ParsedArticle(Struct, frozen=True, kw_only=True):
    """A document in two halves: planning needs the first, only its own page needs the second."""

    article: Article
    """All but the text."""
    body: Body
    """The text."""
    written: bytes
    """The text as it is remembered: what the digest of it in `article` was made from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What the body of a live story needs to know of its front matter."""

    is_open: bool
    """Whether updates still come."""
    notes: tuple[UpdateNote, ...]
    """Updates that stand in front matter."""
    day: date
    """When it begins, in the zone of the site."""
    zone: ZoneInfo
    """The zone of the site."""

    @classmethod
    def of(cls, metadata: Metadata, config: Config) -> "Story | None":
        """Return what `metadata` says of it; None for an article that is none."""
        if metadata.live is None or metadata.date is None:
            return None
        zone = ZoneInfo(config.timezone)
        day = metadata.date.at.astimezone(zone).date()
        return cls(is_open=metadata.live == "open", notes=metadata.updates, day=day, zone=zone)


def convert_text(
    raw: RawDocument, engine: MarkdownEngine, language: str, story: Story | None = None
) -> tuple[SplitBody, LiveStory | None]:
    """Return the converted body, and its updates if it tells a live story; raises ContentError with places."""
    text = raw.body + write_updates(story.notes, story.zone) if story else raw.body
    try:
        converted = engine.convert(text, language)
    except ContentError as failure:
        raise ContentError([_move(problem, raw.path, raw.body_line) for problem in failure.problems]) from failure
    if story is None:
        return split_body(converted, raw.body, raw.body_line), None
    body = arrange_updates(converted.html, converted.toc, story.day, story.zone)
    moments = tuple(update.at for update in body.updates)
    tokens = scan_html(body.html)
    split = split_body(sum_up(tokens, find_places(tokens), body.toc), raw.body, raw.body_line, moments)
    return split, LiveStory(is_open=story.is_open, updates=body.updates)


def parse_text(text: str, known: Article, engine: MarkdownEngine) -> ParsedArticle | None:
    """Return the document that the file of `known` is with the new content `text`.

    None if more than the text below the front matter is another. Nothing of what front matter needs is loaded. Raises
    ContentError for a body with mistakes.
    """
    front = find_front(text, known)
    if known.live or front is None:
        return None
    raw = RawDocument(
        path=f"content/{known.id}",
        format=None,
        values={},
        spans={},
        key_spans={},
        body=normalise_lines(text).removeprefix(front),
        body_line=front.count("\n") + 1,
        front=front,
    )
    warnings = _warnings_above(raw.body_line, known.warnings)
    if warnings is None:
        return None
    split, _ = convert_text(raw, engine, known.metadata.language)
    written = encode(split.body)
    article = replace(
        known,
        excerpt=split.excerpt,
        links=split.links,
        images=split.images,
        warnings=(*warnings, *warn_of_text(raw, split)),
        body_digest=digest_bytes(written),
        words=split.body.words,
    )
    return ParsedArticle(article=article, body=split.body, written=written)


def find_front(text: str, known: Article) -> str | None:
    """Return what stands above the text in the file of `known` with the content `text`; None if that is another."""
    length, _ = known.front
    front = normalise_lines(text)[:length]
    # Without its line end, the last line of the front matter may go on in the new text.
    return front if front.endswith("\n") and digest_front(front) == known.front else None


def _warnings_above(line: int, warnings: Iterable[Problem]) -> tuple[Problem, ...] | None:
    """Return the warnings with a place above a line, which are those of the front matter; None if one has no place."""
    placed = [(problem, problem.span) for problem in warnings]
    if any(span is None for _, span in placed):
        return None
    return tuple(problem for problem, span in placed if span and span.line < line)


def digest_front(front: str) -> tuple[int, Digest]:
    """Return length and digest of everything above the text of a document."""
    return len(front), digest_bytes(front.encode("utf-8", "surrogatepass"))


def warn_of_text(raw: RawDocument, split: SplitBody) -> tuple[Problem, ...]:
    """Return what is worth saying about a text; of template tags only the first of each kind."""
    first: dict[str, Span] = {}
    for tag in find_template_tags(raw.body, raw.body_line):
        first.setdefault(tag.kind, tag.span)
    tags = (
        warning("template-tag", f"`{kind}` is a template tag of another generator; it is shown as text", raw.path, span)
        for kind, span in first.items()
    )
    return (*(replace(problem, file=raw.path) for problem in split.warnings), *tags)


def _move(problem: Problem, path: str, line: int) -> Problem:
    """Return a problem of the body as one of the file."""
    span = problem.span and replace(problem.span, line=problem.span.line + line - 1)
    return replace(problem, file=path, span=span)
