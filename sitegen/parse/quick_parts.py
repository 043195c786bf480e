"""Which parts of python-Markdown have a quicker one of ours."""

from collections.abc import Mapping

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.md_in_html import HtmlBlockPreprocessor
from markdown.inlinepatterns import DelimiterProcessor, LinkInlineProcessor
from markdown.serializers import to_html_string
from markdown.treeprocessors import InlineProcessor, PrettifyTreeprocessor, UnescapeTreeprocessor

from sitegen.parse.quick_blocks import QuickBlockParser
from sitegen.parse.quick_inline import QuickEmphasis, QuickInline, QuickLink
from sitegen.parse.quick_tree import QuickAttributes, QuickPrettify, QuickUnescape, serialize


class QuickHtmlBlocks(HtmlBlockPreprocessor):
    """Raw HTML. The parser of HTML stops only at `<` and `&`; text without them goes through it as it is."""

    def run(self, lines: list[str]) -> list[str]:
        """Return `lines` with placeholders for blocks of HTML."""
        text = "\n".join(lines)
        return super().run(lines) if "<" in text or "&" in text else lines


PARTS: Mapping[type[object], type[object]] = {
    HtmlBlockPreprocessor: QuickHtmlBlocks,
    BlockParser: QuickBlockParser,
    DelimiterProcessor: QuickEmphasis,
    LinkInlineProcessor: QuickLink,
    InlineProcessor: QuickInline,
    AttrListTreeprocessor: QuickAttributes,
    PrettifyTreeprocessor: QuickPrettify,
    UnescapeTreeprocessor: QuickUnescape,
}
"""Classes of python-Markdown, and the subclasses that take their place."""


def replace_parts(engine: Markdown) -> None:
    """Make the parts of `engine` ours, each with the state and the place in its registry that it has.

    A part counts by its exact class: what an extension has put there, a subclass too, stays.
    """
    for part in (*engine.preprocessors, *engine.inlinePatterns, *engine.treeprocessors, engine.parser):
        ours = PARTS.get(type(part))
        if ours:
            part.__class__ = ours
    if engine.serializer is to_html_string:
        engine.serializer = serialize
