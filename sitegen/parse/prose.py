"""Bodies of nothing but prose, finished as one piece of HTML instead of token by token: most news articles are such.

Prose is what both engines write for the plainest Markdown: paragraphs, headings, lists, quotations, tables, links, code
and emphasis, in tags that nobody but the engine has written. So `<` begins a tag wherever it stands and the next `>`
ends it, none of them has an `id`, and white space stands between the texts of two blocks, but for cells of a table.
What comes out is what `markdown_passes.arrange_body` makes of the tokens, in a quarter of the time.
"""

import re

from sitegen.parse.headings import arrange_bare_headings
from sitegen.parse.html_tokens import scan_html
from sitegen.parse.markdown import Converted
from sitegen.parse.text import count_words_in, cut_excerpt, cut_paragraph

_TAG = re.compile("<[^>]*>")
_LINK_TO_RESOLVE = re.compile('(<a href="(?!https?:|mailto:|#)[^>]*>)')


def finish_prose(html: str) -> Converted:
    """Return a body of prose whose punctuation is as it should be with its headings in place."""
    arranged, toc = arrange_bare_headings(html)
    pieces = _LINK_TO_RESOLVE.split(arranged)
    return Converted(
        pieces=tuple(pieces),
        tags=tuple([(index, "a") for index in range(1, len(pieces), 2)]),
        toc=toc,
        words=count_words_in(_TAG.sub("", html.replace("</t", " </t"))),
        excerpt=_cut_first_paragraph(html) or cut_excerpt(scan_html(html)),
    )


def _cut_first_paragraph(html: str) -> str:
    paragraph = html.partition("<p>")[2].partition("</p>")[0]
    return cut_paragraph(_TAG.sub("", paragraph.replace("<br>", " ")))
