"""An article saved as plain text, with the comments below it."""

import hashlib

from sitegen.errors import ContentError, Span, error, warning
from sitegen.importers.pages.facts import PageFacts
from sitegen.importers.pages.files import CODE, SavedPage
from sitegen.importers.pages.prose import split_paragraphs, write_markdown
from sitegen.importers.pages.text_comments import PREFIX, read_comments
from sitegen.importers.pages.text_parts import split_glued, split_parts
from sitegen.importers.pages.times import SourceTimes
from sitegen.importers.records import Tally

_NEEDED = ("title", "date", "url", "section", "captured_at")


def read_text_page(page: SavedPage, title: str | None, times: SourceTimes, tally: Tally) -> PageFacts:
    """Return what the text of a page tells. Raises ContentError without an article, or with unreadable times."""
    lines = split_glued([" ".join(line.split()) for line in page.text.split("\n")])
    parts = split_parts(lines, title, times.is_time)
    found = read_comments(lines, parts.first_comment, times, page.name)
    tally.warnings += found.warnings
    if parts.ignored:
        count = len(parts.ignored)
        message = "is none of the parts of an article, and is left out"
        others = f"{count - 1} more like it" if count > 1 else None
        tally.warnings.append(warning(CODE, message, page.name, Span(line=parts.ignored[0]), others))
    body = write_markdown(split_paragraphs(parts.body))
    if not body:
        raise ContentError([error(CODE, "holds no article", page.name, hint="save the whole page")])
    return PageFacts(
        key=f"text:{hashlib.sha256(body.encode()).hexdigest()[:24]}",
        platform="wpdiscuz",
        prefix=PREFIX,
        source=parts.source,
        previous=parts.previous,
        next=parts.next,
        body=body,
        rating=(parts.rating,) if parts.rating else (),
        declared=parts.declared,
        comments=found.comments,
        must_tell=_NEEDED,
    )
