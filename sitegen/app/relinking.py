"""What has to be written elsewhere when files move: links, images, neighbours and menus, mended in their text."""

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urljoin, urlsplit

from sitegen.errors import Span
from sitegen.model.article import Article, ImageSlot, LinkSlot
from sitegen.model.names import ArticleId, Slug, Url
from sitegen.model.source import DOCUMENT_SUFFIXES
from sitegen.parse.front_matter import split_document
from sitegen.parse.named_values import name_values
from sitegen.parse.toml_source import find_toml_spans
from sitegen.plan.references import content_path


@dataclass(frozen=True, slots=True, kw_only=True)
class Relocation:
    """An article that moves, with everything that is found by where it is."""

    paths: Mapping[str, str]
    """Old and new path below `content/` of every file that moves."""
    article: ArticleId
    """The article as it was."""
    goal: ArticleId
    """The article as it will be."""
    slugs: tuple[Slug, Slug]
    """Its slug before and after."""
    urls: tuple[Url, Url]
    """Its address before and after."""
    is_file: Callable[[str], bool]
    """Whether there is a file at a path below `content/`, before anything moves."""


@dataclass(slots=True)
class Mended:
    """A text with what had to be changed in it."""

    text: str
    """The text, with `\\n` at the ends of lines."""
    missed: list[Span | None] = field(default_factory=list)
    """Places of what could not be changed, because it is not written as it is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edit:
    span: Span | None
    before: str
    after: str


def relink_document(text: str, article: Article, relocation: Relocation, own: Mapping[str, str]) -> Mended:
    """Return the text of `article` with everything right again after the relocation; it may be the one that moves.

    `own` maps foreign front matter keys to sitegen's, as the configuration says.
    """
    return _apply(text, [*_edit_body(article, relocation), *_edit_front_matter(text, article, relocation, own)])


def relink_config(text: str, relocation: Relocation) -> Mended:
    """Return the configuration `text` with menus and redirects that name the article where it will be."""
    lines = text.split("\n")
    edits = [
        _Edit(span=span, before=relocation.article, after=relocation.goal)
        for place, span in find_toml_spans(text).items()
        if (place[-1] == "url" and "menus" in place) or place[0] == "redirects"
        if _cut(lines, span)[1:-1].removeprefix("/").removeprefix("content/") == relocation.article
    ]
    return _apply(text, edits)


def _edit_body(article: Article, relocation: Relocation) -> Iterator[_Edit]:
    slots: tuple[LinkSlot | ImageSlot, ...] = (*article.links, *article.images)
    for slot in slots:
        after = _new_target(slot.target, article.id, relocation)
        if after is not None:
            # A slot's place covers the address as it is written, which need not be how it is meant.
            yield _Edit(span=slot.span, before="", after=after)


def _edit_front_matter(text: str, article: Article, relocation: Relocation, own: Mapping[str, str]) -> Iterator[_Edit]:
    metadata = article.metadata
    found: list[tuple[tuple[str, str], str, str | None]] = []
    if metadata.image:
        found.append((("image", "src"), metadata.image.src, _new_file(metadata.image.src, article.id, relocation)))
    for name, choice in (("prev", metadata.prev), ("next", metadata.next)):
        if choice and choice.reference:
            found.append(((name, "url"), choice.reference, _new_reference(choice.reference, article.id, relocation)))
    changed = [(place, before, after) for place, before, after in found if after is not None]
    if changed:
        named = name_values(split_document(text, f"content/{article.id}"), own)
        for place, before, after in changed:
            yield _Edit(span=named.locate(place), before=before, after=after)


def _new_target(written: str, origin: ArticleId, relocation: Relocation) -> str | None:
    """Return what a link or an image in `origin` must name from now on; None if it can stay."""
    path = unquote(urlsplit(written).path)
    is_document = path.lower().endswith(DOCUMENT_SUFFIXES)
    if not path or (path.startswith("/") and not is_document):
        return None
    if not is_document and not relocation.is_file(content_path(path, origin)):
        return _new_address(written, path, origin, relocation)
    after = _new_path(path, origin, relocation)
    return None if after is None else _with_path(written, after)


def _new_address(written: str, path: str, origin: ArticleId, relocation: Relocation) -> str | None:
    """Return the same address for a link that is relative to the address of its page, which changes."""
    before, after = relocation.urls
    if origin != relocation.article or urljoin(before, path) == urljoin(after, path):
        return None
    return _with_path(written, urljoin(before, path))


def _new_file(path: str, origin: ArticleId, relocation: Relocation) -> str | None:
    is_beside = not path.startswith("/") and relocation.is_file(content_path(path, origin))
    return _new_path(path, origin, relocation) if is_beside else None


def _new_path(path: str, origin: ArticleId, relocation: Relocation) -> str | None:
    """Return how a file has to be named; None if it is named rightly already."""
    named = content_path(path, origin)
    target = relocation.paths.get(named, named)
    if path.startswith("/"):
        return f"/{target}" if target != named else None
    base = posixpath.dirname(relocation.goal if origin == relocation.article else origin)
    after = posixpath.relpath(target, base or ".")
    return after if after != posixpath.normpath(path) else None


def _new_reference(reference: str, origin: ArticleId, relocation: Relocation) -> str | None:
    """Return what `prev` or `next` in `origin` must say; None if it can stay."""
    if "://" in reference:
        return None
    if relocation.is_file(content_path(reference, origin)):
        return _new_path(reference, origin, relocation)
    if relocation.is_file(reference):
        after = relocation.paths.get(reference, reference)
    else:
        after = relocation.slugs[1] if reference == relocation.slugs[0] else reference
    return after if after != reference else None


def _with_path(written: str, path: str) -> str:
    return urlsplit(written)._replace(path=quote(path, safe="/!$&'*+,;=:@~-._")).geturl()


def _apply(text: str, edits: list[_Edit]) -> Mended:
    mended = Mended(text)
    lines = text.split("\n")
    done: set[Span] = set()
    for edit in sorted(edits, key=lambda edit: (edit.span.line, edit.span.column) if edit.span else (0, 0))[::-1]:
        if edit.span is None or (edit.before and edit.before not in _cut(lines, edit.span)):
            mended.missed.append(edit.span)
        elif edit.span not in done:
            done.add(edit.span)
            line, start, end = lines[edit.span.line - 1], edit.span.column - 1, edit.span.column - 1 + edit.span.length
            part = line[start:end].replace(edit.before, edit.after, 1) if edit.before else edit.after
            lines[edit.span.line - 1] = line[:start] + part + line[end:]
    mended.text = "\n".join(lines)
    return mended


def _cut(lines: list[str], span: Span) -> str:
    """Return what stands at `span`."""
    return lines[span.line - 1][span.column - 1 : span.column - 1 + span.length]
