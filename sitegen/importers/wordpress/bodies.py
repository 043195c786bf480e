"""The body of a post or page as Markdown: from an export, as it was typed, or as WordPress rendered it.

The chain is that of WordPress 6: shortcodes, addresses alone on a line (oEmbed), paragraphs for classic bodies, blocks
unwrapped. Then only listed elements stay, and become Markdown. Every step takes linear time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sitegen.importers.wordpress.block_comments import has_blocks
from sitegen.importers.wordpress.cleaning import BodyCleaner, Finds, Relocate
from sitegen.importers.wordpress.expansion import (
    EXPANSIONS,
    Attachment,
    Attachments,
    expand_shortcodes,
    link_addresses,
)
from sitegen.importers.wordpress.markdown_writer import write_markdown
from sitegen.importers.wordpress.marks import UNWANTED
from sitegen.importers.wordpress.paragraphs import autop
from sitegen.importers.wordpress.plain_text import Passage, read_passages, read_teaser
from sitegen.importers.wordpress.shortcodes import find_unknown
from sitegen.importers.wordpress.tree import build_tree
from sitegen.parse.html_tokens import Token, read_attributes, resolve_references, scan_html

__all__ = [
    "Attachment",
    "Attachments",
    "ConvertedBody",
    "NoAttachments",
    "Passage",
    "autop",
    "convert_body",
    "convert_rendered",
]

_SHORTCODE = "wpd-inline-shortcode"
_QUESTION = "wpd-inline-form-question"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertedBody:
    """A body in sitegen's Markdown, and what became known on the way."""

    markdown: str
    """With a line end at its end; empty where the body shows nothing."""
    passages: tuple[Passage, ...]
    """Passages with inline feedback, in the order of their beginnings."""
    media: tuple[str, ...]
    """Addresses of images, sound, film and files that the body uses, as written, each once."""
    missing: tuple[str, ...]
    """Ids of attachments that a gallery or playlist asks for and that were not found."""
    unknown: Mapping[str, int]
    """Shortcodes (`contact-form`) that stand in the text as written and blocks (`wp:latest-posts`) that stand there as
    a comment, with counts."""
    removed: Mapping[str, int]
    """What must not be in an article and was taken out, by kind: `script`, `iframe` (a link instead), `event handler`,
    `javascript:`, with counts."""
    has_more: bool
    """Whether the author marked where the teaser ends."""
    excerpt: str
    """The text of the teaser on one line; empty where none is marked."""


class NoAttachments:
    """A media library about which nothing is known; see `Attachments`."""

    def find(self, identity: str) -> Attachment | None:
        """Return None."""
        del identity
        return None

    def list_own(self) -> Sequence[Attachment]:
        """Return nothing."""
        return ()


def convert_body(source: str, *, attachments: Attachments, relocate: Relocate) -> ConvertedBody:
    """Return `content:encoded` of an export as Markdown, written in either editor.

    `relocate` gets every address of a link or file, as written, and returns the one to write.
    """
    finds = Finds()
    text = expand_shortcodes(_clean(source), attachments, finds)
    text = link_addresses(text)
    if not has_blocks(source):
        text = autop(text)
    return _convert(scan_html(text), relocate, finds)


def convert_rendered(html: str, *, relocate: Relocate) -> ConvertedBody:
    """Return a body as WordPress sends it to readers (REST `content.rendered`, a saved page) as Markdown.

    Passages are those that wpDiscuz 7.6 marks (`WpdiscuzCore::feedbackShortcode`); their ids are the numbers that
    `data-feedback-content-id` has on comments.
    """
    finds = Finds()
    text = _clean(html)
    finds.unknown.update(find_unknown(text, EXPANSIONS))
    return _convert(scan_html(text), relocate, finds)


def _convert(tokens: list[Token], relocate: Relocate, finds: Finds) -> ConvertedBody:
    root = build_tree(tokens, BodyCleaner(relocate, finds, _read_questions(tokens)))
    return ConvertedBody(
        markdown=write_markdown(root),
        passages=read_passages(root, finds.passages),
        media=tuple(finds.media),
        missing=tuple(finds.missing),
        unknown=dict(sorted(finds.unknown.items())),
        removed={kind: count for kind, count in sorted(finds.removed.items()) if count},
        has_more=finds.has_more,
        excerpt=read_teaser(root),
    )


def _clean(source: str) -> str:
    return UNWANTED.sub("", source.replace("\r\n", "\n").replace("\r", "\n"))


def _read_questions(tokens: list[Token]) -> Mapping[str, str]:
    """Return what readers are asked about each rendered passage, by its id."""
    questions: dict[str, str] = {}
    identity, asked = "", False
    for token in tokens:
        if token.kind == "text" and asked:
            questions.setdefault(identity, " ".join(resolve_references(token.text).split()))
        asked = False
        if token.kind == "open" and "wpd-inline-" in token.text:
            values = {item.name: item.value for item in read_attributes(token.text)}
            classes = values.get("class", "").split()
            if _SHORTCODE in classes:
                identity = values.get("id", "").removeprefix("wpd-inline-")
            asked = _QUESTION in classes
    return questions
