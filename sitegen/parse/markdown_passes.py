"""What all engines do before Markdown is converted, and with the HTML that comes out."""

import re
from collections.abc import Sequence

from sitegen.model.article import TocEntry
from sitegen.model.config import MarkdownConfig
from sitegen.parse.headings import arrange_headings
from sitegen.parse.html_tokens import Token, find_places
from sitegen.parse.markdown import Converted
from sitegen.parse.punctuation import punctuate_tokens
from sitegen.parse.template_tags import restore_tokens
from sitegen.parse.text import count_words, cut_excerpt

_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that HTML may not hold, among them those that placeholders are made of."""
_UNWANTED_BYTES = bytes(code for code in range(128) if _UNWANTED.match(chr(code)))


def remove_unwanted(text: str) -> str:
    """Return `text` without characters that HTML may not hold."""
    if text.isascii() and len(text.encode().translate(None, _UNWANTED_BYTES)) == len(text):
        # Five times faster than to look for them.
        return text
    return _UNWANTED.sub("", text)


def finish_body(tokens: list[Token], tags: list[str], language: str, config: MarkdownConfig) -> Converted:
    """Return a body with its headings in place, typographic, and with its template tags as they were written."""
    return arrange_body(punctuate_tokens(tokens, language) if config.smart_punctuation else tokens, tags)


def arrange_body(tokens: list[Token], tags: list[str]) -> Converted:
    """Return a body whose punctuation is as it should be with its headings and template tags in place."""
    places = find_places(tokens)
    tokens, toc = arrange_headings(tokens, places, tags)
    if tags:
        tokens = restore_tokens(tokens, tags)
        places = find_places(tokens)
    return sum_up(tokens, places, toc)


def sum_up(tokens: Sequence[Token], places: Sequence[int], toc: tuple[TocEntry, ...]) -> Converted:
    """Return a body that is finished, with its `find_places` and headings, and what it says."""
    return Converted(
        pieces=tuple([token[1] for token in tokens]),
        tags=tuple([(index, tokens[index][2]) for index in places]),
        toc=toc,
        words=count_words(tokens),
        excerpt=cut_excerpt(tokens),
    )
