"""Where in a saved HTML page the text of the article stands, and what in it is none of its text."""

import re
from collections.abc import Mapping

from sitegen.importers.pages.markup import Node, find, find_all, list_children, read_attribute, read_text, remove_all
from sitegen.importers.pages.text_parts import is_credit

_PLACES = (
    ".entry-content",
    "[itemprop='articleBody']",
    ".td-post-content",
    ".post-content",
    ".article-content",
    ".article-body",
    ".post-body",
    "article",
    "main",
)
_COMMENTS = "#wpdcom #comments #respond .comments-area #wpd-post-rating .wpd-last-inline-comments-wrapper"
_SHARE_BARS = """
.sharedaddy .sd-sharing .jp-post-flair .addtoany_share_save_container .addtoany_content .a2a_kit .td-post-sharing .ssba
.heateor_sss_sharing_container .essb_links .swp_social_panel .social-share .share-buttons .share-post .mashsb-container
.wp-block-jetpack-sharing-buttons .wp-block-outermost-social-sharing .shariff .dpsp-networks-btns-wrapper
"""
_OTHER_ARTICLES = """
.jp-relatedposts .related-posts .relatedposts .yarpp .yarpp-related .crp_related .rp4wp-related-posts .navigation
.td_block_related_posts .post-navigation .nav-links .td-post-next-prev .wp-block-post-navigation-link
"""
_ADVERTISEMENTS = """
.adsbygoogle .ad .ads .advert .advertisement .ad-container .td-a-rec .code-block .ai-viewports .google-auto-placed
"""
_SURROUNDINGS = """
.entry-header .entry-footer .entry-meta .post-meta .author-box .post-author-box .td-author-line .about-author
.mc4wp-form .newsletter .post-views .post-ratings .kk-star-ratings .print-link .skip-link .screen-reader-text
.td-post-source-tags .td-post-header nav aside:not(.wp-block-pullquote) form script style noscript template link meta
svg button dialog [hidden] [aria-hidden='true']
"""
_FURNITURE = ", ".join(f"{_COMMENTS} {_SHARE_BARS} {_OTHER_ARTICLES} {_ADVERTISEMENTS} {_SURROUNDINGS}".split())
_PASSAGE = "wpd-inline-shortcode"
_SHIELD = "wpd-passage"
_DIVISION = re.compile(r"<(/?)div\b([^<>]*>)", re.IGNORECASE)
_ENOUGH = 40
"""From how many characters on something counts as the text of an article."""
_DEEPEST = 50
_SHARE_OF_ALL = 0.5
"""The part of `articleBody` that a place has to hold before it is believed."""


def shield_passages(text: str) -> str:
    """Return HTML in which the `div` around a passage with inline feedback, and those in it, have names of their own.

    wpDiscuz puts them into paragraphs, where no `div` may stand: a parser that follows the standard would end the
    paragraph there.
    """
    pieces: list[str] = []
    position = depth = 0
    for match in _DIVISION.finditer(text) if _PASSAGE in text else ():
        if not depth and (match[1] or _PASSAGE not in match[0]):
            continue
        pieces += (text[position : match.start()], f"<{match[1]}{_SHIELD}{match[2]}")
        position = match.end()
        depth += -1 if match[1] else 1
    return "".join((*pieces, text[position:]))


def unshield_passages(html: str) -> str:
    """Return HTML with the names of elements as they were."""
    return html.replace(f"<{_SHIELD}", "<div").replace(f"</{_SHIELD}", "</div")


def find_main_text(root: Node, title: str, whole: str) -> Node | None:
    """Return the element that holds the text, cleared of all else; None where no text is found.

    `whole` is the text as JSON-LD gives it, or empty: places with much less are passed over.
    """
    remove_all(root, _FURNITURE)
    least = max(_ENOUGH, int(len(" ".join(whole.split())) * _SHARE_OF_ALL))
    best: Node | None = None
    for place in _PLACES:
        nodes = [(len(read_text(node)), -index, node) for index, node in enumerate(find_all(root, place)[:50])]
        longest = max(nodes, key=lambda item: item[:2], default=None)
        if longest and longest[0] >= least:
            best = longest[2]
            break
        if longest and longest[0] and best is None:
            best = longest[2]
    if best is not None:
        _drop_title(best, title)
    return best


def _drop_title(node: Node, title: str) -> None:
    heading = find(node, "h1")
    if heading is not None and read_text(heading) == title:
        heading.decompose()


def take_credit(node: Node) -> str | Mapping[str, str] | None:
    """Take the credit of the source out of the end of a text, and return it; None where there is none."""
    last = _find_last(node)
    words = read_text(last)
    if last is None or last.tag not in {"p", "div", "em", "strong"} or not is_credit(words):
        return None
    links = [read_attribute(link, "href") for link in find_all(last, "a[href]")]
    last.decompose()
    is_web = len(links) == 1 and links[0].startswith(("http://", "https://"))
    return {"name": words, "url": links[0]} if is_web else words


def _find_last(node: Node) -> Node | None:
    """Return the innermost block at the end of `node` that holds words."""
    last = node
    for _ in range(_DEEPEST):
        inner = [child for child in list_children(last) if read_text(child)]
        if not inner or inner[-1].tag not in {"p", "div", "section", "article"}:
            return last if last is not node else None
        last = inner[-1]
        if last.tag == "p":
            return last
    return None
