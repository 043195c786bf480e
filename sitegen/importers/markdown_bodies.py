"""Comments that a platform stores as Markdown, as HTML."""

from functools import cache

from sitegen.errors import ContentError
from sitegen.model.config import MarkdownConfig
from sitegen.parse.markdown import MarkdownEngine, build_engine
from sitegen.parse.sanitize import LONGEST_BODY, render_comment_text


@cache
def _find_engine() -> MarkdownEngine:
    return build_engine(MarkdownConfig(smart_punctuation=False, highlight=False))


def render_markdown(text: str) -> str:
    """Return what a reader wrote in Markdown as HTML, which is still to be sanitised.

    What the engine will not convert, since it would take too long, is shown as it was typed.
    """
    try:
        return _find_engine().convert(text[:LONGEST_BODY], "en").html
    except ContentError:
        return render_comment_text(text)
