"""The block editor's comments: `<!-- wp:name {"json"} -->`, `<!-- /wp:name -->` and, alone, `<!-- wp:name /-->`.

The grammar is that of WordPress's default block parser (`WP_Block_Parser`, since 5.0). What a block shows stands as
HTML between its comments; a block that stands alone is made by the server for each reader, and nothing of it is in the
body.
"""

import re
from typing import NamedTuple

from sitegen.parse.html_tokens import Token

_BLOCK = re.compile(
    r"<!--\s+(?P<slash>/)?wp:(?P<name>(?:[a-z][a-z0-9_-]*/)?[a-z][a-z0-9_-]*)(?=[\s{])(?:.*[\s}])?(?P<alone>/)?-->",
    re.DOTALL,
)
_MARK = re.compile(r"<!--\s*(more|nextpage|noteaser)(?:\s.*)?-->", re.DOTALL)


class BlockComment(NamedTuple):
    """A comment of the block editor."""

    name: str
    """Name of the block, without `core/`."""
    is_alone: bool
    """Whether nothing of the block stands in the body."""


def has_blocks(source: str) -> bool:
    """Tell whether a body was written in the block editor, so that no paragraphs are to be made (`has_blocks`)."""
    return "<!-- wp:" in source


def read_block_comment(token: Token) -> BlockComment | None:
    """Return what a comment says about blocks; None for any other token."""
    match = _BLOCK.fullmatch(token.text) if token.kind == "comment" else None
    return BlockComment(match["name"].removeprefix("core/"), bool(match["alone"])) if match else None


def read_page_mark(token: Token) -> str | None:
    """Return `more`, `nextpage` or `noteaser` where a comment is one of these; None for any other token."""
    match = _MARK.fullmatch(token.text) if token.kind == "comment" else None
    return match[1] if match else None
