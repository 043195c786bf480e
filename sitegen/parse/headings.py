"""Headings of a body: their levels below the page's own headline, their anchors, and the table of contents.

Works on finished HTML, so that headings written as HTML count like those written as Markdown.
"""

import re
from collections.abc import Sequence

from sitegen.model.article import TocEntry
from sitegen.parse.html_tokens import (
    BLOCKS,
    HEADINGS,
    Token,
    make_token,
    read_id,
    resolve_references,
    scan_html,
)
from sitegen.parse.template_tags import PLACEHOLDER, restore_text
from sitegen.parse.text import collapse_spaces
from sitegen.plan.slugs import slugify

_RESERVED_NAMES = (
    "comments main content top nav menu search header footer article page site toc related source rating "
    "share body navigation skip"
)
_RESERVED = frozenset(_RESERVED_NAMES.split())
"""Anchors that the page around a body may use for itself."""
_RESERVED_PREFIXES = ("comment-", "fn-", "fnref-", "site-", "page-")
_TAKEN = frozenset({"comments", "main"})
_TAKEN_PREFIXES = ("comment-", "page-")
_NAMELESS = "section"
_WIDEST_ANCHOR = 80
_BARE_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)


def is_taken(anchor: str) -> bool:
    """Whether the page around a body uses `anchor` itself, so that an author should not."""
    return anchor in _TAKEN or anchor.startswith(_TAKEN_PREFIXES)


def arrange_headings(
    tokens: list[Token], places: Sequence[int], tags: Sequence[str]
) -> tuple[list[Token], tuple[TocEntry, ...]]:
    """Return HTML whose headings stand below a headline and all have an `id`, and its headings in order.

    With any `h1` in it, all go down by one level. `places` are those of `find_places` and hold for what is returned as
    well; `tags` are the template tags behind the placeholders. An anchor that an author wrote stays as it is. One made
    from a heading's words keeps every script, is unique in the body, and says that it is a section where the page may
    use it for itself: `comments-section`, `section-comment-901`.
    """
    headings = [index for index in places if tokens[index].name in HEADINGS]
    if not headings:
        return tokens, ()
    arranged = list(tokens)
    if any(tokens[index].name == "h1" for index in headings):
        arranged = [_lower(token) if token.name in HEADINGS else token for token in tokens]
    used = {read_id(tokens[index]) for index in places}
    counts: dict[str, int] = {}
    toc: list[TocEntry] = []
    for index in headings:
        tag = arranged[index]
        words = resolve_references("".join(_read_words(tokens, index + 1)))
        anchor = read_id(tag)
        if not anchor:
            anchor = _pick_anchor(slugify(PLACEHOLDER.sub(" ", words) if tags else words), used, counts)
            text = f'{tag.text[:3]} id="{anchor}"{tag.text[3:]}'
            arranged[index] = make_token(("open", text, tag.name))
        title = collapse_spaces(restore_text(words, tags))
        toc.append(TocEntry(level=int(tag.name[1]), id=anchor, title=title))
    return arranged, tuple(toc)


def arrange_bare_headings(html: str) -> tuple[str, tuple[TocEntry, ...]]:
    """Return HTML without any `id`, in which headings have no attributes, as `arrange_headings` does with tokens."""
    first, *parts = _BARE_HEADING.split(html)
    levels = [int(level) for level in parts[::3]]
    if 1 in levels:
        levels = [_lower_level(level) for level in levels]
    used = {""}
    counts: dict[str, int] = {}
    toc: list[TocEntry] = []
    pieces = [first]
    for level, words, behind in zip(levels, parts[1::3], parts[2::3], strict=True):
        shown = resolve_references("".join(_read_words(scan_html(words), 0)) if "<" in words else words)
        anchor = _pick_anchor(slugify(shown), used, counts)
        pieces += (f'<h{level} id="{anchor}">{words}</h{level}>', behind)
        toc.append(TocEntry(level=level, id=anchor, title=collapse_spaces(shown)))
    return "".join(pieces), tuple(toc)


def _lower_level(level: int) -> int:
    return min(6, level + 1)


def _lower(token: Token) -> Token:
    name = f"h{_lower_level(int(token.name[1]))}"
    at = token.text.lower().index(token.name)
    return token._replace(text=token.text[:at] + name + token.text[at + 2 :], name=name)


def _read_words(tokens: Sequence[Token], start: int) -> list[str]:
    """Return the words of a heading, as HTML text, which begin at `start` and go up to the next block."""
    words: list[str] = []
    skipped = ""
    for index in range(start, len(tokens)):
        token = tokens[index]
        if token.name in BLOCKS:
            break
        if skipped:
            skipped = "" if token.kind == "close" and token.name == skipped else skipped
        elif token.kind == "text":
            words.append(token.text)
        elif _is_apparatus(token):
            skipped = token.name
    return words


def _is_apparatus(token: Token) -> bool:
    """Tell whether a tag inside a heading begins a footnote reference or a permalink, which are not its words."""
    return token.kind == "open" and (
        (token.name == "sup" and 'id="fnref' in token.text) or (token.name == "a" and "headerlink" in token.text)
    )


def _pick_anchor(slug: str, used: set[str], counts: dict[str, int]) -> str:
    """Return an anchor like `slug` that is not `used` yet; like that, it has nothing to escape in an attribute."""
    slug = slug[:_WIDEST_ANCHOR].rstrip("-") or _NAMELESS
    if slug.startswith(_RESERVED_PREFIXES):
        slug = f"section-{slug}"
    elif slug in _RESERVED:
        slug += "-section"
    anchor = slug
    while anchor in used:
        counts[slug] = counts.get(slug, 1) + 1
        anchor = f"{slug}-{counts[slug]}"
    used.add(anchor)
    return anchor
